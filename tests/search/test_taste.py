"""A taste is a few interests, each of what lies close together, and knows what made it."""

import math
import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.storage.answers import Trace
from core.storage.signals import Signal, Sort
from core.taste import HALF_LIFE, Taste, taste_of
from tests.search.shelf import at

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
Told = tuple[Signal, NDArray[np.float32]]


def told(
    number: int,
    degrees: float,
    sort: Sort = Sort.LIKED,
    *,
    age: timedelta = timedelta(),
    times: int = 1,
) -> Told:
    signal = Signal(sort=sort, product_id=number, at=NOW - age, times=times)
    return signal, at(degrees)


def made_by(taste: Taste) -> list[set[int | None]]:
    return [{one.signal.product_id for one in interest.made_by} for interest in taste.interests]


def test_boots_and_ball_gowns_are_two_interests() -> None:
    boots, gowns = [told(n, n) for n in range(3)], [told(n, 80 + n) for n in (10, 11)]
    taste = taste_of([*gowns, *boots], now=NOW)
    assert made_by(taste) == [{0, 1, 2}, {10, 11}]
    assert [interest.share for interest in taste.interests] == pytest.approx([0.6, 0.4])
    for interest, degrees in zip(taste.interests, (1, 90.5), strict=True):
        assert float(interest.centre @ at(degrees)) > 0.999


def test_what_is_old_counts_less() -> None:
    taste = taste_of([told(1, 0, age=HALF_LIFE), told(2, 90)], now=NOW)
    assert made_by(taste) == [{2}, {1}]
    assert [interest.share for interest in taste.interests] == pytest.approx([2 / 3, 1 / 3])


def test_a_photo_counts_less_than_a_like() -> None:
    photo = Signal(sort=Sort.SENT, trace=Trace.of(at(180), "f"), at=NOW)
    signals = [(photo, at(180)), told(2, 90)]
    shares = [interest.share for interest in taste_of(signals, now=NOW).interests]
    assert shares == sorted(shares, reverse=True)
    assert made_by(taste_of(signals, now=NOW)) == [{2}, {None}]


def test_one_photo_is_a_taste() -> None:
    photo = Signal(sort=Sort.SENT, trace=Trace.of(at(30), "f"), at=NOW)
    (interest,) = taste_of([(photo, at(30))], now=NOW).interests
    assert interest.share == 1


def test_what_is_not_liked_is_no_interest() -> None:
    taste = taste_of([told(1, 0, Sort.DISLIKED), told(2, 5, Sort.IGNORED)], now=NOW)
    assert taste.interests == ()
    assert [one.signal.product_id for one in taste.against] == [1, 2]


def test_less_of_it_halves_what_a_like_counts() -> None:
    taste = taste_of([told(1, 0), told(1, 0, Sort.LESS), told(2, 90)], now=NOW)
    assert made_by(taste) == [{2}, {1}]
    assert taste.interests[1].share == pytest.approx(1 / 3)


@pytest.mark.parametrize("others", [[], [2]])
def test_what_was_wished_less_of_for_ever_is_no_interest(others: list[int]) -> None:
    less = told(1, 0, Sort.LESS, times=2_000)
    taste = taste_of([told(1, 0), less, *(told(number, 90) for number in others)], now=NOW)
    assert made_by(taste) == [{number} for number in others]


@given(st.lists(st.tuples(st.integers(0, 30), st.floats(0, 360)), max_size=40), st.randoms())
def test_shares_add_up_and_the_order_of_signals_means_nothing(
    signals: list[tuple[int, float]], dice: random.Random
) -> None:
    distinct = [told(number, degrees) for number, degrees in dict(signals).items()]
    taste = taste_of(distinct, now=NOW)
    dice.shuffle(distinct)
    assert made_by(taste_of(distinct, now=NOW)) == made_by(taste)
    assert len(taste.interests) <= 6
    total = math.fsum(interest.share for interest in taste.interests)
    assert total == pytest.approx(1 if signals else 0)
    for interest in taste.interests:
        assert np.linalg.norm(interest.centre) == pytest.approx(1, abs=1e-5)
