"""Words that Discord shows as they are written."""

import re
import unicodedata
from urllib.parse import urlsplit

_JOINERS = "\u200c\u200d"  # part of how Persian and many emoji are written
_MARKUP = re.compile(
    r"(?P<link>https?://[^\s<>\\]+)"
    r"|(?P<sign>[\\*_~`|<>\[\]#])"
    r"|(?P<bullet>(?<=\n)[ \t]*[-+](?=\s)|\A[ \t]*[-+](?=\s))"
)


def literal(text: str, *, limit: int) -> str:
    """Escape markdown and mentions, and cut to ``limit`` characters; links stay links."""
    kept, shown = text, _escape(text)
    while len(shown) > limit:
        kept = kept[: len(kept) - max(1, (len(shown) - limit) // 2)].rstrip()
        shown = _escape(kept) + "…"
    return shown


def one_line(text: str, *, limit: int) -> str:
    """Like ``literal``, on one line and without characters that turn a line around."""
    kept = (sign for sign in " ".join(text.split()) if sign in _JOINERS or not _is_control(sign))
    return literal("".join(kept), limit=limit)


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf")


def is_web_address(url: str) -> bool:
    """Whether Discord takes this as a link."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and url.split() == [url]


def _escape(text: str) -> str:
    return _MARKUP.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    if found["link"]:
        return found["link"]
    if found["bullet"]:
        return found["bullet"][:-1] + "\\" + found["bullet"][-1]
    return "\\" + found["sign"]
