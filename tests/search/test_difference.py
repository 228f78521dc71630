"""Two halves are compared by people, and the interval says as much as it can."""

import numpy as np
import pytest

from core.difference import FEWEST, Tally, difference

MESSAGES, GOOD = 5, 2  # what the people below get, and how many of it are good


def people(count: int, *, messages: int = MESSAGES, good: int = GOOD) -> list[Tally]:
    return [Tally(messages, good)] * count


def drawn(dice: np.random.Generator, count: int, share: float) -> list[Tally]:
    """Half get 2 messages or so, half 12 and like less; some like nearly all, most little.

    In the long run that ``share`` of the messages is good.
    """
    many = dice.random(count) < 0.5
    messages = 1 + dice.poisson(np.where(many, 11, 1))
    wont = share * np.where(many, 0.8, 2.2)  # (2 * 2.2 + 12 * 0.8) / 14 = 1
    good = dice.binomial(messages, dice.beta(wont, 1 - wont))
    return [Tally(*one) for one in np.stack([messages, good], 1).tolist()]


@pytest.mark.parametrize(("a", "b"), [(0.3, 0.3), (0.2, 0.35), (0.05, 0.08)])
def test_the_interval_holds_the_truth_in_95_of_100_repetitions(a: float, b: float) -> None:
    """Taken for independent, messages like these would have it hold in about 60."""
    dice = np.random.default_rng(7)
    repetitions = 600
    held = 0
    for _ in range(repetitions):
        low, high = difference(drawn(dice, 120, a), drawn(dice, 120, b)).interval or (1, -1)
        held += low <= b - a <= high
    assert 0.925 <= held / repetitions <= 0.975


def test_a_difference_that_is_there_is_found_and_named() -> None:
    dice = np.random.default_rng(7)
    worse, better = drawn(dice, 2_000, 0.2), drawn(dice, 2_000, 0.3)
    assert difference(worse, better).better == "b"
    assert difference(better, worse).better == "a"
    assert difference(worse, worse[::-1]).better is None


def test_shares_are_of_messages_and_people_are_counted_once() -> None:
    found = difference(people(30), people(10, messages=1, good=1) + people(30, messages=3, good=0))
    assert (found.a.people, found.a.messages, found.a.share) == (30, 150, 0.4)
    assert (found.b.people, found.b.messages, found.b.share) == (40, 100, 0.1)


@pytest.mark.parametrize("count", [0, 1, FEWEST - 1])
def test_of_a_few_people_no_difference_is_told(count: int) -> None:
    found = difference(people(count), people(100, good=0))
    assert (found.interval, found.better) == (None, None)


def test_what_never_happened_yet_is_not_certain_never_to_happen() -> None:
    low, high = difference(people(FEWEST, good=0), people(FEWEST, good=0)).interval or (0, 0)
    assert low < -0.05 < 0.05 < high
    assert difference(people(FEWEST, good=0), [*people(FEWEST), Tally(1, 1)]).better == "b"
