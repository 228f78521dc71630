"""One reply → one message, by whatever call sends it."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, TypeVar

import aiohttp
import discord

from bot.conversation.messages import Pictures, Reply
from bot.discord.errors import MISSING_PERMISSIONS, translated
from bot.discord.rendering import Rendered, render, words_of
from core.errors import FetchFailed, Undeliverable

_log = logging.getLogger(__name__)
_NOT_LIKE_THIS = (400, 413)
_PAUSES_S = (1.0, 5.0)
Sent = TypeVar("Sent")


async def send(
    reply: Reply,
    call: Callable[[Rendered], Awaitable[Sent]],
    *,
    pictures: Pictures,
    file_limit_bytes: int,
) -> Sent | None:
    """Render a reply and send it with ``call``; None when it holds nothing to show.

    What Discord will not take as it is (an address, a file, a missing permission to attach) is
    sent again in words alone. Raises as ``translated`` says.
    """
    rendered = await render(reply, pictures, file_limit_bytes=file_limit_bytes)
    if not rendered:
        return None
    with translated():
        try:
            return await _patiently(call, rendered)
        except discord.HTTPException as error:
            if error.status not in _NOT_LIKE_THIS and error.code != MISSING_PERMISSIONS:
                raise
            _log.warning("Discord refuses an answer, sending its words alone: %s", error)
        return await call(words_of(reply))


async def _patiently(call: Callable[[Rendered], Awaitable[Sent]], rendered: Rendered) -> Sent:
    """Call once more after a pause where the library's own five tries met too many others.

    Nothing of the answer was sent then, so it does not come twice. A wall on the way that has not
    even let it through to Discord (no ``Via``) is not run against again.
    """
    for pause_s in _PAUSES_S:
        try:
            return await call(rendered)
        except discord.HTTPException as error:
            if error.status != HTTPStatus.TOO_MANY_REQUESTS or "Via" not in error.response.headers:
                raise
        await asyncio.sleep(pause_s)
    return await call(rendered)


async def post_once(
    channel: discord.abc.Messageable,
    rendered: Rendered,
    *,
    pauses_s: Sequence[float] = (0.5, 1.5),
) -> discord.Message | None:
    """Send a message that nobody waits for, at most once; None when it may have arrived.

    Discord drops what comes again under the same nonce, so a lost connection is tried again.
    """
    nonce = secrets.randbits(63)
    unsure = False
    for pause_s in (*pauses_s, None):
        try:
            return await channel.send(**rendered.arguments(), nonce=nonce)
        except (aiohttp.ClientError, OSError) as error:
            unsure = unsure or not isinstance(error, aiohttp.ClientConnectorError)
            if pause_s is None and not unsure:
                raise
        if pause_s is not None:
            await asyncio.sleep(pause_s)
    _log.warning("A message may or may not have arrived; it is not sent again")
    return None


class Answering:
    """What is being answered now, so that a stop can wait for it."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Answer in here; a failure to send is logged, once: there is nobody left to tell."""
        task = asyncio.current_task()
        assert task is not None, "answers are given in tasks"  # noqa: S101 - a type's narrowing
        self._tasks.add(task)
        try:
            with translated():
                yield
        except Undeliverable as error:
            _log.info("An answer came too late, or its place is gone: %s", error)
        except FetchFailed as error:
            _log.warning("An answer could not be sent: %s", error)
        finally:
            self._tasks.discard(task)

    async def drained(self, *, max_wait_s: float) -> None:
        """Wait until what was begun is answered, at most ``max_wait_s``; break off the rest."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=max_wait_s)
        for task in late:
            task.cancel()
        if late:
            _log.warning("Stopping with %d answers not given", len(late))
            await asyncio.wait(late)
