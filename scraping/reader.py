"""Which code reads the pages: what another one read is read again."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from scraping.shops import ShopConfig

_PARTS = (
    ("scraping.extract", ".py"),
    ("scraping.ways", ".py"),
    ("scraping", "elements.py"),
    ("scraping", "selecting.py"),
    ("core", "words.py"),
    ("data.vocabulary", ".toml"),
)


def reader_of(shop: ShopConfig) -> str:
    """Names all that decides what a page of this shop yields, besides the page."""
    patterns = [[one.pattern for one in some] for some in (shop.include, shop.exclude)]
    chosen = repr((patterns, shop.selectors)).encode()
    return f"{_code()} {shop.currency or '-'} {hashlib.blake2b(chosen, digest_size=4).hexdigest()}"


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
