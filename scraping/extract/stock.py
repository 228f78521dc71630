"""Whether a page sells its product now: the button to buy by, and what it says of its stock."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from selectolax.lexbor import LexborNode

from core.catalogue import Availability
from scraping.extract.page import Page, short_text
from scraping.extract.region import elsewhere, hidden, names

_BUTTONS = (
    'button, input[type="submit"], input[type="button"], a[class*="cart" i], a[class*="btn" i], '
    'a[class*="button" i], [id*="add-to" i], [class*="add-to" i], [class*="addto" i], '
    '[role="button"]'
)
_NOTES = ", ".join(
    f'[{attribute}*="{word}" i]'
    for word in ("stock", "availab", "dispo", "sold-out", "soldout", "verfueg", "lager", "lieferz")
    for attribute in ("class", "id")
)
_CART_BUTTON = re.compile(
    r"add-?_?to-?_?(cart|bag|basket)|button-?_?cart|buy-?_?now|single_add_to_cart", re.IGNORECASE
)
_DISABLED = re.compile(r"(^|\s)(is-)?disabled(\s|$)", re.IGNORECASE)
_OPTION = re.compile(r"swatch|variant|option|size|selector", re.IGNORECASE)
_LOOK_AT = 500


def shown_stock(page: Page) -> Availability:
    """What the first piece of evidence after the heading says, else the first before it.

    A button to buy by that works is evidence, and so are a dead one that says why, and words in
    an element named for stock. What is hidden, or belongs to one size or to other products, is
    not. Without any evidence it is unknown.
    """
    before, after_heading = Availability.UNKNOWN, False
    seen: set[int] = set()
    for node in page.tree.css(f"h1, {_BUTTONS}, {_NOTES}")[: 2 * _LOOK_AT]:
        if node.tag == "h1":
            after_heading = True
            continue
        if node.mem_id in seen:
            continue
        seen.add(node.mem_id)
        found = _evidence(node)
        if found is not Availability.UNKNOWN and after_heading:
            return found
        if before is Availability.UNKNOWN:
            before = found
    return before


def _evidence(node: LexborNode) -> Availability:
    attributes = node.attributes
    label = attributes.get("value") or short_text(node) or attributes.get("aria-label") or ""
    within = node.parent
    if within is not None and within.tag in {"button", "a"}:
        return Availability.UNKNOWN  # part of what that says
    if len(label) > 120 or not (label or _CART_BUTTON.search(names(node))):
        return Availability.UNKNOWN
    found = _of_button(node, label) if _is_button(node) else _of_note(label)
    if found is Availability.SOLD_OUT and _is_option(node):
        return Availability.UNKNOWN
    if found is Availability.UNKNOWN or hidden(node) or elsewhere(node):
        return Availability.UNKNOWN
    return found


def _is_button(node: LexborNode) -> bool:
    return (
        node.tag in {"button", "input", "a"}
        or node.attributes.get("role") == "button"
        or "add" in names(node).lower()
    )


def _of_button(node: LexborNode, label: str) -> Availability:
    words, attributes = vocabulary(), node.attributes
    dead = (
        "disabled" in attributes
        or attributes.get("aria-disabled") == "true"
        or bool(_DISABLED.search(attributes.get("class") or ""))
    )
    buys = not dead and words["buy"].search(label)
    if words["sold_out"].search(label) and not buys:  # templates hold all that it may say
        return Availability.SOLD_OUT
    if dead or len(label) >= 80:
        return Availability.UNKNOWN
    known = f"{names(node)} {attributes.get('name') or ''}"
    if buys or (node.tag in {"button", "input", "a"} and _CART_BUTTON.search(known)):
        return Availability.IN_STOCK
    return Availability.UNKNOWN


def _of_note(label: str) -> Availability:
    words = vocabulary()
    if words["sold_out"].search(label):
        return Availability.SOLD_OUT
    if words["in_stock"].search(label):
        return Availability.IN_STOCK
    return Availability.UNKNOWN


def _is_option(node: LexborNode) -> bool:
    current: LexborNode | None = node
    for _ in range(3):
        if current is None:
            return False
        if current.tag in {"option", "li", "label"} or _OPTION.search(names(current)):
            return True
        current = current.parent
    return False


@cache
def vocabulary() -> dict[str, re.Pattern[str]]:
    """The words of ``data/vocabulary/stock.toml``, each list as a pattern of whole words."""
    text = files("data").joinpath("vocabulary", "stock.toml").read_text("utf-8")
    words: dict[str, list[str]] = tomllib.loads(text)
    return {name: _any_of(phrases) for name, phrases in words.items()}


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    choices = "|".join(re.escape(phrase) for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.IGNORECASE)
