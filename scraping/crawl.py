"""One shop: its addresses, its pages, its products, and what went wrong on the way."""

import asyncio
import hashlib
import logging
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType

from core.catalogue import ProductRecord
from core.errors import FetchError, FetchFailed, FetchRefused
from core.storage.chunks import chunks
from core.storage.pages import KnownPage
from core.storage.saving import stored_key
from core.storage.sitemaps import SitemapStore
from core.storage.staging import StagedSoFar
from scraping.asking import Asking
from scraping.extract import canonical
from scraping.fetcher import PAGE, Fetched, Fetcher, Validators, is_gone, is_home
from scraping.product_page import read_product
from scraping.shops import ShopConfig, Take
from scraping.ways import Part, Stocklist, stocklist_of, walk
from scraping.ways.addresses import Addresses

logger = logging.getLogger(__name__)

MAX_ERROR_SHARE = 0.1
MAX_FAILURES_IN_A_ROW = 20
PAGES_AT_ONCE = 4
MAX_WAIT_S = 900.0
NOTHING_YET = StagedSoFar()
_LOOK_UP = 500

OnPage = Callable[["CrawlReport"], None]
LookUp = Callable[[Sequence[str]], Awaitable[Mapping[str, KnownPage]]]


@dataclass(slots=True)
class CrawlReport:
    """What a crawl has come to so far.

    ``pages`` are product pages that answered, ``unread`` those of them that were as they had
    been, ``keys`` the products that they showed, ``listed`` how many of these are on pages that
    the shop named, ``gone`` the addresses that answered 404 or 410, ``unsure`` those that gave no
    answer to go by. ``errors`` counts by kind ("http 500", "refused", ...).
    """

    pages: int = 0
    unread: int = 0
    keys: set[str] = field(default_factory=set)
    listed: int = 0
    gone: list[str] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)
    errors: Counter[str] = field(default_factory=Counter)
    incomplete_because: str | None = None

    @property
    def products(self) -> int:
        """How many products there are."""
        return len(self.keys)

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
            "listed": self.listed,
            "not_found": len(self.gone),
            "errors": self.errors.total(),
        }


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A product page that answered: ``records`` is what it shows, None where it is as known.

    ``gone`` is one that answered that it is no more.
    """

    page: KnownPage
    records: tuple[ProductRecord, ...] | None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class _Ask:
    """A page to be asked for; ``listed`` where the shop named it today."""

    url: str
    known: KnownPage | None
    listed: bool


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
        sitemaps: SitemapStore | None = None,
        sold: Mapping[str, str | None] = MappingProxyType({}),
        so_far: StagedSoFar = NOTHING_YET,
        on_page: OnPage = lambda _: None,
    ) -> None:
        """``look_up`` gives those of some addresses whose pages need no reading if unchanged;
        ``sitemaps`` are remembered from one pass to the next.

        ``sold`` are the products known till now and their addresses: those that the shop does
        not name today are asked for as well, since only their own pages can tell what became of
        them. A pass that goes on has had the answers ``so_far``.
        """
        self.report = CrawlReport(
            pages=len(so_far.shown) - len(so_far.gone),
            unread=so_far.unread,
            keys={key for keys in so_far.shown.values() for key in keys},
            gone=list(so_far.gone),
        )
        self._shop = shop
        self._get = Asking(shop, fetcher, max_wait_s=MAX_WAIT_S)
        self._look_up = look_up
        self._sold = sold
        self._addresses = frozenset(url for url in sold.values() if url)
        self._answered = so_far.shown
        self._listed: set[str] = set()
        self._asked: set[str] = set()
        self._on_page = on_page
        self._failures_in_a_row = 0
        self._named = Addresses(
            shop, fetcher=fetcher, get=self._get, on_error=self._missed, sitemaps=sitemaps
        )

    async def pages(self) -> AsyncGenerator[SeenPage, None]:
        """The shop's product pages as they come in, of each key the first record.

        No page's failure ends it; a shop that fails ``MAX_FAILURES_IN_A_ROW`` times running is
        given up for today. Afterwards the report says whether the pass was complete.
        """
        async with aclosing(self._from_the_shop()) as pages:
            async for seen in pages:
                self._listed.update(map(stored_key, seen.page.keys))
                yield seen
        self.report.listed = len(self._listed)
        unlisted = self._with_known(self._unlisted(), listed=False)
        async with aclosing(self._fetched(unlisted)) as pages:
            async for seen in pages:
                yield seen
        self._judge()

    def _from_the_shop(self) -> AsyncGenerator[SeenPage, None]:
        """The pages that the shop names, be they products' own or a stocklist's."""
        stocklist = stocklist_of(self._shop, at=datetime.now(UTC))
        if stocklist is not None:
            return self._stock(stocklist)
        return self._fetched(self._with_known(self._limited(self._named.batches()), listed=True))

    async def _stock(self, stocklist: Stocklist) -> AsyncGenerator[SeenPage, None]:
        """A stocklist's pages, each with the products of it that are wanted."""
        left = self._shop.max_products
        pages = walk(stocklist, get=self._get, look_up=self._look_up, on_error=self._missed)
        async with aclosing(pages):
            async for stock in pages:
                if (shown := self._answered.get(stored_key(stock.page.url))) is not None:
                    self._listed.update(shown)  # staged before the pass was broken off
                    left -= len(shown)
                    continue
                self.report.pages += 1
                self.report.unread += stock.part is None
                records = self._chosen(stock.part)
                if len(records if records is not None else stock.page.keys) > left:
                    self._incomplete(f"it has more than {self._shop.max_products} products")
                    if records is not None:  # else all of it was let through before
                        # Not to be known again: it holds more than was taken of it.
                        page = replace(stock.page, content="", etag=None, last_modified=None)
                        yield self._counted(_seen(page, records[:left]))
                    return
                yield self._counted(_seen(stock.page, records))
                self._on_page(self.report)
                left -= len(records if records is not None else stock.page.keys)

    def _chosen(self, part: Part | None) -> tuple[ProductRecord, ...] | None:
        if part is None:
            return None
        return tuple(one for one in part.records if one.url and self._shop.wants(one.url))

    async def _fetched(self, urls: AsyncGenerator[_Ask, None]) -> AsyncGenerator[SeenPage, None]:
        waiting: set[asyncio.Task[SeenPage | None]] = set()
        try:
            exhausted = False
            while not exhausted or waiting:
                while not exhausted and len(waiting) < PAGES_AT_ONCE:
                    following = await anext(urls, None)
                    if following is None or self._given_up:
                        exhausted = True
                    else:
                        waiting.add(asyncio.create_task(self._page(following)))
                if not waiting:
                    break
                done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    if seen := task.result():
                        yield self._counted(seen)
                    self._on_page(self.report)
        finally:
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            await urls.aclose()

    @property
    def _given_up(self) -> bool:
        return self._failures_in_a_row >= MAX_FAILURES_IN_A_ROW

    def _counted(self, seen: SeenPage) -> SeenPage:
        keys = self.report.keys
        fresh = [key for key in dict.fromkeys(seen.page.keys) if stored_key(key) not in keys]
        keys.update(map(stored_key, fresh))
        if seen.records is None:
            return seen
        by_key = {record.key: record for record in reversed(seen.records)}
        return replace(seen, records=tuple(by_key[key] for key in fresh))

    async def _with_known(
        self, batches: AsyncIterator[Sequence[str]], *, listed: bool
    ) -> AsyncGenerator[_Ask, None]:
        async for batch in batches:
            known = await self._look_up(batch)
            for url in batch:
                self._asked.add(canonical(url))
                if (shown := self._answered.get(stored_key(url))) is None:
                    yield _Ask(url, known.get(url), listed)
                elif listed:
                    self._listed.update(shown)

    async def _unlisted(self) -> AsyncIterator[Sequence[str]]:
        """The addresses of products that were known, and that no page has shown today."""
        urls = (url for key, url in self._sold.items() if key not in self.report.keys)
        for batch in chunks((url for url in urls if url and self._is_unasked(url)), _LOOK_UP):
            yield batch

    def _is_unasked(self, url: str) -> bool:
        return (
            url.startswith("http") and self._shop.wants(url) and canonical(url) not in self._asked
        )

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

    async def _page(self, ask: _Ask) -> SeenPage | None:
        url, known = ask.url, ask.known
        try:
            answer = await self._get(url, PAGE, _validators(known))
        except FetchError as error:
            if is_gone(error, url):
                self.report.gone.append(url)
                self._failures_in_a_row = 0
                return SeenPage(KnownPage(url=url, content="", keys=()), None, gone=True)
            self._failed(url, error)
            return None
        self._failures_in_a_row = 0
        self.report.pages += 1
        if is_home(answer.url) and not is_home(url):
            if ask.listed:
                self.report.unsure.add(canonical(url))
                self._count("sent to the home page", url)
            return None
        seen = await self._read(url, answer, known)
        if seen and not seen.page.keys and ask.listed and self._shows_a_product(url):
            self._count("no product", url)
        return seen

    def _shows_a_product(self, url: str) -> bool:
        """Whether a page that shows no product is a surprise."""
        chosen = bool(self._shop.include) or self._shop.take is Take.LISTING
        return chosen or url in self._addresses or canonical(url) in self._sold

    async def _read(self, url: str, answer: Fetched, known: KnownPage | None) -> SeenPage | None:
        content = _content(answer)
        if known and (answer.not_modified or content == known.content):
            self.report.unread += 1
            return SeenPage(known, None)
        try:
            found = await asyncio.to_thread(self._products, url, answer)
        except Exception:  # one page that we trip over must not cost the shop
            logger.exception("%s could not be read", answer.url)
            self.report.unsure.add(canonical(url))
            self._count("unreadable", url)
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

    def _products(self, url: str, answer: Fetched) -> list[ProductRecord]:
        pictures = self._named.pictures.get(url, ())
        return [one.record for one in read_product(answer, self._shop, pictures=pictures)]

    def _failed(self, url: str, error: FetchError) -> None:
        self.report.unsure.add(canonical(url))
        self._count(_kind(error), error)
        if not isinstance(error, FetchRefused):
            self._failures_in_a_row += 1
        if self._given_up:
            self._incomplete(f"{MAX_FAILURES_IN_A_ROW} pages failed in a row")

    def _missed(self, url: str, error: FetchError) -> None:
        """A sitemap or listing is missing, so products may be that are still sold."""
        self._count(_kind(error), error)
        self._incomplete(f"{url} could not be read: {error}")

    def _count(self, kind: str, what: object) -> None:
        """Count an error; the first of a kind is told, lest a bad night fill the log."""
        level = logging.DEBUG if self.report.errors[kind] else logging.WARNING
        logger.log(level, "%s: %s: %s", self._shop.name, kind, what)
        self.report.errors[kind] += 1

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


def _seen(page: KnownPage, records: tuple[ProductRecord, ...] | None) -> SeenPage:
    """The page with the keys of those of its products that count."""
    if records is None:
        return SeenPage(page, None)
    keys = tuple(dict.fromkeys(record.key for record in records))
    return SeenPage(replace(page, keys=keys), records)


def _kind(error: FetchError) -> str:
    if isinstance(error, FetchRefused):
        return "refused"
    status = error.status if isinstance(error, FetchFailed) else None
    return f"http {status}" if status else "no answer"
