"""The last resort: what a person would read on the page."""

import re
from typing import Protocol

from selectolax.lexbor import LexborNode

from core.catalogue import Availability
from scraping.extract.draft import Draft, OfferDraft, brand_name
from scraping.extract.money import Amount
from scraping.extract.page import Page, clean, text_of
from scraping.extract.stock import vocabulary

_SEO = re.compile(r"^(buy|shop|comprar?|acheter|kaufen?|купить|تسوق)\s+", re.IGNORECASE)
_SHOP_FOLLOWS = re.compile(r"\s+[|–—·-]\s+")
_PICTURE_FILE = re.compile(r"\.(jpe?g|png|webp|avif|gif)([?#]|$)|/media/|/image", re.IGNORECASE)
_NO_WORD = re.compile(r"\W+")
_NAMING = ("name", "id", "class", "aria-label", "data-attribute_name", "data-option")
SIZE_FIELD = re.compile(
    r"size|größe|groesse|taille|talla|taglia|tamanho|\bmaat|storlek|størrelse|koko\b|rozmiar|"
    r"velikost|veľkosť|méret|mărime|размер|beden",
    re.IGNORECASE,
)
_ALIKE = 0.6
_LOOK_AT = 400


class Reading(Protocol):
    """What is read off the page when it is needed."""

    page: Page

    @property
    def shown(self) -> Amount | None:
        """What the product visibly costs."""

    @property
    def stock(self) -> Availability:
        """Whether it visibly can be bought."""


def draft(reading: Reading) -> Draft | None:
    """A product read off the page: needs a heading, a price, and something to buy it by."""
    page = reading.page
    name = heading(page)
    if name is None and not page.parts["h1"]:
        name = next((without_advertising(title) for title in page_titles(page)[1:]), None)
    if not name or reading.stock is Availability.UNKNOWN or reading.shown is None:
        return None
    price = reading.shown
    offer = OfferDraft(price=price.value, currency=price.currency, availability=reading.stock)
    return Draft(source="text", title=name, offers=(offer,))


def heading(page: Page) -> str | None:
    """The page's first-level heading; of several the one that has most in common with its title."""
    names = [name for node in page.parts["h1"][:50] if (name := clean(text_of(node)))]
    if len(set(names)) < 2:
        return names[0] if names else None
    whole = set(plain(_title_element(page) or "").split())
    shares = {name: _share(set(plain(name).split()), whole) for name in names}
    best = max(names, key=lambda name: shares[name])
    return best if shares[best] >= _ALIKE else None


def _share(words: set[str], of: set[str]) -> float:
    return len(words & of) / len(words) if words else 0.0


def page_titles(page: Page) -> list[str]:
    """The ``title`` element's text, and that up to what looks like the shop's name."""
    text = _title_element(page)
    return [text, _SHOP_FOLLOWS.split(text)[0]] if text else []


def without_advertising(title: str) -> str:
    """A title without a leading "Buy" and without what follows a bar."""
    return _SEO.sub("", title.split(" | ", maxsplit=1)[0])


def _title_element(page: Page) -> str | None:
    node = page.tree.css_first("head title, title")
    return clean(text_of(node)) if node else None


def brand(page: Page) -> str | None:
    """The brand in a table or list of properties, or in a line that begins with that word."""
    label = vocabulary()["brand"]
    for name in page.tree.css("tr > :first-child, dt")[:_LOOK_AT]:
        if label.fullmatch(text_of(name)[:40].rstrip(" :")):
            value = name.next
            while value is not None and value.tag == "-text":
                value = value.next
            if value is not None and (found := brand_name(clean(text_of(value), limit=60))):
                return found
    for line in page.tree.css("li, p")[:_LOOK_AT]:
        if ":" not in line.text():
            continue
        before, colon, after = text_of(line)[:90].partition(":")
        if colon and label.fullmatch(before.strip()) and len(after) < 50:
            return brand_name(clean(after, limit=60))
    return None


def sizes(page: Page) -> tuple[str, ...]:
    """What may be chosen in the field for the size, as the shop writes it; nothing sold out."""
    for field in page.parts["select"][:20]:
        attributes = field.attributes
        named = " ".join(attributes.get(name) or "" for name in _NAMING)
        if SIZE_FIELD.search(named):
            options = (
                clean(text_of(option), limit=30)
                for option in field.css("option[value]")[:60]
                if option.attributes.get("value") and "disabled" not in option.attributes
            )
            sold_out = vocabulary()["sold_out"]
            there = (option for option in options if option and not sold_out.search(option))
            return tuple(dict.fromkeys(there))
    return ()


def picture(page: Page, *, title: str) -> str | None:
    """The first picture whose alternative text is, or begins with, the product's title.

    One that leads to another page shows another product, or this one in another colour.
    """
    wanted = plain(title)
    for node in page.tree.css("img[alt]")[:_LOOK_AT]:
        attributes = node.attributes
        if len(wanted) > 3 and plain(attributes.get("alt") or "").startswith(wanted):
            for source in ("data-zoom-image", "data-src", "src"):
                value = attributes.get(source) or ""
                url = None if value.startswith("data:") else page.absolute(value)
                if url and not _leads_away(node):
                    return url
    return None


def _leads_away(node: LexborNode) -> bool:
    current = node.parent
    for _ in range(4):
        if current is None:
            return False
        if current.tag == "a":
            href = current.attributes.get("href") or "#"
            return href[0] != "#" and not _PICTURE_FILE.search(href)
        current = current.parent
    return False


def plain(text: str) -> str:
    """Words only, for comparing."""
    return _NO_WORD.sub(" ", text).strip().casefold()
