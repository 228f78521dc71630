"""Listing pages, be they HTML or the JSON behind a button: the products that they lead to."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode
from yarl import URL

from core.errors import FetchFailed
from scraping.extract import Page, canonical, jsonld
from scraping.extract.page import text_of
from scraping.fetcher import Fetched
from scraping.listing_json import Found, listed_in
from scraping.pagination import following, next_page, page_after
from scraping.selecting import Selectors, linked

__all__ = ["Listing", "next_page", "page_after", "product_links", "read_listing"]

_PRODUCT_PATH = re.compile(
    r"/(products?|produkte?|produits?|productos?|prodotti|prodotto|produto|item|itm|dp|pd|p)/[^/?]+"
    r"|[-/_](p|pid|art|x|prod)[-_]?\d{4,}|-\d{5,}(\.html?)?$|-pdt\.html$|/\d{5,}/?$",
    re.IGNORECASE,
)
_CARD = re.compile(r"product|item|card|tile|teaser|article", re.IGNORECASE)
_NOT_A_PRODUCT = re.compile(
    r"(^|/)(cart|basket|checkout|account|login|register|wishlist|blogs?|pages?|help|faq|search|"
    r"about|contact|terms|privacy|policies|stores?|category|categories|product-category|"
    r"collections?/[^/]+|tags?|brands?)/?$",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(jpe?g|png|webp|gif|svg|pdf|zip|css|js|xml|json)$", re.IGNORECASE)
_PRICE = re.compile(
    r"[$€£¥₹]|\b(EUR|USD|GBP|CHF|PLN|SEK|DKK|NOK|AED|Kč|zł|kr|Lei|Ft|лв|TL)\b|\d[.,]\d\d\b"
)
_MAX_LINKS = 3000
_LEVELS = 6
_LEVELS_COUNTED = 15
_ENOUGH_ALIKE = 3
_DEEPEST_FRAME = 30


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a listing: its products and where it goes on, None at its end.

    ``is_guess`` where nothing on the page says that there is such a next page.
    """

    products: tuple[str, ...]
    following: str | None
    is_guess: bool = False


def read_listing(answer: Fetched, selectors: Selectors) -> Listing:
    """What a listing shows, HTML or JSON; ``FetchFailed`` for what is neither. Pure."""
    kind = (answer.content_type or "").lower()
    if "html" not in kind and ("json" in kind or answer.body.lstrip()[:1] in {b"{", b"["}):
        return _of_json(answer)
    page = Page.parse(answer.body, url=answer.url, content_type=answer.content_type)
    products = product_links(page)
    if selectors.product:
        products = list(dict.fromkeys(map(canonical, linked(page, selectors.product))))
    if selectors.next:
        return Listing(tuple(products), next(linked(page, selectors.next), None))
    found = following(page)
    return Listing(tuple(products), found.url, found.is_guess)


def product_links(page: Page) -> list[str]:
    """Addresses of the products that a listing page shows, in order, each once."""
    found: dict[str, None] = {}
    for url in _declared(page):
        found[canonical(url)] = None
    cards = _Cards(page)
    for node, url, product in cards.links:
        if _PRODUCT_PATH.search(URL(url).raw_path) or cards.holds(node, product):
            found[product] = None
    own = canonical(page.url)
    links = [url for url in found if url != own]
    return links or [url for url in _in_state(page) if url != own]


def _of_json(answer: Fetched) -> Listing:
    try:
        data = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise FetchFailed(f"{answer.url} is not a listing.") from None
    found = listed_in(data, base=answer.url)
    links = dict.fromkeys(canonical(url) for url in _of_entries(found, answer.url))
    for fragment in found.fragments:
        links.update(dict.fromkeys(product_links(Page.parse(fragment, url=answer.url))))
    if found.goes_on is False:
        return Listing(tuple(links), None)
    guess = page_after(answer.url) if found.goes_on or links else None
    return Listing(
        tuple(links), found.following or guess, is_guess=not (found.following or found.goes_on)
    )


def _of_entries(found: Found, base: str) -> Iterator[str]:
    page = Page.parse("", url=base)
    return (url for url in found.products if _may_be_product(page, url))


def _declared(page: Page) -> Iterator[str]:
    """What the page tells machines that it lists."""
    nodes = jsonld.nodes(page)
    yield from jsonld.listed_urls(page, nodes)
    described = [draft.url for draft in jsonld.drafts(page, nodes) if draft.url]
    if len({canonical(url) for url in described}) > 1:
        yield from (url for url in described if _may_be_product(page, url))


def _in_state(page: Page) -> list[str]:
    """What the page's application would list, had it been run."""
    links: dict[str, None] = {}
    for script in page.tree.css('script[type="application/json"]')[:20]:
        try:
            data = json.loads(script.text() or "")
        except (ValueError, RecursionError):
            continue
        found = listed_in(data, base=page.url)
        links.update(dict.fromkeys(canonical(url) for url in _of_entries(found, page.url)))
    return list(links)


def _may_be_product(page: Page, url: str) -> bool:
    parsed = URL(url)
    if page.url and _site(parsed) != _site(URL(page.url)):
        return False
    if parsed.path in {"", "/"} or _FILE.search(parsed.path):
        return False
    return not _NOT_A_PRODUCT.search(parsed.path) and "add-to-cart" not in parsed.query


def _site(url: URL) -> str:
    return (url.host or "").removeprefix("www.")


def _anchors(page: Page) -> Iterator[tuple[LexborNode, str]]:
    for number, entry in enumerate(page.links("a[href]")):
        if number >= _MAX_LINKS:
            return
        yield entry


def _elsewhere(node: LexborNode) -> bool:
    """Whether a link is part of the page's frame and not of what it shows."""
    current = node.parent
    for _ in range(_DEEPEST_FRAME):
        if current is None or current.tag in {"article", "main", "body", "html"}:
            return False
        if current.tag in {"nav", "footer"}:
            return True
        current = current.parent
    return False


class _Cards:
    """The boxes of one page that each show one product: a picture, a price, one link.

    ``links`` are the page's own that may lead to one, each as it is written and canonical.
    """

    def __init__(self, page: Page) -> None:
        self.links = [
            (node, url, canonical(url))
            for node, url in _anchors(page)
            if _may_be_product(page, url) and not _elsewhere(node)
        ]
        self._inside: dict[int, set[str]] = {}
        for node, _, url in self.links:
            for around in _upwards(node, _LEVELS_COUNTED):
                self._inside.setdefault(around.mem_id, set()).add(url)
        self._alike: Counter[str] | None = None

    def holds(self, node: LexborNode, url: str) -> bool:
        """Whether the link lies in such a box: called like one, or one of several alike."""
        box = self._box(node, url)
        if box is None:
            return False
        if any(_CARD.search(name) for name in _class_names(node, box)):
            return True
        if self._alike is None:
            self._alike = self._count()
        return self._alike[_signature(box)] >= _ENOUGH_ALIKE

    def _count(self) -> Counter[str]:
        boxes = {
            url: _signature(box) for node, _, url in self.links if (box := self._box(node, url))
        }
        return Counter(boxes.values())

    def _box(self, node: LexborNode, url: str) -> LexborNode | None:
        """The smallest element around a link with a picture, a price and no other product."""
        for around in _upwards(node, _LEVELS):
            if self._inside.get(around.mem_id) != {url}:
                return None
            if around.css_first("img, picture") and _PRICE.search(text_of(around)[:400]):
                return around
        return None


def _upwards(node: LexborNode, levels: int) -> Iterator[LexborNode]:
    """A link and what lies around it, within the page's main part."""
    current: LexborNode | None = node
    for _ in range(levels):
        if current is None or current.tag in {"body", "main", "html"}:
            return
        yield current
        current = current.parent


def _class_names(node: LexborNode, box: LexborNode) -> Iterator[str]:
    current: LexborNode | None = node
    while current is not None:
        yield current.attributes.get("class") or ""
        if current == box:
            parent = box.parent
            yield (parent.attributes.get("class") or "") if parent and parent.tag == "li" else ""
            return
        current = current.parent


def _signature(box: LexborNode) -> str:
    return f"{box.tag} {box.attributes.get('class') or ''}"
