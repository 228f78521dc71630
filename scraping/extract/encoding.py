"""A page's bytes → UTF-8, from the encoding that they are really in."""

import re
from codecs import getincrementaldecoder

from w3lib.encoding import html_to_unicode

_KANA = re.compile("[\u3040-\u30ff]")
_CYRILLIC = re.compile(rb"[\xc0-\xff]{4}")
_ACCENTED = re.compile(rb"[\x80-\xff]")
_SERVER_DEFAULT = re.compile(r"charset=[\"']?(iso-8859-1|latin-?1|windows-1252)", re.IGNORECASE)
_JAPANESE = ("cp932", "euc_jp")
_LOOK_AT = 200_000
_PIECE = 16_384


def as_utf8(body: bytes, *, content_type: str | None = None) -> bytes:
    """The page's text in UTF-8; whatever comes gives some.

    What is valid UTF-8 beyond ASCII is UTF-8, whatever header and ``meta`` say: text in any
    other encoding is never valid UTF-8 by chance. Else they are believed, header first (but for
    Latin-1, which servers say of everything), and where they say nothing, or UTF-8 wrongly, the
    bytes themselves are asked.
    """
    other = body.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x1b" in body
    if not other and _is_utf8(body):
        return body.removeprefix(b"\xef\xbb\xbf")
    if content_type and _SERVER_DEFAULT.search(content_type):
        content_type = None
    declared, text = html_to_unicode(
        content_type, body, default_encoding="utf-8", auto_detect_fun=_guessed
    )
    if declared == "utf-8" and text.count("\ufffd") > len(_ACCENTED.findall(body)) / 2:
        text = body.decode(_guessed(body), errors="replace")
    return str(text).encode(errors="replace")


def _is_utf8(body: bytes) -> bool:
    decoder = getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(body), _PIECE):  # in pieces, as the text itself is not wanted
            decoder.decode(body[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _guessed(body: bytes) -> str:
    """The encoding of bytes that do not say theirs and are no UTF-8."""
    sample = body[:_LOOK_AT]
    kana = {name: len(_KANA.findall(sample.decode(name, errors="ignore"))) for name in _JAPANESE}
    likeliest = max(kana, key=lambda name: kana[name])
    accented = len(_ACCENTED.findall(sample))
    if 4 * kana[likeliest] > accented:
        return likeliest
    if 8 * len(_CYRILLIC.findall(sample)) > accented:
        return "cp1251"
    return "cp1252"
