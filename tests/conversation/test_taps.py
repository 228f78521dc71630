"""Buttons do what they say once, for those whom they are for."""

import asyncio
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.conversation.messages import (
    Migration,
    PhotoMessage,
    PhotoRef,
    Reply,
    Sender,
    TapMessage,
)
from core.catalogue import Availability, Money, ProductRecord
from core.informed import told
from core.storage.people import PeopleStore
from core.storage.tables import answers
from tests.scenarios import photos
from tests.scenarios.bare import BareDriver
from tests.scenarios.world import Clock, World
from tests.support.english import texts

DRESS = photos.garment("red", "dress")


def action_of(driver: BareDriver, label: str) -> str:
    return next(
        button.action
        for keyboard in reversed(driver.keyboards)
        for button in keyboard
        if button.label == label and button.action
    )


def liked_by(person: str, people: PeopleStore) -> asyncio.Task[list[int]]:
    return asyncio.ensure_future(people.likes("bare", person))


async def test_a_double_tap_likes_once(ann: BareDriver, world: World) -> None:
    await ann.send_photos([DRESS])
    action = action_of(ann, "♡ 1")
    await asyncio.gather(*(ann.tap_action(action) for _ in range(3)))
    assert len(await liked_by("ann", world.people)) == 1


async def test_buttons_say_which_card_they_are_about_and_hearts_whether_they_are_on(
    ann: BareDriver,
) -> None:
    await ann.send_photos([DRESS])
    await ann.tap("♡ 2")
    about = {button.label: (button.rank, button.is_on) for button in ann.keyboards[-1]}
    assert about["Buy 2"] == (2, None)
    assert (about["♡ 1"], about["♥ 2"]) == ((1, False), (2, True))
    assert about[texts.MORE] == (None, None)


async def test_a_double_tap_on_more_shows_the_next_page_once(ann: BareDriver) -> None:
    await ann.send_photos([DRESS])
    action = action_of(ann, texts.MORE)
    seen = await asyncio.gather(*(ann.tap_action(action) for _ in range(3)))
    assert sorted(len(one.album) for one in seen) == [0, 0, 5]
    assert [one.notices for one in seen].count((texts.ALREADY_SHOWN,)) == 2


async def test_more_leaves_the_page_before(ann: BareDriver) -> None:
    """So that it cannot be tapped there again; its other buttons stay."""
    await ann.send_photos([DRESS])
    await ann.tap(texts.MORE)
    first, second = ann.keyboards
    assert texts.MORE not in [button.label for button in first]
    assert texts.MORE in [button.label for button in second]
    seen = await ann.tap("♡ 1")
    assert texts.MORE not in seen.buttons


async def test_no_product_is_shown_twice(ann: BareDriver) -> None:
    seen = await ann.send_photos([DRESS])
    titles = list(seen.album)
    while texts.MORE in seen.buttons:
        seen = await ann.tap(texts.MORE)
        titles += seen.album
    assert len(titles) == len(set(titles)) == 24


async def test_more_shows_the_cheapest_shop_and_its_heart_stays_with_it(
    ann: BareDriver, world: World
) -> None:
    """A second shop sells the last of the list for less, with the same picture."""
    await ann.send_photos([DRESS])
    async with world.database.read() as connection:
        (row,) = await connection.execute(select(answers.c.product_ids))
    last = await world.catalogue.product(row.product_ids[-1])
    assert last
    cheap = ProductRecord(
        key="cheap",
        title="The same for less",
        kind=last.kind,
        price=Money(Decimal("9.90"), "EUR"),
        availability=Availability.IN_STOCK,
        image_urls=("https://shop.example/cheap.png",),
    )
    await world.catalogue.shop_seen("bazaar", "Bazaar", None)
    await world.catalogue.save("bazaar", [cheap], seen_at=world.clock())
    (image,) = await world.catalogue.pending_images("bazaar")
    await world.catalogue.set_image_content(image.id, last.picture)
    await world.index.rebuild(told(world.vectors.rows(world.embedder.fingerprint), None))
    seen = await ann.send_photos([DRESS])
    while texts.MORE in seen.buttons:
        seen = await ann.tap(texts.MORE)
    assert seen.album[-1] == "The same for less"
    assert last.title not in seen.album
    await ann.tap(next(label for label in reversed(seen.buttons) if label.startswith("♡")))
    assert await world.people.likes("bare", "ann") == [image.product_id]


async def test_a_product_that_went_meanwhile_is_left_out(ann: BareDriver, world: World) -> None:
    seen = await ann.send_photos([DRESS])
    titles = list(seen.album)
    gone = [f"{colour}-{kind}" for colour in ("olive", "grey") for kind in photos.KINDS]
    for shop in ("corner", "arcade"):
        await world.catalogue.mark_gone(shop, gone)
    seen = await ann.tap(texts.MORE)
    titles += seen.album
    while texts.MORE in seen.buttons:
        seen = await ann.tap(texts.MORE)
        titles += seen.album
    assert not [title for title in titles[5:] if title.startswith(("Olive", "Grey"))]


async def test_when_all_that_was_left_went_the_end_is_said(ann: BareDriver, world: World) -> None:
    seen = await ann.send_photos([DRESS])
    shown = {title.lower().replace(" ", "-") for title in seen.album}
    keys = {f"{colour}-{kind}" for colour in photos.COLOURS for kind in photos.KINDS}
    for shop in ("corner", "arcade"):
        await world.catalogue.mark_gone(shop, keys - shown)
    assert (await ann.tap(texts.MORE)).notices == (texts.END_OF_LIST,)


async def test_a_heart_of_a_product_that_went_says_so(ann: BareDriver, world: World) -> None:
    await ann.send_photos([DRESS])
    await world.catalogue.mark_gone("corner", ["red-dress"])
    assert (await ann.tap("♡ 1")).notices == (texts.PRODUCT_GONE,)


async def test_searching_all_the_same_twice_shows_it_once(ann: BareDriver) -> None:
    await ann.send_photos([photos.cat()])
    action = action_of(ann, texts.SEARCH_ANYWAY)
    seen = await asyncio.gather(ann.tap_action(action), ann.tap_action(action))
    assert sorted(len(one.album) for one in seen) == [0, 5]


@pytest.mark.parametrize("chat", ["bob", "ann"])
async def test_another_persons_button_does_nothing(
    ann: BareDriver, world: World, chat: str
) -> None:
    await ann.send_photos([DRESS])
    bob = BareDriver(ann.answerer, sender=Sender(platform="bare", person_id="bob", chat_id=chat))
    for label in ("♡ 1", texts.MORE):
        seen = await bob.tap_action(action_of(ann, label))
        assert seen.notices == (texts.NO_LONGER_WORKS,)
        assert not seen.album
    assert await liked_by("bob", world.people) == []


@pytest.mark.parametrize(
    "action",
    ["", "like:nosuchke:1:a0-5", "more:../..:5", "x" * 5000, "like:\ud800:1:a0-5", "drop table"],
)
async def test_a_forged_button_does_nothing(ann: BareDriver, action: str) -> None:
    assert (await ann.tap_action(action)).notices == (texts.NO_LONGER_WORKS,)


async def test_what_was_not_shown_yet_cannot_be_had_by_forging(ann: BareDriver) -> None:
    await ann.send_photos([DRESS])
    key = action_of(ann, "♡ 1").split(":")[1]
    for action in (f"like:{key}:9:a5-10", f"more:{key}:11:a5-10", f"like:{key}:60:a0-60"):
        assert (await ann.tap_action(action)).notices == (texts.NO_LONGER_WORKS,)


async def test_a_tap_does_not_wait_for_a_photo(ann: BareDriver) -> None:
    await ann.send_photos([DRESS])
    tap = TapMessage(sender=ann.sender, update_id="tap", action=action_of(ann, "♡ 1"))
    gate = asyncio.Event()

    async def slow() -> bytes:
        await gate.wait()
        return DRESS

    held = asyncio.create_task(
        ann.answerer.answer(
            PhotoMessage(sender=ann.sender, update_id="held", photos=(PhotoRef(load=slow),))
        )
    )
    await asyncio.sleep(0.02)
    async with asyncio.timeout(20):
        (reply,) = await ann.answerer.answer(tap)
    assert reply.replaces_buttons
    gate.set()
    await held


# Groups -----------------------------------------------------------------------------------


def member(name: str, like: BareDriver) -> BareDriver:
    sender = Sender(platform="bare", person_id=name, chat_id="friends", is_group=True)
    return BareDriver(like.answerer, sender=sender)


async def test_in_a_group_each_member_likes_for_themselves(
    ann: BareDriver, world: World, clock: Clock
) -> None:
    alice, bob = member("alice", ann), member("bob", ann)
    await alice.send_command("similar", photo=DRESS)
    seen = await bob.tap_action(action_of(alice, "♡ 1"))
    assert seen.notices == ("♥ Liked: Red dress",)
    assert seen.buttons == ()
    assert await liked_by("alice", world.people) == []
    assert len(await liked_by("bob", world.people)) == 1
    clock.go(seconds=3)
    seen = await bob.tap_action(action_of(alice, "♡ 1"))
    assert seen.notices == ("♡ No longer liked: Red dress",)
    assert await liked_by("bob", world.people) == []


async def test_in_a_group_a_double_tap_likes_once(ann: BareDriver, world: World) -> None:
    alice = member("alice", ann)
    await alice.send_command("similar", photo=DRESS)
    action = action_of(alice, "♡ 2")
    for _ in range(2):
        assert (await alice.tap_action(action)).notices[0].startswith("♥ Liked")
    assert len(await liked_by("alice", world.people)) == 1


async def test_a_group_sees_nobodys_likes(ann: BareDriver) -> None:
    alice = member("alice", ann)
    await alice.send_command("similar", photo=DRESS)
    await alice.tap("♡ 1")
    seen = await alice.send_command("similar", photo=DRESS)
    assert "♡ 1" in seen.buttons


async def test_of_a_group_it_is_not_kept_who_asked(ann: BareDriver, world: World) -> None:
    alice = member("alice", ann)
    await alice.send_command("similar", photo=DRESS)
    answer = await world.answers.get(action_of(alice, "♡ 1").split(":")[1])
    assert answer is not None
    assert answer.person_id == ""
    assert await world.people.forget("bare", "alice") == 0


async def test_a_photo_that_members_show_each_other_is_not_even_loaded(ann: BareDriver) -> None:
    async def never() -> bytes:
        raise AssertionError

    sender = member("alice", ann).sender
    shown = PhotoMessage(
        sender=sender, update_id="shown", photos=(PhotoRef(load=never),), addressed=False
    )
    assert await ann.answerer.answer(shown) == []


async def test_buttons_move_with_a_group(ann: BareDriver) -> None:
    alice = member("alice", ann)
    await alice.send_command("similar", photo=DRESS)
    action = action_of(alice, texts.MORE)
    moved: list[Reply] = await ann.answerer.answer(
        Migration(sender=alice.sender, update_id="moved", new_chat_id="friends2")
    )
    assert moved == []
    new = Sender(platform="bare", person_id="alice", chat_id="friends2", is_group=True)
    assert len((await BareDriver(ann.answerer, sender=new).tap_action(action)).album) == 5
