"""Writes what ``scraping.shops`` reads: a shop's TOML file."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from urllib.parse import unquote, urlsplit

from core.errors import ShopError
from scraping.shops import MOST_PRODUCTS, ShopConfig


def as_toml(shop: ShopConfig) -> str:
    """The shop's file, without what is as it is anyway; how often and how fast always stand."""
    return "\n".join(_lines(shop)) + "\n"


def write_shop(path: Path, shop: ShopConfig, *, replace: bool) -> None:
    """Write the shop's file; ``ShopError`` where one is there already and is not to go."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w" if replace else "x", encoding="utf-8") as file:
            file.write(as_toml(shop))
    except FileExistsError:
        raise ShopError(f"{path} is there already; with --replace it is written anew.") from None
    except OSError as error:
        raise ShopError(f"{path} cannot be written: {error.strerror}.") from None


def _lines(shop: ShopConfig) -> Iterator[str]:
    texts = {
        "name": shop.name,
        "title": shop.title,
        "start": shop.start,
        "country": shop.country,
        "currency": shop.currency,
        "language": shop.language,
        "take": shop.take.value,
        "feed": _feed(shop.feed),
        "search": shop.search,
    }
    yield from (f"{key} = {_quoted(text)}" for key, text in texts.items() if text)
    several = {
        "listings": shop.listings,
        "sitemaps": shop.sitemaps,
        "include": [pattern.pattern for pattern in shop.include],
        "exclude": [pattern.pattern for pattern in shop.exclude],
    }
    for key, values in several.items():
        if values:
            yield f"{key} = [{', '.join(map(_quoted, values))}]"
    yield f"every_days = {shop.every_days}"
    yield f"pace_per_s = {shop.pace_per_s}"
    if shop.max_products != MOST_PRODUCTS:
        yield f"max_products = {shop.max_products}"
    if shop.local:
        yield "local = true"
    selectors = {key: value for key, value in asdict(shop.selectors).items() if value}
    if selectors:
        yield "\n[selectors]"
        yield from (f"{key} = {_quoted(value)}" for key, value in selectors.items())


def _feed(address: str | None) -> str | None:
    """The feed as a file names it: an address, or a path."""
    if address and address.startswith("file:"):
        return unquote(urlsplit(address).path)
    return address


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
