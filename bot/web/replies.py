"""What goes out to the page: replies as JSON, and refusals in the same form."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from bot.conversation.messages import Button, Card, Document, Reply
from bot.conversation.texts import Texts


class Refused(Exception):
    """A request that is not passed on: ``text`` says why by its id, ``status`` is HTTP's."""

    def __init__(self, text: str, *, status: int = 400, **arguments: int) -> None:
        super().__init__(text)
        self.status = status
        self._text = text
        self._arguments = arguments

    def said(self, say: Texts) -> str:
        """The sentence for the person."""
        return say.say(self._text, **self._arguments)


def answered(replies: Sequence[Reply], *, status: int = 200) -> web.Response:
    """The response that shows them."""
    response = web.json_response(
        {"replies": [as_json(one) for one in replies]},
        status=status,
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )
    response.enable_compression()
    return response


def as_json(reply: Reply) -> dict[str, Any]:
    """A reply as the page's script reads it."""
    return {
        "text": reply.text,
        "album": [_card(card) for card in reply.album],
        "buttons": [[_button(button) for button in row] for row in reply.buttons],
        "notice": reply.notice,
        "replaces_buttons": reply.replaces_buttons,
        "replaces_message": reply.replaces_message,
        "language": reply.language,
        "picture": reply.picture and b64encode(reply.picture).decode(),
        "document": reply.document and _document(reply.document),
    }


def _document(document: Document) -> dict[str, str]:
    return {"name": document.name, "base64": b64encode(document.data).decode()}


def _card(card: Card) -> dict[str, Any]:
    product = card.match.product
    return {
        "rank": card.rank,
        "title": card.title,
        "details": card.details,
        "url": card.url,
        "buy": card.buy,
        "picture": product.picture and f"pictures/{product.id}/{product.picture[:12]}.jpg",
    }


def _button(button: Button) -> dict[str, Any]:
    return {
        "label": button.label,
        "action": button.action,
        "url": button.url,
        "rank": button.rank,
        "is_on": button.is_on,
    }
