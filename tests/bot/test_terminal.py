"""The terminal as a platform."""

import json
from pathlib import Path

import pytest

from bot.terminal import answer_photo, as_json, as_text
from tests.scenarios import photos
from tests.scenarios.world import Pages, World, open_world
from tests.support.english import texts


@pytest.fixture
async def world(tmp_path: Path) -> World:
    async with open_world(tmp_path) as world:
        await world.stock()
        yield world


def photo_file(tmp_path: Path, content: bytes) -> Path:
    file = tmp_path / "photo.png"
    file.write_bytes(content)
    return file


async def test_a_photo_is_answered_in_lines_and_as_json(world: World, tmp_path: Path) -> None:
    file = photo_file(tmp_path, photos.garment("red", "dress", shift=2))
    reply = await answer_photo(world.conversation(), file)
    assert as_text(reply).startswith("1. Red dress\n   €39.90")
    found = json.loads(as_json(reply))
    assert found["matches"][0]["price"] == 39.9
    assert found["matches"][0]["title"] == "Red dress"
    assert found["look"]["fashion"] > 0.5


async def test_a_photo_without_clothes_is_searched_only_when_asked(
    world: World, tmp_path: Path
) -> None:
    file = photo_file(tmp_path, photos.cat())
    conversation = world.conversation()
    refused = await answer_photo(conversation, file)
    assert refused.album == ()
    assert "no clothes" in refused.text
    assert json.loads(as_json(refused))["matches"] == []
    shown = await answer_photo(conversation, file, anyway=True)
    assert len(shown.album) == 5
    assert shown.look == refused.look


async def test_what_is_no_photo_gets_the_sentence_of_the_chats(
    world: World, tmp_path: Path
) -> None:
    reply = await answer_photo(world.conversation(), photo_file(tmp_path, b"no photo"))
    assert reply.look is None
    assert as_text(reply).startswith("I can't find a picture")
    assert texts.SEARCH_ANYWAY not in as_text(reply)


async def test_a_link_is_answered_as_in_the_chats(world: World) -> None:
    reply = await answer_photo(world.conversation(), Pages.PRODUCT)
    assert as_text(reply).splitlines()[-4].startswith("From your link: Red dress")
    reply = await answer_photo(world.conversation(), "https://nobody.example/")
    assert reply.look is None
    assert "couldn't reach" in as_text(reply)
