"""Short ways to say what a shop shows."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from core.catalogue import Availability, Money, ProductRecord
from core.storage.catalogue import CatalogueStore, SaveCounts
from core.storage.database import Database

NIGHT = datetime(2026, 3, 1, 3, tzinfo=UTC)


def night(number: int) -> datetime:
    """The start of the run of that night."""
    return NIGHT + timedelta(days=number)


def record(key: str, **fields: object) -> ProductRecord:
    """A record with everything that a shop usually tells."""
    defaults: dict[str, Any] = {
        "title": f"Product {key}",
        "url": f"https://shop.test/{key}",
        "price": Money(Decimal("19.90"), "EUR"),
        "availability": Availability.IN_STOCK,
        "image_urls": (f"https://shop.test/{key}.jpg",),
    }
    return ProductRecord(key=key, **{**defaults, **fields})


async def store_with(
    database: Database, *records: ProductRecord, shop: str = "shop", at: datetime = NIGHT
) -> CatalogueStore:
    """A catalogue with one shop and these products."""
    store = CatalogueStore(database, now=lambda: at)
    await store.shop_seen(shop, shop.title(), f"https://{shop}.test/")
    assert await store.save(shop, records, seen_at=at) == SaveCounts(new=len(records))
    return store


async def with_pictures(store: CatalogueStore, shop: str | None = None) -> dict[str, int]:
    """Give every pending picture the content hash ``h`` + its URL; product ids by key."""
    while pending := await store.pending_images(shop):
        await store.set_image_contents({image.id: f"h{image.url}" for image in pending})
    found = await store.products(range(1, 10_000))
    return {product.key: product.id for product in found.values()}
