"""Exchange rates come from the central bank's feed, and stay while it is dead."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalogue import Money
from core.errors import FetchFailed
from core.rates import NO_RATES, Conversion, Rates
from core.storage.database import Database
from core.storage.rates import GOOD_FOR, RateStore
from scraping.fetcher import Fetcher
from scraping.rates import RateFeed, read_rates
from tests.support.shop_world import ShopWorld, body, status

DAY = date(2026, 11, 25)
FEED = b"""<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
 xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject>
<Cube><Cube time='2026-11-25'>
<Cube currency='USD' rate='1.1000'/><Cube currency='GBP' rate='0.88000'/>
<Cube currency='XXX' rate='none'/><Cube currency='YYY' rate='-1'/>
</Cube></Cube></gesmes:Envelope>"""


class Feed:
    """The feed's address, its reader, and a clock."""

    def __init__(self, world: ShopWorld, fetcher: Fetcher, database: Database) -> None:
        self.world = world
        self.at = datetime(2026, 11, 25, 18, tzinfo=UTC)
        self.store = RateStore(database, now=lambda: self.at)
        self.feed = RateFeed(f"{world.url}rates.xml", fetcher=fetcher, store=self.store)

    async def refresh(self, content: bytes | None) -> bool:
        fault = status(404) if content is None else body(content, "text/xml")
        self.world.fail("/rates.xml", fault)
        return await self.feed.refresh()


@pytest.fixture
def feed(world: ShopWorld, fetcher: Fetcher, database: Database) -> Feed:
    return Feed(world, fetcher, database)


async def test_the_rates_are_kept_with_their_day(feed: Feed) -> None:
    assert await feed.refresh(FEED)
    expected = {"USD": Decimal("1.1"), "GBP": Decimal("0.88")}
    assert await feed.store.latest() == Rates(day=DAY, per_euro=expected)


@pytest.mark.parametrize("content", [None, b"", b"<html>gone</html>", FEED[:200]])
async def test_a_dead_feed_leaves_the_rates_as_they_were(feed: Feed, content: bytes | None) -> None:
    await feed.refresh(FEED)
    feed.at += GOOD_FOR
    assert not await feed.refresh(content)
    assert (await feed.store.latest()).day == DAY


async def test_rates_that_are_too_old_are_none(feed: Feed) -> None:
    await feed.refresh(FEED)
    feed.at += GOOD_FOR + timedelta(days=1)
    assert await feed.store.latest() == NO_RATES
    assert NO_RATES.currencies == ()


async def test_a_newer_day_takes_the_place_and_an_older_one_does_not(feed: Feed) -> None:
    for day in ("25", "26", "24"):
        await feed.refresh(FEED.replace(b"2026-11-25", f"2026-11-{day}".encode()))
    assert (await feed.store.latest()).day == date(2026, 11, 26)


def test_what_is_no_feed_is_refused() -> None:
    for content in (b"", b"<Cube/>", FEED.replace(b"2026-11-25", b"today")):
        with pytest.raises(FetchFailed):
            read_rates(content)


def test_money_goes_through_the_euro_and_only_where_both_rates_are_known() -> None:
    rates = read_rates(FEED)
    assert rates.convert(Money(Decimal(11), "USD"), "GBP") == Money(Decimal("8.8"), "GBP")
    assert rates.convert(Money(Decimal(11), "USD"), "EUR") == Money(Decimal(10), "EUR")
    assert rates.convert(Money(Decimal(11), "USD"), "SEK") is None
    assert NO_RATES.convert(Money(Decimal(11), "EUR"), "USD") is None
    assert NO_RATES.convert(Money(Decimal(11), "SEK"), "SEK") == Money(Decimal(11), "SEK")


def test_what_is_told_besides_is_rounded_and_never_of_the_same_currency() -> None:
    into_pounds = Conversion("GBP", read_rates(FEED))
    assert into_pounds.of(Money(Decimal(38), "EUR")) == Money(Decimal(33), "GBP")
    assert into_pounds.of(Money(Decimal("3.99"), "EUR")) == Money(Decimal("3.51"), "GBP")
    assert into_pounds.of(Money(Decimal(38), "GBP")) is None
    assert into_pounds.of(Money(Decimal(38), "SEK")) is None


@given(
    amount=st.decimals("0.01", "99999", places=2),
    one=st.sampled_from(["EUR", "USD", "GBP"]),
    other=st.sampled_from(["EUR", "USD", "GBP"]),
)
def test_there_and_back_is_the_same(amount: Decimal, one: str, other: str) -> None:
    rates = read_rates(FEED)
    there = rates.convert(Money(amount, one), other)
    assert there
    back = rates.convert(there, one)
    assert back
    assert round(back.amount, 8) == amount
