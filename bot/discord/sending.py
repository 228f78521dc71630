"""One reply → one message, by whatever call sends it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
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
_TRIED_BY_THE_LIBRARY = {500, 502, 504, 524}
_SERVERS_FAULT = 500
_ACKNOWLEDGED = 40060
_DEFERRING_S = (0.03, 0.2, 0.4, 0.8)
_DEFERRED_WITHIN_S = 0.8
PAUSES_S = (0.03, 1.0, 5.0)
"""Before each further try of what somebody waits for."""
Sent = TypeVar("Sent")


async def send(
    reply: Reply,
    call: Callable[[Rendered], Awaitable[Sent]],
    *,
    pictures: Pictures,
    file_limit_bytes: int,
    pauses_s: Sequence[float] = PAUSES_S,
) -> Sent | None:
    """Render a reply and send it with ``call``; None when it holds nothing to show.

    Where something on the way failed that may pass, it is called again after each of the pauses.
    What Discord will not take as it is (an address, a file, a missing permission to attach) is
    sent again in words alone. Raises as ``translated`` says.
    """
    rendered = await render(reply, pictures, file_limit_bytes=file_limit_bytes)
    if not rendered:
        return None
    with translated():
        try:
            return await patiently(lambda: call(rendered), pauses_s=pauses_s)
        except discord.HTTPException as error:
            if error.status not in _NOT_LIKE_THIS and error.code != MISSING_PERMISSIONS:
                raise
            _log.warning("Discord refuses an answer, sending its words alone: %s", error)
        words = words_of(reply)
        return await patiently(lambda: call(words), pauses_s=pauses_s)


async def patiently(
    call: Callable[[], Awaitable[Sent]], *, pauses_s: Sequence[float] = PAUSES_S
) -> Sent:
    """Call again after a pause where something on the way failed that may pass.

    That is a connection that breaks, a limit that the library met five times, a 503. What Discord
    may have carried out all the same comes again: in a channel under the same nonce, which shows
    it once, and elsewhere better twice than never.
    """
    for pause_s in pauses_s:
        try:
            return await call()
        except discord.HTTPException as error:
            if not _may_pass(error):
                raise
        except (aiohttp.ClientError, OSError) as error:
            _log.info("Discord: %s while answering; again in %.2f s", type(error).__name__, pause_s)
        await asyncio.sleep(pause_s)
    return await call()


def _may_pass(error: discord.HTTPException) -> bool:
    if error.status == HTTPStatus.TOO_MANY_REQUESTS:
        # Without the header it is a wall before Discord, not to be run against again.
        return "Via" in error.response.headers
    return error.status >= _SERVERS_FAULT and error.status not in _TRIED_BY_THE_LIBRARY


async def acknowledge(interaction: discord.Interaction[Any], **how: bool) -> None:
    """Defer an interaction, again where the connection breaks or stalls.

    Discord waits three seconds.
    """
    for pause_s in _DEFERRING_S:
        with suppress(aiohttp.ClientError, OSError):  # of which TimeoutError is one
            async with asyncio.timeout(_DEFERRED_WITHIN_S):
                return await _defer(interaction, how)
        await asyncio.sleep(pause_s)
    return await _defer(interaction, how)


async def _defer(interaction: discord.Interaction[Any], how: Mapping[str, bool]) -> None:
    try:
        await interaction.response.defer(**how)
    except discord.HTTPException as error:
        if error.code != _ACKNOWLEDGED:
            raise


async def post_once(
    channel: discord.abc.Messageable,
    rendered: Rendered,
    *,
    pauses_s: Sequence[float] = (0.5, 1.5),
) -> discord.Message | None:
    """Send a message that nobody waits for, at most once; None when it may have arrived.

    Discord drops what comes again under the same nonce, so a lost connection is tried again.
    """
    unsure = False
    for pause_s in (*pauses_s, None):
        try:
            return await channel.send(**rendered.arguments(), nonce=rendered.nonce)
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
