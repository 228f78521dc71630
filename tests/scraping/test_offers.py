"""Offers that nobody has looked at since yesterday are looked at before they are shown."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from decimal import Decimal

import pytest
from aiohttp import web

from core.catalogue import Availability, Product
from core.storage.catalogue import CatalogueStore
from scraping.fetcher import Fetcher
from scraping.offers import OfferCheck
from scraping.refresh import ShopRefresher
from tests.scraping.nights import Calendar, night
from tests.support.shop_world import Fault, ShopWorld, html, redirect, status

MakeCheck = Callable[..., OfferCheck]


@pytest.fixture
async def made(
    world: ShopWorld, fetcher: Fetcher, catalogue: CatalogueStore, calendar: Calendar
) -> AsyncIterator[MakeCheck]:
    async with AsyncExitStack() as stack:

        def make(*, within_s: float) -> OfferCheck:
            checking = OfferCheck(
                [world.shop()],
                fetcher=fetcher,
                catalogue=catalogue,
                now=calendar,
                within_s=within_s,
            )
            stack.push_async_callback(checking.aclose)
            return checking

        yield make


@pytest.fixture
def check(made: MakeCheck) -> OfferCheck:
    return made(within_s=2)


@pytest.fixture
async def products(
    world: ShopWorld, refresher: ShopRefresher, catalogue: CatalogueStore, calendar: Calendar
) -> list[Product]:
    """Four, as of a night that was two days ago."""
    world.stock(4)
    await night(refresher, world, calendar)
    for _ in range(2):
        calendar.next_day()
    world.asked.clear()
    return sorted((await catalogue.products(range(1, 10))).values(), key=lambda one: one.key)


async def test_what_is_fresh_is_not_asked_for(
    world: ShopWorld,
    refresher: ShopRefresher,
    catalogue: CatalogueStore,
    calendar: Calendar,
    check: OfferCheck,
) -> None:
    world.stock(2)
    await night(refresher, world, calendar)
    world.asked.clear()
    fresh = list((await catalogue.products(range(1, 10))).values())
    assert await check.now(fresh) == {product.id: product for product in fresh}
    assert world.asked == []


async def test_old_ones_come_back_as_they_are_now(
    world: ShopWorld, check: OfferCheck, products: list[Product]
) -> None:
    world.change("thing-0", price="9.50")
    world.change("thing-1", stock="OutOfStock")
    known = await check.now(products)
    first, second, third, _ = (known[product.id] for product in products)
    assert first.price
    assert first.price.amount == Decimal("9.50")
    assert second.availability is Availability.SOLD_OUT
    assert third.checked_at > products[2].checked_at
    world.asked.clear()
    assert await check.now(list(known.values())) == known  # fresh by now
    assert world.asked == []


@pytest.mark.parametrize("fault", [status(404), status(410)])
async def test_what_is_gone_is_missing_and_gone_for_all(
    world: ShopWorld,
    check: OfferCheck,
    products: list[Product],
    catalogue: CatalogueStore,
    fault: Fault,
) -> None:
    world.fail("/products/thing-0", fault)
    known = await check.now(products)
    assert set(known) == {product.id for product in products[1:]}
    assert await catalogue.product(products[0].id) is None


async def test_what_leads_elsewhere_is_missing_until_it_leads_there_again(
    world: ShopWorld,
    check: OfferCheck,
    products: list[Product],
    catalogue: CatalogueStore,
    calendar: Calendar,
) -> None:
    world.fail("/products/thing-0", redirect("/shop"))
    assert products[0].id not in await check.now(products)
    assert await catalogue.product(products[0].id)  # a redirect delists nothing
    assert products[0].id not in await check.now(products)
    for _ in range(2):
        calendar.next_day()
    assert products[0].id in await check.now(products)


@pytest.mark.parametrize("fault", [status(500), status(403), status(429)])
async def test_a_shop_that_fails_leaves_its_offers_as_they_were(
    world: ShopWorld, check: OfferCheck, products: list[Product], fault: Fault
) -> None:
    world.fail("*", fault, times=50)
    assert await check.now(products) == {product.id: product for product in products}


async def test_a_page_without_its_product_leaves_the_offer_as_it_was(
    world: ShopWorld, check: OfferCheck, products: list[Product]
) -> None:
    world.pages["/products/thing-0"] = html("<h1>Back soon</h1>")
    assert (await check.now(products))[products[0].id] == products[0]


async def test_a_slow_shop_is_not_waited_for_and_known_by_the_next_time(
    world: ShopWorld, made: MakeCheck, products: list[Product]
) -> None:
    check, gate = made(within_s=0.3), asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        await gate.wait()
        return world.page(request)

    world.change("thing-0", price="9.50")
    world.fail("/products/thing-0", slow)
    async with asyncio.timeout(10):
        assert (await check.now(products[:1]))[products[0].id] == products[0]
    gate.set()
    (later,) = (await check.now(products[:1])).values()  # waits for the same request
    assert later.price
    assert later.price.amount == Decimal("9.50")
    assert world.asked_for("/products/thing-0") == 1
