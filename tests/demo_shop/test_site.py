"""The demo shop as a crawler and a browser meet it, over HTTP."""

import asyncio
import json
import re
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import pytest
from aiohttp import ClientSession
from protego import Protego
from selectolax.lexbor import LexborHTMLParser

from core.catalogue import Availability, Money
from data.demo_shop.catalogue import DemoCatalogue
from data.demo_shop.pages import product_page
from data.demo_shop.site import DemoShop, serve
from scraping.extract import Page, extract
from scraping.listing import product_links
from scraping.search_page import search_of

_NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}


async def _text(client: ClientSession, url: str) -> str:
    async with client.get(url) as response:
        assert response.status == 200, url
        return await response.text()


async def _locations(client: ClientSession, url: str, path: str) -> list[str]:
    root = ET.fromstring(await _text(client, url))  # noqa: S314 - our own server's
    return [element.text or "" for element in root.iterfind(path, _NS)]


def _data(page: str) -> dict[str, dict]:
    scripts = LexborHTMLParser(page).css('script[type="application/ld+json"]')
    return {item["@type"]: item for item in (json.loads(script.text()) for script in scripts)}


async def test_every_address_in_the_sitemap_answers(shop: str, client: ClientSession) -> None:
    maps = await _locations(client, f"{shop}sitemap.xml", "s:sitemap/s:loc")
    assert len(maps) == 2
    pages = [url for sitemap in maps for url in await _locations(client, sitemap, "s:url/s:loc")]
    assert len(pages) == len(set(pages)) > 300
    for start in range(0, len(pages), 16):
        await asyncio.gather(*(_text(client, url) for url in pages[start : start + 16]))


async def test_the_sitemap_names_every_product_with_its_picture(
    shop: str, client: ClientSession, catalogue: DemoCatalogue
) -> None:
    url = f"{shop}sitemap-products.xml"
    found = await _locations(client, url, "s:url/s:loc")
    images = await _locations(client, url, "s:url/i:image/i:loc")
    assert found == [shop + product.path[1:] for product in catalogue.products]
    assert images == [shop + product.image_path[1:] for product in catalogue.products]


async def test_pagination_reaches_every_product_by_rel_next(
    shop: str, client: ClientSession, catalogue: DemoCatalogue
) -> None:
    url, found, numbered = f"{shop}shop", set(), set()
    while url:
        page = LexborHTMLParser(await _text(client, url))
        cards = page.css(".grid a")
        assert 1 <= len(cards) <= 24
        found |= {card.attributes["href"] for card in cards}
        numbered |= {link.attributes["href"] for link in page.css(".pager a")}
        following = page.css_first('link[rel="next"]')
        if following is not None:
            anchor = page.css_first('.pager a[rel="next"]')
            assert anchor is not None
            assert anchor.attributes["href"] == following.attributes["href"]
        url = (following.attributes["href"] or "") if following is not None else ""
    assert found == {shop + product.path[1:] for product in catalogue.products}
    assert f"{shop}shop?page=5" in numbered


async def test_listings_of_a_kind_hold_that_kind(
    shop: str, client: ClientSession, catalogue: DemoCatalogue
) -> None:
    page = LexborHTMLParser(await _text(client, f"{shop}women/dresses"))
    found = {link.attributes["href"] for link in page.css(".grid a")}
    expected = catalogue.shelf("women", "Dresses")[:24]
    assert found == {shop + product.path[1:] for product in expected}


async def test_a_product_page_describes_its_product(
    shop: str, client: ClientSession, catalogue: DemoCatalogue
) -> None:
    reduced = next(product for product in catalogue.products if product.was and product.in_stock)
    sold_out = next(product for product in catalogue.products if not product.in_stock)
    for product in (*catalogue.products[::40], reduced, sold_out):
        url = shop + product.path[1:]
        page = await _text(client, url)
        data = _data(page)
        item, offer = data["Product"], data["Product"]["offers"]
        assert (item["name"], item["sku"]) == (product.title, product.sku)
        assert item["brand"]["name"] == product.brand
        assert (item["color"], item["image"]) == (product.colour, [shop + product.image_path[1:]])
        assert item["category"].endswith(f" > {product.kind}")
        assert (offer["price"], offer["priceCurrency"]) == (str(product.price), "EUR")
        assert re.fullmatch(r"\d+\.\d\d", offer["price"])
        stock = "InStock" if product.in_stock else "OutOfStock"
        assert offer["availability"] == f"https://schema.org/{stock}"
        trail = data["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in trail] == [1, 2, 3, 4]
        assert trail[-1]["item"] == url
        parsed = LexborHTMLParser(page)
        canonical = parsed.css_first('link[rel="canonical"]')
        assert canonical is not None
        assert canonical.attributes["href"] == url
        assert parsed.css_first("h1").text() == product.title
        assert bool(parsed.css_first("button:disabled")) is not product.in_stock
        assert bool(parsed.css_first(".price del")) is bool(product.was)


def test_the_scraper_reads_back_what_the_shop_says(catalogue: DemoCatalogue) -> None:
    base = "http://shop.example/"
    for product in catalogue.products[::4]:
        url = base + product.path[1:]
        (record,) = extract(Page.parse(product_page(base, product), url=url))
        assert (record.title, record.url, record.brand) == (product.title, url, product.brand)
        assert record.price == Money(product.price, "EUR")
        assert record.gender == product.section
        assert record.image_urls == (base + product.image_path[1:],)
        assert (record.availability is Availability.IN_STOCK) is product.in_stock
        assert record.kind is not None
        assert record.colour is not None


async def test_the_first_page_leads_to_products_and_sections(
    shop: str, client: ClientSession
) -> None:
    page = LexborHTMLParser(await _text(client, shop))
    links = {link.attributes["href"] for link in page.css("a")}
    assert {f"{shop}women", f"{shop}men", f"{shop}kids", f"{shop}shop"} <= links
    assert len(page.css(".grid a")) >= 12


async def test_pictures_come_as_jpeg_and_differ(
    shop: str, client: ClientSession, catalogue: DemoCatalogue
) -> None:
    bodies = []
    for product in catalogue.products[::60]:
        async with client.get(shop + product.image_path[1:]) as response:
            assert response.status == 200
            assert response.content_type == "image/jpeg"
            bodies.append(await response.read())
    assert all(body.startswith(b"\xff\xd8") and body.endswith(b"\xff\xd9") for body in bodies)
    assert len(set(bodies)) == len(bodies)


@pytest.mark.parametrize(
    "path", ["", "shop?page=2", "products/tee-white", "images/tee-white.jpg", "sitemap.xml"]
)
async def test_what_has_not_changed_is_not_sent_again(
    shop: str, client: ClientSession, path: str
) -> None:
    async with client.get(shop + path) as first:
        tag, changed = first.headers["ETag"], first.headers["Last-Modified"]
    for headers in ({"If-None-Match": tag}, {"If-Modified-Since": changed}):
        async with client.get(shop + path, headers=headers) as again:
            assert again.status == 304
            assert await again.read() == b""
            assert again.headers["ETag"] == tag
    for headers in (
        {"If-None-Match": '"other"', "If-Modified-Since": changed},
        {"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        async with client.get(shop + path, headers=headers) as fresh:
            assert fresh.status == 200


async def test_last_modified_is_a_date_that_moves_with_the_day(client: ClientSession) -> None:
    days = []
    for day in (0, 2):
        async with serve(0, day=day) as base, client.get(base) as response:
            days.append(parsedate_to_datetime(response.headers["Last-Modified"]))
    assert (days[1] - days[0]).days == 2


async def test_pages_are_zipped_for_those_who_take_it(shop: str, client: ClientSession) -> None:
    for accepted, coding in (("gzip, deflate", "gzip"), ("identity", None)):
        async with client.get(f"{shop}shop", headers={"Accept-Encoding": accepted}) as response:
            assert response.headers.get("Content-Encoding") == coding
            assert response.headers["Vary"] == "Accept-Encoding"
            assert "</html>" in await response.text()


async def test_robots_keeps_crawlers_from_the_bag_and_names_the_sitemap(
    shop: str, client: ClientSession
) -> None:
    rules = Protego.parse(await _text(client, f"{shop}robots.txt"))
    assert list(rules.sitemaps) == [f"{shop}sitemap.xml"]
    assert not rules.can_fetch(f"{shop}cart?add=CT1", "Twinset")
    assert not rules.can_fetch(f"{shop}account", "Twinset")
    assert rules.can_fetch(f"{shop}products/tee-white", "Twinset")
    assert "bag" in await _text(client, f"{shop}cart?add=CT1")


@pytest.mark.parametrize(
    "path",
    [
        *("products/none", "images/none.jpg", "women/hats-off", "shop?page=0", "shop?page=999"),
        *(
            "shop?page=x",
            "shop?page=²",
            f"shop?page={9:05000}",
            "%2e%2e/%2e%2e/etc/passwd",
            "style.css/x",
        ),
    ],
)
async def test_what_is_not_there_is_a_page_that_says_so(
    shop: str, client: ClientSession, path: str
) -> None:
    async with client.get(shop + path) as response:
        assert response.status == 404
        assert response.content_type == "text/html"
        assert "Nothing hangs here" in await response.text()


async def test_every_answer_names_its_server(shop: str, client: ClientSession) -> None:
    for path in ("", "none", "images/tee-white.jpg", "robots.txt"):
        async with client.get(shop + path) as response:
            assert response.headers["Server"] == "twinset-demo-shop"


async def test_the_shop_follows_the_calendar_it_is_given(client: ClientSession) -> None:
    today = 0
    async with serve(0, day=lambda: today) as base:
        before = await _locations(client, f"{base}sitemap-products.xml", "s:url/s:loc")
        today = 1
        after = await _locations(client, f"{base}sitemap-products.xml", "s:url/s:loc")
    assert set(before) < set(after)


async def test_a_taken_port_is_an_os_error(shop: str) -> None:
    port = int(shop.rsplit(":", 1)[1].rstrip("/"))
    with pytest.raises(OSError, match="address already in use"):
        async with serve(port):
            pass


def test_a_shop_may_be_told_its_address() -> None:
    assert DemoShop(base_url="https://shop.example").application() is not None


async def test_its_search_page_shows_what_has_all_of_the_words(
    shop: str, client: ClientSession, catalogue: DemoCatalogue
) -> None:
    page = Page.parse(await _text(client, f"{shop}search?q=women%20navy%20dress"), url=shop)
    found = {url.rpartition("/")[2] for url in product_links(page)}
    assert 0 < len(found) < 10
    for slug in found:
        product = catalogue.by_slug[slug]
        assert (product.section, product.colour, product.kind) == ("women", "navy", "Dresses")
    assert search_of(Page.parse(await _text(client, shop), url=shop)) == f"{shop}search?q={{words}}"


@pytest.mark.parametrize("words", ["", "%3Cscript%3Ealert(1)%3C/script%3E", "nothing%20like%20it"])
async def test_its_search_page_answers_whatever_is_asked(
    shop: str, client: ClientSession, words: str
) -> None:
    page = await _text(client, f"{shop}search?q={words}")
    assert "<script>alert" not in page
    assert "<h1>" in page
