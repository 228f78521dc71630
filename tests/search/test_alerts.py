"""What an alert says once, and what it never says."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.alerts import REST, Alert, AlertKind, Told, comes_true
from core.catalogue import Availability, Money
from core.storage.prices import PricePoint

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HERE, AWAY = Availability.IN_STOCK, Availability.SOLD_OUT


def alert(kind: AlertKind, *, price: str = "40", most: str | None = None) -> Alert:
    asked = Decimal(price)
    limits = {AlertKind.CHEAPER: asked, AlertKind.FIFTH: asked * Decimal("0.8")}
    return Alert(
        platform="bare",
        chat_id="ann",
        person_id="ann",
        kind=kind,
        product_id=1,
        price=None if kind is AlertKind.STOCK else Money(asked, "EUR"),
        most=Decimal(most) if most else limits.get(kind),
        created_at=NOON,
    )


def point(
    days: float, amount: str | Decimal | None, there: Availability = HERE, currency: str = "EUR"
) -> PricePoint:
    price = Money(Decimal(amount), currency) if amount is not None else None
    return PricePoint(since=NOON + timedelta(days=days), price=price, availability=there)


@pytest.mark.parametrize(
    ("kind", "most", "price", "is_told"),
    [
        (AlertKind.CHEAPER, None, "39.99", True),
        (AlertKind.CHEAPER, None, "40", False),
        (AlertKind.FIFTH, None, "32", True),
        (AlertKind.FIFTH, None, "32.01", False),
        (AlertKind.UNDER, "30", "30", True),
        (AlertKind.UNDER, "30", "30.01", False),
    ],
)
def test_each_kind_has_its_price(
    kind: AlertKind, most: str | None, price: str, *, is_told: bool
) -> None:
    history = [point(-9, "40"), point(1, price)]
    assert comes_true(alert(kind, most=most), history, None) is is_told


@pytest.mark.parametrize(
    "now",
    [
        point(1, "0"),
        point(1, "-5"),
        point(1, "0.40"),
        point(1, "4"),
        point(1, None),
        point(1, "30", currency="USD"),
        point(1, "30", AWAY),
    ],
)
@pytest.mark.parametrize("kind", [AlertKind.CHEAPER, AlertKind.FIFTH])
def test_what_is_no_price_is_no_drop(kind: AlertKind, now: PricePoint) -> None:
    """Nothing, next to nothing, a hundredth, another currency, or sold out at it."""
    assert not comes_true(alert(kind), [point(-9, "40"), now], None)


def test_a_slow_decline_to_a_hundredth_is_no_drop_either() -> None:
    history = [point(-9, "40"), point(1, "0.41"), point(2, "0.40"), point(3, "0.39")]
    assert not comes_true(alert(AlertKind.CHEAPER), history, None)


def test_what_was_told_is_told_again_when_it_falls_further() -> None:
    history = [point(-9, "40"), point(1, "36")]
    told = Told(NOON + timedelta(days=1), Decimal(36))
    assert not comes_true(alert(AlertKind.CHEAPER), [*history, point(2, "35")], told)
    assert comes_true(alert(AlertKind.CHEAPER), [*history, point(2, "34.20")], told)
    fifth = Told(NOON + timedelta(days=1), Decimal(30))
    assert not comes_true(alert(AlertKind.FIFTH), [*history, point(2, "25")], fifth)
    assert comes_true(alert(AlertKind.FIFTH), [*history, point(2, "24")], fifth)


def test_a_price_that_rested_above_is_a_drop_again() -> None:
    told = Told(NOON + timedelta(days=1), Decimal(36))
    history = [point(-9, "40"), point(1, "36"), point(2, "41")]
    for days, is_told in ((8.9, False), (9, True)):
        later = [*history, point(days, "36")]
        assert comes_true(alert(AlertKind.CHEAPER), later, told) is is_told
    glitches = [*history, point(5, "0"), point(5.5, "42"), point(10, "36")]
    assert not comes_true(alert(AlertKind.CHEAPER), glitches, told), "neither part lasted"


def test_what_comes_back_is_told_once_until_it_was_away_for_long() -> None:
    stock = alert(AlertKind.STOCK)
    assert not comes_true(stock, [point(-9, "40", AWAY)], None)
    assert not comes_true(
        stock, [point(-9, "40", AWAY), point(1, "40", Availability.UNKNOWN)], None
    )
    history = [point(-9, "40", AWAY), point(1, "40")]
    assert comes_true(stock, history, None)
    told = Told(NOON + timedelta(days=1), Decimal(40))
    assert not comes_true(stock, [*history, point(2, "40", AWAY), point(8, "40")], told)
    assert comes_true(stock, [*history, point(2, "40", AWAY), point(9, "40")], told)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0.05, 3.4), st.sampled_from(["39", "38.50"]), st.floats(0.05, 6.9)),
        min_size=1,
        max_size=30,
    )
)
def test_however_a_price_flaps_within_days_it_is_told_once(
    swings: list[tuple[float, str, float]],
) -> None:
    """As long as it is never up for a week, nor falls a twentieth below the price told."""
    history, at, times = [point(-9, "40")], 0.0, 0
    told: Told | None = None
    for low_for, low, high_for in swings:
        for price, length in ((low, low_for), ("45", high_for)):
            history.append(point(at, price))
            if comes_true(alert(AlertKind.CHEAPER), history, told):
                told, times = Told(history[-1].since, Decimal(price)), times + 1
            at += length
    assert times == 1


@settings(deadline=None)
@given(st.lists(st.floats(0.05, 6.9), min_size=1, max_size=40))
def test_however_stock_flaps_within_days_it_is_told_once(lengths: list[float]) -> None:
    history, at, times = [point(-9, "40", AWAY)], 0.0, 0
    told: Told | None = None
    for turn, length in enumerate(lengths):
        history.append(point(at, "40", AWAY if turn % 2 else HERE))
        if comes_true(alert(AlertKind.STOCK), history, told):
            told, times = Told(history[-1].since, Decimal(40)), times + 1
        at += length
    assert times == 1


@settings(deadline=None)
@given(
    prices=st.lists(
        st.tuples(st.floats(0.1, 12), st.decimals("0.10", "80", places=2)), min_size=1, max_size=30
    )
)
def test_each_thing_told_is_lower_by_far_or_comes_after_a_rest(
    prices: list[tuple[float, Decimal]],
) -> None:
    watched = alert(AlertKind.CHEAPER)
    history, at = [point(-9, "40")], 0.0
    told: Told | None = None
    for length, price in prices:
        history.append(point(at, price))
        if comes_true(watched, history, told):
            assert Decimal(4) < price < Decimal(40)
            if told and told.price and price > told.price * Decimal("0.95"):
                assert history[-1].since - told.at >= REST
            told = Told(history[-1].since, price)
        at += length
