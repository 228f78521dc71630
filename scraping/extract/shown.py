"""Prices as a page shows them: the one that holds now, and all that are to be seen."""

import re
from decimal import Decimal
from functools import cache

from selectolax.lexbor import LexborNode

from scraping.extract.microdata import is_old
from scraping.extract.money import Amount, text_price
from scraping.extract.page import Page, short_text
from scraping.extract.region import elsewhere, following, hidden, in_link_or_card, names
from scraping.extract.stock import vocabulary

_NAMED = re.compile(
    r"price|prix|preis|precio|prezzo|preco|cena|\bpris|hinta|fiyat|\bpret\b",
    re.IGNORECASE,
)
_MAY_BE_NAMED = ", ".join(
    ["h1", '[itemprop="price"]', '[id*="price" i]', '[data-testid*="price" i]',
     '[data-test*="price" i]', '[data-qa*="price" i]',
     *(f'[class*="{word}" i]' for word in ("pri", "pre", "cena", "hinta", "fiyat"))]
)  # fmt: skip
_NAMING = ("class", "id", "data-testid", "data-test", "data-qa", "itemprop")
_NOT_THE_PRICE = re.compile(
    r"tax|vat|ddv|netto|unit|per-|shipping|delivery|saving|save|discount|percent|instal|cart|"
    r"basket|menu|filter|range|member|club|loyalty|points|coupon|lowest|omnibus|history",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"brez ddv|ex(cl)?\.? ?(vat|tax)|netto|hors taxe|\bht\b|sin iva|zzgl|shipping|versand|"
    r"\bsave\b|\bfrom only\b|\bper month\b|/ ?(mo|kg|100)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"screen-reader|sr-only|visually-?hidden", re.IGNORECASE)
_BARE = re.compile(r"\d[\d.,'’\s]*")
_LEAF = re.compile(r"\D{0,12}\d[\d.,'’\s]*\D{0,8}")
_MOST_PIECES = 200
_LONGEST = 150
_LOOK_AT = 400
_FOLLOWING = 1200


def named_prices(page: Page) -> list[LexborNode]:
    """The elements that are named for a price, and the headings among them, in order."""
    found: dict[int, LexborNode] = {}
    for node in page.tree.css(_MAY_BE_NAMED):
        attributes = node.attributes
        if node.tag == "h1" or any(
            value and _NAMED.search(value) for name in _NAMING if (value := attributes.get(name))
        ):
            found[node.mem_id] = node
            if len(found) >= _LOOK_AT:
                break
    return list(found.values())


def current_price(page: Page, named: list[LexborNode], *, currency: str | None) -> Amount | None:
    """What the product costs, as the page shows it; ``currency`` is the likely one.

    ``named`` are the page's ``named_prices``.
    The first price after the heading that stands in an element named for it, else the first
    text after the heading that is a price and nothing else, else a price anywhere before.
    """
    after, before = _by_heading(named)
    for nodes in (after, before):
        for demand in (_with_currency, _as_bare_number):
            for node in nodes:
                if found := demand(node, currency):
                    return found
        if nodes is after and (found := _first_leaf(page, currency)):
            return found
    return None


def amounts(named: list[LexborNode], *, currency: str | None) -> set[Decimal]:
    """Every price that is shown as one that holds now."""
    found = (
        text_price(text, hint=currency)
        for node in named
        if node.tag != "h1" and not is_old(node) and len(text := current_text(node)) < 60
    )
    return {amount.value for amount in found if amount}


def lower_than_crossed_out(page: Page, price: Decimal, *, currency: str | None) -> Decimal | None:
    """What holds instead of ``price``, where the page shows ``price`` as a former one only."""
    crossed = [
        node
        for node in page.crossed_out[:_LOOK_AT]
        if is_old(node)
        and _shows(node, price, currency)
        and not elsewhere(node)
        and not in_link_or_card(node)
    ]
    if not crossed or price in amounts(named_prices(page), currency=currency):
        return None
    box = crossed[0].parent
    for _ in range(3):
        if box is None or len(text := current_text(box)) > 120:
            return None
        found = text_price(text, hint=currency)
        if found and found.currency and price / 10 < found.value < price:
            return found.value
        box = box.parent
    return None


def current_text(node: LexborNode) -> str:
    """The element's text without former prices and without what only screen readers say."""
    text = _marked_text(node)
    if len(text) < _LONGEST:
        without = _formerly().sub(" ", text).strip()
        if without != text and re.search(r"\d", without):
            return without
    return text


@cache
def _formerly() -> re.Pattern[str]:
    """A word for "formerly" with the price that follows it."""
    word = vocabulary()["formerly"].pattern
    return re.compile(rf"{word}[\s:]*\D{{0,6}}\d(?:[\d.,'’]|\s(?=\d{{3}}))*", re.IGNORECASE)


def _marked_text(node: LexborNode) -> str:
    pieces: list[str] = []
    for count, piece in enumerate(node.traverse(include_text=True)):
        if count >= _MOST_PIECES:
            return ""
        if piece.tag == "-text" and not _is_former(piece, node):
            pieces.append(piece.text() or "")
    return " ".join(" ".join(pieces).split()) or short_text(node)


def _is_former(text: LexborNode, within: LexborNode) -> bool:
    current = text.parent
    while current is not None and current.mem_id != within.mem_id:
        if current.tag in {"del", "s", "strike", "script", "style", "template", "sup"} and (
            current.tag != "sup" or not (text.text() or "").strip().isdecimal()
        ):
            return True
        if is_old(current, levels=1) or _SPOKEN.search(names(current)):
            return True
        current = current.parent
    return False


def _by_heading(named: list[LexborNode]) -> tuple[list[LexborNode], list[LexborNode]]:
    before: list[LexborNode] = []
    after: list[LexborNode] = []
    seen_heading = False
    for node in named:
        if node.tag == "h1":
            seen_heading = True
        elif not _NOT_THE_PRICE.search(names(node)):
            (after if seen_heading else before).append(node)
    return after, before


def _with_currency(node: LexborNode, currency: str | None) -> Amount | None:
    text = current_text(node)[:60]
    if not text or _ASIDE.search(text[:25]):
        return None
    found = text_price(text, hint=currency)
    return found if found and found.currency and _counts(node) else None


def _as_bare_number(node: LexborNode, currency: str | None) -> Amount | None:
    text = current_text(node)[:60]
    if currency is None or not _BARE.fullmatch(text):
        return None
    found = text_price(text, hint=currency)
    return Amount(found.value, currency) if found and _counts(node) else None


def _first_leaf(page: Page, currency: str | None) -> Amount | None:
    heading = page.tree.css_first("h1")
    if heading is None:
        return None
    for piece in following(heading, most=_FOLLOWING):
        text = (piece.text() or "").strip() if piece.tag == "-text" else ""
        parent = piece.parent
        if parent is None or not _LEAF.fullmatch(text) or _ASIDE.search(text):
            continue
        found = text_price(text, hint=currency)
        if found and found.currency and _counts(parent):
            return found
    return None


def _counts(node: LexborNode) -> bool:
    return not (is_old(node) or hidden(node) or elsewhere(node) or in_link_or_card(node))


def _shows(node: LexborNode, price: Decimal, currency: str | None) -> bool:
    text = short_text(node)
    found = text_price(text, hint=currency) if len(text) < 60 else None
    return found is not None and found.value == price
