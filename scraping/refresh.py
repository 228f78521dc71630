"""One shop brought up to date: its products saved, its new pictures fetched, its run closed."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from core.errors import TwinsetError
from core.storage.catalogue import CatalogueStore
from core.storage.pages import PageStore
from core.storage.runs import RunStore
from core.storage.saving import SaveCounts
from scraping.crawl import Crawl, CrawlReport, SeenPage
from scraping.fetcher import Fetcher
from scraping.new_pictures import NewPictures
from scraping.pictures import PictureSource
from scraping.reader import reader_of
from scraping.shops import ShopConfig

logger = logging.getLogger(__name__)

JOB = "scrape"
SHRINK_LIMIT = 0.5
"""A run with fewer than this share of the last good run's products counts as incomplete."""

_CHUNK = 50

OnProgress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopReport:
    """What a night brought for one shop; ``problem`` says why it does not count, if so."""

    shop: str
    counts: Mapping[str, int]
    errors: Mapping[str, int]
    problem: str | None

    @property
    def complete(self) -> bool:
        """Whether the shop was seen as a whole."""
        return self.problem is None


class ShopRefresher:
    """Brings shops up to date, with what it is given."""

    def __init__(
        self,
        *,
        catalogue: CatalogueStore,
        pages: PageStore,
        runs: RunStore,
        fetcher: Fetcher,
        pictures: PictureSource,
        now: Callable[[], datetime],
        max_crawl_s: float = 6 * 3600.0,
    ) -> None:
        self._catalogue = catalogue
        self._pages = pages
        self._runs = runs
        self._fetcher = fetcher
        self._pictures = pictures
        self._now = now
        self._max_crawl_s = max_crawl_s

    async def refresh(
        self, shop: ShopConfig, *, on_progress: OnProgress = lambda _shop, _done: None
    ) -> ShopReport:
        """Scrape a shop and save what it shows; pages that are as they were are not read again.

        Saved in small chunks, so that little is lost to a kill. ``on_progress`` gets the shop's
        name and how many pages and pictures are done. Only a run that saw the shop as a whole,
        and not much smaller than the last good one, lets absent products be counted as gone.
        """
        started_at = self._now()
        await self._catalogue.shop_seen(shop.name, shop.title, shop.start)
        run_id = await self._runs.begin(JOB, shop.name, started_at)
        counts: Counter[str] = Counter()
        crawl = Crawl(
            shop,
            self._fetcher,
            look_up=lambda urls: self._pages.known(shop.name, urls, reader=reader_of(shop)),
            on_page=lambda report: on_progress(shop.name, report.pages),
        )
        try:
            problem = await self._scrape(shop, crawl, counts, started_at)
            gathering = NewPictures(shop, self._catalogue, self._pictures, counts)
            await gathering.fetch(lambda done: on_progress(shop.name, crawl.report.pages + done))
        except TwinsetError as error:
            await self._runs.finish(run_id, self._now(), counts, str(error))
            raise
        await self._runs.finish(run_id, self._now(), counts, problem)
        return ShopReport(
            shop=shop.name, counts=counts, errors=crawl.report.errors, problem=problem
        )

    async def _scrape(
        self, shop: ShopConfig, crawl: Crawl, counts: Counter[str], started_at: datetime
    ) -> str | None:
        """Save the products; returns why the pass is incomplete, if it is."""
        report, late = crawl.report, None
        try:
            async with asyncio.timeout(self._max_crawl_s):
                saved = await self._save(shop, crawl)
        except TimeoutError:
            saved, late = SaveCounts(), f"it took longer than {self._max_crawl_s / 3600:.1f} h"
        problem = late or report.incomplete_because or await self._shrunk(shop, report)
        gone = await self._catalogue.mark_gone(shop.name, report.gone)
        gone += await self._catalogue.finish_run(
            shop.name, started_at=started_at, complete=problem is None
        )
        if problem is None:
            await self._pages.forget(shop.name, started_at)
        counts.update(report.counts())
        counts.update(new=saved.new, changed=saved.changed, unchanged=saved.unchanged, gone=gone)
        return problem

    async def _save(self, shop: ShopConfig, crawl: Crawl) -> SaveCounts:
        saved = SaveCounts()
        chunk: list[SeenPage] = []
        async with aclosing(crawl.pages()) as pages:
            async for seen in pages:
                chunk.append(seen)
                if len(chunk) >= _CHUNK:
                    saved += await self._keep(shop, chunk)
                    chunk.clear()
        return saved + await self._keep(shop, chunk)

    async def _keep(self, shop: ShopConfig, chunk: Sequence[SeenPage]) -> SaveCounts:
        """Products before their pages: after a kill between the two, the pages are read again."""
        seen_at = self._now()
        records = [record for seen in chunk for record in seen.records or ()]
        saved = await self._catalogue.save(shop.name, records, seen_at=seen_at)
        read = [seen.page for seen in chunk if seen.records is not None]
        await self._pages.save(shop.name, read, reader=reader_of(shop), seen_at=seen_at)
        unchanged = [seen.page for seen in chunk if seen.records is None]
        return saved + await self._pages.seen_again(shop.name, unchanged, seen_at=seen_at)

    async def _shrunk(self, shop: ShopConfig, report: CrawlReport) -> str | None:
        last = await self._runs.last_good(JOB, shop.name)
        before = (last or {}).get("products", 0)
        if report.products < SHRINK_LIMIT * before:
            return f"it shows {report.products} products, last time {before}"
        return None
