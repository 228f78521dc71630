"""A look at a site that nobody has described."""

import pytest

from core.errors import ShopError
from core.storage.runs import RunStore
from scraping.due import due
from scraping.fetcher import Fetcher
from scraping.refresh import JOB
from scraping.sampling import sample
from scraping.shops import Take
from scraping.survey import survey
from tests.scraping.nights import Calendar
from tests.support.shop_world import ShopWorld, html, status

DATA = {
    Take.SHOPIFY: "/products.json",
    Take.WOOCOMMERCE: "/wp-json/wc/store/v1/products",
    Take.FEED: "/feed.xml",
    Take.SITEMAP: "/sitemap.xml",
}


def leave_only(world: ShopWorld, take: Take) -> None:
    """Shut every way in but one."""
    for other, path in DATA.items():
        if other is not take:
            world.fail(path, status(404), times=50)


FRONT = (
    '<html lang="de-AT"><head><meta property="og:site_name" content="Corner &amp; Co">'
    '<link rel="alternate" type="application/rss+xml" href="/product-feed.xml">'
    '</head><body><a href="/shop">Shop</a></body></html>'
)


@pytest.mark.parametrize("take", list(Take))
async def test_the_way_in_that_is_open_is_found(
    world: ShopWorld, fetcher: Fetcher, take: Take
) -> None:
    world.stock(12)
    world.pages["/"] = html(FRONT.replace("/product-feed.xml", "/feed.xml?product-feed"))
    leave_only(world, take)
    found = await survey(world.url, fetcher)
    assert found.shop.take is take
    assert (found.shop.name, found.shop.title) == ("corner-co", "Corner & Co")
    assert (found.shop.country, found.shop.currency) == ("AT", "EUR")
    assert found.shop.language == "de"
    assert found.shop.local
    assert len(found.sample.products) == 10
    assert all(one.record.price and one.record.image_urls for one in found.sample.products)
    again = await sample(found.shop, fetcher, most=3)
    assert len(again.products) == 3


async def test_data_goes_before_pages_unless_a_listing_is_named(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.stock(12)
    assert (await survey(world.url, fetcher)).shop.take is Take.SHOPIFY
    named = (await survey(f"{world.url}shop", fetcher)).shop
    assert (named.take, named.start) == (Take.LISTING, f"{world.url}shop")
    chosen = (await survey(world.url, fetcher, take=Take.SITEMAP)).shop
    assert chosen.take is Take.SITEMAP
    feed = (await survey(f"{world.url}feed.xml", fetcher, name="fed")).shop
    assert (feed.take, feed.feed, feed.name) == (Take.FEED, f"{world.url}feed.xml", "fed")


async def test_addresses_that_are_no_products_get_a_pattern(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.stock(8)
    for name in ("about", "jobs", "press"):
        world.things[f"../{name}"] = world.things["thing-0"]
        world.pages[f"/{name}"] = html("<h1>We</h1>")
    shop = (await survey(world.url, fetcher, take=Take.SITEMAP)).shop
    assert [pattern.pattern for pattern in shop.include] == ["/products/"]


async def test_a_site_without_products_gets_a_sentence_on_all_that_was_tried(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.pages["/"] = html("<h1>Hello</h1>")
    with pytest.raises(ShopError) as caught:
        await survey(world.url, fetcher)
    assert all(take in str(caught.value) for take in ("shopify", "woocommerce", "sitemap"))
    assert len(world.asked) < 30


async def test_robots_are_obeyed(world: ShopWorld, fetcher: Fetcher) -> None:
    world.stock(3)
    world.robots = "User-agent: *\nDisallow: /\n"
    with pytest.raises(ShopError, match=r"robots\.txt forbids"):
        await survey(world.url, fetcher)
    assert world.asked == ["/robots.txt"]


async def test_a_shop_that_is_down_is_soon_left_alone(world: ShopWorld, fetcher: Fetcher) -> None:
    world.stock(60)
    for name in world.things:
        world.fail(f"/products/{name}", status(403))
    found = await sample(world.shop(), fetcher, most=20)
    assert found.products == []
    assert len(found.problems) == 5


async def test_some_shops_are_due_every_few_nights_only(
    world: ShopWorld, runs: RunStore, calendar: Calendar
) -> None:
    daily, rare = world.shop(name="daily"), world.shop(name="rare", every_days=3)
    for shop in (daily, rare):
        await runs.finish(await runs.begin(JOB, shop.name, calendar()), calendar(), {}, None)
    nights = []
    for _ in range(4):
        calendar.next_day()
        nights.append([shop.name for shop in await due([daily, rare], runs=runs, now=calendar())])
    assert nights == [["daily"], ["daily"], ["daily", "rare"], ["daily", "rare"]]
    assert await due([world.shop(name="new", every_days=9)], runs=runs, now=calendar())
