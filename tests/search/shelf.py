"""A catalogue of made-up products whose vectors the test chooses."""

import math
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.catalogue import Availability, Money, ProductRecord
from core.index.index import Index
from core.informed import told
from core.search import Search
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database
from core.storage.vectors import VectorStore

NIGHT = datetime(2026, 3, 1, 3, tzinfo=UTC)
SPACE = "f"


def at(degrees: float) -> NDArray[np.float32]:
    """A unit vector; two are as near as their angles."""
    angle = math.radians(degrees)
    return np.array([math.cos(angle), math.sin(angle)], dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A product to stock: its angle, and what a test cares about."""

    degrees: float
    picture: str | None = None
    kind: str | None = "shirt"
    availability: Availability = Availability.IN_STOCK
    price: str = "20"


class Shelf:
    def __init__(self, database: Database, directory: Path) -> None:
        self.database = database
        self.catalogue = CatalogueStore(database, now=lambda: NIGHT)
        self.vectors = VectorStore(database)
        self.index = Index(directory, fingerprint=SPACE)
        self.search = Search(self.index, self.catalogue)
        self.ids: dict[str, int] = {}

    async def stock(
        self, things: Mapping[str, Thing], *, index: bool = True, on: datetime = NIGHT
    ) -> None:
        """Put these in the shop, with their pictures and vectors, and into the index."""
        await self.catalogue.shop_seen("shop", "Shop", None)
        records = [
            ProductRecord(
                key=key,
                title=key,
                kind=thing.kind,
                price=Money(Decimal(thing.price), "EUR"),
                availability=thing.availability,
                image_urls=(f"https://shop.test/{key}.jpg",),
            )
            for key, thing in things.items()
        ]
        await self.catalogue.save("shop", records, seen_at=on)
        for image in await self.catalogue.pending_images(limit=10_000):
            key = image.url.rsplit("/", 1)[1].removesuffix(".jpg")
            picture = things[key].picture or f"picture of {key}"
            await self.catalogue.set_image_content(image.id, picture)
            self.ids[key] = image.product_id
            await self.vectors.save(SPACE, {picture: at(things[key].degrees)})
        if index:
            await self.index.rebuild(told(self.vectors.rows(SPACE), None))

    async def found(self, degrees: float, k: int, **options: set[int]) -> list[str]:
        """The titles of the answer."""
        matches = await self.search.similar(at(degrees), k=k, **options)
        return [match.product.title for match in matches]


@asynccontextmanager
async def open_shelf(url: str, directory: Path) -> AsyncIterator[Shelf]:
    async with Database.open(url) as database:
        yield Shelf(database, directory)
