"""A catalogue of made-up things to wear, each with a kind, whom it is for, and a style."""

import math
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.catalogue import Availability, Gender, Money, ProductRecord
from core.compatibility import Compatibility
from core.index.index import Index
from core.informed import told
from core.outfits import Stylist
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database
from core.storage.finding import FindStore
from core.storage.vectors import VectorStore
from core.vision.eye import FEATURES, Eye, Reading, Space

NIGHT = datetime(2026, 3, 1, 3, tzinfo=UTC)
SPACE = "f"
KINDS = {
    "dress": "Dresses",
    "t-shirt": "Tshirts",
    "trousers": "Trousers",
    "shoes": "Casual Shoes",
    "bag": "Handbags",
    "earrings": "Earrings",
    "umbrella": "Umbrellas",
}
GENDERS = {
    Gender.WOMEN: "Women",
    Gender.MEN: "Men",
    Gender.UNISEX: "Unisex",
    Gender.KIDS: "Girls",
}
STYLE = slice(len(KINDS) + len(GENDERS), len(KINDS) + len(GENDERS) + 2)


def _reading(names: tuple[str, ...], weight: float) -> Reading:
    kernel = np.zeros((FEATURES, len(names)), np.float32)
    return Reading(kernel, np.zeros(len(names), np.float32), names, weight=weight)


EYE = Eye(
    trunk={},
    look={},
    readings={
        "kind": _reading(tuple(KINDS.values()), 0.7),
        "gender": _reading(tuple(GENDERS.values()), 0.5),
    },
    spaces={"cut": Space(np.zeros((FEATURES, 2), np.float32), weight=0.5)},
)


def seen(kind: str, gender: Gender, style: float) -> NDArray[np.float32]:
    """The embedding of such a thing, of length 1; two styles are as near as their angles."""
    kinds = np.eye(len(KINDS))[list(KINDS).index(kind)]
    genders = np.eye(len(GENDERS))[list(GENDERS).index(gender)]
    angle = math.radians(style)
    whole = np.concatenate([kinds, genders, [math.cos(angle), math.sin(angle)]])
    return (whole / np.linalg.norm(whole)).astype(np.float32)


def model(*, fingerprint: str = SPACE) -> Compatibility:
    """By which things of one style go together; with a dress go shoes, earrings, then a bag."""
    hidden = np.zeros((EYE.dimension, 4), np.float32)
    hidden[STYLE] = [[1, -1, 0, 0], [0, 0, 1, -1]]
    return Compatibility(
        fingerprint=fingerprint,
        hidden=hidden,
        bias=np.zeros(4, np.float32),
        code=np.array([[3, 0], [-3, 0], [0, 3], [0, -3]], np.float32),
        appeal=np.zeros(EYE.dimension, np.float32),
        looks={"dress": 100, "shoes": 100, "top": 50, "bottom": 50},
        together={
            "dress": {"shoes": 0.9, "bag": 0.5, "jewellery": 0.7, "jacket": 0.01},
            "shoes": {"dress": 0.2, "bottom": 0.6, "top": 0.6, "bag": 0.6},
            "top": {"bottom": 0.9, "shoes": 0.8, "bag": 0.6},
            "bottom": {"top": 0.9, "shoes": 0.8, "bag": 0.6},
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A product to stock, and what a test cares about; its shop may say that it is another kind."""

    kind: str
    said: str | None = None
    style: float = 0
    gender: Gender = Gender.WOMEN
    availability: Availability = Availability.IN_STOCK
    price: str = "20"
    picture: str | None = None


class Shelf:
    def __init__(self, database: Database, directory: Path) -> None:
        self.catalogue = CatalogueStore(database, now=lambda: NIGHT)
        self.finding = FindStore(database, now=lambda: NIGHT)
        self.vectors = VectorStore(database)
        self.index = Index(directory, fingerprint=SPACE)

    def stylist(self, **options: str) -> Stylist:
        return Stylist(
            model(**options),
            EYE,
            index=self.index,
            catalogue=self.catalogue,
            finding=self.finding,
            vectors=self.vectors,
        )

    async def stock(self, things: Mapping[str, Thing]) -> None:
        """Put these in the shop, with their pictures and vectors, and into the index."""
        await self.catalogue.shop_seen("shop", "Shop", None)
        records = [
            ProductRecord(
                key=key,
                title=key,
                kind=thing.said or thing.kind,
                gender=thing.gender,
                price=Money(Decimal(thing.price), "EUR"),
                availability=thing.availability,
                image_urls=(f"https://shop.test/{key}.jpg",),
            )
            for key, thing in things.items()
        ]
        await self.catalogue.save("shop", records, seen_at=NIGHT)
        for image in await self.catalogue.pending_images(limit=10_000):
            key = image.url.rsplit("/", 1)[1].removesuffix(".jpg")
            thing = things[key]
            picture = thing.picture or f"picture of {key}"
            await self.catalogue.set_image_content(image.id, picture)
            vector = seen(thing.kind, thing.gender, thing.style)
            await self.vectors.save(SPACE, {picture: vector})
        await self.index.rebuild(told(self.vectors.rows(SPACE), EYE))


@asynccontextmanager
async def open_shelf(url: str, directory: Path) -> AsyncIterator[Shelf]:
    async with Database.open(url) as database:
        yield Shelf(database, directory)
