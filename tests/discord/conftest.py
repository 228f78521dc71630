"""A bot that runs against a loopback Discord, one for each file of tests."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from pydantic import SecretStr

from bot.conversation.messages import Incoming, Reply
from bot.discord.adapter import DiscordBot
from bot.settings import DiscordSettings
from core.catalogue import Match
from tests.support.answers import ScriptedAnswerer, jpeg
from tests.support.discord_server import DiscordServer


class Pictures:
    """Every product has a picture but 3 and 66, which fails; 99's is too heavy for Discord."""

    async def jpeg(self, match: Match) -> bytes | None:
        if match.product.id == 66:
            raise OSError("the disk is broken")
        if match.product.id == 99:
            return bytes(11 * 1024 * 1024)
        return None if match.product.id == 3 else jpeg(size=(30 + match.product.id, 40))


@dataclass
class Chat:
    """The server, the bot and what the bot is told to answer."""

    server: DiscordServer
    bot: DiscordBot
    answerer: ScriptedAnswerer
    replies: list[Reply] = field(default_factory=list)
    expected_refusals: int = 0

    def answers(self, *replies: Reply) -> None:
        self.replies[:] = replies

    @property
    def heard(self) -> list[Incoming]:
        return self.answerer.heard


def settings_for(server: DiscordServer, *, token: str | None = None) -> DiscordSettings:
    return DiscordSettings(
        token=SecretStr(token or server.token), api_base=server.api_base, gateway=server.gateway
    )


@asynccontextmanager
async def running(server: DiscordServer) -> AsyncIterator[Chat]:
    """A connected bot."""
    replies: list[Reply] = []
    answerer = ScriptedAnswerer(lambda _: list(replies))
    identified = server.sessions.identified
    async with DiscordBot(settings_for(server), answerer, Pictures(), drain_s=2) as bot:
        await server.connected(times=identified + 1)
        yield Chat(server, bot, answerer, replies)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running_chat() -> AsyncIterator[Chat]:
    async with DiscordServer() as server, running(server) as chat:
        yield chat


@pytest.fixture
def chat(running_chat: Chat) -> Callable[[], Chat]:
    """The file's bot, which must not break a limit of Discord's."""
    running_chat.answers()
    running_chat.heard.clear()
    running_chat.server.refused.clear()
    running_chat.server.downloads.clear()
    running_chat.expected_refusals = 0
    yield running_chat
    assert len(running_chat.server.refused) == running_chat.expected_refusals, (
        running_chat.server.refused
    )
