"""One shop brought up to date: its pages staged, judged and saved, its new pictures fetched."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from contextlib import aclosing
from datetime import datetime, timedelta

from core.errors import TwinsetError
from core.storage.catalogue import CatalogueStore
from core.storage.pages import PageStore
from core.storage.runs import Run, RunStore
from core.storage.sitemaps import SitemapStore
from core.storage.staging import CHUNK, StagedPage, StagingStore
from scraping.commit import Committer
from scraping.crawl import Crawl, SeenPage
from scraping.fetcher import Fetcher
from scraping.new_pictures import NewPictures
from scraping.pictures import PictureSource
from scraping.reader import reader_of
from scraping.report import ShopReport
from scraping.shops import ShopConfig

logger = logging.getLogger(__name__)

JOB = "scrape"
RESUME_WITHIN = timedelta(hours=20)
"""What a run that was killed has read is of use for so long."""

_STAGE_EVERY = timedelta(seconds=2)

OnProgress = Callable[[str, int], None]


class ShopRefresher:
    """Brings shops up to date, with what it is given."""

    def __init__(
        self,
        *,
        catalogue: CatalogueStore,
        pages: PageStore,
        sitemaps: SitemapStore,
        staging: StagingStore,
        runs: RunStore,
        fetcher: Fetcher,
        pictures: PictureSource,
        now: Callable[[], datetime],
        max_crawl_s: float = 6 * 3600.0,
    ) -> None:
        self._catalogue = catalogue
        self._pages = pages
        self._sitemaps = sitemaps
        self._staging = staging
        self._runs = runs
        self._fetcher = fetcher
        self._pictures = pictures
        self._committer = Committer(catalogue=catalogue, pages=pages, staging=staging)
        self._now = now
        self._max_crawl_s = max_crawl_s

    async def done_since(self, begun: datetime) -> dict[str, ShopReport]:
        """By shop, what runs came to that began then or later and have ended."""
        ended = await self._runs.finished(JOB, since=begun)
        return {shop: ShopReport.of(shop, run) for shop, run in ended.items()}

    async def refresh(
        self,
        shop: ShopConfig,
        *,
        accept: bool = False,
        on_progress: OnProgress = lambda _shop, _done: None,
    ) -> ShopReport:
        """Scrape a shop and save what it shows; pages that are as they were are not read again.

        What comes in is staged and let into the catalogue at the end, as ``Committer`` says. A
        run that was killed is gone on with: no page that answered is asked for again.
        ``on_progress`` gets the shop's name and how many pages and pictures are done.
        """
        await self._catalogue.shop_seen(shop.name, shop.title, shop.start)
        run = await self._begin(shop)
        counts: Counter[str] = Counter(run.counts or {})
        report = ShopReport(shop=shop.name, counts=counts, errors=run.errors, problem=run.error)
        pages = counts["pages"]
        try:
            if run.counts is None:
                report = await self._scrape(shop, run, counts, accept, on_progress)
                pages = counts["pages"]
                await self._runs.note(run.id, counts, report.problem, report.errors)
            gathering = NewPictures(shop, self._catalogue, self._pictures, counts, now=self._now)
            await gathering.fetch(lambda done: on_progress(shop.name, pages + done))
        except TwinsetError as error:
            await self._runs.finish(run.id, self._now(), counts, str(error), report.errors)
            raise
        await self._runs.finish(run.id, self._now(), counts, report.problem, report.errors)
        await self._staging.clear(shop.name)
        return report

    async def _begin(self, shop: ShopConfig) -> Run:
        at = self._now()
        run = await self._runs.unfinished(JOB, shop.name, since=at - RESUME_WITHIN)
        if run is None:
            run = Run(id=await self._runs.begin(JOB, shop.name, at), shop=shop.name, started_at=at)
        else:
            logger.info("scrape %s: going on from %s", shop.name, run.started_at)
        await self._staging.clear(shop.name, but=run.id)
        return run

    async def _scrape(
        self,
        shop: ShopConfig,
        run: Run,
        counts: Counter[str],
        accept: bool,
        on_progress: OnProgress,
    ) -> ShopReport:
        sold = await self._catalogue.sold(shop.name)
        last_good = await self._runs.last_good(JOB, shop.name)
        crawl = Crawl(
            shop,
            self._fetcher,
            look_up=lambda urls: self._pages.known(shop.name, urls, reader=reader_of(shop)),
            sitemaps=self._sitemaps,
            sold={key: known.url for key, known in sold.items()},
            so_far=await self._staging.so_far(shop.name, run.id),
            on_page=lambda report: on_progress(shop.name, report.pages),
        )
        late, chunk = None, list[SeenPage]()
        try:
            async with asyncio.timeout(self._max_crawl_s):
                await self._stage(shop, run, crawl, chunk)
        except TimeoutError:
            late = f"it took longer than {self._max_crawl_s / 3600:.1f} h"
        await self._keep(shop, run, chunk)
        before = (last_good or {}).get("products", 0)
        listed = (last_good or {}).get("listed", before)
        done = await self._committer.commit(
            shop, run, crawl.report, sold=sold, before=listed, late=late, accept=accept
        )
        counts.update(crawl.report.counts())
        saved = done.saved
        counts.update(
            new=saved.new, changed=saved.changed, unchanged=saved.unchanged, gone=done.gone
        )
        if last_good:
            counts["before"] = before
        return ShopReport(
            shop=shop.name, counts=counts, errors=crawl.report.errors, problem=done.problem
        )

    async def _stage(self, shop: ShopConfig, run: Run, crawl: Crawl, chunk: list[SeenPage]) -> None:
        """Keep what comes in, soon enough that little is lost to a kill; ``chunk`` has the rest."""
        staged_at = self._now()
        async with aclosing(crawl.pages()) as pages:
            async for seen in pages:
                chunk.append(seen)
                if len(chunk) >= CHUNK or self._now() - staged_at >= _STAGE_EVERY:
                    await self._keep(shop, run, chunk)
                    staged_at = self._now()

    async def _keep(self, shop: ShopConfig, run: Run, chunk: list[SeenPage]) -> None:
        staged = [
            StagedPage(page=seen.page, records=seen.records, gone=seen.gone) for seen in chunk
        ]
        await self._staging.save(shop.name, run.id, staged, seen_at=self._now())
        chunk.clear()
