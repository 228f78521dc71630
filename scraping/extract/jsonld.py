"""Products in JSON-LD, in the shapes that shops really write it."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from scraping.extract.draft import Draft, brand_name
from scraping.extract.jsonoffers import Node, as_list, lowered, offers_of
from scraping.extract.jsontext import documents
from scraping.extract.page import Page, clean

_PRODUCT = frozenset(
    {"product", "productgroup", "individualproduct", "productmodel", "someproducts"}
)
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
_MAX_DEPTH = 12
_MAX_NODES = 2000
_MAX_IMAGES = 20


def nodes(page: Page) -> list[Node]:
    """Every JSON-LD object of the page that is not somebody else's, keys in lower case."""
    found: list[Node] = []
    for kind, text in page.scripts:
        for document in documents(text) if "ld+json" in kind else ():
            found += islice(_walk(document, 0), _MAX_NODES - len(found))
    named = {str(node["@id"]): node for node in found if "@id" in node and len(node) > 2}
    return [_resolved(node, named) for node in found] if named else found


def drafts(page: Page, found: list[Node]) -> list[Draft]:
    """The page's products, a variant of its own each; ``group`` ties variants together."""
    result: list[Draft] = []
    for node in found:
        if types(node) & _PRODUCT:
            variants = [v for v in as_list(node.get("hasvariant")) if isinstance(v, dict)]
            group = _group_of(node)
            if variants and not group:
                group = clean(node.get("name")) or "group"
            draft = _draft(page, node, group)
            result.append(draft)
            result.extend(_variant(page, lowered(variant), draft) for variant in variants[:500])
    return result


def breadcrumbs(found: list[Node]) -> list[str]:
    """The names of the breadcrumb list, outermost first."""
    for node in found:
        if "breadcrumblist" in types(node):
            items = [
                lowered(item)
                for item in as_list(node.get("itemlistelement"))
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
            for item in as_list(node.get("itemlistelement")):
                if isinstance(item, dict):
                    entry = lowered(item)
                    inner = entry.get("item")
                    inner = lowered(inner) if isinstance(inner, dict) else {"@id": inner}
                    for reference in (entry.get("url"), inner.get("url"), inner.get("@id")):
                        if url := page.absolute(reference):
                            urls.append(url)
                            break
    return urls


def types(node: Node) -> set[str]:
    """The node's types without their vocabulary, in lower case."""
    return {
        name.rstrip("/").rpartition("/")[2].rpartition("#")[2].rpartition(":")[2].lower()
        for name in as_list(node.get("@type"))
        if isinstance(name, str)
    }


def _walk(value: object, depth: int) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        node = lowered(value)
        if "@type" in node:
            yield node
        inside_product = bool(types(node) & _PRODUCT)
        for key, child in node.items():
            if isinstance(child, dict | list) and key not in _OTHERS:
                if inside_product and key in {"hasvariant", "offers", "isvariantof", "model"}:
                    continue
                yield from _walk(child, depth + 1)


def _resolved(node: Node, named: Mapping[str, Node]) -> Node:
    """The node with the nodes that its properties only name ("brand": {"@id": "#acme"})."""
    return {
        key: [_target(item, named) for item in value]
        if isinstance(value, list)
        else _target(value, named)
        for key, value in node.items()
    }


def _target(value: object, named: Mapping[str, Node]) -> object:
    if isinstance(value, dict) and "@id" in value and len(value) <= 2:
        return named.get(str(value["@id"]), value)
    return value


def _position(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return 1e9


def _draft(page: Page, node: Node, group: str | None) -> Draft:
    offers = list(offers_of(node.get("offers")))
    return Draft(
        source="json-ld",
        title=clean(node.get("name")),
        url=_url(page, node, offers_too=True),
        brand=_brand(node.get("brand")) or _brand(node.get("manufacturer")),
        offers=tuple(offers),
        images=tuple(_images(page, node.get("image"), 0))[:_MAX_IMAGES],
        category=tuple(_categories(node.get("category"))),
        colour=_name(node.get("color"))
        or _property(node, "color", "colour", "farbe", "couleur", "kleur", "färg", "kolor"),
        gender=_gender(node),
        group=group,
        sizes=tuple(_sizes(node)),
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
        sizes=draft.sizes,
    )


def _group_of(node: Node) -> str | None:
    for key in ("productgroupid", "inproductgroupwithid"):
        if (value := node.get(key)) and isinstance(value, str | int):
            return str(value)
    parent = node.get("isvariantof")
    if isinstance(parent, dict):
        parent = lowered(parent)
        return _group_of(parent) or clean(parent.get("@id")) or clean(parent.get("name"))
    return None


def _url(page: Page, node: Node, *, offers_too: bool) -> str | None:
    candidates = [node.get("url"), node.get("mainentityofpage")]
    if offers_too:
        candidates += [
            lowered(offer).get("url")
            for offer in as_list(node.get("offers"))
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
        value = lowered(value).get("name")
    if isinstance(value, list):
        value = value[0] if value else None
        return _name(value) if isinstance(value, dict) else clean(value)
    return clean(value)


def _brand(value: object) -> str | None:
    return brand_name(_name(value))


def _categories(value: object) -> Iterator[str]:
    for item in as_list(value):
        if name := _name(item):
            yield from (part.strip() for part in re.split(r"[>/|»]", name) if part.strip())


def _property(node: Node, *names: str) -> str | None:
    for item in as_list(node.get("additionalproperty")):
        if isinstance(item, dict):
            entry = lowered(item)
            name = clean(entry.get("name") or entry.get("propertyid"))
            if name and name.lower().rstrip(":") in names:
                return clean(entry.get("value"), limit=60)
    return None


def _gender(node: Node) -> str | None:
    for audience in as_list(node.get("audience")):
        if isinstance(audience, dict):
            entry = lowered(audience)
            words = [entry.get("suggestedgender"), entry.get("audiencetype"), entry.get("name")]
            if text := " ".join(str(word) for word in words if word):
                return clean(text, limit=100)
    return clean(node.get("gender"), limit=60) or _property(node, "gender", "geschlecht", "genre")


def _sizes(node: Node) -> Iterator[str]:
    for item in as_list(node.get("size")):
        if name := _name(item):
            yield from (size for part in name.split(",") if (size := part.strip()[:30]))


def _images(page: Page, value: object, depth: int) -> Iterator[str]:
    if depth > 4:
        return
    for item in as_list(value):
        if isinstance(item, dict):
            entry = lowered(item)
            for key in ("contenturl", "url", "@id", "thumbnailurl"):
                urls = list(_images(page, entry.get(key), depth + 1))
                if urls:
                    yield from urls
                    break
        elif isinstance(item, str) and "{" not in item and (url := page.absolute(item)):
            yield url
