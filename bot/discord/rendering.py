"""Reply → one Discord message: words, an embed for each card, buttons below."""

import asyncio
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain
from typing import Any

import discord

from bot.conversation.messages import Button, Card, Pictures, Reply
from bot.discord.buttons import view_of
from bot.discord.text import is_web_address, literal, one_line

_log = logging.getLogger(__name__)

CONTENT_LIMIT = 2000
_EMBEDS = 10
_TITLE_LIMIT = 256
_DESCRIPTION_LIMIT = 4096
_EMBEDS_TOTAL_LIMIT = 6000
_EMBED_URL_LIMIT = 2048
_PICTURE = "photo.jpg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """What one message is made of; ``files`` are (file name, bytes).

    Of several messages in a channel under one ``nonce`` Discord shows the first alone.
    """

    content: str
    embeds: tuple[discord.Embed, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    nonce: int = field(default_factory=lambda: secrets.randbits(63))

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.content or self.embeds or self.buttons)

    def arguments(self, *, files: str = "files") -> dict[str, Any]:
        """Keyword arguments for one call that sends; ``files`` is how it calls its uploads."""
        arguments: dict[str, Any] = {"content": self.content or None, "embeds": list(self.embeds)}
        if self.files:
            # Built anew for each call, since sending a file closes it.
            arguments[files] = [discord.File(BytesIO(data), name) for name, data in self.files]
        if view := view_of(self.buttons):
            arguments["view"] = view
        return arguments


async def render(reply: Reply, pictures: Pictures, *, file_limit_bytes: int) -> Rendered:
    """Render a reply, with the pictures that there are and that may be uploaded."""
    cards = reply.album[:_EMBEDS]
    shown = () if reply.picture else cards  # else they are on that picture
    found = await asyncio.gather(*(_picture(pictures, card) for card in shown))
    files = [
        (f"{place}.jpg", data) if data and len(data) <= file_limit_bytes else None
        for place, data in enumerate(found, start=1)
    ]
    return Rendered(
        content=literal(reply.text, limit=CONTENT_LIMIT),
        embeds=tuple(_embeds(cards, [file and file[0] for file in files] or [None] * len(cards))),
        files=(
            *(file for file in files if file),
            *([(reply.document.name, reply.document.data)] if reply.document else []),
            *([(_PICTURE, reply.picture)] if reply.picture else []),
        ),
        buttons=reply.buttons,
    )


async def _picture(pictures: Pictures, card: Card) -> bytes | None:
    try:
        return await pictures.jpeg(card.match)
    except Exception:  # noqa: BLE001 - the card is shown without its picture
        _log.exception("The picture of product %d cannot be had", card.match.product.id)
        return None


def words_of(reply: Reply) -> Rendered:
    """The reply in words alone, for when Discord will not have the rest."""
    lines = [reply.text, *chain.from_iterable(_lines(card) for card in reply.album)]
    return Rendered(content=literal("\n".join(lines).strip(), limit=CONTENT_LIMIT))


def _lines(card: Card) -> list[str]:
    return [f"{card.rank}. {card.title}", f"{card.details} {card.url or ''}".rstrip()]


def _embeds(cards: Sequence[Card], file_names: Sequence[str | None]) -> list[discord.Embed]:
    share = _EMBEDS_TOTAL_LIMIT // max(1, len(cards))
    linked: set[str] = set()
    embeds = []
    for card, file_name in zip(cards, file_names, strict=True):
        title = one_line(f"{card.rank}. {card.title}", limit=min(_TITLE_LIMIT, share // 2))
        details = literal(card.details, limit=min(_DESCRIPTION_LIMIT, share - len(title)))
        embed = discord.Embed(title=title, description=details or None)
        # Embeds of one message that share a link are folded into one by Discord's client.
        if card.url and card.url not in linked and _can_be_linked(card.url):
            linked.add(card.url)
            embed.url = card.url
        if file_name:
            embed.set_image(url=f"attachment://{file_name}")
        embeds.append(embed)
    return embeds


def _can_be_linked(url: str) -> bool:
    return len(url) <= _EMBED_URL_LIMIT and is_web_address(url)
