"""The shops' own search pages: asked for words, and what they show taken in at once."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from aiohttp import web

from core.catalogue import Match, Product
from core.nearness import Nearness
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database
from core.storage.pages import PageStore
from core.storage.pictures import PictureStore
from core.storage.vectors import VectorStore
from core.vision.embedder import Embedder, open_embedder
from scraping.fetcher import Fetcher, open_fetcher
from scraping.pictures import PictureSource
from scraping.refresh import ShopRefresher
from scraping.report import ShopReport
from scraping.searching import MOST, REST, Searched, ShopSearch
from scraping.shops import ShopConfig, Take
from tests.scraping.nights import Calendar, night
from tests.support.colour_backbone import ColourBackbone
from tests.support.shop_shapes import Results, Shape, Thing
from tests.support.shop_world import (
    Fault,
    ShopWorld,
    body,
    bomb,
    broken_off,
    drip,
    html,
    lost,
    open_world,
    png,
    redirect,
    status,
)

WORDS = {"en": "women navy dress", "de": "damen marineblau kleid"}
SECONDS = 5.0

Searches = Callable[..., ShopSearch]
Ranked = Callable[[tuple[int, int, int], Searched], Awaitable[list[Match]]]
Kept = Callable[[], Awaitable[dict[str, Product]]]
ANight = Callable[..., Awaitable[ShopReport]]


@pytest.fixture
async def embedder() -> AsyncIterator[Embedder]:
    async with open_embedder(ColourBackbone) as opened:
        yield opened


@pytest.fixture
async def searches(
    database: Database,
    fetcher: Fetcher,
    calendar: Calendar,
    embedder: Embedder,
    tmp_path: Path,
) -> AsyncIterator[Searches]:
    """Makes searchers of shops, over one catalogue: each as after a restart."""
    async with AsyncExitStack() as stack:

        def made(*shops: ShopConfig, through: Fetcher = fetcher) -> ShopSearch:
            search = ShopSearch(
                shops,
                fetcher=through,
                catalogue=CatalogueStore(database, now=calendar),
                pages=PageStore(database),
                vectors=VectorStore(database),
                pictures=PictureSource(PictureStore(tmp_path / "pictures"), through),
                embedder=embedder,
                now=calendar,
            )
            stack.push_async_callback(search.aclose)
            return search

        yield made


@pytest.fixture
def search(world: ShopWorld, searches: Searches) -> ShopSearch:
    return searches(world.shop(searchable=True))


@pytest.fixture
def ranked(database: Database, catalogue: CatalogueStore, embedder: Embedder) -> Ranked:
    """What was found, ranked by how near it is to a colour."""
    nearness = Nearness(catalogue=catalogue, vectors=VectorStore(database), embedder=embedder)

    async def near(colour: tuple[int, int, int], searched: Searched) -> list[Match]:
        seen = await embedder.see(png(colour))
        return await nearness.rank(seen.embedding, embedder.fingerprint, searched.products)

    return near


@pytest.fixture
def kept(catalogue: CatalogueStore) -> Kept:
    """What the catalogue shows, by title."""

    async def products() -> dict[str, Product]:
        return {one.title: one for one in (await catalogue.products(range(1, 60))).values()}

    return products


@pytest.fixture
def a_night(refresher: ShopRefresher, world: ShopWorld, calendar: Calendar) -> ANight:
    async def scraped(take: Take = Take.SITEMAP) -> ShopReport:
        return await night(refresher, world, calendar, take)

    return scraped


async def titles(catalogue: CatalogueStore, searched: Searched) -> list[str]:
    known = await catalogue.products(searched.products)
    return [known[number].title for number in searched.products if number in known]


@pytest.mark.parametrize("shape", list(Results))
async def test_what_a_shop_shows_is_kept_with_its_pictures_and_ranked(
    world: ShopWorld, search: ShopSearch, catalogue: CatalogueStore, ranked: Ranked, shape: Results
) -> None:
    world.stock(4)
    world.things["other"] = Thing(handle="other", title="Men's red hat")
    world.results_shape = shape
    searched = await search.find(WORDS, within_s=SECONDS)
    assert (searched.asked, searched.silent) == (1, 0)
    assert await titles(catalogue, searched) == [f"Women's navy dress {n}" for n in range(4)]
    product = (await catalogue.products(searched.products))[searched.products[2]]
    assert product.price
    assert (product.price.amount, product.price.currency) == (Decimal("19.90"), "EUR")
    assert product.kind == "dress"
    near = await ranked(world.things["thing-2"].colour, searched)
    assert len(near) == 4
    assert near[0].product.id == product.id
    assert near[0].score == pytest.approx(1, abs=1e-3)


async def test_a_page_that_tells_everything_is_all_that_is_asked_for(
    world: ShopWorld, search: ShopSearch
) -> None:
    world.stock(3)
    world.results_shape = Results.JSON_LD
    await search.find(WORDS, within_s=SECONDS)
    pictures = [path for path in world.asked if path.startswith("/pictures/")]
    others = [path for path in world.asked if path not in pictures]
    assert others == ["/robots.txt", "/search?q=women%20navy%20dress"]
    assert len(pictures) == 3


async def test_what_the_catalogue_has_is_not_fetched_again(
    world: ShopWorld, search: ShopSearch, a_night: ANight, kept: Kept
) -> None:
    """Nor changed: what a search page tells of it is less than its own page does."""
    world.stock(3)
    await a_night()
    before = await kept()
    world.asked.clear()
    world.results_shape = Results.JSON_LD
    world.change("thing-1", title="Women's navy dress, now 90 % off", price="1.00")
    searched = await search.find(WORDS, within_s=SECONDS)
    assert sorted(searched.products) == sorted(one.id for one in before.values())
    assert await kept() == before
    assert world.asked_for("/search") == len(world.asked) == 1


@pytest.mark.parametrize(
    ("language", "country", "asked"),
    [
        (None, "AT", "damen%20marineblau%20kleid"),
        ("de", "US", "damen%20marineblau%20kleid"),
        ("en", "DE", "women%20navy%20dress"),
        ("fi", "FI", "women%20navy%20dress"),
    ],
)
async def test_a_shop_is_asked_in_its_own_language_where_there_are_words_of_it(
    world: ShopWorld, searches: Searches, language: str | None, country: str, asked: str
) -> None:
    shop = replace(world.shop(searchable=True), language=language, country=country)
    await searches(shop).find(WORDS, within_s=SECONDS)
    assert f"/search?q={asked}" in world.asked


async def test_the_same_words_are_not_asked_again_for_hours_nor_after_a_restart(
    world: ShopWorld, searches: Searches, calendar: Calendar
) -> None:
    world.stock(2)
    first = await searches(world.shop(searchable=True)).find(WORDS, within_s=SECONDS)
    world.asked.clear()
    search = searches(world.shop(searchable=True))
    assert await search.find(WORDS, within_s=SECONDS) == first
    assert world.asked == []
    await search.find({"en": "men red hat"}, within_s=SECONDS)
    assert world.asked_for("/search") == 1
    calendar.next_day()
    await search.find(WORDS, within_s=SECONDS)
    assert world.asked_for("/search") == 2


async def test_who_asks_at_once_asks_once(world: ShopWorld, search: ShopSearch) -> None:
    world.stock(2)
    both = await asyncio.gather(*(search.find(WORDS, within_s=SECONDS) for _ in range(3)))
    assert both[0] == both[1] == both[2]
    assert world.asked_for("/search") == 1


async def test_a_result_that_is_shown_at_once_is_the_result(
    world: ShopWorld, search: ShopSearch, catalogue: CatalogueStore
) -> None:
    world.stock(2)
    world.fail("/search", redirect("/products/thing-1"))
    searched = await search.find(WORDS, within_s=SECONDS)
    assert await titles(catalogue, searched) == ["Women's navy dress 1"]


FAULTS: dict[str, Fault] = {
    "500": status(500),
    "403": status(403),
    "404": status(404),
    "never there": lost(),
    "cut off": broken_off(b"<html>"),
    "a picture": body(png((1, 2, 3)), "image/png"),
    "a bomb": bomb(30),
    "home": redirect("/"),
    "round and round": redirect("/search?q=again"),
    "somewhere private": redirect("http://169.254.169.254/latest"),
    "json that is none": body(b"{[", "application/json"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
async def test_a_shop_in_trouble_is_silent_and_costs_nobody_else_anything(
    world: ShopWorld,
    searches: Searches,
    catalogue: CatalogueStore,
    caplog: pytest.LogCaptureFixture,
    fault: Fault,
) -> None:
    async with (
        open_world(products=2, name="other") as other,
        open_fetcher(
            contact="x",
            local_origins=[world.origin, other.origin],
            clock=world.clock,
            sleep=world.clock.sleep,
            total_s=2.0,
        ) as fetcher,
    ):
        search = searches(world.shop(searchable=True), other.shop(searchable=True), through=fetcher)
        world.fail("/search", fault, times=20)
        searched = await search.find(WORDS, within_s=SECONDS)
        assert (searched.asked, searched.silent) == (2, 1)
        assert len(await titles(catalogue, searched)) == 2
        world.asked.clear()
        again = await search.find({"en": "red hat"}, within_s=SECONDS)
        assert again.silent == 1
        assert world.asked == []  # it is left alone for a while
        assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []
        await search.aclose()


async def test_pictures_that_hang_keep_up_only_their_own_shop(
    world: ShopWorld, searches: Searches, ranked: Ranked
) -> None:
    async with (
        open_world(products=3, name="other") as other,
        open_fetcher(contact="x", local_origins=[world.origin, other.origin]) as fetcher,
    ):
        world.stock(12)
        for number in range(12):
            world.fail(f"/pictures/thing-{number}.png", drip())
        for shop in (world, other):
            shop.results_shape = Results.JSON_LD
        search = searches(world.shop(searchable=True), other.shop(searchable=True), through=fetcher)
        searched = await search.find(WORDS, within_s=1.5)
        assert (searched.silent, len(searched.products)) == (0, 15)
        near = await ranked((9, 9, 9), searched)
        assert [match.product.shop for match in near] == ["other"] * 3
        await search.aclose()


async def test_a_shop_that_failed_is_asked_again_after_its_rest(
    world: ShopWorld, search: ShopSearch, calendar: Calendar
) -> None:
    world.stock(1)
    world.fail("/search", status(403))
    assert (await search.find(WORDS, within_s=SECONDS)).silent == 1
    calendar.at += REST
    searched = await search.find(WORDS, within_s=SECONDS)
    assert (searched.silent, len(searched.products)) == (0, 1)


@pytest.mark.parametrize(
    "page",
    ["", "<h1>No results for you</h1>", "<a href='/products/'>all</a>", "<p>" * 30_000],
)
async def test_a_page_without_results_is_an_answer(
    world: ShopWorld, search: ShopSearch, page: str
) -> None:
    world.pages["/search"] = html(page)
    searched = await search.find(WORDS, within_s=SECONDS)
    assert (searched.asked, searched.silent, searched.products) == (1, 0, ())


async def test_a_slow_shop_is_not_waited_for_and_known_by_the_next_time(
    world: ShopWorld, search: ShopSearch
) -> None:
    gate = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        await gate.wait()
        return world.results(request.query["q"])

    world.stock(2)
    world.fail("/search", slow)
    searched = await search.find(WORDS, within_s=0.1)
    assert (searched.silent, searched.products) == (1, ())
    gate.set()
    searched = await search.find(WORDS, within_s=SECONDS)  # waits for the same request
    assert (searched.silent, len(searched.products)) == (0, 2)
    assert world.asked_for("/search") == 1


async def test_a_page_that_never_ends_is_given_up_with_the_searcher(
    world: ShopWorld, search: ShopSearch
) -> None:
    world.fail("/search", drip())
    async with asyncio.timeout(SECONDS):
        assert (await search.find(WORDS, within_s=0.1)).silent == 1
        await search.aclose()


async def test_robots_txt_is_obeyed(world: ShopWorld, search: ShopSearch) -> None:
    world.robots = "User-agent: *\nDisallow: /search\n"
    assert (await search.find(WORDS, within_s=SECONDS)).silent == 1
    assert world.asked == ["/robots.txt"]


async def test_markup_in_titles_is_taken_for_text(
    world: ShopWorld, search: ShopSearch, catalogue: CatalogueStore
) -> None:
    title = 'Women navy dress <b onclick="alert(1)">now</b> &amp; <img src=x>'
    world.things["x"] = Thing(handle="x", title=title)
    world.results_shape = Results.JSON_LD
    (found,) = await titles(catalogue, await search.find(WORDS, within_s=SECONDS))
    assert "<" not in found
    assert found.startswith("Women navy dress")


async def test_what_is_another_sites_or_unwanted_is_left_out(
    world: ShopWorld, searches: Searches
) -> None:
    world.stock(3)
    links = "".join(
        f'<div class="product"><a href="{url}"><img src="/p.png"></a>€ 9.90</div>'
        for url in (
            "https://elsewhere.example/products/x",
            "/products/thing-1",
            "/products/thing-2",
        )
    )
    world.pages["/search"] = html(links)
    shop = world.shop(searchable=True)
    search = searches(replace(shop, exclude=(re.compile("thing-2"),)))
    searched = await search.find(WORDS, within_s=SECONDS)
    assert len(searched.products) == 1


async def test_a_product_without_price_or_picture_is_not_kept(
    world: ShopWorld, search: ShopSearch
) -> None:
    world.stock(2)
    world.shape = Shape.PRICELESS
    assert (await search.find(WORDS, within_s=SECONDS)).products == ()


async def test_no_search_takes_in_more_than_a_dozen(world: ShopWorld, search: ShopSearch) -> None:
    world.stock(40)
    world.results_shape = Results.JSON_LD
    assert len((await search.find(WORDS, within_s=SECONDS)).products) == MOST


async def test_a_shop_that_is_full_takes_in_nothing_more(
    world: ShopWorld, searches: Searches
) -> None:
    """Else every search would make its nights longer."""
    world.stock(8)
    world.results_shape = Results.JSON_LD
    search = searches(world.shop(searchable=True, max_products=5))
    assert len((await search.find(WORDS, within_s=SECONDS)).products) == 5


async def test_a_shop_that_no_night_has_seen_can_be_searched(
    world: ShopWorld, search: ShopSearch, catalogue: CatalogueStore
) -> None:
    world.stock(1)
    assert await catalogue.shops() == []
    assert len((await search.find(WORDS, within_s=SECONDS)).products) == 1


async def test_a_picture_that_is_none_is_left_out_and_the_others_come(
    world: ShopWorld, search: ShopSearch, ranked: Ranked
) -> None:
    world.stock(3)
    world.fail("/pictures/thing-0.png", body(b"no picture", "image/png"))
    world.fail("/pictures/thing-1.png", status(404))
    searched = await search.find(WORDS, within_s=SECONDS)
    near = await ranked((9, 9, 9), searched)
    assert [match.product.title for match in near] == ["Women's navy dress 2"]


# The nights ------------------------------------------------------------------------------


@pytest.mark.parametrize("take", [Take.SITEMAP, Take.LISTING, Take.SHOPIFY])
async def test_what_was_found_by_search_outlives_good_nights_while_it_is_sold(
    world: ShopWorld, search: ShopSearch, a_night: ANight, kept: Kept, take: Take
) -> None:
    """Though no sitemap names it: its own page is asked for. When that is gone, it goes."""
    world.stock(10)
    world.unlisted = {"thing-8", "thing-9"}
    await a_night(take)
    known = len(await kept())
    await search.find({"en": "women navy dress 8"}, within_s=SECONDS)
    assert len(await kept()) == max(known, 9)
    for _ in range(4):
        report = await a_night(take)
        assert report.complete
        assert report.counts["listed"] == (10 if take is Take.SHOPIFY else 8)
        assert "Women's navy dress 8" in await kept()
    del world.things["thing-8"]
    for _ in range(2):
        assert (await a_night(take)).complete
    assert "Women's navy dress 8" not in await kept()


async def test_a_night_tells_in_full_what_a_search_page_told_in_part(
    world: ShopWorld, search: ShopSearch, a_night: ANight, kept: Kept
) -> None:
    world.stock(4)
    world.results_shape = Results.STORE_API
    await search.find(WORDS, within_s=SECONDS)
    world.change("thing-1", price="25.00")
    assert (await a_night()).complete
    found = await kept()
    assert len(found) == 4
    price = found["Women's navy dress 1"].price
    assert price
    assert price.amount == Decimal("25.00")


async def test_a_search_does_not_hide_that_half_of_a_shop_is_missing(
    world: ShopWorld, search: ShopSearch, a_night: ANight, kept: Kept
) -> None:
    world.stock(12)
    await a_night()
    world.unlisted = {f"thing-{number}" for number in range(6)}
    await search.find(WORDS, within_s=SECONDS)
    report = await a_night()
    assert report.problem
    assert "last time 12" in report.problem
    assert len(await kept()) == 12
