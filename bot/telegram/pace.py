"""Within Telegram's limits: when a call may go out, and when it is made again.

The library's own limiter halts every chat when one chat is told to wait, and knows no limit a
chat: docs/decisions/0070-telegram-pacing.md.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.pacing import Window
from bot.telegram.errors import is_passing, may_have_arrived, retry_after_s

_log = logging.getLogger(__name__)

_T = TypeVar("_T")

BACKOFF = 3.0
"""Each pause after a failure is so many times the one before: the first is not noticed, and seven
are half a minute."""

_MANY_CHATS = 1024
_ONCE = frozenset({"sendChatAction", "getMe", "answerInlineQuery"})  # late, they are worth nothing


class Repeat(StrEnum):
    """When a call that failed is made again.

    What is sent ``IF_UNSENT`` is what nobody asked for: better missed than twice, and answers go
    before it.
    """

    ALWAYS = "always"
    IF_UNSENT = "if_unsent"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Manner:
    """When a call is made again, and whether it ``goes_on`` with what its chat has begun to see.

    Such a call goes before others: a reply waits in line once.
    """

    repeat: Repeat
    goes_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What Telegram allows (core.telegram.org/bots/faq); an album counts by its items.

    A chat may get ``chat_burst`` messages at once where the average keeps to one in
    ``chat_every_s``. One call is tried for ``patience_s`` altogether, and after ``retries``
    failures no more; to be told to wait is none. Of the ``overall`` messages ``for_answers`` are
    kept free of what nobody asked for. Their second is a little longer, as calls overtake each
    other on their way.
    """

    overall: int = 30
    overall_period_s: float = 1.05
    for_answers: int = 10
    chat_every_s: float = 1.0
    chat_burst: int = 10
    group: int = 20
    group_period_s: float = 60.0
    retries: int = 7
    backoff_s: float = 0.03
    patience_s: float = 120.0


class Pace(BaseRateLimiter[Manner]):
    """Spaces calls, waits where Telegram says so, and repeats what failed on the way."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._overall = Window(limits.overall, limits.overall_period_s)
        self._chats: dict[int, Window] = {}

    async def initialize(self) -> None:
        """Nothing to do."""

    async def shutdown(self) -> None:
        """Nothing to do."""

    async def process_request(  # noqa: PLR0917 - the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401 - the library's signature
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Manner | None,
    ) -> Any:  # noqa: ANN401 - the library's signature
        """Make one API call in its turn."""
        count = _messages(endpoint, data)
        chat = self._chat(int(data["chat_id"])) if count else None
        manner = rate_limit_args or Manner(_usual(endpoint))
        if chat and manner.repeat is Repeat.IF_UNSENT and not manner.goes_on:
            await chat.leftover(count)
            await self._overall.leftover(count, spare=self._limits.for_answers)
        elif chat:
            await chat.turn(count)
            # Only now: a chat that waits long must not hold places that others could use.
            await self._overall.turn(count, ahead=manner.goes_on)
        return await self.patiently(
            lambda: callback(*args, **kwargs), repeat=manner.repeat, chat=chat, count=count
        )

    async def patiently(
        self,
        call: Callable[[], Awaitable[_T]],
        *,
        repeat: Repeat = Repeat.ALWAYS,
        chat: Window | None = None,
        count: int = 0,
    ) -> _T:
        """Call until it succeeds or patience ends; raises the last ``TelegramError``.

        The ``count`` messages that it sends take their places each time, ahead of others: of many
        that were told to wait at once, all would be too many again.
        """
        deadline = _now() + self._limits.patience_s
        failures = 0
        while True:
            try:
                return await call()
            except TelegramError as error:
                wait_s = self._wait_s(error, failures, repeat)
                if wait_s is None or _now() + wait_s > deadline:
                    raise
                _log.info("Telegram: %s; again in %.2f s", type(error).__name__, wait_s)
                failures += not isinstance(error, RetryAfter)
            if chat:
                chat.close(_now() + wait_s)
            await asyncio.sleep(wait_s)
            if count:
                await self._overall.turn(count, ahead=True)

    def _wait_s(self, error: TelegramError, failures: int, repeat: Repeat) -> float | None:
        if repeat is Repeat.NEVER:
            return None
        if isinstance(error, RetryAfter):
            return max(retry_after_s(error), self._limits.backoff_s)
        if failures >= self._limits.retries or not is_passing(error):
            return None
        if repeat is Repeat.IF_UNSENT and may_have_arrived(error):
            return None
        return self._limits.backoff_s * BACKOFF**failures

    def _chat(self, chat_id: int) -> Window:
        if len(self._chats) > _MANY_CHATS:
            now = _now()
            self._chats = {key: one for key, one in self._chats.items() if not one.is_idle(now)}
        limits = self._limits
        if chat_id not in self._chats:
            self._chats[chat_id] = (
                Window(limits.group, limits.group_period_s)
                if chat_id < 0
                else Window(limits.chat_burst, limits.chat_burst * limits.chat_every_s)
            )
        return self._chats[chat_id]


def _messages(endpoint: str, data: dict[str, Any]) -> int:
    if endpoint == "sendMediaGroup":
        return len(data["media"])
    counted = {"sendMessage", "sendPhoto", "sendDocument", "editMessageMedia"}
    return 1 if endpoint in counted else 0


def _usual(endpoint: str) -> Repeat:
    return Repeat.NEVER if endpoint in _ONCE else Repeat.ALWAYS


def _now() -> float:
    return asyncio.get_running_loop().time()
