"""Picks: five products for a person or a group for a day, each with its reason."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from core.assortment import Assortment, Assortments
from core.catalogue import Match, Product
from core.choosing import Choice, choose
from core.index.index import Index
from core.ranking import Ranking, Rankings
from core.sameness import is_buyable
from core.storage.assortment import AssortmentStore, News
from core.storage.catalogue import CatalogueStore
from core.storage.deliveries import DeliveryStore
from core.storage.finding import FindStore
from core.storage.signals import Owner, Signal, SignalStore, Sort
from core.storage.vectors import VectorStore
from core.taste import Interest, Taste, Weighed, taste_of
from core.wishes import Wish

Floats = NDArray[np.float32]

REPEAT_AFTER_DAYS = 30

_NO_FILTERS = Wish()

_NEWEST = 200
_OF_A_KIND = 2
_ANSWERED_AFTER = timedelta(days=1)  # a pick that nothing came of by then was ignored
_ROWS_AT_ONCE = 9_000_000  # of the index, times the interests: each pass over it costs as much


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a product was picked.

    ``liked`` is the product that it is like; with ``photo`` it is like one that was sent. ``news``
    is what happened to it, ``less`` by how many % it was reduced. ``surprise`` is a little off what
    is liked. Without any of these it is one of the newest.
    """

    liked: Product | None = None
    photo: bool = False
    news: News | None = None
    less: int = 0
    surprise: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A product for today; the score of its match is 0 where it is like nothing."""

    match: Match
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Whose picks, of which local day, within which filters.

    ``subscription_id`` is 0 without one.
    """

    owner: Owner
    local_date: date
    subscription_id: int = 0
    filters: Wish = _NO_FILTERS


@dataclass(frozen=True, slots=True)
class _Plan:
    """A person's picks on their way: ids with what is known of each, and what must not be among.

    What is added to them lies within the ``filters``.
    """

    choices: Sequence[tuple[int, Choice]]
    without: Collection[int]
    filters: Wish
    ranking: Ranking


class Picker:
    """Chooses picks from what people like and what the shops have."""

    def __init__(
        self,
        *,
        catalogue: CatalogueStore,
        signals: SignalStore,
        assortment: AssortmentStore,
        deliveries: DeliveryStore,
        finding: FindStore,
        index: Index,
        vectors: VectorStore,
        rankings: Rankings,
        now: Callable[[], datetime],
    ) -> None:
        self._catalogue = catalogue
        self._signals = signals
        self._deliveries = deliveries
        self._finding = finding
        self._vectors = vectors
        self._rankings = rankings
        self._now = now
        self._assortments = Assortments(index, assortment, now=now)

    async def taste(self, platform: str, owner: Owner) -> Taste:
        """What is known of somebody's taste; empty where nothing is."""
        assortment = await self._assortments.now()
        if assortment is None:
            return Taste()
        signals = await self._signals.of(platform, owner)
        return (await self._tastes(assortment, [signals]))[0]

    async def examples(self, interests: Sequence[Interest]) -> list[int | None]:
        """Of each the id of the product nearest to its middle; None while there is no index."""
        assortment = await self._assortments.now()
        if assortment is None:
            return [None for _ in interests]
        return [
            int(assortment.ids[int(np.argmax(assortment.vectors @ interest.centre))])
            for interest in interests
        ]

    async def picks(self, platform: str, wanted: Wanted, *, k: int = 5) -> list[Pick]:
        """One of ``picks_of_all``."""
        return (await self.picks_of_all(platform, [wanted], k=k))[0]

    async def picks_of_all(
        self, platform: str, wanted: Sequence[Wanted], *, k: int = 5
    ) -> list[list[Pick]]:
        """For each at most ``k`` products in stock, near the taste, or else new ones.

        What is fresh goes first where it is as near; kinds vary. None that was liked, opened or
        turned down before, none that the subscription was sent within 30 days, in whichever shop,
        none outside of the filters: of what is inside as many come as there are, up to ``k``. The
        same for the same subscription and day, as long as signals, deliveries and catalogue are.
        """
        assortment = await self._assortments.now()
        owners = {one.owner for one in wanted}
        signals = await self._signals.of_all(platform, owners)
        earliest = min((one.local_date for one in wanted), default=date.max)
        recent = await self._deliveries.recent(
            {one.subscription_id for one in wanted} - {0}, _repeats_after(earliest)
        )
        told: list[list[Signal]] = []
        without: list[Collection[int]] = []
        for one in wanted:
            some = signals[one.owner]
            since = _repeats_after(one.local_date)
            sent = {
                number: at
                for number, at in recent.get(one.subscription_id, {}).items()
                if at >= since
            }
            told.append([*some, *self._ignored(sent, {signal.product_id for signal in some})])
            judged = {signal.product_id for signal in some if signal.product_id}
            without.append(sent.keys() | judged)
        tastes = await self._tastes(assortment, told) if assortment else [Taste() for _ in wanted]
        dice = [
            random.Random(f"{one.subscription_id} {one.local_date.isoformat()}") for one in wanted
        ]
        now = self._now()
        plans = [
            _Plan([], some, one.filters, self._rankings.of(platform, one.owner, now))
            for one, some in zip(wanted, without, strict=True)
        ]
        if assortment:
            inside = await self._inside(assortment, {one.filters for one in wanted})
            plans = await asyncio.to_thread(_chosen, assortment, tastes, plans, inside, dice, k=k)
        return await self._filled(assortment, plans, dice, k=k)

    async def left_of(self, numbers: Sequence[int], filters: Wish) -> list[Match]:
        """The products that can be had within the filters, of some that were picked before."""
        found = await self._catalogue.products(numbers)
        inside = set((await self._finding.within(filters, among=numbers)).tolist())
        there = [found[number] for number in numbers if number in found and number in inside]
        return [Match(product=one, score=0.0) for one in there if is_buyable(one)]

    async def _inside(
        self, assortment: Assortment, filters: Collection[Wish]
    ) -> dict[Wish, NDArray[np.bool_]]:
        """Of filters that leave something out, which rows lie within them."""
        found = {one: await self._finding.within(one) for one in filters if not one.is_empty}

        def rows() -> dict[Wish, NDArray[np.bool_]]:
            return {one: np.isin(assortment.ids, numbers) for one, numbers in found.items()}

        return await asyncio.to_thread(rows)

    def _ignored(
        self, sent: Mapping[int, datetime], known: Collection[int | None]
    ) -> Iterable[Signal]:
        for number, at in sent.items():
            if number not in known and self._now() - at >= _ANSWERED_AFTER:
                yield Signal(sort=Sort.IGNORED, product_id=number, at=at)

    async def _tastes(
        self, assortment: Assortment, signals: Sequence[Sequence[Signal]]
    ) -> list[Taste]:
        gone = {
            signal.product_id
            for some in signals
            for signal in some
            if signal.product_id and signal.product_id not in assortment.place_of
        }
        left = await self._vectors_of(gone, assortment.space)
        now = self._now()

        def embedding(signal: Signal) -> Floats | None:
            if trace := signal.trace:
                return trace.embedding if trace.space == assortment.space else None
            number = signal.product_id or 0
            place = assortment.place_of.get(number)
            return assortment.vectors[place] if place is not None else left.get(number)

        def made() -> list[Taste]:
            return [
                taste_of(((one, at) for one in some if (at := embedding(one)) is not None), now=now)
                for some in signals
            ]

        return await asyncio.to_thread(made)

    async def _vectors_of(self, numbers: Collection[int], space: str) -> dict[int, Floats]:
        """Of products that are in no index any more."""
        if not numbers:
            return {}
        products = await self._catalogue.products(numbers, include_gone=True)
        pictures = {one.picture for one in products.values() if one.picture}
        vectors = await self._vectors.load(space, pictures)
        return {
            number: vectors[one.picture]
            for number, one in products.items()
            if one.picture in vectors
        }

    async def _filled(
        self,
        assortment: Assortment | None,
        plans: Sequence[_Plan],
        dice: Sequence[random.Random],
        *,
        k: int,
    ) -> list[list[Pick]]:
        """The products of these choices, and the newest where they are not enough."""
        numbers = {number for plan in plans for number, _ in plan.choices}
        found = await self._catalogue.products(numbers)
        because = {
            (plan_number, number): _nearest(choice, assortment)
            for plan_number, plan in enumerate(plans)
            for number, choice in plan.choices
            if assortment
        }
        liked = await self._catalogue.products(
            {one.signal.product_id for one in because.values() if one.signal.product_id},
            include_gone=True,
        )
        made: list[list[Pick]] = []
        newest: list[Product] | None = None
        for plan_number, (plan, die) in enumerate(zip(plans, dice, strict=True)):
            picks = []
            for number, choice in plan.choices:
                if number not in found or not is_buyable(found[number]):
                    continue
                why = because[plan_number, number].signal
                news, less = assortment.news.get(number, (None, 0)) if assortment else (None, 0)
                is_like = why.sort is Sort.LIKED
                reason = Reason(
                    liked=liked.get(why.product_id or 0) if is_like else None,
                    photo=why.trace is not None,
                    news=news,
                    less=less,
                    surprise=choice.surprise,
                )
                match = Match(product=found[number], score=choice.nearness)
                picks.append(Pick(match=match, reason=reason))
            if len(picks) < k:
                taken = {number for number, _ in plan.choices} | set(plan.without)
                if not plan.filters.is_empty:
                    more = await self._newest_within(plan.filters, taken, k=k)
                else:
                    if newest is None:
                        newest = await self._catalogue.newest(_NEWEST)
                    more = [one for one in newest if one.id not in taken]
                    if len(more) < k:
                        more = await self._catalogue.newest(_NEWEST, taken)
                die.shuffle(more)
                picks = _filled_up(picks, more, k)
            made.append(picks)
        return made

    async def _newest_within(
        self, filters: Wish, taken: Collection[int], *, k: int
    ) -> list[Product]:
        """As ``CatalogueStore.newest``, at least ``k`` where there are so many."""
        count = _NEWEST + len(taken)
        while True:
            ranked = await self._finding.ranked(Wish(), limit=count, filters=filters)
            ids = [number for number, _ in ranked if number not in taken]
            found = await self._catalogue.products(ids)
            some = [found[number] for number in ids if number in found]
            some = [one for one in some if one.picture and is_buyable(one)]
            if len(some) >= k or len(ranked) < count:
                return some[:_NEWEST]
            count *= 4


def _repeats_after(day: date) -> datetime:
    return datetime.combine(day, time(), UTC) - timedelta(days=REPEAT_AFTER_DAYS)


def _chosen(
    assortment: Assortment,
    tastes: Sequence[Taste],
    empty: Sequence[_Plan],
    inside: Mapping[Wish, NDArray[np.bool_]],
    dice: Sequence[random.Random],
    *,
    k: int,
) -> list[_Plan]:
    """Many at once, so that the catalogue is read from memory once for all of them."""
    plans: list[_Plan] = []
    at_once = max(1, _ROWS_AT_ONCE // max(len(assortment.ids), 1))
    interests = [interest for taste in tastes for interest in taste.interests]
    done = 0
    nearness: list[Floats] = []
    for taste, plan, die in zip(tastes, empty, dice, strict=True):
        while len(nearness) < len(taste.interests):
            part = interests[done : done + max(at_once, len(taste.interests))]
            done += len(part)
            centres = np.stack([interest.centre for interest in part])
            nearness.extend(centres @ assortment.vectors.T)
        mine, nearness = nearness[: len(taste.interests)], nearness[len(taste.interests) :]
        without = assortment.with_twins(plan.without) if plan.without else ()
        choices: list[Choice] = []
        if taste.interests:
            choices = choose(
                assortment,
                taste,
                np.stack(mine),
                ranking=plan.ranking,
                without=without,
                inside=inside.get(plan.filters),
                dice=die,
                k=k,
            )
        found = [(int(assortment.ids[one.place]), one) for one in choices]
        plans.append(replace(plan, without=without, choices=found))
    return plans


def _nearest(choice: Choice, assortment: Assortment) -> Weighed:
    """Which signal of its interest a choice is most like."""
    at = assortment.vectors[choice.place]
    return max(choice.interest.made_by, key=lambda one: float(one.embedding @ at))


def _filled_up(picks: Sequence[Pick], more: Iterable[Product], k: int) -> list[Pick]:
    """With new ones up to ``k``: no picture twice, two of a kind, more of a kind if need be."""
    chosen = list(picks)
    waiting: list[Pick] = []
    kinds = Counter(_kind(pick.match.product) for pick in picks)
    seen = {pick.match.product.picture for pick in picks}
    for product in more:
        if product.picture in seen:
            continue
        seen.add(product.picture)
        kinds[_kind(product)] += 1
        pick = Pick(match=Match(product=product, score=0.0), reason=Reason(news=News.NEW))
        (chosen if kinds[_kind(product)] <= _OF_A_KIND else waiting).append(pick)
    return [*chosen, *waiting][:k]


def _kind(product: Product) -> str:
    return product.kind or product.title
