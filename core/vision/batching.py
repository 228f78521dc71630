"""Many callers, and the threads that run the network."""

import asyncio
import contextlib
import functools
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.errors import Busy, TwinsetError, Unavailable
from core.photos import SIDE_PX
from core.vision.eye import Eye
from core.vision.features import Backbone, Maps, Readings

T = TypeVar("T")

logger = logging.getLogger(__name__)

_BULK_SPACE = 24
_CHATS_IN_A_ROW = 16
_SMOOTHING = 0.2
_LEAST_WAIT_S = 0.5
_LOAD_ENDS_WITHIN_S = 3.0  # else it is a conversion, which may be cut off


class Lane(StrEnum):
    """Who waits: a person in a chat, or the night."""

    CHAT = "chat"
    BULK = "bulk"


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One photo's ``Features``: float32[d] of length 1, float32[1000], and what is seen, where.

    ``fingerprint`` names the embedding's space, and ``eye`` is the network's that saw it.
    """

    embedding: NDArray[np.float32]
    logits: NDArray[np.float32]
    readings: Readings
    maps: Maps | None
    fingerprint: str
    eye: Eye | None


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    pixels: NDArray[np.uint8]
    future: asyncio.Future[Row]


@dataclass(frozen=True, slots=True, eq=False)
class _Warm:
    """A backbone that is warmed up, with a turn for each of its streams.

    ``seconds_a_photo`` is what its smallest batch took.
    """

    backbone: Backbone
    turns: threading.Semaphore
    seconds_a_photo: float

    def filled(self, waiting: int) -> int:
        """The largest batch that this many fill: no padding, which is computed for nobody."""
        return max((size for size in self.backbone.batch_sizes if size <= waiting), default=0)


class MicroBatcher:
    """Gathers photos into batches for a backbone, and runs it in threads of its own.

    There are as many threads as the backbone has ``streams``; each takes the next batch when it
    is free. A batch is as large as those who wait can fill. Chat photos go first, at most
    ``queue`` of them wait, and one more is ``Busy`` at once. Bulk photos run while no chat photo
    waits, and one after every 16 chat photos in a row, so that a busy night ends all the same;
    they await space and are never refused. An async context manager, for calls from the loop that
    entered it: inside it the network is warm, and at its end chat photos that wait are finished
    and bulk photos get ``Unavailable``.

    Both lanes have the same backbone, but for the time between ``prepare`` and ``switch``.
    """

    def __init__(self, load_backbone: Callable[[], Backbone], *, queue: int = 64) -> None:
        self._load_first: Callable[[], Backbone] | None = load_backbone
        self._serving: dict[Lane, _Warm] = {}
        self._queue = queue
        self._chats: deque[_Job] = deque()
        self._bulk: deque[_Job] = deque()
        self._bulk_space = asyncio.Semaphore(_BULK_SPACE)
        self._changed = threading.Condition()
        self._open = False
        self._stopping = False
        self._running = 0
        self._chats_in_a_row = 0
        self._streams = 1
        self._seconds_a_photo = 0.05
        self._loader: threading.Thread | None = None
        self._thread = threading.Thread(target=self._work, name="network", daemon=True)

    @property
    def backbone(self) -> Backbone:
        """What answers chats; ``KeyError`` before the context is entered."""
        return self._serving[Lane.CHAT].backbone

    async def __aenter__(self) -> Self:
        """Load and warm up; what ``load_backbone`` raises comes out here."""
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Future[None] = self._loop.create_future()
        self._thread.start()
        try:
            await self._ready
        except BaseException:
            self._stop()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()
        await asyncio.to_thread(self._thread.join)
        if self._loader:  # a runtime that is cut off while it compiles takes the process along
            await asyncio.to_thread(self._loader.join, _LOAD_ENDS_WITHIN_S)

    async def run(self, pixels: NDArray[np.uint8], *, lane: Lane = Lane.CHAT) -> Row:
        """The network's answer to uint8[224, 224, 3].

        Raises ``Busy``, and ``Unavailable`` when the network failed or is being stopped.
        """
        if lane is Lane.CHAT:
            return await self._submit(pixels, self._chats)
        async with self._bulk_space:
            return await self._submit(pixels, self._bulk)

    async def prepare(self, load_backbone: Callable[[], Backbone]) -> None:
        """Load and warm another backbone, for the bulk lane from then on.

        Meanwhile, and on the chat lane until ``switch``, the one before goes on. What
        ``load_backbone`` raises comes out here.
        """
        ready: asyncio.Future[None] = self._loop.create_future()

        def work() -> None:
            try:
                self._serving[Lane.BULK] = _warmed(load_backbone())
            except BaseException as error:  # noqa: BLE001 - the one who waits gets it
                self._in_loop(functools.partial(_settle, ready, error))
            else:
                self._in_loop(functools.partial(_settle, ready, None))

        # Not the loop's own pool: its end would wait for a load that nobody wants any more.
        self._loader = threading.Thread(target=work, name="network", daemon=True)
        self._loader.start()
        await ready

    def switch(self) -> None:
        """Give chats the bulk lane's backbone too; the one before is let go."""
        with self._changed:
            self._serving[Lane.CHAT] = self._serving[Lane.BULK]

    def wait_s(self, photos: int) -> float:
        """How long that many photos take, by what was measured lately."""
        return max(_LEAST_WAIT_S, photos * self._seconds_a_photo)

    def _submit(self, pixels: NDArray[np.uint8], lane: deque[_Job]) -> asyncio.Future[Row]:
        with self._changed:
            if not self._open:
                raise Unavailable("The network is not running.")
            if lane is self._chats and len(lane) >= self._queue:
                _drop_cancelled(lane)
                if len(lane) >= self._queue:
                    raise Busy(retry_after_s=self.wait_s(len(lane) + self._running))
            future: asyncio.Future[Row] = self._loop.create_future()
            lane.append(_Job(pixels, future))
            self._changed.notify()
        return future

    def _stop(self) -> None:
        with self._changed:
            self._open = False
            self._stopping = True
            self._changed.notify_all()

    # From here on: the network's threads.

    def _work(self) -> None:
        try:
            self._begin()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the one who waits gets it
            self._in_loop(functools.partial(_settle, self._ready, error))
            return
        with self._changed:
            self._open = not self._stopping
        self._in_loop(functools.partial(_settle, self._ready, None))
        others = [
            threading.Thread(target=self._serve, name="network", daemon=True)
            for _ in range(self._streams - 1)
        ]
        try:
            for thread in others:
                thread.start()
            self._serve()
            for thread in others:
                thread.join()
        finally:
            self._end()

    def _begin(self) -> None:
        load, self._load_first = self._load_first, None  # it may hold much of what it loads
        assert load is not None  # noqa: S101 - a thread begins once
        warm = _warmed(load())
        self._serving = dict.fromkeys(Lane, warm)
        self._streams = warm.backbone.streams
        self._seconds_a_photo = warm.seconds_a_photo

    def _serve(self) -> None:
        while self._serve_next():  # no batch and no backbone is held while the next is awaited
            pass

    def _serve_next(self) -> bool:
        """Answer those who are next; False when it is time to stop."""
        warm, batch = self._next()
        if batch:
            self._answer(warm, batch)
            with self._changed:
                self._running -= len(batch)
        return bool(batch)

    def _next(self) -> tuple[_Warm, Sequence[_Job]]:
        """Those who are next, cancelled ones left out; nobody when it is time to stop."""
        with self._changed:
            while True:
                lane, batch = self._taken()
                self._running += len(batch)
                if batch or self._stopping:
                    return self._serving[lane], batch
                self._changed.wait()

    def _taken(self) -> tuple[Lane, Sequence[_Job]]:
        _drop_cancelled(self._chats)
        _drop_cancelled(self._bulk)
        bulk = 0 if self._stopping else len(self._bulk)
        if self._chats and not (bulk and self._chats_in_a_row >= _CHATS_IN_A_ROW):
            batch = _first(self._chats, self._serving[Lane.CHAT].filled(len(self._chats)))
            self._chats_in_a_row += len(batch)
            return Lane.CHAT, batch
        size = min(bulk, 1) if self._chats else self._serving[Lane.BULK].filled(bulk)
        self._chats_in_a_row = 0
        return Lane.BULK, _first(self._bulk, size)

    def _answer(self, warm: _Warm, batch: Sequence[_Job]) -> None:
        try:
            with warm.turns:
                started = time.perf_counter()
                rows = _forward(warm.backbone, [job.pixels for job in batch])
            took = (time.perf_counter() - started) / len(batch) / self._streams
            self._seconds_a_photo += _SMOOTHING * (took - self._seconds_a_photo)
        except BaseException:
            logger.exception("The network failed on a batch of %d", len(batch))
            self._fail(batch, "The network failed on this photo.")
        else:
            self._deliver(zip(batch, rows, strict=True))

    def _end(self) -> None:
        with self._changed:
            self._open = False
            left = [*self._chats, *self._bulk]
            self._chats.clear()
            self._bulk.clear()
        self._fail(left, "The network is being stopped.")

    def _fail(self, jobs: Iterable[_Job], why: str) -> None:
        self._deliver((job, Unavailable(why)) for job in jobs)

    def _deliver(self, outcomes: Iterable[tuple[_Job, Row | TwinsetError]]) -> None:
        ends = [(job.future, outcome) for job, outcome in outcomes]

        def settle() -> None:
            for future, outcome in ends:
                _settle(future, outcome)

        self._in_loop(settle)

    def _in_loop(self, action: Callable[[], object]) -> None:
        with contextlib.suppress(RuntimeError):  # a loop that is closed has nobody waiting
            self._loop.call_soon_threadsafe(action)


def _drop_cancelled(lane: deque[_Job]) -> None:
    if any(job.future.done() for job in lane):
        waiting = [job for job in lane if not job.future.done()]
        lane.clear()
        lane.extend(waiting)


def _first(lane: deque[_Job], count: int) -> list[_Job]:
    return [lane.popleft() for _ in range(count)]


def _blank(count: int) -> NDArray[np.uint8]:
    return np.zeros((count, SIDE_PX, SIDE_PX, 3), dtype=np.uint8)


def _warmed(backbone: Backbone) -> _Warm:
    size = min(backbone.batch_sizes)  # a first pass of another size takes no longer than a later
    backbone.forward(_blank(size))
    started = time.perf_counter()
    backbone.forward(_blank(size))
    took = (time.perf_counter() - started) / size
    return _Warm(backbone, threading.Semaphore(backbone.streams), took)


def _forward(backbone: Backbone, pixels: Sequence[NDArray[np.uint8]]) -> list[Row]:
    features = backbone.forward(np.stack(pixels))
    # Copied, or each answer would keep the whole batch's alive; the maps are let go of at once.
    readings = features.readings or [{}] * len(pixels)
    return [
        Row(
            features.embeddings[row].copy(),
            features.logits[row].copy(),
            readings[row],
            features.maps.of(row) if features.maps else None,
            backbone.fingerprint,
            backbone.eye,
        )
        for row in range(len(pixels))
    ]


def _settle(future: asyncio.Future[T], outcome: T | BaseException) -> None:
    if future.done():
        return
    if isinstance(outcome, BaseException):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
