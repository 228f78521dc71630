"""A few of a shop's products, read as the nightly run would read them."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from core.errors import FetchError
from core.storage.pages import KnownPage
from scraping.asking import Asking
from scraping.extract import Extracted
from scraping.fetcher import PAGE, Fetcher
from scraping.product_page import read_product
from scraping.shops import ShopConfig
from scraping.ways import Stocklist, stocklist_of, walk
from scraping.ways.addresses import Addresses

MAX_WAIT_S = 60.0
_PAGES_A_PRODUCT = 2
_ENOUGH_ADDRESSES = 500
_MOST_FAILURES = 5
_LOOSE = frozenset({"open-graph", "text"})
"""Where a page about anything has a title, too."""
_FIELDS = ("title", "price", "availability", "brand", "colour", "image")

T = TypeVar("T")


@dataclass(slots=True)
class Sample:
    """What was found; ``listed`` counts what the shop lists as far as it was looked at.

    ``more`` says that it lists more than that. ``empty`` are pages that show no product,
    ``problems`` sentences on what could not be had.
    """

    products: list[Extracted] = field(default_factory=list)
    listed: int = 0
    more: bool = False
    empty: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


async def sample(shop: ShopConfig, fetcher: Fetcher, *, most: int) -> Sample:
    """At most so many products of a shop, from all over what its first pages list.

    Politely and briefly: a few listing pages or sitemaps, and of product pages at most twice
    ``most``. Never raises for what a shop does.
    """
    return await _Sampler(shop, fetcher, most).take()


class _Sampler:
    def __init__(self, shop: ShopConfig, fetcher: Fetcher, most: int) -> None:
        self._shop = shop
        self._fetcher = fetcher
        self._get = Asking(shop, fetcher, max_wait_s=MAX_WAIT_S)
        self._most = most
        self._found = Sample()
        self._failed = 0

    async def take(self) -> Sample:
        stocklist = stocklist_of(self._shop, at=datetime.now(UTC))
        if stocklist is not None:
            await self._from_stock(stocklist)
        else:
            await self._from_pages()
        return self._found

    async def _from_stock(self, stocklist: Stocklist) -> None:
        pages = walk(stocklist, get=self._get, look_up=_nothing_known, on_error=self._problem)
        async with aclosing(pages):
            async for page in pages:
                records = page.part.records if page.part else ()
                wanted = [one for one in records if self._shop.wants(one.url or "")]
                self._found.listed += len(wanted)
                for record in spread(wanted, self._most - len(self._found.products)):
                    sources = dict.fromkeys(_FIELDS, self._shop.take.value)
                    self._found.products.append(Extracted(record, sources))
                if len(self._found.products) >= self._most:
                    self._found.more = 0 < stocklist.page_size <= len(records)
                    return

    async def _from_pages(self) -> None:
        addresses = Addresses(
            self._shop, fetcher=self._fetcher, get=self._get, on_error=self._problem
        )
        urls: dict[str, None] = {}
        async for batch in addresses.batches():
            urls.update(dict.fromkeys(batch))
            if len(urls) >= _ENOUGH_ADDRESSES:
                self._found.more = True
                break
        self._found.listed = len(urls)
        for url in spread(list(urls), _PAGES_A_PRODUCT * self._most):
            if len(self._found.products) >= self._most or self._failed == _MOST_FAILURES:
                break
            await self._page(url, addresses.pictures.get(url, ()))

    async def _page(self, url: str, pictures: Sequence[str]) -> None:
        try:
            answer = await self._get(url, PAGE)
        except FetchError as error:
            self._failed += 1
            self._problem(url, error)
            return
        self._failed = 0
        found = await asyncio.to_thread(read_product, answer, self._shop, pictures=pictures)
        product = next((one for one in found if self._is_product(one)), None)
        if product:
            self._found.products.append(product)
        else:
            self._found.empty.append(url)

    def _is_product(self, one: Extracted) -> bool:
        """Whether a page says that it is about a product, or its address does."""
        chosen = bool(self._shop.include) or one.sources.get("title") not in _LOOSE
        return one.record.price is not None or chosen

    def _problem(self, url: str, error: FetchError) -> None:
        text = str(error)
        self._found.problems.append(text if url in text else f"{url}: {text}")


def spread(items: Sequence[T], most: int) -> list[T]:
    """At most so many of the items, from the first on at even distances."""
    if len(items) <= most:
        return list(items)
    return [items[number * len(items) // most] for number in range(most)]


async def _nothing_known(_urls: Sequence[str]) -> Mapping[str, KnownPage]:
    return {}
