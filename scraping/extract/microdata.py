"""Products in microdata (``itemscope``, ``itemprop``) and in RDFa (``typeof``, ``property``).

The vocabulary is schema.org's; old pages have data-vocabulary.org's in microdata and GoodRelations'
in RDFa, whose names differ in a few words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from core.catalogue import Availability
from scraping.extract.draft import Draft, OfferDraft, availability, brand_name
from scraping.extract.money import currency_code, machine_price, text_price
from scraping.extract.page import Page, clean, text_of

_VOCABULARY = r"(?:schema|data-vocabulary)\.org/"
_PRODUCT = re.compile(
    _VOCABULARY + r"(Product|ProductGroup|IndividualProduct|ProductModel|Offering)\b", re.IGNORECASE
)
_OFFER = re.compile(
    _VOCABULARY
    + r"(Offer|AggregateOffer|Offer-aggregate|PriceSpecification|UnitPriceSpecification)\b",
    re.IGNORECASE,
)
_PRICES = ("lowprice", "price", "hascurrencyvalue")
_CURRENCIES = ("pricecurrency", "currency", "hascurrency")
_OLD = re.compile(
    r"(^|[\s_-])(old|was|initial|full-?_?price|list-?_?price|crossed|strike|striked|strikethrough|original|before|rrp|msrp|"
    r"retail|barrato|barre|barré|streich|uvp|tachado|previous|compare)([\s_-]|$)",
    re.IGNORECASE,
)
_MEMBERS = re.compile(r"member|loyalty|(?:^|[\s_-])(?:club|card|vip)[\s_-]?price", re.IGNORECASE)
_CRUMBS = (
    '[itemtype*="BreadcrumbList" i] [itemprop="name"], '
    '[itemtype*="data-vocabulary.org/Breadcrumb" i] [itemprop="title"]'
)
_NAMED_WITHIN = frozenset({"brand", "manufacturer", "seller", "author", "review", "reviews"})
_MAX_PROPERTIES = 4000
_MAX_DEPTH = 60
_MOST_OF_A_NAME = 200


@dataclass(frozen=True, slots=True)
class _Syntax:
    """The attributes that open an item, give its type, and name a property."""

    source: str
    item: str
    kind: str
    prop: str

    @property
    def everything(self) -> str:
        return f"[{self.item}], [{self.prop}]"


_MICRODATA = _Syntax("microdata", "itemscope", "itemtype", "itemprop")
_RDFA = _Syntax("rdfa", "typeof", "typeof", "property")


@dataclass(slots=True)
class _Scope:
    """An item while it is put together."""

    node: LexborNode
    kind: str
    parent: "_Scope | None"
    prop: str
    properties: dict[str, list[LexborNode]] = field(default_factory=dict)
    children: "list[_Scope]" = field(default_factory=list)


def drafts(page: Page) -> list[Draft]:
    """The page's outermost products; those nested in others are related ones."""
    if "product" not in page.types and "gr:offering" not in page.types:
        return []
    found = _drafts(page, _MICRODATA)
    if not found and page.tree.css_first('[typeof*="Product" i], [typeof="gr:Offering" i]'):
        found = _drafts(page, _RDFA)
    return found


def _drafts(page: Page, syntax: _Syntax) -> list[Draft]:
    products = [scope for scope in _scopes(page, syntax) if _PRODUCT.search(scope.kind)]
    return [_draft(page, scope, syntax) for scope in products if not _within_product(scope)]


def breadcrumbs(page: Page) -> list[str]:
    """The names of the breadcrumb list, outermost first."""
    found = page.tree.css(_CRUMBS)[:12] if "breadcrumb" in page.types else []
    names = (clean(node.attributes.get("content")) or clean(text_of(node)) for node in found)
    return [name for name in names if name]


def _scopes(page: Page, syntax: _Syntax) -> list[_Scope]:
    scopes: dict[int, _Scope] = {}
    seen: set[int] = set()
    for node in page.tree.css(syntax.everything)[:_MAX_PROPERTIES]:
        if node.mem_id in seen:  # it comes once for each of the two that it matches
            continue
        seen.add(node.mem_id)
        attributes = node.attributes
        owner = _owner(node, scopes)
        names = [_bare(name) for name in (attributes.get(syntax.prop) or "").split()]
        if syntax.item in attributes or (_NAMED_WITHIN.intersection(names) and _is_small_box(node)):
            kind = attributes.get(syntax.kind) or ""
            kind = f"schema.org/{_bare(kind)}" if syntax is _RDFA else kind
            scope = _Scope(node, kind, owner, names[0] if names else "")
            scopes[node.mem_id] = scope
            if owner is not None:
                owner.children.append(scope)
        if owner is not None:
            for name in names:
                owner.properties.setdefault(name, []).append(node)
    return list(scopes.values())


def _bare(name: str) -> str:
    """A name without its vocabulary, in lower case."""
    return re.split(r"[/#:]", name.strip())[-1].lower()


def _is_small_box(node: LexborNode) -> bool:
    """Whether an element without ``itemscope`` was meant to have it: it holds a name, no more."""
    return (
        "content" not in node.attributes and bool(node.child) and len(node.text()) < _MOST_OF_A_NAME
    )


def _owner(node: LexborNode, scopes: dict[int, _Scope]) -> _Scope | None:
    parent = node.parent
    for _ in range(_MAX_DEPTH):
        if parent is None:
            return None
        if parent.mem_id in scopes:
            return scopes[parent.mem_id]
        parent = parent.parent
    return None


def _within_product(scope: _Scope) -> bool:
    parent = scope.parent
    while parent is not None:
        if _PRODUCT.search(parent.kind):
            return True
        parent = parent.parent
    return False


def _draft(page: Page, scope: _Scope, syntax: _Syntax) -> Draft:
    brand = _text(scope, "brand") or _text(scope, "manufacturer")
    return Draft(
        source=syntax.source,
        title=_text(scope, "name"),
        url=next(
            (
                url
                for node in scope.properties.get("url", ())
                if (url := page.absolute(_value(node)))
            ),
            None,
        ),
        brand=brand_name(brand),
        offers=tuple(_offers(scope)),
        images=tuple(_images(page, scope)),
        category=tuple(
            part.strip()
            for part in re.split(r"[>/|»]", _text(scope, "category") or "")
            if part.strip()
        ),
        colour=_text(scope, "color"),
        gender=_text(scope, "gender"),
        group=_text(scope, "productgroupid") or _text(scope, "inproductgroupwithid"),
        sizes=tuple(
            size for node in scope.properties.get("size", ()) if (size := clean(_value(node)))
        ),
    )


def _text(scope: _Scope, name: str) -> str | None:
    for node in scope.properties.get(name, ()):
        child = next((one for one in scope.children if one.node.mem_id == node.mem_id), None)
        value = (_text(child, "name") if child else None) or clean(_value(node))
        if value:
            return value
    return None


def _value(node: LexborNode) -> str:
    attributes = node.attributes
    for name in (
        "content",
        "href" if node.tag in {"a", "link", "area"} else "src",
        "data-src",
        "datetime",
    ):
        if (
            node.tag == "a"
            and name == "href"
            and not (attributes.get("itemprop") or "").startswith("url")
        ):
            continue
        if value := attributes.get(name):
            return value
    return text_of(node)


def _images(page: Page, scope: _Scope) -> Iterator[str]:
    for node in scope.properties.get("image", ())[:20]:
        attributes = node.attributes
        for name in ("content", "data-zoom-image", "href", "src", "data-src"):
            value = attributes.get(name) or ""
            if value.startswith("data:") or "{" in value:
                continue
            if url := page.absolute(value):
                yield url
                break


def _offers(scope: _Scope) -> Iterator[OfferDraft]:
    offers = [
        child
        for child in scope.children
        if child.prop.startswith("offer") or _OFFER.search(child.kind)
    ]
    for offer in [*offers, scope]:
        nested = (
            [
                child
                for child in offer.children
                if _OFFER.search(child.kind) and not _per_unit(child)
            ]
            if offer is not scope
            else []
        )
        found = [draft for inner in nested if (draft := _offer(inner))]
        own = _offer(offer)
        if own and (own.price or own.availability is not Availability.UNKNOWN):
            yield own
        yield from found


def _offer(scope: _Scope) -> OfferDraft | None:
    props = scope.properties
    currency = next(
        (code for name in _CURRENCIES for node in props.get(name, ())
         if (code := currency_code(_value(node)))),
        None,
    )  # fmt: skip
    prices = []
    for name in _PRICES:
        for node in props.get(name, ()):
            written = _value(node)
            price = machine_price(written, currency=currency)
            if price:
                found = text_price(text_of(node), hint=currency)
                prices.append(
                    (
                        is_old(node) or _for_members(node),
                        price,
                        currency or (found.currency if found else None) or currency_code(written),
                    )
                )
        if prices:
            break
    current = [entry for entry in prices if not entry[0]] or prices
    known = (_stock(node) for node in props.get("availability", ()))
    stock = next((word for word in known if word is not Availability.UNKNOWN), Availability.UNKNOWN)
    if not current:
        return (
            OfferDraft(availability=stock, currency=currency)
            if stock is not Availability.UNKNOWN
            else None
        )
    _, price, code = min(current, key=lambda entry: entry[1])
    return OfferDraft(price=price, currency=code, availability=stock)


def _per_unit(scope: _Scope) -> bool:
    return "referencequantity" in scope.properties or scope.prop == "referencequantity"


def _for_members(node: LexborNode) -> bool:
    around = [node, *([node.parent] if node.parent else [])]
    return any(_MEMBERS.search(one.attributes.get("class") or "") for one in around)


def _stock(node: LexborNode) -> Availability:
    attributes = node.attributes
    for word in (attributes.get("content"), attributes.get("href"), text_of(node)):
        if (known := availability(word)) is not Availability.UNKNOWN:
            return known
    return Availability.UNKNOWN


def is_old(node: LexborNode, *, levels: int = 3) -> bool:
    """Whether an element, or one of the next around it, is marked as a former price."""
    current: LexborNode | None = node
    for _ in range(levels):
        if current is None:
            return False
        if current.tag in {"del", "s", "strike"} or _OLD.search(
            current.attributes.get("class") or ""
        ):
            return True
        current = current.parent
    return False
