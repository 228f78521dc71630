"""Pages that are as they were are not read again, and nobody can tell."""

import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.catalogue import Product
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database
from core.storage.pages import PageStore
from core.storage.pictures import PictureStore
from core.storage.runs import RunStore
from core.storage.sitemaps import SitemapStore
from core.storage.staging import StagingStore
from scraping.fetcher import open_fetcher
from scraping.pictures import PictureSource
from scraping.refresh import ShopRefresher
from scraping.report import ShopReport
from scraping.shops import Take
from tests.scraping.nights import Calendar, night
from tests.support.databases import SqliteMaker
from tests.support.shop_world import ShopWorld, body, open_world, redirect, status

pytestmark = pytest.mark.parametrize("etags", [True, False])


def of_pages(world: ShopWorld) -> list[dict[str, str]]:
    """The headers of the requests for product pages."""
    return [
        headers
        for path, headers in zip(world.asked, world.headers[-len(world.asked) :], strict=True)
        if path.startswith("/products/")
    ]


def of_sitemaps(world: ShopWorld) -> list[bool]:
    """Of each request of last night's for the sitemap, whether it asked for changes only."""
    return [
        "If-None-Match" in headers
        for path, headers in zip(world.asked, world.headers[-len(world.asked) :], strict=True)
        if path == "/sitemap.xml"
    ]


async def test_an_unchanged_sitemap_is_not_sent_again_for_a_week(
    world: ShopWorld, refresher: ShopRefresher, calendar: Calendar, etags: bool
) -> None:
    world.etags = etags
    world.stock(7)
    asked = []
    for _ in range(10):
        report = await night(refresher, world, calendar)
        assert report.complete
        assert report.counts["listed"] == 7
        asked += of_sitemaps(world)
    anew = (0, 7) if etags else range(10)
    assert asked == [number not in anew for number in range(10)]


async def test_a_sitemap_that_names_more_is_sent(
    world: ShopWorld, refresher: ShopRefresher, calendar: Calendar, etags: bool
) -> None:
    world.etags = etags
    for count in (3, 5, 4, 4):
        world.things.clear()
        world.stock(count)
        assert (await night(refresher, world, calendar)).counts["listed"] == count


async def test_a_sitemap_that_broke_off_is_asked_for_as_a_whole(
    world: ShopWorld, refresher: ShopRefresher, calendar: Calendar, etags: bool
) -> None:
    world.etags = etags
    world.stock(7)
    broken = web.Response(
        body=world.sitemap()[:-60], content_type="application/xml", headers={"ETag": '"half"'}
    )
    world.pages["/sitemap.xml"] = broken
    assert not (await night(refresher, world, calendar)).complete
    del world.pages["/sitemap.xml"]
    assert (await night(refresher, world, calendar)).counts["listed"] == 7
    assert of_sitemaps(world) == [False]


@pytest.mark.parametrize("take", [Take.SITEMAP, Take.LISTING])
async def test_an_unchanged_shop_is_seen_and_not_read(
    world: ShopWorld, refresher: ShopRefresher, calendar: Calendar, etags: bool, take: Take
) -> None:
    world.etags = etags
    world.stock(7)
    await night(refresher, world, calendar, take)
    report = await night(refresher, world, calendar, take)
    assert report.complete
    assert report.counts["unread"] == report.counts["unchanged"] == report.counts["products"] == 7
    asked = of_pages(world)
    assert len(asked) == 7
    assert all(("If-None-Match" in headers) == etags for headers in asked)


async def test_what_is_seen_again_is_freshly_checked(
    world: ShopWorld,
    refresher: ShopRefresher,
    catalogue: CatalogueStore,
    calendar: Calendar,
    etags: bool,
) -> None:
    world.etags = etags
    world.stock(1)
    await night(refresher, world, calendar)
    (before,) = await catalogue.newest(1)
    for _ in range(4):
        assert (await night(refresher, world, calendar)).counts["gone"] == 0
    (after,) = await catalogue.newest(1)
    assert (after.checked_at - before.checked_at).days == 4
    assert replace(after, checked_at=before.checked_at) == before


async def test_a_changed_page_is_read(
    world: ShopWorld,
    refresher: ShopRefresher,
    catalogue: CatalogueStore,
    calendar: Calendar,
    etags: bool,
) -> None:
    world.etags = etags
    world.stock(4)
    await night(refresher, world, calendar)
    world.change("thing-2", price="5.00")
    report = await night(refresher, world, calendar)
    assert (report.counts["changed"], report.counts["unread"]) == (1, 3)
    prices = sorted(product.price.amount for product in await catalogue.newest(4) if product.price)
    assert [str(price) for price in prices] == ["5.00", "19.90", "19.90", "19.90"]


async def test_what_was_gone_comes_back_with_the_page_that_it_had(
    world: ShopWorld,
    refresher: ShopRefresher,
    catalogue: CatalogueStore,
    calendar: Calendar,
    etags: bool,
) -> None:
    world.etags = etags
    world.stock(3)
    await night(refresher, world, calendar)
    world.fail("/products/thing-0", status(404))
    await night(refresher, world, calendar)
    assert (await catalogue.counts()).products == 2
    report = await night(refresher, world, calendar)
    assert (report.counts["changed"], report.counts["unread"]) == (1, 2)
    assert (await catalogue.counts()).products == 3


async def test_a_page_that_shows_nothing_is_not_read_again_either(
    world: ShopWorld, refresher: ShopRefresher, calendar: Calendar, etags: bool
) -> None:
    world.etags = etags
    world.stock(12)
    for _ in range(2):
        world.fail("/products/thing-0", body(b"<html><body>About us</body></html>"))
        report = await night(refresher, world, calendar, Take.LISTING)
        assert report.errors == {"no product": 1}
    assert report.counts["unread"] == 12
    assert report.counts["products"] == 11


async def test_pages_are_read_anew_when_they_are_to_be_read_otherwise(
    world: ShopWorld, refresher: ShopRefresher, calendar: Calendar, etags: bool
) -> None:
    world.etags = etags
    world.stock(2)
    await night(refresher, world, calendar)
    report = await refresher.refresh(world.shop(currency="USD"))
    assert report.counts["unread"] == 0


async def test_a_page_that_leads_elsewhere_now_is_read(
    world: ShopWorld,
    refresher: ShopRefresher,
    catalogue: CatalogueStore,
    calendar: Calendar,
    etags: bool,
) -> None:
    world.etags = etags
    world.stock(3)
    await night(refresher, world, calendar)
    world.fail("/products/thing-0", redirect("/products/thing-1"))
    report = await night(refresher, world, calendar)
    assert report.counts["unread"] == 2
    assert report.counts["products"] == 2
    assert (await catalogue.counts()).products == 3  # once missed is not gone


CHANGES = st.one_of(
    st.tuples(st.just("price"), st.integers(0, 5), st.integers(1, 3)),
    st.tuples(st.just("drop"), st.integers(0, 5), st.just(0)),
    st.tuples(st.just("restock"), st.integers(0, 5), st.just(0)),
    st.tuples(st.just("fault"), st.integers(0, 5), st.sampled_from([404, 500])),
    st.tuples(st.just("etags"), st.integers(0, 1), st.just(0)),
)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(nights=st.lists(st.lists(CHANGES, max_size=4), min_size=2, max_size=5))
def test_the_catalogue_is_as_if_every_page_had_been_read_every_night(
    databases: SqliteMaker, etags: bool, nights: list[list[tuple[str, int, int]]]
) -> None:
    async def both() -> None:
        straight, again = [
            await lived(await databases.migrated(), nights, etags, forgetful=forgetful)
            for forgetful in (False, True)
        ]
        assert straight == again

    asyncio.run(both())


async def lived(
    url: str, nights: list[list[tuple[str, int, int]]], etags: bool, *, forgetful: bool
) -> tuple[list[dict[str, int]], list[Product]]:
    """Each night's counts and the catalogue at the end; the forgetful know no page the next day."""
    counts = []
    async with open_world(products=6) as world:
        world.etags = etags
        with tempfile.TemporaryDirectory() as name:
            async with (
                Database.open(url) as database,
                open_fetcher(
                    contact="x",
                    local_origins=[world.origin],
                    clock=world.clock,
                    sleep=world.clock.sleep,
                ) as fetcher,
            ):
                calendar, pages = Calendar(), PageStore(database)
                catalogue = CatalogueStore(database, now=calendar)
                refresher = ShopRefresher(
                    catalogue=catalogue,
                    pages=pages,
                    sitemaps=SitemapStore(database, now=calendar),
                    staging=StagingStore(database),
                    runs=RunStore(database),
                    fetcher=fetcher,
                    pictures=PictureSource(PictureStore(Path(name) / "pictures"), fetcher),
                    now=calendar,
                )
                for changes in nights:
                    for change in changes:
                        apply(world, *change)
                    report = await night(refresher, world, calendar)
                    counts.append(comparable(report))
                    if forgetful:
                        await pages.forget("world", calendar())
                found = await catalogue.products(range(1, 50), include_gone=True)
                return counts, sorted(map(comparable_product, found.values()), key=by_key)


def apply(world: ShopWorld, change: str, number: int, value: int) -> None:
    handle = f"thing-{number}"
    match change:
        case "price" if handle in world.things:
            world.change(handle, price=f"{value}.00")
        case "drop" if len(world.things) > 4:
            world.things.pop(handle, None)
        case "restock":
            fresh = ShopWorld()
            fresh.stock(6)
            world.things.setdefault(handle, fresh.things[handle])
        case "fault":
            world.fail(f"/products/{handle}", status(value), times=1 if value == 404 else 3)
        case "etags":
            world.etags = bool(number)


def comparable(report: ShopReport) -> dict[str, int]:
    return {name: count for name, count in report.counts.items() if name != "unread"}


def comparable_product(product: Product) -> Product:
    """Without what differs between two worlds: their ports and clocks, and who came first."""
    return replace(
        product,
        id=0,
        key=product.key.rpartition("/")[2],
        url=None,
        picture_url=None,
        checked_at=Calendar().at,
    )


def by_key(product: Product) -> str:
    return product.key
