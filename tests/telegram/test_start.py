"""Starting and stopping, and what stays out of the log."""

import asyncio
import logging
from dataclasses import replace
from typing import Any

import pytest
from pydantic import SecretStr

from bot.conversation.messages import Reply
from bot.conversation.wording import LANGUAGES
from bot.settings import TelegramSettings
from bot.telegram.adapter import TelegramBot
from core.errors import ConfigurationError
from tests.support.answers import ScriptedAnswerer
from tests.support.telegram_server import TOKEN, TelegramServer
from tests.telegram.conftest import SPEED, TUNING, Drawer, Launch, settings

SECRET = TOKEN.partition(":")[2]


def bot_with(given: TelegramSettings, **tuning: float) -> TelegramBot:
    answerer = ScriptedAnswerer(lambda _: [Reply(text="Hello")])
    return TelegramBot(given, answerer, Drawer(), tuning=replace(TUNING, **tuning))


async def test_a_wrong_token_is_a_wrong_setting_and_is_not_shown(telegram: TelegramServer) -> None:
    wrong = settings(telegram).model_copy(update={"token": SecretStr("42:a-wrong-secret")})
    with pytest.raises(ConfigurationError, match="TWINSET_TELEGRAM_TOKEN") as caught:
        await bot_with(wrong).start()
    assert "wrong-secret" not in f"{caught.value} {caught.value.__cause__}"


@pytest.mark.parametrize("token", [None, "", "  ", "42:two words", "42:a/../b", "42:ü"])
def test_what_can_be_no_token_is_a_wrong_setting(token: str | None) -> None:
    given = TelegramSettings(token=SecretStr(token) if token is not None else None)
    with pytest.raises(ConfigurationError):
        bot_with(given)


async def test_a_bot_that_starts_before_its_connection_is_up_answers_when_it_is() -> None:
    async with TelegramServer(speed=SPEED) as first:
        given, port = settings(first), int(first.root.rpartition(":")[2])
    async with bot_with(given) as bot:
        await asyncio.sleep(0.1)
        async with TelegramServer(speed=SPEED, port=port) as telegram:
            await telegram.listening()
            chat = telegram.private()
            await chat.send_text("hello")
            await chat.got(1)
            await bot.stop()


@pytest.mark.parametrize("method", ["getMe", "setMyCommands", "deleteWebhook"])
async def test_a_failure_while_connecting_is_tried_again(
    method: str, telegram: TelegramServer, launch: Launch
) -> None:
    telegram.fail(method, status=502, times=2)
    await launch()
    chat = telegram.private()
    await chat.send_text("hello")
    await chat.got(1)


@pytest.mark.parametrize("method", ["getMe", "setMyCommands"])
async def test_starting_does_not_wait_long_for_a_silent_telegram(
    method: str, telegram: TelegramServer
) -> None:
    telegram.fail(method, delay_s=5)
    bot = bot_with(settings(telegram), request_s=0.5)
    async with asyncio.timeout(3):
        await bot.start()
    chat = telegram.private()
    await chat.send_text("hello")
    await chat.got(1)
    await bot.stop()


@pytest.mark.parametrize(
    "failure",
    [
        {"retry_after_s": 600, "times": 99},
        {"status": 400, "description": "Bad Request: BOT_COMMAND_INVALID", "times": 99},
        {"status": 502, "times": 99},
    ],
    ids=["told to wait", "refused", "502"],
)
async def test_commands_that_cannot_be_published_keep_nobody_waiting(
    failure: dict[str, Any], telegram: TelegramServer, launch: Launch
) -> None:
    telegram.fail("setMyCommands", **failure)
    bot = await launch()
    chat = telegram.private()
    await chat.send_text("hello")
    await chat.got(1)
    async with asyncio.timeout(2):
        await bot.stop()


@pytest.mark.parametrize("failure", [{"retry_after_s": 0.3}, {"status": 502}])
async def test_commands_are_published_as_soon_as_they_can_be(
    failure: dict[str, Any], telegram: TelegramServer, launch: Launch
) -> None:
    telegram.fail("setMyCommands", times=3, **failure)
    await launch(limits=replace(TUNING.limits, retries=0, patience_s=0.1))
    await telegram.until(lambda: ("all_chat_administrators", None, "hi") in telegram.commands)
    assert telegram.failures == []
    assert len(telegram.commands) == 3 * len(LANGUAGES)


async def test_commands_that_telegram_refuses_are_left_and_the_others_published(
    telegram: TelegramServer, launch: Launch, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail("setMyCommands", status=400, description="Bad Request: BOT_COMMAND_INVALID")
    await launch()
    await telegram.until(lambda: ("all_chat_administrators", None, "hi") in telegram.commands)
    assert len(telegram.commands) == 2 * len(LANGUAGES)
    assert "keeps the commands for everybody" in caplog.text


async def test_stopping_twice_or_before_the_start_is_nothing(telegram: TelegramServer) -> None:
    bot = bot_with(settings(telegram))
    await bot.stop()
    await bot.start()
    await bot.stop()
    await bot.stop()


async def test_nothing_that_people_write_is_logged_even_when_debugging(
    telegram: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with bot_with(settings(telegram)):
        chat = telegram.private()
        await chat.send_text("words of a person")
        await chat.got(1)
    assert "words of a person" not in caplog.text
    assert str(chat.id) not in caplog.text


async def test_the_token_is_in_no_log_record(
    telegram: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    log = logging.getLogger("anybody")
    before = logging.getLogRecordFactory()
    async with bot_with(settings(telegram)):
        chat = telegram.private()
        await chat.send_text("hello")
        await chat.got(1)
        telegram.fail("sendMessage", is_dropped=True, times=99)
        await chat.send_text("hello")
        await telegram.until(lambda: "no answer sent" in caplog.text)
        log.warning("GET %s%s/getMe", telegram.api_base, TOKEN)
        log.warning("encoded: 4242%%3A%s", SECRET)
        log.warning("by name: %(url)s", {"url": TOKEN})
        try:
            raise ValueError(TOKEN)
        except ValueError:
            log.exception("a library failed")
    assert SECRET not in caplog.text
    assert "[token]" in caplog.text
    assert "a library failed" in caplog.text
    assert logging.getLogRecordFactory() is before
    assert not [one for one in caplog.records if one.name.startswith("http")]
