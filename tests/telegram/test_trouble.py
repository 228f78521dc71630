"""Answers arrive in spite of 429s, time-outs and lost connections, and nobody waits for others."""

import asyncio
import time

import pytest

from bot.conversation.messages import Incoming, Reply
from tests.support.answers import ScriptedAnswerer, album_reply, jpeg
from tests.support.english import texts
from tests.support.telegram_server import TelegramServer
from tests.telegram.conftest import SPEED, TUNING, Launch, SlowAnswerer


@pytest.mark.parametrize("method", ["sendMediaGroup", "sendMessage", "sendPhoto"])
@pytest.mark.parametrize(
    "failure",
    [
        {"retry_after_s": 0.05},
        {"status": 502, "description": "Bad Gateway"},
        {"status": 502, "page": "<html>502 Bad Gateway</html>"},
        {"status": 502, "page": "[]"},
        {"status": 200, "page": "{}"},
        {"status": 200, "page": "<html>Sign in</html>"},
        {"status": 500},
        {"is_dropped": True},
        {"delay_s": 0.7, "is_dropped": True},
    ],
    ids=[
        "429",
        "502",
        "a gateway's 502",
        "no object",
        "nothing",
        "a portal",
        "500",
        "dropped",
        "timed out",
    ],
)
async def test_an_answer_survives(
    failure: dict[str, object],
    method: str,
    telegram: TelegramServer,
    launch: Launch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    request_s = 0.5 if "delay_s" in failure else TUNING.request_s
    await launch(lambda _: [album_reply(1 if method == "sendPhoto" else 3)], request_s=request_s)
    chat = telegram.private()
    telegram.fail(method, times=2, **failure)
    await chat.send_photo(jpeg())
    answer = await chat.answer()
    assert answer.labels[-1] == "More"
    assert len(chat.received) == (2 if method == "sendPhoto" else 4)
    assert not [record for record in caplog.records if record.exc_info]


async def test_a_storm_of_429_loses_no_answer(launch: Launch, telegram: TelegramServer) -> None:
    await launch(lambda _: [album_reply(3)])
    telegram.fail("sendMediaGroup", retry_after_s=0.1, times=40)
    telegram.fail("sendMessage", retry_after_s=0.1, times=40)
    chats = [telegram.private(f"Person {number}") for number in range(20)]
    for chat in chats:
        await chat.send_photo(jpeg())
    for chat in chats:
        await chat.got(4, max_wait_s=60)


async def test_many_answers_to_one_chat_keep_to_one_message_a_second(
    launch: Launch, telegram: TelegramServer
) -> None:
    await launch(lambda _: [album_reply(5)])
    chat = telegram.private()
    begin = time.monotonic()
    for _ in range(8):
        await chat.send_photo(jpeg())
    await chat.got(48)
    assert time.monotonic() - begin >= (48 - 10) / SPEED
    texts = [at for at, one in enumerate(chat.received) if one.picture is None]
    assert texts == list(range(5, 48, 6)), "an answer's album and text stay together"
    assert telegram.faults == []


async def test_a_group_gets_at_most_twenty_messages_a_minute(
    launch: Launch, telegram: TelegramServer
) -> None:
    await launch()
    group = telegram.group()
    begin = time.monotonic()
    for _ in range(25):
        await group.send_text("/help", by=telegram.user("Cem"))
    await group.got(25)
    assert time.monotonic() - begin >= 60 / SPEED


async def test_a_chat_that_must_wait_does_not_hold_up_the_others(
    launch: Launch, telegram: TelegramServer
) -> None:
    await launch()
    slow, quick = telegram.private("Slow"), telegram.private("Quick")
    telegram.fail("sendMessage", chat_id=slow.id, retry_after_s=1)
    await slow.send_text("hello")
    await telegram.until(lambda: bool(telegram.refused))
    await quick.send_text("hello")
    await quick.got(1, max_wait_s=0.9)
    assert slow.received == []
    await slow.got(1)


async def test_a_chat_whose_answer_takes_long_does_not_hold_up_the_others(
    launch: Launch, telegram: TelegramServer
) -> None:
    answerer = SlowAnswerer(lambda _: [Reply(text="Hello")])
    await launch(answerer=answerer)
    slow = telegram.private("Slow")
    answerer.slow_chats.add(str(slow.id))
    await slow.send_photo(jpeg())
    chats = [telegram.private() for _ in range(20)]
    for chat in chats:
        await chat.send_text("hello")
    for chat in chats:
        await chat.got(1)
    await telegram.until(lambda: slow.actions.count("typing") >= 3)
    assert slow.received == []
    answerer.gate.set()
    await slow.got(1)


async def test_what_one_person_writes_is_answered_in_order(
    launch: Launch, telegram: TelegramServer
) -> None:
    class Uneven(ScriptedAnswerer):
        async def answer(self, message: Incoming) -> list[Reply]:
            text = getattr(message, "text", "")
            await asyncio.sleep(0.02 if int(text) % 2 else 0)
            return [Reply(text=text)]

    await launch(answerer=Uneven(lambda _: []))
    chat = telegram.private()
    for number in range(12):
        await chat.send_text(str(number))
    assert [one.text.plain for one in await chat.got(12)] == [str(n) for n in range(12)]


async def test_a_flood_from_one_person_leaves_room_for_others(
    launch: Launch, telegram: TelegramServer
) -> None:
    answerer = SlowAnswerer(lambda _: [Reply(text="Hello")])
    await launch(answerer=answerer)
    flooder, other = telegram.private("Flooder"), telegram.private("Other")
    answerer.slow_chats.add(str(flooder.id))
    for number in range(300):
        await flooder.send_text(str(number))
    await other.send_text("hello")
    await other.got(1)
    [refusal] = await flooder.got(1)
    assert refusal.text.plain == texts.busy(20)
    answerer.gate.set()
    await flooder.got(33)
    await flooder.send_text("sorry")
    await flooder.got(34)
    assert len(flooder.received) == 34


async def test_several_floods_leave_room_for_others(
    launch: Launch, telegram: TelegramServer
) -> None:
    answerer = SlowAnswerer(lambda _: [Reply(text="Hello")])
    await launch(answerer=answerer, handlers=8)
    flooders = [telegram.private() for _ in range(4)]
    answerer.slow_chats |= {str(chat.id) for chat in flooders}
    for number in range(20):
        for chat in flooders:
            await chat.send_text(str(number))
    other = telegram.private("Other")
    await other.send_text("hello")
    await other.got(1)
    answerer.gate.set()


async def test_a_group_that_shows_itself_many_photos_is_not_told_to_wait(
    launch: Launch, telegram: TelegramServer
) -> None:
    answerer = SlowAnswerer(lambda _: [])
    await launch(answerer=answerer)
    group = telegram.group()
    answerer.slow_chats.add(str(group.id))
    for _ in range(40):
        await group.send_photo(jpeg())
    await telegram.quiet()
    other = telegram.private("Other")
    await other.send_text("hello")
    await telegram.until(lambda: len(answerer.heard) == 2)
    answerer.gate.set()
    assert telegram.made("sendMessage") == []


async def test_no_more_than_so_many_are_answered_at_once_and_none_is_lost(
    launch: Launch, telegram: TelegramServer
) -> None:
    class Counting(ScriptedAnswerer):
        now = most = 0

        async def answer(self, message: Incoming) -> list[Reply]:
            self.now += 1
            self.most = max(self.most, self.now)
            await asyncio.sleep(0.01)
            self.now -= 1
            return await super().answer(message)

    answerer = Counting(lambda _: [Reply(text="Hello")])
    await launch(answerer=answerer, handlers=8)
    chats = [telegram.private() for _ in range(50)]
    for chat in chats:
        await chat.send_text("hello")
    for chat in chats:
        await chat.got(1)
    assert answerer.most == 8


async def test_asking_for_updates_survives_every_failure(
    launch: Launch, telegram: TelegramServer
) -> None:
    await launch()
    telegram.fail("getUpdates", is_dropped=True)
    telegram.fail("getUpdates", status=502, description="Bad Gateway")
    telegram.fail("getUpdates", retry_after_s=0.05)
    telegram.fail("getUpdates", status=409, description="Conflict: terminated by other request")
    telegram.fail("getUpdates", status=401, description="Unauthorized")
    chat = telegram.private()
    for count in range(1, 7):
        await chat.send_text("hello")
        await chat.got(count)
    assert telegram.failures == []


@pytest.mark.parametrize(
    ("status", "page"),
    [
        (200, "{}"),
        (200, "null"),
        (200, '{"ok":true,"result":true}'),
        (200, "<html>Sign in</html>"),
        (502, "[]"),
    ],
)
async def test_what_is_no_answer_of_telegrams_does_not_end_the_intake(
    status: int, page: str, launch: Launch, telegram: TelegramServer
) -> None:
    await launch()
    telegram.fail("getUpdates", status=status, page=page)
    chat = telegram.private()
    for count in (1, 2):
        await chat.send_text("hello")
        await chat.got(count)
    assert telegram.failures == []


async def test_an_answerer_that_fails_is_logged_and_the_next_message_is_answered(
    launch: Launch, telegram: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    replies = iter([ValueError("broken"), [Reply(text="Hello")]])

    def script(_: Incoming) -> list[Reply]:
        reply = next(replies)
        if isinstance(reply, Exception):
            raise reply
        return reply

    await launch(script)
    chat = telegram.private()
    await chat.send_text("one")
    await chat.send_text("two")
    await chat.got(1)
    assert "broken" in caplog.text


async def test_an_answer_to_somebody_who_blocked_the_bot_is_dropped_quietly(
    launch: Launch, telegram: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    answerer = SlowAnswerer(lambda _: [Reply(text="Hello")])
    await launch(answerer=answerer)
    chat = telegram.private()
    answerer.slow_chats.add(str(chat.id))
    await chat.send_text("hello")
    await telegram.until(lambda: bool(answerer.heard))
    chat.is_gone = True
    answerer.gate.set()
    await telegram.until(lambda: bool(telegram.made("sendMessage")))
    await telegram.until(lambda: "no answer sent" in caplog.text)
    assert len(telegram.made("sendMessage")) == 1


async def test_an_answer_follows_a_group_that_moved_meanwhile(
    launch: Launch, telegram: TelegramServer
) -> None:
    answerer = SlowAnswerer(lambda _: [album_reply(2)])
    await launch(answerer=answerer)
    group = telegram.group()
    answerer.slow_chats.add(str(group.id))
    await group.send_text("/similar")
    await telegram.until(lambda: bool(answerer.heard))
    new = await group.upgrade(quietly=True)
    answerer.gate.set()
    await new.got(3)
    assert getattr(answerer.heard[-1], "new_chat_id", None) == str(new.id)


async def test_at_the_end_what_is_begun_is_finished_and_the_rest_comes_again(
    launch: Launch, telegram: TelegramServer
) -> None:
    answerer = SlowAnswerer(lambda _: [Reply(text="Hello")])
    bot = await launch(answerer=answerer)
    chat = telegram.private()
    answerer.slow_chats.add(str(chat.id))
    await chat.send_text("hello")
    await telegram.until(lambda: bool(answerer.heard))
    stopping = asyncio.create_task(bot.stop())
    await asyncio.sleep(0.05)
    answerer.gate.set()
    await stopping
    assert len(chat.received) == 1
    assert telegram.updates == []
    await chat.send_text("later")
    await launch()
    await chat.got(2)
