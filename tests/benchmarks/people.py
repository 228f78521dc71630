"""32 people at once, each sending the next photo when answered; and while the night runs."""

import asyncio
import itertools
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.looks import recognise
from core.measuring import NEAREST, bulk_per_s
from core.search import Search
from core.storage.answers import MAX_RANKED
from core.vision.embedder import Embedder, open_embedder
from core.vision.loading import resnet50
from tests.benchmarks.bars import Bar, emit, say
from tests.benchmarks.catalogue import open_catalogue
from tests.benchmarks.network import dimension_of
from tests.benchmarks.photos import own_photos, product_photos
from tests.benchmarks.reference import CACHE_DIR

_PEOPLE = 32
_SECONDS = 20
_NIGHT = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """What some people met: answers a second, and every wait in seconds."""

    per_s: float
    waits: Sequence[float]

    @property
    def p99_of_mean(self) -> float:
        """The 99th percentile against the mean wait that the rate implies (Little's law)."""
        return float(np.percentile(self.waits, 99)) * self.per_s / _PEOPLE


async def main(photos: Path) -> None:
    """Measure and emit."""
    network = resnet50(path=None, cache_dir=CACHE_DIR)()
    async with open_embedder(lambda: network) as embedder:
        dimension = await dimension_of(embedder)
        async with open_catalogue(embedder.fingerprint, dimension=dimension) as search:
            jpegs = own_photos(photos, 400)
            products = product_photos(photos, 1_000)
            bulk, by_day, by_night, embedded = [], [], [], 0
            say("bulk, 32 people, and 32 people while the night embeds, in turns")
            for _ in range(2):
                bulk.append(await bulk_per_s(embedder, jpegs))
                by_day.append(await crowd(embedder, search, jpegs))
                met, count = await crowd_at_night(embedder, search, jpegs, products)
                by_night.append(met)
                embedded += count
    alone, at_night = _together(by_day), _together(by_night)
    bulk_rate = float(np.mean(bulk))
    emit(
        [
            Bar(
                name="32 people at once, rate of the bulk rate",
                measured=alone.per_s / bulk_rate,
                sense="at least",
                limit=0.85,
                details={"answers /s": alone.per_s, "bulk /s": bulk_rate},
                bound="the bulk rate; search and recognition take the rest",
            ),
            Bar(
                name="32 people at once, p99 of the mean wait",
                measured=alone.p99_of_mean,
                sense="at most",
                limit=1.3,
                details=_waits(alone),
                bound="first come, first served: everybody waits for the 31 before",
            ),
            Bar(
                name="32 people while the night embeds, rate of theirs without it",
                measured=at_night.per_s / alone.per_s,
                sense="at least",
                limit=0.85,
                details={"answers /s": at_night.per_s, "embedded meanwhile": float(embedded)},
                bound="one photo of the night after every 16 of theirs, and its decoding",
            ),
            Bar(
                name="32 people while the night embeds, p99 of the mean wait",
                measured=at_night.p99_of_mean,
                sense="at most",
                limit=1.5,
                details=_waits(at_night),
            ),
        ]
    )


async def crowd(embedder: Embedder, search: Search, jpegs: Sequence[bytes]) -> Crowd:
    """Let 32 people ask for some seconds; the first answers, while the line fills, do not count."""
    turns = itertools.cycle(jpegs)
    waits: list[float] = []
    started = time.perf_counter()
    counted_from = started + _SECONDS / 10
    ends = started + _SECONDS

    async def person() -> None:
        while (asked := time.perf_counter()) < ends:
            sight = await embedder.see(next(turns))
            found = await search.find(sight.embedding, k=NEAREST, in_all=MAX_RANKED)
            recognise(sight, found.matches)
            answered = time.perf_counter()
            if asked >= counted_from and answered <= ends:
                waits.append(answered - asked)

    await asyncio.gather(*(person() for _ in range(_PEOPLE)))
    # Those who asked before the count began or were answered after it are left out of both.
    return Crowd(per_s=_PEOPLE / float(np.mean(waits)), waits=waits)


async def crowd_at_night(
    embedder: Embedder, search: Search, jpegs: Sequence[bytes], products: Sequence[bytes]
) -> tuple[Crowd, int]:
    """The same beside 5,000 photos on the bulk lane; and how many of those were embedded."""
    done = 0

    async def read(data: bytes) -> bytes:
        return data

    async def night() -> None:
        nonlocal done
        turns = itertools.islice(itertools.cycle(products), _NIGHT)
        async for _ in embedder.see_many(
            (place, lambda data=data: read(data)) for place, data in enumerate(turns)
        ):
            done += 1

    embedding = asyncio.create_task(night())
    met = await crowd(embedder, search, jpegs)
    embedded = done
    embedding.cancel()
    with suppress(asyncio.CancelledError):
        await embedding
    return met, embedded


def _together(crowds: Sequence[Crowd]) -> Crowd:
    return Crowd(
        per_s=float(np.mean([one.per_s for one in crowds])),
        waits=[wait for one in crowds for wait in one.waits],
    )


def _waits(met: Crowd) -> dict[str, float]:
    return {
        "mean ms": 1000 * float(np.mean(met.waits)),
        "p99 ms": 1000 * float(np.percentile(met.waits, 99)),
    }


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
