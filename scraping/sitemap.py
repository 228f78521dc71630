"""Sitemaps (sitemaps.org): indexes, gzip, plain lists; read safely and within limits."""

import re
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from core.errors import FetchError, FetchFailed, FetchRefused
from scraping.body import gunzip
from scraping.elements import elements
from scraping.extract.page import absolute

MAX_BYTES = 60_000_000
MAX_URLS = 50_000
MAX_FILES = 200
MAX_IMAGES = 10

_ROOT = re.compile(rb"<(?:[\w-]+:)?(urlset|sitemapindex)\b")
_END = re.compile(rb"</(?:[\w-]+:)?(?:urlset|sitemapindex)\s*>|<(?:[\w-]+:)?urlset\b[^>]*/>")

_PRODUCTS = re.compile(
    r"produ[ck]t|produit|prodott|articulo|artikel|[/_-](pdp|items?)\b", re.IGNORECASE
)
_KINDS = re.compile(
    r"categor|kategori|collection|produ[ck]t[-_]?(cat|tag|brand|attribut|review|video|image)"
    r"|[-_](tags?|brands?|images?|videos?)\b",
    re.IGNORECASE,
)

OnError = Callable[[str, FetchError], None]


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A page, and the pictures that its sitemap says it shows (the ``image:`` extension)."""

    url: str
    images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sitemap:
    """One file: its pages, or with ``is_index`` further sitemaps.

    Not ``complete`` when it breaks off or holds more than ``MAX_URLS``.
    """

    is_index: bool
    entries: tuple[SitemapEntry, ...]
    complete: bool = True

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses alone."""
        return tuple(entry.url for entry in self.entries)


GetSitemap = Callable[[str], Awaitable[Sitemap]]


def parse_sitemap(body: bytes, *, url: str) -> Sitemap:
    """Read a sitemap that was found at ``url``.

    Raises ``FetchError`` for one that is none, or
    unpacks to more than ``MAX_BYTES``.
    """
    if body.startswith(b"\x1f\x8b"):
        body = gunzip(body, max_bytes=MAX_BYTES)
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        lines = body.decode("utf-8", errors="replace").splitlines()[:MAX_URLS]
        found = tuple(SitemapEntry(link) for line in lines if (link := absolute("", line)))
        if not found:
            raise FetchFailed(f"{url} is not a sitemap.")
        return Sitemap(is_index=False, entries=found)
    return _parse_xml(body, url)


def _parse_xml(body: bytes, url: str) -> Sitemap:
    entries: dict[str, SitemapEntry] = {}
    for element in elements(body, "{*}url", "{*}sitemap", "{*}urlset", "{*}sitemapindex"):
        if link := _location(element, url):
            entries.setdefault(link, SitemapEntry(link, tuple(_images(element, url))))
        if len(entries) >= MAX_URLS:
            break
    root = _ROOT.search(body[:100_000])
    if root is None:
        raise FetchFailed(f"{url} is not a sitemap.")
    return Sitemap(
        is_index=root.group(1) == b"sitemapindex",
        entries=tuple(entries.values()),
        complete=len(entries) < MAX_URLS and bool(_END.search(body[-1000:])),
    )


def _location(element: etree._Element, url: str) -> str | None:
    for child in element.iterchildren("{*}loc"):
        return absolute(url, (child.text or "").strip())
    return None


def _images(element: etree._Element, url: str) -> Iterator[str]:
    for image in islice(element.iterchildren("{*}image"), MAX_IMAGES):
        if link := _location(image, url):
            yield link


async def sitemap_entries(
    starts: Sequence[str], *, get: GetSitemap, on_error: OnError
) -> AsyncIterator[SitemapEntry]:
    """The pages in these sitemaps and those they lead to, each once.

    Where an index names sitemaps of products, only those are read, and of the same one in
    several languages the one in the index's own folder. What cannot be had, or not
    in full, goes to ``on_error``. At most ``MAX_FILES`` files are read.
    """
    waiting = deque(starts)
    known = set(starts)
    seen: set[str] = set()
    read = 0
    while waiting and read < MAX_FILES:
        url = waiting.popleft()
        read += 1
        try:
            sitemap = await get(url)
        except FetchError as error:
            on_error(url, error)
            continue
        if not sitemap.complete:
            on_error(url, FetchFailed(f"{url} breaks off."))
        if sitemap.is_index:
            chosen = _of_products(_of_one_language(sitemap.urls, index=url))
            fresh = [link for link in chosen if link not in known]
            known.update(fresh)
            waiting.extend(fresh)
            continue
        for entry in sitemap.entries:
            if entry.url not in seen:
                seen.add(entry.url)
                yield entry
    if waiting:
        on_error(waiting[0], FetchRefused(f"More than {MAX_FILES} sitemaps."))


def _of_products(urls: Sequence[str]) -> Sequence[str]:
    named = [url for url in urls if _PRODUCTS.search(url) and not _KINDS.search(url)]
    return named or urls


def _of_one_language(urls: Sequence[str], *, index: str) -> Sequence[str]:
    """Shops in several languages list every product once in each."""
    folders: dict[str, list[str]] = {}
    for url in urls:
        folder, _, name = url.partition("?")[0].rpartition("/")
        folders.setdefault(name, []).append(folder)
    own = index.partition("?")[0].rpartition("/")[0]
    return [
        url
        for url in urls
        if own not in (same := folders[url.partition("?")[0].rpartition("/")[2]])
        or len(set(same)) == 1
        or url.partition("?")[0].rpartition("/")[0] == own
    ]
