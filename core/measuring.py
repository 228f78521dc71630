"""How near the core comes to the machine's limits; each measure in turns with its limit."""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.index.generation import Generation
from core.looks import recognise
from core.search import Search
from core.vision.embedder import Embedder, Sight
from core.vision.features import Backbone

NEAREST = 5
_PHONE_PX = (4000, 3000)
_GRAIN = 6  # of 255: a sensor's noise, which makes up most of a large photo's bytes

Found = list[tuple[int, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """What was measured of ours, and in turns with it of the limit; both in the same unit."""

    ours: Sequence[float]
    limit: Sequence[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Recall of the five nearest, and the milliseconds of each plain query and exact scan."""

    recall: float
    ms: Turns


async def bulk_rates(
    embedder: Embedder, network: Backbone, jpegs: Sequence[bytes], *, rounds: int
) -> Turns:
    """Photos a second, a figure a round: through the bulk lane, and the raw forward pass.

    ``network`` is the embedder's own, which is idle while the raw pass runs.
    """
    ours, raw = [], []
    for _ in range(rounds):
        raw.append(await asyncio.to_thread(raw_per_s, network))
        ours.append(await bulk_per_s(embedder, jpegs))
    return Turns(ours=ours, limit=raw)


async def bulk_per_s(embedder: Embedder, jpegs: Sequence[bytes]) -> float:
    """Photos a second through the bulk lane; raises what one that cannot be read raises."""

    async def read(data: bytes) -> bytes:
        return data

    items = ((place, lambda data=data: read(data)) for place, data in enumerate(jpegs))
    started = time.perf_counter()
    async for _, seen in embedder.see_many(items):
        if not isinstance(seen, Sight):
            raise seen
    return len(jpegs) / (time.perf_counter() - started)


def raw_per_s(network: Backbone, *, photos: int = 96) -> float:
    """The network's photos a second on ready arrays; every stream computes.

    By medians, at the batch size that gives the highest.
    """
    return max(_raw_per_s(network, size, photos) for size in network.batch_sizes)


def seconds_a_pass(network: Backbone, size: int, *, passes: int) -> list[float]:
    """How long each of some passes over ``size`` photos took, after one that does not count."""
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 255, (size, 224, 224, 3), dtype=np.uint8)
    network.forward(pixels)
    taken = []
    for _ in range(passes):
        started = time.perf_counter()
        network.forward(pixels)
        taken.append(time.perf_counter() - started)
    return taken


async def answer_seconds(
    embedder: Embedder,
    network: Backbone,
    search: Search | None,
    jpegs: Sequence[bytes],
    *,
    times: int,
) -> Turns:
    """Seconds from a JPEG to its matches and its look, one at a time on an idle embedder.

    Beside it the floor: decoding by plain Pillow and one raw pass. Without ``search``, while there
    is nothing to search, the answer is the look alone.
    """
    ours, floor = [], []
    for number in range(times):
        jpeg = jpegs[number % len(jpegs)]
        started = time.perf_counter()
        sight = await embedder.see(jpeg)
        recognise(sight, await search.similar(sight.embedding, k=NEAREST) if search else [])
        ours.append(time.perf_counter() - started)
        started = time.perf_counter()
        _decode(jpeg)
        decoding = time.perf_counter() - started
        [forward] = await asyncio.to_thread(seconds_a_pass, network, 1, passes=1)
        floor.append(decoding + forward)
    return Turns(ours=ours, limit=floor)


def compare(generation: Generation, queries: NDArray[np.float32], *, rounds: int = 3) -> Compared:
    """The plain query against the exact scan of the same generation, for float32[m, d]."""
    found: list[tuple[Found, float]] = []
    exact: list[tuple[Found, float]] = []
    for _ in range(rounds):
        found += [timed(partial(generation.search, q, NEAREST)) for q in queries]
        exact += [timed(partial(generation.search, q, NEAREST, exact=True)) for q in queries]
    return Compared(
        recall=recall([hits for hits, _ in found], [hits for hits, _ in exact]),
        ms=Turns(ours=[ms for _, ms in found], limit=[ms for _, ms in exact]),
    )


def recall(found: Sequence[Found], exact: Sequence[Found]) -> float:
    """The share of found products that are as near as the farthest of the exact ones."""
    hits = sum(
        sum(score >= best[-1][1] - 1e-5 for _, score in some)
        for some, best in zip(found, exact, strict=True)
    )
    return hits / sum(map(len, exact))


def timed(search: Callable[[], Found]) -> tuple[Found, float]:
    """What was found, and in how many milliseconds."""
    started = time.perf_counter()
    found = search()
    return found, 1000 * (time.perf_counter() - started)


def phone_photo(jpeg: bytes, rng: np.random.Generator) -> bytes:
    """A 12-megapixel JPEG as a phone writes it: a small photo enlarged, with a sensor's grain."""
    with Image.open(BytesIO(jpeg)) as image:
        large = image.convert("RGB").resize(_PHONE_PX, Image.Resampling.BICUBIC)
    tile = rng.normal(0, _GRAIN, (500, 500, 3))
    grain = np.tile(tile, (_PHONE_PX[1] // 500, _PHONE_PX[0] // 500, 1))
    pixels = (np.asarray(large) + grain).clip(0, 255).astype(np.uint8)
    out = BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=88)
    return out.getvalue()


def _raw_per_s(network: Backbone, size: int, photos: int) -> float:
    passes = max(3, photos // size // network.streams)
    with ThreadPoolExecutor(network.streams) as threads:
        taken = threads.map(
            lambda _: seconds_a_pass(network, size, passes=passes), range(network.streams)
        )
    return network.streams * size / float(np.median(list(taken)))


def _decode(jpeg: bytes) -> None:
    """As quick as Pillow decodes a JPEG for a network that takes 224 pixels."""
    with Image.open(BytesIO(jpeg)) as image:
        image.draft("RGB", (224, 224))
        image.convert("RGB").resize((224, 224), Image.Resampling.BILINEAR)
