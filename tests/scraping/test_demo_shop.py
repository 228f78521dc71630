"""The demo shop, scraped over HTTP as any other."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from yarl import URL

import data
from core.catalogue import Availability, ProductRecord
from data.demo_shop.catalogue import DemoCatalogue
from data.demo_shop.site import serve
from scraping.crawl import Crawl
from scraping.fetcher import open_fetcher
from scraping.shops import ShopConfig, Take, read_shop


@pytest.fixture
async def demo() -> AsyncIterator[ShopConfig]:
    described = read_shop(Path(data.__file__).parent / "shops" / "demo.toml")
    async with serve(0) as url:
        yield replace(described, start=url)


async def crawl(shop: ShopConfig) -> tuple[Crawl, dict[str, ProductRecord]]:
    async with open_fetcher(contact="x", local_origins=[shop.origin]) as fetcher:
        crawling = Crawl(shop, fetcher)
        found = [record async for page in crawling.pages() for record in page.records or ()]
    return crawling, {URL(record.key).path: record for record in found}


async def test_every_product_is_found_as_it_is_sold(demo: ShopConfig) -> None:
    crawling, found = await crawl(demo)
    assert crawling.report.complete
    assert not crawling.report.errors
    sold = {product.path: product for product in DemoCatalogue().products}
    assert set(found) == set(sold)
    for path, product in sold.items():
        record = found[path]
        assert record.title == product.title
        assert record.brand == product.brand
        assert record.price is not None
        assert (record.price.amount, record.price.currency) == (product.price, "EUR")
        stock = Availability.IN_STOCK if product.in_stock else Availability.SOLD_OUT
        assert record.availability is stock
        assert [URL(url).path for url in record.image_urls] == [product.image_path]
        assert record.kind
        assert record.colour
        assert record.gender == product.section


async def test_its_listing_pages_lead_to_the_same_products(demo: ShopConfig) -> None:
    shop = replace(demo, take=Take.LISTING, start=f"{demo.start}shop")
    crawling, found = await crawl(shop)
    assert crawling.report.complete
    assert set(found) == {product.path for product in DemoCatalogue().products}
