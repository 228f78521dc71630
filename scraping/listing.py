"""Listing pages: the products they link to, and where they go on."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode
from yarl import URL

from scraping.extract import Page, canonical, jsonld
from scraping.extract.page import text_of

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
_PAGES = ("page", "p", "pg", "seite", "pagina", "paged", "start", "offset")
_IN_PATH = re.compile(r"/(?:page|seite|pagina)[/-]?(\d{1,4})/?$", re.IGNORECASE)
_PRICE = re.compile(r"[$€£¥₹]|\b(EUR|USD|GBP|CHF|PLN|SEK|DKK|NOK|AED|Kč|zł|kr|Lei)\b")
_MAX_LINKS = 3000


def product_links(page: Page) -> list[str]:
    """Addresses of the products that a listing page shows, in order, each once."""
    host = URL(page.url).host if page.url else None
    found: dict[str, None] = {}
    for url in jsonld.listed_urls(page, jsonld.nodes(page)):
        found[canonical(url)] = None
    for node, url in _anchors(page):
        parsed = URL(url)
        if host and parsed.host != host:
            continue
        if parsed.path in {"", "/"} or _FILE.search(parsed.path):
            continue
        if _NOT_A_PRODUCT.search(parsed.path) or "add-to-cart" in parsed.query:
            continue
        if _PRODUCT_PATH.search(parsed.raw_path) or _is_card(node):
            found[canonical(url)] = None
    own = canonical(page.url)
    return [url for url in found if url != own]


def next_page(page: Page) -> str | None:
    """The address of the listing's next page, None on its last.

    Found by ``rel=next``, or as the page whose number follows this one's.
    """
    for _, url in page.links('link[rel~="next" i], a[rel~="next" i]'):
        if url != page.url:
            return url
    here = page_number(page.url)
    own = URL(page.url) if page.url else None
    for _, url in _anchors(page):
        parsed = URL(url)
        if (
            own
            and parsed.host == own.host
            and page_number(url) == here + 1
            and _same_list(own, parsed)
        ):
            return url
    return None


def page_number(url: str) -> int:
    """Which page of its listing an address names, 1 where it names none."""
    parsed = URL(url)
    for name in _PAGES[:-2]:
        value = parsed.query.get(name, "")
        if value.isdecimal() and len(value) < 6:
            return int(value)
    found = _IN_PATH.search(parsed.path)
    return int(found.group(1)) if found else 1


def _same_list(one: URL, other: URL) -> bool:
    paths = {_IN_PATH.sub("", url.path).rstrip("/") for url in (one, other)}
    return one.host == other.host and len(paths) == 1


def _anchors(page: Page) -> Iterator[tuple[LexborNode, str]]:
    for number, entry in enumerate(page.links("a[href]")):
        if number >= _MAX_LINKS:
            return
        yield entry


def _is_card(node: LexborNode) -> bool:
    """Whether a link shows a picture and lies in something named and priced like a product."""
    if not node.css_first("img, picture"):
        return False
    current: LexborNode | None = node
    for _ in range(4):
        if current is None or current.tag == "body":
            return False
        if _CARD.search(current.attributes.get("class") or "") and _PRICE.search(
            text_of(current)[:400]
        ):
            return True
        current = current.parent
    return False
