"""What is kept of a person is told, handed over and erased, and none of it is left anywhere."""

import asyncio
import json
import logging
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.conversation.messages import CommandMessage, PhotoMessage, PhotoRef, Reply, Sender
from core.storage.languages import LanguageStore
from core.storage.people import PERSONAL
from core.storage.tables import metadata
from tests.conversation.test_alerts_delivery import offered
from tests.conversation.test_operators import OLGA
from tests.conversation.test_picks_delivery import Letterbox
from tests.scenarios import photos
from tests.scenarios.bare import BareDriver
from tests.scenarios.world import Clock, World
from tests.support.english import texts

EVE = Sender(platform="bare", person_id="eve-7f3a91", chat_id="room-5c20de")
DRESS = photos.garment("red", "dress", shift=2)


@pytest.fixture
def eve(ann: BareDriver) -> BareDriver:
    return BareDriver(ann.answerer, sender=EVE)


async def lived(person: BareDriver) -> None:
    """Leave something in every table that there is for people."""
    await person.send_photos([DRESS])
    await person.tap("♡ 1")
    await person.send_command("alerts", "2 under 20 €")
    await person.send_command("subscribe", "9 Berlin")
    await person.send_command("picks")
    await person.tap("✕ 5")
    await person.send_command("language", "English")
    await person.send_command("filters", "new")
    await person.tap_action("broadcast:off")


async def written_to(world: World) -> None:
    """An operator's message reaches everybody."""
    olga = BareDriver(world.conversation(), sender=OLGA)
    await olga.send_command("broadcast", "News")
    await olga.tap(texts.BROADCAST_SEND)
    assert await world.broadcast_post({"bare": Letterbox()}).run_due()


async def traces(world: World, *words: str) -> list[str]:
    """The rows of any table that hold one of the words."""
    async with world.database.read() as connection:
        return [
            f"{table.name}: {row}"
            for table in metadata.sorted_tables
            for row in await connection.execute(select(table))
            if any(word in str(row) for word in words)
        ]


async def exported(person: BareDriver) -> Reply:
    message = CommandMessage(sender=person.sender, update_id="export-1", name="export")
    (reply,) = await person.answerer.answer(message)
    return reply


async def test_what_is_erased_is_nowhere_any_more(
    eve: BareDriver, ann: BareDriver, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await eve.send_photos([DRESS])
        await written_to(world)
        await lived(eve)
        await lived(ann)
        found = await traces(world, EVE.person_id, EVE.chat_id)
        assert {line.partition(":")[0] for line in found} == {table.name for table in PERSONAL}
        asked = await eve.send_command("forget")
        assert asked.buttons == (texts.FORGET_ALL,)
        assert await traces(world, EVE.person_id)  # asked only
        seen = await eve.tap(texts.FORGET_ALL)
        assert seen.notices == (texts.FORGOTTEN,)
    assert await traces(world, EVE.person_id, EVE.chat_id) == []
    assert await traces(world, ann.sender.person_id)
    assert EVE.person_id not in caplog.text
    assert (await eve.tap_action("forget")).notices == (texts.NOTHING_KEPT,)
    assert (await eve.tap("♡ 2")).notices == (texts.NO_LONGER_WORKS,)


@pytest.mark.parametrize("wish", ["forget", "reset"])
async def test_what_is_being_answered_is_erased_with_the_rest(eve: BareDriver, wish: str) -> None:
    gate = asyncio.Event()

    async def slow() -> bytes:
        await gate.wait()
        return DRESS

    photo = PhotoMessage(sender=EVE, update_id="slow", photos=(PhotoRef(load=slow),))
    answering = asyncio.create_task(eve.answerer.answer(photo))
    await asyncio.sleep(0.05)
    erasing = asyncio.create_task(eve.tap_action(wish))
    await asyncio.sleep(0.05)
    gate.set()
    assert (await answering)[0].album
    assert (await erasing).notices
    document = (await exported(eve)).document
    kept = json.loads(document.data)["answers"] if document else []
    assert len(kept) == (wish == "reset")  # which is about the taste alone
    assert all(answer["trace"] is None for answer in kept)


@pytest.mark.parametrize("unasked", ["picks", "alerts"])
async def test_what_is_about_to_be_sent_is_erased_with_the_rest(
    eve: BareDriver, world: World, clock: Clock, unasked: str
) -> None:
    class Leaving(LanguageStore):
        async def chosen(self, platform: str, *, person_id: str = "", chat_id: str = "") -> None:
            del chat_id
            await world.people.forget(platform, person_id)

    clock.at = datetime(2026, 5, 5, 6, tzinfo=UTC)
    await eve.send_photos([DRESS])
    await eve.send_command("alerts", "1")
    await eve.tap("Below €39.90")
    await eve.send_command("subscribe", "9 Berlin")
    clock.go(hours=2)
    await offered(world, "29.90")
    letterbox, world.languages = Letterbox(), Leaving(world.database)
    post = world.daily_picks if unasked == "picks" else world.alert_post
    assert await post({"bare": letterbox}).run_due() == 0
    assert letterbox.got == []
    assert await traces(world, EVE.person_id) == []


def test_every_table_that_names_people_is_erased_and_handed_over() -> None:
    naming = {table.name for table in metadata.sorted_tables if "person_id" in table.columns}
    assert naming == {table.name for table in PERSONAL}


async def test_all_that_is_kept_is_handed_over(
    eve: BareDriver, ann: BareDriver, world: World
) -> None:
    await lived(eve)
    await eve.tap_action("broadcast:on")
    await written_to(world)
    await lived(ann)
    reply = await exported(eve)
    assert reply.document
    kept = json.loads(reply.document.data)
    assert kept["likes"][0]["title"] == "Red dress"
    assert kept["likes"][0]["url"].startswith("https://")
    assert kept["subscriptions"][0]["timezone"] == "Europe/Berlin"
    assert kept["alerts"][0]["most"] == "20.00"
    assert kept["broadcast_chats"][0]["text"] == "News"
    assert len(kept["answers"]) == 2  # to the photo, and the picks
    assert ann.sender.person_id not in reply.document.data.decode()


async def test_of_strangers_nothing_is_kept(eve: BareDriver) -> None:
    reply = await exported(eve)
    assert (reply.text, reply.document) == (texts.NOTHING_KEPT, None)


@pytest.mark.parametrize("command", ["forget", "export"])
async def test_a_group_is_no_place_for_it(ann: BareDriver, command: str) -> None:
    friends = Sender(platform="bare", person_id="ann", chat_id="friends", is_group=True)
    seen = await BareDriver(ann.answerer, sender=friends).send_command(command)
    assert (seen.texts, seen.buttons) == ((texts.PRIVACY_ALONE,), ())


async def test_privacy_says_what_is_kept_and_how_to_be_rid_of_it(eve: BareDriver) -> None:
    (told,) = (await eve.send_command("privacy")).texts
    for word in (
        "photo",
        "liked",
        "daily picks",
        "language",
        "/alerts",
        "those who run this bot sent you",
        "30 days",
        "/export",
        "/forget",
    ):
        assert word in told
