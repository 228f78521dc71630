"""Facts that shop software leaves in its scripts."""

import json
import re

from scraping.extract.draft import Draft, is_placeholder
from scraping.extract.page import Page, clean

_SHOPIFY = re.compile(r'var meta\s*=\s*\{"product":\{')
_FIELD = re.compile(r'"(vendor|type)":("(?:[^"\\]|\\.){0,200}")')


def draft(page: Page) -> Draft | None:
    """Brand and kind from Shopify's ``meta`` variable, None on other pages."""
    for script in page.tree.css("script:not([src]):not([type])"):
        text = script.text() or ""
        if start := _SHOPIFY.search(text[:20_000]):
            fields = {}
            for name, raw in _FIELD.findall(text, start.end(), start.end() + 2000):
                try:
                    fields.setdefault(name, clean(json.loads(raw)))
                except ValueError:
                    continue
            brand, kind = fields.get("vendor"), fields.get("type")
            return Draft(
                source="state",
                brand=None if brand is None or is_placeholder(brand) else brand,
                category=(kind,) if kind else (),
            )
    return None
