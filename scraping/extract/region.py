"""Where on a page an element stands: with the product, with other things, or out of sight."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

_ELSEWHERE = re.compile(
    r"related|recommend|upsell|up-sell|cross-?sell|similar|carousel|footer|mini-?cart|cart-?drawer|"
    r"reviews?\b|navbar|wish-?list|newsletter|recently|also-?(like|bought|viewed)|suggest|bought-|"
    r"you-?may|complete-the|shop-the-look|product-?(grid|list|tile|card)|header-cart|popup|"
    r"empfehl|zubehoer|raccoma|recomend|consigli",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"(?:^|\s)(?:hidden|hide|d-none|is-hidden|visually-hidden|invisible|display-none|js-hidden)"
    r"(?:\s|$)",
    re.IGNORECASE,
)
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LEVELS = 12
_MOST_OF_A_CARD = 200


def elsewhere(node: LexborNode) -> bool:
    """Whether the element belongs to navigation, other products, reviews or the cart."""
    current = node.parent
    for _ in range(_LEVELS):
        if current is None or current.tag in {"body", "main"}:
            return False
        if current.tag in {"header", "footer", "nav", "aside", "dialog"}:
            return not current.css_first("h1")
        if _ELSEWHERE.search(names(current)):
            return not current.css_first("h1")
        current = current.parent
    return False


def hidden(node: LexborNode) -> bool:
    """Whether the markup says that the element, or one around it, is not shown."""
    current: LexborNode | None = node
    for _ in range(_LEVELS):
        if current is None or current.tag == "body":
            return False
        attributes = current.attributes
        if "hidden" in attributes or current.tag == "template":
            return True
        if _HIDDEN.search(attributes.get("class") or ""):
            return True
        if _NO_DISPLAY.search(attributes.get("style") or ""):
            return True
        current = current.parent
    return False


def in_link_or_card(node: LexborNode) -> bool:
    """Whether the element leads elsewhere, or shares a small box with a picture that does."""
    current: LexborNode | None = node
    for level in range(5):
        if current is None or current.tag in {"body", "main"}:
            return False
        if current.tag == "a" and (current.attributes.get("href") or "#")[0] != "#":
            return True
        if 0 < level < 4 and current.css_first("a[href] img"):
            return len(current.text()) < _MOST_OF_A_CARD and not current.css_first("h1")
        current = current.parent
    return False


def following(node: LexborNode, *, most: int) -> Iterator[LexborNode]:
    """What comes after the element on the page, text included, in order."""
    current: LexborNode | None = node
    for _ in range(_LEVELS):
        if current is None or current.tag == "body":
            return
        sibling = current.next
        while sibling is not None:
            for piece in sibling.traverse(include_text=True):
                most -= 1
                if most < 0:
                    return
                yield piece
            sibling = sibling.next
        current = current.parent


def names(node: LexborNode) -> str:
    """The element's classes and its id."""
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
