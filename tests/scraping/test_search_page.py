"""A site's search page is found where the site tells of it."""

import json

import pytest

from scraping.extract import Page
from scraping.search_page import search_of

AT = "https://corner.example/en/"


def _action(target: object) -> str:
    site = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "potentialAction": {"@type": "SearchAction", "target": target},
    }
    return f'<script type="application/ld+json">{json.dumps(site)}</script>'


@pytest.mark.parametrize(
    ("page", "search"),
    [
        (
            _action("https://corner.example/search?q={search_term_string}"),
            "https://corner.example/search?q={words}",
        ),
        (
            _action({"@type": "EntryPoint", "urlTemplate": "/find/{query}?in=all"}),
            "https://corner.example/find/{words}?in=all",
        ),
        (
            '<form action="/search"><input type="search" name="phrase"></form>',
            "https://corner.example/search?phrase={words}",
        ),
        (
            (
                '<form role="search" method="GET" action="https://www.corner.example/">'
                '<input name="s"><input type="hidden" name="post_type" value="product"></form>'
            ),
            "https://www.corner.example/?post_type=product&s={words}",
        ),
        (
            _action("https://elsewhere.example/?q={q}") + "<form><input name=q></form>",
            "https://corner.example/en/?q={words}",
        ),
        ('<form method="post" action="/search"><input name="q"></form>', None),
        ('<form action="/newsletter"><input name="email"></form>', None),
        ('<form action="javascript:go()"><input name="q"></form>', None),
        (_action("https://corner.example/{a}/{b}"), None),
        (_action(7), None),
        ("", None),
    ],
)
def test_an_action_goes_before_a_form_and_both_before_nothing(
    page: str, search: str | None
) -> None:
    assert search_of(Page.parse(f"<html><body>{page}</body></html>", url=AT)) == search
