"""Words that are still being typed: a list to choose from, of which nothing is kept."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from bot.conversation.messages import LookupMessage, Reply, Sender
from bot.conversation.texts import texts_in
from core.catalogue import Availability, ProductRecord
from core.storage.tables import answers, seen_updates
from tests.scenarios.world import World
from tests.support.english import texts

ANN = Sender(platform="bare", person_id="ann", chat_id="ann")


async def look_up(world: World, text: str, *, start: int = 0, language: str = "en") -> Reply:
    message = LookupMessage(
        sender=replace(ANN, language=language), update_id="1", text=text, start=start
    )
    (reply,) = await world.conversation().answer(message)
    return reply


async def test_a_list_has_what_find_finds_the_best_first(world: World) -> None:
    reply = await look_up(world, "red dress from Corner")
    assert [card.rank for card in reply.album] == list(range(1, len(reply.album) + 1))
    assert reply.album[0].title == "Red dress"
    assert reply.album[0].details == "€39.90 · Corner Shop"
    assert (reply.text, reply.buttons) == ("", ())


async def test_a_long_list_comes_page_by_page(world: World) -> None:
    first = await look_up(world, "women")
    second = await look_up(world, "women", start=len(first.album))
    assert (len(first.album), first.more) == (20, True)
    assert (len(second.album), second.more) == (4, False)
    titles = [card.title for card in (*first.album, *second.album)]
    assert len(set(titles)) == 24
    assert (await look_up(world, "women", start=99)).album == ()


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_before_anything_is_typed_there_is_an_example(world: World, language: str) -> None:
    reply = await look_up(world, " ", language=language)
    assert (reply.text, reply.album) == (texts_in(language).LOOKUP_HOW_TO, ())


async def test_what_nothing_is_called_is_said(world: World) -> None:
    reply = await look_up(world, "xyzzy")
    assert (reply.text, reply.album) == (texts.FOUND_NO_WORDS, ())


async def test_what_is_sold_out_is_not_offered(world: World) -> None:
    record = ProductRecord(key="red-dress", title="Red dress", availability=Availability.SOLD_OUT)
    await world.catalogue.save("corner", [record], seen_at=world.clock())
    titles = [card.title for card in (await look_up(world, "dress")).album]
    assert titles
    assert "Red dress" not in titles


async def test_nothing_is_kept_of_it(world: World) -> None:
    for _ in range(2):
        assert (await look_up(world, "red dress")).album
    for table in (answers, seen_updates):
        assert (await world.database.rows(select(func.count()).select_from(table)))[0][0] == 0
