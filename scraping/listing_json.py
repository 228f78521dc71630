"""Listings in JSON, as a button for more asks for them: products by address, pieces of HTML."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scraping.extract.page import absolute

_ADDRESSES = (
    "url", "link", "href", "permalink", "producturl", "product_url", "productlink", "pdpurl",
    "canonicalurl", "canonical_url", "weburl", "path",
)  # fmt: skip
_NAMES = ("name", "title", "productname", "product_name", "displayname")
_NEXT = ("next", "nextpage", "next_page", "nexturl", "next_url", "nextpageurl", "next_page_url")
_MORE = ("hasmore", "has_more", "hasnext", "has_next", "hasnextpage", "has_next_page")
_MOST_NODES = 200_000
_DEEPEST = 30
_MOST_FRAGMENTS = 200


@dataclass(slots=True)
class Found:
    """What a JSON answer holds; ``goes_on`` is None where it does not say."""

    products: list[str] = field(default_factory=list)
    fragments: list[str] = field(default_factory=list)
    following: str | None = None
    goes_on: bool | None = None


def listed_in(data: object, *, base: str) -> Found:
    """Everything in a JSON document that looks like a product, and where the list goes on."""
    found = Found()
    for number, value in enumerate(_values(data)):
        if number >= _MOST_NODES:
            break
        if isinstance(value, str):
            if "<a " in value and len(found.fragments) < _MOST_FRAGMENTS:
                found.fragments.append(value)
        else:
            entry = {str(key).lower(): item for key, item in value.items()}
            if address := _product(entry, base):
                found.products.append(address)
            _goes_on(entry, base, found)
    return found


def _values(data: object) -> Iterator[Mapping[object, object] | str]:
    """Every object and text, in the document's order, without recursion."""
    waiting: list[tuple[object, int]] = [(data, 0)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, str):
            yield value
        elif depth < _DEEPEST and isinstance(value, dict):
            yield value
            waiting.extend((item, depth + 1) for item in reversed(value.values()))
        elif depth < _DEEPEST and isinstance(value, list):
            waiting.extend((item, depth + 1) for item in reversed(value))


def _product(entry: Mapping[str, object], base: str) -> str | None:
    """A product has a name, an address and a price or a picture."""
    if not any(isinstance(entry.get(name), str) for name in _NAMES):
        return None
    if not any("price" in key or "image" in key or "picture" in key for key in entry):
        return None
    addresses = (absolute(base, entry.get(name)) for name in _ADDRESSES)
    return next((address for address in addresses if address), None)


def _goes_on(entry: Mapping[str, object], base: str, found: Found) -> None:
    for name in _NEXT:
        value = entry.get(name)
        is_address = isinstance(value, str) and ("/" in value or value.startswith("?"))
        if is_address and found.following is None:
            found.following = absolute(base, value)
        elif name in entry and value in (None, False, ""):
            found.goes_on = found.goes_on or False
    for name in _MORE:
        if isinstance(said := entry.get(name), bool):
            found.goes_on = said
