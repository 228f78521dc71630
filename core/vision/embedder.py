"""A photo's bytes in, what the network sees in it out."""

import asyncio
import contextlib
import contextvars
from collections import deque
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Sequence,
)
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from core.errors import Busy, FetchError, PhotoError, Unavailable
from core.photos import Photo, open_photo
from core.vision.batching import Lane, MicroBatcher
from core.vision.eye import Agreement, Eye
from core.vision.features import Backbone, Network, Readings
from core.vision.regions import Region, regions_in

Key = TypeVar("Key")
Loader = Callable[[], Awaitable[bytes]]

_WINDOW = 32
_CLOSED = "The network is being stopped."


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What the network sees, as in ``Row``, and in which pixels.

    An embedding is searched only in the space that ``fingerprint`` names, where ``agreement`` tells
    what a cosine is worth. ``regions`` are the garments that were found, the largest first; on the
    chat lane only.
    """

    embedding: NDArray[np.float32]
    logits: NDArray[np.float32]
    photo: Photo
    readings: Readings = field(default_factory=dict)
    fingerprint: str | None = None
    agreement: Agreement | None = None
    regions: Sequence[Region] = ()

    @property
    def garments(self) -> "Sequence[Sight]":
        """A sight of each region alone, or of the whole photo where none was found."""
        if not self.regions:
            return [self]
        whole = {name: some for name, some in self.readings.items() if name == "fashion"}
        return [
            replace(
                self,
                embedding=region.embedding,
                readings={**region.readings, **whole},
                regions=(region,),
            )
            for region in self.regions
        ]


class Embedder:
    """Decodes and embeds; made by ``open_embedder``, used on the loop that made it.

    While a network is ``coming``, it sees what is on the bulk lane, and chats are seen by the
    one before.
    """

    def __init__(
        self, batcher: MicroBatcher, *, coming: Network | None, queue: int, decoders: int
    ) -> None:
        self._batcher = batcher
        self._coming = coming
        self._prepared = coming is None
        self._preparing = asyncio.Lock()
        self._queue = queue
        self._inside = 0
        self._closed = False
        # A pool for each lane: a chat photo does not wait while the night's are decoded. The
        # night's is smaller, as two threads take half as long again a picture, for the
        # interpreter's lock, and one keeps the network busy.
        threads = {Lane.CHAT: decoders, Lane.BULK: max(1, decoders // 2)}
        self._pools = {
            lane: ThreadPoolExecutor(count, thread_name_prefix=f"decode-{lane}")
            for lane, count in threads.items()
        }

    @property
    def fingerprint(self) -> str:
        """The name of the bulk lane's embedding space, which is the catalogue's."""
        return (self._coming or self.backbone).fingerprint

    @property
    def eye(self) -> Eye | None:
        """What the bulk lane's network was taught of clothes."""
        return (self._coming or self.backbone).eye

    def eye_in(self, space: str | None) -> Eye | None:
        """What the network of that embedding space was taught, as far as it is in use."""
        networks = (self.backbone, self._coming)
        return next((one.eye for one in networks if one and one.fingerprint == space), None)

    @property
    def backbone(self) -> Backbone:
        """The network that answers chats."""
        return self._batcher.backbone

    @property
    def changing(self) -> bool:
        """Whether chats are still seen by another network than the bulk lane."""
        return self._coming is not None

    async def prepare(self) -> None:
        """Load the network that is coming, if one is; raises what that raises.

        The bulk lane does so by itself.
        """
        async with self._preparing:
            if self._coming and not self._prepared:
                await self._batcher.prepare(self._coming.load)
                self._prepared = True

    def switch(self) -> None:
        """Let the network that was prepared see everything, and the one before go."""
        if self._prepared:
            self._batcher.switch()
            self._coming = None

    async def see(self, data: bytes, *, lane: Lane = Lane.CHAT) -> Sight:
        """Decode and embed one photo.

        Raises a ``PhotoError``; on the chat lane ``Busy``, at once, when ``queue`` photos are
        being worked on already; ``Unavailable`` when the network failed or is being stopped.
        """
        if lane is Lane.BULK:
            await self.prepare()
            return await self._see(data, lane)
        if self._inside >= self._queue:
            raise Busy(retry_after_s=self._batcher.wait_s(self._inside))
        self._inside += 1
        try:
            return await self._see(data, lane)
        finally:
            self._inside -= 1

    async def see_many(
        self, items: AsyncIterable[tuple[Key, Loader]] | Iterable[tuple[Key, Loader]]
    ) -> AsyncGenerator[tuple[Key, Sight | PhotoError | FetchError], None]:
        """Load, decode and embed on the bulk lane, all three at once, a few photos ahead.

        Each item's key comes back in order with its sight, or with the ``PhotoError`` or
        ``FetchError`` of its loader or its bytes; anything else ends the run.
        """
        await self.prepare()
        window: deque[tuple[Key, asyncio.Task[Sight | PhotoError | FetchError]]] = deque()
        try:
            async with contextlib.aclosing(_each(items)) as source:
                async for key, load in source:
                    window.append((key, asyncio.create_task(self._load_and_see(load))))
                    if len(window) >= _WINDOW:
                        first, task = window.popleft()
                        yield first, await task
            while window:
                first, task = window.popleft()
                yield first, await task
        finally:
            tasks = [task for _, task in window]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _load_and_see(self, load: Loader) -> Sight | PhotoError | FetchError:
        try:
            return await self._see(await load(), Lane.BULK)
        except (PhotoError, FetchError) as error:
            return error

    async def _see(self, data: bytes, lane: Lane) -> Sight:
        if self._closed:
            raise Unavailable(_CLOSED)
        run = contextvars.copy_context().run  # takes the request's id along for the log
        loop = asyncio.get_running_loop()
        photo = await loop.run_in_executor(self._pools[lane], run, self._decode, data)
        row = await self._batcher.run(photo.pixels, lane=lane)
        regions: Sequence[Region] = ()
        if lane is Lane.CHAT and row.maps and row.eye:
            regions = regions_in(row.eye, row.maps, photo.frame)
        return Sight(
            embedding=row.embedding,
            logits=row.logits,
            photo=photo,
            readings=row.readings,
            fingerprint=row.fingerprint,
            agreement=row.eye.agreement if row.eye else None,
            regions=regions,
        )

    def _decode(self, data: bytes) -> Photo:
        if self._closed:
            raise Unavailable(_CLOSED)
        return open_photo(data)

    def close(self) -> None:
        """Let go of the decoding threads; photos that wait for one get ``Unavailable``."""
        # Not cancel_futures: a caller would take that for a cancellation of its own.
        self._closed = True
        for pool in self._pools.values():
            pool.shutdown(wait=False)


@contextlib.asynccontextmanager
async def open_embedder(
    load_backbone: Callable[[], Backbone],
    *,
    coming: Network | None = None,
    queue: int = 64,
    decoders: int = 2,
) -> AsyncIterator[Embedder]:
    """An embedder whose network is loaded and warm; the one that is ``coming`` is not yet.

    ``queue`` chat photos are worked on at most, ``decoders`` threads decode them, and half
    as many the night's. Meanwhile numpy's linear algebra has one thread in this process. What
    ``load_backbone`` raises comes out here; it runs in the thread that keeps the network.
    """
    # numpy's threads go on spinning after each product, on the cores that the network computes
    # on: with them it does half as many photos a second.
    with threadpool_limits(limits=1, user_api="blas"):
        async with MicroBatcher(load_backbone, queue=queue) as batcher:
            del load_backbone  # it may hold much of a network that is let go one day
            embedder = Embedder(batcher, coming=coming, queue=queue, decoders=decoders)
            try:
                yield embedder
            finally:
                embedder.close()


async def _each(
    items: AsyncIterable[tuple[Key, Loader]] | Iterable[tuple[Key, Loader]],
) -> AsyncGenerator[tuple[Key, Loader], None]:
    if isinstance(items, AsyncIterable):
        async for item in items:
            yield item
    else:
        for item in items:
            yield item
