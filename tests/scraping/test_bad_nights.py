"""A shop in every kind of trouble, some nights in a row, and well again."""

from decimal import Decimal

import pytest

from core.storage.catalogue import CatalogueStore
from scraping.fetcher import Fetcher
from scraping.offers import OfferCheck
from scraping.refresh import ShopRefresher
from scraping.shops import Take
from tests.scraping.nights import Calendar, night
from tests.support.shop_faults import Trouble, dearer, half_missing, troubles
from tests.support.shop_shapes import Shape
from tests.support.shop_world import ShopWorld, status

ALL = [
    pytest.param(trouble, take, id=f"{trouble.name}, {take}")
    for trouble in troubles()
    for take in Take
]


@pytest.mark.parametrize(("trouble", "take"), ALL)
async def test_no_trouble_takes_a_product_away_or_spoils_its_price(  # noqa: PLR0917
    world: ShopWorld,
    refresher: ShopRefresher,
    catalogue: CatalogueStore,
    calendar: Calendar,
    trouble: Trouble,
    take: Take,
) -> None:
    world.stock(12)
    await night(refresher, world, calendar, take)
    for _ in range(trouble.nights):
        world.mood = trouble.mood
        await night(refresher, world, calendar, take)
        sold = await catalogue.sold("world")
        assert len(sold) == 12
        assert {known.price and known.price.amount for known in sold.values()} == {Decimal("19.90")}
        assert all(known.has_picture for known in sold.values())
    world.mood = None
    calendar.next_day()
    report = await night(refresher, world, calendar, take)
    assert report.complete
    assert (report.counts["products"], report.counts["gone"]) == (12, 0)


@pytest.mark.parametrize("shape", list(Shape)[:5])
async def test_every_platforms_pages_are_read_and_an_unchanged_one_stays_unchanged(
    world: ShopWorld, refresher: ShopRefresher, calendar: Calendar, shape: Shape
) -> None:
    world.shape = shape
    world.stock(4)
    world.change("thing-1", price="7.50")
    first = await night(refresher, world, calendar)
    again = await night(refresher, world, calendar)
    assert (first.counts["new"], again.counts["unchanged"]) == (4, 4)
    assert again.share == 1.0


async def test_an_operator_may_believe_what_the_gates_do_not(
    world: ShopWorld, refresher: ShopRefresher, catalogue: CatalogueStore, calendar: Calendar
) -> None:
    world.stock(12)
    await night(refresher, world, calendar)
    world.mood = half_missing(pages_too=True)
    report = await night(refresher, world, calendar)
    assert report.problem == "it shows 6 products, last time 12"
    report = await refresher.refresh(world.shop(), accept=True)
    assert (report.problem, report.counts["gone"]) == (None, 6)
    assert (await night(refresher, world, calendar)).complete
    world.mood = dearer(4)
    report = await night(refresher, world, calendar)
    assert report.problem == "the prices of 6 in 6 products jumped"
    assert (await refresher.refresh(world.shop(), accept=True)).counts["changed"] == 12
    sold = await catalogue.sold("world")
    assert {known.price and known.price.amount for known in sold.values()} == {Decimal("79.60")}


async def test_nothing_of_a_strange_night_is_kept_for_the_next(
    world: ShopWorld, refresher: ShopRefresher, calendar: Calendar
) -> None:
    world.etags = True
    world.stock(6)
    await night(refresher, world, calendar)
    world.mood = dearer(100)
    report = await night(refresher, world, calendar)
    assert report.counts["changed"] == 0
    world.mood = None
    report = await night(refresher, world, calendar)
    assert (report.complete, report.counts["unread"]) == (True, 6)


async def test_a_wild_price_is_not_taken_from_a_single_look_either(
    world: ShopWorld,
    refresher: ShopRefresher,
    fetcher: Fetcher,
    catalogue: CatalogueStore,
    calendar: Calendar,
) -> None:
    world.stock(3)
    await night(refresher, world, calendar)
    world.mood = dearer(100)
    for _ in range(2):
        calendar.next_day()
    check = OfferCheck([world.shop()], fetcher=fetcher, catalogue=catalogue, now=calendar)
    found = await check.now(list((await catalogue.products(range(1, 10))).values()))
    assert {product.price and product.price.amount for product in found.values()} == {
        Decimal("19.90")
    }
    assert world.asked_for("/products/thing-0") > 1
    await check.aclose()


async def test_a_failing_page_is_no_absence_however_many_nights_it_fails(
    world: ShopWorld, refresher: ShopRefresher, catalogue: CatalogueStore, calendar: Calendar
) -> None:
    world.stock(30)
    await night(refresher, world, calendar)
    for code in (500, 403, 502, 403):
        world.faults.clear()
        world.fail("/products/thing-3", status(code), times=3)
        assert (await night(refresher, world, calendar)).complete
        assert (await catalogue.counts()).products == 30


async def test_a_report_reads_as_one_line(
    world: ShopWorld, refresher: ShopRefresher, calendar: Calendar
) -> None:
    world.stock(30)
    await night(refresher, world, calendar)
    del world.things["thing-0"]
    world.fail("/products/thing-3", status(500), times=3)
    report = await night(refresher, world, calendar)
    assert report.figures() == (
        "pages=28 unread=28 products=28 listed=28 not_found=1 new=0 changed=0 unchanged=28 "
        "gone=1 before=30 yield=93% errors=1 (http 500: 1)"
    )
