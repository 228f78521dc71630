"""From the plain facts in a shop's data to a product record."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.catalogue import Money, ProductRecord
from core.words import colour_of, gender_of, kind_of
from scraping.extract.draft import OfferDraft, best_offer, is_placeholder
from scraping.extract.page import canonical, clean

MAX_IMAGES = 10
COLOUR = frozenset({"color", "colour", "farbe", "couleur", "colore", "kleur", "färg", "kolor"})
"""What shops call the property, in lower case."""


def record(
    *,
    title: object,
    url: str | None,
    offers: Sequence[OfferDraft],
    images: Sequence[str],
    key: str | None = None,
    brand: object = None,
    declared: Sequence[str] = (),
    categories: Sequence[str] = (),
    colour: str | None = None,
    gender: str | None = None,
    currency: str | None = None,
    sizes: Sequence[str] = (),
) -> ProductRecord | None:
    """One product of what its shop says of it, None without title or address.

    ``offers`` are those of its variants. ``declared`` is what the shop itself calls its kind,
    outermost first, ``categories`` where else it files it; ``currency`` is that of prices
    without one; ``sizes`` are those that can be had.
    """
    name = clean(title)
    if not name or not url:
        return None
    offer = best_offer(offers)
    code = offer.currency or currency
    maker = clean(brand, limit=120)
    filed = [*categories, *declared]
    return ProductRecord(
        key=key or canonical(url),
        title=name,
        url=canonical(url),
        brand=None if maker is None or is_placeholder(maker) else maker,
        kind=kind_of(name, *reversed(filed)) or _own_kind(declared),
        colour=colour_of(colour) or colour_of(name),
        gender=gender_of(gender) or gender_of(*filed) or gender_of(name),
        price=Money(offer.price, code) if offer.price and code else None,
        availability=offer.availability,
        image_urls=tuple(dict.fromkeys(images))[:MAX_IMAGES],
        sizes=tuple(dict.fromkeys(sizes)),
    )


def texts(values: object) -> list[str]:
    """The texts in a list of texts, or in a comma-separated one."""
    if isinstance(values, str):
        values = values.split(",")
    if not isinstance(values, list):
        return []
    return [text for value in values[:100] if (text := clean(value, limit=120))]


def dicts(value: object) -> list[Mapping[str, Any]]:
    """The objects in what should be a list of them."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _own_kind(declared: Sequence[str]) -> str | None:
    """The shop's own word for what it sells, where we have none."""
    word = clean(declared[-1].lower(), limit=60) if declared else None
    return word if word and not is_placeholder(word) else None
