"""Picks: five products for a person for a day, each with its reason."""

import asyncio
import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.catalogue import Match, Product
from core.index.index import Index
from core.sameness import is_buyable
from core.storage.catalogue import CatalogueStore
from core.storage.deliveries import DeliveryStore
from core.storage.people import PeopleStore
from core.storage.vectors import VectorStore

REPEAT_AFTER_DAYS = 30

_LIKES = 12  # the latest that count
_NEAR_EACH = 40
_NEWEST = 200
_OF_A_KIND = 2


class Because(StrEnum):
    """Why a product was picked."""

    LIKED = "liked"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a product was picked; ``liked`` is the product that it is like, if that is why."""

    because: Because
    liked: Product | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A product for today. The score of a match that is ``NEW`` is 0: it is like nothing."""

    match: Match
    reason: Reason


class Picker:
    """Chooses picks from what a person likes and what the shops have."""

    def __init__(
        self,
        *,
        catalogue: CatalogueStore,
        people: PeopleStore,
        deliveries: DeliveryStore,
        index: Index,
        vectors: VectorStore,
    ) -> None:
        self._catalogue = catalogue
        self._people = people
        self._deliveries = deliveries
        self._index = index
        self._vectors = vectors

    async def picks(
        self,
        platform: str,
        person_id: str,
        subscription_id: int,
        local_date: date,
        *,
        k: int = 5,
    ) -> list[Pick]:
        """At most ``k`` products in stock, near the person's likes or else new ones.

        At most two of a kind where there is a choice; none that the person likes already, none
        that this subscription was sent within 30 days. The same for the same subscription and
        day, as long as likes, deliveries and catalogue are the same.
        """
        likes = await self._people.likes(platform, person_id)
        since = datetime.combine(local_date, time(), UTC) - timedelta(days=REPEAT_AFTER_DAYS)
        sent = await self._deliveries.recent_products(subscription_id, since)
        exclude = sent | set(likes)
        dice = random.Random(f"{subscription_id} {local_date.isoformat()}")
        near = await self._near(likes[:_LIKES], exclude, dice)
        picks = _varied(near, k)
        if len(picks) < k:
            taken = exclude | {pick.match.product.id for pick in near}
            picks = _varied([*picks, *await self._new(taken, dice)], k)
        return picks

    async def _near(
        self, likes: Sequence[int], exclude: Collection[int], dice: random.Random
    ) -> list[Pick]:
        """Products like those liked, each like in its turn."""
        liked = await self._catalogue.products(likes, include_gone=True)
        pictures = {
            like: picture
            for like in likes
            if like in liked and (picture := liked[like].picture) is not None
        }
        info = await self._index.ready()
        if info is None or not info.rows or not pictures:
            return []
        vectors = await self._vectors.load(info.fingerprint, set(pictures.values()))
        order = [like for like, picture in pictures.items() if picture in vectors]
        dice.shuffle(order)
        draw = _NEAR_EACH + len(exclude)
        ranked = await asyncio.to_thread(
            self._search, [vectors[pictures[like]] for like in order], draw, info.fingerprint
        )
        found = await self._catalogue.products(
            {product for some in ranked for product, _ in some} - set(exclude)
        )
        return [
            Pick(
                match=Match(product=found[product], score=score),
                reason=Reason(because=Because.LIKED, liked=liked[like]),
            )
            for like, (product, score) in _in_turn(order, ranked)
            if product in found and is_buyable(found[product])
        ]

    def _search(
        self, vectors: Iterable[NDArray[np.float32]], k: int, fingerprint: str
    ) -> list[list[tuple[int, float]]]:
        return [self._index.search(vector, k, fingerprint=fingerprint) for vector in vectors]

    async def _new(self, exclude: Collection[int], dice: random.Random) -> list[Pick]:
        """The newest products, shuffled."""
        newest = await self._catalogue.newest(_NEWEST, exclude)
        dice.shuffle(newest)
        return [
            Pick(match=Match(product=product, score=0.0), reason=Reason(because=Because.NEW))
            for product in newest
        ]


def _in_turn(
    likes: Sequence[int], ranked: Sequence[Sequence[tuple[int, float]]]
) -> Iterator[tuple[int, tuple[int, float]]]:
    for place in range(max(map(len, ranked), default=0)):
        for like, some in zip(likes, ranked, strict=True):
            if place < len(some):
                yield like, some[place]


def _varied(candidates: Iterable[Pick], k: int) -> list[Pick]:
    """The first ``k``, no product or picture twice and two of a kind; more of a kind if need be."""
    chosen: list[Pick] = []
    waiting: list[Pick] = []
    kinds: Counter[str] = Counter()
    seen: set[str | int] = set()
    for pick in candidates:
        product = pick.match.product
        same = {product.id, product.picture or product.id}
        if seen & same:
            continue
        seen |= same
        kind = product.kind or product.title
        if kinds[kind] < _OF_A_KIND:
            kinds[kind] += 1
            chosen.append(pick)
        else:
            waiting.append(pick)
    return [*chosen, *waiting][:k]
