"""Nights that are killed, and go on where they were."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from aiohttp import web

from core.storage.catalogue import CatalogueStore
from core.storage.database import Database
from core.storage.runs import RunStore
from core.storage.staging import StagingStore
from scraping.refresh import JOB, ShopRefresher
from scraping.shops import Take
from tests.scraping.nights import Calendar
from tests.support.shop_world import ShopWorld, status

PRODUCTS = 120


async def killed(
    refresher: ShopRefresher, world: ShopWorld, *, after: int, take: Take = Take.SITEMAP
) -> None:
    """A run that ends in the middle, after so many requests."""
    running = asyncio.create_task(refresher.refresh(world.shop(take=take)))
    while len(world.asked) < after:
        await asyncio.sleep(0.001)
        assert not running.done()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def twice(world: ShopWorld) -> Counter[str]:
    """Which pages and pictures were asked for more than once, and how often."""
    counts = Counter(path for path in world.asked if path.startswith(("/products", "/pictures")))
    return Counter({path: count - 1 for path, count in counts.items() if count > 1})


@pytest.mark.parametrize("take", [Take.SITEMAP, Take.LISTING])
async def test_a_killed_run_goes_on_where_it_was(
    world: ShopWorld,
    refresher: ShopRefresher,
    catalogue: CatalogueStore,
    calendar: Calendar,
    take: Take,
) -> None:
    world.stock(PRODUCTS)
    for after in (70, 150, 200):
        await killed(refresher, world, after=after, take=take)
        calendar.at += timedelta(minutes=1)
    report = await refresher.refresh(world.shop(take=take))
    assert report.complete
    assert report.counts["products"] == report.counts["new"] == PRODUCTS
    assert (await catalogue.counts()).products == PRODUCTS
    assert twice(world).total() <= 3 * 54  # what was in a piece, and on its way


async def test_a_killed_run_over_data_keeps_what_it_had(
    world: ShopWorld, refresher: ShopRefresher, catalogue: CatalogueStore, calendar: Calendar
) -> None:
    """The first of two pages of data was staged, and is asked for again: to find the second."""
    world.stock(PRODUCTS)

    async def slowly(_world: ShopWorld, _request: web.Request) -> None:
        calendar.at += timedelta(seconds=3)

    world.mood = slowly
    await killed(refresher, world, after=3, take=Take.WOOCOMMERCE)
    report = await refresher.refresh(world.shop(take=Take.WOOCOMMERCE))
    assert report.complete
    assert report.counts["products"] == report.counts["new"] == PRODUCTS
    assert (await catalogue.counts()).products == PRODUCTS


async def test_nothing_is_shown_before_the_night_is_judged(
    world: ShopWorld, refresher: ShopRefresher, catalogue: CatalogueStore
) -> None:
    world.stock(PRODUCTS)
    await killed(refresher, world, after=100)
    assert await catalogue.sold("world") == {}
    await refresher.refresh(world.shop())
    assert len(await catalogue.sold("world")) == PRODUCTS


async def test_a_run_killed_among_its_pictures_asks_for_no_page_again(
    world: ShopWorld, refresher: ShopRefresher, database: Database, calendar: Calendar
) -> None:
    world.stock(PRODUCTS)
    await killed(refresher, world, after=PRODUCTS + 60)
    world.asked.clear()
    calendar.at += timedelta(minutes=1)
    report = await refresher.refresh(world.shop())
    assert not [path for path in world.asked if path.startswith("/products")]
    assert report.counts["new"] == PRODUCTS
    assert (await RunStore(database).last_good(JOB, "world") or {})["new"] == PRODUCTS


async def test_what_was_gone_before_the_kill_is_gone_after_it(
    world: ShopWorld, refresher: ShopRefresher, catalogue: CatalogueStore, calendar: Calendar
) -> None:
    world.stock(PRODUCTS)
    await refresher.refresh(world.shop())
    calendar.next_day()
    world.asked.clear()
    world.fail("/products/thing-0", status(404))
    await killed(refresher, world, after=80)
    report = await refresher.refresh(world.shop())
    assert report.counts["gone"] == 1
    assert world.asked_for("/products/thing-0") == 1
    assert len(await catalogue.sold("world")) == PRODUCTS - 1


async def test_a_run_of_the_day_before_is_not_gone_on_with(
    world: ShopWorld, refresher: ShopRefresher, database: Database, calendar: Calendar
) -> None:
    world.stock(PRODUCTS)
    await killed(refresher, world, after=100)
    calendar.next_day()
    world.asked.clear()
    await refresher.refresh(world.shop())
    assert len([path for path in world.asked if path.startswith("/products")]) == PRODUCTS
    assert not (await StagingStore(database).so_far("world", 1)).shown


async def test_what_is_staged_is_forgotten_at_the_end(
    world: ShopWorld, refresher: ShopRefresher, database: Database
) -> None:
    world.stock(5)
    await refresher.refresh(world.shop())
    assert not (await StagingStore(database).so_far("world", 1)).shown
