"""What was opened is kept once, with its answer; numbers of use come from what is kept."""

from dataclasses import replace
from datetime import date, time, timedelta

from core.looks import Look
from core.storage.answers import Answer, AnswerStore
from core.storage.database import Database
from core.storage.deliveries import DeliveryStore
from core.storage.opens import Opener, Opening, OpenStore
from core.storage.people import PeopleStore, Subscription
from core.storage.stats import StatsStore
from tests.storage.records import NIGHT, record, store_with

ANSWER = Answer(
    platform="web",
    chat_id="c",
    person_id="ann",
    product_ids=(1, 2),
    scores=(0.9, 0.8),
    shown=2,
    look=Look(fashion=1.0, seen=""),
    created_at=NIGHT,
)


async def answered(database: Database, answer: Answer = ANSWER) -> str:
    return (await AnswerStore(database).save(answer)).key


async def test_an_opening_is_noted_once_and_tells_whose_answer_it_was(database: Database) -> None:
    await store_with(database, record("a"), record("b"))
    opens = OpenStore(database)
    opening = Opening(key=await answered(database), product_id=1, rank=1)
    assert await opens.note(opening, NIGHT) == Opener("web", "ann")
    assert await opens.note(opening, NIGHT + timedelta(hours=1)) is None
    assert await opens.note(replace(opening, product_id=2, rank=2), NIGHT) == Opener("web", "ann")


async def test_what_is_there_no_more_is_not_noted(database: Database) -> None:
    await store_with(database, record("a"))
    opens = OpenStore(database)
    opening = Opening(key=await answered(database), product_id=1, rank=1)
    assert await opens.note(replace(opening, key="unknown8"), NIGHT) is None
    assert await opens.note(replace(opening, product_id=99), NIGHT) is None


async def test_an_opening_is_in_the_export_and_goes_with_all_else(database: Database) -> None:
    await store_with(database, record("a"))
    opens, people = OpenStore(database), PeopleStore(database)
    opening = Opening(key=await answered(database), product_id=1, rank=1, picks=True)
    await opens.note(opening, NIGHT)
    [kept] = (await people.export("web", "ann"))["opens"]
    assert (kept["product_id"], kept["rank"], kept["at"]) == (1, 1, NIGHT)
    assert (await people.export("web", "bob"))["opens"] == []
    await people.forget("web", "ann")
    assert (await people.export("web", "ann"))["opens"] == []
    assert (await StatsStore(database).since(NIGHT)).opens == 0


async def test_the_secret_is_made_once_for_all_who_share_the_database(database: Database) -> None:
    secret = await OpenStore(database).secret()
    assert len(secret) == 32
    assert await OpenStore(database).secret() == secret


async def test_use_is_counted_since_a_moment(database: Database) -> None:
    await store_with(database, record("a"), record("b"))
    people, opens = PeopleStore(database, now=lambda: NIGHT), OpenStore(database)
    deliveries, stats = DeliveryStore(database), StatsStore(database)
    keys = [
        await answered(database),
        await answered(database, replace(ANSWER, shown=1)),
        await answered(database, replace(ANSWER, person_id="", chat_id="friends")),
        await answered(database, replace(ANSWER, shown=0)),  # of another garment, not shown yet
    ]
    for key, product_id in ((keys[0], 1), (keys[0], 2), (keys[1], 1)):
        opening = Opening(key=key, product_id=product_id, rank=product_id, picks=key == keys[1])
        await opens.note(opening, NIGHT)
    await people.toggle_like("web", "ann", 1)
    for person in ("ann", "bob"):
        subscribed = await people.subscribe(
            Subscription(
                platform="web",
                chat_id=person,
                person_id=person,
                at=time(9),
                timezone="UTC",
                created_at=NIGHT,
            )
        )
    day = date(2026, 3, 1)
    await deliveries.claim(subscribed.id, day, "picks", [1], NIGHT)
    assert (await stats.since(NIGHT)).picks_sent == 0
    await deliveries.sent(subscribed.id, day, "picks", message_id="m", at=NIGHT)
    await people.unsubscribe("web", "bob", "bob")

    found = await stats.since(NIGHT)
    assert (found.people, found.groups, found.answers, found.likes) == (1, 1, 3, 1)
    assert found.opens == 3
    assert found.places == ((3, 2), (2, 1), (0, 0), (0, 0), (0, 0))
    assert (found.picks_sent, found.picks_opened) == (1, 1)
    assert (found.subscribers, found.unsubscribed) == (1, 1)

    later = await stats.since(NIGHT + timedelta(seconds=1))
    assert (later.people, later.answers, later.likes, later.opens, later.picks_sent) == (0,) * 5
    assert (later.subscribers, later.unsubscribed) == (1, 0)
