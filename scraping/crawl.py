"""One shop: its addresses, its pages, its products, and what went wrong on the way."""

import asyncio
import hashlib
import logging
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypedDict

from yarl import URL

from core.catalogue import ProductRecord
from core.errors import FetchError, FetchFailed, FetchRefused
from core.storage.pages import KnownPage
from scraping.extract import Page, canonical, extract
from scraping.fetcher import PAGE, SITEMAP, Fetched, Fetcher, Validators
from scraping.listing import next_page, product_links
from scraping.shops import ShopConfig, Take
from scraping.sitemap import sitemap_urls

logger = logging.getLogger(__name__)

MAX_ERROR_SHARE = 0.1
MAX_FAILURES_IN_A_ROW = 20
MAX_LISTING_PAGES = 1000
PAGES_AT_ONCE = 4
MAX_WAIT_S = 900.0
_LOOK_UP = 500

OnPage = Callable[["CrawlReport"], None]
LookUp = Callable[[Sequence[str]], Awaitable[Mapping[str, KnownPage]]]
_GONE = frozenset({404, 410})


class _Manners(TypedDict):
    pace_per_s: float
    max_wait_s: float


@dataclass(slots=True)
class CrawlReport:
    """What a crawl has come to so far.

    ``pages`` are product pages that answered, ``unread`` those of them that were as they had
    been, ``products`` what they showed, ``gone`` the addresses that answered 404 or 410.
    ``errors`` counts by kind ("http 500", "refused", ...).
    """

    pages: int = 0
    unread: int = 0
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
            "unread": self.unread,
            "products": self.products,
            "not_found": len(self.gone),
            "errors": self.errors.total(),
        }


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A product page that answered: ``records`` is what it shows, None where it is as known."""

    page: KnownPage
    records: tuple[ProductRecord, ...] | None


async def _nothing_known(_urls: Sequence[str]) -> Mapping[str, KnownPage]:
    return {}


class Crawl:
    """One pass over one shop; ``report`` grows while ``pages`` runs."""

    def __init__(
        self,
        shop: ShopConfig,
        fetcher: Fetcher,
        *,
        look_up: LookUp = _nothing_known,
        on_page: OnPage = lambda _: None,
    ) -> None:
        """``look_up`` gives those of some addresses whose pages need no reading if unchanged."""
        self.report = CrawlReport()
        self._shop = shop
        self._fetcher = fetcher
        self._look_up = look_up
        self._on_page = on_page
        self._failures_in_a_row = 0

    async def pages(self) -> AsyncGenerator[SeenPage, None]:
        """The shop's product pages as they come in, of each key the first record.

        No page's failure ends it; a shop that fails ``MAX_FAILURES_IN_A_ROW`` times running is
        given up for today. Afterwards the report says whether the pass was complete.
        """
        keys: set[str] = set()
        waiting: set[asyncio.Task[SeenPage | None]] = set()
        urls = self._with_known(self._limited(self._urls()))
        try:
            exhausted = False
            while not exhausted or waiting:
                while not exhausted and len(waiting) < PAGES_AT_ONCE:
                    following = await anext(urls, None)
                    if following is None or self._given_up:
                        exhausted = True
                    else:
                        waiting.add(asyncio.create_task(self._page(*following)))
                if not waiting:
                    break
                done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    if seen := task.result():
                        yield self._counted(seen, keys)
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

    def _counted(self, seen: SeenPage, keys: set[str]) -> SeenPage:
        fresh = [key for key in dict.fromkeys(seen.page.keys) if key not in keys]
        keys.update(fresh)
        self.report.products += len(fresh)
        if seen.records is None:
            return seen
        by_key = {record.key: record for record in reversed(seen.records)}
        return replace(seen, records=tuple(by_key[key] for key in fresh))

    async def _with_known(
        self, batches: AsyncIterator[Sequence[str]]
    ) -> AsyncGenerator[tuple[str, KnownPage | None], None]:
        async for batch in batches:
            known = await self._look_up(batch)
            for url in batch:
                yield url, known.get(url)

    async def _limited(
        self, batches: AsyncIterator[Sequence[str]]
    ) -> AsyncGenerator[Sequence[str], None]:
        left = self._shop.max_products
        async for batch in batches:
            yield batch[:left]
            if len(batch) > left:
                self._incomplete(f"it has more than {self._shop.max_products} products")
                return
            left -= len(batch)

    def _urls(self) -> AsyncIterator[Sequence[str]]:
        if self._shop.take is Take.SITEMAP:
            return self._from_sitemaps()
        return self._from_listings()

    async def _from_sitemaps(self) -> AsyncIterator[Sequence[str]]:
        start = self._shop.start
        try:
            named = await self._fetcher.sitemaps(start)
        except FetchError as error:
            self._missed(start, error)
            return
        own = start if start.endswith((".xml", ".xml.gz", ".txt")) else None
        starts = [own] if own else list(named) or [str(URL(start).origin() / "sitemap.xml")]

        async def get(url: str) -> bytes:
            return (await self._fetcher.fetch(url, SITEMAP, **self._manners)).body

        batch: list[str] = []
        async for url in sitemap_urls(starts, get=get, on_error=self._missed):
            if self._shop.wants(url) and not _is_home(url):
                batch.append(url)
            if len(batch) == _LOOK_UP:
                yield batch
                batch = []
        yield batch

    async def _from_listings(self) -> AsyncIterator[Sequence[str]]:
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
                    answer = await self._fetcher.fetch(url, PAGE, **self._manners)
                except FetchError as error:
                    self._missed(url, error)
                    break
                links, following = await asyncio.to_thread(_read_listing, answer)
                fresh = [link for link in links if link not in seen and self._shop.wants(link)]
                seen.update(fresh)
                if not links:
                    self._missed(url, FetchFailed(f"{url} lists nothing."))
                yield fresh
                # A listing that repeats itself for ever ends where it brings nothing new.
                url = following if fresh else None

    async def _page(self, url: str, known: KnownPage | None) -> SeenPage | None:
        try:
            answer = await self._fetcher.fetch(
                url, PAGE, validators=_validators(known), **self._manners
            )
        except FetchError as error:
            if isinstance(error, FetchFailed) and error.status in _GONE:
                self.report.gone.append(canonical(url))
                self._failures_in_a_row = 0
            else:
                self._failed(url, error)
            return None
        self._failures_in_a_row = 0
        self.report.pages += 1
        if _is_home(answer.url) and not _is_home(url):
            self.report.errors["sent to the home page"] += 1
            return None
        seen = await self._read(url, answer, known)
        expected = self._shop.include or self._shop.take is Take.LISTING
        if seen and not seen.page.keys and expected:
            self.report.errors["no product"] += 1
        return seen

    async def _read(self, url: str, answer: Fetched, known: KnownPage | None) -> SeenPage | None:
        content = _content(answer)
        if known and (answer.not_modified or content == known.content):
            self.report.unread += 1
            return SeenPage(known, None)
        try:
            found = await asyncio.to_thread(_read_product, answer, self._shop.currency)
        except Exception:  # one page that we trip over must not cost the shop
            logger.exception("%s could not be read", answer.url)
            self.report.errors["unreadable"] += 1
            return None
        validators = Validators() if answer.redirected else answer.validators
        page = KnownPage(
            url=url,
            content=content,
            keys=tuple(record.key for record in found),
            etag=validators.etag,
            last_modified=validators.last_modified,
        )
        return SeenPage(page, tuple(found))

    @property
    def _manners(self) -> _Manners:
        return {"pace_per_s": self._shop.pace_per_s, "max_wait_s": MAX_WAIT_S}

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


def _validators(known: KnownPage | None) -> Validators | None:
    if known and (known.etag or known.last_modified):
        return Validators(known.etag, known.last_modified)
    return None


def _content(answer: Fetched) -> str:
    """Names what was answered: the bytes, how they are to be read, and whose they are."""
    digest = hashlib.blake2b(answer.body, digest_size=16)
    digest.update(f"\0{answer.content_type}\0{answer.url}".encode())
    return digest.hexdigest()


def _read_product(answer: Fetched, currency: str | None) -> list[ProductRecord]:
    return extract(_parsed(answer), currency=currency)


def _read_listing(answer: Fetched) -> tuple[list[str], str | None]:
    page = _parsed(answer)
    return product_links(page), next_page(page)


def _parsed(answer: Fetched) -> Page:
    return Page.parse(answer.body, url=answer.url, content_type=answer.content_type)


def _is_home(url: str) -> bool:
    return URL(url).path in {"", "/"} and not URL(url).query


def _kind(error: FetchError) -> str:
    if isinstance(error, FetchRefused):
        return "refused"
    status = error.status if isinstance(error, FetchFailed) else None
    return f"http {status}" if status else "no answer"
