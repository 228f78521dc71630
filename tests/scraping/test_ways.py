"""What platforms and feeds tell machines: every product is found, and nothing else is."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalogue import Availability, Gender, Money, ProductRecord
from core.errors import FetchError, FetchFailed
from scraping.fetcher import Fetched, Validators
from scraping.ways import shopify, woocommerce
from scraping.ways.feed import read_feed
from tests.support.shared import SHARED
from tests.support.shop_platforms import atom_feed, google_feed, table_feed
from tests.support.shop_platforms import shopify as shopify_entry
from tests.support.shop_platforms import woocommerce as woocommerce_entry
from tests.support.shop_world import ShopWorld, Thing

AT = "https://s.example/"
NOW = datetime(2025, 6, 1, tzinfo=UTC)
REAL_FEED = SHARED / "pages" / "feeds" / "hardlife_google.xml"


def things(count: int) -> list[Thing]:
    world = ShopWorld()
    world.stock(count)
    return list(world.things.values())


def answer(body: object, path: str = "products.json") -> Fetched:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Fetched(
        url=AT + path,
        status=200,
        body=data,
        content_type="text/html",
        validators=Validators(),
        redirected=False,
    )


def test_shopifys_product_has_the_lowest_price_that_can_be_had() -> None:
    (thing,) = things(1)
    part = shopify.read_products(answer({"products": [shopify_entry(thing, AT)]}), currency="EUR")
    (record,) = part.records
    assert record.key == record.url == f"{AT}products/thing-0"
    assert record.price == Money(Decimal("19.90"), "EUR")
    assert record.availability is Availability.IN_STOCK
    assert (record.brand, record.kind, record.colour) == ("Worldly", "dress", "navy")
    assert record.gender is Gender.WOMEN
    assert record.image_urls == (f"{AT}pictures/thing-0.png",)


def test_shopifys_products_keep_the_path_of_their_language() -> None:
    body = {"products": [shopify_entry(things(1)[0], AT)]}
    part = shopify.read_products(answer(body, "de-at/products.json"), currency=None)
    assert part.records[0].url == f"{AT}de-at/products/thing-0"
    assert part.records[0].price is None


@pytest.mark.parametrize(
    ("start", "first"),
    [
        ("", "products.json"),
        ("collections/women", "collections/women/products.json"),
        ("collections/women/red?sort=x", "collections/women/products.json"),
        ("de-at/collections/women", "de-at/collections/women/products.json"),
        ("fr/", "fr/products.json"),
        ("pages/about", "products.json"),
    ],
)
def test_shopifys_list_is_the_shops_or_the_collections(start: str, first: str) -> None:
    assert shopify.first_page(AT + start) == f"{AT}{first}?limit=250&page=1"


def test_sizes_are_those_that_can_be_had() -> None:
    entry = shopify_entry(things(1)[0], AT)
    for variant in entry["variants"]:
        variant["option1"] = variant["title"]
    (record,) = shopify.read_products(answer({"products": [entry]}), currency=None).records
    assert record.sizes == ("M",)
    for stock, sizes in (("in stock", ("EU 38",)), ("out of stock", ())):
        assert only(feed(size="EU 38", availability=stock)).sizes == sizes


def test_woocommerces_prices_are_in_the_smallest_unit() -> None:
    entry = woocommerce_entry(things(1)[0], AT)
    (record,) = woocommerce.read_products(answer([entry]), currency=None).records
    assert record.price == Money(Decimal("19.90"), "EUR")
    assert (record.brand, record.kind, record.colour) == ("Worldly", "dress", "navy")
    assert record.title == "Women's navy dress 0"
    entry["prices"] |= {"currency_minor_unit": 0, "currency_code": "JPY", "price": "2400"}
    (record,) = woocommerce.read_products(answer([entry]), currency=None).records
    assert record.price == Money(Decimal(2400), "JPY")
    entry["prices"]["price_range"] = {"min_amount": "1900", "max_amount": "2400"}
    (record,) = woocommerce.read_products(answer([entry]), currency=None).records
    assert record.price == Money(Decimal(1900), "JPY")


@pytest.mark.parametrize(
    ("start", "first"),
    [
        ("", "wp-json/wc/store/v1/products?per_page=100&page=1"),
        ("blog/?x=1", "blog/wp-json/wc/store/v1/products?per_page=100&page=1"),
        (
            "wp-json/wc/store/products?category=3",
            "wp-json/wc/store/products?category=3&per_page=100&page=1",
        ),
    ],
)
def test_woocommerces_list_lies_where_wordpress_does(start: str, first: str) -> None:
    assert woocommerce.first_page(AT + start) == AT + first


READERS: list[Callable[[Fetched], object]] = [
    lambda page: shopify.read_products(page, currency="EUR"),
    lambda page: woocommerce.read_products(page, currency="EUR"),
]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "body", [b"<html>Enter the password</html>", b"", b"{}", b"7", b"[" * 9999]
)
def test_what_is_no_list_is_no_empty_list(read: Callable[[Fetched], object], body: bytes) -> None:
    with pytest.raises(FetchFailed):
        read(answer(body))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
FIELDS = [
    "handle",
    "title",
    "vendor",
    "product_type",
    "tags",
    "variants",
    "images",
    "options",
    "name",
    "permalink",
    "prices",
    "brands",
    "attributes",
    "categories",
    "is_in_stock",
]


@given(st.lists(JSON | st.dictionaries(st.sampled_from(FIELDS), JSON), max_size=4))
def test_any_entries_are_records_or_passed_over(entries: list[object]) -> None:
    assert shopify.read_products(answer({"products": entries}), currency=None).entries == len(
        entries
    )
    assert woocommerce.read_products(answer(entries), currency=None).entries == len(entries)


FEEDS = {
    "google": google_feed,
    "atom": atom_feed,
    "csv": lambda sold, at: table_feed(sold, at, delimiter=","),
    "tsv": lambda sold, at: table_feed(sold, at, delimiter="\t"),
    "packed": lambda sold, at: gzip.compress(google_feed(sold, at)),
    "utf-16": lambda sold, at: google_feed(sold, at).decode().encode("utf-16"),
}


@pytest.mark.parametrize("form", FEEDS)
@pytest.mark.parametrize("count", [1, 30])
def test_every_form_of_a_feed_gives_the_same_products(form: str, count: int) -> None:
    part = read_feed(FEEDS[form](things(count), AT), url=f"{AT}feed", currency=None, at=NOW)
    assert part.problem is None
    assert part.entries == 2 * count
    assert len(part.records) == count
    record = part.records[0]
    assert record.key == record.url == f"{AT}products/thing-0"
    assert record.title == "Women's navy dress 0"
    assert record.price == Money(Decimal("19.90"), "EUR")
    assert record.availability is Availability.IN_STOCK
    assert (record.brand, record.kind, record.colour) == ("Worldly", "dress", "navy")
    assert record.gender is Gender.WOMEN
    assert record.image_urls == (f"{AT}pictures/thing-0.png",)


def feed(**fields: str) -> bytes:
    row = {"id": "1", "title": "Red coat", "link": f"{AT}p/1", "price": "20 EUR"} | fields
    return ("\t".join(row) + "\n" + "\t".join(row.values()) + "\n").encode()


def only(body: bytes, currency: str | None = None) -> ProductRecord:
    (record,) = read_feed(body, url=f"{AT}feed.tsv", currency=currency, at=NOW).records
    return record


@pytest.mark.parametrize(
    ("when", "price"),
    [
        ("2025-05-01T0:00+0000/2025-07-01T0:00+0000", "10"),
        ("2025-05-01T00:00:00Z/2025-05-02T00:00:00Z", "20"),
        ("2025-07-01T00:00:00Z/", "20"),
        ("soon", "10"),
    ],
)
def test_a_sale_counts_while_it_is_on(when: str, price: str) -> None:
    body = feed(sale_price="10 EUR", sale_price_effective_date=when)
    part = read_feed(body, url=f"{AT}f", currency=None, at=NOW)
    assert part.records[0].price == Money(Decimal(price), "EUR")
    assert not part.lasting


@pytest.mark.parametrize(
    ("text", "amount", "code"),
    [
        ("75.00 USD", "75.00", "USD"),
        ("USD 75.00", "75.00", "USD"),
        ("1.234,56 EUR", "1234.56", "EUR"),
        ("1,234.56 GBP", "1234.56", "GBP"),
        ("75.00", "75.00", "SEK"),
        ("24990 CLP", "24990", "CLP"),
    ],
)
def test_prices_come_with_and_without_their_currency(text: str, amount: str, code: str) -> None:
    assert getattr(only(feed(price=text), "SEK"), "price") == Money(Decimal(amount), code)  # noqa: B009


def test_the_shops_front_page_is_no_picture() -> None:
    assert getattr(only(feed(image_link=AT)), "image_urls") == ()  # noqa: B009


@pytest.mark.parametrize(
    ("links", "key", "url"),
    [
        ("p/1?size=s p/1?size=m", "p/1", "p/1?size=m"),
        ("p/1?variant=1&utm_source=x p/1?variant=2", "p/1", "p/1"),
        ("p/red p/blue", "p/red", "p/red"),
    ],
)
def test_a_product_of_several_addresses_is_named_by_its_page(
    links: str, key: str, url: str
) -> None:
    rows = "".join(
        f"{number}\tCoat\t{AT}{link}\t{stock}\tg\n"
        for number, (link, stock) in enumerate(
            zip(links.split(), ("out of stock", "in stock"), strict=True)
        )
    )
    body = f"id\ttitle\tlink\tavailability\titem_group_id\n{rows}".encode()
    (record,) = read_feed(body, url=f"{AT}f", currency=None, at=NOW).records
    assert (record.key, record.url) == (AT + key, AT + url)


def test_a_feed_that_breaks_off_gives_what_came_and_says_so() -> None:
    part = read_feed(google_feed(things(9), AT)[:-900], url=f"{AT}f", currency=None, at=NOW)
    assert part.problem
    assert 7 <= len(part.records) <= 9


def test_entities_in_a_feed_are_neither_multiplied_nor_fetched() -> None:
    bomb = (
        b'<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        b'<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel><item><title>Red coat &b;&f;'
        b"</title><link>https://s.example/p/1</link></item></channel></rss>"
    )
    part = read_feed(bomb, url=f"{AT}f", currency=None, at=NOW)
    assert all(len(one.title) < 100 and "root" not in one.title for one in part.records)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_none(data: bytes) -> None:
    for body in (data, b"<rss><item><title>" + data, b"title,link\n" + data, gzip.compress(data)):
        try:
            read_feed(body, url=f"{AT}f", currency="EUR", at=NOW)
        except FetchError:
            continue


NAMES = st.text(st.characters(categories=("L", "Nd")), min_size=1, max_size=20)


@given(
    st.lists(st.tuples(NAMES, st.integers(1, 4)), min_size=1, max_size=8, unique_by=lambda x: x[0])
)
def test_each_group_is_one_product_however_its_variants_are_mixed(
    groups: list[tuple[str, int]],
) -> None:
    rows = [
        f"{number}-{size}\tCoat {name}\t{AT}p/{number}\tg{number}"
        for size in range(4)
        for number, (name, sizes) in enumerate(groups)
        if size < sizes
    ]
    body = "\n".join(["id\ttitle\tlink\titem_group_id", *rows]).encode()
    part = read_feed(body, url=f"{AT}f", currency=None, at=NOW)
    assert part.entries == sum(sizes for _, sizes in groups)
    assert [one.key for one in part.records] == [f"{AT}p/{n}" for n in range(len(groups))]


@pytest.mark.skipif(not REAL_FEED.is_file(), reason="the real pages are not beside the project")
def test_every_product_of_a_real_feed_is_found() -> None:
    part = read_feed(REAL_FEED.read_bytes(), url="https://hrdlf.com/f", currency=None, at=NOW)
    assert part.problem is None
    assert (part.entries, len(part.records)) == (317, 73)
    assert all(one.price and one.image_urls and one.brand for one in part.records)
    assert {one.price.currency for one in part.records if one.price} == {"USD"}
