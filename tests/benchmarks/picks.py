"""Picks: what people would have liked next, against simpler ways; and how long choosing takes."""

import asyncio
import contextlib
import random
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import insert

from core.assortment import Assortment
from core.choosing import choose
from core.index.index import Index
from core.informed import informed
from core.picks import Picker, Wanted
from core.ranking import Ranking, Rankings
from core.storage.assortment import AssortmentStore, Stocked
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database, database_url
from core.storage.deliveries import DeliveryStore
from core.storage.finding import FindStore
from core.storage.signals import Owner, Signal, SignalStore, Sort
from core.storage.tables import likes
from core.storage.vectors import VectorStore
from core.taste import taste_of
from core.training.labels import Labelled, read_labels
from core.vision.embedder import Embedder, Sight, open_embedder
from core.vision.eye import unit
from core.vision.loading import resnet50
from tests.benchmarks.bars import Bar, emit, say
from tests.benchmarks.catalogue import PRODUCTS, fill
from tests.benchmarks.reference import CACHE_DIR

Floats = NDArray[np.float32]
Ids = NDArray[np.intp]
Way = Callable[[Ids], Sequence[int]]

_PEOPLE = 1_000
_LEARNED, _LIKED = 10, 20
_INTERESTS = 4
_K = 5
_PLAIN = "one mean vector of plain ResNet-50"
_CHOSEN_FOR = 2_000
_ALL = 100_000
_AT_ONCE = 32
_NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shop:
    """Products as a shop labels them, in no order, with their vectors as they are searched.

    ``plain`` are those of ResNet-50 as ImageNet taught it.
    """

    labels: Sequence[Labelled]
    vectors: Floats
    plain: Floats


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody likes, in the order in which they come to it: int[20] places.

    ``likely`` float64[n] is how likely each product is, ``interests`` bool[i, n] which products
    belong to each interest.
    """

    liked: Ids
    likely: NDArray[np.float64]
    interests: NDArray[np.bool_]


@dataclass(slots=True)
class Score:
    """How a way of picking does: for each person whether it hit, and all that it ever showed."""

    hits: list[bool] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    met: list[float] = field(default_factory=list)
    shown: set[int] = field(default_factory=set)

    def add(self, person: Person, places: Sequence[int]) -> None:
        """Count what was picked for a person."""
        later = set(person.liked[_LEARNED:].tolist())
        self.hits.append(bool(later & set(places)))
        self.right.append(len(later & set(places)))
        self.met.append(float(person.interests[:, list(places)].any(axis=1).mean()))
        self.shown.update(places)

    @property
    def rate(self) -> float:
        """Hit rate@5."""
        return float(np.mean(self.hits))


async def main(photos: Path) -> None:
    """Measure and emit."""
    shop, fingerprint = await _shop(photos)
    say(f"{_PEOPLE} people, {len(shop.labels)} products")
    emit(await _quality(shop))
    say(f"choosing for {_CHOSEN_FOR} people over {PRODUCTS} products")
    emit([await _speed(fingerprint, shop.vectors.shape[1])])


async def _shop(photos: Path) -> tuple[Shop, str]:
    """The larger photos' products, and the embedding space that they are searched in."""
    labels = [one for one in read_labels(photos) if one.large and not one.own]
    labels = [labels[at] for at in np.random.default_rng(3).permutation(len(labels))]
    async with open_embedder(resnet50(path=None, cache_dir=CACHE_DIR, eye=None)) as embedder:
        plain = await _seen(embedder, labels)
    async with open_embedder(resnet50(path=None, cache_dir=CACHE_DIR)) as embedder:
        seen = await _seen(embedder, labels)
        eye, fingerprint = embedder.eye, embedder.fingerprint
    labels = [one for one in labels if one.path in seen]
    vectors = np.stack([seen[one.path] for one in labels])
    if eye:
        vectors = informed(eye, vectors, [one.said for one in labels])
    plain_ones = unit(np.stack([plain[one.path] for one in labels]))
    return Shop(labels, unit(vectors), plain_ones), fingerprint


async def _seen(embedder: Embedder, labels: Sequence[Labelled]) -> dict[Path, Floats]:
    """Of all that can be read; kept in the cache, as it takes minutes."""
    file = CACHE_DIR / f"benchmark-picks-{embedder.fingerprint}.npz"
    known: dict[str, Floats] = {}
    with contextlib.suppress(OSError, KeyError, ValueError), np.load(file) as kept:
        known = dict(zip(kept["names"].tolist(), kept["vectors"].astype(np.float32), strict=True))
    new = [one for one in labels if one.path.name not in known]

    async def read(path: Path) -> bytes:
        return await asyncio.to_thread(path.read_bytes)

    items = ((one.path, lambda path=one.path: read(path)) for one in new)
    async for path, sight in embedder.see_many(items):
        if isinstance(sight, Sight):
            known[path.name] = sight.embedding
    if new:
        np.savez(file, names=np.array(list(known)), vectors=np.stack(list(known.values())))
    return {one.path: known[one.path.name] for one in labels if one.path.name in known}


def _people(shop: Shop, rng: np.random.Generator) -> list[Person]:
    """Each has one to four interests: a type for their gender, in a few colours, for one use.

    One like in twenty is of anything for their gender, one in twenty of an interest in another
    colour.
    """
    kinds = np.array([min(one.kinds) for one in shop.labels])
    colours = np.array([one.colour for one in shop.labels])
    genders = np.array([one.gender for one in shop.labels])
    usages = np.array([one.usage for one in shop.labels])
    people = []
    while len(people) < _PEOPLE:
        mine = np.isin(genders, [rng.choice(["Men", "Women"]), "Unisex"])
        shares = rng.dirichlet(np.full(rng.integers(1, _INTERESTS + 1), 2.0))
        likely, interests = 0.05 * mine / mine.sum(), []
        for share in shares:
            seed = rng.choice(np.flatnonzero(mine))
            some = {colours[seed], *rng.choice(colours[mine], rng.integers(0, 3))}
            interest = mine & (kinds == kinds[seed]) & (genders == genders[seed])
            interest &= usages == usages[seed]
            wanted = interest * np.where(np.isin(colours, list(some)), 1.0, 0.05)
            likely = likely + 0.95 * share * wanted / wanted.sum()
            interests.append(interest)
        if np.count_nonzero(likely) >= _LIKED:
            liked = rng.choice(len(kinds), _LIKED, replace=False, p=likely / likely.sum())
            people.append(Person(liked, likely, np.array(interests)))
    return people


async def _quality(shop: Shop) -> list[Bar]:
    rng = np.random.default_rng(9)
    people = _people(shop, rng)
    with TemporaryDirectory(prefix="twinset-benchmark-") as name:
        assortment = await _assortment(shop, Path(name))
        learned = np.concatenate([person.liked[:_LEARNED] for person in people])
        popular = np.argsort(-np.bincount(learned, minlength=len(shop.labels)), kind="stable")

        def nearest_to_mean(vectors: Floats, known: Ids) -> Sequence[int]:
            return _first(np.argsort(-vectors @ vectors[known].mean(axis=0)).tolist(), known)

        ways: dict[str, Way] = {
            "ours": lambda known: _ours(assortment, known),
            "newest": lambda known: _first(range(len(shop.labels)), known),
            "popular": lambda known: _first(popular.tolist(), known),
            "one mean vector": lambda known: nearest_to_mean(shop.vectors, known),
            _PLAIN: lambda known: nearest_to_mean(shop.plain, known),
        }
        scores = {way: Score() for way in (*ways, "ceiling")}
        for person in people:
            known = person.liked[:_LEARNED]
            for way, pick in ways.items():
                scores[way].add(person, pick(known))
            # Who knew how likely each product is could do no better, but for luck.
            scores["ceiling"].add(person, _first(np.argsort(-person.likely).tolist(), known))
    rates = {f"{way} hit rate@5": score.rate for way, score in scores.items()}
    right = {f"{way} right of 5": float(np.mean(score.right)) for way, score in scores.items()}
    met = {f"{way} interests met": float(np.mean(score.met)) for way, score in scores.items()}
    shown = {f"{way} catalogue": len(s.shown) / len(shop.labels) for way, s in scores.items()}
    told = rates | right | met | shown
    say(", ".join(f"{name} {value:.3g}" for name, value in told.items()))
    return [
        bar
        for mean in ("one mean vector", _PLAIN)
        for bar in _beside(
            scores["ours"],
            {way: scores[way] for way in ("newest", "popular", mean)},
            len(shop.labels),
            rng,
        )
    ]


def _beside(
    ours: Score, others: Mapping[str, Score], products: int, rng: np.random.Generator
) -> list[Bar]:
    name, best = max(others.items(), key=lambda item: item[1].rate)
    low, high = _interval(ours, best, rng)
    return [
        Bar(
            name=f"picks, hit rate@5 of that of {name}, the best of {', '.join(others)}",
            measured=ours.rate / best.rate,
            sense="at least",
            limit=2.0,
            details={"95 % from": low, "to": high, "ours": ours.rate, name: best.rate},
            bound="the ceiling: who knew each taste exactly would hit no more often",
        ),
        Bar(
            name="picks, share of the catalogue shown, of the same one's",
            measured=len(ours.shown) / max(len(best.shown), 1),
            sense="at least",
            limit=5.0,
            details={
                way: len(score.shown) / products for way, score in {"ours": ours, **others}.items()
            },
            bound="the mean vector of each person is another, too",
        ),
    ]


def _interval(ours: Score, other: Score, rng: np.random.Generator) -> tuple[float, float]:
    """Of the ratio of the two rates, over people drawn again and again."""
    drawn = rng.integers(0, len(ours.hits), (2_000, len(ours.hits)))
    mine, theirs = np.array(ours.hits)[drawn].mean(1), np.array(other.hits)[drawn].mean(1)
    low, high = np.percentile(mine / np.maximum(theirs, 1e-9), [2.5, 97.5])
    return float(low), float(high)


def _first(places: Sequence[int], known: Ids) -> list[int]:
    without = set(known.tolist())
    found = (place for place in places if place not in without)
    return [place for place, _ in zip(found, range(_K), strict=False)]


async def _assortment(shop: Shop, directory: Path) -> Assortment:
    async def rows() -> AsyncIterator[tuple[NDArray[np.int64], Floats]]:
        yield np.arange(1, len(shop.labels) + 1), shop.vectors

    index = Index(directory / "index", fingerprint="f")
    await index.rebuild(rows())
    assert index.current
    stocked = [
        Stocked(
            id=number,
            shop="shop",
            brand=None,
            kind=one.said.kind,
            picture=one.path.name,
            price=Decimal(20),
            currency="EUR",
            news=None,
        )
        for number, one in enumerate(shop.labels, 1)
    ]
    return Assortment(index.current, stocked)


def _ours(assortment: Assortment, known: Ids) -> list[int]:
    """As ``Picker`` does it."""
    liked = [int(place) + 1 for place in known]
    taste = taste_of(
        (
            (
                Signal(sort=Sort.LIKED, product_id=number, at=_NOW),
                assortment.vectors[assortment.place_of[number]],
            )
            for number in liked
        ),
        now=_NOW,
    )
    centres = np.stack([interest.centre for interest in taste.interests])
    chosen = choose(
        assortment,
        taste,
        centres @ assortment.vectors.T,
        ranking=Ranking(),
        without=liked,
        inside=None,
        dice=random.Random(liked[0]),
        k=_K,
    )
    return [int(assortment.ids[one.place]) - 1 for one in chosen]


async def _speed(fingerprint: str, dimension: int) -> Bar:
    """With the database, the index and the pictures' vectors that the bot has."""
    with TemporaryDirectory(prefix="twinset-benchmark-") as name:
        state = Path(name)
        await fill(state, fingerprint, dimension=dimension)
        async with Database.open(database_url(None, state)) as database:
            index = Index(state / "index", fingerprint=fingerprint)
            await _like(database, index)
            picker = Picker(
                catalogue=CatalogueStore(database),
                signals=SignalStore(database),
                assortment=AssortmentStore(database),
                deliveries=DeliveryStore(database),
                finding=FindStore(database),
                index=index,
                vectors=VectorStore(database),
                rankings=Rankings(),
                now=lambda: _NOW,
            )
            wanted = [
                Wanted(owner=Owner(f"{n}"), local_date=date(2026, 5, 4), subscription_id=n + 1)
                for n in range(_CHOSEN_FOR)
            ]
            await picker.picks("web", wanted[0])
            parts = [wanted[n : n + _AT_ONCE] for n in range(0, len(wanted), _AT_ONCE)]
            started, used = time.perf_counter(), time.process_time()

            async def work() -> int:
                found = 0
                while parts:
                    picks = await picker.picks_of_all("web", parts.pop())
                    found += sum(map(len, picks))
                return found

            found = await asyncio.gather(work(), work())
            took, used = time.perf_counter() - started, time.process_time() - used
    assert sum(found) == _K * _CHOSEN_FOR
    return Bar(
        name="picks for 100,000 people over 45,000 products",
        measured=took / _CHOSEN_FOR * _ALL / 60,
        sense="at most",
        limit=10.0,
        unit="min",
        details={
            "people measured": float(_CHOSEN_FOR),
            "ms a person": 1000 * took / _CHOSEN_FOR,
            "processor ms a person": 1000 * used / _CHOSEN_FOR,
        },
        bound="the scan of the catalogue for each interest",
    )


async def _like(database: Database, index: Index) -> None:
    """Each likes what is nearest to one to four products, as people above have interests."""
    await index.ready()
    assert index.current
    ids, vectors = index.current.rows
    rng = np.random.default_rng(4)
    liked: set[tuple[int, int]] = set()
    for person in range(_CHOSEN_FOR):
        shares = rng.dirichlet(np.full(rng.integers(1, _INTERESTS + 1), 2.0))
        for count in rng.multinomial(_LEARNED, shares).tolist():
            near = index.search(vectors[rng.integers(len(ids))], count) if count else ()
            liked |= {(person, product) for product, _ in near}
    rows = [
        {"platform": "web", "person_id": f"{person}", "product_id": product, "liked_at": _NOW}
        for person, product in sorted(liked)
    ]
    async with database.write() as connection:
        await connection.execute(insert(likes), rows)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
