"""A catalogue of 45,000 products, filled through the stores that the bot has."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from core.index.index import Index
from core.informed import told
from core.search import Search
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database, database_url, migrate
from core.storage.vectors import VectorStore
from tests.benchmarks.shop import record

PRODUCTS = 45_000
SHOP = "large"
_CHUNK = 3_000
_AT = datetime(2026, 1, 1, tzinfo=UTC)


@asynccontextmanager
async def open_catalogue(fingerprint: str, *, dimension: int) -> AsyncIterator[Search]:
    """Search over 45,000 products whose vectors are random; for latency, not for recall."""
    with TemporaryDirectory(prefix="twinset-benchmark-") as name:
        state = Path(name)
        await fill(state, fingerprint, dimension=dimension)
        async with Database.open(database_url(None, state)) as database:
            index = Index(state / "index", fingerprint=fingerprint)
            yield Search(index, CatalogueStore(database))


async def fill(
    state: Path, fingerprint: str, *, dimension: int, origin: str = "https://large.example"
) -> None:
    """Make the database and the index of a state directory that the bot can be started on.

    The products are those of ``tests.benchmarks.shop`` at this origin.
    """
    url = database_url(None, state)
    await migrate(url)
    async with Database.open(url) as database:
        catalogue, vectors = CatalogueStore(database), VectorStore(database)
        await catalogue.shop_seen(SHOP, "Large", origin)
        rng = np.random.default_rng(20)
        reach = np.arange(1, dimension + 1, dtype=np.float32) ** -0.75  # as real vectors have it
        for start in range(0, PRODUCTS, _CHUNK):
            numbers = range(start, min(start + _CHUNK, PRODUCTS))
            records = [record(number, origin) for number in numbers]
            await catalogue.save(SHOP, records, seen_at=_AT)
            rows = reach * rng.normal(size=(len(numbers), dimension)).astype(np.float32)
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)
            images = await catalogue.pending_images(limit=len(numbers))
            hashes = [hashlib.sha256(image.url.encode()).hexdigest() for image in images]
            await catalogue.set_image_contents(
                dict(zip((image.id for image in images), hashes, strict=True))
            )
            await vectors.save(fingerprint, dict(zip(hashes, rows, strict=True)))
        index = Index(state / "index", fingerprint=fingerprint)
        await index.rebuild(told(vectors.rows(fingerprint), None))
