"""WooCommerce's Store API, which every such shop answers to without a key."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from yarl import URL

from core.catalogue import Availability, ProductRecord
from core.errors import FetchFailed
from scraping.extract.draft import OfferDraft
from scraping.extract.money import currency_code
from scraping.extract.page import absolute, clean
from scraping.fetcher import Fetched, Wanted
from scraping.shops import ShopConfig
from scraping.ways.records import COLOUR, dicts, record
from scraping.ways.stocklist import JSON, Part, parsed_json

PAGE_SIZE = 100
PATH = "wp-json/wc/store/v1/products"
_MOST_DECIMALS = 4
_BRAND = frozenset({"brand", "marke", "marque", "marca", "merk", "märke", "marka"})


class WooCommerceProducts:
    """The products of a WooCommerce shop.

    ``start`` is the site's address, with the folder that WordPress lies in, or the API's own.
    """

    wanted: Wanted = JSON
    page_size = PAGE_SIZE

    def __init__(self, shop: ShopConfig) -> None:
        self._shop = shop

    def starts(self) -> Sequence[str]:
        """As ``Stocklist``."""
        return [first_page(url) for url in (self._shop.start, *self._shop.listings)]

    def following(self, url: str) -> str | None:
        """As ``Stocklist``."""
        return str(URL(url).update_query(page=int(URL(url).query["page"]) + 1))

    def read(self, answer: Fetched) -> Part:
        """As ``Stocklist``."""
        return read_products(answer, currency=self._shop.currency)


def first_page(url: str) -> str:
    """The first page of a shop's products; what the address already asks for is kept."""
    parsed = URL(url)
    if "wp-json" not in parsed.path and "rest_route" not in parsed.query:
        parsed = parsed.with_query(None)
        parsed = parsed.with_path(f"{parsed.raw_path.rstrip('/')}/{PATH}", encoded=True)
    return str(parsed.update_query(per_page=PAGE_SIZE, page=1))


def read_products(answer: Fetched, *, currency: str | None) -> Part:
    """The products on one page; ``currency`` is that of prices that name none."""
    data = parsed_json(answer)
    if not isinstance(data, list):
        raise FetchFailed(f"{answer.url} is not a list of products.")
    found = [_record(entry, answer.url, currency) for entry in data if isinstance(entry, dict)]
    return Part(records=tuple(one for one in found if one), entries=len(data))


def _record(entry: Mapping[str, Any], base: str, currency: str | None) -> ProductRecord | None:
    images = [image.get("src") for image in dicts(entry.get("images"))]
    return record(
        title=entry.get("name"),
        url=absolute(base, entry.get("permalink")),
        offers=[_offer(entry, currency)],
        images=[url for image in images if (url := absolute(base, image))],
        brand=next(iter(_names(entry.get("brands"))), None) or _attribute(entry, _BRAND),
        categories=_names(entry.get("tags")),
        declared=_names(entry.get("categories")),
        colour=_attribute(entry, COLOUR),
        gender=_attribute(entry, frozenset({"gender", "geschlecht", "genre", "sexo"})),
        currency=currency,
    )


def _offer(entry: Mapping[str, Any], currency: str | None) -> OfferDraft:
    prices = entry.get("prices")
    prices = prices if isinstance(prices, dict) else {}
    span = prices.get("price_range")
    lowest = span.get("min_amount") if isinstance(span, dict) else None
    stock = Availability.UNKNOWN
    if isinstance(can_be_had := entry.get("is_in_stock"), bool):
        stock = Availability.IN_STOCK if can_be_had else Availability.SOLD_OUT
    return OfferDraft(
        price=_amount(lowest or prices.get("price"), prices.get("currency_minor_unit", 2)),
        currency=currency_code(prices.get("currency_code")) or currency,
        availability=stock,
    )


def _amount(value: object, decimals: object) -> Decimal | None:
    """A price that is given as a whole number of the currency's smallest unit."""
    text = str(value).strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= 12):
        return None
    if isinstance(decimals, bool) or not isinstance(decimals, int):
        return None
    if not 0 <= decimals <= _MOST_DECIMALS:
        return None
    return Decimal(int(text)).scaleb(-decimals) or None


def _attribute(entry: Mapping[str, Any], names: frozenset[str]) -> str | None:
    """The one value that an attribute of such a name has."""
    for attribute in dicts(entry.get("attributes")):
        if str(attribute.get("name")).strip().lower() in names:
            values = _names(attribute.get("terms"))
            return values[0] if len(values) == 1 else None
    return None


def _names(value: object) -> list[str]:
    return [name for item in dicts(value) if (name := clean(item.get("name"), limit=120))]
