"""/broadcast: an operator sees a message as it will arrive, and sends it once, or not at all."""

from dataclasses import replace

import pytest

from bot.conversation.messages import Migration, Sender
from bot.conversation.texts import texts_in
from bot.conversation.wording import LANGUAGES
from tests.conversation.test_groups import boss_of, member_of
from tests.conversation.test_operators import OLGA, said
from tests.conversation.test_picks_delivery import Letterbox
from tests.scenarios.bare import BareDriver
from tests.scenarios.photos import garment
from tests.scenarios.world import Clock, World
from tests.support.english import texts

NEWS = "Three new shops: https://shop.example/new?a=1&b=2"
MESSAGE = f"{NEWS}\n\n{texts.BROADCAST_FOOT}"


@pytest.fixture
def olga(ann: BareDriver) -> BareDriver:
    return BareDriver(ann.answerer, sender=OLGA)


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


async def answered(world: World, *chats: str, groups: tuple[str, ...] = ()) -> None:
    """Everybody has shown the bot a photo."""
    conversation = world.conversation()
    for chat in chats:
        person = Sender(platform="bare", person_id=chat, chat_id=chat)
        await BareDriver(conversation, sender=person).send_photos([garment("red", "dress")])
    for chat in groups:
        await member_of(conversation, chat).send_command("find", "red dress")


async def test_an_operator_sees_it_as_it_will_arrive_and_who_will_get_it(
    world: World, olga: BareDriver, letterbox: Letterbox
) -> None:
    await answered(world, "ann", "bob", groups=("friends",))
    preview, reach = (await olga.send_command("broadcast", NEWS)).texts
    assert preview == MESSAGE
    assert "people: 2 · groups: 1" in reach
    buttons = [[one.label for one in keyboard] for keyboard in olga.keyboards]
    assert buttons == [
        [texts.BROADCASTS_NO_MORE],
        [texts.BROADCAST_SEND, texts.BROADCAST_DISCARD],
    ]
    assert await world.broadcast_post({"bare": letterbox}).run_due() == 0
    assert letterbox.got == []


async def test_a_double_tap_sends_it_once(
    world: World, olga: BareDriver, letterbox: Letterbox
) -> None:
    await answered(world, "ann", "bob")
    await olga.send_command("broadcast", NEWS)
    send = olga.keyboards[1][0].action
    assert send
    seen = await olga.tap(texts.BROADCAST_SEND)
    assert (seen.notices, seen.buttons) == ((texts.BROADCAST_BEGUN,), (texts.BROADCAST_STOP,))
    assert (await olga.tap_action(send)).notices == (texts.BROADCAST_BEGUN,)
    post = world.broadcast_post({"bare": letterbox})
    assert await post.run_due() == 2
    assert (await olga.tap_action(send)).notices == (texts.BROADCAST_BEGUN,)
    assert await post.run_due() == 0
    assert sorted(chat for chat, _ in letterbox.got) == ["ann", "bob"]
    for _, reply in letterbox.got:
        assert reply.text == MESSAGE
        assert [button.label for row in reply.buttons for button in row] == [
            texts.BROADCASTS_NO_MORE
        ]


async def test_what_is_discarded_is_never_sent(
    world: World, olga: BareDriver, letterbox: Letterbox
) -> None:
    await answered(world, "ann")
    await olga.send_command("broadcast", NEWS)
    send, discard = (button.action for button in olga.keyboards[1])
    assert send
    assert discard
    assert (await olga.tap(texts.BROADCAST_DISCARD)).notices == (texts.BROADCAST_DISCARDED,)
    for action in (send, discard):
        assert (await olga.tap_action(action)).notices == (texts.NO_LONGER_WORKS,)
    assert await world.broadcast_post({"bare": letterbox}).run_due() == 0
    assert said(await olga.send_command("broadcast")) == texts.BROADCAST_HOW_TO


async def test_the_command_alone_tells_how_it_goes_and_can_stop_it(
    world: World, olga: BareDriver, letterbox: Letterbox
) -> None:
    await answered(world, "ann", "bob")
    assert said(await olga.send_command("broadcast")) == texts.BROADCAST_HOW_TO
    await olga.send_command("broadcast", NEWS)
    await olga.tap(texts.BROADCAST_SEND)
    seen = await olga.send_command("broadcast")
    assert said(seen).splitlines() == [
        f"Going out: {texts.quoted(NEWS)}",
        "sent: 0 · failed: 0 · left: 2",
    ]
    assert seen.buttons == (texts.BROADCAST_STOP,)
    stop = olga.keyboards[-1][0].action
    assert stop
    seen = await olga.tap(texts.BROADCAST_STOP)
    assert (seen.notices, seen.buttons) == ((texts.BROADCAST_STOPPED,), ())
    assert (await olga.tap_action(stop)).notices == (texts.NO_LONGER_WORKS,)
    assert await world.broadcast_post({"bare": letterbox}).run_due() == 0
    seen = await olga.send_command("broadcast")
    assert said(seen).startswith(f"Stopped: {texts.quoted(NEWS)}\nsent: 0 · failed: 0 · left: 2")
    assert seen.buttons == ()


async def test_another_waits_until_it_is_over_and_any_operator_may_stop_it(
    world: World, letterbox: Letterbox, clock: Clock
) -> None:
    await answered(world, "ann")
    world.operators.append("bare:otto")
    conversation = world.conversation()
    olga = BareDriver(conversation, sender=OLGA)
    otto = BareDriver(conversation, sender=replace(OLGA, person_id="otto", chat_id="otto"))
    await otto.send_command("broadcast", "Other news")
    await olga.send_command("broadcast", NEWS)
    await olga.tap(texts.BROADCAST_SEND)
    assert said(await otto.send_command("broadcast", "More")) == texts.BROADCAST_BUSY
    assert (await otto.tap(texts.BROADCAST_SEND)).notices == (texts.BROADCAST_BUSY,)
    await otto.send_command("broadcast")
    assert (await otto.tap(texts.BROADCAST_STOP)).notices == (texts.BROADCAST_STOPPED,)
    clock.go(minutes=1)
    assert (await otto.tap(texts.BROADCAST_SEND)).notices == (texts.BROADCAST_BEGUN,)
    assert await world.broadcast_post({"bare": letterbox}).run_due() == 1
    assert letterbox.got[0][1].text.startswith("Other news")
    assert "Sent: " in said(await olga.send_command("broadcast"))


async def test_others_are_told_kindly_and_send_nothing(
    world: World, olga: BareDriver, ann: BareDriver
) -> None:
    await answered(world, "ann")
    refusal = texts.for_operators("bare:ann")
    for text in ("", NEWS):
        assert said(await ann.send_command("broadcast", text)) == refusal
    await olga.send_command("broadcast", NEWS)
    for button in olga.keyboards[1]:
        assert button.action
        assert (await ann.tap_action(button.action)).notices == (refusal,)
    await olga.tap(texts.BROADCAST_SEND)
    stop = olga.keyboards[1][0].action
    assert stop
    assert (await ann.tap_action(stop)).notices == (refusal,)
    assert "Going out" in said(await olga.send_command("broadcast"))


async def test_in_a_group_an_operator_is_asked_into_private(ann: BareDriver) -> None:
    sender = replace(OLGA, chat_id="friends", is_group=True)
    olga = BareDriver(ann.answerer, sender=sender)
    for text in ("", NEWS):
        seen = await olga.send_command("broadcast", text)
        assert (seen.texts, seen.buttons) == ((texts.PRIVACY_ALONE,), ())


async def test_what_is_too_long_for_a_message_is_refused_and_the_longest_fits_in_any_language(
    olga: BareDriver,
) -> None:
    assert said(await olga.send_command("broadcast", "x" * 1803)) == texts.broadcast_too_long(3)
    assert said(await olga.send_command("broadcast", "*" * 901)) == texts.broadcast_too_long(2)
    for language in LANGUAGES:
        await olga.send_command("language", language)
        preview, _ = (await olga.send_command("broadcast", "x" * 1800)).texts
        assert preview.endswith(texts_in(language).BROADCAST_FOOT)
        assert len(preview) <= 2000


async def test_signs_that_hide_or_turn_words_around_are_left_out(olga: BareDriver) -> None:
    preview, _ = (
        await olga.send_command("broadcast", "New\u202e\x00 <b>shop</b>\n*now*\ud800")
    ).texts
    assert preview == f"New <b>shop</b>\n*now*\n\n{texts.BROADCAST_FOOT}"
    assert said(await olga.send_command("broadcast", "\u202e \x00")) == texts.BROADCAST_HOW_TO


@pytest.mark.parametrize("key", ["x", "send", "send-", "send-x", f"stop-{'9' * 40}", "send--1"])
async def test_a_forged_button_does_nothing(olga: BareDriver, key: str) -> None:
    assert (await olga.tap_action(f"broadcast:{key}")).notices == (texts.NO_LONGER_WORKS,)


# Who wants none -----------------------------------------------------------------------------


async def test_one_tap_ends_them_for_a_person_and_another_brings_them_back(
    world: World, olga: BareDriver, ann: BareDriver
) -> None:
    await answered(world, "ann", "bob")
    seen = await ann.tap_action("broadcast:off")
    assert (seen.notices, seen.buttons) == ((texts.BROADCASTS_OFF,), (texts.BROADCASTS_AGAIN,))
    assert "people: 1 ·" in said(await olga.send_command("broadcast", NEWS))
    seen = await ann.tap_action("broadcast:on")
    assert (seen.notices, seen.buttons) == ((texts.BROADCASTS_ON,), (texts.BROADCASTS_NO_MORE,))
    assert "people: 2 ·" in said(await olga.send_command("broadcast", NEWS))


async def test_in_a_group_only_its_admins_end_them(world: World, olga: BareDriver) -> None:
    await answered(world, groups=("friends",))
    conversation = world.conversation()
    bob, boss = member_of(conversation), boss_of(conversation)
    assert (await bob.tap_action("broadcast:off")).notices == (texts.SETTINGS_FOR_ADMINS,)
    assert "groups: 1" in said(await olga.send_command("broadcast", NEWS))
    assert (await boss.tap_action("broadcast:off")).notices == (texts.BROADCASTS_OFF,)
    assert "groups: 0" in said(await olga.send_command("broadcast", NEWS))
    assert (await bob.tap_action("broadcast:on")).notices == (texts.SETTINGS_FOR_ADMINS,)


async def test_a_group_that_gets_another_id_is_still_left_alone(
    world: World, olga: BareDriver
) -> None:
    await answered(world, groups=("friends",))
    conversation = world.conversation()
    boss = boss_of(conversation)
    await boss.tap_action("broadcast:off")
    moved = Migration(sender=boss.sender, update_id="moved", new_chat_id="friends-2")
    await conversation.answer(moved)
    assert "groups: 0" in said(await olga.send_command("broadcast", NEWS))
