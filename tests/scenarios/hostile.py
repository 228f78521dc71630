"""Two hundred things that nobody should send, and what shops should not be called."""

from dataclasses import dataclass
from itertools import chain

from tests.scenarios import photos

BIDI = "\u202eesrever\u202c \u2066isolated\u2069 \u200f"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
MARKUP = (
    "<b>bold</b> <a href='https://evil.example'>free</a>",
    "</b></a><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- --> <![CDATA[x]]> &lt;b&gt; &#60;b&#62;",
    "<tg-spoiler>secret</tg-spoiler><code>x",
    "[free](https://evil.example) **bold** __under__ ~~gone~~ ||spoiler||",
    "```py\nprint(1)\n``` `code` > quote\n# Title\n- list",
    "@everyone @here <@1> <@&1> <#1> </help:1> <:smile:1>",
    "<t:0:R> https://evil.example/x?a=<b>",
)
WORDS = (
    *MARKUP,
    BIDI,
    f"red {BIDI} dress",
    INVISIBLE,
    f"r{INVISIBLE}e{INVISIBLE}d dress",
    "Z̷̢͎͇̦̫̙̘͐̈́̈́a̸l̶g̷o̵" + "\u0301" * 200,
    "a\x00b\x07c\x1b[31m",
    "\n" * 500 + "dress",
    "x" * 10_000,
    "dress " * 1_700,
    "👩‍👩‍👧‍👦" * 400,
    "\ufffd\uffff\U0010ffff\ue000",
    "'; DROP TABLE answers; --",
    "%s %d {0} {x!r} ${HOME} $(id) `id`",
    "{ $products } { unforeseen }",
    "../../../etc/passwd",
    "C:\\Windows\\System32 \\\\server\\share",
    "under 99999999999999999999999999 €",
    "under -5 € or 1e308 € or NaN €",
    "0" * 400,
    "red " * 400 + "from Corner from Arcade",
    "ＡＢＣ fullwidth ｄｒｅｓｓ",
    "\u2028line\u2029paragraph",
    "https://evil.example/" + "a" * 3_000,
    "http://127.0.0.1:22/ http://[::1]/x http://169.254.169.254/latest/meta-data/",
    "file:///etc/passwd",
    "javascript:alert(1) data:text/html;base64,PHNjcmlwdD4=",
    "https://user:secret@evil.example/x",
    "http://" + "a." * 200 + "example/x",
    "https://evil.example:99999/x",
)
"""Sent as they are, and beside a photo."""

ARGUMENTS = (
    *(("find", words) for words in WORDS[:14]),
    ("subscribe", "99:99 Europe/Berlin"),
    ("subscribe", "09:00 ../../etc/localtime"),
    ("subscribe", "09:00 " + "A" * 5_000),
    ("subscribe", "<b>9</b> " + BIDI),
    ("subscribe", "١٢:٣٠ Europe/Berlin"),
    ("subscribe", "09:00 Europe/\x00Berlin"),
    ("similar", "<b>x</b>"),
    ("similar", "https://evil.example/<script>"),
    ("similar", "ftp://evil.example/x"),
    ("similar", "y" * 5_000),
)
"""Commands with what they do not expect."""

FILES = {
    "nothing": b"",
    "one byte": b"\xff",
    "zeros": bytes(5_000),
    "words": photos.text_file(),
    "half a JPEG": photos.truncated(),
    "a JPEG's head": photos.truncated()[:20],
    "a bomb": photos.huge(),
    "a bitmap": photos.bmp(),
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "SVG that reads files": b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
    "HTML": b"<html><script>alert(1)</script></html>",
    "PDF": b"%PDF-1.7\n%\xe2\xe3",
    "ZIP": b"PK\x03\x04" + bytes(200),
    "a program": b"\x7fELF" + bytes(200),
    "PNG without an end": photos.garment("red", "dress")[:200],
    "PNG of another length": photos.garment("red", "dress")[:-30] + bytes(30),
    "half a HEIC": photos.heic()[:300],
    "a HEIC of zeros": photos.heic()[:40] + bytes(3_000),
    "half a GIF": photos.gif()[:60],
    "WebP of nothing": b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    "TIFF of nothing": b"II*\x00\xff\xff\xff\xff",
    "a picture of one pixel": photos.dot(),
    "a line": photos.line(),
}
"""Sent as photos."""

ACTIONS = (
    "",
    " ",
    "like",
    "like:",
    "like:x",
    "like:{key}:0:a0-5",
    "like:{key}:999:a0-999",
    "like:{key}:6:a5-10",
    "like:{key}:1:a5-0",
    "like:{key}:1:a0-5:red",
    "like:{key}:01:a0-5",
    "like:{key}:1:a0-5 ",
    "LIKE:{key}:1:a0-5",
    "like:../../etc:1:a0-5",
    "like:' OR 1=1:1:a0-5",
    "more:{key}:60:a55-60",
    "more:{key}:999:a998-999",
    "more:zzzzzzzz:6:a0-5",
    "anyway:",
    "anyway:{key}:1:a0-5",
    "garment:zzzzzzzz",
    "shops:{key}:1:a40-45",
    "cheaper:zzzzzzzz:1:a0-5",
    "hue:{key}:1:a0-5:<b>",
    "hue:{key}:1:a0-5:notacolour",
    "hue:{key}:1:a0-5",
    "elsewhere:{key}:0:a0-0",
    "language:xx",
    "language:../en",
    "language:",
    "forget:all",
    "unsubscribe:ann",
    "sample:1",
    "stats",
    "broadcast:hello",
    "<script>alert(1)</script>",
    "@everyone",
    BIDI,
    INVISIBLE,
    "\x00",
    "x" * 60,
    "💥" * 15,
)
"""What buttons never said; ``{key}`` is somebody else's answer."""

OTHERS_BUTTONS = (
    "like:{key}:1:a0-5",
    "unlike:{key}:1:a0-5",
    "heart:{key}:1:a0-5",
    "more:{key}:6:a0-5",
    "anyway:{key}",
    "garment:{key}",
    "shops:{key}:1:a0-5",
    "cheaper:{key}:1:a0-5",
    "colours:{key}:1:a0-5",
    "hue:{key}:1:a0-5:navy",
    "elsewhere:{key}:1:a0-5",
)
"""What they do say, tapped by another."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """One thing to send: words, a command, a photo with words, or a tap."""

    words: str = ""
    command: str = ""
    photo: bytes | None = None
    action: str | None = None


INPUTS: tuple[Hostile, ...] = tuple(
    chain(
        (Hostile(words=words) for words in WORDS),
        (
            Hostile(words=words, photo=photos.garment("red", "dress", shift=2))
            for words in (*WORDS, "x" * 4_000 + BIDI)
        ),
        (Hostile(words=argument, command=name) for name, argument in ARGUMENTS),
        (Hostile(photo=content) for content in FILES.values()),
        (
            Hostile(words=MARKUP[n % len(MARKUP)], photo=content)
            for n, content in enumerate(FILES.values())
        ),
        (Hostile(action=action) for action in (*ACTIONS, *OTHERS_BUTTONS)),
    )
)
