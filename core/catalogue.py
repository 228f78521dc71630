"""The words for what shops sell: product, offer, picture."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Availability(StrEnum):
    """Whether an offer can be bought now."""

    IN_STOCK = "in_stock"
    SOLD_OUT = "sold_out"
    UNKNOWN = "unknown"


class Gender(StrEnum):
    """Whom a product is made for, as far as its shop says."""

    WOMEN = "women"
    MEN = "men"
    UNISEX = "unisex"
    KIDS = "kids"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217 code)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRecord:
    """One product as its shop shows it now; what a scraper or an importer hands over.

    ``key`` names the product for good within its shop: the canonical URL, or the shop's own id
    where there is no URL. ``image_urls`` come best first; ``sizes`` are those that can be had, as
    the shop writes them, none where it says nothing.
    """

    key: str
    title: str
    url: str | None = None
    brand: str | None = None
    kind: str | None = None
    colour: str | None = None
    gender: Gender | None = None
    price: Money | None = None
    availability: Availability = Availability.UNKNOWN
    image_urls: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One product as the catalogue knows it.

    ``picture`` is the content hash (SHA-256, hex) of its first picture that could be read, and
    ``picture_url`` where that picture was found. ``sizes`` are names by which those that can be
    had may be asked for, as ``core.sizes`` has them; None where nothing is known of them.
    """

    id: int
    shop: str
    shop_title: str
    key: str
    title: str
    url: str | None
    brand: str | None
    kind: str | None
    colour: str | None
    gender: Gender | None
    price: Money | None
    availability: Availability
    checked_at: datetime
    picture: str | None
    picture_url: str | None
    sizes: tuple[str, ...] | None = None


class Said(NamedTuple):
    """A product's kind, colour and gender in our words; None where its shop says nothing."""

    kind: str | None = None
    colour: str | None = None
    gender: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A product near a photo, or found by words.

    ``score`` is the cosine similarity of the two embeddings; in an answer, where that is known, how
    likely people would call the two alike, 0 to 1; of words, the share of them that is right.
    ``also`` are the same product's offers in other shops, the best first.
    """

    product: Product
    score: float
    also: tuple[Product, ...] = ()
