from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from core.storage import sitemaps
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database
from core.storage.sitemaps import KeptSitemap, SitemapStore

URL = "https://s.example/sitemap.xml"


class Clock:
    at = datetime(2025, 3, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(database: Database, clock: Clock) -> SitemapStore:
    catalogue = CatalogueStore(database, now=clock)
    for shop in ("shop", "other"):
        await catalogue.shop_seen(shop, shop.title(), None)
    return SitemapStore(database, now=clock)


async def test_a_sitemap_is_kept_as_it_came_by_shop_and_address(store: SitemapStore) -> None:
    first = KeptSitemap(url=URL, body=b"<urlset/>", etag='"1"')
    latest = KeptSitemap(url=URL, body=b"<urlset></urlset>", last_modified="yesterday")
    assert await store.kept("shop", URL) is None
    for sitemap in (first, latest):
        await store.keep("shop", sitemap)
        assert await store.kept("shop", URL) == sitemap
    assert await store.kept("other", URL) is None
    assert await store.kept("shop", URL + "?2") is None


async def test_what_cannot_be_asked_for_by_a_change_is_not_kept(store: SitemapStore) -> None:
    for etag in (None, "line\nbreak", "x" * 1000):
        await store.keep("shop", KeptSitemap(url=URL, body=b"<urlset/>", etag=etag))
        assert await store.kept("shop", URL) is None


async def test_a_huge_one_is_not_kept(store: SitemapStore) -> None:
    body = Random(1).randbytes(sitemaps.MOST_BYTES + 1000)
    await store.keep("shop", KeptSitemap(url=URL, body=body, etag='"1"'))
    assert await store.kept("shop", URL) is None


async def test_after_a_while_it_is_asked_for_anew_and_let_go(
    store: SitemapStore, clock: Clock, database: Database
) -> None:
    await store.keep("shop", KeptSitemap(url=URL, body=b"old", etag='"1"'))
    clock.at += sitemaps.KEPT_FOR + timedelta(seconds=1)
    assert await store.kept("shop", URL) is None
    await store.keep("shop", KeptSitemap(url=URL + "?2", body=b"new", etag='"2"'))
    rows = await database.rows(sitemaps.sitemaps.select())
    assert [row.url for row in rows] == [URL + "?2"]
