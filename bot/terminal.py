"""The terminal as a platform: one photo, one answer."""

import asyncio
import json
import secrets
from pathlib import Path
from typing import Any

from bot.conversation.messages import (
    Answerer,
    Incoming,
    PhotoMessage,
    PhotoRef,
    Reply,
    Sender,
    TapMessage,
    TextMessage,
)
from core.looks import kind_of_garment
from core.search import strength_of

_ME = Sender(platform="terminal", person_id="terminal", chat_id="terminal")


async def answer_photo(answerer: Answerer, photo: Path | str, *, anyway: bool = False) -> Reply:
    """The conversation's answer to a photo in a file, or to a web address.

    With ``anyway``, a photo in which it sees no clothes is searched all the same: the button
    that it then offers is tapped.
    """
    reply = await _told(answerer, await _message(photo))
    actions = [button.action for row in reply.buttons for button in row if button.action]
    if anyway and not reply.album and actions:
        shown = await _told(
            answerer,
            TapMessage(sender=_ME, update_id=secrets.token_urlsafe(12), action=actions[0]),
        )
        return Reply(text=shown.text, album=shown.album, look=reply.look, regions=reply.regions)
    return reply


def as_text(reply: Reply) -> str:
    """The answer as lines of text."""
    lines = [
        f"{card.rank}. {card.title}\n   {card.details}" + (f"\n   {card.url}" if card.url else "")
        for card in reply.album
    ]
    return "\n".join([*lines, "", reply.text] if lines else [reply.text])


def as_json(reply: Reply) -> str:
    """The look, the garments in the photo, the sentence and the matches as a JSON object.

    A garment's box is left, top, right and bottom as shares of the picture's sides.
    """
    look = reply.look
    found: dict[str, Any] = {
        "text": reply.text,
        "look": look
        and {
            "fashion": round(look.fashion, 4),
            "seen": look.seen,
            "kind": look.kind,
            "colour": look.colour,
            "colours": dict(look.colours),
            "pattern": look.pattern,
            "gender": look.gender,
            "occasion": look.occasion,
            "likely": dict(look.likely),
        },
        "garments": [
            {
                "family": region.family,
                "kind": kind_of_garment(region),
                "box": [round(side, 4) for side in region.box],
                "sure": round(region.sure, 4),
            }
            for region in reply.regions
        ],
        "matches": [],
    }
    for card in reply.album:
        product = card.match.product
        found["matches"].append(
            {
                "rank": card.rank,
                "score": round(card.match.score, 4),
                "strength": strength_of(card.match, look.kind if look else None),
                "title": product.title,
                "price": product.price and float(product.price.amount),
                "currency": product.price and product.price.currency,
                "shop": product.shop_title,
                "url": product.url,
                "image": product.picture_url,
            }
        )
    return json.dumps(found, ensure_ascii=False, indent=2)


async def _message(photo: Path | str) -> Incoming:
    update_id = secrets.token_urlsafe(12)
    if isinstance(photo, str):
        return TextMessage(sender=_ME, update_id=update_id, text=photo, link=photo)
    size_bytes = (await asyncio.to_thread(photo.stat)).st_size
    ref = PhotoRef(load=lambda: asyncio.to_thread(photo.read_bytes), size_bytes=size_bytes)
    return PhotoMessage(sender=_ME, update_id=update_id, photos=(ref,))


async def _told(answerer: Answerer, message: Incoming) -> Reply:
    """Of the replies the one with the album, else the first."""
    replies = await answerer.answer(message)
    return next((reply for reply in replies if reply.album), replies[0])
