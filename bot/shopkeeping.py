"""The commands about shops: list them, add one by its address, check one."""

import argparse
import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager

from yarl import URL

from bot.conversation.texts import texts_in
from bot.outputs import say
from bot.settings import Settings
from core.catalogue import Availability, ProductRecord
from core.errors import ConfigurationError, ShopError
from scraping.extract import Extracted
from scraping.fetcher import Fetcher, open_fetcher
from scraping.guard import is_loopback, origin
from scraping.sampling import Sample, sample
from scraping.shop_file import write_shop
from scraping.shops import ShopConfig, Take, read_shop
from scraping.survey import survey

_CHECKED = 20
_NEEDED = {"title": 0.97, "price": 0.9, "image": 0.9, "url": 1.0}
"""The share of products that must have a field, for a shop to be worth its nights."""


async def list_shops(settings: Settings, _options: argparse.Namespace) -> int:
    """Print every shop that has a file, and what is wrong with a file."""
    wrong = 0
    paths = sorted(settings.shops_dir.glob("*.toml"))
    for path in paths:
        try:
            shop = read_shop(path)
        except ShopError as error:
            wrong += 1
            say(str(error))
        else:
            often = "every night" if shop.every_days == 1 else f"every {shop.every_days} nights"
            say(f"{shop.name}: {shop.title}, {shop.start}, by {shop.take}, {often}")
    if not paths:
        say(f"There is no shop in {settings.shops_dir} yet: python -m bot shops add URL")
    return 1 if wrong else 0


async def add(settings: Settings, options: argparse.Namespace) -> int:
    """Look at a site, show some products as they would appear, and write the shop's file."""
    url = _address(options.url)
    async with _fetcher(settings, url) as fetcher:
        found = await survey(
            url, fetcher, name=options.name, take=Take(options.take) if options.take else None
        )
    shop = found.shop
    for remark in found.remarks:
        say(remark)
    say(f"\n{shop.title} as it would appear, {len(found.sample.products)} of its products:")
    for rank, one in enumerate(found.sample.products, 1):
        say("\n".join(_card(rank, one.record, shop)))
    path = settings.shops_dir / f"{shop.name}.toml"
    existed = await asyncio.to_thread(path.exists)
    await asyncio.to_thread(write_shop, path, shop, replace=options.replace)
    if shop.search:
        say(f"\nIt can be searched: {shop.search}")
    say(f"\n{path} is {'written anew' if existed else 'written'}; the next night scrapes it.")
    return 0


async def check(settings: Settings, options: argparse.Namespace) -> int:
    """Say field by field what a shop's products have; the status is 1 where too much is missing."""
    shop = _named(settings, options.name)
    async with _fetcher(settings, shop.start, local=shop.local) as fetcher:
        found = await sample(shop, fetcher, most=_CHECKED)
    more = " or more" if found.more else ""
    say(f"{shop.title}: {found.listed}{more} listed, {len(found.products)} products looked at.")
    for line in _fields(found.products):
        say(line)
    for problem in (*found.problems, *_empty(found)):
        say(problem)
    missing = [name for name, share in _NEEDED.items() if _share(found.products, name) < share]
    if missing or not found.products:
        say(f"Not good enough: {', '.join(missing)}. [selectors] in the shop's file may help.")
        return 1
    return 0


def _named(settings: Settings, name: str) -> ShopConfig:
    """The shop of this name; another file's mistake is no obstacle."""
    known = []
    for path in sorted(settings.shops_dir.glob("*.toml")):
        try:
            shop = read_shop(path)
        except ShopError:
            if path.stem == name:
                raise
        else:
            known.append(shop.name)
            if shop.name == name:
                return shop
    raise ConfigurationError(
        f"There is no shop {name!r} in {settings.shops_dir}; there: {', '.join(known) or 'none'}."
    )


def _address(text: str) -> str:
    """A site's address, also where it is typed without ``https://``."""
    full = text if "://" in text else f"https://{text}"
    try:
        url = URL(full)
    except ValueError:
        url = URL()
    if url.scheme not in {"http", "https"} or not url.host or " " in url.host:
        raise ConfigurationError(f"{text!r} is not a web address.")
    return str(url)


@asynccontextmanager
async def _fetcher(settings: Settings, url: str, *, local: bool = False) -> AsyncIterator[Fetcher]:
    """A fetcher for one shop; one on this machine may be looked at by whoever types that."""
    local = local or is_loopback(URL(url).host or "")
    async with open_fetcher(
        contact=settings.scrape.contact, local_origins=[origin(url)] if local else []
    ) as fetcher:
        yield fetcher


def _card(rank: int, record: ProductRecord, shop: ShopConfig) -> Iterator[str]:
    price = texts_in("en").price(record.price) if record.price else "no price"
    sold_out = record.availability is Availability.SOLD_OUT
    words = ["Sold out" if sold_out else price, shop.title]
    known = [record.brand, record.kind, record.colour, record.gender]
    yield f"{rank}. {record.title}"
    yield f"   {' · '.join([*words, *(str(word) for word in known if word)])}"
    yield f"   {record.url}"
    yield f"   {record.image_urls[0] if record.image_urls else 'no picture'}"


def _values(record: ProductRecord) -> dict[str, object]:
    return {
        "title": record.title,
        "price": record.price,
        "availability": record.availability is not Availability.UNKNOWN,
        "brand": record.brand,
        "kind": record.kind,
        "colour": record.colour,
        "gender": record.gender,
        "image": record.image_urls,
        "url": record.url,
    }


def _fields(products: Sequence[Extracted]) -> Iterator[str]:
    """A line a field: how many have it, where from, and one that has it not."""
    for name in _values(products[0].record) if products else ():
        with_it = [one for one in products if _values(one.record)[name]]
        sources = Counter(one.sources[name] for one in with_it if name in one.sources)
        line = f"  {name:<13}{len(with_it):>3} of {len(products)}"
        if sources:
            line += "  from " + ", ".join(f"{source} ({n})" for source, n in sources.most_common())
        without = next((one for one in products if one not in with_it), None)
        yield f"{line}  missing: {without.record.url}" if without else line


def _empty(found: Sample) -> Iterator[str]:
    if found.empty:
        yield f"{len(found.empty)} of the pages show no product, {found.empty[0]} for one."


def _share(products: Sequence[Extracted], name: str) -> float:
    return sum(bool(_values(one.record)[name]) for one in products) / max(len(products), 1)
