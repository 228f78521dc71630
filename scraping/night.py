"""The night's stages: scrape the shops, embed what is new, rebuild the index."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
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
from scraping.pictures import PictureSource
from scraping.refresh import OnProgress, ShopRefresher, ShopReport
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
    """What a night came to; ``generation`` is None where the index stayed as it was.

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
        heads: Heads | None = None,
    ) -> None:
        """With ``heads``, these are fitted to the catalogue at each night's end."""
        self._refresher = refresher
        self._catalogue = catalogue
        self._vectors = vectors
        self._runs = runs
        self._pictures = pictures
        self._embedder = embedder
        self._index = index
        self._now = now
        self._heads = heads
        self._embedding = asyncio.Lock()

    async def run(
        self,
        shops: Sequence[ShopConfig],
        *,
        on_scraped: OnProgress = lambda _shop, _done: None,
        on_embedded: OnEmbedded = lambda _done, _total: None,
    ) -> NightReport:
        """All stages, one log line each; whatever fails, the later ones take place.

        Only where another network answers still, its index stays when embedding fails.
        """
        run_id = await self._runs.begin(JOB, None, self._now())
        problems: list[str] = []
        reports = await self.scrape(shops, problems=problems, on_progress=on_scraped)
        embedded, generation = EmbedCounts(), None
        fits: tuple[Fit, ...] = ()
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
        try:
            fits = await self.fit_heads()
        except TwinsetError as error:
            problems.append(f"Light heads: {error}")
        for problem in problems:
            logger.warning("%s", problem)
        report = NightReport(
            shops=tuple(reports),
            embedded=embedded,
            generation=generation,
            problems=tuple(problems),
            fits=fits,
        )
        await self._runs.finish(
            run_id, self._now(), report.counts(), "; ".join(problems)[:2000] or None
        )
        return report

    async def scrape(
        self,
        shops: Sequence[ShopConfig],
        *,
        problems: list[str] | None = None,
        on_progress: OnProgress = lambda _shop, _done: None,
    ) -> list[ShopReport]:
        """Bring all shops up to date at the same time, each for itself.

        A shop that breaks is missing from the result; why is added to ``problems``.
        """
        problems = [] if problems is None else problems

        async def one(shop: ShopConfig) -> ShopReport | None:
            started = time.monotonic()
            try:
                report = await self._refresher.refresh(shop, on_progress=on_progress)
            except Exception as error:
                known = isinstance(error, TwinsetError)
                logger.warning("scrape %s: failed", shop.name, exc_info=None if known else error)
                problems.append(f"{shop.title}: {error}")
                return None
            took_s = time.monotonic() - started
            figures = " ".join(f"{name}={count}" for name, count in report.counts.items())
            logger.info("scrape %s: %s took=%.1fs", shop.name, figures, took_s)
            if report.problem:
                problems.append(f"{shop.title} was not seen as a whole: {report.problem}.")
            return report

        return [report for report in await asyncio.gather(*map(one, shops)) if report]

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
