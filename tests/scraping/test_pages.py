"""The real pages with right answers: how much is read from them, and that little is wrong."""

import re
from collections.abc import Callable

import pytest

from scraping.extract import Page
from scraping.listing import next_page, product_links
from scraping.sitemap import parse_sitemap
from tests.support.real_pages import PAGES, Answer, answers, tally

pytestmark = pytest.mark.skipif(
    not (PAGES / "index.csv").is_file(), reason="the real pages are not beside the project"
)
# The acceptance's bars, which every page here is above; leave no room for getting worse.
FLOORS = {
    "title": 0.97,
    "price": 0.97,
    "currency": 0.97,
    "availability": 0.95,
    "brand": 0.95,
    "image": 0.97,
    "url": 0.98,
}
_JSON_LD = re.compile(rb"<script[^>]*ld\+json[^>]*>.*?</script>", re.DOTALL | re.IGNORECASE)
_META = re.compile(rb"([\"'])(?:og|product|twitter):[a-z_:]+", re.IGNORECASE)


def without_json_ld(body: bytes) -> bytes:
    return _JSON_LD.sub(b"", body)


def without_microdata(body: bytes) -> bytes:
    return re.sub(rb"itemprop|itemscope|itemtype", b"data-gone", body)


def without_meta(body: bytes) -> bytes:
    return _META.sub(rb"\1gone", body)


def bare(body: bytes) -> bytes:
    return without_meta(without_microdata(without_json_ld(body)))


def test_the_real_product_pages_are_read_nearly_all_and_never_wrongly() -> None:
    found = tally()
    print(found)  # noqa: T201  the report
    assert found.wrong == []
    assert {name: found.share(name) for name in FLOORS if found.share(name) < FLOORS[name]} == {}


@pytest.mark.parametrize(
    ("change", "price", "brand"),
    [
        (without_json_ld, 0.95, 0.6),
        (without_microdata, 0.97, 0.9),
        (without_meta, 0.97, 0.95),
        (lambda body: without_microdata(without_json_ld(body)), 0.95, 0.5),
        (bare, 0.88, 0.5),
    ],
    ids=["no JSON-LD", "no microdata", "no meta tags", "meta tags only", "scripts and text only"],
)
def test_what_one_source_lacks_others_tell(
    change: Callable[[bytes], bytes], price: float, brand: float
) -> None:
    """Shops that leave a source out are not in the set: its pages stand in for them."""
    found = tally(change)
    print(found)  # noqa: T201  the report
    assert len(found.wrong) <= 1
    assert found.share("price") >= price
    assert found.share("title") >= price
    assert found.share("brand") >= brand


@pytest.mark.parametrize("row", answers("listing"), ids=lambda row: row["file"])
def test_every_product_of_a_real_listing_is_found(row: Answer) -> None:
    url = row["page_url"] or f"https://{row['site']}.example/listing"
    if row["site"] == "stellarswag":
        url = "https://ali11darwish.github.io/StellarSwag/index.php/product-category/men/shirts/"
    page = Page.parse((PAGES / row["file"]).read_bytes(), url=url)
    assert len(product_links(page)) == int(row["n_items"])
    assert (next_page(page) is not None) == (row["platform"] == "shopify")


@pytest.mark.parametrize("row", answers("sitemap"), ids=lambda row: row["file"])
def test_every_address_of_a_real_sitemap_is_found(row: Answer) -> None:
    body = (PAGES / row["file"]).read_bytes()
    found = parse_sitemap(body, url="https://shop.example/sitemap.xml")
    assert len(found.urls) == len(set(re.findall(rb"<loc>([^<]+)</loc>", body)))
    assert found.complete
