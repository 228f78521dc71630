"""Alerts: what a person wants to be told of once, and when that has come true."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from core.catalogue import Availability, Money
from core.storage.prices import PricePoint

REST = timedelta(days=7)
"""What was told is told again only after it was untrue for as long without a break."""
FURTHER = Decimal("0.95")
"""Or when the price has fallen to so much of the one that was told."""
SHARE = Decimal("0.8")
"""What is left of a price that fell by a fifth."""
INCREDIBLE = 10
"""A price that is by so many times less than when it was asked for is a mistake."""


class AlertKind(StrEnum):
    """What is waited for: of one product a price or its return, or what is new."""

    CHEAPER = "cheaper"
    FIFTH = "fifth"
    UNDER = "under"
    STOCK = "stock"
    BRAND = "brand"
    ALIKE = "alike"


PRICED = frozenset({AlertKind.CHEAPER, AlertKind.FIFTH, AlertKind.UNDER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What one person waits for.

    ``price`` is what the product cost when that was asked for, ``most`` what it may cost to be
    told of, in the same currency; both are None where it is no matter of price. ``number`` is the
    person's own, from 1. With ``daily`` they are told at the hour of their daily picks.
    """

    platform: str
    chat_id: str
    person_id: str
    kind: AlertKind
    created_at: datetime
    product_id: int | None = None
    brand: str | None = None
    price: Money | None = None
    most: Decimal | None = None
    language: str | None = None
    daily: bool = False
    number: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """When an alert last came true, and what the product cost then."""

    at: datetime
    price: Decimal | None


def is_within(alert: Alert, price: Money | None, availability: Availability) -> bool:
    """Whether an offer is what the alert waits for, as long as it waits for an offer.

    Of no price are: what is sold out, costs nothing or next to nothing, or is in another currency.
    """
    if alert.kind is AlertKind.STOCK:
        return availability is Availability.IN_STOCK
    if availability is Availability.SOLD_OUT or price is None or not is_credible(alert, price):
        return False
    return _is_low(alert, price)


def is_credible(alert: Alert, price: Money) -> bool:
    """Whether that is a price that the product may have come to."""
    asked = alert.price
    if asked is None or price.currency != asked.currency or price.amount <= 0:
        return False
    return price.amount * INCREDIBLE > asked.amount


def comes_true(alert: Alert, history: Sequence[PricePoint], told: Told | None) -> bool:
    """Whether a product's history, the oldest first, ends in what the alert waits for.

    What was told before is no news unless the price fell further, or what was waited for had
    been untrue for ``REST``: a price or a stock that goes up and down is told once.
    """
    if not history or not is_within(alert, history[-1].price, history[-1].availability):
        return False
    if told is None:
        return True
    price = history[-1].price
    further = SHARE if alert.kind is AlertKind.FIFTH else FURTHER
    if alert.kind in PRICED and price and told.price and price.amount <= further * told.price:
        return True
    return _longest(history, lambda point: _is_over(alert, point), since=told.at) >= REST


def _is_low(alert: Alert, price: Money) -> bool:
    if alert.most is None:
        return False
    if alert.kind is AlertKind.CHEAPER:
        return price.amount < alert.most
    return price.amount <= alert.most


def _is_over(alert: Alert, point: PricePoint) -> bool:
    """Whether an offer was the opposite of what is waited for, not merely unknown."""
    if alert.kind is AlertKind.STOCK:
        return point.availability is Availability.SOLD_OUT
    price = point.price
    return price is not None and is_credible(alert, price) and not _is_low(alert, price)


def _longest(
    history: Sequence[PricePoint], holds: Callable[[PricePoint], bool], *, since: datetime
) -> timedelta:
    """The longest time on end, after ``since``, that something held before the last point."""
    longest, began = timedelta(), None
    for point, after in pairwise(history):
        if not holds(point):
            began = None
            continue
        began = max(began or point.since, since)
        longest = max(longest, after.since - began)
    return longest
