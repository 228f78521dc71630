"""A bot on a loopback Telegram whose seconds are fifty times shorter.

Only a test of being given up waits as shortly: a busy machine may take seconds for anything.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from pydantic import SecretStr

from bot.conversation.messages import Answerer, Incoming, Pictures, Reply
from bot.settings import TelegramSettings
from bot.telegram.adapter import TelegramBot, Tuning
from bot.telegram.pace import Limits
from core.catalogue import Match
from tests.support.answers import ScriptedAnswerer, jpeg
from tests.support.telegram_server import TelegramServer

SPEED = 50
TUNING = Tuning(
    limits=Limits(
        overall_period_s=1 / SPEED,
        chat_every_s=1 / SPEED,
        group_period_s=60 / SPEED,
        backoff_s=1 / SPEED,
        patience_s=30,
        retries=5,
    ),
    album_quiet_s=0.15,
    poll_s=5,
    request_s=5,
    download_s=3,
    action_every_s=0.1,
    pause_s=0.02,
    drain_s=2,
    start_s=0.6,
)

Launch = Callable[..., Awaitable[TelegramBot]]


class Drawer:
    """Pictures in plain colours; counts how often each was asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.instead: dict[int, bytes | None] = {}

    async def jpeg(self, match: Match) -> bytes | None:
        number = match.product.id
        self.asked.append(number)
        return (
            self.instead[number] if number in self.instead else jpeg(f"hsl({number * 30},80%,50%)")
        )


class SlowAnswerer:
    """Answers each person only when told to."""

    def __init__(self, script: Callable[[Incoming], list[Reply]]) -> None:
        self._script = script
        self.heard: list[Incoming] = []
        self.gate = asyncio.Event()
        self.slow_chats: set[str] = set()

    async def answer(self, message: Incoming) -> list[Reply]:
        self.heard.append(message)
        if message.sender.chat_id in self.slow_chats:
            await self.gate.wait()
        return self._script(message)


def settings(telegram: TelegramServer, *, webhook_url: str | None = None) -> TelegramSettings:
    return TelegramSettings(
        token=SecretStr(telegram.token),
        api_base=telegram.api_base,
        file_base=telegram.file_base,
        webhook_url=webhook_url,
    )


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(speed=SPEED) as server:
        yield server


@pytest.fixture
def pictures() -> Drawer:
    return Drawer()


@pytest.fixture
async def launch(telegram: TelegramServer, pictures: Drawer) -> AsyncIterator[Launch]:
    """Start a bot that answers by a function (or is given an answerer); stopped at the end."""
    async with AsyncExitStack() as stack:

        async def start(
            script: Callable[[Incoming], list[Reply]] | None = None,
            *,
            answerer: Answerer | None = None,
            shown: Pictures = pictures,
            operators: Iterable[str] = (),
            **tuning: float,
        ) -> TelegramBot:
            answerer = answerer or ScriptedAnswerer(script or (lambda _: [Reply(text="Hello")]))
            bot = TelegramBot(
                settings(telegram),
                answerer,
                shown,
                operators=operators,
                tuning=replace(TUNING, **tuning),
            )
            await stack.enter_async_context(bot)
            await telegram.listening()
            return bot

        yield start
