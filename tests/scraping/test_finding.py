"""A shop's products are found to the last one, whatever way in, and never without end."""

import json
import re
from pathlib import Path

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from scraping.crawl import Crawl, CrawlReport
from scraping.extract import Page
from scraping.fetcher import Fetched, Fetcher, Validators
from scraping.listing import product_links, read_listing
from scraping.pagination import next_page, page_after, page_number
from scraping.refresh import ShopRefresher
from scraping.selecting import NO_SELECTORS, Selectors
from scraping.shops import ShopConfig, Take
from scraping.ways.stocklist import JSON as JSON_LIST
from tests.scraping.nights import Calendar
from tests.support.shop_platforms import google_feed, table_feed
from tests.support.shop_world import PER_PAGE, ShopWorld, body, html, status

DATA = [Take.SHOPIFY, Take.WOOCOMMERCE]
PAGES = {
    Take.SHOPIFY: "/products.json?limit=250&page={}",
    Take.WOOCOMMERCE: "/wp-json/wc/store/v1/products?per_page=100&page={}",
}
SIZE = {Take.SHOPIFY: 250, Take.WOOCOMMERCE: 100}
EMPTY = {Take.SHOPIFY: b'{"products": []}', Take.WOOCOMMERCE: b"[]"}


async def found(shop: ShopConfig, fetcher: Fetcher) -> tuple[set[str], CrawlReport]:
    """The handles of the products that a pass shows, and its report."""
    crawl = Crawl(shop, fetcher)
    handles = set()
    async for seen in crawl.pages():
        handles |= {record.key.rpartition("/")[2] for record in seen.records or ()}
    return handles, crawl.report


@pytest.mark.parametrize("take", DATA)
async def test_data_is_read_page_by_page_to_its_end(
    world: ShopWorld, fetcher: Fetcher, take: Take
) -> None:
    world.stock(2 * SIZE[take] + 1)
    handles, report = await found(world.shop(take=take), fetcher)
    assert handles == set(world.things)
    assert report.complete
    assert not [path for path in world.asked if path.startswith("/products/")]


@pytest.mark.parametrize("take", DATA)
async def test_a_failed_page_is_not_the_catalogues_end(
    world: ShopWorld, fetcher: Fetcher, take: Take
) -> None:
    world.stock(3 * SIZE[take])
    world.fail(PAGES[take].format(2), status(500), times=3)
    handles, report = await found(world.shop(take=take), fetcher)
    assert len(handles) == 2 * SIZE[take]
    assert not report.complete


@pytest.mark.parametrize("take", DATA)
async def test_an_empty_page_in_the_middle_is_not_believed(
    world: ShopWorld, fetcher: Fetcher, take: Take
) -> None:
    world.stock(3 * SIZE[take])
    world.fail(PAGES[take].format(2), body(EMPTY[take], "application/json"))
    handles, report = await found(world.shop(take=take), fetcher)
    assert len(handles) == 2 * SIZE[take]
    assert not report.complete


async def test_shopifys_data_labelled_as_a_page_is_read(world: ShopWorld, fetcher: Fetcher) -> None:
    data = {"products": [{"handle": "told", "title": "Dress", "variants": []}]}
    world.fail(PAGES[Take.SHOPIFY].format(1), body(json.dumps(data).encode(), "text/html"))
    handles, _ = await found(world.shop(take=Take.SHOPIFY), fetcher)
    assert handles == {"told"}


@pytest.mark.parametrize("take", DATA)
async def test_data_without_end_comes_to_one(
    world: ShopWorld, fetcher: Fetcher, take: Take
) -> None:
    world.stock(SIZE[take])
    first = await fetcher.fetch(world.url[:-1] + PAGES[take].format(1), JSON_LIST)
    page = body(first.body, "application/json")
    for number in range(1, 1200):
        world.fail(PAGES[take].format(number), page)
    handles, report = await found(world.shop(take=take), fetcher)
    assert len(handles) == SIZE[take]
    assert not report.complete
    assert len(world.asked) < 1100


async def test_a_way_in_that_is_shut_is_an_incomplete_night(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.fail("*", status(404), times=9)
    handles, report = await found(world.shop(take=Take.SHOPIFY), fetcher)
    assert handles == set()
    assert not report.complete
    assert len(world.asked) < 6


@pytest.mark.parametrize("name", ["feed.xml", "feed.csv"])
async def test_a_feed_may_lie_in_a_file(
    world: ShopWorld, fetcher: Fetcher, tmp_path: Path, name: str
) -> None:
    world.stock(12)
    things = world.things.values()
    is_table = name.endswith("csv")
    file = tmp_path / name
    file.write_bytes(
        table_feed(things, world.url, delimiter=";") if is_table else google_feed(things, world.url)
    )
    shop = world.shop(take=Take.FEED, feed=file.as_uri())
    handles, report = await found(shop, fetcher)
    assert handles == set(world.things)
    assert report.complete
    assert world.asked == []
    file.unlink()
    _, report = await found(shop, fetcher)
    assert not report.complete


async def test_only_what_is_wanted_is_taken_from_data(world: ShopWorld, fetcher: Fetcher) -> None:
    world.stock(12)
    shop = world.shop(take=Take.SHOPIFY, exclude=(re.compile("-1"),))
    handles, _ = await found(shop, fetcher)
    assert handles == {name for name in world.things if "-1" not in name}
    handles, report = await found(world.shop(take=Take.SHOPIFY, max_products=5), fetcher)
    assert len(handles) == 5
    assert not report.complete


async def test_a_page_of_which_nothing_is_wanted_is_not_the_end(
    world: ShopWorld, refresher: ShopRefresher, calendar: Calendar
) -> None:
    world.stock(2 * 250 + 10)
    wanted = (re.compile(r"thing-(50\d)$"),)
    shop = world.shop(take=Take.SHOPIFY, include=wanted)
    for _ in range(2):
        calendar.next_day()
        report = await refresher.refresh(shop)
        assert report.counts["products"] == 10
        assert report.complete


async def test_more_products_than_are_taken_are_never_a_whole_shop(
    world: ShopWorld, refresher: ShopRefresher, calendar: Calendar
) -> None:
    world.stock(12)
    shop = world.shop(take=Take.FEED, max_products=5)
    for _ in range(3):
        calendar.next_day()
        report = await refresher.refresh(shop)
        assert report.counts["products"] == 5
        assert not report.complete


async def test_a_failed_listing_page_is_not_the_listings_end(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.stock(3 * PER_PAGE)
    world.fail("/shop?page=2", status(500), times=3)
    handles, report = await found(world.shop(take=Take.LISTING), fetcher)
    assert len(handles) == 2 * PER_PAGE
    assert not report.complete


def card(name: str) -> str:
    return f'<div class=card><a href="/products/{name}"><img src=x.png></a> € 5</div>'


def listing_of(world: ShopWorld, kind: str) -> None:
    """Make the listing one whose further pages no link leads to."""
    names = list(world.things)

    def cards(number: int) -> str:
        return "".join(map(card, names[(number - 1) * PER_PAGE : number * PER_PAGE]))

    buttons = {
        "json": '<button class="load-more" data-url="/more?page=2">Load more</button>',
        "html": '<div id=list data-next-url="/more?page=2"></div>',
        "guess": "<button>Mehr anzeigen</button>",
    }

    async def shop(request: web.Request) -> web.StreamResponse:
        number = int(request.query.get("page", "1"))
        button = buttons[kind] if number == 1 or kind == "guess" else ""
        return html(f"<html><body><h1>All</h1>{cards(number)}{button}</body></html>")

    async def more(request: web.Request) -> web.StreamResponse:
        number = int(request.query["page"])
        last = number * PER_PAGE >= len(names)
        if kind == "html":
            tail = "" if last else f'<div data-next-url="/more?page={number + 1}"></div>'
            return html(cards(number) + tail)
        return web.json_response({"html": cards(number), "hasMore": not last})

    for path, fault in (("/shop", shop), ("/more", more)):
        world.fail(path, fault, times=50)


@pytest.mark.parametrize("kind", ["json", "html", "guess"])
async def test_a_listing_goes_on_behind_its_button(
    world: ShopWorld, fetcher: Fetcher, kind: str
) -> None:
    world.stock(3 * PER_PAGE + 2)
    listing_of(world, kind)
    handles, report = await found(world.shop(take=Take.LISTING), fetcher)
    assert handles == set(world.things)
    assert report.complete
    assert world.asked_for("/more") == (0 if kind == "guess" else 3)


async def test_a_listing_without_end_comes_to_one(world: ShopWorld, fetcher: Fetcher) -> None:
    world.stock(PER_PAGE)

    async def endless(request: web.Request) -> web.StreamResponse:
        number = int(request.query.get("page", "1"))
        return html(f'{card(f"made-up-{number}")}<a rel=next href="/shop?page={number + 1}">n</a>')

    world.fail("/shop", endless, times=5000)
    _, report = await found(world.shop(take=Take.LISTING, max_products=50), fetcher)
    assert not report.complete
    assert world.asked_for("/shop") < 60


async def test_a_sitemap_keeps_its_range_and_lends_its_pictures(
    world: ShopWorld, fetcher: Fetcher
) -> None:
    world.stock(3)
    data = {"@type": "Product", "name": "Dress", "offers": {"price": 5, "priceCurrency": "EUR"}}
    bare = f'<script type="application/ld+json">{json.dumps(data)}</script><h1>Dress</h1>'
    world.fail("/products/thing-1", body(bare.encode()))
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    index = f"<sitemapindex {space}>" + "".join(
        f"<sitemap><loc>{world.url}{path}</loc></sitemap>"
        for path in (
            "sitemap_products_1.xml?from=1&amp;to=9",
            "de/sitemap_products_1.xml?from=1&amp;to=9",
            "sitemap_pages_1.xml",
            "product_cat-sitemap.xml",
        )
    )
    entries = "".join(
        f"<url><loc>{world.url}products/{name}</loc><image:image><image:loc>"
        f"{world.url}pictures/{name}.png</image:loc></image:image></url>"
        for name in world.things
    )
    urlset = f'<urlset {space} xmlns:image="x">{entries}</urlset>'
    world.fail("/sitemap.xml", body((index + "</sitemapindex>").encode(), "text/xml"))
    world.fail("/sitemap_products_1.xml?from=1&to=9", body(urlset.encode(), "text/xml"))
    crawl = Crawl(world.shop(), fetcher)
    pictures = {
        record.key: record.image_urls
        async for seen in crawl.pages()
        for record in seen.records or ()
    }
    assert crawl.report.complete
    assert pictures[f"{world.url}products/thing-1"] == (f"{world.url}pictures/thing-1.png",)
    assert len(pictures) == 3
    others = ("/de/", "/sitemap_pages", "/product_cat")
    assert not [path for path in world.asked if path.startswith(others)]


async def test_selectors_read_what_the_automatics_miss(world: ShopWorld, fetcher: Fetcher) -> None:
    listing = '<ul><li class=x><a href="/a-dress">A</a></li></ul><a id=n href="/shop-2">more</a>'
    world.pages["/shop"] = html(listing)
    world.pages["/shop-2"] = html('<li class=x><a href="/b-dress">B</a></li>')
    for name, price in (("a", "12,50"), ("b", "99,00")):
        world.pages[f"/{name}-dress"] = html(
            f"<h1>Shop!</h1><em>Red dress {name}</em><i>{price} €</i><u>auf Lager</u>"
            f'<b class=pic data-src="/pictures/{name}.png"></b><s>1 €</s>'
        )
    selectors = Selectors(product="li.x", next="#n", title="em", price="i", image="b.pic")
    crawl = Crawl(world.shop(take=Take.LISTING, selectors=selectors), fetcher)
    records = [record async for seen in crawl.pages() for record in seen.records or ()]
    assert sorted(one.title for one in records) == ["Red dress a", "Red dress b"]
    assert sorted(str(one.price.amount) for one in records if one.price) == ["12.50", "99.00"]
    assert {one.image_urls[0] for one in records} == {
        f"{world.url}pictures/a.png",
        f"{world.url}pictures/b.png",
    }
    assert crawl.report.complete


def page(content: str) -> Page:
    return Page.parse(f"<html><body>{content}</body></html>", url="https://s.example/women")


def test_cards_are_known_by_being_alike_and_the_pages_frame_is_left_out() -> None:
    boxes = "".join(
        f'<div class="_x7"><div><a href="/thing{n}"><img src="{n}.jpg"></a></div>'
        f'<a href="/thing{n}">Thing</a><span>19,90</span></div>'
        for n in "abcd"
    )
    frame = '<nav><a href="/products/gift"><img src=g.png>€ 5</a></nav>'
    banner = '<div class="_z1"><a href="/campaign"><img src=b.png>Save € 50</a></div>'
    assert product_links(page(frame + banner + boxes)) == [
        f"https://s.example/thing{n}" for n in "abcd"
    ]


def test_a_page_that_only_scripts_fill_lists_what_its_state_does() -> None:
    state = {
        "props": {"items": [{"name": "A", "url": "/a", "price": 5}, {"name": "B", "url": "/b"}]}
    }
    script = f'<script id=__NEXT_DATA__ type="application/json">{json.dumps(state)}</script>'
    assert product_links(page(script)) == ["https://s.example/a"]


def in_json(data: object) -> Fetched:
    return Fetched(
        url="https://s.example/api?page=2",
        status=200,
        body=json.dumps(data).encode(),
        content_type="application/json",
        validators=Validators(),
        redirected=False,
    )


@pytest.mark.parametrize(
    ("says", "following"),
    [
        ({"next": "/api?page=3&x=1"}, "https://s.example/api?page=3&x=1"),
        ({"next": None}, None),
        ({"pagination": {"has_next": True}}, "https://s.example/api?page=3"),
        ({"hasMore": False}, None),
        ({}, "https://s.example/api?page=3"),
    ],
)
def test_json_says_where_it_goes_on(says: dict[str, object], following: str | None) -> None:
    products = [{"title": "A", "permalink": "/a", "images": []}]
    listing = read_listing(in_json({"products": products, **says}), NO_SELECTORS)
    assert listing.products == ("https://s.example/a",)
    assert listing.following == following


@pytest.mark.parametrize(
    ("url", "links", "following"),
    [
        ("/w", "/w?start=24 /w?start=48", "/w?start=24"),
        ("/w?start=24", "/w?start=0 /w?start=48 /w?start=72", "/w?start=48"),
        ("/w?start=48", "/w?start=0 /w?start=24", None),
    ],
)
def test_pages_may_be_numbered_by_what_comes_before(
    url: str, links: str, following: str | None
) -> None:
    anchors = "".join(f'<a href="{link}">x</a>' for link in links.split())
    at = Page.parse(anchors, url=f"https://s.example{url}")
    assert next_page(at) == (following and f"https://s.example{following}")


@given(
    st.sampled_from(["/w", "/w?a=1", "/w/page/{}", "/w/page/{}/", "/w?page={}", "/w?x=1&p={}"]),
    st.integers(1, 900),
)
def test_the_page_after_is_the_next_by_number(form: str, number: int) -> None:
    url = f"https://s.example{form.format(number)}"
    assert page_number(page_after(url)) == page_number(url) + 1
    assert page_number(url) == (number if "{}" in form else 1)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just('<a href="/p/1">'),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["next", "name", "url", "price", "hasMore"]), inner)
    ),
    max_leaves=8,
)


@given(JSON)
def test_any_json_is_a_listing_that_leads_only_to_its_own_site(data: object) -> None:
    listing = read_listing(in_json(data), NO_SELECTORS)
    assert all(url.startswith("https://s.example/") for url in listing.products)


@given(st.text(max_size=200))
def test_any_page_is_a_listing(text: str) -> None:
    for content in (text, f'<a href="{text}">', f'<button class="load-more" data-url="{text}">'):
        product_links(page(content))
        next_page(page(content))
