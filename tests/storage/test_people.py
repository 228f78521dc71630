import asyncio
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from core.looks import Look
from core.storage.answers import Answer, AnswerStore
from core.storage.database import Database
from core.storage.deliveries import DeliveryStore
from core.storage.people import PeopleStore, Subscription
from tests.storage.records import NIGHT, record, store_with


def subscription(chat: str = "chat", person: str = "ann", hour: int = 9) -> Subscription:
    return Subscription(
        platform="telegram",
        chat_id=chat,
        person_id=person,
        at=time(hour, 30),
        timezone="Europe/Berlin",
        created_at=NIGHT,
    )


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.time = NIGHT

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(database: Database, clock: Clock) -> PeopleStore:
    return PeopleStore(database, now=clock)


async def chats(people: PeopleStore) -> set[tuple[str, str]]:
    return {(s.chat_id, s.person_id) for s in await people.subscriptions()}


async def test_a_like_is_taken_back_by_a_second_tap(
    database: Database, people: PeopleStore
) -> None:
    await store_with(database, record("a"), record("b"))
    assert await people.toggle_like("web", "ann", 1) is True
    assert await people.toggle_like("web", "ann", 2) is True
    assert await people.likes("web", "ann") == [2, 1]
    assert await people.toggle_like("web", "ann", 2) is False
    assert await people.toggle_like("web", "ann", 2) is True
    assert await people.toggle_like("web", "ann", 1) is False
    assert await people.likes("web", "ann") == [2]


async def test_what_is_wished_twice_at_once_is_not_turned_around(
    database: Database, people: PeopleStore
) -> None:
    await store_with(database, record("a"))
    for wished, liked in ((True, [1]), (False, [])):
        now = [people.toggle_like("web", "ann", 1, wished=wished) for _ in range(3)]
        assert await asyncio.gather(*now) == [wished] * 3
        assert await people.likes("web", "ann") == liked


async def test_a_person_is_one_on_each_platform(database: Database, people: PeopleStore) -> None:
    await store_with(database, record("a"))
    await people.toggle_like("web", "1", 1)
    assert await people.likes("telegram", "1") == []


async def test_what_does_not_exist_is_not_liked(people: PeopleStore) -> None:
    assert await people.toggle_like("web", "ann", 404) is False
    assert await people.likes("web", "ann") == []


async def test_a_subscription_comes_back_as_it_was_made(people: PeopleStore) -> None:
    stored = await people.subscribe(subscription())
    assert stored == replace(subscription(), id=stored.id)
    assert stored.id > 0
    assert await people.subscriptions() == [stored]
    assert await people.subscription("telegram", "chat", "ann") == stored
    assert await people.subscription("telegram", "chat", "bob") is None


async def test_a_second_subscription_replaces_the_first_under_its_id(people: PeopleStore) -> None:
    first = await people.subscribe(subscription(hour=9))
    second = await people.subscribe(replace(subscription(hour=20), timezone="Asia/Kathmandu"))
    assert second.id == first.id
    assert await people.subscriptions() == [second]


async def test_unsubscribing_ends_one_persons_subscription_in_one_chat(people: PeopleStore) -> None:
    for chat, person in [("group", "ann"), ("group", "bob"), ("own", "ann")]:
        await people.subscribe(subscription(chat, person))
    assert await people.unsubscribe("telegram", "group", "ann") is True
    assert await people.unsubscribe("telegram", "group", "ann") is False
    assert await chats(people) == {("group", "bob"), ("own", "ann")}


async def test_who_comes_back_is_known_by_what_was_delivered(
    database: Database, people: PeopleStore
) -> None:
    deliveries = DeliveryStore(database)
    first = await people.subscribe(subscription())
    assert await deliveries.claim(first.id, date(2026, 3, 1), "picks", [1], NIGHT)
    await people.unsubscribe("telegram", "chat", "ann")
    again = await people.subscribe(subscription(hour=20))
    assert not await deliveries.claim(again.id, date(2026, 3, 1), "picks", [2], NIGHT)


async def test_a_dropped_chat_is_written_to_no_more(people: PeopleStore) -> None:
    for chat, person in [("gone", "ann"), ("gone", "bob"), ("here", "ann")]:
        await people.subscribe(subscription(chat, person))
    assert await people.drop_chat("discord", "gone") == 0
    assert await people.drop_chat("telegram", "gone") == 2
    assert await chats(people) == {("here", "ann")}


async def test_a_chat_that_moves_takes_its_subscriptions_and_answers_along(
    database: Database, people: PeopleStore
) -> None:
    answers = AnswerStore(database)
    answer = await answers.save(answer_to("ann", chat="old"))
    for person in ("ann", "bob", "cid"):
        await people.subscribe(subscription("old", person))
    await people.unsubscribe("telegram", "old", "cid")
    for _ in range(2):
        await people.move_chat("telegram", "old", "new")
        assert await chats(people) == {("new", "ann"), ("new", "bob")}
    await people.move_chat("telegram", "new", "new")
    assert len(await chats(people)) == 2
    moved = await answers.get(answer.key)
    assert moved is not None
    assert moved.chat_id == "new"


async def test_who_is_subscribed_in_the_new_chat_already_stays_so(people: PeopleStore) -> None:
    await people.subscribe(subscription("old", "ann", hour=8))
    await people.subscribe(subscription("old", "bob", hour=8))
    there = await people.subscribe(subscription("new", "ann", hour=20))
    await people.subscribe(subscription("new", "bob", hour=20))
    await people.unsubscribe("telegram", "new", "bob")
    await people.move_chat("telegram", "old", "new")
    found = {s.person_id: s for s in await people.subscriptions()}
    assert found["ann"] == there
    assert (found["bob"].chat_id, found["bob"].at) == ("new", time(8, 30))


@pytest.mark.parametrize("stays", ["old", "new"])
@pytest.mark.parametrize("delivered", ["old", "new"])
async def test_what_was_delivered_under_either_id_is_not_delivered_again(
    database: Database, people: PeopleStore, stays: str, delivered: str
) -> None:
    deliveries, day = DeliveryStore(database), date(2026, 3, 1)
    both = {chat: await people.subscribe(subscription(chat)) for chat in ("old", "new")}
    for chat, one in both.items():
        assert await deliveries.claim(one.id, day, "picks", [1], NIGHT)
        if chat != delivered:
            await deliveries.failed(one.id, day, "picks", retry=True, at=NIGHT)
    await deliveries.claim(both["old"].id, date(2026, 2, 28), "picks", [2], NIGHT)
    if stays == "old":
        await people.unsubscribe("telegram", "new", "ann")
    for _ in range(2):
        await people.move_chat("telegram", "old", "new")
    (kept,) = await people.subscriptions()
    assert (kept.id, kept.chat_id) == (both[stays].id, "new")
    assert not await deliveries.claim(kept.id, day, "picks", [3], NIGHT)
    assert (await deliveries.recent([kept.id], NIGHT))[kept.id].keys() == {1, 2}
    assert await deliveries.claim(kept.id, date(2026, 3, 2), "picks", [3], NIGHT)


async def test_what_is_kept_of_a_person_can_be_erased(
    database: Database, people: PeopleStore
) -> None:
    await store_with(database, record("a"))
    answers, deliveries = AnswerStore(database), DeliveryStore(database)
    kept = {}
    for person in ("ann", "bob"):
        await people.toggle_like("telegram", person, 1)
        stored = await people.subscribe(subscription("chat", person))
        await deliveries.claim(stored.id, date(2026, 3, 1), "picks", [1], NIGHT)
        kept[person] = (stored.id, (await answers.save(answer_to(person))).key)
    await people.unsubscribe("telegram", "chat", "ann")

    assert await people.forget("telegram", "ann") == 3
    assert await people.forget("telegram", "ann") == 0
    assert await people.likes("telegram", "ann") == []
    assert await answers.get(kept["ann"][1]) is None
    assert await deliveries.recent([kept["ann"][0]], NIGHT) == {}

    assert await people.likes("telegram", "bob") == [1]
    assert await answers.get(kept["bob"][1]) is not None
    assert (await deliveries.recent([kept["bob"][0]], NIGHT)).keys() == {kept["bob"][0]}
    assert await chats(people) == {("chat", "bob")}


async def test_ended_subscriptions_are_erased_in_time(people: PeopleStore, clock: Clock) -> None:
    ended = await people.subscribe(subscription("chat", "ann"))
    await people.subscribe(subscription("chat", "bob"))
    await people.unsubscribe("telegram", "chat", "ann")
    assert await people.purge(NIGHT) == 0
    clock.time += timedelta(days=40)
    assert await people.purge(NIGHT + timedelta(days=1)) == 1
    assert (await people.subscribe(subscription("chat", "ann"))).id > ended.id


def answer_to(person: str, *, chat: str = "chat") -> Answer:
    return Answer(
        platform="telegram",
        chat_id=chat,
        person_id=person,
        product_ids=(1,),
        scores=(0.5,),
        shown=1,
        look=Look(fashion=1.0, seen="jersey"),
        created_at=NIGHT,
    )
