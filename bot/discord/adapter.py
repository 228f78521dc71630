"""The Discord bot as the rest of the app sees it."""

import asyncio
import logging
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import discord
from discord import app_commands

from bot.conversation.messages import Answerer, Pictures, Reply
from bot.conversation.unfinished import Forgetful, Journal, Left
from bot.discord.client import Client, prepare_library
from bot.discord.downloads import Downloads
from bot.discord.errors import translated
from bot.discord.incoming import PLATFORM
from bot.discord.owning_up import own_up
from bot.discord.rendering import Rendered
from bot.discord.sending import Answering, post_once, send
from bot.pacing import Window
from bot.settings import DiscordSettings
from core.errors import ConfigurationError, FetchFailed, TwinsetError, Undeliverable

_log = logging.getLogger(__name__)
_FIRST_PAUSE_S = 1.0
_LONGEST_PAUSE_S = 60.0
_UNASKED_PER_S = 20  # of the fifty calls a second that a bot has: the others are for answers


class DiscordBot:
    """Answers on Discord while its context is open, and delivers there unasked.

    Entering raises ``ConfigurationError`` when the token is missing or refused. A Discord that
    is away is waited for in the background.
    """

    def __init__(
        self,
        settings: DiscordSettings,
        answerer: Answerer,
        pictures: Pictures,
        *,
        journal: Journal | None = None,
        drain_s: float = 10.0,
        start_s: float = 8.0,
    ) -> None:
        """What a process left unanswered is known to the next by the ``journal``.

        Entering waits ``start_s`` for Discord, then goes on trying in the background.
        """
        self._settings = settings
        self._answerer = answerer
        self._pictures = pictures
        self._journal = journal or Forgetful()
        self._drain_s = drain_s
        self._start_s = start_s
        self._answering = Answering()
        self._downloads = Downloads()
        self._unasked = Window(_UNASKED_PER_S, 1.0)
        self._client: Client | None = None
        self._connection: asyncio.Task[None] | None = None
        self._owning_up: asyncio.Task[None] | None = None

    @property
    def platform(self) -> str:
        """Discord's name in ``Sender.platform``."""
        return PLATFORM

    async def __aenter__(self) -> Self:
        prepare_library(self._settings)
        await self._downloads.__aenter__()
        try:
            async with asyncio.timeout(self._start_s):
                await self._log_in()
        except FetchFailed as error:
            _log.warning("Discord is away; the bot keeps knocking: %s", error)
        except TimeoutError:
            _log.warning("Discord is silent; the bot keeps knocking")
        except BaseException:
            await self._downloads.__aexit__(None, None, None)
            raise
        left = await self._journal.left(PLATFORM)
        self._connection = asyncio.create_task(self._stay_connected(), name="discord")
        self._owning_up = asyncio.create_task(self._own_up(left))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # The exact reverse of a message's way: nothing comes in, what is in is answered.
        if ending := [task for task in (self._connection, self._owning_up) if task]:
            for task in ending:
                task.cancel()
            await asyncio.wait(ending)
        await self._answering.drained(max_wait_s=self._drain_s)
        await self._log_out()
        await self._downloads.__aexit__(kind, error, trace)

    async def deliver(self, chat_id: str, reply: Reply) -> str:
        """Post in a channel (a person's direct messages are one too); returns the message's id.

        The id is "" when the reply is empty, or may have arrived without our knowing. Raises
        ``Undeliverable`` when the channel is gone or closed to the bot, ``FetchFailed`` otherwise.
        """
        client = self._client
        if client is None or client.is_closed():
            raise FetchFailed("Discord is not connected.")
        if not chat_id.isdecimal():
            raise Undeliverable(f"{chat_id!r} is no channel of Discord's.")
        channel = client.get_partial_messageable(int(chat_id))

        async def post(rendered: Rendered) -> discord.Message | None:
            await self._unasked.turn(1)
            return await post_once(channel, rendered)

        message = await send(
            reply,
            post,
            pictures=self._pictures,
            file_limit_bytes=discord.utils.DEFAULT_FILE_SIZE_LIMIT_BYTES,
            pauses_s=(),  # nobody waits: it is delivered another time
        )
        return str(message.id) if message else ""

    async def _own_up(self, left: Sequence[Left]) -> None:
        # Where two versions overlap, the one before has this long to finish.
        await asyncio.sleep(self._drain_s)
        if self._client:
            await own_up(self._client, self._answerer, self._journal, left)

    async def _log_in(self) -> Client:
        token = self._settings.token
        if token is None or not token.get_secret_value().strip():
            raise ConfigurationError("Discord needs a bot token; set TWINSET_DISCORD_TOKEN.")
        client = Client(
            self._answerer, self._pictures, self._downloads, self._answering, self._journal
        )
        try:
            with translated():
                await client.login(token.get_secret_value())
        except BaseException:
            await client.close()
            raise
        self._client = client
        return client

    async def _log_out(self) -> None:
        client, self._client = self._client, None
        if client:
            await client.close()

    async def _stay_connected(self) -> None:
        pause_s = _FIRST_PAUSE_S
        while True:
            try:
                client = self._client or await self._log_in()
                await _serve(client)
            except ConfigurationError as error:
                _log.error("Discord stays off: %s", error)
                await self._log_out()
                return
            except TwinsetError as error:
                _log.warning("Discord is away, next try in %.0f s: %s", pause_s, error)
            except Exception:  # noqa: BLE001 - whatever the library trips over must not end the bot
                _log.exception("Discord failed, next try in %.0f s", pause_s)
            await self._log_out()
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)


async def _serve(client: Client) -> None:
    """Take in what happens until the connection is lost for good; publish the commands beside."""
    # Whoever uses one from before is answered meanwhile.
    publishing = asyncio.create_task(_publish_commands(client))
    try:
        with translated():
            # Returns never: lost connections are taken up again in there.
            await client.connect()
    finally:
        publishing.cancel()
        await asyncio.wait([publishing])


async def _publish_commands(client: Client) -> None:
    try:
        with translated():
            await client.tree.sync()
    except (TwinsetError, app_commands.AppCommandError) as error:
        _log.warning("Discord keeps the commands it had: %s", error)
    except Exception:  # noqa: BLE001 - the last stop of a task nobody awaits
        _log.exception("Discord keeps the commands it had")
