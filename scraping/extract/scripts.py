"""Single words that shop software leaves in its scripts, outside any object that can be read."""

import json
import re

from scraping.extract.draft import is_placeholder
from scraping.extract.money import currency_code
from scraping.extract.page import Page, clean

_SHOPIFY = re.compile(r'var meta\s*=\s*\{"product":\{')
_FIELD = re.compile(r'"(vendor|type)":("(?:[^"\\]|\\.){0,200}")')
_BRAND = re.compile(
    r'"brand(?:_?name)?"\s*:\s*(?:\{[^{}]{0,200}?"name"\s*:\s*)?("(?:[^"\\]|\\.){1,60}")',
    re.IGNORECASE,
)
_CURRENCY = re.compile(
    r"""currency(?:_?(?:code|iso\w{0,8}))?["']?\s*[:=]\s*(?:\{\s*["']active["']\s*:\s*)?["']([A-Z]{3})["']""",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(r"\b")
_MAX_BRANDS = 200


def shopify(page: Page) -> dict[str, str]:
    """``vendor`` and ``type`` from Shopify's ``meta`` variable, empty on other pages."""
    fields: dict[str, str] = {}
    for text in _scripts(page):
        if start := _SHOPIFY.search(text, 0, 20_000):
            for name, raw in _FIELD.findall(text, start.end(), start.end() + 2000):
                value = _string(raw)
                if value and not is_placeholder(value):
                    fields.setdefault(name, value)
            break
    return fields


def brand(page: Page, *, title: str) -> str | None:
    """A brand that a script names and the product's title begins with."""
    wanted = title.casefold()
    for text in _scripts(page):
        for number, found in enumerate(_BRAND.finditer(text)):
            name = _string(found.group(1)) or ""
            begins = len(name) > 2 and wanted.startswith(name.casefold())
            if begins and _BOUNDARY.match(wanted, len(name.casefold())):
                return name
            if number >= _MAX_BRANDS:
                break
    return None


def currency(page: Page) -> str | None:
    """The currency that the scripts name, if they name no other."""
    codes = {code.upper() for text in _scripts(page) for code in _CURRENCY.findall(text[:500_000])}
    known = {code for code in codes if currency_code(code)}
    return known.pop() if len(known) == 1 else None


def _scripts(page: Page) -> list[str]:
    return [text for kind, text in page.scripts if "ld+json" not in kind]


def _string(raw: str) -> str | None:
    try:
        return clean(json.loads(raw))
    except ValueError:
        return None
