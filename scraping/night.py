"""The night's stages: scrape the shops, embed what is new, rebuild the index."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from core.errors import CatalogueEmpty, TwinsetError
from core.fitting import Fit, fit_heads
from core.heads import Heads
from core.index.generation import GenerationInfo
from core.index.index import Rows
from core.informed import told
from core.storage.catalogue import CatalogueStore, ImageRow
from core.storage.runs import RunStore
from core.storage.vectors import Floats, VectorStore
from core.vision.embedder import Embedder, Sight
from scraping.new_pictures import is_final
from scraping.night_lock import the_only_night
from scraping.pictures import PictureSource
from scraping.refresh import RESUME_WITHIN, OnProgress, ShopRefresher
from scraping.report import ShopReport
from scraping.shops import ShopConfig

logger = logging.getLogger(__name__)

JOB = "night"
_CHUNK = 64

OnEmbedded = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedCounts:
    """How many pictures got a vector, and how many could not be had or read."""

    embedded: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NightReport:
    """What a night came to; ``generation`` is the index's, None where it could not be rebuilt.

    ``problems`` are sentences for the operator; ``fits`` say which light heads were fitted.
    """

    shops: tuple[ShopReport, ...]
    embedded: EmbedCounts
    generation: GenerationInfo | None
    problems: tuple[str, ...]
    fits: tuple[Fit, ...] = ()

    def counts(self) -> Mapping[str, int]:
        """The sums over all shops, for the diary."""
        names = ("products", "new", "changed", "gone", "errors")
        return {
            "shops": len(self.shops),
            **{name: sum(shop.counts.get(name, 0) for shop in self.shops) for name in names},
            "embedded": self.embedded.embedded,
            "indexed": self.generation.products if self.generation else 0,
        }


@dataclass(frozen=True, slots=True)
class _Begun:
    id: int
    begun: datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Shown:
    """What came of embedding and indexing; of several, the last one's problems are left."""

    embedded: EmbedCounts = field(default_factory=EmbedCounts)
    generation: GenerationInfo | None = None
    problems: tuple[str, ...] = ()

    def followed_by(self, later: "_Shown") -> "_Shown":
        """Both together; a picture that failed twice failed once."""
        embedded = EmbedCounts(
            embedded=self.embedded.embedded + later.embedded.embedded, failed=later.embedded.failed
        )
        return _Shown(embedded, later.generation or self.generation, later.problems)


class Rebuilds(Protocol):
    """What the night needs of an index, or of a ``Succession``."""

    async def rebuild(self, rows: Rows, *, allow_shrink: bool = False) -> GenerationInfo:
        """As ``Index.rebuild``."""
        ...


class Night:
    """The stages, each usable alone."""

    def __init__(
        self,
        *,
        refresher: ShopRefresher,
        catalogue: CatalogueStore,
        vectors: VectorStore,
        runs: RunStore,
        pictures: PictureSource,
        embedder: Embedder,
        index: Rebuilds,
        now: Callable[[], datetime],
        lock: Path,
        heads: Heads | None = None,
        show_every_s: float = 1800.0,
    ) -> None:
        """With ``heads``, these are fitted to the catalogue at each night's end.

        ``lock`` is the file that keeps two processes from scraping at once. Where some shops
        take long, what the others brought is shown after ``show_every_s``.
        """
        self._refresher = refresher
        self._catalogue = catalogue
        self._vectors = vectors
        self._runs = runs
        self._pictures = pictures
        self._embedder = embedder
        self._index = index
        self._now = now
        self._heads = heads
        self._show_every_s = show_every_s
        self._lock = lock
        self._embedding = asyncio.Lock()

    async def run(
        self,
        shops: Sequence[ShopConfig],
        *,
        accept: bool = False,
        on_scraped: OnProgress = lambda _shop, _done: None,
        on_embedded: OnEmbedded = lambda _done, _total: None,
    ) -> NightReport:
        """All stages, one log line each; whatever fails, the later ones take place.

        A night that was killed is gone on with: shops that it was done with are left alone. Two
        nights at once wait for each other. With ``accept``, what the shops show is believed, as
        ``ShopRefresher.refresh`` says.
        """
        async with the_only_night(self._lock):
            night = await self._begin()
            done = {} if night.is_new or accept else await self._refresher.done_since(night.begun)
            reports = [done[shop.name] for shop in shops if shop.name in done]
            problems: list[str] = []
            scraping = asyncio.create_task(
                self.scrape(
                    [shop for shop in shops if shop.name not in done],
                    accept=accept,
                    problems=problems,
                    on_progress=on_scraped,
                    on_done=reports.append,
                )
            )
            try:
                shown = await self._show_as_they_come(scraping, reports, on_embedded)
                await scraping
            finally:
                scraping.cancel()
                await asyncio.gather(scraping, return_exceptions=True)
            shown = shown.followed_by(await self._show(on_embedded))
            problems += shown.problems
            fits: tuple[Fit, ...] = ()
            try:
                fits = await self.fit_heads()
            except TwinsetError as error:
                problems.append(f"Light heads: {error}")
            for problem in problems:
                logger.warning("%s", problem)
            report = NightReport(
                shops=tuple(reports),
                embedded=shown.embedded,
                generation=shown.generation,
                problems=tuple(problems),
                fits=fits,
            )
            await self._runs.finish(
                night.id, self._now(), report.counts(), "; ".join(problems)[:2000] or None
            )
            return report

    async def _begin(self) -> "_Begun":
        at = self._now()
        killed = await self._runs.unfinished(JOB, since=at - RESUME_WITHIN)
        if killed is not None:
            logger.info("night: going on with the one of %s", killed.started_at)
            return _Begun(killed.id, killed.started_at, is_new=False)
        return _Begun(await self._runs.begin(JOB, None, at), at, is_new=True)

    async def _show_as_they_come(
        self,
        scraping: "asyncio.Task[list[ShopReport]]",
        reports: Sequence[ShopReport],
        on_embedded: OnEmbedded,
    ) -> "_Shown":
        """Show what the quick shops brought while a slow one goes on, every so often."""
        shown, seen = _Shown(), len(reports)
        while not (await asyncio.wait([scraping], timeout=self._show_every_s))[0]:
            if len(reports) > seen:
                seen = len(reports)
                shown = shown.followed_by(await self._show(on_embedded))
        return shown

    async def _show(self, on_embedded: OnEmbedded) -> "_Shown":
        """Embed and index what there is.

        Only where another network answers still, its index stays when embedding fails.
        """
        problems: list[str] = []
        embedded, generation = EmbedCounts(), None
        worth_it = True
        try:
            embedded = await self.embed_missing(on_progress=on_embedded)
        except TwinsetError as error:
            problems.append(f"Embedding: {error}")
            worth_it = not self._embedder.changing
        try:
            generation = await self.rebuild() if worth_it else None
        except CatalogueEmpty:
            logger.info("rebuild: the catalogue is empty")
        except TwinsetError as error:
            problems.append(f"Index: {error}")
        return _Shown(embedded, generation, tuple(problems))

    async def scrape(
        self,
        shops: Sequence[ShopConfig],
        *,
        accept: bool = False,
        problems: list[str] | None = None,
        on_progress: OnProgress = lambda _shop, _done: None,
        on_done: Callable[[ShopReport], None] = lambda _: None,
    ) -> list[ShopReport]:
        """Bring all shops up to date at the same time, each for itself.

        ``on_done`` gets the report of each when it is there. A shop that breaks has none; why is
        added to ``problems``.
        """
        problems = [] if problems is None else problems

        async def one(shop: ShopConfig) -> ShopReport | None:
            started = time.monotonic()
            try:
                report = await self._refresher.refresh(shop, accept=accept, on_progress=on_progress)
            except Exception as error:
                known = isinstance(error, TwinsetError)
                logger.warning("scrape %s: failed", shop.name, exc_info=None if known else error)
                problems.append(f"{shop.title}: {error}")
                return None
            took_s = time.monotonic() - started
            logger.info("scrape %s: %s took=%.1fs", shop.name, report.figures(), took_s)
            if report.problem:
                problems.append(f"{shop.title} was not seen as a whole: {report.problem}.")
            on_done(report)
            return report

        async with asyncio.TaskGroup() as group:  # which, cancelled, waits for all to end
            tasks = [group.create_task(one(shop)) for shop in shops]
        return [report for task in tasks if (report := task.result())]

    async def embed_missing(
        self, *, on_progress: OnEmbedded = lambda _done, _total: None
    ) -> EmbedCounts:
        """Embed every picture that the index needs and has no vector of, on the bulk lane.

        Saved chunk by chunk. ``on_progress`` gets how many are done, of how many.
        """
        async with self._embedding:
            started = time.monotonic()
            fingerprint = self._embedder.fingerprint
            rows = await self._catalogue.images_without_vector(fingerprint)
            counts = await self._embed(rows, on_progress) if rows else EmbedCounts()
            logger.info(
                "embed: embedded=%d failed=%d took=%.1fs",
                counts.embedded,
                counts.failed,
                time.monotonic() - started,
            )
            return counts

    async def rebuild(self, *, allow_shrink: bool = False) -> GenerationInfo:
        """Build, validate and swap in an index of everything that may be shown.

        Far fewer products than before are taken for a mishap, unless ``allow_shrink``. Raises
        ``IndexInvalid`` and leaves the old one where the new one is not good.
        """
        started = time.monotonic()
        rows = self._vectors.rows(self._embedder.fingerprint)
        info = await self._index.rebuild(told(rows, self._embedder.eye), allow_shrink=allow_shrink)
        logger.info(
            "rebuild: generation=%s products=%d took=%.1fs",
            info.name,
            info.products,
            time.monotonic() - started,
        )
        return info

    async def fit_heads(self) -> tuple[Fit, ...]:
        """Fit the light heads to the catalogue and put those to use that do better.

        None without heads or an eye. Raises ``StorageFailed`` and leaves the old ones where the
        new ones cannot be kept.
        """
        eye = self._embedder.eye
        if self._heads is None or eye is None:
            return ()
        started = time.monotonic()
        fits = await fit_heads(self._vectors.rows(self._embedder.fingerprint), eye)
        adopted = {fit.of: fit.head for fit in fits if fit.head}
        await asyncio.to_thread(self._heads.keep, adopted)
        figures = "; ".join(map(str, fits)) or "no pictures"
        logger.info("heads: %s took=%.1fs", figures, time.monotonic() - started)
        return tuple(fits)

    async def _embed(self, rows: Sequence[ImageRow], on_progress: OnEmbedded) -> EmbedCounts:
        done, embedded = 0, 0
        now_there: dict[int, str] = {}
        contents: dict[int, str] = {}
        chunk: dict[str, Floats] = {}
        items = ((row, self._loader(row, now_there)) for row in rows)
        async with aclosing(self._embedder.see_many(items)) as seen:
            async for row, sight in seen:
                done += 1
                if isinstance(sight, Sight):
                    embedded += 1
                    if row.id in now_there:
                        contents[row.id] = now_there.pop(row.id)
                    chunk[contents.get(row.id) or row.content_hash or ""] = sight.embedding
                elif is_final(sight):
                    await self._catalogue.set_image_content(row.id, None, error=str(sight)[:300])
                if len(chunk) >= _CHUNK or done == len(rows):
                    await self._vectors.save(self._embedder.fingerprint, chunk)
                    await self._catalogue.set_image_contents(contents)
                    chunk.clear()
                    contents.clear()
                on_progress(done, len(rows))
        return EmbedCounts(embedded=embedded, failed=done - embedded)

    def _loader(self, row: ImageRow, now_there: dict[int, str]) -> Callable[[], Awaitable[bytes]]:
        """Loads a picture; notes its content hash where its address holds another by now."""

        async def load() -> bytes:
            if row.content_hash and (kept := await self._pictures.stored(row.content_hash)):
                return kept
            data, content_hash = await self._pictures.fetch(row.url)
            if content_hash != row.content_hash:
                now_there[row.id] = content_hash
            return data

        return load
