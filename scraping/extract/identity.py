"""By which address a page names itself."""

import re

from yarl import URL

from scraping.extract.page import Page, canonical

_NO_PRODUCT = re.compile(
    r"\.(jpe?g|png|webp|gif)$|demandware\.store|/on/|controller", re.IGNORECASE
)
_COUNTRY_SECOND_LEVEL = frozenset({"co", "com", "net", "org", "gov", "ac"})


def own_url(page: Page) -> tuple[str | None, str]:
    """The page's address and who says so: canonical link, ``og:url``, else where it was found."""
    candidates = [(url, "link") for href in page.canonicals if (url := page.absolute(href))]
    shared = page.absolute(page.meta("og:url"))
    if shared and not _NO_PRODUCT.search(shared):
        candidates.append((shared, "open-graph"))
    for url, source in candidates:
        if _same_site(url, page.url) and not (
            is_root(url) and (not page.url or not is_root(page.url))
        ):
            return canonical(url), source
    return (canonical(page.url) if page.url else None), "address"


def is_root(url: str) -> bool:
    """Whether an address is a site's home page."""
    return URL(url).path in {"", "/"} and not URL(url).query


def host(url: str) -> str:
    """The address's host, "" where it has none."""
    try:
        return URL(url).host or ""
    except ValueError:
        return ""


def _same_site(one: str, other: str) -> bool:
    return not other or _site(host(one)) == _site(host(other))


def _site(name: str) -> tuple[str, ...]:
    parts = name.split(".")
    many = len(parts) > 2 and parts[-2] in _COUNTRY_SECOND_LEVEL and len(parts[-1]) == 2
    return tuple(parts[-3:] if many else parts[-2:])
