"""The chat page: routes for a browser, and pushes to pages that are open."""

import asyncio
import contextlib
import json
import re
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import wraps

from aiohttp import web

from bot.conversation.languages import language_of
from bot.conversation.messages import (
    Answerer,
    CommandMessage,
    Incoming,
    PhotoMessage,
    Reply,
    Sender,
    TapMessage,
    TextMessage,
)
from bot.conversation.texts import Texts, texts_in
from bot.web.assets import read_page
from bot.web.forms import Form, read_form, read_tap, size_of
from bot.web.replies import Refused, answered, as_json
from bot.web.room import Room
from bot.web.visitors import Network, Visitors, preferred_language
from core.errors import Busy, FetchFailed, TwinsetError

PictureOf = Callable[[int, str], Awaitable[bytes | None]]
LanguageOf = Callable[[Sender], Awaitable[Texts]]

_UPLOAD_S = 300
_FOR_GOOD = "public, max-age=31536000, immutable"
_COMMAND = re.compile(r"/(\S*)\s*(.*)", re.DOTALL)
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class WebChat:
    """A platform whose client is a page of our own.

    ``picture_of`` gives the JPEG of a product by the product's id and the first digits of the
    picture's hash, None when there is none. ``trusted`` are the proxies in front of the page.
    """

    platform = Visitors.platform

    def __init__(
        self,
        answerer: Answerer,
        picture_of: PictureOf,
        language: LanguageOf,
        *,
        trusted: Sequence[Network] = (),
    ) -> None:
        self._answerer = answerer
        self._picture_of = picture_of
        self._language = language
        self._visitors = Visitors(trusted)
        self._room = Room()
        self._files = read_page()
        self._pages: defaultdict[str, set[asyncio.Queue[str | None]]] = defaultdict(set)

    def routes(self) -> list[web.RouteDef]:
        """Everything under ``/``, for the application that holds the port."""
        return [
            web.get("/", self._page),
            web.get("/static/{version}/{name}", self._asset),
            web.get("/pictures/{product_id:[0-9]{1,18}}/{version:[0-9a-f]{12}}.jpg", self._picture),
            web.post("/api/messages", _kindly(self._message)),
            web.post("/api/taps", _kindly(self._tap)),
            web.get("/api/events", _kindly(self._events)),
        ]

    async def deliver(self, chat_id: str, reply: Reply) -> str:
        """Show the reply on the visitor's open pages; ``FetchFailed`` while none is open."""
        pages = self._pages.get(chat_id)
        if not pages:
            raise FetchFailed("The visitor has no page open.")
        message_id = secrets.token_urlsafe(8)
        for page in pages:
            page.put_nowait(json.dumps({"id": message_id, "replies": [as_json(reply)]}))
        return message_id

    def close(self) -> None:
        """End the open event streams, so that the server can stop."""
        for pages in self._pages.values():
            for page in pages:
                page.put_nowait(None)

    async def _page(self, request: web.Request) -> web.Response:
        try:
            say = await self._language(self._visitors.reader(request))
        except TwinsetError:  # the page opens all the same
            say = _browsers(request)
        response = _file(self._files.html(say), "text/html", cache="private, no-cache")
        response.headers["Vary"] = "Accept-Language, Cookie"
        self._visitors.welcome(request, response)
        return response

    async def _asset(self, request: web.Request) -> web.Response:
        asset = self._files.assets.get(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        # A page from before an update is given what there is now, and shall not keep it.
        is_this = request.match_info["version"] == self._files.version
        return _file(asset.body, asset.content_type, cache=_FOR_GOOD if is_this else "no-store")

    async def _picture(self, request: web.Request) -> web.Response:
        found = request.match_info
        data = await self._picture_of(int(found["product_id"]), found["version"])
        if data is None:
            raise web.HTTPNotFound
        headers = {**_HEADERS, "Cache-Control": _FOR_GOOD}
        return web.Response(body=data, content_type="image/jpeg", headers=headers)

    async def _message(self, request: web.Request) -> web.Response:
        sender = self._visitors.sender(request)
        with self._room.taken(self._visitors.address(request), size_of(request)):
            async with asyncio.timeout(_UPLOAD_S):
                form = await read_form(request)
            return answered(await self._answerer.answer(_message_of(form, sender)))

    async def _tap(self, request: web.Request) -> web.Response:
        sender = self._visitors.sender(request)
        with self._room.taken(self._visitors.address(request), 0):
            action = await read_tap(request)
            tap = TapMessage(sender=sender, update_id=_update_id(), action=action)
            return answered(await self._answerer.answer(tap))

    async def _events(self, request: web.Request) -> web.StreamResponse:
        sender = self._visitors.sender(request)
        response = web.StreamResponse(
            headers={
                "Content-Type": "text/event-stream",
                "Cache-Control": "no-store",
                "X-Accel-Buffering": "no",  # nginx passes events on as they come
            }
        )
        await response.prepare(request)
        # A page that is closed in the middle of a write is no error.
        with contextlib.suppress(ConnectionResetError):
            async with self._open_page(sender.chat_id) as page:
                await response.write(b"retry: 2000\n: open\n\n")
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


def _kindly(handler: _Handler) -> _Handler:
    """The same, with a sentence for the person where nothing can be answered."""

    @wraps(handler)
    async def handle(request: web.Request) -> web.StreamResponse:
        say = _browsers(request)
        try:
            return await handler(request)
        except Refused as refusal:
            return answered([Reply(text=refusal.said(say))], status=refusal.status)
        except Busy as busy:
            return answered([Reply(text=say.busy(busy.retry_after_s))], status=429)
        except TimeoutError:
            return answered([Reply(text=say.say("not-understood"))], status=408)

    return handle


def _browsers(request: web.Request) -> Texts:
    return texts_in(language_of(preferred_language(request)))


def _file(body: bytes, content_type: str, *, cache: str) -> web.Response:
    response = web.Response(
        body=body,
        content_type=content_type,
        charset="utf-8",
        headers={**_HEADERS, "Cache-Control": cache},
    )
    response.enable_compression()
    return response


def _message_of(form: Form, sender: Sender) -> Incoming:
    if command := _COMMAND.fullmatch(form.text):
        return CommandMessage(
            sender=sender,
            update_id=_update_id(),
            name=command[1].lower(),
            argument=command[2],
            photos=form.photos,
        )
    if form.photos:
        return PhotoMessage(
            sender=sender, update_id=_update_id(), photos=form.photos, caption=form.text
        )
    return TextMessage(sender=sender, update_id=_update_id(), text=form.text)


def _update_id() -> str:
    return secrets.token_urlsafe(12)


async def _next(page: asyncio.Queue[str | None]) -> bytes | None:
    """What to write next on an event stream, None at its end; a comment after long silence."""
    try:
        event = await asyncio.wait_for(page.get(), timeout=25)
    except TimeoutError:
        return b": still here\n\n"
    return None if event is None else f"data: {event}\n\n".encode()
