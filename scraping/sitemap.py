"""Sitemaps (sitemaps.org): indexes, gzip, plain lists; read safely and within limits."""

import re
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from core.errors import FetchError, FetchFailed, FetchRefused
from scraping.body import gunzip
from scraping.extract.page import absolute

MAX_BYTES = 60_000_000
MAX_URLS = 50_000
MAX_FILES = 200

_ROOT = re.compile(rb"<(?:[\w-]+:)?(urlset|sitemapindex)\b")
_END = re.compile(rb"</(?:[\w-]+:)?(?:urlset|sitemapindex)\s*>|<(?:[\w-]+:)?urlset\b[^>]*/>")

GetFile = Callable[[str], Awaitable[bytes]]
OnError = Callable[[str, FetchError], None]


@dataclass(frozen=True, slots=True)
class Sitemap:
    """One file: the addresses of pages, or with ``is_index`` of further sitemaps.

    Not ``complete`` when it breaks off or holds more than ``MAX_URLS``.
    """

    is_index: bool
    urls: tuple[str, ...]
    complete: bool = True


def parse_sitemap(body: bytes, *, url: str) -> Sitemap:
    """Read a sitemap that was found at ``url``.

    Raises ``FetchError`` for one that is none, or
    unpacks to more than ``MAX_BYTES``.
    """
    if body.startswith(b"\x1f\x8b"):
        body = gunzip(body, max_bytes=MAX_BYTES)
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        lines = body.decode("utf-8", errors="replace").splitlines()[:MAX_URLS]
        found = tuple(link for line in lines if (link := absolute("", line)))
        if not found:
            raise FetchFailed(f"{url} is not a sitemap.")
        return Sitemap(is_index=False, urls=found)
    return _parse_xml(body, url)


def _parse_xml(body: bytes, url: str) -> Sitemap:
    urls: dict[str, None] = {}
    events = etree.iterparse(
        BytesIO(body),
        tag=("{*}url", "{*}sitemap", "{*}urlset", "{*}sitemapindex"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    try:
        for _, element in events:
            if link := _location(element, url):
                urls[link] = None
            element.clear(keep_tail=False)
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
            if len(urls) >= MAX_URLS:
                break
    except etree.XMLSyntaxError:
        pass  # what came before it counts
    root = _ROOT.search(body[:100_000])
    if root is None:
        raise FetchFailed(f"{url} is not a sitemap.")
    return Sitemap(
        is_index=root.group(1) == b"sitemapindex",
        urls=tuple(urls),
        complete=len(urls) < MAX_URLS and bool(_END.search(body[-1000:])),
    )


def _location(element: etree._Element, url: str) -> str | None:
    for child in element.iterchildren("{*}loc"):
        return absolute(url, (child.text or "").strip())
    return None


async def sitemap_urls(
    starts: Sequence[str], *, get: GetFile, on_error: OnError
) -> AsyncIterator[str]:
    """The page addresses in these sitemaps and those they lead to, each once.

    Where an index names sitemaps of products, only those are read. What cannot be had, or not
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
            sitemap = parse_sitemap(await get(url), url=url)
        except FetchError as error:
            on_error(url, error)
            continue
        if not sitemap.complete:
            on_error(url, FetchFailed(f"{url} breaks off."))
        if sitemap.is_index:
            fresh = [link for link in _of_products(sitemap.urls) if link not in known]
            known.update(fresh)
            waiting.extend(fresh)
            continue
        for link in sitemap.urls:
            if link not in seen:
                seen.add(link)
                yield link
    if waiting:
        on_error(waiting[0], FetchRefused(f"More than {MAX_FILES} sitemaps."))


def _of_products(urls: Sequence[str]) -> Sequence[str]:
    named = [url for url in urls if "product" in url.lower() and "categor" not in url.lower()]
    return named or urls
