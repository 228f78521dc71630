"""How often one host is asked, and when it is left alone."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from core.errors import FetchFailed

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[object]]

_FIRST_BACK_OFF_S = 30.0
_MOST_HOSTS = 4096
_OVER_S = 300.0
_LEAST_JITTER = 0.05
"""Covers what lies between our sending and the host's counting."""


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    line: asyncio.Lock = field(default_factory=asyncio.Lock)
    asked_at: float = float("-inf")
    next_at: float = 0.0
    quiet_until: float = 0.0
    complaints: int = 0


class Turn:
    """Leave to ask a host once; the next may be asked for a delay after ``sent``."""

    def __init__(self, on_sent: Callable[[], None]) -> None:
        self._on_sent = on_sent
        self.is_sent = False

    def sent(self) -> None:
        """The request is on its way, or never will be; only the first call counts."""
        if not self.is_sent:
            self.is_sent = True
            self._on_sent()


class Pace:
    """The turns at every host: at most ``concurrency`` at once, ``delay_s`` or more apart.

    The gap lies between two requests as they are sent, so that a connection which is slow to
    open does not bunch them. A host that complained (429, 503) is left alone by everybody until
    its time is over. The jitter only ever lengthens a delay.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        sleep: Sleep,
        concurrency: int = 4,
        jitter: float = 0.2,
        max_back_off_s: float = 900.0,
        dice: Callable[[], float] = random.random,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._concurrency = concurrency
        self._jitter = jitter
        self._max_back_off_s = max_back_off_s
        self._dice = dice
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(
        self, host: str, *, delay_s: float, max_wait_s: float | None = None
    ) -> AsyncIterator[Turn]:
        """Wait for this host's turn, which lies ``delay_s`` after the last and before the next.

        ``FetchFailed`` at once where the host is to be left alone for longer than ``max_wait_s``.
        """
        state = self._state(host)
        gap_s = delay_s * (1 + _LEAST_JITTER + (self._jitter - _LEAST_JITTER) * self._dice())
        async with state.slots:
            await state.line.acquire()

            def sent() -> None:
                state.asked_at = self._clock()
                state.next_at = state.asked_at + gap_s
                state.line.release()

            try:
                await self._wait(host, state, gap_s, max_wait_s)
            except BaseException:
                state.line.release()
                raise
            turn = Turn(sent)
            try:
                yield turn
            finally:
                turn.sent()

    def complained(self, host: str, *, retry_after_s: float | None) -> float:
        """Leave the host alone, for as long as it asks within reason; returns the seconds."""
        state = self._state(host)
        state.complaints += 1
        doubled = _FIRST_BACK_OFF_S * 2.0 ** min(state.complaints - 1, 10)
        pause = min(doubled if retry_after_s is None else retry_after_s, self._max_back_off_s)
        pause = max(pause, 1.0)
        state.quiet_until = max(state.quiet_until, self._clock() + pause)
        return pause

    def answered(self, host: str) -> None:
        """The host is content again."""
        self._state(host).complaints = 0

    async def _wait(self, host: str, state: _Host, gap_s: float, max_wait_s: float | None) -> None:
        due = max(state.next_at, state.asked_at + gap_s)
        # Again after each sleep: meanwhile the host may have complained about another request.
        while (left := max(due, state.quiet_until) - self._clock()) > 0:
            quiet = state.quiet_until - self._clock()
            if max_wait_s is not None and quiet > max_wait_s:
                raise FetchFailed(
                    f"{host} asked to be left alone for {quiet:.0f} s.", retry_after_s=quiet
                )
            await self._sleep(left)

    def _state(self, host: str) -> _Host:
        if host not in self._hosts:
            if len(self._hosts) >= _MOST_HOSTS:
                self._forget()
            self._hosts[host] = _Host(asyncio.Semaphore(self._concurrency))
        return self._hosts[host]

    def _forget(self) -> None:
        """Forget the hosts that were last asked long ago and owe us no rest."""
        now = self._clock()
        self._hosts = {
            host: state
            for host, state in self._hosts.items()
            if state.line.locked() or max(state.asked_at + _OVER_S, state.quiet_until) > now
        }
