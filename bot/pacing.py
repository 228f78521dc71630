"""No more in any stretch of time than a platform allows."""

import asyncio
import contextlib
import heapq
import itertools
from collections import deque


class Window:
    """At most ``limit`` messages in any ``period_s`` seconds, booked in the order of asking."""

    def __init__(self, limit: int, period_s: float) -> None:
        self._limit = limit
        self._period_s = period_s
        self._booked: deque[float] = deque(maxlen=limit)
        self._opens_at = 0.0
        self._line: list[tuple[bool, int, asyncio.Event]] = []
        self._numbers = itertools.count()
        self._nobody_waits = asyncio.Event()
        self._nobody_waits.set()

    def book(self, count: int, now: float) -> float:
        """Take the next ``count`` places (never more than the limit); return their time."""
        count = min(count, self._limit)
        at = self._free_at(count, now)
        self._booked.extend([at] * count)
        return at

    async def turn(self, count: int, *, ahead: bool = False) -> None:
        """Wait in line until so many places are free, and book them.

        ``ahead`` of all who wait and are not.
        """
        first = asyncio.Event()
        place = (not ahead, next(self._numbers), first)
        heapq.heappush(self._line, place)
        self._nobody_waits.clear()
        try:
            while True:
                if place is not self._line[0]:
                    first.clear()
                    await first.wait()
                elif (at := self._free_at(min(count, self._limit), _now())) > _now():
                    await _sleep_until(at)
                else:
                    break
            self.book(count, _now())
        finally:
            self._line.remove(place)
            heapq.heapify(self._line)
            (self._line[0][-1] if self._line else self._nobody_waits).set()

    async def leftover(self, count: int, *, spare: int = 0, politely_s: float = 30.0) -> None:
        """Let others go first: wait until these places and ``spare`` more are free, then book.

        After ``politely_s`` seconds it is a turn like any other.
        """
        wanted, until = min(count + spare, self._limit), _now() + politely_s
        while _now() < until:
            if self._line:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(until - _now()):
                        await self._nobody_waits.wait()
            elif (at := self._free_at(wanted, _now())) > _now():
                await _sleep_until(min(at, until))
            else:
                break
        await self.turn(count)

    def _free_at(self, count: int, now: float) -> float:
        at = max(now, self._opens_at, *self._booked)
        over = len(self._booked) + count - self._limit
        return max(at, self._booked[over - 1] + self._period_s) if over > 0 else at

    def close(self, until: float) -> None:
        """Book nothing before ``until``."""
        self._opens_at = max(self._opens_at, until)

    def is_idle(self, now: float) -> bool:
        """Whether forgetting this window changes nothing."""
        last = self._booked[-1] + self._period_s if self._booked else 0.0
        return not self._line and max(last, self._opens_at) < now


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _sleep_until(at: float) -> None:
    if (wait_s := at - _now()) > 0:
        await asyncio.sleep(wait_s)
