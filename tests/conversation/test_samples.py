"""Whoever has no photo at hand sees what an answer looks like, by a photo of ours."""

import asyncio
from importlib.resources import files
from io import BytesIO

from PIL import Image

from bot.conversation.messages import Sender
from tests.scenarios.bare import BareDriver
from tests.scenarios.world import Clock, World
from tests.support.english import texts

SAMPLE = files("data").joinpath("sample.jpg").read_bytes()


def test_hello_is_three_lines() -> None:
    assert len(texts.START.splitlines()) == 3


def test_the_sample_is_a_small_photo() -> None:
    assert len(SAMPLE) < 100_000
    with Image.open(BytesIO(SAMPLE)) as image:
        image.load()
        assert (image.format, image.mode) == ("JPEG", "RGB")


async def test_the_sample_is_answered_as_if_it_had_been_sent(ann: BareDriver) -> None:
    sent = await ann.send_photos([SAMPLE])
    await ann.send_command("start")
    seen = await ann.tap(texts.TRY_A_SAMPLE)
    assert (seen.album, seen.buttons) == (sent.album, sent.buttons)
    assert seen.texts == (texts.SAMPLE, *sent.texts)
    assert [button.label for button in ann.keyboards[1]] == []


async def test_a_double_tap_is_answered_once_and_a_later_one_again(
    ann: BareDriver, clock: Clock
) -> None:
    await ann.send_command("start")
    seen = await asyncio.gather(*(ann.tap_action("sample") for _ in range(3)))
    assert sorted(len(one.album) for one in seen) == [0, 0, 5]
    assert [one.notices for one in seen].count((texts.ALREADY_SHOWN,)) == 2
    clock.go(minutes=1)
    assert len((await ann.tap_action("sample")).album) == 5


async def test_people_do_not_take_each_others_sample(ann: BareDriver) -> None:
    bob = BareDriver(ann.answerer, sender=Sender(platform="bare", person_id="bob", chat_id="bob"))
    for person in (ann, bob):
        assert len((await person.tap_action("sample")).album) == 5


async def test_without_products_the_tap_says_so_and_the_button_stays(empty_world: World) -> None:
    ann = BareDriver(empty_world.conversation())
    await ann.send_command("start")
    seen = await ann.tap(texts.TRY_A_SAMPLE)
    assert "no products" in seen.notices[0]
    assert (seen.pictures, seen.album) == (0, ())
    assert [button.label for button in ann.keyboards[0]] == [texts.TRY_A_SAMPLE]
