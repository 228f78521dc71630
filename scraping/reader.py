"""Which code reads the pages: what another one read is read again."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from scraping.shops import ShopConfig

_PARTS = (("scraping.extract", ".py"), ("scraping", "words.py"), ("data.vocabulary", ".toml"))


def reader_of(shop: ShopConfig) -> str:
    """Names all that decides what a page of this shop yields, besides the page."""
    return f"{_code()} {shop.currency or '-'}"


@cache
def _code() -> str:
    digest = hashlib.blake2b(digest_size=8)
    for package, ending in _PARTS:
        for file in sorted(files(package).iterdir(), key=_name):
            if file.name.endswith(ending):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def _name(file: Traversable) -> str:
    return file.name
