"""The last resort: what a person would read on the page."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from selectolax.lexbor import LexborNode

from core.catalogue import Availability
from scraping.extract.draft import Draft, OfferDraft
from scraping.extract.microdata import is_old
from scraping.extract.money import Amount, text_price
from scraping.extract.page import Page, clean, text_of

_PRICES = ", ".join(
    f'[{attribute}*="{word}" i]'
    for word in ("price", "prix", "preis", "precio", "prezzo", "preco", "cena")
    for attribute in ("class", "id")
)
_BUTTONS = (
    'button, input[type="submit"], input[type="button"], a[class*="cart" i], a[class*="btn" i], '
    'a[class*="button" i], [id*="add-to" i], [class*="add-to" i], [class*="addto" i]'
)
_STOCK = ", ".join(
    f'[{attribute}*="{word}" i]'
    for word in ("stock", "availab", "dispo", "sold-out", "soldout")
    for attribute in ("class", "id")
)
_CART_BUTTON = re.compile(r"add-?_?to-?_?(cart|bag|basket)|button-cart|buy-?_?now", re.IGNORECASE)
_NOT_THE_PRICE = re.compile(
    r"tax|vat|ddv|netto|unit|per-|shipping|delivery|saving|save|discount|percent|instal|cart|"
    r"basket|menu|filter|range",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"brez ddv|ex(cl)?\.? ?(vat|tax)|netto|hors taxe|\bht\b|sin iva|zzgl|shipping|versand",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"related|recommend|upsell|cross-?sell|similar|carousel|footer|mini-?cart|reviews?\b|navbar|"
    r"wish-?list|newsletter",
    re.IGNORECASE,
)
_DISABLED = re.compile(r"(^|\s)(is-)?disabled(\s|$)", re.IGNORECASE)
_LOOK_AT = 400


def draft(page: Page, *, currency: str | None) -> Draft | None:
    """A product read off the page: needs a heading, a price, and something to buy it by."""
    name = heading(page)
    stock = stock_words(page) if name else Availability.UNKNOWN
    if stock is Availability.UNKNOWN:
        return None
    price = shown_price(page, currency=currency)
    if not price:
        return None
    offer = OfferDraft(price=price.value, currency=price.currency, availability=stock)
    return Draft(source="text", title=name, offers=(offer,))


def heading(page: Page) -> str | None:
    """The page's only first-level heading."""
    names = [name for node in page.tree.css("h1") if (name := clean(text_of(node)))]
    return names[0] if len(set(names)) == 1 else None


def stock_words(page: Page) -> Availability:
    """In stock when there is a live button to buy by, else what the page says of its stock."""
    words = _vocabulary()
    for node in page.tree.css(_BUTTONS)[:_LOOK_AT]:
        if _sells(node, words["buy"]) and not _elsewhere(node):
            return Availability.IN_STOCK
    for node in page.tree.css(_STOCK)[:_LOOK_AT]:
        label = text_of(node)
        if len(label) > 120 or _elsewhere(node):
            continue
        if words["sold_out"].search(label):
            return Availability.SOLD_OUT
        if words["in_stock"].search(label):
            return Availability.IN_STOCK
    return Availability.UNKNOWN


def shown_price(page: Page, *, currency: str | None) -> Amount | None:
    """The first price with a currency in an element that is named for it."""
    for node in page.tree.css(_PRICES)[:_LOOK_AT]:
        if _NOT_THE_PRICE.search(_names(node)) or is_old(node) or _elsewhere(node):
            continue
        text = text_of(node)[:60]
        if _ASIDE.search(text[:25]):
            continue
        found = text_price(text, hint=currency)
        if found and found.currency:
            return found
    return None


def brand(page: Page) -> str | None:
    """The brand in a table or list of properties."""
    label = _vocabulary()["brand"]
    for name in page.tree.css("tr > :first-child, dt")[:_LOOK_AT]:
        if label.fullmatch(text_of(name)[:40].rstrip(" :")):
            value = name.next
            while value is not None and value.tag == "-text":
                value = value.next
            if value is not None and (found := clean(text_of(value), limit=60)):
                return found
    return None


def picture(page: Page, *, title: str) -> str | None:
    """The first picture whose alternative text is, or begins with, the product's title."""
    wanted = plain(title)
    for node in page.tree.css("img[alt]")[:_LOOK_AT]:
        attributes = node.attributes
        if len(wanted) > 3 and plain(attributes.get("alt") or "").startswith(wanted):
            for source in ("data-zoom-image", "data-src", "src"):
                value = attributes.get(source) or ""
                if not value.startswith("data:") and (url := page.absolute(value)):
                    return url
    return None


def plain(text: str) -> str:
    """Words only, for comparing."""
    return re.sub(r"\W+", " ", text).strip().casefold()


@cache
def _vocabulary() -> dict[str, re.Pattern[str]]:
    text = files("data").joinpath("vocabulary", "stock.toml").read_text("utf-8")
    words: dict[str, list[str]] = tomllib.loads(text)
    return {name: _any_of(phrases) for name, phrases in words.items()}


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    choices = "|".join(re.escape(phrase) for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.IGNORECASE)


def _sells(node: LexborNode, words: re.Pattern[str]) -> bool:
    attributes = node.attributes
    if "disabled" in attributes or _DISABLED.search(attributes.get("class") or ""):
        return False
    label = attributes.get("value") or attributes.get("aria-label") or text_of(node)
    if len(label) >= 60:
        return False
    if words.search(label):
        return True
    known = bool(
        _CART_BUTTON.search(f"{attributes.get('id') or ''} {attributes.get('name') or ''}")
    )
    return known and not _vocabulary()["sold_out"].search(label)


def _elsewhere(node: LexborNode) -> bool:
    current = node.parent
    for _ in range(12):
        if current is None or current.tag in {"body", "main"}:
            return False
        if current.tag in {"header", "footer", "nav", "aside"} or _ELSEWHERE.search(
            _names(current)
        ):
            return True
        current = current.parent
    return False


def _names(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
