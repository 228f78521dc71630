"""A taste: what somebody likes, as a few interests; pure, from signals to what they add up to.

One mean vector lies between boots and ball gowns, where nobody shops. An interest is what lies
close together of what is liked, and knows which signals made it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from core.storage.signals import Signal, Sort

Floats = NDArray[np.float32]

HALF_LIFE = timedelta(days=60)
"""After it a signal counts half."""
WEIGHTS: Mapping[Sort, float] = {
    Sort.LIKED: 1.0,
    Sort.SENT: 0.5,
    Sort.OPENED: 0.25,
    Sort.IGNORED: -0.1,
    Sort.DISLIKED: -1.0,
}
"""What a signal counts when it is new."""

_TIMES = 3  # a signal repeated counts so often at most
_ALIKE = 0.55  # cosine from which two belong to one interest
_INTERESTS = 6
_SIGNALS = 60  # of each sign, the weightiest
_NOTHING = 1e-12  # what was halved so often has no share in anything


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """A signal, where it lies (a unit vector float32[d]), and what it counts now, without sign."""

    signal: Signal
    embedding: Floats
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Interest:
    """What is liked of one sort: signals that lie close together, the weightiest first.

    ``share`` is its part of all that is liked, 0 to 1; ``centre`` a unit vector float32[d].
    """

    made_by: tuple[Weighed, ...]
    centre: Floats
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Taste:
    """The interests, the weightiest first, and what is not liked; both may be empty."""

    interests: tuple[Interest, ...] = ()
    against: tuple[Weighed, ...] = ()


def taste_of(signals: Iterable[tuple[Signal, Floats]], *, now: datetime) -> Taste:
    """What these add up to now, each with the unit vector float32[d] of what it is about.

    The same whatever their order.
    """
    all_of_it = list(signals)
    halved = {one.product_id: one.times for one, _ in all_of_it if one.sort is Sort.LESS}
    weighed = sorted(
        (
            Weighed(one, embedding, _weight(one, now) * 0.5 ** halved.get(one.product_id, 0))
            for one, embedding in all_of_it
            if one.sort in WEIGHTS
        ),
        key=lambda one: (-one.weight, one.signal.product_id or 0, one.signal.at),
    )
    heard = [one for one in weighed if one.weight > _NOTHING]
    liked = [one for one in heard if WEIGHTS[one.signal.sort] > 0][:_SIGNALS]
    against = [one for one in heard if WEIGHTS[one.signal.sort] < 0][:_SIGNALS]
    groups = sorted(_grouped(liked), key=lambda group: -_sum(group))[:_INTERESTS]
    total = sum(_sum(group) for group in groups)
    return Taste(
        interests=tuple(
            Interest(tuple(group), _centre(group), _sum(group) / total) for group in groups
        ),
        against=tuple(against),
    )


def _weight(signal: Signal, now: datetime) -> float:
    age = max(now - signal.at, timedelta(0)) / HALF_LIFE
    return float(abs(WEIGHTS[signal.sort]) * min(signal.times, _TIMES) * 0.5**age)


def _grouped(liked: Sequence[Weighed]) -> list[list[Weighed]]:
    """Each in the group whose centre is nearest, or in one of its own.

    Twice over: the first to come made centres before they knew their neighbours. All of it is told
    by the products of any two, so that no centre need be made.
    """
    if not liked:
        return []
    weights = np.array([one.weight for one in liked])
    embeddings = np.stack([one.embedding for one in liked])
    products = weights[:, None] * (embeddings @ embeddings.T)

    def nearness(group: list[int]) -> NDArray[np.float64]:
        """The cosine of its centre to each that is liked."""
        summed = products[group].sum(axis=0)
        length = np.sqrt(max(float(summed[group] @ weights[group]), 1e-24))
        near: NDArray[np.float64] = summed / length
        return near

    near: list[NDArray[np.float64]] = []
    groups: list[list[int]] = []
    for _ in range(2):
        groups = [[] for _ in near]
        for number in range(len(liked)):
            best = max(range(len(near)), key=lambda group: near[group][number], default=None)
            if best is None or near[best][number] < _ALIKE:
                near.append(nearness([number]))
                groups.append([number])
            else:
                groups[best].append(number)
                if len(groups[best]) > 1:
                    near[best] = nearness(groups[best])
        groups = [group for group in groups if group]
        near = [nearness(group) for group in groups]
    return [[liked[number] for number in group] for group in groups]


def _centre(group: Sequence[Weighed]) -> Floats:
    weights = np.array([one.weight for one in group], np.float32)
    summed = weights @ np.stack([one.embedding for one in group])
    centre: Floats = summed / np.float32(max(float(np.linalg.norm(summed)), 1e-12))
    return centre


def _sum(group: Sequence[Weighed]) -> float:
    return sum(one.weight for one in group)
