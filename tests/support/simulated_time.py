"""Time that passes only while everybody sleeps."""

import asyncio
from heapq import heappop, heappush
from itertools import count

_TURNS = 15
"""Of the event loop: enough for a request to reach a server on the same loop."""


class SimulatedTime:
    """A clock that only sleeping moves, from one sleeper's end to the next.

    After anybody looks at it, what is then sent over loopback gets there before it moves, so that
    a server may read the time of a request off it.
    """

    def __init__(self) -> None:
        self.now_s = 1000.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = count()
        self._moving: asyncio.Task[None] | None = None
        self._turns = 0

    def __call__(self) -> float:
        self._turns = 0
        return self.now_s

    async def sleep(self, seconds: float) -> None:
        awake = asyncio.get_running_loop().create_future()
        heappush(self._sleepers, (self.now_s + seconds, next(self._numbers), awake))
        if self._moving is None or self._moving.done():
            self._moving = asyncio.create_task(self._move())
        await awake

    async def _move(self) -> None:
        while self._sleepers:
            self._turns = 0
            while self._turns < _TURNS:
                self._turns += 1
                await asyncio.sleep(0)
            until, _, awake = heappop(self._sleepers)
            if not awake.done():
                self.now_s = max(self.now_s, until)
                awake.set_result(None)
