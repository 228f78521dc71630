"""What a shop's search page shows: products, or where their pages are."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from yarl import URL

from core.catalogue import ProductRecord
from core.errors import FetchFailed
from scraping.extract import Extracted
from scraping.fetcher import Fetched, is_home
from scraping.listing import read_listing
from scraping.product_page import read_product
from scraping.shops import ShopConfig
from scraping.ways import shopify, woocommerce

Result = ProductRecord | str
"""A product as the page tells of it, or the address of its page."""

_MARKUP = frozenset({"json-ld", "microdata", "rdfa"})


def results_in(answer: Fetched, shop: ShopConfig, *, most: int) -> list[Result]:
    """At most so many of the results, as the shop orders them; pure.

    A product that the page tells machines of counts as far as title, price and picture are there,
    and any other by its address. Raises ``FetchFailed`` for what is no answer to a search.
    """
    if is_home(answer.url):
        raise FetchFailed(f"{answer.url} is the home page and no result of a search.")
    if answer.body.lstrip()[:1] in {b"{", b"["}:
        records = list(_of_data(answer, shop))
        answer = replace(answer, content_type="application/json")
    else:
        found = read_product(answer, shop)
        if answer.redirected and len(found) == 1 and _is_whole_page(found[0]):
            return [found[0].record] if _is_ours(found[0].record.url, shop) else []
        records = [one.record for one in found] if len(found) > 1 else []
    told = {one.url: one for one in records if one.url and one.price and one.image_urls}
    listed: tuple[str, ...] = ()
    if not (told and len(told) == len(records)):
        listed = read_listing(answer, shop.selectors).products
    urls = dict.fromkeys((*listed, *told))
    return [told.get(url, url) for url in urls if url and _is_ours(url, shop)][:most]


def _of_data(answer: Fetched, shop: ShopConfig) -> Iterator[ProductRecord]:
    """The products of the platforms whose data we know."""
    for read in (shopify.read_products, woocommerce.read_products):
        with suppress(FetchFailed):
            yield from read(answer, currency=shop.currency).records
            return


def _is_whole_page(one: Extracted) -> bool:
    """Whether the only result was shown at once: the page says that it is a product's."""
    record = one.record
    return bool(
        one.sources.get("title") in _MARKUP and record.url and record.price and record.image_urls
    )


def _is_ours(url: str | None, shop: ShopConfig) -> bool:
    hosts = {_host(url or ""), _host(shop.start)}
    return len(hosts) == 1 and shop.wants(url or "")


def _host(url: str) -> str:
    return (URL(url).host or "").removeprefix("www.")
