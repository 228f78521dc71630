"""Real vectors to search in: those of products, made more of, and those of people's own photos."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import ConfigurationError
from core.training.features import features_of
from core.training.labels import read_labels
from core.vision.embedder import Sight, open_embedder
from core.vision.head import Head, unit
from core.vision.loading import resnet50
from tests.benchmarks.photos import own_photos, product_photos
from tests.benchmarks.reference import CACHE_DIR

Floats = NDArray[np.float32]
_ASKED = 300
_CHUNK = 4096
_SHARE_OF_ANOTHER = 0.5


async def real_vectors(photos: Path) -> tuple[Floats, Floats]:
    """Float32[n, d] of products and float32[m, d], m at most 300, of people's own photos.

    What `python -m bot train` has kept of these photos is used. Where there are no real photos,
    the demo shop's products stand for both.
    """
    with contextlib.suppress(ConfigurationError):
        labels = read_labels(photos)
        async with open_embedder(resnet50(path=None, cache_dir=CACHE_DIR, head=None)) as plain:
            features = await features_of(
                [photo.path for photo in labels], plain, cache_dir=CACHE_DIR
            )
        own = np.array([photo.own for photo in labels])
        readable = np.isfinite(features).all(axis=1)
        head = Head.read()
        asked = np.flatnonzero(own & readable)
        asked = asked[:: max(1, len(asked) // _ASKED)][:_ASKED]
        return (
            head.apply(features[~own & readable].astype(np.float32)),
            head.apply(features[asked].astype(np.float32)),
        )
    async with open_embedder(resnet50(path=None, cache_dir=CACHE_DIR)) as embedder:
        seen = [
            await embedder.see(jpeg)
            for jpeg in [*product_photos(photos, 10_000), *own_photos(photos, _ASKED)]
        ]
    rows = np.stack([sight.embedding for sight in seen if isinstance(sight, Sight)])
    return rows[:-_ASKED], rows[-_ASKED:]


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
