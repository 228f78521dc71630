"""Words that Discord shows as they are written."""

import re
from urllib.parse import urlsplit

_MARKUP = re.compile(
    r"(?P<link>https?://[^\s<>\[\]|*`]+)"
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
    """Like ``literal``, on one line."""
    return literal(" ".join(text.split()), limit=limit)


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
