"""Writing unasked: once at most, and the truth about what became of it."""

import asyncio
from dataclasses import replace

import pytest

from bot.conversation.messages import Migration, Reply
from core.errors import FetchFailed, Undeliverable
from tests.support.answers import ScriptedAnswerer, album_reply
from tests.support.telegram_server import TelegramServer
from tests.telegram.conftest import TUNING, Launch


async def test_a_delivery_returns_the_id_of_its_last_message(
    telegram: TelegramServer, launch: Launch
) -> None:
    bot = await launch()
    chat = telegram.private()
    message_id = await bot.deliver(str(chat.id), album_reply())
    assert message_id == str(chat.received[5].message_id)
    assert bot.platform == "telegram"


async def test_answers_go_before_what_nobody_asked_for(
    telegram: TelegramServer, launch: Launch
) -> None:
    bot = await launch(limits=replace(TUNING.limits, overall_period_s=0.4))
    chats = [telegram.private() for _ in range(150)]
    delivering = [
        asyncio.create_task(bot.deliver(str(chat.id), Reply(text="Good morning"))) for chat in chats
    ]
    await chats[0].got(1)
    asking = telegram.private()
    await asking.send_text("hello")
    await asking.got(1)
    assert sum(one.done() for one in delivering) < 100
    for one in delivering:
        one.cancel()
    await asyncio.gather(*delivering, return_exceptions=True)


async def test_a_chat_that_is_gone_is_undeliverable(
    telegram: TelegramServer, launch: Launch
) -> None:
    bot = await launch()
    blocked, left = telegram.private(), telegram.group()
    blocked.is_gone = left.is_gone = True
    for chat_id in (str(blocked.id), str(left.id), "123456", "not-a-number"):
        with pytest.raises(Undeliverable):
            await bot.deliver(chat_id, album_reply())


@pytest.mark.parametrize("failure", [{"retry_after_s": 0.02}, {"status": 502}])
async def test_a_delivery_is_repeated_then_given_up_for_later(
    failure: dict[str, float], telegram: TelegramServer, launch: Launch
) -> None:
    bot = await launch(limits=replace(TUNING.limits, patience_s=1))
    chat = telegram.private()
    telegram.fail("sendMessage", times=3, **failure)
    assert await bot.deliver(str(chat.id), Reply(text="Picks"))
    telegram.fail("sendMessage", times=99, **failure)
    with pytest.raises(FetchFailed):
        await bot.deliver(str(chat.id), Reply(text="Picks"))
    assert len(chat.received) == 1


async def test_a_long_wait_is_not_waited_for(telegram: TelegramServer, launch: Launch) -> None:
    bot = await launch()
    telegram.fail("sendMessage", retry_after_s=3600)
    with pytest.raises(FetchFailed) as caught:
        await bot.deliver(str(telegram.private().id), Reply(text="Picks"))
    assert (caught.value.status, caught.value.retry_after_s) == (429, 3600)


@pytest.mark.parametrize("method", ["sendMediaGroup", "sendMessage"])
async def test_what_may_have_arrived_is_not_sent_twice(
    method: str, telegram: TelegramServer, launch: Launch
) -> None:
    bot = await launch()
    chat = telegram.private()
    telegram.fail(method, is_lost=True)
    message_id = await bot.deliver(str(chat.id), album_reply(2))
    assert len(chat.received) == 3
    assert message_id == ("" if method == "sendMessage" else str(chat.received[2].message_id))


async def test_what_was_taken_but_not_told_by_telegram_is_not_sent_twice(
    telegram: TelegramServer, launch: Launch
) -> None:
    bot = await launch()
    chat = telegram.private()
    telegram.fail("sendMessage", status=200, page="{}")
    assert await bot.deliver(str(chat.id), Reply(text="Picks")) == ""
    assert len(telegram.made("sendMessage")) == 1


async def test_after_the_album_has_arrived_a_failure_does_not_ask_for_a_repeat(
    telegram: TelegramServer, launch: Launch
) -> None:
    bot = await launch()
    chat = telegram.private()
    telegram.fail("sendMessage", status=500, times=99)
    message_id = await bot.deliver(str(chat.id), album_reply(2))
    assert message_id == str(chat.received[1].message_id)


async def test_a_server_that_is_away_is_a_failure_for_later(
    telegram: TelegramServer, launch: Launch
) -> None:
    bot = await launch()
    chat = telegram.private()
    await telegram.__aexit__(None, None, None)
    with pytest.raises(FetchFailed):
        await bot.deliver(str(chat.id), Reply(text="Picks"))


async def test_a_delivery_follows_a_group_that_moved(
    telegram: TelegramServer, launch: Launch
) -> None:
    answerer = ScriptedAnswerer(lambda _: [])
    bot = await launch(answerer=answerer)
    group = telegram.group()
    new = await group.upgrade(quietly=True)
    assert await bot.deliver(str(group.id), Reply(text="Picks"))
    assert len(new.received) == 1
    (message,) = answerer.heard
    assert isinstance(message, Migration)
    assert (message.sender.chat_id, message.new_chat_id) == (str(group.id), str(new.id))


async def test_each_time_that_a_group_is_met_under_its_old_id_is_a_move_of_its_own(
    telegram: TelegramServer, launch: Launch
) -> None:
    """Answers are kept under the old one until it is known to be that."""
    answerer = ScriptedAnswerer(lambda _: [])
    bot = await launch(answerer=answerer)
    group = telegram.group()
    await group.upgrade(quietly=True)
    for _ in range(2):
        await bot.deliver(str(group.id), Reply(text="Picks"))
    first, second = answerer.heard
    assert first.update_id != second.update_id


async def test_deliveries_to_many_chats_go_side_by_side(
    telegram: TelegramServer, launch: Launch
) -> None:
    bot = await launch()
    chats = [telegram.private() for _ in range(40)]
    await asyncio.gather(*(bot.deliver(str(chat.id), album_reply(2)) for chat in chats))
    assert all(len(chat.received) == 3 for chat in chats)
    assert telegram.faults == []
