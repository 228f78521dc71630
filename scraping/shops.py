"""A shop to scrape: a few lines of TOML."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from math import inf
from pathlib import Path

from yarl import URL

from core.errors import ShopError
from core.queries import ENGLISH
from scraping.guard import origin
from scraping.selecting import NO_SELECTORS, Selectors, is_selector

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_SLOWEST_PER_S, _FASTEST_PER_S = 0.01, 10.0
_SELDOMEST_DAYS = 365
MOST_PRODUCTS = 25_000
"""Of one shop, where its file says nothing else."""


_SPOKEN: Mapping[str, str] = {
    **dict.fromkeys(("AT", "CH", "DE", "LI"), "de"),
    **dict.fromkeys(("AR", "CL", "CO", "ES", "MX", "PE", "UY"), "es"),
    **dict.fromkeys(("FR", "LU", "MC"), "fr"),
    "IT": "it",
    "NL": "nl",
    **dict.fromkeys(("BY", "KZ", "RU"), "ru"),
}
"""What shops of a country are mostly written in, where ``core.queries`` has words of it."""


class Take(StrEnum):
    """How a shop's products are found.

    The first two lead to product pages, the others show the products themselves.
    """

    SITEMAP = "sitemap"
    LISTING = "listing"
    SHOPIFY = "shopify"
    WOOCOMMERCE = "woocommerce"
    FEED = "feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopConfig:
    """What the scraper knows of a shop.

    ``start`` is the site's address, or for ``listing`` the first listing page; ``listings`` are
    further ones. ``sitemaps`` are read instead of those that robots.txt names; ``feed`` is the
    address of a feed, a file's as ``file://``. ``country`` (ISO 3166) and ``currency`` (ISO 4217)
    are used where pages leave them open. A shop is scraped every ``every_days`` nights, with at
    most ``pace_per_s`` requests a second. A ``local`` one may lie on this machine or network.
    Where ``include`` is given, only addresses of products that one of its patterns matches are
    asked for; ``exclude`` always wins. ``search`` is the address of the shop's search page with
    ``{words}`` in the place of what is searched for, in its ``language`` (ISO 639-1).
    """

    name: str
    title: str
    start: str
    listings: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    feed: str | None = None
    search: str | None = None
    country: str | None = None
    currency: str | None = None
    language: str | None = None
    take: Take = Take.SITEMAP
    every_days: int = 1
    pace_per_s: float = 1.0
    local: bool = False
    max_products: int = MOST_PRODUCTS
    include: tuple[re.Pattern[str], ...] = ()
    exclude: tuple[re.Pattern[str], ...] = ()
    selectors: Selectors = NO_SELECTORS

    @property
    def origin(self) -> str:
        """``host:port`` of the shop, as the fetcher's ``local_origins`` takes it."""
        return origin(self.start)

    @property
    def spoken(self) -> str:
        """The language of its pages, as far as that is known; ISO 639-1."""
        return self.language or _SPOKEN.get(self.country or "", ENGLISH)

    def wants(self, url: str) -> bool:
        """Whether the address may be a product's."""
        if any(pattern.search(url) for pattern in self.exclude):
            return False
        return not self.include or any(pattern.search(url) for pattern in self.include)


def load_shops(*directories: Path) -> list[ShopConfig]:
    """The shops described in these directories, by name; of two with one name the later counts.

    A directory that is not there holds none. Raises ``ShopError``, which names file and key.
    """
    shops = {}
    for directory in directories:
        for path in sorted(directory.glob("*.toml")):
            shop = read_shop(path)
            shops[shop.name] = shop
    return [shops[name] for name in sorted(shops)]


def read_shop(path: Path) -> ShopConfig:
    """The shop that one file describes; ``ShopError`` names the file and the key."""
    try:
        entries = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ShopError(f"{path}: {error}") from error
    reader = _Reader(path, entries)
    shop = reader.shop()
    reader.nothing_left()
    return shop


class _Reader:
    """Takes keys out of a file's table, each with its own check."""

    def __init__(self, path: Path, entries: Mapping[str, object], *, within: str = "") -> None:
        self._path = path
        self._left = dict(entries)
        self._within = within
        self._known: set[str] = set()

    def shop(self) -> ShopConfig:
        name = self._text("name", self._path.stem)
        if not NAME.fullmatch(name):
            raise self._wrong("name", "has other signs than a-z, 0-9, - and _")
        take = self._take()
        return ShopConfig(
            name=name,
            title=self._text("title", name),
            start=self._address("start", self._text("start")),
            listings=self._addresses("listings"),
            sitemaps=self._addresses("sitemaps"),
            feed=self._feed(take),
            search=self._search(),
            country=self._code("country", 2),
            currency=self._code("currency", 3),
            language=self._language(),
            take=take,
            every_days=self._days("every_days"),
            pace_per_s=self._number("pace_per_s", 1.0),
            local=self._flag("local"),
            max_products=self._count("max_products", MOST_PRODUCTS),
            include=self._patterns("include"),
            exclude=self._patterns("exclude"),
            selectors=self._selectors(),
        )

    def nothing_left(self) -> None:
        for key in self._left:
            close = difflib.get_close_matches(key, self._known, n=1)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise self._wrong(key, f"is not a key that is known{hint}")

    def _wrong(self, key: str, why: str) -> ShopError:
        return ShopError(f"{self._path}: {self._within}{key} {why}{'' if why[-1] == '?' else '.'}")

    def _take_out(self, key: str, default: object = None) -> object:
        self._known.add(key)
        return self._left.pop(key, default)

    def _text(self, key: str, default: str | None = None) -> str:
        value = self._take_out(key, default)
        if value is None:
            raise self._wrong(key, "is missing")
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(key, "is not a text")
        return value.strip()

    def _texts(self, key: str) -> list[str]:
        value = self._take_out(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(key, "is not a list of texts")
        return value

    def _optional(self, key: str) -> str | None:
        self._known.add(key)
        return self._text(key) if key in self._left else None

    def _addresses(self, key: str) -> tuple[str, ...]:
        return tuple(self._address(key, url) for url in self._texts(key))

    def _address(self, key: str, text: str) -> str:
        try:
            url = URL(text)
        except ValueError as error:
            raise self._wrong(key, f"is no address: {error}") from error
        if url.scheme not in {"http", "https"} or not url.host:
            raise self._wrong(key, "does not begin with http:// or https://")
        return str(url)

    def _feed(self, take: Take) -> str | None:
        """The feed's address; a file is looked for beside the shop's own."""
        text = self._optional("feed")
        if text is None:
            if take is Take.FEED:
                raise self._wrong("feed", 'is missing: take = "feed" needs its address or its file')
            return None
        if take is not Take.FEED:
            raise self._wrong("feed", f'is only read with take = "feed", not "{take}"')
        if text.startswith(("http://", "https://")):
            return self._address("feed", text)
        file = (self._path.parent / text).resolve()
        if not file.is_file():
            raise self._wrong("feed", f"is neither an address nor a file: there is no {file}")
        return file.as_uri()

    def _search(self) -> str | None:
        text = self._optional("search")
        if text is None:
            return None
        if text.count("{words}") != 1:
            raise self._wrong("search", "does not hold {words}, where the words go, exactly once")
        self._address("search", text.replace("{words}", "navy+dress"))
        return text

    def _code(self, key: str, length: int) -> str | None:
        code = self._optional(key)
        if code is None:
            return None
        if len(code) != length or not code.isascii() or not code.isalpha():
            raise self._wrong(key, f"is not a code of {length} letters")
        return code.upper()

    def _language(self) -> str | None:
        code = self._code("language", 2)
        return code and code.lower()

    def _take(self) -> Take:
        value = self._text("take", Take.SITEMAP.value)
        try:
            return Take(value)
        except ValueError:
            raise self._wrong("take", f"is none of {', '.join(Take)}") from None

    def _number(self, key: str, default: float) -> float:
        value = self._take_out(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < inf:
            raise self._wrong(key, "is not a number above 0")
        if value < _SLOWEST_PER_S:
            raise self._wrong(key, f"is below {_SLOWEST_PER_S}, which is one in 100 seconds")
        if value > _FASTEST_PER_S and not self._left.get("local"):
            raise self._wrong(key, f"is above {_FASTEST_PER_S:.0f}, which only a local shop takes")
        return float(value)

    def _flag(self, key: str) -> bool:
        value = self._take_out(key, default=False)
        if not isinstance(value, bool):
            raise self._wrong(key, "is neither true nor false")
        return value

    def _count(self, key: str, default: int) -> int:
        value = self._take_out(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise self._wrong(key, "is not a whole number above 0")
        return value

    def _days(self, key: str) -> int:
        days = self._count(key, 1)
        if days > _SELDOMEST_DAYS:
            raise self._wrong(key, f"is above {_SELDOMEST_DAYS}")
        return days

    def _patterns(self, key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(self._compiled(key, self._texts(key)))

    def _compiled(self, key: str, patterns: Iterable[str]) -> Iterable[re.Pattern[str]]:
        for pattern in patterns:
            try:
                yield re.compile(pattern)
            except re.error as error:
                raise self._wrong(key, f"has a pattern that is none: {error}") from error

    def _selectors(self) -> Selectors:
        table = self._take_out("selectors", {})
        if not isinstance(table, dict):
            raise self._wrong("selectors", "is not a table: write [selectors] on a line of its own")
        reader = _Reader(self._path, table, within="selectors.")
        names = [field.name for field in fields(Selectors)]
        chosen = {name: selector for name in names if (selector := reader.selector(name))}
        reader.nothing_left()
        return Selectors(**chosen)

    def selector(self, key: str) -> str | None:
        """A CSS selector that is one."""
        text = self._optional(key)
        if text is not None and not is_selector(text):
            raise self._wrong(key, f"is not a CSS selector: {text}")
        return text
