"""Ways in that lead to product pages: sitemaps, and listings page by page."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence

from yarl import URL

from core.errors import FetchError, FetchFailed, FetchRefused
from core.storage.sitemaps import KeptSitemap, SitemapStore
from scraping.fetcher import SITEMAP, Fetcher, Validators, Wanted, is_home
from scraping.listing import Listing, page_after, read_listing
from scraping.shops import ShopConfig, Take
from scraping.sitemap import Sitemap, SitemapEntry, parse_sitemap, sitemap_entries
from scraping.ways.stocklist import Get, OnError

MAX_LISTING_PAGES = 1000
MAX_MISSED_IN_A_ROW = 3
_BATCH = 500

LISTING = Wanted(
    "listing",
    ("text/html", "application/xhtml+xml", "application/json", "text/json", "text/plain"),
    10_000_000,
    accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
)


class Addresses:
    """The addresses of what may be a shop's products.

    ``pictures`` are those that its sitemaps show of pages; they are there once the page is named.
    What could not be had, or not to its end, goes to ``on_error``.
    """

    def __init__(
        self,
        shop: ShopConfig,
        *,
        fetcher: Fetcher,
        get: Get,
        on_error: OnError,
        sitemaps: SitemapStore | None = None,
    ) -> None:
        """One of the ``sitemaps`` that is as it was is not sent again."""
        self._shop = shop
        self._fetcher = fetcher
        self._get = get
        self._on_error = on_error
        self._sitemaps = sitemaps
        self._pictures: dict[str, tuple[str, ...]] = {}

    @property
    def pictures(self) -> Mapping[str, tuple[str, ...]]:
        """By the address of a page, where its sitemap shows pictures."""
        return self._pictures

    def batches(self) -> AsyncIterator[Sequence[str]]:
        """The addresses as they are found, each once."""
        if self._shop.take is Take.SITEMAP:
            return self._from_sitemaps()
        return self._from_listings()

    async def _from_sitemaps(self) -> AsyncIterator[Sequence[str]]:
        try:
            starts = self._shop.sitemaps or await sitemaps_of(self._shop.start, self._fetcher)
        except FetchError as error:
            self._on_error(self._shop.start, error)
            return
        batch: list[str] = []
        async for entry in sitemap_entries(starts, get=self._sitemap, on_error=self._on_error):
            if self._shop.wants(entry.url) and not is_home(entry.url):
                batch.append(entry.url)
                self._remember(entry)
            if len(batch) == _BATCH:
                yield batch
                batch = []
        yield batch

    async def _sitemap(self, url: str) -> Sitemap:
        kept = await self._sitemaps.kept(self._shop.name, url) if self._sitemaps else None
        validators = Validators(kept.etag, kept.last_modified) if kept else None
        answer = await self._get(url, SITEMAP, validators)
        body = kept.body if kept and answer.not_modified else answer.body
        sitemap = await asyncio.to_thread(parse_sitemap, body, url=url)
        fresh = not (answer.not_modified or answer.redirected)
        if self._sitemaps and fresh and sitemap.complete:
            given = answer.validators
            await self._sitemaps.keep(
                self._shop.name,
                KeptSitemap(url=url, body=body, etag=given.etag, last_modified=given.last_modified),
            )
        return sitemap

    def _remember(self, entry: SitemapEntry) -> None:
        if entry.images and len(self._pictures) < self._shop.max_products:
            self._pictures[entry.url] = entry.images

    async def _from_listings(self) -> AsyncIterator[Sequence[str]]:
        seen: set[str] = set()
        pages: set[str] = set()
        for start in (self._shop.start, *self._shop.listings):
            async for fresh in self._one_listing(start, seen, pages):
                yield fresh

    async def _one_listing(
        self, start: str, seen: set[str], pages: set[str]
    ) -> AsyncIterator[Sequence[str]]:
        url: str | None = start
        missed, is_guess = 0, False
        while url and url not in pages:
            if len(pages) >= MAX_LISTING_PAGES:
                self._on_error(
                    start, FetchRefused(f"It has more than {MAX_LISTING_PAGES} listing pages.")
                )
                return
            pages.add(url)
            listing = await self._read(url, quietly=is_guess)
            if listing is None:
                # A page that fails is not the listing's end, unless nothing said that it exists.
                missed += 1
                url = None if is_guess or missed == MAX_MISSED_IN_A_ROW else page_after(url)
                continue
            missed = 0
            fresh = [one for one in listing.products if one not in seen and self._shop.wants(one)]
            seen.update(fresh)
            if not listing.products and not is_guess:
                self._on_error(url, FetchFailed(f"{url} lists nothing."))
            yield fresh
            # A listing that repeats itself for ever ends where it brings nothing new.
            is_guess = listing.is_guess
            url = listing.following if fresh else None

    async def _read(self, url: str, *, quietly: bool) -> Listing | None:
        try:
            answer = await self._get(url, LISTING)
            return await asyncio.to_thread(read_listing, answer, self._shop.selectors)
        except FetchError as error:
            if not quietly:
                self._on_error(url, error)
            return None


async def sitemaps_of(start: str, fetcher: Fetcher) -> Sequence[str]:
    """The sitemaps of a site, or the one whose address is given."""
    if start.endswith((".xml", ".xml.gz", ".txt")):
        return [start]
    named = await fetcher.sitemaps(start)
    return list(named) or [str(URL(start).origin() / "sitemap.xml")]
