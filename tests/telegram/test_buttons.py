"""Taps: every one is acknowledged, whatever becomes of it."""

import asyncio
from typing import Any

import pytest

from bot.conversation.messages import Button, Incoming, Reply, TapMessage
from tests.support.answers import ScriptedAnswerer, album_reply, card, jpeg
from tests.support.telegram_people import Received
from tests.support.telegram_server import TelegramServer
from tests.telegram.conftest import Launch, SlowAnswerer

ROWS = ((Button(label="♡ 1", action="like:1"), Button(label="More", action="more:1")),)
LIKED = ((Button(label="♥ 1", action="like:1"), Button(label="More", action="more:1")),)


def script(message: Incoming) -> list[Reply]:
    if not isinstance(message, TapMessage):
        return [Reply(text="Dress", buttons=ROWS)]
    match message.action:
        case "like:1":
            return [Reply(notice="Liked " + "x" * 300, buttons=LIKED, replaces_buttons=True)]
        case _:
            return [album_reply(2)]


async def shown(telegram: TelegramServer, launch: Launch) -> Received:
    await launch(script)
    chat = telegram.private()
    await chat.send_photo(jpeg())
    return (await chat.got(1))[0]


async def test_a_tap_is_answered_by_a_notice_and_other_buttons(
    telegram: TelegramServer, launch: Launch
) -> None:
    message = await shown(telegram, launch)
    tap = await message.chat.tap(message, "♡ 1")
    await telegram.until(lambda: message.labels == ["♥ 1", "More"])
    assert tap.notice is not None
    assert tap.notice.startswith("Liked")
    assert len(message.chat.received) == 1
    assert telegram.faults == []


async def test_the_same_tap_twice_changes_nothing_and_is_no_error(
    telegram: TelegramServer, launch: Launch
) -> None:
    message = await shown(telegram, launch)
    taps = [await message.chat.tap(message, "♡ 1") for _ in range(2)]
    await telegram.until(lambda: all(tap.answered for tap in taps))
    await telegram.until(lambda: len(telegram.made("editMessageReplyMarkup")) == 2)
    await telegram.until(lambda: any("not modified" in one.description for one in telegram.refused))
    assert message.labels == ["♥ 1", "More"]


async def test_a_tap_may_be_answered_by_a_message(telegram: TelegramServer, launch: Launch) -> None:
    message = await shown(telegram, launch)
    tap = await message.chat.tap(message, "More")
    messages = await message.chat.got(4)
    assert tap.answered
    assert tap.notice is None
    assert messages[3].labels[-1] == "More"


@pytest.mark.parametrize(
    "refused",
    [
        None,
        {"status": 400, "description": "message can't be edited", "times": 9},
        {"status": 403, "description": "Forbidden: not here", "times": 9},
        {"retry_after_s": 600},
    ],
)
async def test_a_picture_is_changed_in_its_place_or_else_sent_anew(
    telegram: TelegramServer, launch: Launch, refused: dict[str, Any] | None
) -> None:
    def outfit(message: Incoming) -> list[Reply]:
        is_tap = isinstance(message, TapMessage)
        swap = Button(label="⇄ Bag", action=f"swap:{is_tap}")
        buy = Button(label="Buy 1", url="http://localhost:8081/bag")
        return [
            Reply(
                text="An outfit",
                picture=jpeg("navy" if is_tap else "red"),
                album=(card(2 if is_tap else 1),),
                buttons=((buy, swap),),
                replaces_message=is_tap,
            )
        ]

    await launch(outfit)
    chat = telegram.private()
    await chat.send_photo(jpeg())
    (message,) = await chat.got(1)
    assert message.text.bold == ("1. Navy dress 1",)
    assert message.labels == ["⇄ Bag"]
    if refused:
        telegram.fail("editMessageMedia", **refused)
    tap = await chat.tap(message, "⇄ Bag")
    if refused:
        message = (await chat.got(2))[1]
    await telegram.until(lambda: message.text.bold == ("2. Navy dress 2",))
    await telegram.until(lambda: tap.answered)
    red, _, blue = message.image.convert("RGB").getpixel((9, 9))
    assert red < blue
    assert message.labels == ["⇄ Bag"]
    assert len(chat.received) == 1 + bool(refused)


async def test_in_a_group_the_answer_to_a_tap_replies_to_the_tapped_message(
    telegram: TelegramServer, launch: Launch
) -> None:
    answerer = ScriptedAnswerer(script)
    await launch(answerer=answerer)
    group = telegram.group()
    await group.send_text("/similar")
    (message,) = await group.got(1)
    who = telegram.user("Cem")
    await group.tap(message, "More", by=who)
    assert (await group.got(2))[1].reply_to == message.message_id
    assert answerer.heard[-1].sender.person_id == str(who["id"])


async def test_a_tap_on_an_old_message_works(telegram: TelegramServer, launch: Launch) -> None:
    message = await shown(telegram, launch)
    tap = await message.chat.tap(message, "♡ 1", is_old=True)
    await telegram.until(lambda: message.labels == ["♥ 1", "More"])
    assert tap.answered


async def test_a_tap_on_a_deleted_message_is_acknowledged(
    telegram: TelegramServer, launch: Launch
) -> None:
    message = await shown(telegram, launch)
    message.chat.received.clear()
    tap = await message.chat.tap(message, "♡ 1", is_old=True)
    await telegram.until(lambda: tap.answered and bool(telegram.refused))
    await message.chat.send_text("still there?")
    await message.chat.got(1)


async def test_a_tap_too_old_to_acknowledge_is_carried_out(
    telegram: TelegramServer, launch: Launch
) -> None:
    message = await shown(telegram, launch)
    telegram.fail(
        "answerCallbackQuery",
        status=400,
        description="Bad Request: query is too old and response timeout expired or query ID is "
        "invalid",
    )
    await message.chat.tap(message, "More")
    assert len(await message.chat.got(4)) == 4


async def test_a_tap_does_not_wait_for_the_same_persons_photo(
    telegram: TelegramServer, launch: Launch
) -> None:
    gate = asyncio.Event()

    class Slow(ScriptedAnswerer):
        async def answer(self, message: Incoming) -> list[Reply]:
            if not isinstance(message, TapMessage) and self.heard:
                await gate.wait()
            return await super().answer(message)

    await launch(answerer=Slow(script))
    chat = telegram.private()
    await chat.send_photo(jpeg())
    (message,) = await chat.got(1)
    await chat.send_photo(jpeg())
    tap = await chat.tap(message, "♡ 1")
    await telegram.until(lambda: tap.answered and message.labels[0] == "♥ 1")
    assert len(chat.received) == 1
    gate.set()
    await chat.got(2)


async def test_buttons_that_lead_to_this_machine_are_left_out_of_an_edit_too(
    telegram: TelegramServer, launch: Launch
) -> None:
    here = Button(label="Buy", url="http://localhost:8081/p/1")
    edit = Reply(buttons=((here,), *LIKED), replaces_buttons=True)
    await launch(
        lambda one: [edit] if isinstance(one, TapMessage) else [Reply(text="Dress", buttons=ROWS)]
    )
    chat = telegram.private()
    await chat.send_photo(jpeg())
    (message,) = await chat.got(1)
    await chat.tap(message, "♡ 1")
    await telegram.until(lambda: message.labels == ["♥ 1", "More"])


async def test_an_answer_that_takes_long_stops_the_spinning_first(
    telegram: TelegramServer, launch: Launch
) -> None:
    answerer = SlowAnswerer(script)
    await launch(answerer=answerer, tap_patience_s=0.1)
    chat = telegram.private()
    await chat.send_photo(jpeg())
    (message,) = await chat.got(1)
    answerer.slow_chats.add(str(chat.id))
    tap = await chat.tap(message, "♡ 1")
    await telegram.until(lambda: tap.answered)
    assert tap.notice is None
    assert message.labels == ["♡ 1", "More"]
    answerer.gate.set()
    assert (await chat.got(2))[1].text.plain.startswith("Liked")


async def test_an_answer_that_is_ready_while_the_tap_is_acknowledged_is_not_lost(
    telegram: TelegramServer, launch: Launch
) -> None:
    answerer = SlowAnswerer(script)
    await launch(answerer=answerer, tap_patience_s=0.05)
    chat = telegram.private()
    await chat.send_photo(jpeg())
    (message,) = await chat.got(1)
    answerer.slow_chats.add(str(chat.id))
    telegram.fail("answerCallbackQuery", delay_s=0.2)
    await chat.tap(message, "More")
    await telegram.until(lambda: bool(telegram.made("answerCallbackQuery")))
    answerer.gate.set()
    await chat.got(4)


async def test_a_tap_whose_answer_fails_stops_spinning(
    telegram: TelegramServer, launch: Launch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(message: Incoming) -> list[Reply]:
        if not isinstance(message, TapMessage):
            return script(message)
        raise ValueError("broken")

    await launch(failing)
    chat = telegram.private()
    await chat.send_photo(jpeg())
    (message,) = await chat.got(1)
    tap = await chat.tap(message, "More")
    await telegram.until(lambda: tap.answered and "broken" in caplog.text)


async def test_an_answer_does_not_wait_until_its_button_stops_spinning(
    telegram: TelegramServer, launch: Launch
) -> None:
    await launch(script, drain_s=0.1)
    chat = telegram.private()
    await chat.send_photo(jpeg())
    (message,) = await chat.got(1)
    telegram.fail("answerCallbackQuery", retry_after_s=25)
    await chat.tap(message, "More")
    await chat.got(4)


@pytest.mark.parametrize(
    "failure",
    [
        {"retry_after_s": 25},
        {"retry_after_s": 600},
        {"status": 500, "times": 99},
        {"status": 403, "description": "Forbidden: not here"},
    ],
    ids=["told to wait", "told to wait long", "500", "403"],
)
async def test_buttons_that_cannot_be_changed_cost_no_answer(
    failure: dict[str, Any], telegram: TelegramServer, launch: Launch
) -> None:
    gone = Reply(replaces_buttons=True)
    await launch(
        lambda one: [gone, album_reply(2)] if isinstance(one, TapMessage) else script(one),
        drain_s=0.1,
    )
    chat = telegram.private()
    await chat.send_photo(jpeg())
    (message,) = await chat.got(1)
    telegram.fail("editMessageReplyMarkup", **failure)
    await chat.tap(message, "More")
    await chat.got(4)


async def test_the_buttons_that_the_last_tap_brought_stay(
    telegram: TelegramServer, launch: Launch
) -> None:
    """Whatever the first is told to wait."""

    def counting(message: Incoming) -> list[Reply]:
        if not isinstance(message, TapMessage):
            return [Reply(text="Dress", buttons=ROWS)]
        label = f"{message.update_id}"
        return [Reply(buttons=((Button(label=label, action="x"),),), replaces_buttons=True)]

    await launch(counting)
    chat = telegram.private()
    await chat.send_photo(jpeg())
    (message,) = await chat.got(1)
    telegram.fail("editMessageReplyMarkup", retry_after_s=0.3)
    for label in ("♡ 1", "More"):
        await chat.tap(message, label)
    await telegram.until(lambda: len(telegram.made("editMessageReplyMarkup")) == 3)
    last = str(telegram.pushed[-1]["update_id"])
    await telegram.until(lambda: message.labels == [last])


async def test_at_the_end_a_tap_is_acknowledged_and_its_buttons_are_changed(
    telegram: TelegramServer, launch: Launch
) -> None:
    answerer = SlowAnswerer(script)
    bot = await launch(answerer=answerer)
    chat = telegram.private()
    await chat.send_photo(jpeg())
    (message,) = await chat.got(1)
    answerer.slow_chats.add(str(chat.id))
    telegram.fail("answerCallbackQuery", retry_after_s=0.3)
    telegram.fail("editMessageReplyMarkup", retry_after_s=0.1)
    tap = await chat.tap(message, "♡ 1")
    await telegram.until(lambda: len(answerer.heard) == 2)
    stopping = asyncio.create_task(bot.stop())
    await asyncio.sleep(0.05)
    answerer.gate.set()
    await stopping
    assert tap.answered
    assert message.labels == ["♥ 1", "More"]
