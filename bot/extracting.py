"""``extract``: what one page, from a file or from the web, yields."""

import argparse
import asyncio
import json
from pathlib import Path
from typing import Any

from bot.outputs import say
from bot.settings import Settings
from core.catalogue import Availability
from core.errors import ConfigurationError
from scraping.extract import Extracted, Page, extract_with_sources
from scraping.extract.money import currency_code
from scraping.extract.page import absolute
from scraping.fetcher import PAGE, open_fetcher
from scraping.shops import load_shops

_TERMS = {Availability.IN_STOCK: "InStock", Availability.SOLD_OUT: "OutOfStock"}
_MARKS_OF_OTHERS = (b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8",
                    b"RIFF", b"\x7fELF", b"SQLite")  # fmt: skip
_WIDE = (b"\xff\xfe", b"\xfe\xff")


async def extract(settings: Settings, options: argparse.Namespace) -> int:
    """Print the products of one page; the status is 1 where it shows none."""
    url = options.url
    if url and absolute("", url) is None:
        raise ConfigurationError(f"--url {url} is not a web address.")
    if options.currency and currency_code(options.currency) is None:
        raise ConfigurationError(f"--currency {options.currency} is no code of ISO 4217.")
    if options.page.lower().startswith(("http://", "https://")):
        page = await _fetched(settings, options.page, url)
    else:
        page = await asyncio.to_thread(_read, Path(options.page), url or "")
    found = await asyncio.to_thread(
        extract_with_sources, page, currency=currency_code(options.currency)
    )
    if options.json:
        say(json.dumps([as_entry(one) for one in found], ensure_ascii=False, indent=2))
    else:
        say("\n\n".join(as_text(one) for one in found) or "The page shows no product.")
    return 0 if found else 1


def as_entry(found: Extracted) -> dict[str, Any]:
    """A product for JSON: what is not known is null, availability is in schema.org's words."""
    record = found.record
    return {
        "title": record.title,
        "price": record.price and float(record.price.amount),
        "currency": record.price and record.price.currency,
        "availability": _TERMS.get(record.availability),
        "brand": record.brand,
        "image": record.image_urls[0] if record.image_urls else None,
        "url": record.url,
        "kind": record.kind,
        "colour": record.colour,
        "gender": record.gender,
        "sizes": list(found.record.sizes),
        "images": list(record.image_urls),
        "sources": dict(found.sources),
    }


def as_text(found: Extracted) -> str:
    """A product as lines, each with the source that it was taken from."""
    entry = as_entry(found)
    shown = [
        (name, entry[name])
        for name in ("title", "price", "currency", "availability", "brand", "image", "url", "kind",
                     "colour", "gender")
    ]  # fmt: skip
    shown.append(("sizes", ", ".join(found.record.sizes) or None))
    return "\n".join(
        f"{name:<13}{value if value is not None else '-'}"
        + (f"  ({found.sources[name]})" if value is not None and name in found.sources else "")
        for name, value in shown
    )


async def _fetched(settings: Settings, address: str, url: str | None) -> Page:
    local = [shop.origin for shop in load_shops(settings.shops_dir) if shop.local]
    async with open_fetcher(contact=settings.scrape.contact, local_origins=local) as fetcher:
        answer = await fetcher.fetch(address, PAGE)
    return await asyncio.to_thread(
        Page.parse, answer.body, url=url or answer.url, content_type=answer.content_type
    )


def _read(path: Path, url: str) -> Page:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise ConfigurationError(f"{path} is a {'folder' if path.is_dir() else 'device'}.")
        if size > PAGE.max_bytes:
            limit = PAGE.max_bytes / 1e6
            raise ConfigurationError(
                f"{path} has {size / 1e6:.1f} MB; a page of at most {limit:.0f} MB is read."
            )
        body = path.read_bytes()
    except FileNotFoundError:
        raise ConfigurationError(f"There is no file {path}.") from None
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}.") from None
    if not body.strip():
        raise ConfigurationError(f"{path} is empty.")
    if body.startswith(_MARKS_OF_OTHERS) or (b"\0" in body[:1000] and not body.startswith(_WIDE)):
        raise ConfigurationError(f"{path} is no HTML page.")
    return Page.parse(body, url=url)
