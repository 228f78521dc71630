import asyncio
from datetime import date, timedelta

import pytest

from core.storage.database import Database
from core.storage.deliveries import DeliveryStore
from core.storage.people import PeopleStore
from tests.storage.records import NIGHT
from tests.storage.test_people import subscription

TODAY = date(2026, 3, 1)


@pytest.fixture
def deliveries(database: Database) -> DeliveryStore:
    return DeliveryStore(database)


@pytest.fixture
async def subscriber(database: Database) -> int:
    return (await PeopleStore(database).subscribe(subscription())).id


async def test_of_many_who_claim_at_once_one_gets_it(
    database: Database, url: str, subscriber: int
) -> None:
    async with Database.open(url) as other:
        stores = [DeliveryStore(database), DeliveryStore(other)]
        claims = await asyncio.gather(
            *(store.claim(subscriber, TODAY, "picks", [1], NIGHT) for store in stores * 20)
        )
    assert sum(claims) == 1


async def test_each_day_and_kind_is_its_own_delivery(
    deliveries: DeliveryStore, subscriber: int
) -> None:
    tomorrow = TODAY + timedelta(days=1)
    for day, kind in [(TODAY, "picks"), (TODAY, "alert"), (tomorrow, "picks")]:
        assert await deliveries.claim(subscriber, day, kind, [1], NIGHT)


async def test_what_was_sent_or_may_have_been_is_not_claimed_again(
    deliveries: DeliveryStore, subscriber: int
) -> None:
    for kind in ("sent", "interrupted", "failed"):
        assert await deliveries.claim(subscriber, TODAY, kind, [1], NIGHT)
    await deliveries.sent(subscriber, TODAY, "sent", message_id="m1", at=NIGHT)
    await deliveries.failed(subscriber, TODAY, "failed", retry=False, at=NIGHT)
    for kind in ("sent", "interrupted", "failed"):
        assert not await deliveries.claim(subscriber, TODAY, kind, [1], NIGHT)


async def test_what_surely_failed_is_claimed_once_more(
    deliveries: DeliveryStore, subscriber: int
) -> None:
    assert await deliveries.claim(subscriber, TODAY, "picks", [1], NIGHT)
    await deliveries.failed(subscriber, TODAY, "picks", retry=True, at=NIGHT)
    assert await deliveries.recent([subscriber], NIGHT) == {}
    assert await deliveries.claim(subscriber, TODAY, "picks", [2], NIGHT)
    assert not await deliveries.claim(subscriber, TODAY, "picks", [3], NIGHT)
    assert await deliveries.recent([subscriber], NIGHT) == {subscriber: {2: NIGHT}}


async def test_a_delivery_that_was_sent_cannot_fail_any_more(
    deliveries: DeliveryStore, subscriber: int
) -> None:
    assert await deliveries.claim(subscriber, TODAY, "picks", [1], NIGHT)
    await deliveries.sent(subscriber, TODAY, "picks", message_id="m1", at=NIGHT)
    await deliveries.failed(subscriber, TODAY, "picks", retry=True, at=NIGHT)
    assert not await deliveries.claim(subscriber, TODAY, "picks", [1], NIGHT)


async def test_begun_is_what_cannot_be_claimed_any_more(
    database: Database, deliveries: DeliveryStore, subscriber: int
) -> None:
    other = (await PeopleStore(database).subscribe(subscription("other"))).id
    yesterday = TODAY - timedelta(days=1)
    days = [(one, day) for one in (subscriber, other) for day in (yesterday, TODAY)]
    assert await deliveries.begun("picks", days) == set()
    assert await deliveries.claim(subscriber, TODAY, "picks", [1], NIGHT)
    assert await deliveries.claim(other, yesterday, "picks", [1], NIGHT)
    assert await deliveries.begun("picks", days) == {(subscriber, TODAY), (other, yesterday)}
    assert await deliveries.begun("alerts", days) == set()
    assert await deliveries.begun("picks", [(subscriber, yesterday), (other, TODAY)]) == set()
    await deliveries.failed(other, yesterday, "picks", retry=True, at=NIGHT)
    assert await deliveries.begun("picks", days) == {(subscriber, TODAY)}


async def test_nothing_is_claimed_for_who_has_left(
    database: Database, deliveries: DeliveryStore, subscriber: int
) -> None:
    await PeopleStore(database).unsubscribe("telegram", "chat", "ann")
    assert not await deliveries.claim(subscriber, TODAY, "picks", [1], NIGHT)
    assert not await deliveries.claim(404, TODAY, "picks", [1], NIGHT)


async def test_recent_products_are_those_since_then_of_this_subscription(
    database: Database, deliveries: DeliveryStore, subscriber: int
) -> None:
    other = (await PeopleStore(database).subscribe(subscription("other"))).id
    for days, product_ids in [(40, [1, 2]), (30, [3]), (1, [4, 5])]:
        day, at = TODAY - timedelta(days=days), NIGHT - timedelta(days=days)
        assert await deliveries.claim(subscriber, day, "picks", product_ids, at)
    assert await deliveries.claim(other, TODAY, "picks", [9], NIGHT)
    recent = await deliveries.recent([subscriber], NIGHT - timedelta(days=30))
    assert recent[subscriber].keys() == {3, 4, 5}
    assert recent.keys() == {subscriber}


async def test_old_deliveries_are_erased(deliveries: DeliveryStore, subscriber: int) -> None:
    assert await deliveries.claim(subscriber, TODAY, "picks", [1], NIGHT)
    assert await deliveries.purge(NIGHT) == 0
    assert await deliveries.purge(NIGHT + timedelta(seconds=1)) == 1
