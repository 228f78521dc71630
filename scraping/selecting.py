"""CSS selectors that an operator gives where the automatics fail, and what they say of a page."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from core.catalogue import Availability, Money, ProductRecord
from core.words import colour_of, gender_of, kind_of
from scraping.extract import Extracted, Page, canonical
from scraping.extract.draft import availability
from scraping.extract.money import text_price
from scraping.extract.page import clean, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """Each names the element with the value.

    ``product`` are a listing's links to products and ``next`` the one to its next page; the
    others are fields of a product page.
    """

    product: str | None = None
    next: str | None = None
    title: str | None = None
    price: str | None = None
    brand: str | None = None
    image: str | None = None
    availability: str | None = None


NO_SELECTORS = Selectors()


def is_selector(text: str) -> bool:
    """Whether it is one that can be looked for."""
    try:
        LexborHTMLParser("<p></p>").css_first(text)
    except (SelectolaxError, ValueError):
        return False
    return True


def linked(page: Page, selector: str) -> Iterator[str]:
    """Where the elements that the selector finds lead, or the first link within each."""
    for node in page.tree.css(selector):
        link = node if node.attributes.get("href") else node.css_first("a[href]")
        if link and (url := page.absolute(link.attributes.get("href"))):
            yield url


def with_selected(
    page: Page, found: list[Extracted], selectors: Selectors, *, currency: str | None
) -> list[Extracted]:
    """What a product page yields, each field that a selector finds taken from there.

    A selector that finds nothing changes nothing. Where the page yields no product at all, its
    title by selector makes one.
    """
    if len(found) > 1:
        return found
    title = _text(page, selectors.title)
    if found:
        one = found[0]
    elif title and page.url:
        url = canonical(page.url)
        words = ProductRecord(
            key=url,
            title=title,
            url=url,
            kind=kind_of(title),
            colour=colour_of(title),
            gender=gender_of(title),
        )
        one = Extracted(words, {})
    else:
        return found
    record, changed = one.record, list[str]()
    for name, read in _READERS.items():
        selector = getattr(selectors, name)
        node = page.tree.css_first(selector) if selector else None
        better = read(page, node, record, currency) if node else None
        if better is not None:
            record = better
            changed.append(name)
    sources = {**one.sources, **dict.fromkeys(changed, "selector")}
    return [replace(one, record=record, sources=sources)]


Reader = Callable[[Page, LexborNode, ProductRecord, str | None], ProductRecord | None]


def _title(
    _page: Page, node: LexborNode, record: ProductRecord, _currency: str | None
) -> ProductRecord | None:
    text = _said(node)
    return replace(record, title=text) if text else None


def _brand(
    _page: Page, node: LexborNode, record: ProductRecord, _currency: str | None
) -> ProductRecord | None:
    text = _said(node)
    return replace(record, brand=text) if text else None


def _price(
    _page: Page, node: LexborNode, record: ProductRecord, currency: str | None
) -> ProductRecord | None:
    known = record.price.currency if record.price else currency
    amount = text_price(_said(node) or "", hint=known)
    code = (amount and amount.currency) or known
    return replace(record, price=Money(amount.value, code)) if amount and code else None


def _availability(
    _page: Page, node: LexborNode, record: ProductRecord, _currency: str | None
) -> ProductRecord | None:
    stock = availability(_said(node))
    return None if stock is Availability.UNKNOWN else replace(record, availability=stock)


def _image(
    page: Page, node: LexborNode, record: ProductRecord, _currency: str | None
) -> ProductRecord | None:
    values = (node.attributes.get(name) for name in ("content", "data-src", "src", "href"))
    image = page.absolute(next((value for value in values if value), None))
    others = tuple(url for url in record.image_urls if url != image)
    return replace(record, image_urls=(image, *others)) if image else None


_READERS: Mapping[str, Reader] = {
    "title": _title,
    "price": _price,
    "brand": _brand,
    "image": _image,
    "availability": _availability,
}


def _text(page: Page, selector: str | None) -> str | None:
    node = page.tree.css_first(selector) if selector else None
    return _said(node) if node else None


def _said(node: LexborNode) -> str | None:
    return clean(node.attributes.get("content") or text_of(node))
