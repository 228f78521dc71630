"""What a process had begun to answer on Discord, and an apology for what it left."""

import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import discord
from discord.http import Route

from bot.conversation.messages import Answerer, Incoming
from bot.conversation.unfinished import Journal, Left
from bot.discord.errors import translated
from bot.discord.incoming import PLATFORM
from bot.discord.text import literal
from core.errors import TwinsetError

_log = logging.getLogger(__name__)
_LIMIT = 2000

Say = Callable[[str], Awaitable[None]]


@asynccontextmanager
async def noted(
    journal: Journal, message: Incoming, origin: discord.Message | discord.Interaction[Any]
) -> AsyncIterator[None]:
    """Answer in here; what is broken off by a stop stays in the journal."""
    note = await journal.begin(message, _place(origin))
    try:
        yield
    except Exception:
        await journal.end(PLATFORM, note)
        raise
    await journal.end(PLATFORM, note)


async def own_up(
    client: discord.Client, answerer: Answerer, journal: Journal, left: Sequence[Left]
) -> None:
    """Apologise for what is left: to each interaction, and once to each person in a channel."""
    told: set[tuple[str, str]] = set()
    for one in left:
        who = (one.message.sender.chat_id, one.message.sender.person_id)
        place = json.loads(one.place)
        if not await journal.end(PLATFORM, one.note) or (who in told and "token" not in place):
            continue
        told.add(who)
        say = _way_back(client, place)
        try:
            with translated():
                for reply in await answerer.answer(one.message):
                    await say(literal(reply.text, limit=_LIMIT))
        except TwinsetError as error:
            _log.info("An apology was not sent: %s", error)
        except Exception:  # noqa: BLE001 - one broken note must not cost the others theirs
            _log.exception("An apology could not be made")


def _place(origin: discord.Message | discord.Interaction[Any]) -> str:
    if isinstance(origin, discord.Interaction):
        return json.dumps({"application": origin.application_id, "token": origin.token})
    guild = origin.guild.id if origin.guild else None
    return json.dumps({"message": origin.id, "channel": origin.channel.id, "guild": guild})


def _way_back(client: discord.Client, place: dict[str, Any]) -> Say:
    if "token" in place:
        route = Route(
            "POST",
            "/webhooks/{webhook_id}/{webhook_token}",
            webhook_id=place["application"],
            webhook_token=place["token"],
        )

        async def follow_up(text: str) -> None:
            # Where the person still sees that we think, it takes that place.
            alone = discord.MessageFlags(ephemeral=True).value
            told = {"content": text, "flags": alone, "allowed_mentions": {"parse": []}}
            await client.http.request(route, json=told)

        return follow_up
    channel = client.get_partial_messageable(place["channel"], guild_id=place["guild"])
    question = discord.MessageReference(
        message_id=place["message"], channel_id=place["channel"], fail_if_not_exists=False
    )

    async def reply(text: str) -> None:
        await channel.send(text, reference=question, mention_author=False)

    return reply
