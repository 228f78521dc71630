"""Commands and taps: acknowledged at once, answered when the answer is there."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import discord

from bot.conversation.messages import (
    Answerer,
    Button,
    OtherKind,
    PhotoRef,
    Pictures,
    Reply,
    Sender,
    TapMessage,
)
from bot.conversation.unfinished import Journal
from bot.discord import incoming
from bot.discord.buttons import view_of
from bot.discord.errors import UNKNOWN_MESSAGE, translated
from bot.discord.locales import Locales
from bot.discord.owning_up import noted
from bot.discord.rendering import Rendered
from bot.discord.sending import Answering, acknowledge, patiently, send
from bot.discord.text import literal
from bot.recent import Recent
from core.errors import FetchFailed, Undeliverable

_log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]
Rows = Sequence[Sequence[Button]]
_NOTICE_LIMIT = 200
_KEEPS = {"subscribe", "unsubscribe", "language"}


class Interactions:
    """Answers interactions. In company, what it says is seen by the one who asked alone."""

    def __init__(
        self,
        answerer: Answerer,
        pictures: Pictures,
        answering: Answering,
        locales: Locales,
        journal: Journal,
    ) -> None:
        self._answerer = answerer
        self._journal = journal
        self._pictures = pictures
        self._answering = answering
        self._locales = locales
        # A resumed gateway tells again what has its answer, or will have it.
        self._seen = Recent()

    async def command(
        self,
        interaction: Interaction,
        name: str,
        *,
        argument: str = "",
        shown: Iterable[PhotoRef | OtherKind] = (),
    ) -> None:
        """Answer a slash command or a context menu; the first reply fills the deferred one."""
        if not self._seen.is_new(interaction.id):
            return
        with self._answering.one():
            # Whether the answer is ephemeral is settled here, before it is known.
            await acknowledge(
                interaction, ephemeral=not incoming.in_private(interaction), thinking=True
            )
            self._locales.hear(interaction)
            sender = await _sender(interaction, name)
            message = incoming.command(
                interaction, name, sender=sender, argument=argument, shown=shown
            )
            async with noted(self._journal, message, interaction):
                await self._fill(interaction, await self._answerer.answer(message))

    async def tap(self, interaction: Interaction, action: str) -> None:
        """Answer a tap on a button of an earlier message, however old."""
        if not self._seen.is_new(interaction.id):
            return
        with self._answering.one():
            await acknowledge(interaction)
            self._locales.hear(interaction)
            message = TapMessage(
                sender=incoming.sender_of(interaction),
                update_id=str(interaction.id),
                action=action,
            )
            async with noted(self._journal, message, interaction):
                for reply in await self._answerer.answer(message):
                    await self._answer_tap(interaction, reply)

    async def _fill(self, interaction: Interaction, replies: Iterable[Reply]) -> None:
        filled = False
        for reply in replies:
            if reply.notice and not reply.text:
                reply = replace(reply, text=reply.notice)  # noqa: PLW2901 - nothing to toast
            filled = await self._say(interaction, reply, first=not filled) or filled
        if not filled:
            await patiently(interaction.delete_original_response)

    async def _answer_tap(self, interaction: Interaction, reply: Reply) -> None:
        if reply.replaces_buttons:
            _check_time(interaction)
            await _replace_buttons(interaction, reply.buttons)
            reply = replace(reply, buttons=())
        if reply.notice:
            _check_time(interaction)
            notice = literal(reply.notice, limit=_NOTICE_LIMIT)
            await patiently(lambda: interaction.followup.send(notice, ephemeral=True))
        await self._say(interaction, reply, first=reply.replaces_message)

    async def _say(self, interaction: Interaction, reply: Reply, *, first: bool) -> bool:
        """Show a reply, the ``first`` in the message that is there: the deferred or the tapped."""
        ephemeral = reply.private or not (incoming.in_private(interaction) or reply.shared)

        async def call(rendered: Rendered) -> bool:
            _check_time(interaction)
            if first and await _replace_message(interaction, rendered):
                return True
            await interaction.followup.send(**rendered.arguments(), ephemeral=ephemeral)
            return True

        sent = await send(
            reply,
            call,
            pictures=self._pictures,
            file_limit_bytes=interaction.filesize_limit,
        )
        return bool(sent)


async def _replace_buttons(interaction: Interaction, rows: Rows) -> None:
    """Put other buttons under the tapped message; that this fails costs nothing else."""
    view = view_of(rows)
    try:
        with translated():
            await patiently(lambda: interaction.edit_original_response(view=view))
    except (FetchFailed, Undeliverable) as error:
        _log.info("Discord: buttons stay as they are: %s", error)


async def _replace_message(interaction: Interaction, rendered: Rendered) -> bool:
    """Fill the deferred message, or the tapped one; False where it was deleted meanwhile."""
    try:
        await interaction.edit_original_response(**rendered.arguments(files="attachments"))
    except discord.NotFound as error:
        if error.code != UNKNOWN_MESSAGE:
            raise
        return False
    return True


def _check_time(interaction: Interaction) -> None:
    if interaction.is_expired():
        raise Undeliverable("The interaction is older than 15 minutes.")


async def _sender(interaction: Interaction, name: str) -> Sender:
    sender = incoming.sender_of(interaction)
    reachable = incoming.in_private(interaction) or interaction.is_guild_integration()
    if reachable or name not in _KEEPS:
        return sender
    # Installed by this person alone, the bot can answer here but never write here by itself:
    # what it keeps is theirs.
    channel = await patiently(interaction.user.create_dm)
    return replace(sender, chat_id=str(channel.id), is_group=False)
