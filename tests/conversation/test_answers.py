"""A photo is answered with what is like it, once, and in its turn."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import text

from bot.conversation.messages import PhotoMessage, PhotoRef, Reply, Sender, TextMessage
from core.catalogue import Availability, Money, ProductRecord
from core.errors import FetchFailed
from core.informed import told
from core.photos import MAX_BYTES
from core.ranking import Experiment, Ranking, Rankings
from core.storage.signals import Owner
from core.vision.features import Features
from tests.scenarios import photos
from tests.scenarios.bare import BareDriver, photo_ref
from tests.scenarios.world import Clock, World, open_world
from tests.support.colour_backbone import ColourBackbone
from tests.support.english import texts

DRESS = photos.garment("red", "dress")


def photo_from(chat: str, number: int = 0, content: bytes = DRESS) -> PhotoMessage:
    return PhotoMessage(
        sender=Sender(platform="bare", person_id=chat, chat_id=chat),
        update_id=f"{chat}-{number}",
        photos=(photo_ref(content),),
    )


def loading(load: Callable[[], bytes], size_bytes: int | None = None) -> PhotoRef:
    async def later() -> bytes:
        return load()

    return PhotoRef(load=later, size_bytes=size_bytes)


def never() -> bytes:
    raise AssertionError("it was loaded")


def files_under(directory: Path) -> set[Path]:
    return {path for path in directory.rglob("*") if path.is_file()}


async def test_an_answer_has_cards_words_and_buttons(world: World) -> None:
    (reply,) = await world.conversation().answer(photo_from("ann"))
    assert [card.rank for card in reply.album] == [1, 2, 3, 4, 5]
    assert reply.album[0].title == "Red dress"
    assert reply.album[0].details == "€39.90 · Corner Shop"
    assert reply.album[0].url == "https://shop.example/red-dress"
    assert [card.match.score for card in reply.album] == sorted(
        (card.match.score for card in reply.album), reverse=True
    )
    assert reply.text.splitlines()[-1] == "Searched 24 products in 2 shops."
    assert [len(row) for row in reply.buttons] == [5, 5, 1, 2, 4]
    assert reply.look is not None


async def stock_cheap_dress(world: World) -> None:
    """Nearly what the photo shows, for less than anything else."""
    record = ProductRecord(
        key="cheap-dress",
        title="Cheap dress",
        price=Money(Decimal(5), "EUR"),
        availability=Availability.IN_STOCK,
        image_urls=("https://shop.example/pictures/cheap.png",),
    )
    await world.catalogue.save("corner", [record], seen_at=world.clock())
    (image,) = await world.catalogue.pending_images()
    sight = await world.embedder.see(photos.garment("red", "dress", shift=1))
    await world.vectors.save(world.embedder.fingerprint, {"cheap": sight.embedding})
    await world.catalogue.set_image_contents({image.id: "cheap"})
    await world.index.rebuild(told(world.vectors.rows(world.embedder.fingerprint), None))


async def test_strong_matches_begin_with_the_cheapest_for_whom_that_is_tried(
    world: World, clock: Clock
) -> None:
    await stock_cheap_dress(world)
    day = clock().date()
    cheaper = Ranking(cheaper_first=True)
    tried = Experiment(
        name="x", setting="cheaper_first", a=Ranking(), b=cheaper, first=day, last=day
    )
    conversation = replace(world, rankings=Rankings(experiment=tried)).conversation()
    people = [f"{number}" for number in range(6)]
    first = []
    for person in people:
        (reply,) = await conversation.answer(photo_from(person))
        first.append([card.title for card in reply.album[:2]])
    dresses = ["Red dress", "Cheap dress"]
    in_b = [tried.has_b("bare", Owner(person)) for person in people]
    assert first == [dresses[::-1] if has_b else dresses for has_b in in_b]
    assert {*in_b} == {True, False}


async def test_fewer_than_five_are_shown_when_fewer_exist(empty_world: World) -> None:
    await empty_world.stock(only=3)
    (reply,) = await empty_world.conversation().answer(photo_from("ann"))
    assert len(reply.album) == 3
    assert [len(row) for row in reply.buttons] == [3, 3, 2, 4]


async def test_a_price_of_another_day_carries_its_age(world: World, clock: Clock) -> None:
    clock.go(days=2)
    (reply,) = await world.conversation().answer(photo_from("ann"))
    assert reply.album[0].details == "€39.90 · Corner Shop · price from 2 days ago"


async def test_what_sold_out_is_not_for_sale(world: World) -> None:
    """Here it is the very product of the photo."""
    sold_out = ProductRecord(key="red-dress", title="Red dress", availability=Availability.SOLD_OUT)
    await world.catalogue.save("corner", [sold_out], seen_at=world.clock())
    (reply,) = await world.conversation().answer(photo_from("ann"))
    assert len(reply.album) == 5
    assert "Red dress" not in [card.title for card in reply.album]
    assert all("red-dress" not in (button.url or "") for row in reply.buttons for button in row)


async def test_titles_come_without_hidden_signs_and_cut(world: World) -> None:
    title = f"Red\u202e  dress\n\u200b{' of many words' * 40}"
    record = ProductRecord(
        key="red-dress",
        title=title,
        image_urls=("https://shop.example/pictures/red-dress.png",),
        url="javascript:alert(1)",
    )
    await world.catalogue.save("corner", [record], seen_at=world.clock())
    (reply,) = await world.conversation().answer(photo_from("ann"))
    assert reply.album[0].title.startswith("Red dress of many words")
    assert len(reply.album[0].title) <= 120
    assert reply.album[0].url is None
    assert len(reply.buttons[0]) == 4


async def test_an_empty_catalogue_says_so_without_loading_the_photo(empty_world: World) -> None:
    message = PhotoMessage(
        sender=Sender(platform="bare", person_id="ann", chat_id="ann"),
        update_id="1",
        photos=(loading(never),),
    )
    (reply,) = await empty_world.conversation().answer(message)
    assert reply.text.startswith("There are no products to search yet.")


async def test_while_the_index_is_built_a_photo_is_told_so(tmp_path: Path, clock: Clock) -> None:
    async with open_world(tmp_path, clock=clock) as world:
        await world.stock(indexed=False)
        (reply,) = await world.conversation().answer(photo_from("ann"))
        assert reply.text == f"I'm still sorting the products. {texts.LATER}"


async def test_a_heavy_file_is_refused_before_it_is_loaded(world: World) -> None:
    conversation = world.conversation()
    sender = Sender(platform="bare", person_id="ann", chat_id="ann")
    told = loading(never, size_bytes=30_000_000)
    (reply,) = await conversation.answer(PhotoMessage(sender=sender, update_id="1", photos=(told,)))
    assert "has 30 MB, and I read up to 20 MB" in reply.text
    untold = loading(lambda: bytes(MAX_BYTES + 1))
    (reply,) = await conversation.answer(
        PhotoMessage(sender=sender, update_id="2", photos=(untold,))
    )
    assert "I read up to 20 MB" in reply.text


async def test_a_format_that_is_not_read_is_answered_by_its_name(ann: BareDriver) -> None:
    seen = await ann.send_photos([photos.bmp()])
    assert "BMP" in seen.texts[0]


async def test_a_photo_that_cannot_be_downloaded_is_asked_for_again(world: World) -> None:
    def fails() -> bytes:
        raise FetchFailed("no answer")

    message = PhotoMessage(
        sender=Sender(platform="bare", person_id="ann", chat_id="ann"),
        update_id="1",
        photos=(loading(fails),),
    )
    (reply,) = await world.conversation().answer(message)
    assert "couldn't download" in reply.text


async def test_a_photo_that_never_comes_is_given_up(world: World) -> None:
    async def forever() -> bytes:
        await asyncio.Event().wait()
        raise AssertionError

    message = PhotoMessage(
        sender=Sender(platform="bare", person_id="ann", chat_id="ann"),
        update_id="1",
        photos=(PhotoRef(load=forever),),
    )
    (reply,) = await world.conversation(load_within_s=0.05).answer(message)
    assert "couldn't download" in reply.text


async def test_what_was_not_foreseen_is_logged_once_and_the_answer_names_it(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks() -> bytes:
        raise RuntimeError("a bug")

    message = PhotoMessage(
        sender=Sender(platform="bare", person_id="ann", chat_id="ann"),
        update_id="1",
        photos=(loading(breaks),),
    )
    with caplog.at_level(logging.ERROR):
        (reply,) = await world.conversation().answer(message)
    (record,) = caplog.records
    error_id = record.getMessage().split(":")[0]
    assert error_id in reply.text
    assert "ann" not in record.getMessage()


async def test_a_database_that_is_away_is_one_line_a_message(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    conversation = world.conversation()
    async with world.database.write() as connection:
        await connection.execute(text("ALTER TABLE seen_updates RENAME TO away"))
    with caplog.at_level(logging.ERROR):
        (reply,) = await conversation.answer(photo_from("ann"))
    (record,) = caplog.records
    assert record.getMessage().split(":")[0] in reply.text
    assert "no such table" in record.getMessage()
    assert record.exc_info is None


async def test_an_update_that_comes_again_is_not_answered_again(world: World) -> None:
    conversation = world.conversation()
    first, second = await asyncio.gather(
        conversation.answer(photo_from("ann")), conversation.answer(photo_from("ann"))
    )
    assert sorted([len(first), len(second)]) == [0, 1]
    assert await world.conversation().answer(photo_from("ann")) == []


async def test_a_second_photo_waits_for_the_first_and_another_chat_does_not(world: World) -> None:
    conversation = world.conversation()
    gate, order = asyncio.Event(), list[str]()

    async def slow() -> bytes:
        await gate.wait()
        return DRESS

    async def answer(name: str, message: PhotoMessage) -> None:
        await conversation.answer(message)
        order.append(name)

    sender = Sender(platform="bare", person_id="ann", chat_id="ann")
    held = PhotoMessage(sender=sender, update_id="slow", photos=(PhotoRef(load=slow),))
    first = asyncio.create_task(answer("first", held))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(answer("second", photo_from("ann")))
    await answer("other chat", photo_from("bob"))
    gate.set()
    await asyncio.gather(first, second)
    assert order == ["other chat", "first", "second"]


class SlowBackbone(ColourBackbone):
    def forward(self, pixels: NDArray[np.uint8]) -> Features:
        time.sleep(0.02)
        return super().forward(pixels)


async def test_a_hundred_photos_at_once_are_all_answered_and_nobody_else_waits(
    tmp_path: Path, clock: Clock
) -> None:
    async with open_world(tmp_path, clock=clock, backbone=SlowBackbone, queue=8) as world:
        await world.stock()
        conversation = world.conversation()
        chats = [
            asyncio.create_task(conversation.answer(photo_from(f"chat{number}")))
            for number in range(100)
        ]
        await asyncio.sleep(0)
        hello = TextMessage(
            sender=Sender(platform="bare", person_id="zoe", chat_id="zoe"),
            update_id="hello",
            text="hello",
        )
        async with asyncio.timeout(30):
            assert await conversation.answer(hello) == [Reply(text=texts.HOW_TO)]
            assert sum(not chat.done() for chat in chats) > 10, "it waited for the photos"
            answers = [reply for (reply,) in await asyncio.gather(*chats)]
    albums = [reply for reply in answers if reply.album]
    busy = [reply for reply in answers if reply.text.startswith("I'm busy")]
    assert len(albums) + len(busy) == 100
    assert len(albums) >= 8
    assert busy


async def test_one_chat_that_floods_is_told_to_wait(world: World) -> None:
    conversation = world.conversation(max_line=4)
    replies = await asyncio.gather(
        *(conversation.answer(photo_from("ann", number)) for number in range(20))
    )
    albums = [reply for (reply,) in replies if reply.album]
    assert len(albums) == 4


async def test_nothing_of_a_photo_is_kept(world: World, tmp_path: Path) -> None:
    """Neither in the database nor beside it."""
    before = files_under(tmp_path)
    await world.conversation().answer(photo_from("ann"))
    after = files_under(tmp_path)
    assert {path.name for path in after - before} <= {"twinset.sqlite3-wal", "twinset.sqlite3-shm"}
    needle = DRESS[100:160]
    assert not any(needle in path.read_bytes() for path in after)


async def test_answers_expire_with_their_buttons(ann: BareDriver, clock: Clock) -> None:
    await ann.send_photos([DRESS])
    clock.at += timedelta(days=29, hours=23)
    assert (await ann.tap("♡ 1")).buttons
    clock.go(hours=1)
    assert (await ann.tap("♡ 2")).notices == (texts.NO_LONGER_WORKS,)
