"""Shopify's ``products.json``, of the whole shop or of single collections."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yarl import URL

from core.catalogue import Availability, ProductRecord
from core.errors import FetchFailed
from scraping.extract.draft import OfferDraft
from scraping.extract.money import currency_of_host, machine_price
from scraping.extract.page import absolute
from scraping.extract.visible import SIZE_FIELD
from scraping.fetcher import Fetched, Wanted
from scraping.shops import ShopConfig
from scraping.ways.records import COLOUR, dicts, record, texts
from scraping.ways.stocklist import JSON, Part, parsed_json

PAGE_SIZE = 250
MOST_PRODUCTS = 25_000
"""Pages end there, however many products a shop has."""

_COLLECTION = re.compile(r"^(?:/[a-z]{2}(?:-[a-z]{2})?)?/collections/[^/]+", re.IGNORECASE)
_LOCALE = re.compile(r"^/[a-z]{2}(?:-[a-z]{2})?(?=/|$)", re.IGNORECASE)


class ShopifyProducts:
    """The products of a Shopify shop; where ``start`` is a collection, of that one."""

    wanted: Wanted = JSON
    page_size = PAGE_SIZE

    def __init__(self, shop: ShopConfig) -> None:
        self._shop = shop
        host = URL(shop.start).host or ""
        self._currency = shop.currency or currency_of_host(host)

    def starts(self) -> Sequence[str]:
        """As ``Stocklist``."""
        return [first_page(url) for url in (self._shop.start, *self._shop.listings)]

    def following(self, url: str) -> str | None:
        """As ``Stocklist``."""
        number = int(URL(url).query["page"]) + 1
        if number * PAGE_SIZE > MOST_PRODUCTS:
            return None
        return str(URL(url).update_query(page=number))

    def read(self, answer: Fetched) -> Part:
        """As ``Stocklist``."""
        return read_products(answer, currency=self._currency)


def first_page(url: str) -> str:
    """The first page of the products of a shop or, if that is its address, of a collection."""
    parsed = URL(url)
    scope = _COLLECTION.match(parsed.raw_path) or _LOCALE.match(parsed.raw_path)
    path = f"{scope.group() if scope else ''}/products.json"
    query = {"limit": PAGE_SIZE, "page": 1}
    return str(parsed.origin().with_path(path, encoded=True).with_query(query))


def read_products(answer: Fetched, *, currency: str | None) -> Part:
    """The products on one page; their prices are in ``currency``, which Shopify does not say."""
    data = parsed_json(answer)
    products = data.get("products") if isinstance(data, dict) else None
    if not isinstance(products, list):
        raise FetchFailed(f"{answer.url} is not a list of products.")
    prefix = _LOCALE.match(URL(answer.url).raw_path)
    base = str(URL(answer.url).origin()) + (prefix.group() if prefix else "")
    found = [_record(entry, base, currency) for entry in products if isinstance(entry, dict)]
    return Part(records=tuple(one for one in found if one), entries=len(products))


def _record(entry: Mapping[str, Any], base: str, currency: str | None) -> ProductRecord | None:
    handle = entry.get("handle")
    if not isinstance(handle, str) or not handle:
        return None
    images = [image.get("src") for image in dicts(entry.get("images"))]
    return record(
        title=entry.get("title"),
        url=absolute(f"{base}/", f"{base}/products/{handle}"),
        offers=list(_offers(entry, currency)),
        images=[url for image in images if (url := absolute(base, image))],
        brand=entry.get("vendor"),
        declared=texts([entry.get("product_type")]),
        categories=texts(entry.get("tags")),
        colour=_colour(entry),
        currency=currency,
        sizes=list(_sizes(entry)),
    )


def _offers(entry: Mapping[str, Any], currency: str | None) -> Iterator[OfferDraft]:
    for variant in dicts(entry.get("variants")):
        stock = variant.get("available")
        availability = Availability.UNKNOWN
        if isinstance(stock, bool):
            availability = Availability.IN_STOCK if stock else Availability.SOLD_OUT
        yield OfferDraft(
            price=machine_price(variant.get("price"), currency=currency),
            currency=currency,
            availability=availability,
        )


def _sizes(entry: Mapping[str, Any]) -> Iterator[str]:
    """Those of its variants that are not sold out."""
    for place, option in enumerate(dicts(entry.get("options"))[:3], 1):
        if SIZE_FIELD.search(str(option.get("name"))):
            for variant in dicts(entry.get("variants")):
                if variant.get("available") is not False:
                    yield from texts([variant.get(f"option{place}")])


def _colour(entry: Mapping[str, Any]) -> str | None:
    """The product's colour, where it has one only."""
    for option in dicts(entry.get("options")):
        if str(option.get("name")).strip().lower() in COLOUR:
            values = texts(option.get("values"))
            return values[0] if len(values) == 1 else None
    return None
