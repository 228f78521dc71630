"""Weighs what a page's sources say: each field from the most trustworthy that has it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from yarl import URL

from core.catalogue import Availability, Money, ProductRecord
from core.words import colour_of, gender_of, kind_of
from scraping.extract import jsonld, microdata, opengraph, state, visible
from scraping.extract.draft import Draft, OfferDraft, best_offer, is_placeholder
from scraping.extract.money import currency_of_host
from scraping.extract.page import Page, canonical, clean, text_of
from scraping.extract.shown import current_price
from scraping.extract.stock import shown_stock
from scraping.extract.visible import plain

MAX_IMAGES = 10
_IMAGE_WIDTH = re.compile(
    r"(?:[?&](?:imwidth|w|width|wid|sw)=|_)(\d{2,4})(?:x\d*)?(?=[&._]|$)", re.IGNORECASE
)
_SEO = re.compile(r"^(buy|shop|comprar?|acheter|kaufen?|купить|تسوق)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Extracted:
    """A product and, field by field, the source that it was taken from."""

    record: ProductRecord
    sources: Mapping[str, str]


def extract(page: Page, *, currency: str | None = None) -> list[ProductRecord]:
    """The products that a page is about: one on a product page, all on a page of several.

    ``currency`` (ISO code) is what the shop charges in where a page leaves it open. Never
    raises; a page about no product gives an empty list.
    """
    return [found.record for found in extract_with_sources(page, currency=currency)]


def extract_with_sources(page: Page, *, currency: str | None = None) -> list[Extracted]:
    """As ``extract``, with where each field comes from."""
    nodes = jsonld.nodes(page)
    own = _own_url(page)
    hint = currency or currency_of_host(_host(page.url or own or ""))
    listed = _merged(jsonld.drafts(page, nodes))
    main, others = _main(page, listed, own)
    crumbs = jsonld.breadcrumbs(nodes) or microdata.breadcrumbs(page) or _crumbs(page)
    if main is None and others:
        return [
            found
            for draft in others
            if (found := _record(page, [draft], crumbs, own=None, hint=hint))
        ]
    drafts = [main] if main else []
    scopes = microdata.drafts(page)
    scope = _main_scope(page, scopes, main)
    if scope:
        drafts.append(scope)
    elif len(scopes) > 1 and not main:
        return [
            found
            for draft in scopes
            if draft.url and (found := _record(page, [draft], crumbs, own=None, hint=hint))
        ]
    if meta := opengraph.draft(page):
        drafts.append(meta)
    if not any(draft.title and (draft.offers or draft.images) for draft in drafts):
        text = visible.draft(page, currency=hint)
        if text is None and not drafts:
            return []
        drafts += [text] if text else []
    found = _record(page, drafts, crumbs, own=own, hint=hint)
    return [found] if found else []


def _merged(drafts: Sequence[Draft]) -> list[Draft]:
    """One draft for all variants of a product."""
    groups: dict[object, list[Draft]] = {}
    for draft in drafts:
        key = draft.group or (plain(draft.title) if draft.title else id(draft))
        groups.setdefault(key, []).append(draft)
    return [_one(group) for group in groups.values()]


def _one(group: list[Draft]) -> Draft:
    first = group[0]
    if len(group) == 1:
        return first
    colours = {draft.colour for draft in group if draft.colour}
    urls = {draft.url for draft in group if draft.url}
    return replace(
        first,
        title=next((d.title for d in group if d.title), None),
        url=first.url if first.url and len(urls) > 1 else next(iter(urls), None),
        brand=next((d.brand for d in group if d.brand), None),
        offers=tuple(offer for d in group for offer in d.offers),
        images=tuple(dict.fromkeys(url for d in group for url in d.images)),
        category=next((d.category for d in group if d.category), ()),
        colour=next(iter(colours)) if len(colours) == 1 else None,
        gender=next((d.gender for d in group if d.gender), None),
    )


def _main(page: Page, drafts: list[Draft], own: str | None) -> tuple[Draft | None, list[Draft]]:
    """The product that the page is about, and the others."""
    if len(drafts) <= 1:
        return (drafts[0] if drafts else None), []
    names = {plain(name) for name in (visible.heading(page), opengraph.title(page)) if name}
    for draft in drafts:
        if own and draft.url and canonical(draft.url) == own:
            return draft, drafts
    for draft in drafts:
        title = plain(draft.title or "")
        if title and any(title == name or (len(title) > 8 and title in name) for name in names):
            return draft, drafts
    if opengraph.draft(page):
        return drafts[0], drafts
    return None, drafts


def _main_scope(page: Page, scopes: list[Draft], main: Draft | None) -> Draft | None:
    if len(scopes) == 1:
        return scopes[0]
    names = {
        plain(name)
        for name in (visible.heading(page), opengraph.title(page), main and main.title)
        if name
    }
    best = [s for s in scopes if s.title and any(plain(s.title) in name for name in names)]
    best = [s for s in best if s.offers] or best
    if best:
        return best[0]
    if main or opengraph.draft(page):
        return next((s for s in scopes if s.title and s.offers), None)
    return None


def _record(
    page: Page, drafts: Sequence[Draft], crumbs: list[str], *, own: str | None, hint: str | None
) -> Extracted | None:
    sources: dict[str, str] = {}
    title = _title(page, drafts, sources)
    url = own or next((canonical(d.url) for d in drafts if d.url), None)
    if not title or not url:
        return None
    offer = _offer(page, drafts, sources, hint)
    brand = _first(drafts, "brand", sources)
    images = _images(page, drafts, sources, single=own is not None)
    declared = _first_category(drafts)
    categories = [*declared, *crumbs]
    if own:
        embedded = state.shopify(page)
        if "type" in embedded:
            declared = (embedded["type"],)
            categories += declared
        brand = brand or _late_brand(page, embedded, title, sources)
        if not images and (shown := visible.picture(page, title=title)):
            images, sources["image"] = [shown], "text"
    colour = _first(drafts, "colour", sources)
    gender = next((g for d in drafts if (g := gender_of(d.gender))), None)
    return Extracted(
        ProductRecord(
            key=url,
            title=title,
            url=url,
            brand=brand,
            kind=kind_of(title, *reversed(categories)) or _own_kind(declared),
            colour=colour_of(colour) or colour_of(title),
            gender=gender or gender_of(*categories) or gender_of(title),
            price=Money(offer.price, offer.currency) if offer.price and offer.currency else None,
            availability=offer.availability,
            image_urls=tuple(images[:MAX_IMAGES]),
        ),
        sources,
    )


def _title(page: Page, drafts: Sequence[Draft], sources: dict[str, str]) -> str | None:
    for draft in drafts:
        if draft.title:
            sources["title"] = draft.source
            name = re.sub(r"^Details about\s+", "", draft.title)
            if draft.source == "open-graph":
                heading = visible.heading(page)
                if heading and plain(heading) in plain(name):
                    return heading
                name = _SEO.sub("", name)
            return name
    return None


def _offer(
    page: Page, drafts: Sequence[Draft], sources: dict[str, str], hint: str | None
) -> OfferDraft:
    price, currency, stock = None, None, Availability.UNKNOWN
    for draft in drafts:
        best = best_offer(draft.offers)
        if price is None and best.price:
            price, sources["price"] = best.price, draft.source
            currency = best.currency
        currency = currency or best.currency
        if stock is Availability.UNKNOWN and best.availability is not Availability.UNKNOWN:
            stock, sources["availability"] = best.availability, draft.source
    if price is None and (shown := current_price(page, currency=hint)):
        price, currency, sources["price"] = shown.value, shown.currency, "text"
    if stock is Availability.UNKNOWN:
        stock = shown_stock(page)
        if stock is not Availability.UNKNOWN:
            sources["availability"] = "text"
    return OfferDraft(
        price=price, currency=currency or (hint if price else None), availability=stock
    )


def _late_brand(
    page: Page, embedded: Mapping[str, str], title: str, sources: dict[str, str]
) -> str | None:
    found = embedded.get("vendor") or state.brand(page, title=title)
    if found:
        sources["brand"] = "state"
    elif found := visible.brand(page):
        sources["brand"] = "text"
    return found


def _first(drafts: Sequence[Draft], name: str, sources: dict[str, str]) -> str | None:
    for draft in drafts:
        if value := getattr(draft, name):
            sources[name] = draft.source
            return str(value)
    return None


def _first_category(drafts: Sequence[Draft]) -> tuple[str, ...]:
    return next((d.category for d in drafts if d.category), ())


def _own_kind(declared: Sequence[str]) -> str | None:
    """The shop's own word for what it sells, where we have none."""
    word = clean(declared[-1].lower(), limit=60) if declared else None
    return word if word and not is_placeholder(word) else None


def _images(
    page: Page, drafts: Sequence[Draft], sources: dict[str, str], *, single: bool
) -> list[str]:
    shared = list(opengraph.images(page)) if single else []
    for draft in drafts:
        found = [
            url
            for url in draft.images
            if not opengraph.is_logo(url) and URL(url).path not in {"", "/"}
        ]
        if found:
            sources["image"] = draft.source
            return list(dict.fromkeys(_larger(url, shared) for url in found))
    if shared:
        sources["image"] = "open-graph"
    return shared


def _larger(url: str, others: Iterable[str]) -> str:
    """The same picture in the greater width, where another address differs in nothing else."""
    place = url.partition("?")[0]
    same = [other for other in others if other.partition("?")[0] == place]
    return max([url, *same], key=_width)


def _width(url: str) -> int:
    found = _IMAGE_WIDTH.search(url)
    return int(found.group(1)) if found else 0


def _own_url(page: Page) -> str | None:
    """The page's name for itself: canonical link, else ``og:url``, else where it was found."""
    candidates = [url for _, url in page.links('link[rel="canonical" i]')]
    shared = page.absolute(page.meta("og:url"))
    if shared and not re.search(
        r"\.(jpe?g|png|webp|gif)$|demandware\.store|/on/|controller", shared, re.IGNORECASE
    ):
        candidates.append(shared)
    for candidate in candidates:
        if _same_site(candidate, page.url) and not (
            _is_root(candidate) and page.url and not _is_root(page.url)
        ):
            return canonical(candidate)
    return canonical(page.url) if page.url else None


def _same_site(one: str, other: str) -> bool:
    if not other:
        return True
    first, second = (_host(url).removeprefix("www.").split(".") for url in (one, other))
    return first[-2:] == second[-2:]


def _is_root(url: str) -> bool:
    return URL(url).path in {"", "/"} and not URL(url).query


def _host(url: str) -> str:
    try:
        return URL(url).host or ""
    except ValueError:
        return ""


def _crumbs(page: Page) -> list[str]:
    for selector in (
        '[class*="breadcrumb" i]',
        '[id*="breadcrumb" i]',
        '[aria-label*="breadcrumb" i]',
    ):
        node = page.tree.css_first(selector)
        if node:
            names = [clean(text_of(link)) for link in node.css("a, span, li")[:30]]
            return list(dict.fromkeys(name for name in names if name and len(name) < 60))
    return []
