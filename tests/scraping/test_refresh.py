"""One shop through its nights, good and bad."""

import pytest

from core.catalogue import Availability, ProductRecord
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database
from core.storage.runs import RunStore
from scraping.crawl import Crawl
from scraping.fetcher import Fetcher
from scraping.refresh import JOB, ShopRefresher
from scraping.shops import Take
from tests.scraping.nights import Calendar, night
from tests.support.shop_world import (
    Fault,
    ShopWorld,
    body,
    broken_off,
    html,
    redirect,
    status,
)


@pytest.mark.parametrize("take", list(Take))
async def test_a_shop_is_read_to_its_last_page_and_picture(
    world: ShopWorld, refresher: ShopRefresher, database: Database, calendar: Calendar, take: Take
) -> None:
    catalogue, runs = CatalogueStore(database), RunStore(database)
    world.stock(12)
    report = await night(refresher, world, calendar, take)
    assert report.complete
    assert report.counts["products"] == report.counts["new"] == report.counts["pictures"] == 12
    assert (await catalogue.counts()).products == 12
    assert await runs.last_good(JOB, "world") == dict(report.counts)
    product = (await catalogue.newest(1))[0]
    assert product.url == product.key
    assert product.price is not None
    assert product.availability is Availability.IN_STOCK


async def test_the_second_night_fetches_no_picture_again(
    world: ShopWorld, refresher: ShopRefresher, calendar: Calendar
) -> None:
    world.stock(6)
    await night(refresher, world, calendar)
    report = await night(refresher, world, calendar)
    assert report.counts["unchanged"] == 6
    assert not [path for path in world.asked if path.startswith("/pictures")]


async def test_a_failing_page_costs_only_itself(
    world: ShopWorld, refresher: ShopRefresher, catalogue: CatalogueStore, calendar: Calendar
) -> None:
    world.stock(30)
    world.fail("/products/thing-3", status(500), times=3)
    world.fail("/products/thing-4", body(b"%PDF", "application/pdf"))
    report = await night(refresher, world, calendar)
    assert report.complete
    assert report.errors == {"http 500": 1, "refused": 1}
    assert (await catalogue.counts()).products == 28


@pytest.mark.parametrize("instead", [redirect("/"), redirect("/shop"), body(b"<html>Sorry")])
async def test_a_product_is_gone_after_two_nights_without_it(
    world: ShopWorld,
    refresher: ShopRefresher,
    catalogue: CatalogueStore,
    calendar: Calendar,
    instead: Fault,
) -> None:
    world.stock(10)
    await night(refresher, world, calendar)
    del world.things["thing-0"]
    world.fail("/products/thing-0", instead, times=2)
    assert (await night(refresher, world, calendar)).counts["gone"] == 0
    assert (await catalogue.counts()).products == 10
    report = await night(refresher, world, calendar)
    assert (report.complete, report.counts["gone"]) == (True, 1)
    assert (await catalogue.counts()).products == 9


async def test_a_product_that_is_not_listed_is_asked_for_by_its_own_address(
    world: ShopWorld, refresher: ShopRefresher, catalogue: CatalogueStore, calendar: Calendar
) -> None:
    world.stock(10)
    await night(refresher, world, calendar)
    del world.things["thing-0"]
    world.unlisted = {"thing-1"}
    for gone in (1, 0, 0):
        report = await night(refresher, world, calendar)
        assert (report.complete, report.counts["gone"]) == (True, gone)
        assert (await catalogue.counts()).products == 9


@pytest.mark.parametrize("code", [404, 410])
async def test_a_page_that_is_gone_takes_its_product_along_at_once(
    world: ShopWorld,
    refresher: ShopRefresher,
    catalogue: CatalogueStore,
    calendar: Calendar,
    code: int,
) -> None:
    world.stock(10)
    await night(refresher, world, calendar)
    world.fail("/products/thing-0", status(code))
    report = await night(refresher, world, calendar)
    assert report.counts["gone"] == 1
    assert report.complete
    assert (await catalogue.counts()).products == 9


async def test_sold_out_is_not_gone(
    world: ShopWorld, refresher: ShopRefresher, catalogue: CatalogueStore, calendar: Calendar
) -> None:
    world.stock(5)
    await night(refresher, world, calendar)
    world.change("thing-0", stock="SoldOut")
    report = await night(refresher, world, calendar)
    assert report.counts["changed"] == 1
    assert (await catalogue.counts()).products == 5


FAULTS = {
    "the sitemap is away": ("/sitemap.xml", status(500), 3),
    "the sitemap breaks off": ("/sitemap.xml", body(b"<urlset><url>", "text/xml"), 1),
    "the sitemap is empty": ("/sitemap.xml", body(b"<urlset></urlset>", "text/xml"), 1),
    "robots.txt is away": ("/robots.txt", status(503), 3),
    "every answer is 403": ("*", status(403), 200),
    "every answer is 500": ("*", status(500), 200),
    "every answer is 429": ("*", status(429), 200),
    "every connection breaks": ("*", broken_off(b"<html>"), 200),
    "every page leads home": ("*", redirect("/"), 200),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_no_night_of_faults_takes_a_product_away(
    world: ShopWorld,
    refresher: ShopRefresher,
    catalogue: CatalogueStore,
    calendar: Calendar,
    fault: str,
) -> None:
    world.stock(30)
    await night(refresher, world, calendar)
    path, what, times = FAULTS[fault]
    for _ in range(3):
        world.fail(path, what, times=times)
        report = await night(refresher, world, calendar)
        assert not report.complete
        assert report.problem
        assert len(world.asked) < 200
        world.faults.clear()
    assert (await catalogue.counts()).products == 30
    report = await night(refresher, world, calendar)
    assert report.complete
    assert (await catalogue.counts()).products == 30


async def test_an_empty_listing_with_status_200_is_not_an_empty_shop(
    world: ShopWorld, refresher: ShopRefresher, catalogue: CatalogueStore, calendar: Calendar
) -> None:
    world.stock(12)
    await night(refresher, world, calendar, Take.LISTING)
    for _ in range(3):
        world.pages["/shop"] = html("<html><body>Nothing today</body></html>")
        report = await night(refresher, world, calendar, Take.LISTING)
        assert not report.complete
    assert (await catalogue.counts()).products == 12


async def test_half_a_shop_is_no_shop(
    world: ShopWorld, refresher: ShopRefresher, catalogue: CatalogueStore, calendar: Calendar
) -> None:
    world.stock(20)
    await night(refresher, world, calendar)
    for number in range(12):
        del world.things[f"thing-{number}"]
    for _ in range(3):
        report = await night(refresher, world, calendar)
        assert report.problem == "it shows 8 products, last time 20"
    assert (await catalogue.counts()).products == 20


async def test_a_listing_that_repeats_itself_for_ever_ends(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.stock(3)
    page = '<a href="/products/thing-0"></a><a rel="next" href="/shop?page={}">More</a>'
    world.pages["/shop"] = html(page.format(2))

    async def endless(request):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  aiohttp's
        return html(page.format(int(request.query.get("page", "1")) + 1))

    world.fail("/shop", endless, times=500)
    crawl = Crawl(world.shop(take=Take.LISTING), fetcher)
    records = [record async for page in crawl.pages() for record in page.records or ()]
    assert len(records) == 1
    assert world.asked_for("/shop") == 2


async def test_a_shop_that_fails_again_and_again_is_left_alone(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.stock(500)
    for number in range(500):
        world.fail(f"/products/thing-{number}", status(403))
    crawl = Crawl(world.shop(), fetcher)
    assert [record async for page in crawl.pages() for record in page.records or ()] == []
    assert len(world.asked) < 40
    assert crawl.report.incomplete_because == "20 pages failed in a row"


async def test_a_429_storm_is_waited_out(world: ShopWorld, fetcher: Fetcher) -> None:
    world.stock(5)
    world.fail("/products/thing-2", status(429, retry_after="60"), times=2)
    crawl = Crawl(world.shop(), fetcher)
    records = [record async for page in crawl.pages() for record in page.records or ()]
    assert len(records) == 5
    assert crawl.report.complete


async def test_no_more_products_than_wanted_are_asked_for(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.stock(30)
    crawl = Crawl(world.shop(max_products=7), fetcher)
    assert len([record async for page in crawl.pages() for record in page.records or ()]) == 7
    assert world.asked_for("/products/thing-20") == 0
    assert not crawl.report.complete


async def test_a_picture_that_is_none_is_not_asked_for_again(
    world: ShopWorld, refresher: ShopRefresher, catalogue: CatalogueStore, calendar: Calendar
) -> None:
    world.stock(3)
    world.fail("/pictures/thing-0.png", body(b"GIF89a....", "image/gif"))
    world.fail("/pictures/thing-1.png", status(500), times=3)
    report = await night(refresher, world, calendar)
    assert report.counts["pictures"] == 1
    assert report.counts["pictures_failed"] == 2
    report = await night(refresher, world, calendar)
    assert [path for path in world.asked if "pictures" in path] == ["/pictures/thing-1.png"]
    assert (await catalogue.counts()).products == 2


async def test_what_was_saved_before_a_break_stays(
    world: ShopWorld, refresher: ShopRefresher, catalogue: CatalogueStore, calendar: Calendar
) -> None:
    world.stock(5)
    await night(refresher, world, calendar)
    record = ProductRecord(key="own", title="Own")
    await catalogue.save("world", [record], seen_at=calendar())
    await night(refresher, world, calendar)
    await night(refresher, world, calendar)
    assert (await catalogue.counts()).products == 5
