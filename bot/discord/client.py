"""The gateway's events, each handed to whoever answers it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, nullcontext
from typing import Any

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.conversation.messages import Answerer, Incoming, PhotoMessage, Pictures
from bot.conversation.unfinished import Journal
from bot.discord.buttons import ActionButton, is_ours
from bot.discord.commands import Translator, command_tree
from bot.discord.downloads import Downloads
from bot.discord.errors import CANNOT_REPLY, translated
from bot.discord.incoming import departure, message_to
from bot.discord.interactions import Interactions
from bot.discord.locales import Locales
from bot.discord.owning_up import noted
from bot.discord.rendering import Rendered
from bot.discord.sending import Answering, send
from bot.pacing import Window
from bot.settings import DiscordSettings
from core.errors import TwinsetError

_log = logging.getLogger(__name__)
_MAX_RATE_LIMIT_WAIT_S = 60.0
_CALLS_PER_S = 28  # of the fifty that Discord takes from a bot; daily picks have twenty
_TYPING_EVERY_S = 8.0  # Discord shows it for ten seconds


def asked_intents(flags: discord.ApplicationFlags) -> discord.Intents:
    """What the bot asks to be told of.

    What people show each other only where its owner has switched that on, for servers that want
    every photo answered; nothing else that is privileged.
    """
    intents = discord.Intents.none()
    intents.guilds = intents.guild_messages = intents.dm_messages = True
    intents.message_content = flags.gateway_message_content or flags.gateway_message_content_limited
    return intents


def prepare_library(settings: DiscordSettings) -> None:
    """Point the library at the settings' addresses, and keep secrets out of its log."""
    # discord.py keeps both addresses on its classes, one pair a process; nowhere else are they
    # touched.
    Route.BASE = settings.api_base.rstrip("/")
    DiscordWebSocket.DEFAULT_GATEWAY = URL(settings.gateway)
    # The bot never speaks: that it could not needs no warning.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    # At DEBUG the library logs message bodies and the tokens of interactions.
    library = logging.getLogger("discord")
    if library.getEffectiveLevel() < logging.INFO:
        library.setLevel(logging.INFO)


class Client(discord.Client):
    """One connection's worth of the bot."""

    def __init__(
        self,
        answerer: Answerer,
        pictures: Pictures,
        downloads: Downloads,
        answering: Answering,
        journal: Journal,
    ) -> None:
        self._asked = asked_intents(discord.ApplicationFlags())
        super().__init__(
            intents=self._asked,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            max_ratelimit_timeout=_MAX_RATE_LIMIT_WAIT_S,
        )
        self._answerer = answerer
        self._pictures = pictures
        self._downloads = downloads
        self._answering = answering
        self._journal = journal
        self._calls = Window(_CALLS_PER_S, 1.0)
        self._locales = Locales()
        self._interactions = Interactions(answerer, pictures, answering, self._locales, journal)
        self.tree = command_tree(self, self._interactions, downloads)
        self.add_dynamic_items(ActionButton)

    async def setup_hook(self) -> None:
        """Before the first command is published."""
        await self.tree.set_translator(Translator())
        if self.application:
            # The library asks the gateway for what is in here when it connects.
            intents = asked_intents(self.application.flags)
            self._asked.message_content = intents.message_content

    async def tapped(self, interaction: discord.Interaction[Any], action: str) -> None:
        """A button of ours was tapped."""
        await self._interactions.tap(interaction, action)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Anything that was used; what is ours comes by other ways."""
        used: Mapping[str, Any] = {**(interaction.data or {})}
        custom_id = used.get("custom_id")
        if isinstance(custom_id, str) and not is_ours(custom_id):
            await self._interactions.tap(interaction, custom_id)

    async def on_message(self, message: discord.Message) -> None:
        """A message somewhere in sight."""
        if self.user is None:
            return
        language = self._locales.of(message.author.id)
        incoming = message_to(self.user, message, self._downloads, language=language)
        if incoming is None:
            return
        with self._answering.one():
            async with noted(self._journal, incoming, message):
                await self._answer(message, incoming)

    async def _answer(self, message: discord.Message, incoming: Incoming) -> None:
        unasked = isinstance(incoming, PhotoMessage) and not incoming.addressed
        async with nullcontext() if unasked else self._typing(message.channel):
            replies = await self._answerer.answer(incoming)
        for reply in replies:
            await send(
                reply,
                lambda rendered: self._respond(message, rendered),
                pictures=self._pictures,
                file_limit_bytes=_file_limit_bytes(message.guild),
            )

    async def _respond(self, message: discord.Message, rendered: Rendered) -> discord.Message:
        arguments = {**rendered.arguments(), "nonce": rendered.nonce}
        if message.guild:
            # In company it must be seen whom this answers; a deleted question is still answered.
            arguments["reference"] = message.to_reference(fail_if_not_exists=False)
            arguments["mention_author"] = False
        await self._calls.turn(1)
        try:
            return await message.channel.send(**arguments)
        except discord.HTTPException as error:
            if error.code != CANNOT_REPLY:
                raise
        await self._calls.turn(1)
        return await message.channel.send(**rendered.arguments(), nonce=rendered.nonce)

    @asynccontextmanager
    async def _typing(self, channel: discord.abc.Messageable) -> AsyncIterator[None]:
        showing = asyncio.create_task(self._show_typing(channel))
        try:
            yield
        finally:
            showing.cancel()

    async def _show_typing(self, channel: discord.abc.Messageable) -> None:
        try:
            with translated():
                while True:
                    await self._calls.turn(1)
                    await channel.typing()
                    await asyncio.sleep(_TYPING_EVERY_S)
        except TwinsetError:
            _log.debug("Discord does not show that we type")

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was put out of a server, or the server is no more."""
        for channel in (*guild.channels, *guild.threads):
            await self._answerer.answer(departure(channel.id))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel is no more."""
        await self._answerer.answer(departure(channel.id))

    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """A thread is no more."""
        await self._answerer.answer(departure(event.thread_id))


def _file_limit_bytes(guild: discord.Guild | None) -> int:
    return guild.filesize_limit if guild else discord.utils.DEFAULT_FILE_SIZE_LIMIT_BYTES
