"""Application state that a page carries in its scripts: the objects that may be products."""

import json
import re
from collections.abc import Callable, Iterator

from scraping.extract.jsontext import MAX_SCRIPT, documents, literal
from scraping.extract.page import Page

_OPENS = r"\s*(?=[{\[]\s*[\"'{\[\w])"
_PLACES = re.compile(rf"={_OPENS}|\({_OPENS}|return{_OPENS}|JSON\.parse\(\s*(?=[\"'])")
"""Each way begins with a sign of its own: such patterns are searched several times faster."""
_UNDEFINED = re.compile(r"([:,\[])\s*undefined\b")
_ATTRIBUTES = ("data-product", "data-product-json", "data-json", "data-props", ":product",
               "data-product-data", "data-gtm-product", "data-gtm", "data-analytics")  # fmt: skip
_HOLDERS = ", ".join(f'[{name.replace(":", chr(92) + ":")}^="{{"]' for name in _ATTRIBUTES)
_MAX_TEXT = 3_000_000
_MAX_LITERALS = 40
_MAX_OBJECTS = 30_000
_MAX_DEPTH = 25
_MAX_INNER = 200_000
_HOLDING = (dict, list)

State = dict[str, object]


def objects(
    page: Page, *, about: str, names: Callable[[str], bool], read: set[int]
) -> Iterator[State]:
    """The objects in scripts and attributes with a text that ``names`` accepts, keys made plain.

    Only scripts that mention ``about`` are read, and none in ``read``, which those are added to
    that were read to their end. A plain key has lower-case letters only (``price_min`` and
    ``priceMin`` are ``pricemin``).
    """
    left = _MAX_OBJECTS
    for value in _values(page, about, read):
        for found in _walk(value):
            if any(names(text) for text in found.values() if type(text) is str):
                yield plain_keys(found)
            left -= 1
            if left <= 0:
                return


def _values(page: Page, about: str, read: set[int]) -> Iterator[object]:
    mentions = _mentions(about)
    budget = _MAX_TEXT
    for number, (kind, text) in enumerate(page.scripts):
        if number in read or "ld+json" in kind or not any(way in text for way in mentions):
            continue
        budget -= len(text)
        if budget < 0:
            return
        if "json" in kind or text.lstrip()[:1] in {"{", "["}:
            yield from _tables(documents(text))
        elif "template" not in kind and len(text) <= MAX_SCRIPT:
            plain = _UNDEFINED.sub(r"\1null", text) if "undefined" in text else text
            yield from _literals(plain)
        read.add(number)
    if len(page.scripts) in read:
        return
    for node in page.tree.css(_HOLDERS)[:20]:
        for name in _ATTRIBUTES:
            if (text := node.attributes.get(name) or "").startswith("{"):
                yield from documents(text)
    read.add(len(page.scripts))


def _mentions(about: str) -> tuple[str, ...]:
    """The ways in which a script may write a title; its longest plain words are in all of them."""
    runs = re.findall(r"[A-Za-z0-9 ]{4,}", about)
    longest = max(runs, key=len, default="").strip()
    return (longest,) if len(longest) > 3 else (about, json.dumps(about)[1:-1])


def _literals(text: str) -> Iterator[object]:
    position = 0
    for _ in range(_MAX_LITERALS):
        found = _PLACES.search(text, position)
        if found is None:
            return
        position = found.end()
        try:
            value, position = literal(text, position)
        except ValueError:
            continue
        if isinstance(value, str):
            yield from documents(value)
        else:
            yield value


def _tables(values: Iterator[object]) -> Iterator[object]:
    """Nuxt 3 writes one flat list in which objects name their parts by number."""
    for value in values:
        yield value
        if isinstance(value, list) and len(value) > 3 and all(
            not isinstance(item, dict | list) or _is_numbered(item) for item in value[1:50]
        ):  # fmt: skip
            for item in value:
                if isinstance(item, dict):
                    yield {str(key): _entry(value, number, 0) for key, number in item.items()}


def _is_numbered(item: dict[object, object] | list[object]) -> bool:
    parts = item.values() if isinstance(item, dict) else item
    return all(isinstance(part, int | str) for part in parts)


def _entry(table: list[object], number: object, depth: int) -> object:
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < len(table):
        return None
    value = table[number]
    if depth > 3:
        return value if isinstance(value, str | int | float) else None
    if isinstance(value, dict):
        return {str(key): _entry(table, inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_entry(table, inner, depth + 1) for inner in value[:60]]
    return value


def _walk(value: object) -> Iterator[dict[object, object]]:
    """The objects in a value, outer ones first, with those in texts that are JSON themselves."""
    left: list[tuple[object, int]] = [(value, 0)]
    while left:
        value, depth = left.pop()
        inner: list[object] = []
        if isinstance(value, dict):
            yield value
            for part in value.values():
                if isinstance(part, _HOLDING):
                    inner.append(part)
                elif isinstance(part, str) and part[:1] == "{" and len(part) < _MAX_INNER:
                    inner += documents(part)
        elif isinstance(value, list):
            inner = value
        if depth < _MAX_DEPTH:
            left += [(part, depth + 1) for part in reversed(inner) if isinstance(part, _HOLDING)]


def plain_keys(value: dict[object, object]) -> State:
    """The object with its keys in lower case, letters only."""
    return {_plain_key(str(key)): item for key, item in value.items()}


def _plain_key(key: str) -> str:
    return key.replace("_", "").replace("-", "").replace(":", "").replace("@", "").lower()
