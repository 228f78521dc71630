"""What one source on a page says of a product, before the sources are weighed."""

from collections.abc import Iterable
from dataclasses import dataclass
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
        ),
        Availability.IN_STOCK,
    ),
    **dict.fromkeys(
        ("outofstock", "soldout", "discontinued", "oos", "unavailable", "notavailable"),
        Availability.SOLD_OUT,
    ),
}


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


def availability(value: object) -> Availability:
    """``https://schema.org/InStock``, ``in stock``, ``in_stock``, ``SoldOut``, ...: which it is."""
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
    found = {offer.availability for offer in offers}
    for wanted in (Availability.IN_STOCK, Availability.UNKNOWN, Availability.SOLD_OUT):
        if wanted not in found:
            continue
        if wanted is Availability.UNKNOWN and Availability.SOLD_OUT in found:
            overall = Availability.UNKNOWN
        else:
            overall = wanted
        priced = [offer for offer in offers if offer.availability is wanted and offer.price]
        if not priced and wanted is Availability.IN_STOCK:
            priced = [offer for offer in offers if offer.price]
        lowest = min(priced, key=lambda offer: offer.price or Decimal(0), default=None)
        return OfferDraft(
            price=lowest.price if lowest else None,
            currency=lowest.currency
            if lowest
            else next((o.currency for o in offers if o.currency), None),
            availability=overall,
        )
    return OfferDraft()


def is_placeholder(text: str) -> bool:
    """Whether a value is what a template left behind ("$metabrand", "{{brand}}", "null")."""
    lowered = text.strip().lower()
    return (
        not lowered
        or lowered in {"null", "undefined", "none", "n/a", "na", "-", "false", "true", "default", "brand",
                       "[object object]", "no brand", "unbranded", "generic"}
        or lowered.startswith(("$", "{{", "{%", "<%", "%%", "[["))
    )  # fmt: skip
