"""Sitemaps, listings: finding the products of a shop."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import FetchError, FetchFailed, FetchRefused
from scraping.extract import Page
from scraping.listing import next_page, product_links
from scraping.sitemap import Sitemap, parse_sitemap, sitemap_entries

URL = "https://s.example/sitemap.xml"


def urlset(*urls: str, tag: str = "url", root: str = "urlset") -> bytes:
    entries = "".join(f"<{tag}><loc> {url} </loc></{tag}>" for url in urls)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><{root} xmlns="{space}">{entries}</{root}>'.encode()


def index(*urls: str) -> bytes:
    return urlset(*urls, tag="sitemap", root="sitemapindex")


@pytest.mark.parametrize(
    "body",
    [
        urlset("https://s.example/a", "/b"),
        gzip.compress(urlset("https://s.example/a", "/b")),
        b"\xef\xbb\xbf" + urlset("https://s.example/a", "/b"),
        b"https://s.example/a\nhttps://s.example/b\n",
        b"<urlset><url><loc>/a</loc></url><url><loc><![CDATA[/b]]></loc></url></urlset>",
        urlset("/a", "/b")
        .replace(b"<", b"<x:")
        .replace(b"<x:/", b"</x:")
        .replace(b"<x:?", b"<?")
        .replace(b" xmlns=", b" xmlns:x="),
    ],
)
def test_every_form_of_a_sitemap_is_read(body: bytes) -> None:
    found = parse_sitemap(body, url=URL)
    assert found.urls == ("https://s.example/a", "https://s.example/b")
    assert found.complete
    assert not found.is_index


def test_addresses_keep_what_only_looks_like_an_entity() -> None:
    body = urlset("/a?x=1&amp;region=2&amp;copy=3", "/b?x=1&amp;amp;y=2")
    assert parse_sitemap(body, url=URL).urls == (
        "https://s.example/a?x=1&region=2&copy=3",
        "https://s.example/b?x=1&y=2",
    )


def test_one_that_breaks_off_gives_what_came_and_says_so() -> None:
    found = parse_sitemap(urlset("/a", "/b", "/c")[:-40], url=URL)
    assert found.urls[:2] == ("https://s.example/a", "https://s.example/b")
    assert not found.complete


def test_an_empty_sitemap_is_complete() -> None:
    assert parse_sitemap(b"<urlset/>", url=URL).complete


@pytest.mark.parametrize("body", [b"", b"<html><body>Hello</body></html>", b"nothing here"])
def test_what_is_no_sitemap_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(FetchError):
        parse_sitemap(body, url=URL)


def test_entities_are_neither_multiplied_nor_fetched() -> None:
    body = (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        b'<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        b"<urlset><url><loc>/x&b;&f;</loc></url></urlset>"
    )
    urls = parse_sitemap(body, url=URL).urls
    assert all(len(url) < 100 and "root" not in url for url in urls)


def test_a_packed_bomb_is_refused() -> None:
    with pytest.raises(FetchRefused):
        parse_sitemap(gzip.compress(b" " * 61_000_000), url=URL)


def test_only_web_addresses_are_taken() -> None:
    assert parse_sitemap(urlset("file:///etc/passwd", "ftp://x/", "/a"), url=URL).urls == (
        "https://s.example/a",
    )


async def crawl(files: dict[str, bytes], *starts: str) -> tuple[list[str], list[str]]:
    missed: list[str] = []

    async def get(url: str) -> Sitemap:
        if url not in files:
            raise FetchFailed("gone", status=404)
        return parse_sitemap(files[url], url=url)

    found = [
        entry.url
        async for entry in sitemap_entries(
            starts, get=get, on_error=lambda url, _: missed.append(url)
        )
    ]
    return found, missed


async def test_an_index_leads_to_its_product_sitemaps_and_each_address_comes_once() -> None:
    files = {
        URL: index("/pages.xml", "/products_1.xml", "/products_2.xml", "/product-categories.xml"),
        "https://s.example/products_1.xml": urlset("/p/1", "/p/2"),
        "https://s.example/products_2.xml": urlset("/p/2", "/p/3"),
    }
    found, missed = await crawl(files, URL)
    assert found == [f"https://s.example/p/{n}" for n in (1, 2, 3)]
    assert missed == []


async def test_an_index_in_a_circle_ends() -> None:
    found, missed = await crawl({URL: index("/sitemap.xml", "/gone.xml")}, URL)
    assert found == []
    assert missed == ["https://s.example/gone.xml"]


async def test_endless_sitemaps_end() -> None:
    files = {f"https://s.example/{n}.xml": index(f"/{n + 1}.xml") for n in range(1000)}
    found, missed = await crawl(files, "https://s.example/0.xml")
    assert found == []
    assert len(missed) == 1


@given(st.binary(max_size=200))
def test_any_bytes_are_a_sitemap_or_none(data: bytes) -> None:
    for body in (data, b"<urlset><url><loc>" + data, gzip.compress(data)):
        try:
            parse_sitemap(body, url=URL)
        except FetchError:
            continue


def listing(content: str, url: str = "https://s.example/shop") -> Page:
    return Page.parse(f"<html><body>{content}</body></html>", url=url)


def test_products_are_known_by_address_or_by_card() -> None:
    page = listing(
        '<a href="/"><img src="l.png"></a><a href="/cart">Cart</a><a href="/blog">Blog</a>'
        '<a href="/products/a?utm_source=x">A</a><a href="/products/a#reviews">A</a>'
        '<li class="product-tile"><a href="/very-nice-thing"><img src="b.jpg"></a><b>€ 5</b></li>'
        '<a href="https://elsewhere.example/products/c">C</a><a href="/products/d.jpg">D</a>'
        '<a href="/women/coat-p1234567.html">E</a><a href="/shop?add-to-cart=5">+</a>'
    )
    assert product_links(page) == [
        "https://s.example/products/a",
        "https://s.example/very-nice-thing",
        "https://s.example/women/coat-p1234567.html",
    ]


def test_an_item_list_is_believed() -> None:
    page = listing(
        '<script type="application/ld+json">{"@type": "ItemList", "itemListElement": ['
        '{"@type": "ListItem", "url": "/x"}, {"@type": "ListItem", "item": {"@id": "/y"}}'
        "]}</script>"
    )
    assert product_links(page) == ["https://s.example/x", "https://s.example/y"]


@pytest.mark.parametrize(
    ("url", "content", "following"),
    [
        ("/shop", '<link rel="next" href="/shop?page=2">', "/shop?page=2"),
        ("/shop", '<a rel="next nofollow" href="?page=2">', "/shop?page=2"),
        ("/shop?page=2", '<a href="/shop">1</a><a href="/shop?page=3">3</a>', "/shop?page=3"),
        ("/shop/page/2/", '<a href="/shop/page/3/">3</a>', "/shop/page/3/"),
        ("/shop", '<a href="/shop/page/2/">2</a>', "/shop/page/2/"),
        ("/shop", '<a href="/other?page=2">2</a>', None),
        ("/shop?page=3", '<a href="/shop?page=1">1</a>', None),
        ("/shop", '<a rel="next" href="/shop">', None),
    ],
)
def test_the_next_page_is_the_one_called_so_or_numbered_so(
    url: str, content: str, following: str | None
) -> None:
    page = listing(content, f"https://s.example{url}")
    assert next_page(page) == (f"https://s.example{following}" if following else None)
