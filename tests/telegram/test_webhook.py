"""Updates by webhook: known by their secret, acknowledged at once, taken once."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from yarl import URL

from bot.conversation.messages import Answerer, Reply
from bot.telegram.adapter import TelegramBot
from core.errors import ConfigurationError
from tests.support.answers import ScriptedAnswerer, album_reply, jpeg
from tests.support.telegram_server import TelegramServer
from tests.telegram.conftest import TUNING, Drawer, SlowAnswerer, settings

HEADER = "X-Telegram-Bot-Api-Secret-Token"

Open = Callable[..., Awaitable[str]]


@pytest.fixture
async def listen(telegram: TelegramServer) -> AsyncIterator[Open]:
    """Run a bot behind a web server as the app does; returns the webhook's address."""
    async with AsyncExitStack() as stack:

        async def start(answerer: Answerer, *, handlers: int = 64) -> str:
            listening = socket.create_server(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{listening.getsockname()[1]}"
            tuning = replace(TUNING, handlers=handlers)
            bot = TelegramBot(
                settings(telegram, webhook_url=f"{url}/"), answerer, Drawer(), tuning=tuning
            )
            app = web.Application()
            app.add_routes(bot.webhook_routes())
            runner = web.AppRunner(app, shutdown_timeout=0.1)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            await web.SockSite(runner, listening).start()
            await stack.enter_async_context(bot)
            await telegram.listening()
            return str(telegram.webhook["url"])

        yield start


async def post(url: str, body: object, *, secret: str | None) -> int:
    headers = {} if secret is None else {HEADER: secret}
    data = body if isinstance(body, bytes) else None
    async with (
        aiohttp.ClientSession() as client,
        client.post(url, json=None if data else body, data=data, headers=headers) as answer,
    ):
        return answer.status


async def test_a_photo_by_webhook_is_answered(telegram: TelegramServer, listen: Open) -> None:
    url = await listen(ScriptedAnswerer(lambda _: [album_reply()]))
    assert url.endswith("/telegram")
    chat = telegram.private()
    await chat.send_photo(jpeg())
    assert len(await chat.got(6)) == 6
    assert telegram.webhook_answers == [200]
    assert telegram.made("getUpdates") == []
    assert telegram.faults == []


async def test_an_update_is_acknowledged_before_its_answer_is_ready(
    telegram: TelegramServer, listen: Open
) -> None:
    answerer = SlowAnswerer(lambda _: [Reply(text="Hello")])
    await listen(answerer)
    chat = telegram.private()
    answerer.slow_chats.add(str(chat.id))
    await chat.send_text("hello")
    await telegram.until(lambda: telegram.webhook_answers == [200])
    assert chat.received == []
    answerer.gate.set()
    await chat.got(1)


async def test_an_update_that_comes_again_is_acknowledged_and_not_answered_again(
    telegram: TelegramServer, listen: Open
) -> None:
    answerer = ScriptedAnswerer(lambda _: [Reply(text="Hello")])
    await listen(answerer)
    chat = telegram.private()
    await chat.send_text("hello")
    await chat.got(1)
    await telegram.push_again(telegram.pushed[0])
    await chat.send_text("another")
    await chat.got(2)
    await telegram.quiet()
    assert telegram.webhook_answers == [200, 200, 200]
    assert len(answerer.heard) == 2


async def test_a_part_of_an_album_that_comes_again_is_no_new_album(
    telegram: TelegramServer, listen: Open
) -> None:
    answerer = ScriptedAnswerer(lambda _: [Reply(text="Hello")])
    await listen(answerer)
    chat = telegram.private()
    await chat.send_album([jpeg(), jpeg()])
    await chat.got(1)
    await telegram.push_again(telegram.pushed[1])
    await telegram.quiet()
    await asyncio.sleep(2 * TUNING.album_quiet_s)
    assert len(answerer.heard) == 1


@pytest.mark.parametrize("secret", [None, "", "wrong", "naïve"])
async def test_without_the_secret_nobody_is_heard(
    secret: str | None, telegram: TelegramServer, listen: Open
) -> None:
    answerer = ScriptedAnswerer(lambda _: [])
    url = await listen(answerer)
    assert await post(url, {"update_id": 1}, secret=secret) == 403
    assert await post(url, b"{", secret=secret) == 403
    assert answerer.heard == []
    assert telegram.token.split(":")[1] not in telegram.webhook["secret_token"]


async def test_a_secret_that_is_no_text_is_none(listen: Open) -> None:
    url = URL(await listen(ScriptedAnswerer(lambda _: [])))
    reader, writer = await asyncio.open_connection(url.host, url.port)
    head = f"POST {url.path} HTTP/1.1\r\nHost: {url.host}\r\nContent-Length: 2\r\n{HEADER}: "
    writer.write(head.encode() + b"\xff\xfe\r\n\r\n{}")
    assert b" 403 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize(
    "body", [b"{", b"\xff\xfe", b"[]", b"null", b'{"update_id": "1"}', b"{}", b'{"a":' * 5000]
)
async def test_what_is_no_update_is_a_bad_request(
    body: bytes, telegram: TelegramServer, listen: Open
) -> None:
    url = await listen(ScriptedAnswerer(lambda _: []))
    assert await post(url, body, secret=telegram.webhook["secret_token"]) == 400


async def test_when_too_many_wait_telegram_is_asked_to_come_again_and_none_is_lost(
    telegram: TelegramServer, listen: Open
) -> None:
    answerer = SlowAnswerer(lambda _: [Reply(text="Hello")])
    url = await listen(answerer, handlers=2)
    chats = [telegram.private() for _ in range(20)]
    answerer.slow_chats |= {str(chat.id) for chat in chats}
    for chat in chats:
        await chat.send_text("hello")
    secret = telegram.webhook["secret_token"]
    posting = [asyncio.create_task(post(url, one, secret=secret)) for one in telegram.pushed]
    await telegram.until(lambda: any(one.done() and one.result() == 503 for one in posting))
    answerer.gate.set()
    for chat in chats:
        await chat.got(1)
    await telegram.quiet()
    assert 200 in await asyncio.gather(*posting)
    assert len(answerer.heard) == 20


async def test_what_was_not_taken_before_the_end_is_not_confirmed(
    telegram: TelegramServer,
) -> None:
    """So that Telegram sends it to the next process."""
    answerer = SlowAnswerer(lambda _: [])
    bot = TelegramBot(
        settings(telegram, webhook_url="https://bot.example"),
        answerer,
        Drawer(),
        tuning=replace(TUNING, handlers=1, drain_s=0.1),
    )
    app = web.Application()
    app.add_routes(bot.webhook_routes())
    async with TestServer(app) as server, bot:
        await telegram.listening()
        telegram.webhook["url"] = ""
        url, secret = str(server.make_url("/telegram")), telegram.webhook["secret_token"]
        chats = [telegram.private(), telegram.private()]
        for chat in chats:
            answerer.slow_chats.add(str(chat.id))
            await chat.send_text("hello")
        assert await post(url, telegram.pushed[0], secret=secret) == 200
        waiting = asyncio.create_task(post(url, telegram.pushed[1], secret=secret))
        await telegram.until(lambda: bool(answerer.heard))
        assert not waiting.done()
        await bot.stop()
        assert await waiting == 503
        assert await post(url, telegram.pushed[1], secret=secret) == 503


async def test_an_address_that_telegram_refuses_is_a_wrong_setting(
    telegram: TelegramServer,
) -> None:
    bot = TelegramBot(
        settings(telegram, webhook_url="http://bot.example"),
        ScriptedAnswerer(lambda _: []),
        Drawer(),
        tuning=TUNING,
    )
    with pytest.raises(ConfigurationError, match=r"TWINSET_TELEGRAM_WEBHOOK_URL.*https"):
        await bot.start()


async def test_polling_after_a_webhook_takes_it_away(telegram: TelegramServer) -> None:
    telegram.webhook = {"url": "https://old.example"}
    bot = TelegramBot(
        settings(telegram), ScriptedAnswerer(lambda _: [Reply(text="Hello")]), Drawer(),
        tuning=TUNING,
    )  # fmt: skip
    assert bot.webhook_routes() == []
    async with bot:
        chat = telegram.private()
        await chat.send_text("hello")
        await chat.got(1)
    assert telegram.webhook == {}
