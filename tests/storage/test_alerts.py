"""Alerts and notices: numbered, found by what changed, claimed by one."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core.alerts import Alert, AlertKind
from core.catalogue import Money, ProductRecord
from core.storage.alerts import MOST_ALERTS, AlertStore
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database
from tests.storage.records import NIGHT, night, record, store_with

DAY = timedelta(days=1)


def priced(amount: str, key: str = "a") -> ProductRecord:
    return record(key, price=Money(Decimal(amount), "EUR"))


def waiting(product_id: int | None = 1, person: str = "ann", **changes: object) -> Alert:
    alert = Alert(
        platform="web",
        chat_id=person,
        person_id=person,
        kind=AlertKind.CHEAPER,
        product_id=product_id,
        price=Money(Decimal(40), "EUR"),
        most=Decimal(40),
        created_at=NIGHT,
    )
    return replace(alert, **changes)  # type: ignore[arg-type]


@pytest.fixture
async def catalogue(database: Database) -> CatalogueStore:
    return await store_with(database, priced("40"), priced("40", "b"))


@pytest.fixture
def alerts(database: Database, catalogue: CatalogueStore) -> AlertStore:
    assert catalogue
    return AlertStore(database)


async def test_numbers_are_a_persons_own_and_given_again(alerts: AlertStore) -> None:
    numbers = []
    for product_id, person in ((1, "ann"), (2, "ann"), (1, "bob")):
        kept = await alerts.add(waiting(product_id, person))
        assert kept
        numbers.append(kept.number)
    assert numbers == [1, 2, 1]
    assert await alerts.remove("web", "ann", 1)
    assert not await alerts.remove("web", "ann", 1)
    kept = await alerts.add(waiting(1, kind=AlertKind.FIFTH))
    assert kept
    assert kept.number == 1
    assert [one.person_id for one in await alerts.of("web", "bob")] == ["bob"]


async def test_many_added_at_once_are_no_more_than_the_most(alerts: AlertStore, url: str) -> None:
    async with Database.open(url) as other:
        stores = [alerts, AlertStore(other)]
        added = await asyncio.gather(
            *(
                stores[number % 2].add(waiting(None, kind=AlertKind.BRAND, brand=f"B{number}"))
                for number in range(MOST_ALERTS + 4)
            )
        )
    assert sum(one is not None for one in added) == MOST_ALERTS
    kept = await alerts.of("web", "ann")
    assert [one.number for one in kept] == list(range(1, MOST_ALERTS + 1))


async def test_only_what_changed_since_is_found_and_once(
    alerts: AlertStore, catalogue: CatalogueStore
) -> None:
    await alerts.add(waiting(1))
    await alerts.add(waiting(2))
    await catalogue.save("shop", [priced("30")], seen_at=night(1))
    assert await alerts.find_offers(night(1) + DAY / 2, night(2)) == 0
    assert await alerts.find_offers(night(1), night(2)) == 1
    assert await alerts.find_offers(night(1), night(2)) == 0
    (notice,) = await alerts.found()
    assert (notice.product_id, notice.times, notice.alert.number) == (1, 1, 1)


async def test_of_many_who_claim_a_notice_one_gets_it(
    alerts: AlertStore, catalogue: CatalogueStore, url: str
) -> None:
    await alerts.add(waiting(1))
    await catalogue.save("shop", [priced("30")], seen_at=night(1))
    await alerts.find_offers(NIGHT, night(1))
    (notice,) = await alerts.found()
    async with Database.open(url) as other:
        stores = [alerts, AlertStore(other)] * 10
        claims = await asyncio.gather(
            *(store.claim([(notice, Money(Decimal(30), "EUR"))], night(1)) for store in stores)
        )
    assert sum(claimed for (claimed,) in claims) == 1
    assert await alerts.found() == []
    await alerts.sent([notice], message_id="m1", at=night(1))
    await alerts.release([notice])
    assert await alerts.found() == [], "what was sent is not given back"


async def test_what_is_given_back_can_be_claimed_and_what_is_withdrawn_found_again(
    alerts: AlertStore, catalogue: CatalogueStore
) -> None:
    await alerts.add(waiting(1))
    await catalogue.save("shop", [priced("30")], seen_at=night(1))
    await alerts.find_offers(NIGHT, night(1))
    (notice,) = await alerts.found()
    assert await alerts.claim([(notice, None)], night(1)) == [True]
    await alerts.release([notice])
    assert await alerts.found() == [notice]
    await alerts.withdraw([notice])
    assert await alerts.claim([(notice, None)], night(1)) == [False]
    assert await alerts.find_offers(NIGHT, night(1)) == 1


async def test_what_is_told_counts_for_the_next_time(
    alerts: AlertStore, catalogue: CatalogueStore
) -> None:
    await alerts.add(waiting(1))
    for day, amount, is_news in ((1, "36", True), (2, "35", False), (3, "34", True)):
        await catalogue.save("shop", [priced(amount)], seen_at=night(day))
        assert await alerts.find_offers(NIGHT, night(day)) == is_news
        for notice in await alerts.found():
            await alerts.claim([(notice, Money(Decimal(amount), "EUR"))], night(day))


async def test_an_ended_alert_takes_its_notices_along(
    alerts: AlertStore, catalogue: CatalogueStore
) -> None:
    await alerts.add(waiting(1))
    await catalogue.save("shop", [priced("30")], seen_at=night(1))
    await alerts.find_offers(NIGHT, night(1))
    (notice,) = await alerts.found()
    await alerts.remove("web", "ann", 1)
    assert await alerts.found() == []
    assert await alerts.claim([(notice, None)], night(1)) == [False]


async def test_a_brand_is_known_as_the_shops_write_it(
    alerts: AlertStore, catalogue: CatalogueStore
) -> None:
    names = ["Été", "Été Bleu", "acme"]
    branded = [
        replace(record(str(number)), brand=brand) for number, brand in enumerate(("Été", "ACME"))
    ]
    await catalogue.save("shop", branded, seen_at=night(1))
    assert await alerts.brand(names) == "ACME"
    assert await alerts.brand(["Été", "x"]) == "Été"
    assert await alerts.brand(["nobody"]) is None
