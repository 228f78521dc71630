"""JSON as pages hold it: wrapped, commented, broken as usual, or as a JavaScript literal."""

import html
import json
import re
from collections.abc import Iterator

MAX_SCRIPT = 2_000_000
_MAX_LITERAL = 150_000
_MAX_DEPTH = 40
_MAX_TRIED = 8
"""How deep in a literal JSON is looked for: what fails at each depth would be read at each."""
_OPENINGS = ("/*<![CDATA[*/", "/* <![CDATA[ */", "//<![CDATA[", "// <![CDATA[", "<![CDATA[", "<!--")
_CLOSINGS = ("/*]]>*/", "/* ]]> */", "//]]>", "// ]]>", "]]>", "//-->", "-->", ";")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_LINE_COMMENT = re.compile(r"^[ \t]*//.*$", re.MULTILINE)
_ESCAPE = re.compile(r'\\(?:(["\\/bfnrtu])|x([0-9a-fA-F]{2}))?')
_AFTER_STRING = re.compile(r'\s*(?:[:}\]]|,\s*(?:["{\[\d-]|true|false|null)|$)')
_BETWEEN = re.compile(r"[\s,;]*")
_TOKEN = re.compile(
    r"""\s*(?:(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\$]|\\.)*`)
    |(?P<number>-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<word>[A-Za-z_$][\w$]*)|(?P<sign>[{}\[\]:,]|!0|!1)
    |(?P<comment>//[^\n]*|/\*.*?\*/))""",
    re.VERBOSE | re.DOTALL,
)
_LIKE_JSON = re.compile(r'"|\{\s*["}]|\[\s*["{\[\]\d\-tfnNI]')
_WORDS: dict[str, object] = {"true": True, "false": False, "!0": True, "!1": False}
_STRING_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


def documents(text: str) -> Iterator[object]:
    """The JSON values that a script consists of; nothing for what cannot be mended safely.

    Taken off: CDATA and HTML comments around, JavaScript's comments, trailing commas, a
    semicolon. Mended: escapes that JSON lacks, entities for quotes, quotes inside texts.
    """
    text = text.strip()
    if not text or len(text) > MAX_SCRIPT:
        return
    text = _unwrapped(text)
    for attempt in (_as_it_is, _tidied, _unescaped, _requoted):
        found, complete = _leading(attempt(text))
        if complete:
            yield from found
            return
    yield from _leading(text)[0]


def literal(text: str, start: int = 0) -> tuple[object, int]:
    """The JSON or JavaScript literal that begins at ``start``, and where it ends; names are None.

    Raises ``ValueError`` for anything that has to be computed.
    """
    if found := _json(text, start):
        return found
    reader = _Literal(text[start : start + _MAX_LITERAL])
    return reader.value(0), start + reader.at


_DECODER = json.JSONDecoder(strict=False)


def _json(text: str, start: int) -> tuple[object, int] | None:
    """The JSON that begins at ``start``, and where it ends."""
    if not _LIKE_JSON.match(text, start):
        return None  # as the decoder would find out, but counting all lines before ``start``
    try:
        return _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None


def _leading(text: str) -> tuple[list[object], bool]:
    """The values at the beginning of ``text``, and whether there is nothing else in it."""
    found: list[object] = []
    position = len(text) - len(text.lstrip())
    while position < len(text):
        try:
            value, position = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError):
            return found, False
        found.append(value)
        between = _BETWEEN.match(text, position)
        position = between.end() if between else position
    return found, bool(found)


def _unwrapped(text: str) -> str:
    for _ in range(3):
        for opening in _OPENINGS:
            text = text.removeprefix(opening).lstrip()
        for closing in _CLOSINGS:
            text = text.removesuffix(closing).rstrip()
    return text


def _without_comments(text: str) -> str:
    """Without what stands between ``/*`` and ``*/``, outside of addresses."""
    pieces = re.split(r"(?<![:\w\"'])/\*", text)
    return pieces[0] + "".join(piece.partition("*/")[2] for piece in pieces[1:])


def _as_it_is(text: str) -> str:
    return text


def _tidied(text: str) -> str:
    text = _without_comments(_LINE_COMMENT.sub("", text))
    return _ESCAPE.sub(_good_escape, _TRAILING_COMMA.sub("", text))


def _good_escape(found: re.Match[str]) -> str:
    if found.group(1):
        return found.group()
    return json.dumps(chr(int(found.group(2), 16)))[1:-1] if found.group(2) else ""


def _unescaped(text: str) -> str:
    return _tidied(html.unescape(text)) if "&quot;" in text or "&#34;" in text else text


def _requoted(text: str) -> str:
    """A quote ends a text only where what follows can follow a text."""
    text = _tidied(text)
    pieces: list[str] = []
    start, inside = 0, False
    for found in re.finditer(r'\\.|"', text, re.DOTALL):
        if found.group() != '"':
            continue
        pieces.append(text[start : found.start()])
        start = found.end()
        if not inside or _AFTER_STRING.match(text, start):
            inside = not inside
            pieces.append('"')
        else:
            pieces.append('\\"')
    return "".join([*pieces, text[start:]])


class _Literal:
    """Reads one JavaScript literal, piece by piece."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.at = 0

    def value(self, depth: int) -> object:
        kind, piece = self._next()
        if kind == "string":
            return _unquoted(piece)
        if kind == "number":
            return float(piece) if any(sign in piece for sign in ".eE") else int(piece[:30])
        if kind == "word" or piece in _WORDS:
            return _WORDS.get(piece)
        if depth > _MAX_DEPTH or piece not in "{[":
            raise ValueError("is no literal")
        if 0 < depth < _MAX_TRIED and (found := _json(self._text, self.at - 1)):
            self.at = found[1]  # templates fill literals with JSON, which is read much faster
            return found[0]
        return self._object(depth) if piece == "{" else self._array(depth)

    def _object(self, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        while True:
            kind, key = self._next()
            if key == "}":
                return found
            if key == ",":
                continue
            if kind == "sign" or self._next()[1] != ":":
                raise ValueError("is no literal")
            found[_unquoted(key) if kind == "string" else key] = self.value(depth + 1)
            if self._next()[1] == "}":
                return found
            self._expect_comma()

    def _array(self, depth: int) -> list[object]:
        found: list[object] = []
        while True:
            before = self.at
            piece = self._next()[1]
            if piece == "]":
                return found
            self.at = before
            found.append(self.value(depth + 1))
            if self._next()[1] == "]":
                return found
            self._expect_comma()

    def _expect_comma(self) -> None:
        if self._text[self.at - 1] != ",":
            raise ValueError("is no literal")

    def _next(self) -> tuple[str, str]:
        found = _TOKEN.match(self._text, self.at)
        while found is not None and found.lastgroup == "comment":
            found = _TOKEN.match(self._text, found.end())
        if found is None or found.lastgroup is None:
            raise ValueError("is no literal")
        self.at = found.end()
        return found.lastgroup, found.group(found.lastgroup)


def _unquoted(piece: str) -> str:
    return _STRING_ESCAPE.sub(_resolved, piece[1:-1])


def _resolved(found: re.Match[str]) -> str:
    code = found.group(1)
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return _CONTROL.get(code, code)
