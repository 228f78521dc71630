"""What one source on a page says of a product, before the sources are weighed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from core.catalogue import Availability

_STOCK = {
    **dict.fromkeys(
        (
            "instock",
            "limitedavailability",
            "onlineonly",
            "instoreonly",
            "preorder",
            "presale",
            "backorder",
            "madetoorder",
            "available",
            "availablefororder",
            "lowstock",
            "lowinstock",
            "orderable",
        ),
        Availability.IN_STOCK,
    ),
    **dict.fromkeys(
        ("outofstock", "soldout", "discontinued", "oos", "unavailable", "notavailable"),
        Availability.SOLD_OUT,
    ),
}
_NOTHING = frozenset(
    {"null", "undefined", "none", "n/a", "na", "-", "false", "true", "default", "brand"}
    | {
        "not set",
        "(not set)",
        "other",
        "others",
        "sin marca",
        "sem marca",
        "ohne marke",
        "markenlos",
    }
    | {"sans marque", "senza marca", "geen merk", "bez marki", "no-brand", "nobrand", "various"}
    | {"[object object]", "no brand", "unbranded", "generic"}
)


_NO_BRAND = re.compile(r"://|^[\d\W]+$|^.{81}")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDraft:
    """One price and whether it can be had."""

    price: Decimal | None = None
    currency: str | None = None
    availability: Availability = Availability.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One source's view of one product; ``source`` is its name."""

    source: str
    title: str | None = None
    url: str | None = None
    brand: str | None = None
    offers: tuple[OfferDraft, ...] = ()
    images: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    colour: str | None = None
    gender: str | None = None
    group: str | None = None
    sizes: tuple[str, ...] = ()


def availability(value: object) -> Availability:
    """``https://schema.org/InStock``, ``in stock``, ``in_stock``, ``SoldOut``, ...: which it is."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@id") or value.get("name") or value.get("value")
    if isinstance(value, bool):
        return Availability.IN_STOCK if value else Availability.SOLD_OUT
    if not isinstance(value, str):
        return Availability.UNKNOWN
    word = value.strip().rstrip("/").rpartition("/")[2].rpartition("#")[2]
    word = "".join(sign for sign in word if sign.isalpha()).lower()
    return _STOCK.get(word, Availability.UNKNOWN)


def best_offer(offers: Iterable[OfferDraft]) -> OfferDraft:
    """The lowest price in stock, else the lowest of those that may be, else the lowest.

    Anything in stock makes the product in stock.
    """
    offers = list(offers)
    for wanted in (Availability.IN_STOCK, Availability.UNKNOWN, Availability.SOLD_OUT):
        of_this = [offer for offer in offers if offer.availability is wanted]
        if of_this:
            priced = [offer for offer in of_this if offer.price]
            if wanted is Availability.IN_STOCK:
                priced = priced or [offer for offer in offers if offer.price]
            lowest = min(priced or of_this, key=lambda offer: offer.price or Decimal(0))
            return replace(lowest, availability=wanted)
    return OfferDraft()


def brand_name(text: str | None) -> str | None:
    """A brand as it is said, None for what is none: an address, a number, a template's gap."""
    if text is None or is_placeholder(text) or _NO_BRAND.search(text):
        return None
    return text.removeprefix("by ").strip(" ,;:|")[:120] or None


def is_placeholder(text: str) -> bool:
    """Whether a value is what a template left behind ("$metabrand", "{{brand}}", "null")."""
    text = text.strip().casefold()
    return not text or text in _NOTHING or text.startswith(("$", "{{", "{%", "<%", "%%", "[["))
