"""Product feeds as Google and Facebook take them: variants become one product again."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from itertools import takewhile

from yarl import URL

from core.catalogue import Availability, ProductRecord
from scraping.extract.draft import OfferDraft, availability
from scraping.extract.money import currency_code, currency_of_host, machine_price
from scraping.extract.page import absolute, canonical, clean
from scraping.fetcher import Fetched, Wanted
from scraping.shops import ShopConfig
from scraping.ways.feed_items import MAX_BYTES, Item, feed_items
from scraping.ways.records import record
from scraping.ways.stocklist import Part

FEED = Wanted(
    "product feed",
    (
        "application/xml", "text/xml", "application/rss+xml", "application/atom+xml", "text/csv",
        "text/tab-separated-values", "text/plain", "application/csv", "application/gzip",
        "application/x-gzip", "application/octet-stream", "binary/octet-stream",
    ),
    MAX_BYTES,
)  # fmt: skip

_CHILDREN = frozenset({"newborn", "infant", "toddler", "kids", "children"})
_SHORTEST_TITLE = 8
_SEPARATORS = " -–—,/|:("


class Feed:
    """One shop's feed, at an address or in a file."""

    wanted: Wanted = FEED
    page_size = 0

    def __init__(self, shop: ShopConfig, *, at: datetime) -> None:
        self._address = shop.feed or shop.start
        self._currency = shop.currency or currency_of_host(URL(shop.start).host or "")
        self._at = at

    def starts(self) -> Sequence[str]:
        """As ``Stocklist``."""
        return [self._address]

    def following(self, url: str) -> str | None:  # noqa: ARG002 - a feed is one page
        """As ``Stocklist``."""
        return None

    def read(self, answer: Fetched) -> Part:
        """As ``Stocklist``."""
        return read_feed(answer.body, url=answer.url, currency=self._currency, at=self._at)


def read_feed(body: bytes, *, url: str, currency: str | None, at: datetime) -> Part:
    """The products of a feed that was found at ``url``.

    Items of one ``item_group_id``, or of one address, are one product. ``currency`` is that of
    prices without one; ``at`` says which sales are on. ``FetchError`` for what is no feed.
    """
    found = feed_items(body, name=url)
    groups: dict[str, list[Item]] = {}
    for number, item in enumerate(found.items):
        groups.setdefault(_group(item) or f"{number}", []).append(item)
    records = [_record(group, url, currency, at) for group in groups.values()]
    return Part(
        records=tuple(one for one in records if one),
        entries=len(found.items),
        problem=None if found.complete else "breaks off",
        lasting=not any("sale_price_effective_date" in item for item in found.items),
    )


def _group(item: Item) -> str | None:
    if group := _first(item, "item_group_id"):
        return f"group {group}"
    link = absolute("", _first(item, "link", "url"))
    return canonical(link) if link else None


def _record(
    group: Sequence[Item], url: str, currency: str | None, at: datetime
) -> ProductRecord | None:
    # Of one product's variants the first that can be had is shown.
    best = min(group, key=lambda item: _stock(item) is not Availability.IN_STOCK)
    links = [link for item in group if (link := absolute(url, _first(item, "link", "url")))]
    if not links:
        return None
    key, link = _address(links, absolute(url, _first(best, "link", "url")) or links[0])
    colours = {colour for item in group if (colour := _first(item, "color", "colour"))}
    ages = {_first(item, "age_group").lower() for item in group}
    return record(
        title=_title([_first(item, "title", "name") for item in group]),
        url=link,
        key=key,
        offers=[_offer(item, currency, at) for item in group],
        images=[image for item in (best, *group) for image in _images(item, url)],
        brand=_first(best, "brand", "manufacturer"),
        declared=_path(best, "product_type", "google_product_category"),
        categories=_path(best, "google_product_category"),
        colour=colours.pop() if len(colours) == 1 else None,
        gender="kids" if ages & _CHILDREN else _first(best, "gender"),
        currency=currency,
        sizes=[
            size
            for item in group
            if _stock(item) is not Availability.SOLD_OUT and (size := _first(item, "size"))
        ],
    )


def _address(links: Sequence[str], best: str) -> tuple[str, str]:
    """The key and the address of a product whose variants have these links.

    One page for all of them is named without what chooses the variant. Where each has a page of
    its own, the first one stands for all, so that its key is what that page calls itself.
    """
    pages = {str(URL(canonical(link)).with_query(None)) for link in links}
    addresses = {canonical(link) for link in links}
    if len(addresses) == 1:
        return addresses.pop(), best
    if len(pages) == 1:
        return pages.pop(), best
    return canonical(links[0]), links[0]


def _offer(item: Item, currency: str | None, at: datetime) -> OfferDraft:
    code = currency_code(_first(item, "currency"))
    full, reduced = (
        _amount(_first(item, name), code or currency) for name in ("price", "sale_price")
    )
    price, named = full
    if reduced[0] and (price is None or reduced[0] < price) and _is_on(item, at):
        price, named = reduced
    return OfferDraft(price=price, currency=named or full[1] or code, availability=_stock(item))


def _amount(text: str, currency: str | None) -> tuple[Decimal | None, str | None]:
    """A price and its currency: ``75.00 USD``, ``EUR 75``, ``1.234,56 €``, ``75.00``."""
    code = currency_code(text, hint=currency)
    number = re.sub(r"^[^\d.,]+|[^\d.,]+$", "", text)
    return machine_price(number, currency=code or currency), code


def _is_on(item: Item, at: datetime) -> bool:
    """Whether a sale is on now: it is where nothing, or nothing legible, says when."""
    begin, _, end = _first(item, "sale_price_effective_date").partition("/")
    since, until = _moment(begin), _moment(end)
    return not (since and at < since) and not (until and at > until)


def _moment(text: str) -> datetime | None:
    text = re.sub(r"T(\d):", r"T0\1:", text.strip())
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _stock(item: Item) -> Availability:
    return availability(_first(item, "availability"))


def _images(item: Item, url: str) -> Iterator[str]:
    """Its pictures; an address without a path is the shop's front page, not a picture."""
    for name in ("image_link", "image", "additional_image_link"):
        for value in item.get(name, ()):
            image = absolute(url, value.strip())
            if image and URL(image).path not in {"", "/"}:
                yield image


def _title(titles: Sequence[str]) -> str:
    """What the variants' titles have in common, where that still says what it is."""
    names = [name for title in titles if (name := clean(title))]
    if not names:
        return ""
    alike = takewhile(lambda signs: len(set(signs)) == 1, zip(*names, strict=False))
    shared = "".join(signs[0] for signs in alike)
    if shared not in names:
        shared = shared[: max(shared.rfind(sign) for sign in _SEPARATORS) + 1]
    shared = shared.rstrip(_SEPARATORS)
    return shared if len(shared) >= max(_SHORTEST_TITLE, min(map(len, names)) // 2) else names[0]


def _path(item: Item, *names: str) -> list[str]:
    """A category's names, outermost first."""
    return [part for text in _first(item, *names).split(">") if (part := clean(text, limit=120))]


def _first(item: Item, *names: str) -> str:
    return next((values[0] for name in names if (values := item.get(name))), "")
