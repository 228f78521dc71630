"""Where a site's search page is, as its pages tell machines or show it in a form."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from selectolax.lexbor import LexborNode
from yarl import URL

from scraping.extract import Page, jsonld
from scraping.extract.jsonoffers import as_list, lowered

WORDS = "{words}"

_HOLDER = re.compile(r"\{[^{}]*\}")
_FIELD = re.compile(
    r"^(q|s|query|search|keywords?|term|text|searchterm|search_?query)$", re.IGNORECASE
)
_MARK = "7wordsgohere7"
_MOST_FORMS = 20


def search_of(page: Page) -> str | None:
    """The address of the site's search page with ``{words}`` in it, None where none is told.

    schema.org's ``SearchAction`` goes before a form that is sent by GET.
    """
    for address in (*_actions(page), *_forms(page)):
        if address.count(WORDS) == 1 and _is_ours(page, address):
            return address
    return None


def _actions(page: Page) -> Iterator[str]:
    for node in jsonld.nodes(page):
        if "searchaction" not in jsonld.types(node):
            continue
        for target in as_list(node.get("target")):
            told = lowered(target).get("urltemplate") if isinstance(target, dict) else target
            if not isinstance(told, str) or len(_HOLDER.findall(told)) != 1:
                continue
            if url := page.absolute(_HOLDER.sub(_MARK, told)):
                yield url.replace(_MARK, WORDS)


def _forms(page: Page) -> Iterator[str]:
    for form in page.tree.css("form")[:_MOST_FORMS]:
        attributes = form.attributes
        named = next((name for name in map(_words_field, form.css("input")) if name), None)
        if named is None or (attributes.get("method") or "get").lower() != "get":
            continue
        if url := page.absolute(attributes.get("action") or page.url):
            given = "".join(f"{name}={value}&" for name, value in _hidden(form))
            yield f"{URL(url).with_query(None)}?{given}{quote(named)}={WORDS}"


def _words_field(node: LexborNode) -> str | None:
    """The name of a field for words."""
    name, kind = node.attributes.get("name") or "", (node.attributes.get("type") or "text").lower()
    return name if kind == "search" or (kind == "text" and _FIELD.match(name)) else None


def _hidden(form: LexborNode) -> Iterator[tuple[str, str]]:
    """What the form sends besides, as WordPress's ``post_type=product``."""
    for node in form.css('input[type="hidden"]')[:5]:
        name, value = node.attributes.get("name"), node.attributes.get("value")
        if name and value:
            yield quote(name), quote(value)


def _is_ours(page: Page, address: str) -> bool:
    hosts = {(URL(url).host or "").removeprefix("www.") for url in (page.url, address)}
    return len(hosts) == 1
