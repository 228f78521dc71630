"""Products in JSON-LD, in the shapes that shops really write it."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal

from core.catalogue import Availability
from scraping.extract.draft import Draft, OfferDraft, availability, is_placeholder
from scraping.extract.money import currency_code, machine_price
from scraping.extract.page import Page, clean

_PRODUCT = frozenset(
    {"product", "productgroup", "individualproduct", "productmodel", "someproducts"}
)
_WRAPPER = re.compile(r"^\s*(?:/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[|<!--)|"
                      r"(?:/\*\s*\]\]>\s*\*/|//\s*\]\]>|\]\]>|-->)\s*;?\s*$")  # fmt: skip
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_LINE_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
_OTHERS = frozenset(
    [
        "isrelatedto",
        "issimilarto",
        "isaccessoryorsparepartfor",
        "isconsumablefor",
        "review",
        "reviews",
        "isbasedon",
        "itemreviewed",
        "ispartof",
        "hasmerchantreturnpolicy",
        "shippingdetails",
        "aggregaterating",
        "seller",
    ]
)
_OLD_PRICE = frozenset({"listprice", "strikethroughprice", "srp", "msrp", "regularprice"})
_MAX_SCRIPT = 2_000_000
_MAX_DEPTH = 12
_MAX_NODES = 2000
_MAX_IMAGES = 20

Node = dict[str, object]


def nodes(page: Page) -> list[Node]:
    """Every JSON-LD object of the page that is not somebody else's, keys in lower case."""
    found: list[Node] = []
    for script in page.tree.css('script[type*="ld+json" i]'):
        for document in _documents(script.text() or ""):
            for node in _walk(document, 0):
                found.append(node)
                if len(found) >= _MAX_NODES:
                    return found
    return found


def drafts(page: Page, found: list[Node]) -> list[Draft]:
    """The page's products, a variant of its own each; ``group`` ties variants together."""
    result: list[Draft] = []
    for node in found:
        if types(node) & _PRODUCT:
            variants = [v for v in _list(node.get("hasvariant")) if isinstance(v, dict)]
            group = _group_of(node)
            if variants and not group:
                group = clean(node.get("name")) or "group"
            draft = _draft(page, node, group)
            result.append(draft)
            result.extend(_variant(page, _lowered(variant), draft) for variant in variants[:500])
    return result


def breadcrumbs(found: list[Node]) -> list[str]:
    """The names of the breadcrumb list, outermost first."""
    for node in found:
        if "breadcrumblist" in types(node):
            items = [
                _lowered(item)
                for item in _list(node.get("itemlistelement"))
                if isinstance(item, dict)
            ]
            items.sort(key=lambda item: _position(item.get("position")))
            names = [clean(item.get("name")) or _name(item.get("item")) for item in items]
            return [name for name in names if name]
    return []


def listed_urls(page: Page, found: list[Node]) -> list[str]:
    """The addresses in an ``ItemList``, as listing pages carry them."""
    urls = []
    for node in found:
        if "itemlist" in types(node):
            for item in _list(node.get("itemlistelement")):
                if isinstance(item, dict):
                    entry = _lowered(item)
                    inner = entry.get("item")
                    inner = _lowered(inner) if isinstance(inner, dict) else {"@id": inner}
                    for reference in (entry.get("url"), inner.get("url"), inner.get("@id")):
                        if url := page.absolute(reference):
                            urls.append(url)
                            break
    return urls


def types(node: Node) -> set[str]:
    """The node's types without their vocabulary, in lower case."""
    return {
        name.rstrip("/").rpartition("/")[2].rpartition("#")[2].rpartition(":")[2].lower()
        for name in _list(node.get("@type"))
        if isinstance(name, str)
    }


def _documents(text: str) -> Iterator[object]:
    text = text.strip()
    if not text or len(text) > _MAX_SCRIPT:
        return
    for _ in range(2):
        text = _WRAPPER.sub("", text)
    for attempt in (text, _TRAILING_COMMA.sub("", _LINE_COMMENT.sub("", text))):
        try:
            yield json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return
    try:
        yield json.JSONDecoder(strict=False).raw_decode(text.lstrip())[0]
    except (ValueError, RecursionError):
        return


def _walk(value: object, depth: int) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        node = _lowered(value)
        if "@type" in node:
            yield node
        inside_product = bool(types(node) & _PRODUCT)
        for key, child in node.items():
            if isinstance(child, dict | list) and key not in _OTHERS:
                if inside_product and key in {"hasvariant", "offers", "isvariantof", "model"}:
                    continue
                yield from _walk(child, depth + 1)


def _lowered(node: dict[object, object]) -> Node:
    return {
        str(key).rpartition("/")[2].removeprefix("schema:").lower(): value
        for key, value in node.items()
    }


def _list(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _position(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return 1e9


def _draft(page: Page, node: Node, group: str | None) -> Draft:
    offers = list(_offers(node.get("offers"), 0))
    return Draft(
        source="json-ld",
        title=clean(node.get("name")),
        url=_url(page, node, offers_too=True),
        brand=_brand(node.get("brand")) or _brand(node.get("manufacturer")),
        offers=tuple(offers),
        images=tuple(_images(page, node.get("image"), 0))[:_MAX_IMAGES],
        category=tuple(_categories(node.get("category"))),
        colour=clean(node.get("color"), limit=60)
        or _property(node, "color", "colour", "farbe", "couleur"),
        gender=_gender(node),
        group=group,
    )


def _variant(page: Page, node: Node, parent: Draft) -> Draft:
    draft = _draft(page, node, parent.group)
    return Draft(
        source="json-ld",
        title=parent.title or draft.title,
        url=draft.url,
        brand=draft.brand or parent.brand,
        offers=draft.offers,
        images=draft.images,
        category=draft.category or parent.category,
        colour=draft.colour,
        gender=draft.gender or parent.gender,
        group=parent.group,
    )


def _group_of(node: Node) -> str | None:
    for key in ("productgroupid", "inproductgroupwithid"):
        if (value := node.get(key)) and isinstance(value, str | int):
            return str(value)
    parent = node.get("isvariantof")
    if isinstance(parent, dict):
        parent = _lowered(parent)
        return _group_of(parent) or clean(parent.get("@id")) or clean(parent.get("name"))
    return None


def _url(page: Page, node: Node, *, offers_too: bool) -> str | None:
    candidates = [node.get("url"), node.get("mainentityofpage")]
    if offers_too:
        candidates += [
            _lowered(offer).get("url")
            for offer in _list(node.get("offers"))
            if isinstance(offer, dict)
        ]
    candidates.append(node.get("@id"))
    for candidate in candidates:
        reference = candidate
        if isinstance(reference, dict):
            reference = reference.get("@id") or reference.get("url")
        if isinstance(reference, list):
            reference = reference[0] if reference else None
        if isinstance(reference, str) and ("/" in reference) and (url := page.absolute(reference)):
            return url
    return None


def _name(value: object) -> str | None:
    if isinstance(value, dict):
        value = _lowered(value).get("name")
    if isinstance(value, list):
        value = value[0] if value else None
        return _name(value) if isinstance(value, dict) else clean(value)
    return clean(value)


def _brand(value: object) -> str | None:
    name = _name(value)
    return None if name is None or is_placeholder(name) else name[:120]


def _categories(value: object) -> Iterator[str]:
    for item in _list(value):
        if name := _name(item):
            yield from (part.strip() for part in re.split(r"[>/|»]", name) if part.strip())


def _property(node: Node, *names: str) -> str | None:
    for item in _list(node.get("additionalproperty")):
        if isinstance(item, dict):
            entry = _lowered(item)
            name = clean(entry.get("name") or entry.get("propertyid"))
            if name and name.lower().rstrip(":") in names:
                return clean(entry.get("value"), limit=60)
    return None


def _gender(node: Node) -> str | None:
    for audience in _list(node.get("audience")):
        if isinstance(audience, dict):
            entry = _lowered(audience)
            words = [entry.get("suggestedgender"), entry.get("audiencetype"), entry.get("name")]
            if text := " ".join(str(word) for word in words if word):
                return clean(text, limit=100)
    return clean(node.get("gender"), limit=60) or _property(node, "gender", "geschlecht", "genre")


def _images(page: Page, value: object, depth: int) -> Iterator[str]:
    if depth > 4:
        return
    for item in _list(value):
        if isinstance(item, dict):
            entry = _lowered(item)
            for key in ("contenturl", "url", "@id", "thumbnailurl"):
                urls = list(_images(page, entry.get(key), depth + 1))
                if urls:
                    yield from urls
                    break
        elif isinstance(item, str) and "{" not in item and (url := page.absolute(item)):
            yield url


def _offers(value: object, depth: int) -> Iterator[OfferDraft]:
    if depth > 3:
        return
    for item in _list(value):
        if not isinstance(item, dict):
            continue
        offer = _lowered(item)
        nested = list(_offers(offer.get("offers"), depth + 1))
        stock = availability(_first(offer.get("availability")))
        if any(inner.price for inner in nested):
            for inner in nested:
                unknown = inner.availability is Availability.UNKNOWN
                yield OfferDraft(
                    price=inner.price,
                    currency=inner.currency or currency_code(offer.get("pricecurrency")),
                    availability=stock if unknown else inner.availability,
                )
            continue
        price, currency = _price(offer)
        if price or stock is not Availability.UNKNOWN:
            yield OfferDraft(price=price, currency=currency, availability=stock)


def _price(offer: Node) -> tuple[Decimal | None, str | None]:
    currency = currency_code(_first(offer.get("pricecurrency")))
    specified = list(_specified(offer.get("pricespecification"), currency))
    for key in ("price", "lowprice"):
        value = offer.get(key)
        price, found = _amount(value, currency)
        if price:
            lower = [
                other
                for other in specified
                if other[0] and other[0] < price and price < 5 * other[0]
            ]
            if key == "price" and lower and _is_old(offer):
                return min(lower)
            return price, currency or found or next((code for _, code in specified if code), None)
    if specified:
        return min(specified, key=lambda pair: pair[0] or Decimal(0))
    price, found = _amount(offer.get("highprice"), currency)
    return price, currency or found


def _is_old(offer: Node) -> bool:
    return _last_word(offer.get("pricetype")) in _OLD_PRICE


def _last_word(value: object) -> str:
    return value.rpartition("/")[2].lower() if isinstance(value, str) else ""


def _specified(value: object, currency: str | None) -> Iterator[tuple[Decimal | None, str | None]]:
    """Prices in ``priceSpecification`` that anyone pays now, for the whole thing."""
    for item in _list(value):
        if not isinstance(item, dict):
            continue
        entry = _lowered(item)
        if _is_old(entry) or entry.get("validformembertier") or entry.get("membershippointsearned"):
            continue
        if (
            entry.get("referencequantity")
            or _last_word(entry.get("@type")) == "deliverychargespecification"
        ):
            continue
        own = currency_code(_first(entry.get("pricecurrency"))) or currency
        for key in ("price", "minprice"):
            price, found = _amount(entry.get(key), own)
            if price:
                yield price, own or found
                break


def _amount(
    value: object, currency: str | None, depth: int = 0
) -> tuple[Decimal | None, str | None]:
    if isinstance(value, list) and value and depth < 4:
        return _amount(value[0], currency, depth + 1)
    if isinstance(value, dict) and depth < 4:
        entry = _lowered(value)
        own = currency_code(entry.get("currency") or entry.get("pricecurrency")) or currency
        for key in ("sales", "decimalprice", "value", "price", "amount"):
            price, found = _amount(entry.get(key), own, depth + 1)
            if price:
                return price, found or own
        return None, own
    price = machine_price(value, currency=currency)
    return price, currency or (currency_code(value) if price else None)


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value
