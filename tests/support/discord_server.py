"""A loopback Discord: REST and gateway on one port, with the limits of the real one.

Everything goes over the network, so the bot may be another process: give it ``api_base`` and
``gateway``. People are made by ``person``; see ``discord_people`` for what they do.
"""

import asyncio
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.support import discord_gateway
from tests.support.discord_gateway import Gateway
from tests.support.discord_messages import now, user_payload
from tests.support.discord_people import Exchange, Person
from tests.support.discord_rest import Failure, Rest
from tests.support.discord_rules import Refused
from tests.support.discord_world import DM, GROUP_DM, TEXT, Channel, World

_GATEWAY_MESSAGE_CONTENT = 1 << 18  # a flag of the application's
__all__ = ["DM", "GROUP_DM", "TEXT", "Channel", "DiscordServer"]


class DiscordServer:
    """Serves while its context is open.

    ``answer_within_s`` is how long an interaction waits for its callback, ``followups_for_s`` how
    long its token lives. ``refused`` collects what broke a limit: it should stay empty.
    """

    def __init__(
        self,
        *,
        token: str = "discord-token",  # noqa: S107 - nobody's
        answer_within_s: float = 3.0,
        followups_for_s: float = 900.0,
    ) -> None:
        self.token = token
        self.world = World()
        self.rest = Rest(
            self.world,
            token=token,
            answer_within_s=answer_within_s,
            followups_for_s=followups_for_s,
        )
        self.guild = self.world.snowflake()
        self.channel = self.world.add_channel(guild=self.guild)
        # A server that has not the bot, where a person brought it along.
        self.elsewhere = self.world.add_channel(guild=self.world.snowflake(), bot_may_write=False)
        self.sessions = Gateway(token=token, bot=self.world.bot)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 28, middlewares=[self.rest.middleware])
        app.add_routes([*self.rest.routes(), web.get("/gateway/", self.sessions.handle)])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        port = self._runner.addresses[0][1]
        self.world.root = f"http://127.0.0.1:{port}"
        self.api_base = f"{self.world.root}/api/v10"
        self.gateway = f"ws://127.0.0.1:{port}/gateway/"
        self.sessions.address = self.gateway
        self.sessions.guilds[self.guild] = self._guild_payload()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Be gone: nothing listens here any more."""
        runner, self._runner = self._runner, None
        if runner:
            await self.sessions.drop(code=1001)
            await runner.cleanup()

    @property
    def refused(self) -> list[Refused]:
        """What broke a limit or asked for what is not there."""
        return self.rest.refused

    @property
    def requests(self) -> list[tuple[str, str]]:
        """(method, path after ``/api/v10``) of every call."""
        return self.rest.requests

    @property
    def downloads(self) -> list[str]:
        """The files that were fetched."""
        return self.rest.downloads

    def person(self, name: str = "Ann", *, locale: str = "en-GB") -> Person:
        """A new person with a channel of direct messages."""
        person = Person(self, user_payload(self.world.snowflake(), name), locale=locale)
        person.dms = self.world.add_channel(kind=DM, person=person)
        self.world.people.append(person)
        return person

    async def connected(self, *, times: int = 1, max_wait_s: float = 10) -> None:
        """Wait for the ``times``-th new session, with its commands published."""
        await self.until(
            lambda: self.sessions.identified >= times and bool(self.world.commands),
            max_wait_s=max_wait_s,
        )

    async def resumed(self, *, times: int = 1, max_wait_s: float = 10) -> None:
        """Wait until a session was resumed for the ``times``-th time."""
        await self.until(lambda: self.sessions.resumed >= times, max_wait_s=max_wait_s)

    async def until(self, holds: Callable[[], bool], *, max_wait_s: float = 10) -> None:
        """Wait until something holds; ``TimeoutError`` when it does not come."""
        await self.world.until(holds, max_wait_s=max_wait_s)

    def fail(
        self,
        path: str,
        *,
        method: str = "*",
        status: int,
        code: int = 0,
        retry_after_s: float = 0.1,
        times: int = 1,
        lost: bool = False,
        via: bool = True,
        delay_s: float = 0.0,
    ) -> None:
        """Answer the next calls of a path (after ``/api/v10``, ``*`` for any) with an error.

        ``lost``: the call is carried out all the same, only its answer is lost. Without ``via`` a
        429 is one of Cloudflare's. A ``status`` of 0 is a connection that breaks. All that
        comes after ``delay_s``.
        """
        self.rest.failures.append(
            Failure(
                method=method,
                path=path,
                status=status,
                code=code,
                retry_after_s=retry_after_s,
                times=times,
                lost=lost,
                via=via,
                delay_s=delay_s,
            )
        )

    def show_all(self) -> None:
        """The bot's owner lets it see what people show each other, from its next start on."""
        self.rest.application["flags"] = _GATEWAY_MESSAGE_CONTENT
        self.sessions.allowed_privileged = discord_gateway.MESSAGE_CONTENT

    async def remove_channel(self, channel: Channel) -> None:
        del self.world.channels[channel.id]
        data = {**self.world.channel_payload(channel), "guild_id": channel.guild}
        await self.sessions.dispatch("CHANNEL_DELETE", data, intent=discord_gateway.GUILDS)

    async def remove_bot(self) -> None:
        """Put the bot out of the guild."""
        self.sessions.guilds.pop(self.guild)
        self.channel.bot_may_write = False
        await self.sessions.dispatch(
            "GUILD_DELETE", {"id": self.guild}, intent=discord_gateway.GUILDS
        )

    async def say(self, channel: Channel, data: dict[str, Any]) -> None:
        """A person's message, as much of it as the bot's intents show."""
        intent = (
            discord_gateway.GUILD_MESSAGES if channel.guild else discord_gateway.DIRECT_MESSAGES
        )
        session = self.sessions.latest
        mentioned = any(user["id"] == self.world.bot["id"] for user in data["mentions"])
        seen = dict(data)
        may_read = session and session.intents & discord_gateway.MESSAGE_CONTENT
        if channel.guild and not mentioned and not may_read:
            seen |= {"content": "", "attachments": [], "embeds": [], "components": []}
        if channel.bot_may_write:
            await self.sessions.dispatch("MESSAGE_CREATE", seen, intent=intent)

    async def interact(self, exchange: Exchange, data: dict[str, Any]) -> None:
        """Send an interaction and watch its three seconds."""
        await self.until(lambda: self.sessions.latest is not None)
        exchange.sent_at = time.monotonic()
        self.world.exchanges[exchange.token] = exchange
        await self.sessions.dispatch("INTERACTION_CREATE", data)
        asyncio.get_running_loop().call_later(self.rest.answer_within_s, self.world.changed.set)

    def _guild_payload(self) -> dict[str, Any]:
        me = {"user": self.world.bot, "roles": [], "joined_at": now(), "deaf": False, "mute": False}
        return {
            "id": self.guild,
            "name": "Friends of clothes",
            "owner_id": "1",
            "member_count": 2,
            "preferred_locale": "en-US",
            "features": [],
            "roles": [],
            "emojis": [],
            "members": [me | {"flags": 0}],
            "channels": [self.world.channel_payload(self.channel)],
            "threads": [],
        }
