"""Product feeds as files: the items of RSS, Atom, CSV and TSV, each with its own fields only."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from lxml import etree

from core.errors import FetchFailed
from scraping.body import gunzip
from scraping.elements import elements

MAX_BYTES = 200_000_000
MAX_ITEMS = 500_000
_LONGEST_VALUE = 5000
_MOST_VALUES = 20
_ROOT = re.compile(rb"<(?:[\w-]+:)?(rss|feed|RDF)\b")
_END = re.compile(rb"</(?:[\w-]+:)?(?:rss|feed|RDF)\s*>")
_DELIMITERS = "\t,;|"

Item = dict[str, list[str]]
"""Field names in lower case, without namespace and with ``_`` for blanks, to all values."""


@dataclass(frozen=True, slots=True)
class Items:
    """What a feed lists; not ``complete`` when it breaks off or is longer than is read."""

    items: tuple[Item, ...]
    complete: bool


def feed_items(body: bytes, *, name: str) -> Items:
    """The items of a feed, packed or not; ``FetchError`` where ``name`` is none."""
    if body.startswith(b"\x1f\x8b"):
        body = gunzip(body, max_bytes=MAX_BYTES)
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or body[:2] in {
        b"\xff\xfe",
        b"\xfe\xff",
    }:
        return _of_xml(body, name)
    return _of_table(body, name)


def _of_xml(body: bytes, name: str) -> Items:
    if not _ROOT.search(body[:100_000].replace(b"\0", b"")):
        raise FetchFailed(f"{name} is not a product feed.")
    items: list[Item] = []
    for element in elements(body, "{*}item", "{*}entry"):
        items.append(_fields(element))
        if len(items) >= MAX_ITEMS:
            break
    ended = bool(_END.search(body[-1000:].replace(b"\0", b"")))
    return Items(tuple(items), complete=ended and len(items) < MAX_ITEMS)


def _fields(element: etree._Element) -> Item:
    """The direct children; a namespace's own field goes before RSS's of the same name."""
    own: Item = {}
    plain: Item = {}
    for child in element:
        if not isinstance(child.tag, str):
            continue
        space, _, tag = child.tag.rpartition("}")
        prefix, _, tag = tag.rpartition(":")  # of a feed that declares no namespace
        value = (child.text or "").strip() or _link(child)
        if value:
            fields = own if prefix or "base.google.com" in space else plain
            values = fields.setdefault(_name(tag), [])
            if len(values) < _MOST_VALUES:
                values.append(value[:_LONGEST_VALUE])
    return {**plain, **own}


def _link(child: etree._Element) -> str:
    """Where an Atom link leads."""
    if child.get("rel", "alternate") != "alternate":
        return ""
    return (child.get("href") or "").strip()


def _of_table(body: bytes, name: str) -> Items:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp1252", errors="replace")
    text = text.replace("\0", "").lstrip()
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    rows = _rows(text, delimiter)
    header = [_name(cell) for cell in next(rows, ([], True))[0]]
    if not {"title", "name"} & set(header) or not {"link", "url"} & set(header):
        raise FetchFailed(f"{name} is not a product feed.")
    items: list[Item] = []
    complete = True
    for cells, whole in rows:
        complete = complete and whole
        if any(cell.strip() for cell in cells):
            items.append(_row(header, cells))
        if len(items) >= MAX_ITEMS:
            return Items(tuple(items), complete=False)
    return Items(tuple(items), complete=complete)


def _rows(text: str, delimiter: str) -> Iterator[tuple[list[str], bool]]:
    """Each row, and whether it could be read."""
    # Only commas need quotes; in a tab-separated feed a quote is an inch.
    quoted = delimiter != "\t" or '\t"' in text
    reader = csv.reader(
        StringIO(text, newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    while True:
        try:
            yield next(reader), True
        except StopIteration:
            return
        except csv.Error:
            yield [], False


def _row(header: Sequence[str], cells: Sequence[str]) -> Item:
    item: Item = {}
    for name, cell in zip(header, cells, strict=False):
        value = cell.strip()[:_LONGEST_VALUE]
        if value:
            several = name == "additional_image_link"
            item.setdefault(name, []).extend(
                value.split(",")[:_MOST_VALUES] if several else [value]
            )
    return item


def _name(text: str) -> str:
    name = re.sub(r"[\s-]+", "_", text.strip().lower().removeprefix("g:"))
    return re.sub(r"\[\d+\]\.?(url)?$", "", name)
