"""Strong matches come from the cheapest on where that is wanted; the others stay as they are."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core.catalogue import Availability, Match, Money
from core.preferring import Preferring
from core.ranking import Ranking, Rankings
from core.rates import Rates
from core.search import Found
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database
from core.storage.rates import RateStore
from core.storage.signals import Owner
from tests.storage.records import record, store_with, with_pictures

NOW = datetime(2026, 3, 2, tzinfo=UTC)
CHEAPER = Rankings(usual=Ranking(cheaper_first=True))
PRICES = {
    "likest": "80",
    "dollars": "50 USD",  # 40 €
    "unpriced": "",
    "cheap": "20",
    "sold": "10",
    "fair": "5",
}


def money(written: str) -> Money | None:
    amount, _, currency = written.partition(" ")
    return Money(Decimal(amount), currency or "EUR") if amount else None


class Case:
    """Products ranked by how like something they are, as ``PRICES`` names them."""

    def __init__(self, catalogue: CatalogueStore, rates: RateStore, ids: dict[str, int]) -> None:
        self.catalogue, self.rates, self.ids = catalogue, rates, ids

    async def ranked(self, rankings: Rankings, *, k: int = 2) -> tuple[list[str], list[str]]:
        """What is shown, and what comes after it."""
        names = {number: name for name, number in self.ids.items()}
        scores = [0.99, 0.98, 0.97, 0.96, 0.95, 0.8]
        order = [self.ids[name] for name in PRICES]
        products = await self.catalogue.products(order)
        ranked = list(zip(order, scores, strict=True))
        found = Found(
            [Match(product=products[number], score=score) for number, score in ranked[:k]],
            tuple(ranked[k:]),
        )
        preferring = Preferring(
            rankings, catalogue=self.catalogue, rates=self.rates, now=lambda: NOW
        )
        found = await preferring.ranked("web", Owner("ann"), found, k=k)
        shown = [names[match.product.id] for match in found.matches]
        return shown, [names[number] for number, _ in found.rest]


@pytest.fixture
async def case(url: str) -> AsyncIterator[Case]:
    async with Database.open(url) as database:
        yield await stocked(database)


async def stocked(database: Database) -> Case:
    catalogue = await store_with(
        database,
        *(
            replace(
                record(name, price=money(price)),
                availability=Availability.SOLD_OUT if name == "sold" else Availability.IN_STOCK,
            )
            for name, price in PRICES.items()
        ),
    )
    rates = RateStore(database, now=lambda: NOW)
    await rates.save(Rates(day=date(2026, 3, 1), per_euro={"USD": Decimal("1.25")}))
    return Case(catalogue, rates, await with_pictures(catalogue))


async def test_strong_matches_begin_with_the_cheapest_in_any_currency(case: Case) -> None:
    assert await case.ranked(CHEAPER) == (
        ["cheap", "dollars"],
        ["likest", "unpriced", "sold", "fair"],
    )


async def test_what_is_sold_out_is_shown_last_where_all_are_shown(case: Case) -> None:
    shown, rest = await case.ranked(CHEAPER, k=6)
    assert (shown[0], shown[-2:], rest) == ("cheap", ["fair", "sold"], [])


async def test_they_are_left_alone_unless_that_is_wanted(case: Case) -> None:
    assert await case.ranked(Rankings()) == (["likest", "dollars"], [*PRICES][2:])
