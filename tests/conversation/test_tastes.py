"""A taste is shown in a picture and in words, and is put right, begun anew and handed over."""

import json

import pytest

from bot.conversation.messages import CommandMessage, Sender
from core.storage.signals import Owner, Sort
from tests.scenarios.bare import BareDriver
from tests.scenarios.photos import garment
from tests.scenarios.world import World
from tests.support.english import texts

FRIENDS = Sender(platform="bare", person_id="ann", chat_id="friends", is_group=True)


@pytest.fixture
async def liking(ann: BareDriver) -> BareDriver:
    """Ann, who likes the first two products like a red dress."""
    await ann.send_photos([garment("red", "dress", shift=2)])
    await ann.tap("♡ 1")
    await ann.tap("♡ 2")
    return ann


async def owned(world: World, owner: Owner, sort: Sort) -> int:
    return sum(signal.sort is sort for signal in await world.signals.of("bare", owner))


async def test_of_strangers_nothing_is_known(ann: BareDriver) -> None:
    assert (await ann.send_command("taste")).texts == (texts.NO_TASTE,)


async def test_a_taste_is_shown_in_a_picture_and_in_words_with_the_reason(
    liking: BareDriver,
) -> None:
    seen = await liking.send_command("taste")
    assert seen.pictures == 1
    told = seen.texts[0]
    assert "Dress" in told
    assert "red" in told
    assert 'because you liked "Red dress"' in told
    assert texts.TASTE_RESET in seen.buttons


async def test_one_photo_is_enough_to_know_something(ann: BareDriver) -> None:
    await ann.send_photos([garment("red", "dress", shift=2)])
    seen = await ann.send_command("taste")
    assert "because of a photo that you sent" in seen.texts[0]
    assert "because of a photo" in (await ann.send_command("picks")).texts[0]


async def test_what_was_merely_opened_counts_and_is_not_called_liked(
    ann: BareDriver, world: World
) -> None:
    product = await world.catalogue.with_key(["red-dress"])
    assert product
    await world.signals.note("bare", Owner("ann"), Sort.OPENED, product.id)
    told = (await ann.send_command("taste")).texts[0]
    assert "Dress" in told
    assert "because" not in told
    assert all(line == line.rstrip() for line in told.splitlines())
    picks = await ann.send_command("picks")
    assert "near what you like" in picks.texts[0]
    assert "because you liked" not in picks.texts[0]
    assert "Red dress" not in picks.album


async def test_of_photos_alone_there_is_no_less_to_count(ann: BareDriver) -> None:
    await ann.send_photos([garment("red", "dress", shift=2)])
    buttons = (await ann.send_command("taste")).buttons
    assert "Forget 1" in buttons
    assert "Less of 1" not in buttons


async def test_who_only_turned_things_down_sees_what(ann: BareDriver) -> None:
    await ann.send_command("subscribe", "9 Berlin")
    first = (await ann.send_command("picks")).album[0]
    await ann.tap("✕ 1")
    seen = await ann.send_command("taste")
    assert f'Not for you: "{first}"' in seen.texts[0]
    assert texts.TASTE_RESET in seen.buttons


async def test_less_of_an_interest_is_noted(liking: BareDriver, world: World) -> None:
    await liking.send_command("taste")
    assert (await liking.tap("Less of 1")).notices == (texts.TASTE_LESS,)
    assert await owned(world, Owner("ann"), Sort.LESS) >= 1


async def test_a_forgotten_interest_takes_its_likes_along(liking: BareDriver) -> None:
    before = await liking.send_command("taste")
    interests = sum(label.startswith("Forget ") for label in before.buttons)
    for rank in range(1, interests + 1):
        assert (await liking.tap(f"Forget {rank}")).notices == (texts.TASTE_DROPPED,)
    assert (await liking.tap("Forget 1")).notices == (texts.NO_LONGER_WORKS,)
    assert (await liking.send_command("taste")).texts == (texts.NO_TASTE,)


async def test_a_taste_begins_anew_only_when_that_is_confirmed(
    liking: BareDriver, world: World
) -> None:
    await liking.send_command("subscribe", "9 Berlin")
    await liking.send_command("taste")
    assert (await liking.tap(texts.TASTE_RESET)).texts == (texts.TASTE_RESET_SURE,)
    assert len(await world.people.likes("bare", "ann")) == 2
    assert (await liking.tap_action("reset")).notices == (texts.TASTE_IS_RESET,)
    assert await world.signals.of("bare", Owner("ann")) == []
    assert (await liking.send_command("taste")).texts == (texts.NO_TASTE,)
    assert len(await world.people.subscriptions()) == 1


async def test_a_pick_that_is_turned_down_counts_until_it_is_liked(
    ann: BareDriver, world: World
) -> None:
    await ann.send_command("subscribe", "9 Berlin")
    await ann.send_command("picks")
    assert "less like" in (await ann.tap("✕ 1")).notices[0]
    assert await owned(world, Owner("ann"), Sort.DISLIKED) == 1
    message = CommandMessage(sender=ann.sender, update_id="export", name="export")
    (reply,) = await ann.answerer.answer(message)
    assert reply.document
    (signal,) = json.loads(reply.document.data)["signals"]
    assert signal["kind"] == "disliked"
    assert signal["title"]
    await ann.tap("♡ 1")
    assert await owned(world, Owner("ann"), Sort.DISLIKED) == 0


async def test_what_a_group_likes_is_its_own_and_nobodys(ann: BareDriver, world: World) -> None:
    group = BareDriver(ann.answerer, sender=FRIENDS)
    await group.send_command("similar", photo=garment("red", "dress", shift=2))
    await group.tap("♡ 1")
    assert await owned(world, Owner("", "friends"), Sort.LIKED) == 1
    seen = await group.send_command("taste")
    assert "red" in seen.texts[0]
    assert seen.buttons == ()
    assert (await group.tap_action("reset")).notices == (texts.PRIVACY_ALONE,)
    assert await owned(world, Owner("", "friends"), Sort.LIKED) == 1


async def test_photos_of_a_group_tell_nothing_of_anybody(ann: BareDriver, world: World) -> None:
    group = BareDriver(ann.answerer, sender=FRIENDS)
    await group.send_command("similar", photo=garment("red", "dress", shift=2))
    assert await world.signals.of("bare", Owner("ann")) == []
    assert await world.signals.of("bare", Owner("", "friends")) == []
