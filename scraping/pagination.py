"""Where a listing goes on: by link, by number, by what a button asks for, or by guess."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yarl import URL

from scraping.extract import Page

_PAGES = ("page", "p", "pg", "seite", "pagina", "paged")
_OFFSETS = ("start", "offset", "skip", "from")
_IN_PATH = re.compile(r"/(?:page|seite|pagina)[/-]?(\d{1,4})/?$", re.IGNORECASE)
_MORE = re.compile(
    r"load[-_ ]?more|show[-_ ]?more|view[-_ ]?more|infinite|mehr (laden|anzeigen)|"
    r"(charger|voir|afficher) plus|(carica|mostra) (altri|di più)|(cargar|ver|mostrar) más|"
    r"meer (laden|tonen)|więcej",
    re.IGNORECASE,
)
_BUTTONS = (
    '[data-next-url], [data-next-page-url], [data-load-more-url], [data-next], '
    '[class*="load-more" i], [class*="loadmore" i], [class*="load_more" i], [id*="load-more" i], '
    '[class*="show-more" i], [class*="infinite" i], button'
)  # fmt: skip
_TARGETS = (
    "data-next-url", "data-next-page-url", "data-load-more-url", "data-next", "data-url",
    "data-href", "data-endpoint", "href",
)  # fmt: skip
_MAX_LINKS = 3000
_MAX_BUTTONS = 300


@dataclass(frozen=True, slots=True)
class Following:
    """The next page; ``is_guess`` where the page only says that there is more."""

    url: str | None
    is_guess: bool = False


def following(page: Page) -> Following:
    """Where the listing goes on after this page."""
    if url := next_page(page):
        return Following(url)
    for names, target in _buttons(page):
        if target and target != page.url:
            return Following(target)
        if names and page.url:
            return Following(page_after(page.url), is_guess=True)
    return Following(None)


def next_page(page: Page) -> str | None:
    """The address of the next page as links name it, None where none does.

    Found by ``rel=next``, or as the page whose number or offset follows this one's.
    """
    for _, url in page.links('link[rel~="next" i], a[rel~="next" i]'):
        if url != page.url:
            return url
    if not page.url:
        return None
    own = URL(page.url)
    here, offset = page_number(page.url), _offset(own)
    later: list[tuple[int, str]] = []
    for number, (_, url) in enumerate(page.links("a[href]")):
        if number >= _MAX_LINKS:
            break
        if not _same_list(own, URL(url)):
            continue
        if page_number(url) == here + 1:
            return url
        if (found := _offset(URL(url))) > offset:
            later.append((found, url))
    return min(later)[1] if later else None


def page_number(url: str) -> int:
    """Which page of its listing an address names, 1 where it names none."""
    parsed = URL(url)
    if name := _numbered_by(parsed):
        return int(parsed.query[name])
    found = _IN_PATH.search(parsed.path)
    return int(found.group(1)) if found else 1


def page_after(url: str) -> str:
    """The address that the next page has by number, ``?page=2`` where this one has none."""
    parsed = URL(url)
    number = page_number(url) + 1
    if name := _numbered_by(parsed):
        return str(parsed.update_query({name: str(number)}))
    if found := _IN_PATH.search(parsed.path):
        start, end = found.span(1)
        path = f"{parsed.path[:start]}{number}{parsed.path[end:]}"
        return str(parsed.with_path(path, keep_query=True))
    return str(parsed.update_query(page=str(number)))


def _numbered_by(url: URL) -> str | None:
    return next((name for name in _PAGES if _is_number(url.query.get(name, ""))), None)


def _offset(url: URL) -> int:
    values = (url.query.get(name, "") for name in _OFFSETS)
    return next((int(value) for value in values if _is_number(value)), 0)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 6


def _same_list(one: URL, other: URL) -> bool:
    paths = {_IN_PATH.sub("", url.path).rstrip("/") for url in (one, other)}
    return one.host == other.host and len(paths) == 1


def _buttons(page: Page) -> Iterator[tuple[bool, str | None]]:
    """Whether an element says that there is more, and the address that it would ask for."""
    for node in page.tree.css(_BUTTONS)[:_MAX_BUTTONS]:
        attributes = node.attributes
        if "disabled" in attributes or attributes.get("aria-disabled") == "true":
            continue
        label = "" if len(text := node.text() or "") > 100 else text
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''} {label}"
        says_more = bool(_MORE.search(names))
        own = any(name.startswith("data-next") or "load-more" in name for name in attributes)
        if says_more or own:
            targets = (page.absolute(attributes.get(name)) for name in _TARGETS)
            yield says_more, next((target for target in targets if target), None)
