"""The catalogue as picks are chosen from it: rows of the index, and what is known of each."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from core.index.exact import CHUNK_ROWS
from core.index.generation import Generation
from core.index.index import Index
from core.storage.assortment import AssortmentStore, News, Stocked

Floats = NDArray[np.float32]

WIDTH = 0.1
"""How far off, as cosine, what is e times less alike counts."""

_OLD_AFTER = timedelta(minutes=10)
_LIFT = 0.5  # how far what many products look like is left for what few do
_SAMPLE = 1_000


class Assortment:
    """One state of it; immutable. All arrays have a place for each row of the index.

    ``vectors`` are float32[n, d] of length 1; ``place_of`` is the place by product id. ``kinds``,
    ``pictures``, ``shops`` and ``brands`` are int32[n], the same for what has the same, -1 where
    nothing is said; ``prices`` float32[n] in ``currencies`` int32[n], NaN where not known.
    ``appeal`` float32[n] is what speaks for each row whoever asks, as cosine: that not much of the
    catalogue looks like it; -inf where it cannot be had. ``fresh`` are the places of what has news.
    """

    def __init__(self, generation: Generation, stocked: Sequence[Stocked]) -> None:
        self.generation = generation.info.name
        self.space = generation.info.fingerprint
        ids, mapped = generation.rows
        self.vectors = np.asarray(mapped)  # a map's own slicing and arithmetic take longer
        _, first = np.unique(ids, return_index=True)
        place_of = {int(ids[place]): int(place) for place in first}
        here = [(place_of[one.id], one) for one in stocked if one.id in place_of]
        places = np.array([place for place, _ in here], np.intp)
        some = [one for _, one in here]

        def coded(values: Iterable[str | None]) -> NDArray[np.int32]:
            codes: dict[str, int] = {}
            made = np.full(len(ids), -1, np.int32)
            made[places] = [
                -1 if value is None else codes.setdefault(value, len(codes)) for value in values
            ]
            return made

        self.ids = ids
        self.place_of = place_of
        can_be_had = np.zeros(len(ids), np.bool_)
        can_be_had[places] = True
        self.kinds = coded(one.kind for one in some)
        self.pictures = coded(one.picture for one in some)
        self._twins = _together(ids, self.pictures)
        self.shops = coded(one.shop for one in some)
        self.brands = coded(one.brand for one in some)
        self.currencies = coded(one.currency for one in some)
        self.prices = np.full(len(ids), np.nan, np.float32)
        self.prices[places] = [np.nan if one.price is None else float(one.price) for one in some]
        self.news: dict[int, tuple[News, int]] = {
            one.id: (one.news, one.less) for one in some if one.news
        }
        self.appeal = -np.float32(_LIFT * WIDTH) * _commonness(self.vectors)
        self.appeal[~can_be_had] = -np.inf
        self.fresh = np.array([place_of[number] for number in self.news], np.intp)

    def with_twins(self, numbers: Collection[int]) -> Collection[int]:
        """The ids of these products and of those with their pictures, the same in other shops."""
        found = set(numbers)
        for number in numbers:
            place = self.place_of.get(number)
            if place is not None:
                found.update(self._twins.get(int(self.pictures[place]), ()))
        return found


def _together(ids: NDArray[np.int64], codes: NDArray[np.int32]) -> dict[int, list[int]]:
    """By code the ids that have it, where they are several; nothing for -1."""
    known, counts = np.unique(codes[codes >= 0], return_counts=True)
    places = np.flatnonzero(np.isin(codes, known[counts > 1]))
    found: dict[int, list[int]] = {}
    for place in places:
        found.setdefault(int(codes[place]), []).append(int(ids[place]))
    return found


def _commonness(vectors: Floats) -> Floats:
    """The logarithm, float32[n], of how much of all of them looks like each of float32[n, d]."""
    drawn = np.random.default_rng(0).permutation(len(vectors))[:_SAMPLE]
    sample = vectors[np.sort(drawn)]
    made = np.empty(len(vectors), np.float32)
    for start in range(0, len(vectors), CHUNK_ROWS):
        part = slice(start, start + CHUNK_ROWS)
        near = np.exp((vectors[part] @ sample.T - 1) / WIDTH)
        made[part] = np.log(near.mean(axis=1) + 1 / len(vectors))  # each is like itself
    return made


class Assortments:
    """The latest state, made anew when there is another index, and every ten minutes."""

    def __init__(
        self, index: Index, store: AssortmentStore, *, now: Callable[[], datetime]
    ) -> None:
        self._index = index
        self._store = store
        self._now = now
        self._making = asyncio.Lock()
        self._latest: Assortment | None = None
        self._made_at: datetime | None = None

    async def now(self) -> Assortment | None:
        """None while there is nothing in the index."""
        async with self._making:
            info = await self._index.ready()
            if info is None or not info.rows:
                return None
            made_at, now = self._made_at, self._now()
            is_new = made_at is not None and abs(now - made_at) < _OLD_AFTER
            if self._latest and is_new and self._latest.generation == info.name:
                return self._latest
            stocked = await self._store.all()
            generation = self._index.current
            if generation is None:
                return None
            self._latest = await asyncio.to_thread(Assortment, generation, stocked)
            self._made_at = now
            return self._latest
