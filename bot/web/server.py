"""The chat page: routes for a browser, and pushes to pages that are open."""

import asyncio
import contextlib
import hashlib
import json
import re
import secrets
from base64 import b64encode
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from importlib.resources import files
from typing import Any

from aiohttp import BodyPartReader, web
from yarl import URL

from bot.conversation.messages import (
    Answerer,
    CommandMessage,
    Incoming,
    PhotoMessage,
    PhotoRef,
    Reply,
    Sender,
    TapMessage,
    TextMessage,
)
from core.catalogue import Product
from core.errors import FetchFailed
from core.photos import MAX_BYTES

MAX_PHOTOS = 10
"""Photos that one message may carry, as in the other chats."""

MAX_BODY_BYTES = 64_000_000
"""Where reading a request stops; what is over ``MAX_BYTES`` before that is read and dropped."""

_TEXT_BYTES = 16_000
_COOKIE = "twinset"
_VISITOR = re.compile(r"[A-Za-z0-9_-]{22}")
_PAGE = files("bot.web") / "page"
_ASSETS = {"chat.css": "text/css", "chat.js": "text/javascript", "icon.svg": "image/svg+xml"}
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' blob:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class WebChat:
    """A platform whose client is a page of our own.

    ``picture_of`` gives the JPEG of a product by the product's id, None when there is none.
    A visitor is a random cookie; what the conversation sees of it is its hash.
    """

    platform = "web"

    def __init__(
        self, answerer: Answerer, picture_of: Callable[[int], Awaitable[bytes | None]]
    ) -> None:
        self._answerer = answerer
        self._picture_of = picture_of
        self._pages: defaultdict[str, set[asyncio.Queue[str | None]]] = defaultdict(set)

    def routes(self) -> list[web.RouteDef]:
        """Everything under ``/``, for the application that holds the port."""
        return [
            web.get("/", self._page),
            web.get("/static/{name}", self._asset),
            web.get("/pictures/{product_id:[0-9]{1,18}}/{version}", self._picture),
            web.post("/api/messages", self._message),
            web.post("/api/taps", self._tap),
            web.get("/api/events", self._events),
        ]

    async def deliver(self, chat_id: str, reply: Reply) -> str:
        """Show the reply on the visitor's open pages; ``FetchFailed`` while none is open."""
        pages = self._pages.get(chat_id)
        if not pages:
            raise FetchFailed("The visitor has no page open.")
        message_id = secrets.token_urlsafe(8)
        for page in pages:
            page.put_nowait(json.dumps({"id": message_id, "replies": [_as_json(reply)]}))
        return message_id

    def close(self) -> None:
        """End the open event streams, so that the server can stop."""
        for pages in self._pages.values():
            for page in pages:
                page.put_nowait(None)

    async def _page(self, request: web.Request) -> web.Response:
        response = web.Response(
            body=(_PAGE / "index.html").read_bytes(), content_type="text/html", charset="utf-8"
        )
        response.headers.update(_HEADERS)
        response.headers["Cache-Control"] = "no-cache"
        if _visitor(request) is None:
            response.set_cookie(
                _COOKIE,
                secrets.token_urlsafe(16),
                max_age=365 * 24 * 3600,
                httponly=True,
                samesite="Lax",
                secure=request.headers.get("X-Forwarded-Proto", request.scheme) == "https",
            )
        return response

    async def _asset(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in _ASSETS:
            raise web.HTTPNotFound
        return web.Response(
            body=(_PAGE / name).read_bytes(),
            content_type=_ASSETS[name],
            charset="utf-8",
            headers={**_HEADERS, "Cache-Control": "no-cache"},
        )

    async def _picture(self, request: web.Request) -> web.Response:
        data = await self._picture_of(int(request.match_info["product_id"]))
        if data is None:
            raise web.HTTPNotFound
        return web.Response(
            body=data,
            content_type="image/jpeg",
            headers={**_HEADERS, "Cache-Control": "public, max-age=86400"},
        )

    async def _message(self, request: web.Request) -> web.Response:
        sender = _sender(request)
        try:
            photos, text = await _read_form(request)
        except ValueError as error:
            raise web.HTTPBadRequest(text=str(error)) from None
        message: Incoming
        update_id = secrets.token_urlsafe(12)
        if text.startswith("/"):
            name, _, argument = text[1:].partition(" ")
            message = CommandMessage(
                sender=sender,
                update_id=update_id,
                name=name.lower(),
                argument=argument.strip(),
                photos=photos,
            )
        elif photos:
            message = PhotoMessage(sender=sender, update_id=update_id, photos=photos, caption=text)
        else:
            message = TextMessage(sender=sender, update_id=update_id, text=text)
        return await self._answered(message)

    async def _tap(self, request: web.Request) -> web.Response:
        sender = _sender(request)
        try:
            action = json.loads(await _read_up_to(request, _TEXT_BYTES))["action"]
        except (ValueError, KeyError, TypeError):
            raise web.HTTPBadRequest(text="A tap is a JSON object with an action.") from None
        if not isinstance(action, str):
            raise web.HTTPBadRequest(text="An action is a string.")
        return await self._answered(
            TapMessage(sender=sender, update_id=secrets.token_urlsafe(12), action=action)
        )

    async def _answered(self, message: Incoming) -> web.Response:
        replies = await self._answerer.answer(message)
        return web.json_response({"replies": [_as_json(reply) for reply in replies]})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        sender = _sender(request)
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        await response.prepare(request)
        # A page that is closed in the middle of a write is no error.
        with contextlib.suppress(ConnectionResetError):
            async with self._open_page(sender.chat_id) as page:
                await response.write(b": open\n\n")
                while (event := await _next(page)) is not None:
                    await response.write(event)
        return response

    @contextlib.asynccontextmanager
    async def _open_page(self, chat_id: str) -> AsyncIterator[asyncio.Queue[str | None]]:
        page: asyncio.Queue[str | None] = asyncio.Queue()
        self._pages[chat_id].add(page)
        try:
            yield page
        finally:
            self._pages[chat_id].discard(page)
            if not self._pages[chat_id]:
                del self._pages[chat_id]


async def _next(page: asyncio.Queue[str | None]) -> bytes | None:
    """What to write next on an event stream, None at its end; a comment after long silence."""
    try:
        event = await asyncio.wait_for(page.get(), timeout=25)
    except TimeoutError:
        return b": still here\n\n"
    return None if event is None else f"data: {event}\n\n".encode()


def _visitor(request: web.Request) -> str | None:
    cookie = request.cookies.get(_COOKIE, "")
    return cookie if _VISITOR.fullmatch(cookie) else None


def _sender(request: web.Request) -> Sender:
    origin = request.headers.get("Origin")
    if origin is not None and URL(origin).authority != request.host:
        raise web.HTTPForbidden(text="This page belongs to another site.")
    visitor = _visitor(request)
    if visitor is None:
        raise web.HTTPForbidden(text="Reload the page first: it gives the chat its cookie.")
    person = hashlib.sha256(visitor.encode()).hexdigest()[:32]
    languages = request.headers.get("Accept-Language", "")
    return Sender(
        platform=WebChat.platform,
        person_id=person,
        chat_id=person,
        language=re.split(r"[,;]", languages)[0].strip() or None,
    )


async def _read_form(request: web.Request) -> tuple[tuple[PhotoRef, ...], str]:
    """The photos and the text of a multipart form.

    A part ``heavy`` is the size in bytes of a photo that the page did not even upload.
    """
    if not request.content_type.startswith("multipart/"):
        raise ValueError("A message is a multipart form.")
    photos: list[PhotoRef] = []
    text = ""
    left = MAX_BODY_BYTES
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise ValueError("A form holds no other form.")  # noqa: TRY004 - it is the form, not a type
        limit = MAX_BYTES if part.name == "photo" else _TEXT_BYTES
        data, size = await _read_part(part, keep=limit, limit=left)
        left -= size
        if part.name == "photo":
            photos.append(_photo(data, size))
        elif part.name == "heavy":
            photos.append(_photo(b"", int(data)))
        elif part.name == "text":
            text = data.decode(errors="replace").strip()
        if len(photos) > MAX_PHOTOS:
            raise ValueError(f"At most {MAX_PHOTOS} photos a message.")
    return tuple(photos), text


async def _read_part(part: BodyPartReader, *, keep: int, limit: int) -> tuple[bytes, int]:
    """The part's bytes, nothing once they exceed ``keep``, and its size."""
    kept: list[bytes] = []
    size = 0
    while chunk := await part.read_chunk(1 << 16):
        size += len(chunk)
        if size > limit:
            raise web.HTTPRequestEntityTooLarge(max_size=MAX_BODY_BYTES, actual_size=size)
        if size <= keep:
            kept.append(chunk)
        else:
            kept.clear()
    return b"".join(kept), size


async def _read_up_to(request: web.Request, limit: int) -> bytes:
    data = await request.content.read(limit + 1)
    while data and len(data) <= limit and (more := await request.content.read(limit + 1)):
        data += more
    if len(data) > limit:
        raise web.HTTPRequestEntityTooLarge(max_size=limit, actual_size=len(data))
    return data


def _photo(data: bytes, size: int) -> PhotoRef:
    async def load() -> bytes:
        return data

    return PhotoRef(load=load, size_bytes=size)


def _as_json(reply: Reply) -> dict[str, Any]:
    return {
        "text": reply.text,
        "album": [
            {
                "rank": card.rank,
                "title": card.title,
                "details": card.details,
                "url": card.url,
                "picture": _picture_path(card.match.product),
            }
            for card in reply.album
        ],
        "buttons": [
            [{"label": button.label, "action": button.action, "url": button.url} for button in row]
            for row in reply.buttons
        ],
        "notice": reply.notice,
        "replaces_buttons": reply.replaces_buttons,
        "document": reply.document
        and {"name": reply.document.name, "base64": b64encode(reply.document.data).decode()},
        "picture": reply.picture and b64encode(reply.picture).decode(),
    }


def _picture_path(product: Product) -> str | None:
    if product.picture is None:
        return None
    return f"pictures/{product.id}/{product.picture[:12]}.jpg"
