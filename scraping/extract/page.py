"""A page, decoded and parsed once, for every extractor to read."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np
from selectolax.lexbor import LexborHTMLParser, LexborNode
from yarl import URL

from scraping.extract.encoding import as_utf8

MAX_URL = 2000
_MOST_PIECES = 20_000
_MOST_OPEN = 20_000
_MOST_OF_A_LABEL = 200
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|\w{2,31});", re.IGNORECASE)
"""Closed ones only: the ``&reg`` in ``?a=1&reg=2`` is no sign."""
_TAGS = re.compile(r"<[a-zA-Z/!][^>]{0,500}>")
_UNWANTED = re.compile(
    r"^(utm_\w+|gclid|gclsrc|dclid|fbclid|msclkid|yclid|srsltid|_ga|_gl|mc_[ce]id|igshid|ref|_pos|"
    r"_sid|_ss|variant)$",
    re.IGNORECASE,
)
_PARTS = ("base", "h1", "link", "meta", "script", "select")
_CROSSED_OUT = frozenset({"del", "s", "strike"})
_WALK = ", ".join([*_PARTS, *sorted(_CROSSED_OUT), "[itemtype]", "[typeof]", '[class*="old" i]'])
_COLLECTION = re.compile(r"/collections/[^/]+(?=/products/[^/]+$)")


@dataclass(frozen=True)
class Page:
    """One HTML page. ``url`` is where it was found ("" when unknown)."""

    url: str
    tree: LexborHTMLParser

    @classmethod
    def parse(cls, body: bytes | str, *, url: str = "", content_type: str | None = None) -> "Page":
        """Decode by header, ``meta`` or content, then parse; whatever comes gives a page."""
        if isinstance(body, str):
            body = body.encode(errors="replace")
        else:
            body = as_utf8(body, content_type=content_type)
        return cls(url, LexborHTMLParser(_shallow(body.replace(b"\0", b""))))

    @cached_property
    def parts(self) -> dict[str, list[LexborNode]]:
        """The elements that every reader asks for, by tag, in order: found in one walk.

        "marked" are those that say what they are about, or may be crossed out.
        """
        found: dict[str, list[LexborNode]] = {tag: [] for tag in (*_PARTS, "marked")}
        before = 0
        for node in self.tree.css(_WALK):
            tag = str(node.tag)
            # what matches twice comes twice in a row, for its tag first
            found[tag if tag in found and node.mem_id != before else "marked"].append(node)
            before = node.mem_id
        return found

    @cached_property
    def base(self) -> str:
        """The address that references on the page start from."""
        start = self.url or absolute("", next(iter(self.canonicals), None)) or ""
        hrefs = (node.attributes.get("href", "") for node in self.parts["base"])
        return absolute(start, next(filter(None, hrefs), None)) or start

    @cached_property
    def canonicals(self) -> list[str]:
        """What the page's canonical links say, as they are written."""
        links = (node.attributes for node in self.parts["link"])
        return [
            href
            for link in links
            if "canonical" in (link.get("rel") or "").lower().split() and (href := link.get("href"))
        ]

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """What the ``meta`` tags say, by name or property in lower case."""
        found: dict[str, list[str]] = {}
        for node in self.parts["meta"]:
            attributes = node.attributes
            name = attributes.get("property") or attributes.get("name")
            content = (attributes.get("content") or "").strip()
            if name and content:
                found.setdefault(name.strip().lower(), []).append(content)
        return found

    @cached_property
    def scripts(self) -> list[tuple[str, str]]:
        """The type, in lower case, and the text of each script that the page itself holds."""
        return [
            ((attributes.get("type") or "").lower(), text)
            for node in self.parts["script"]
            if "src" not in (attributes := node.attributes) and (text := node.text())
        ]

    @cached_property
    def types(self) -> str:
        """All that elements say they are about in microdata or RDFa, in lower case."""
        nodes = (node.attributes for node in self.parts["marked"])
        return " ".join(f"{a.get('itemtype')} {a.get('typeof')}" for a in nodes).lower()

    @cached_property
    def crossed_out(self) -> list[LexborNode]:
        """The elements that may hold a former price, by their tag or a class."""
        return [
            node
            for node in self.parts["marked"]
            if node.tag in _CROSSED_OUT or "old" in (node.attributes.get("class") or "").lower()
        ]

    def meta(self, *names: str) -> str | None:
        """The first ``meta`` of these names (property or name), in the order given."""
        return next((values[0] for name in names if (values := self.metas.get(name))), None)

    def absolute(self, reference: object) -> str | None:
        """An http(s) address from a reference on this page, None for anything else."""
        return absolute(self.base, reference)

    def links(self, selector: str) -> Iterator[tuple[LexborNode, str]]:
        """The elements with an ``href`` that the selector finds, with their addresses."""
        for node in self.tree.css(selector):
            if url := self.absolute(node.attributes.get("href")):
                yield node, url


def _shallow(body: bytes) -> bytes:
    """The body up to where it may be nested too deeply: the parser's time grows by the square."""
    tags = np.count_nonzero(np.frombuffer(body, np.uint8) == ord("<"))  # 4 x bytes.count's speed
    if tags < _MOST_OPEN or tags - 2 * body.count(b"</") < _MOST_OPEN:
        return body
    last = next(islice(re.finditer(rb"<(?!/)", body), _MOST_OPEN, None), None)
    return body[: last.start()] if last else body


def absolute(base: str, reference: object) -> str | None:
    """``reference`` seen from ``base`` as an http(s) address without fragment, or None."""
    if not isinstance(reference, str):
        return None
    if "&" in reference:
        reference = _ENTITY.sub(lambda entity: html.unescape(entity.group()), reference)
    reference = reference.strip()
    if not reference or len(reference) > MAX_URL or reference[0] == "#":
        return None
    if reference.startswith("//"):
        reference = f"{'http' if base.startswith('http:') else 'https'}:{reference}"
    try:
        url = URL(reference)
        if not url.absolute:
            if url.scheme or not base:
                return None
            url = URL(base).join(url)
        if url.scheme not in {"http", "https"} or not url.host or url.user or url.password:
            return None
        return str(url.with_fragment(None))
    except (ValueError, TypeError):
        return None


def canonical(url: str) -> str:
    """The address that names a product: no tracking, no variant, no collection before it."""
    try:
        parsed = URL(url).with_fragment(None)
        unwanted = [name for name in parsed.query if _UNWANTED.match(name)]
        if unwanted:
            parsed = parsed.without_query_params(*unwanted)
        path = _COLLECTION.sub("", parsed.raw_path)
        if path != parsed.raw_path:
            parsed = parsed.with_path(path, encoded=True, keep_query=True)
        return str(parsed)
    except (ValueError, TypeError):
        return url


def clean(text: object, *, limit: int = 500) -> str | None:
    """Text for people: entities and tags resolved, blanks collapsed; None when nothing is left."""
    if not isinstance(text, str):
        return None
    text = text[: 4 * limit]
    for _ in range(2):  # entities in JSON-LD are often escaped twice
        if "&" not in text:
            break
        text = html.unescape(text)
    if "<" in text:
        text = _TAGS.sub(" ", text)
    if not text.isprintable():
        text = "".join(sign for sign in text if sign.isprintable() or sign.isspace())
    return " ".join(text.split())[:limit].rstrip() or None


def text_of(node: LexborNode) -> str:
    """What the element shows, without its scripts."""
    if node.css_first("script, style, noscript, template"):
        pieces = [
            piece.text() or ""
            for piece in islice(node.traverse(include_text=True), _MOST_PIECES)
            if piece.tag == "-text" and not _hidden(piece)
        ]
        return " ".join(" ".join(pieces).split())
    return " ".join((node.text(separator=" ") or "").split())


def short_text(node: LexborNode) -> str:
    """What a small element shows, "" for one that holds too much to be a label."""
    pieces: list[str] = []
    for count, piece in enumerate(node.traverse(include_text=True)):
        if count >= _MOST_OF_A_LABEL:
            return ""
        if piece.tag == "-text" and not _hidden(piece):
            pieces.append(piece.text() or "")
    return " ".join(" ".join(pieces).split())


def _hidden(text: LexborNode) -> bool:
    parent = text.parent
    return parent is not None and parent.tag in {"script", "style", "noscript", "template"}
