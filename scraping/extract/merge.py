"""Which products a page is about, and which of its sources speak of the same one."""

import re
from collections.abc import Sequence
from dataclasses import replace

from core.catalogue import Availability, ProductRecord
from scraping.extract import jsonld, microdata, opengraph, visible
from scraping.extract.draft import Draft, best_offer
from scraping.extract.identity import host, own_url
from scraping.extract.money import currency_of_host, currency_of_language
from scraping.extract.page import Page, canonical, clean, text_of
from scraping.extract.record import Extracted, Reading, record_of_entry, record_of_page
from scraping.extract.visible import plain

_CRUMBS = '[class*="breadcrumb" i], [id*="breadcrumb" i], [aria-label*="breadcrumb" i]'


def extract(page: Page, *, currency: str | None = None) -> list[ProductRecord]:
    """The products that a page is about: one on a product page, all on a page of several.

    ``currency`` (ISO code) is what the shop charges in where a page leaves it open. Never
    raises; a page about no product gives an empty list, and so does one without an address.
    """
    found = extract_with_sources(page, currency=currency)
    return [one.record for one in found if one.record.url]


def extract_with_sources(page: Page, *, currency: str | None = None) -> list[Extracted]:
    """As ``extract``, with where each field comes from; a page may be nowhere on the web."""
    nodes = jsonld.nodes(page)
    own, named = own_url(page)
    hint = currency or currency_of_host(host(page.url or own or "")) or _currency_of_text(page)
    listed = _merged(jsonld.drafts(page, nodes), own)
    scopes = microdata.drafts(page)
    meta = opengraph.draft(page)
    names = [name for name in (visible.heading(page), opengraph.title(page)) if name]
    main = _main(listed, own, names)
    scope = _main_scope(scopes, [*names, *([main.title] if main and main.title else [])])
    if scope is None and (main or meta):
        scope = next((s for s in scopes if s.title and s.offers), None) if not main else None
    crumbs = jsonld.breadcrumbs(nodes) or microdata.breadcrumbs(page) or _crumbs(page)
    if main is None and scope is None and meta is None:
        several = listed if len(listed) > 1 else [draft for draft in scopes if draft.url]
        if len(several) > 1:
            found = [record_of_entry(draft, crumbs, hint=hint) for draft in several]
            return [one for one in found if one]
    if main is None and scope is None and meta and listed:
        main = next((draft for draft in listed if _alike(draft, names)), None)
    drafts = [draft for draft in (main, scope, meta) if draft]
    titles = [*(d.title for d in drafts if d.title), *names, *visible.page_titles(page)]
    reading = Reading(page, titles=titles, hint=hint)
    if not any(draft.title and (draft.offers or draft.images) for draft in drafts):
        drafts += _last_resort(reading)
    if not drafts:
        return []
    one = record_of_page(reading, drafts, crumbs, own=own, named=named)
    return [one] if one else []


def _last_resort(reading: Reading) -> list[Draft]:
    """What scripts and text show of a product without any markup."""
    for draft in reading.stated:
        best = best_offer(draft.offers)
        known = best.availability is not Availability.UNKNOWN
        if best.price and (
            known or draft.images or draft.brand or reading.stock is not Availability.UNKNOWN
        ):
            return [draft]
    text = visible.draft(reading)
    return [text] if text else []


def _merged(drafts: Sequence[Draft], own: str | None) -> list[Draft]:
    """One draft for all variants of a product: of one group, title or address."""
    groups: dict[object, list[Draft]] = {}
    addresses: dict[str, object] = {}
    for draft in drafts:
        key: object = draft.group or (plain(draft.title) if draft.title else id(draft))
        url = draft.url and canonical(draft.url)
        if url and own and "?" not in own and url.partition("?")[0] == own:
            key = addresses.setdefault(own, key)
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
        title=_common_title([d.title for d in group if d.title]),
        url=first.url if first.url and len(urls) > 1 else next(iter(urls), None),
        brand=next((d.brand for d in group if d.brand), None),
        offers=tuple(offer for d in group for offer in d.offers),
        images=tuple(dict.fromkeys(url for d in group for url in d.images)),
        category=next((d.category for d in group if d.category), ()),
        colour=next(iter(colours)) if len(colours) == 1 else None,
        gender=next((d.gender for d in group if d.gender), None),
        sizes=tuple(dict.fromkeys(size for d in _to_be_had(group) for size in d.sizes)),
    )


def _to_be_had(group: list[Draft]) -> list[Draft]:
    """The variants that are not sold out, or all where all are."""
    stocked = [d for d in group if best_offer(d.offers).availability is not Availability.SOLD_OUT]
    return stocked or group


def _common_title(titles: list[str]) -> str | None:
    """What the variants' titles begin with in common, else the first of them."""
    if not titles or len(set(titles)) == 1:
        return titles[0] if titles else None
    shortest, longest = min(titles), max(titles)
    same = next(
        (n for n, (one, other) in enumerate(zip(shortest, longest, strict=False)) if one != other),
        min(len(shortest), len(longest)),
    )
    if same < len(longest) and same and longest[same - 1].isalnum() and longest[same].isalnum():
        same = max(longest.rfind(" ", 0, same), 0)  # not within a word
    common = re.sub(r"[\s\-–—/|,:(\[]+$", "", longest[:same])
    return common if len(common) > 7 else titles[0]


def _main(drafts: list[Draft], own: str | None, names: list[str]) -> Draft | None:
    """The product in the page's JSON-LD that the page is about."""
    if len(drafts) == 1:
        return drafts[0]
    for draft in drafts:
        if own and draft.url and canonical(draft.url) == own:
            return draft
    return _named(drafts, names)


def _main_scope(scopes: list[Draft], names: list[str]) -> Draft | None:
    """The product in the page's microdata that the page is about."""
    if len(scopes) == 1:
        return scopes[0]
    priced = [scope for scope in scopes if scope.offers]
    return _named(priced, names) or _named(scopes, names)


def _alike(draft: Draft, names: list[str]) -> bool:
    """Whether most of a title's words are in what the page calls its product."""
    words = set(plain(draft.title or "").split())
    called = {word for name in names for word in plain(name).split()}
    return 2 * len(words & called) > len(words)


def _named(drafts: list[Draft], names: list[str]) -> Draft | None:
    """The draft that has one of the names, else one whose title is part of a name."""
    wanted = [plain(name) for name in names]
    titled = [(draft, plain(draft.title)) for draft in drafts if draft.title]
    for draft, title in titled:
        if title in wanted:
            return draft
    parts = [(d, t) for d, t in titled if len(t) > 8 and any(t in name for name in wanted)]
    return max(parts, key=lambda pair: len(pair[1]))[0] if parts else None


def _currency_of_text(page: Page) -> str | None:
    """The currency of the country that alone speaks the page's language."""
    root = page.tree.root
    return currency_of_language(root.attributes.get("lang") or "") if root else None


def _crumbs(page: Page) -> list[str]:
    node = page.tree.css_first(_CRUMBS)
    names = [clean(text_of(link)) for link in node.css("a, span, li")[:30]] if node else []
    return list(dict.fromkeys(name for name in names if name and len(name) < 60))
