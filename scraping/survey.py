"""Looks at a site nobody has described yet, and finds the best way in to its products."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from yarl import URL

from core.errors import FetchError, FetchFailed, ShopError
from scraping.extract import Extracted, Page
from scraping.extract.money import currency_of_host
from scraping.extract.page import clean
from scraping.fetcher import PAGE, Fetched, Fetcher, Validators, Wanted
from scraping.guard import is_loopback
from scraping.listing import product_links
from scraping.product_page import parsed, read_product
from scraping.sampling import MAX_WAIT_S, Sample, sample
from scraping.search_page import search_of
from scraping.shops import NAME, ShopConfig, Take
from scraping.ways.feed import FEED

SHOWN = 10
_ANYTHING = Wanted(
    "page, sitemap or feed", (*PAGE.types, *FEED.types, "application/json"), 60_000_000
)
_FEED = re.compile(
    r"(product|merchant|shopping|catalog)[^/]*feed|feed[^/]*product"
    r"|(google|facebook|merchant|product)[^/]*\.(xml|csv|tsv)(\.gz)?$",
    re.IGNORECASE,
)
_LOCAL_PACE_PER_S = 50.0
_WHOLE_SHARE = 0.5
_HOME = re.compile(r"^(/[a-z]{2}([-_][a-z]{2})?)?/?$", re.IGNORECASE)
_ALL_PRODUCTS = re.compile(
    r"/(shop|products?|all|collections/all|catalog(ue)?|store|produkte|boutique|tienda|negozio)/?$",
    re.IGNORECASE,
)
_MOST_LISTINGS = 3
_SITEMAPS = ("sitemap_index.xml", "sitemap-index.xml", "wp-sitemap.xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a look at a site brought: how to scrape it, and some products seen that way.

    ``remarks`` say what became of each way in that was tried, the chosen one last.
    """

    shop: ShopConfig
    sample: Sample
    remarks: tuple[str, ...]


async def survey(
    url: str, fetcher: Fetcher, *, name: str | None = None, take: Take | None = None
) -> Survey:
    """Look at the site and pick the way in that shows its products best, or try only ``take``.

    Ways that show products in data go before those that lead from page to page, as they cost a
    shop less; but what is asked for by the address of a listing is that listing. Raises
    ``ShopError``, with what was tried, where no way leads to products with price and picture.
    """
    answer = await _front(url, fetcher)
    page = await asyncio.to_thread(parsed, answer)
    plain = _described(answer, page, name)
    if not NAME.fullmatch(plain.name):
        raise ShopError(f"A shop's name has only a-z, 0-9, - and _; {plain.name!r} has others.")
    remarks: list[str] = []
    async for shop in _ways(plain, answer, page, fetcher):
        if take not in (None, shop.take):
            continue
        found = await sample(shop, fetcher, most=SHOWN)
        remarks.append(_remark(shop, found))
        if _is_good(shop, found.products):
            described = await _with_currency(_with_pattern(shop, found), found, fetcher)
            if not any(one.record.price for one in found.products):
                found = await sample(described, fetcher, most=SHOWN)
            return Survey(shop=described, sample=found, remarks=tuple(remarks))
    tried = "".join(f"\n  {remark}" for remark in remarks) or " nothing to try."
    raise ShopError(f"No way in to the products of {url} was found:{tried}")


async def _front(url: str, fetcher: Fetcher) -> Fetched:
    """What lies at the address; a shop may well have nothing there but products elsewhere."""
    try:
        return await fetcher.fetch(url, _ANYTHING, max_wait_s=MAX_WAIT_S)
    except FetchError as error:
        if not (isinstance(error, FetchFailed) and error.status == 404):
            raise ShopError(f"{url} cannot be looked at: {error}") from error
    return Fetched(
        url=url,
        status=404,
        body=b"",
        content_type="text/html",
        validators=Validators(),
        redirected=False,
    )


async def _ways(
    plain: ShopConfig, answer: Fetched, page: Page, fetcher: Fetcher
) -> AsyncIterator[ShopConfig]:
    """Every way in that the site may have, the best first."""
    if "html" not in (answer.content_type or "html").lower():
        site = str(URL(answer.url).origin())
        yield replace(plain, take=Take.FEED, start=site, feed=answer.url)
        yield replace(plain, take=Take.SITEMAP, start=site, sitemaps=(answer.url,))
        return
    named_a_listing = not _HOME.match(URL(plain.start).path)
    if named_a_listing and "/collections/" not in plain.start and len(product_links(page)) > 1:
        yield replace(plain, take=Take.LISTING)
    yield replace(plain, take=Take.SHOPIFY)
    yield replace(plain, take=Take.WOOCOMMERCE, start=_wordpress(page) or plain.start)
    for feed in _feeds(page):
        yield replace(plain, take=Take.FEED, feed=feed)
    yield replace(plain, take=Take.SITEMAP)
    if not await _names_sitemaps(plain, fetcher):
        for name in _SITEMAPS:
            yield replace(
                plain, take=Take.SITEMAP, sitemaps=(str(URL(plain.start).origin() / name),)
            )
    for start in _listings(plain, page):
        yield replace(plain, take=Take.LISTING, start=start)


def _described(answer: Fetched, page: Page, name: str | None) -> ShopConfig:
    """What the page says of its shop."""
    url = URL(answer.url)
    host = (url.host or "").removeprefix("www.")
    title = clean(page.meta("og:site_name"), limit=60) or host
    local = is_loopback(url.host or "")
    label = title if local or host[-1:].isdigit() else host.split(".")[0]
    return ShopConfig(
        name=name or _slug(label) or "shop",
        title=title,
        start=answer.url,
        search=search_of(page),
        country=_country(page, host),
        language=_language(page),
        pace_per_s=_LOCAL_PACE_PER_S if local else 1.0,
        local=local,
    )


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40]


def _country(page: Page, host: str) -> str | None:
    """By the region of the page's language, or by the domain where that is a country's."""
    if found := re.fullmatch(r"[a-z]{2,3}[-_]([A-Z]{2})", _tag(page)):
        return found.group(1)
    domain = host.rpartition(".")[2].lower()
    if domain in {"eu", "co"} or currency_of_host(host) is None:
        return None
    return {"uk": "GB"}.get(domain, domain.upper())


def _tag(page: Page) -> str:
    """The language that the page says it is in ("de", "de-AT"); "" where it says none."""
    root = page.tree.css_first("html[lang]")
    return (root.attributes.get("lang") or "") if root else ""


def _language(page: Page) -> str | None:
    found = re.match(r"[a-z]{2}(?=[-_]|$)", _tag(page).lower())
    return found and found.group()


def _wordpress(page: Page) -> str | None:
    """Where the site's WordPress lies, as its pages say (``<link rel="https://api.w.org/">``)."""
    for _, url in page.links('link[rel="https://api.w.org/"]'):
        return url.partition("wp-json")[0] if "wp-json" in url else None
    return None


def _feeds(page: Page) -> list[str]:
    """Feeds that the page links to and that are called like feeds of products."""
    selector = 'link[rel~="alternate"][type*="rss"], link[rel~="alternate"][type*="atom"], a[href]'
    named = (url for _, url in page.links(selector))
    found = [url for url in named if _FEED.search(url)]
    return list(dict.fromkeys(found))[:2]


async def _names_sitemaps(shop: ShopConfig, fetcher: Fetcher) -> bool:
    try:
        return bool(await fetcher.sitemaps(shop.start))
    except FetchError:
        return True


def _listings(shop: ShopConfig, page: Page) -> Sequence[str]:
    """The page itself, and those that it calls all of the shop."""
    host = URL(shop.start).host
    links = [url for _, url in page.links("a[href]") if URL(url).host == host]
    every = [url for url in dict.fromkeys(links) if _ALL_PRODUCTS.search(URL(url).path)]
    return list(dict.fromkeys([*every[:_MOST_LISTINGS], shop.start]))


def _is_good(shop: ShopConfig, products: Sequence[Extracted]) -> bool:
    """Whether at least half of them have what an answer shows."""
    # Shopify's data has prices and leaves it to the pages in which currency they are.
    priced = shop.take is Take.SHOPIFY
    whole = [one for one in products if one.record.image_urls and (priced or one.record.price)]
    return len(whole) > 0 and len(whole) >= _WHOLE_SHARE * len(products)


def _remark(shop: ShopConfig, found: Sample) -> str:
    if found.products:
        more = " or more" if found.more else ""
        return f"{shop.take}: {found.listed}{more} listed, {len(found.products)} looked at."
    if found.problems:
        return f"{shop.take}: {found.problems[0]}"
    return f"{shop.take}: {found.listed} addresses, no product among those looked at."


def _with_pattern(shop: ShopConfig, found: Sample) -> ShopConfig:
    """Only addresses like the products' own, where others are listed that show none."""
    if shop.take not in (Take.SITEMAP, Take.LISTING) or not found.empty:
        return shop
    folders = Counter(_folder(one.record.url) for one in found.products)
    (folder, count), *_ = folders.most_common(1)
    if not folder or count < len(found.products) or folder in map(_folder, found.empty):
        return shop
    return replace(shop, include=(re.compile(re.escape(folder)),))


def _folder(url: str | None) -> str:
    """The first part of an address's path, where others follow it."""
    parts = URL(url or "").path.split("/")
    return f"/{parts[1]}/" if len(parts) > 2 and parts[1] else ""


async def _with_currency(shop: ShopConfig, found: Sample, fetcher: Fetcher) -> ShopConfig:
    """The currency of most prices or, where the data has none, of the first product's page."""
    prices = [one.record.price for one in found.products if one.record.price]
    codes = Counter(price.currency for price in prices)
    if not codes and found.products and found.products[0].record.url:
        try:
            answer = await fetcher.fetch(found.products[0].record.url, PAGE, max_wait_s=MAX_WAIT_S)
        except FetchError:
            return shop
        shown = await asyncio.to_thread(read_product, answer, shop)
        codes = Counter(one.record.price.currency for one in shown if one.record.price)
    return replace(shop, currency=codes.most_common(1)[0][0]) if codes else shop
