"""The index: what is searched, while its next generation is being built."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.errors import CatalogueEmpty, IndexInvalid, StorageFailed
from core.index.build import Builder, BuildOptions, Progress, Stage
from core.index.generation import Generation, GenerationInfo, load_generation, read_info
from core.index.shelf import Shelf, Signature

_log = logging.getLogger(__name__)
_SMALL_LOSS = 20  # products; a small catalogue may lose that many whatever their share

Rows = AsyncIterator[tuple[NDArray[np.int64], NDArray[np.float32]]]
_T = TypeVar("_T")


def _nothing() -> None:
    """For work that cannot be cut short."""


def space_of(directory: Path) -> str | None:
    """The embedding space of the generation that an index in that directory would open."""
    path = Shelf(directory).current()
    try:
        return read_info(path).fingerprint if path else None
    except IndexInvalid:
        return None


class Index:
    """Generations in a directory; queries from any thread, builds from one process at a time.

    What is built is of the space ``fingerprint``. Until then a generation of the space that is
    ``still`` asked in may be in use, and it answers those who ask in it even when another has
    taken its place, up to the build after ``settle``.
    """

    def __init__(
        self,
        directory: Path,
        *,
        fingerprint: str,
        still: str | None = None,
        options: BuildOptions | None = None,
        max_loss: float = 0.3,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Nothing is read before the first query.

        A build that would lose more than ``max_loss`` of the products is refused.
        """
        self._shelf = Shelf(directory)
        self._fingerprint = fingerprint
        self._still = still
        self._options = options or BuildOptions()
        self._max_loss = max_loss
        self._now = now
        self._loading = threading.Lock()
        self._current: Generation | None = None
        self._before: Generation | None = None
        self._signature: Signature | None = None

    @property
    def current(self) -> Generation | None:
        """The generation in use; None when there is none that is whole and of a right space.

        Costs one ``stat``; the first call after another process has put up a generation also
        checks and opens it, so that the event loop calls ``ready`` instead.
        """
        if self._shelf.signature() != self._signature and self._loading.acquire(
            blocking=self._current is None
        ):
            try:
                self._load()
            finally:
                self._loading.release()
        return self._current

    async def ready(self) -> GenerationInfo | None:
        """What is in use, None when the index has to be rebuilt first."""
        generation = await asyncio.to_thread(lambda: self.current)
        return generation.info if generation else None

    def search(
        self,
        query: NDArray[np.float32],
        k: int,
        *,
        fingerprint: str | None = None,
        allowed: Iterable[int] | NDArray[np.int64] | None = None,
    ) -> list[tuple[int, float]]:
        """The ``k`` nearest products (id, cosine), best first; see ``Generation.search``.

        ``fingerprint`` is the query's space; None stands for that of the generation in use.
        Takes milliseconds: call it in a thread. Raises ``CatalogueEmpty``.
        """
        generation = self._of(fingerprint)
        if generation is None or not generation.info.rows:
            raise CatalogueEmpty("There is no product in the index.")
        return generation.search(query, k, allowed=allowed)

    async def rebuild(
        self, rows: Rows, *, allow_shrink: bool = False, progress: Progress | None = None
    ) -> GenerationInfo:
        """Build a generation from chunks of (product ids int64[n], unit vectors float32[n, d]).

        Queries go on meanwhile and see the new one when it has passed every check; until then
        and on any failure they see the old one, which stays for ``rollback`` afterwards. Where
        nothing has changed since the one in use was built, that stays and is given back.
        ``progress`` is called on the event loop. Raises ``IndexBeingBuilt``, ``IndexInvalid``
        and ``StorageFailed``.
        """
        lock = self._shelf.lock()
        try:
            await _to_end(lock.take)
            return await self._build(rows, allow_shrink, _on_this_loop(progress))
        except OSError as error:
            raise StorageFailed(f"The index could not be built: {error}") from error
        finally:
            lock.release()

    def settle(self) -> None:
        """From now on nobody begins to ask in the space that was ``still`` asked in."""
        self._still = None

    async def rollback(self) -> GenerationInfo:
        """Go back to the generation before; ``IndexInvalid`` when none is whole."""
        try:
            return await _to_end(self._roll_back)
        except OSError as error:
            raise StorageFailed(f"The index could not be changed: {error}") from error

    def _of(self, fingerprint: str | None) -> Generation | None:
        current, before = self.current, self._before
        for generation in (current, before):
            if generation and fingerprint in (None, generation.info.fingerprint):
                return generation
        return None

    def _use(self, generation: Generation) -> None:
        previous = self._current
        if previous and previous.info.fingerprint == self._still:
            self._before = previous
        elif self._still is None:
            self._before = None
        self._current = generation

    async def _build(self, rows: Rows, allow_shrink: bool, progress: Progress) -> GenerationInfo:
        old = await asyncio.to_thread(lambda: self.current)
        draft, name = await _to_end(self._shelf.draft)
        builder = Builder(
            draft, fingerprint=self._fingerprint, options=self._options, progress=progress
        )
        try:
            async for products, vectors in rows:
                await _to_end(partial(builder.add, products, vectors))
            fewest = 0 if allow_shrink or old is None else self._fewest(old.info.products)
            finish = partial(self._finish, builder, draft, name, fewest, old.info if old else None)
            return await _to_end(finish, cancel=builder.stop)
        finally:
            builder.close()
            await _to_end(partial(self._shelf.discard, draft))

    def _fewest(self, products: int) -> int:
        if products == 0:
            return 0
        return max(1, min(products - _SMALL_LOSS, int(products * (1 - self._max_loss))))

    def _finish(
        self,
        builder: Builder,
        draft: Path,
        name: str,
        fewest: int,
        before: GenerationInfo | None,
    ) -> GenerationInfo:
        info = builder.finish(name=name, now=self._now(), fewest_products=fewest, before=before)
        if info is before:
            if self._still is None:
                self._before = None
            _log.info("index %s stays: nothing has changed", info.name)
            return info
        generation = load_generation(draft, fingerprint=self._fingerprint)
        with self._loading:
            previous = self._current
            self._shelf.publish(draft, name)
            self._use(generation)
            self._signature = self._shelf.signature()
        kept = {name}
        if previous and previous.info.fingerprint == self._fingerprint:
            kept.add(previous.info.name)  # of another space it is no use to roll back to
        self._shelf.keep_only(kept)
        _log.info(
            "index %s: %d products, %d rows, recall@5 %.3f, %s",
            *(info.name, info.products, info.rows, info.recall),
            f"search_k {info.search_k}" if info.search_k else "exact scan",
        )
        if info.left_out:
            _log.warning("%d rows were left out: no unit vectors", info.left_out)
        return info

    def _roll_back(self) -> GenerationInfo:
        lock = self._shelf.lock()
        try:
            lock.take()
            current = self._shelf.current()
            before = self._shelf.before(current.name) if current else None
            if before is None:
                raise IndexInvalid("There is no earlier generation of the index.")
            generation = self._opened(before)
            with self._loading:
                self._shelf.point_to(before.name)
                self._use(generation)
                self._signature = self._shelf.signature()
            _log.warning("index rolled back to %s", before.name)
            return generation.info
        finally:
            lock.release()

    def _load(self) -> None:
        """Open what the pointer names; on failure keep what is open, and say why, once."""
        while (signature := self._shelf.signature()) != self._signature:
            path = self._shelf.current()
            try:
                if path is None:
                    raise IndexInvalid("There is no index.")
                self._use(self._opened(path))
            except IndexInvalid as error:
                if signature != self._shelf.signature():
                    continue  # replaced, and swept away, while it was being read
                _log.warning(
                    "%s %s", error, "The one in use stays." if self._current else "Rebuild it."
                )
            self._signature = signature

    def _opened(self, path: Path) -> Generation:
        return load_generation(path, fingerprint=self._fingerprint, still=self._still)


async def _to_end(work: Callable[[], _T], *, cancel: Callable[[], None] = _nothing) -> _T:
    """Run in a thread; a cancelled caller waits for its end, so that nothing runs unseen."""
    future = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        cancel()
        await asyncio.wait([future])
        if not future.cancelled():
            future.exception()  # seen, so that asyncio does not complain of it
        raise


def _on_this_loop(progress: Progress | None) -> Progress:
    loop = asyncio.get_running_loop()

    def tell(stage: Stage, done: int, total: int | None) -> None:
        if progress is not None:
            loop.call_soon_threadsafe(progress, stage, done, total)

    return tell
