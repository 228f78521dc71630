"""Real vectors to search in: those of products, made more of, and those of people's own photos."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import ConfigurationError
from core.training.labels import read_labels
from core.vision.embedder import Embedder, Sight, open_embedder
from core.vision.eye import unit
from core.vision.loading import resnet50
from tests.benchmarks.photos import own_photos, product_photos
from tests.benchmarks.reference import CACHE_DIR

Floats = NDArray[np.float32]
_ASKED = 300
_CHUNK = 4096
_SHARE_OF_ANOTHER = 0.5


async def real_vectors(photos: Path) -> tuple[Floats, Floats]:
    """Float32[n, d] of products and float32[m, d], m at most 300, of people's own photos.

    Where there are no real photos, the demo shop's products stand for both. Kept in the cache by
    the embedding space, as they take minutes.
    """
    async with open_embedder(resnet50(path=None, cache_dir=CACHE_DIR)) as embedder:
        file = CACHE_DIR / f"benchmark-{embedder.fingerprint}.npz"
        with contextlib.suppress(OSError, KeyError, ValueError), np.load(file) as kept:
            return kept["products"], kept["own"]
        products = await _seen(embedder, _product_files(photos))
        own = await _seen(embedder, own_photos(photos, _ASKED))
    np.savez(file, products=products, own=own)
    return products, own


def _product_files(photos: Path) -> list[bytes]:
    with contextlib.suppress(ConfigurationError):
        return [photo.path.read_bytes() for photo in read_labels(photos) if not photo.own]
    return product_photos(photos, 10_000)


async def _seen(embedder: Embedder, jpegs: list[bytes]) -> Floats:
    async def read(data: bytes) -> bytes:
        return data

    items = ((place, lambda data=data: read(data)) for place, data in enumerate(jpegs))
    rows = [
        sight.embedding async for _, sight in embedder.see_many(items) if isinstance(sight, Sight)
    ]
    return np.stack(rows)


def many(base: Floats, count: int) -> Iterator[Floats]:
    """``count`` vectors, chunk by chunk: the real ones, then others that lie between two."""
    yield base[:count]
    rng = np.random.default_rng(20)
    for start in range(len(base), count, _CHUNK):
        one, other = rng.integers(0, len(base), (2, min(_CHUNK, count - start)))
        yield unit(base[one] + _SHARE_OF_ANOTHER * base[other])


async def rows(base: Floats, count: int) -> AsyncIterator[tuple[NDArray[np.int64], Floats]]:
    """The same with product ids from 0 on, as an index is built from."""
    start = 0
    for chunk in many(base, count):
        yield np.arange(start, start + len(chunk)), chunk
        start += len(chunk)
