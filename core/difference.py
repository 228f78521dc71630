"""What two halves of the people make of two rankings, and how sure that is; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

FEWEST = 30
"""People of each half from which on an interval is told."""

_SURE = 0.95


class Tally(NamedTuple):
    """How many messages one person got, and of how many of them something came."""

    messages: int
    good: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """One half: its people, their messages, and the ``share`` of those that were good, 0 to 1."""

    people: int
    messages: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two halves, and between what bounds B's share less A's lies, with 95 % confidence.

    There is no ``interval`` where either half is of fewer people than ``FEWEST``.
    """

    a: Half
    b: Half
    interval: tuple[float, float] | None

    @property
    def better(self) -> str | None:
        """``"a"`` or ``"b"``, None where the interval leaves it open."""
        low, high = self.interval or (0.0, 0.0)
        return "b" if low > 0 else "a" if high < 0 else None


def difference(a: Sequence[Tally], b: Sequence[Tally]) -> Difference:
    """Compare two halves, each with a tally of every person who got a message.

    A person's messages are not independent, so people are what is sampled: a half's share is a
    ratio of two means over them, with its variance by the delta method (Deng, Knoblich and Lu,
    "Applying the Delta Method in Metric Analytics", KDD 2018). As Agresti and Caffo do ("Simple and
    Effective Confidence Intervals for Proportions", The American Statistician 54, 2000) each half
    has two people more, one with nothing but good messages and one without any, so that none or
    all of a few is no certainty.
    """
    halves = _half(a), _half(b)
    interval = None
    if min(half.people for half in halves) >= FEWEST:
        (share_a, variance_a), (share_b, variance_b) = _estimate(a), _estimate(b)
        off = NormalDist().inv_cdf((1 + _SURE) / 2) * (variance_a + variance_b) ** 0.5
        interval = share_b - share_a - off, share_b - share_a + off
    return Difference(a=halves[0], b=halves[1], interval=interval)


def _half(tallies: Sequence[Tally]) -> Half:
    messages = sum(one.messages for one in tallies)
    good = sum(one.good for one in tallies)
    return Half(people=len(tallies), messages=messages, share=good / messages if messages else 0.0)


def _estimate(tallies: Sequence[Tally]) -> tuple[float, float]:
    """The share, and the variance of that."""
    counted = np.array(tallies, np.float64)
    usual = counted[:, 0].mean()
    messages, good = np.vstack([counted, [[usual, usual], [usual, 0.0]]]).T
    share = good.sum() / messages.sum()
    off = good - share * messages
    people = len(off)
    return float(share), float((off @ off) * people / (people - 1) / messages.sum() ** 2)
