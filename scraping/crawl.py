"""One shop: its addresses, its pages, its products, and what went wrong on the way."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field

from yarl import URL

from core.catalogue import ProductRecord
from core.errors import FetchError, FetchFailed, FetchRefused
from scraping.extract import Page, canonical, extract
from scraping.fetcher import PAGE, SITEMAP, Fetcher, Wanted
from scraping.listing import next_page, product_links
from scraping.shops import ShopConfig, Take
from scraping.sitemap import sitemap_urls

logger = logging.getLogger(__name__)

MAX_ERROR_SHARE = 0.1
MAX_FAILURES_IN_A_ROW = 20
MAX_LISTING_PAGES = 1000
PAGES_AT_ONCE = 4
MAX_WAIT_S = 900.0

OnPage = Callable[["CrawlReport"], None]
_GONE = frozenset({404, 410})


@dataclass(slots=True)
class CrawlReport:
    """What a crawl has come to so far.

    ``pages`` are product pages that answered, ``products`` those that held one, ``gone`` the
    addresses that answered 404 or 410. ``errors`` counts by kind ("http 500", "refused", ...).
    """

    pages: int = 0
    products: int = 0
    gone: list[str] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    incomplete_because: str | None = None

    @property
    def complete(self) -> bool:
        """Whether what was not seen may be taken for absent."""
        return self.incomplete_because is None

    def counts(self) -> Mapping[str, int]:
        """The figures for the log and the diary."""
        return {
            "pages": self.pages,
            "products": self.products,
            "not_found": len(self.gone),
            "errors": self.errors.total(),
        }


class Crawl:
    """One pass over one shop; ``report`` grows while ``records`` runs."""

    def __init__(
        self, shop: ShopConfig, fetcher: Fetcher, *, on_page: OnPage = lambda _: None
    ) -> None:
        self.report = CrawlReport()
        self._shop = shop
        self._fetcher = fetcher
        self._on_page = on_page
        self._failures_in_a_row = 0

    async def records(self) -> AsyncGenerator[ProductRecord, None]:
        """The shop's products as their pages come in, each key once.

        No page's failure ends it; a shop that fails ``MAX_FAILURES_IN_A_ROW`` times running is
        given up for today. Afterwards the report says whether the pass was complete.
        """
        keys: set[str] = set()
        waiting: set[asyncio.Task[list[ProductRecord]]] = set()
        urls = self._limited(self._urls())
        try:
            exhausted = False
            while not exhausted or waiting:
                while not exhausted and len(waiting) < PAGES_AT_ONCE:
                    url = await anext(urls, None)
                    if url is None or self._given_up:
                        exhausted = True
                    else:
                        waiting.add(asyncio.create_task(self._page(url)))
                if not waiting:
                    break
                done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    for record in task.result():
                        if record.key not in keys:
                            keys.add(record.key)
                            self.report.products += 1
                            yield record
                    self._on_page(self.report)
        finally:
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            await urls.aclose()
        self._judge()

    @property
    def _given_up(self) -> bool:
        return self._failures_in_a_row >= MAX_FAILURES_IN_A_ROW

    async def _limited(self, urls: AsyncIterator[str]) -> AsyncGenerator[str, None]:
        number = 0
        async for url in urls:
            if number >= self._shop.max_products:
                self._incomplete(f"it has more than {self._shop.max_products} products")
                return
            number += 1
            yield url

    def _urls(self) -> AsyncIterator[str]:
        if self._shop.take is Take.SITEMAP:
            return self._from_sitemaps()
        return self._from_listings()

    async def _from_sitemaps(self) -> AsyncIterator[str]:
        start = self._shop.start
        try:
            named = await self._fetcher.sitemaps(start)
        except FetchError as error:
            self._missed(start, error)
            return
        own = start if start.endswith((".xml", ".xml.gz", ".txt")) else None
        starts = [own] if own else list(named) or [str(URL(start).origin() / "sitemap.xml")]

        async def get(url: str) -> bytes:
            return (await self._fetch(url, SITEMAP))[0]

        async for url in sitemap_urls(starts, get=get, on_error=self._missed):
            if self._shop.wants(url) and not _is_home(url):
                yield url

    async def _from_listings(self) -> AsyncIterator[str]:
        seen: set[str] = set()
        pages: set[str] = set()
        for start in (self._shop.start, *self._shop.listings):
            url: str | None = start
            while url and url not in pages:
                if len(pages) >= MAX_LISTING_PAGES:
                    self._incomplete(f"it has more than {MAX_LISTING_PAGES} listing pages")
                    return
                pages.add(url)
                try:
                    body, content_type, final = await self._fetch_page(url)
                except FetchError as error:
                    self._missed(url, error)
                    break
                links, following = await asyncio.to_thread(_read_listing, body, content_type, final)
                fresh = [link for link in links if link not in seen and self._shop.wants(link)]
                seen.update(fresh)
                if not links:
                    self._missed(url, FetchFailed(f"{url} lists nothing."))
                for link in fresh:
                    yield link
                # A listing that repeats itself for ever ends where it brings nothing new.
                url = following if fresh else None

    async def _page(self, url: str) -> list[ProductRecord]:
        try:
            body, content_type, final = await self._fetch_page(url)
        except FetchError as error:
            if isinstance(error, FetchFailed) and error.status in _GONE:
                self.report.gone.append(canonical(url))
                self._failures_in_a_row = 0
            else:
                self._failed(url, error)
            return []
        self._failures_in_a_row = 0
        self.report.pages += 1
        if _is_home(final) and not _is_home(url):
            self.report.errors["sent to the home page"] += 1
            return []
        try:
            found = await asyncio.to_thread(
                _read_product, body, content_type, final, self._shop.currency
            )
        except Exception:  # one page that we trip over must not cost the shop
            logger.exception("%s could not be read", final)
            self.report.errors["unreadable"] += 1
            return []
        if not found and (self._shop.include or self._shop.take is Take.LISTING):
            self.report.errors["no product"] += 1
        return found

    async def _fetch_page(self, url: str) -> tuple[bytes, str | None, str]:
        return await self._fetch(url, PAGE)

    async def _fetch(self, url: str, wanted: Wanted) -> tuple[bytes, str | None, str]:
        answer = await self._fetcher.fetch(
            url, wanted, pace_per_s=self._shop.pace_per_s, max_wait_s=MAX_WAIT_S
        )
        return answer.body, answer.content_type, answer.url

    def _failed(self, url: str, error: FetchError) -> None:
        self.report.errors[_kind(error)] += 1
        if not isinstance(error, FetchRefused):
            self._failures_in_a_row += 1
        logger.debug("%s: %s", url, error)
        if self._given_up:
            self._incomplete(f"{MAX_FAILURES_IN_A_ROW} pages failed in a row")

    def _missed(self, url: str, error: FetchError) -> None:
        """A sitemap or listing is missing, so products may be that are still sold."""
        self.report.errors[_kind(error)] += 1
        self._incomplete(f"{url} could not be read: {error}")

    def _incomplete(self, why: str) -> None:
        self.report.incomplete_because = self.report.incomplete_because or why

    def _judge(self) -> None:
        report = self.report
        asked = report.pages + report.errors.total()
        if report.products == 0:
            self._incomplete("it shows no product")
        elif report.errors.total() > MAX_ERROR_SHARE * asked:
            self._incomplete(f"{report.errors.total()} of {asked} pages failed")


def _read_product(
    body: bytes, content_type: str | None, url: str, currency: str | None
) -> list[ProductRecord]:
    return extract(Page.parse(body, url=url, content_type=content_type), currency=currency)


def _read_listing(body: bytes, content_type: str | None, url: str) -> tuple[list[str], str | None]:
    page = Page.parse(body, url=url, content_type=content_type)
    return product_links(page), next_page(page)


def _is_home(url: str) -> bool:
    return URL(url).path in {"", "/"} and not URL(url).query


def _kind(error: FetchError) -> str:
    if isinstance(error, FetchRefused):
        return "refused"
    status = error.status if isinstance(error, FetchFailed) else None
    return f"http {status}" if status else "no answer"
