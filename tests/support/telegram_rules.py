"""What the Bot API refuses, as core.telegram.org/bots/api has it: lengths, sizes, rates."""

import ipaddress
import math
import re
from collections import deque
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from PIL import Image

UPLOAD_LIMIT_BYTES = 10 * 1024 * 1024
DOWNLOAD_LIMIT_BYTES = 20 * 1000 * 1000
TEXT_LIMIT, CAPTION_LIMIT, NOTICE_LIMIT = 4096, 1024, 200
NAME_LIMIT, DESCRIPTION_LIMIT, SHORT_DESCRIPTION_LIMIT = 64, 512, 120
_TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre"}
_TOKEN = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:\s+[\w-]+=\"[^\"<>]*\")*)\s*>|<|&(#?\w+);|[^<&]+|&")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class Refused(Exception):
    """An error answer of the Bot API."""

    def __init__(self, status: int, description: str, **parameters: float) -> None:
        super().__init__(f"{status} {description} {parameters or ''}")
        self.status, self.description, self.parameters = status, description, parameters

    def body(self) -> dict[str, Any]:
        body = {"ok": False, "error_code": self.status, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad(reason: str) -> Refused:
    return Refused(400, f"Bad Request: {reason}")


@dataclass(frozen=True)
class Text:
    """A text without its tags, what was bold in it, and its links as (words, address)."""

    plain: str
    bold: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def parse(text: str, mode: str | None) -> Text:
    """Read the markup; a fault in it is refused, an address that is none is dropped."""
    if not mode:
        return Text(text.strip())
    if mode != "HTML":
        raise bad("unsupported parse_mode")
    plain, open_tags, bold, links = "", [], [], []
    for found in _TOKEN.finditer(text):
        closing, tag, attributes, entity = found.groups()
        if tag is None and found[0] == "<":
            raise bad(f"can't parse entities: Unsupported start tag at {found.start()}")
        if tag is None:
            plain += _character(found[0], entity)
        elif tag not in _TAGS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag}"')
        elif not closing:
            open_tags.append((tag, attributes, len(plain)))
        else:
            if not open_tags or open_tags[-1][0] != tag:
                raise bad("can't parse entities: Unexpected end tag")
            _, attributes, start = open_tags.pop()
            if tag == "b":
                bold.append(plain[start:])
            href = re.search(r'href="([^"]*)"', attributes)
            if tag == "a" and href and is_public(address := _unescaped(href[1])):
                links.append((plain[start:], address))
    if open_tags:
        raise bad(f"can't parse entities: Can't find end tag corresponding to \"{open_tags[-1]}\"")
    return Text(plain.strip(), tuple(bold), tuple(links))


def _character(raw: str, entity: str | None) -> str:
    if entity is None:
        return raw
    if entity.startswith("#"):
        digits = entity[1:]
        return chr(int(digits[1:], 16) if digits[0] in "xX" else int(digits))
    return _ENTITIES.get(entity, raw)


def _unescaped(text: str) -> str:
    return re.sub(r"&(#?\w+);", lambda found: _character(found[0], found[1]), text)


def check_text(text: str, *, limit: int, what: str) -> None:
    if units(text) > limit:
        raise bad(f"{what} is too long")


def is_public(url: str) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https", "tg"} or re.search(r"\s", url):
        return False
    try:
        return bool(ipaddress.ip_address(host))
    except ValueError:
        return "." in host


def check_keyboard(markup: dict[str, Any] | None) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = (markup or {}).get("inline_keyboard", [])
    if sum(map(len, rows)) > 100 or any(len(row) > 8 for row in rows):
        raise bad("REPLY_MARKUP_TOO_LONG")
    for button in (button for row in rows for button in row):
        if not button.get("text"):
            raise bad("can't parse inline keyboard button: text must be non-empty")
        if set(button) - {"text", "url", "callback_data"} or len(button) != 2:
            raise bad("text buttons are unallowed in the inline keyboard")
        if "url" in button and not is_public(button["url"]):
            raise bad("BUTTON_URL_INVALID")
        if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
    return rows


def check_photo(data: bytes) -> tuple[int, int]:
    """Return the size in pixels of an upload; refuse what is no photo."""
    if len(data) > UPLOAD_LIMIT_BYTES:
        raise Refused(413, "Request Entity Too Large")
    try:
        with Image.open(BytesIO(data)) as image:
            image.load()
            width, height = image.size
    except (OSError, SyntaxError, ValueError):
        raise bad("IMAGE_PROCESS_FAILED") from None
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return width, height


def check_commands(commands: list[dict[str, str]]) -> None:
    if len(commands) > 100:
        raise bad("too many commands")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")


def check_choices(parameters: dict[str, Any]) -> None:
    """Refuse a list that no inline query is answered by."""
    results = parameters["results"]
    if len(results) > 50:
        raise bad("RESULTS_TOO_MUCH")
    if len({one["id"] for one in results}) < len(results):
        raise bad("RESULT_ID_DUPLICATE")
    if len(parameters.get("next_offset", "").encode()) > 64:
        raise bad("NEXT_OFFSET_INVALID")
    button = parameters.get("button")
    if button and not (
        button["text"] and re.fullmatch(r"[\w-]{1,64}", button["start_parameter"], re.ASCII)
    ):
        raise bad("START_PARAM_INVALID")
    for one in results:
        if one["type"] != "article" or not 1 <= len(one["id"].encode()) <= 64:
            raise bad("RESULT_ID_INVALID")
        if not one["title"]:
            raise bad("ARTICLE_TITLE_EMPTY")
        for address in (one.get("url"), one.get("thumbnail_url")):
            if address is not None and not is_public(address):
                raise bad("WEBDOCUMENT_URL_INVALID")
        content = one["input_message_content"]
        text = parse(content["message_text"], content.get("parse_mode"))
        if not text.plain:
            raise bad("MESSAGE_EMPTY")
        check_text(text.plain, limit=TEXT_LIMIT, what="message")


class Rates:
    """About 30 messages a second, 1 a second and chat (short bursts pass), 20 a minute and group.

    ``speed`` makes all seconds shorter.
    """

    def __init__(self, *, speed: float, chat_burst: int) -> None:
        self._speed = speed
        self._chat_burst = chat_burst
        self._sent: dict[int | None, deque[float]] = {}

    def count(self, chat_id: int, messages: int, now: float) -> None:
        """Count messages; refuse them when they are too many."""
        chat = (20, 60.0) if chat_id < 0 else (self._chat_burst, float(self._chat_burst))
        waits = [
            self._wait(chat_id, *chat, messages, now),
            self._wait(None, 30, 1.0, messages, now),
        ]
        if max(waits) > 0:
            retry_after = max(1, math.ceil(max(waits) * self._speed)) / self._speed
            raise Refused(
                429,
                f"Too Many Requests: retry after {retry_after:g}",
                retry_after=int(retry_after) if retry_after.is_integer() else retry_after,
            )
        for key in (chat_id, None):
            self._sent.setdefault(key, deque()).extend([now] * messages)

    def _wait(
        self, key: int | None, limit: int, period_s: float, messages: int, now: float
    ) -> float:
        period_s /= self._speed
        sent = self._sent.setdefault(key, deque())
        while sent and sent[0] <= now - period_s:
            sent.popleft()
        over = len(sent) + min(messages, limit) - limit
        return sent[over - 1] + period_s - now if over > 0 else 0.0
