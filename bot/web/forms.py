"""What comes in from the page: a form with photos and words, or a tap."""

import json
import re
from typing import NamedTuple

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.conversation.messages import PhotoRef
from bot.web.replies import Refused
from core.photos import MAX_BYTES

MAX_PHOTOS = 10
"""Photos that one message may carry, as in the other chats."""

MAX_BODY_BYTES = 64_000_000
"""Where reading a request stops; what is over ``MAX_BYTES`` before that is read and dropped."""

_TEXT_BYTES = 16_000
_SIZE = re.compile(rb"[0-9]{1,15}")


class Form(NamedTuple):
    """A message as it was sent."""

    photos: tuple[PhotoRef, ...]
    text: str


def size_of(request: web.Request) -> int:
    """How many bytes its body may have, at most; ``Refused`` for more than are read."""
    size = request.content_length
    if size is not None and size > MAX_BODY_BYTES:
        raise _too_much()
    return MAX_BODY_BYTES if size is None else size


async def read_form(request: web.Request) -> Form:
    """The photos and the words of a multipart form; ``Refused`` where it is none, or too much.

    A part ``heavy`` is the size in bytes of a photo that the page did not even upload.
    """
    if request.content_type != "multipart/form-data":
        raise Refused("not-understood")
    try:
        return await _read_parts(request)
    except (ValueError, AssertionError, HttpProcessingError):  # whichever way it is malformed
        raise Refused("not-understood") from None


async def read_tap(request: web.Request) -> str:
    """The action of a tap: ``{"action": "…"}``."""
    try:
        action = json.loads(await _read_up_to(request, _TEXT_BYTES))["action"]
    except (ValueError, KeyError, TypeError, RecursionError):
        action = None
    if not isinstance(action, str):
        raise Refused("not-understood")
    return action


async def _read_parts(request: web.Request) -> Form:
    photos: list[PhotoRef] = []
    text = ""
    left = MAX_BODY_BYTES
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise Refused("not-understood")
        keep = MAX_BYTES if part.name == "photo" else _TEXT_BYTES
        data, size = await _read_part(part, keep=keep, limit=left)
        left -= size
        if part.name == "photo":
            photos.append(_photo(data, size))
        elif part.name == "heavy" and _SIZE.fullmatch(data):
            photos.append(_photo(b"", int(data)))
        elif part.name == "text":
            if size > keep:
                raise Refused("too-long", status=413)
            text = data.decode(errors="replace").replace("\0", "").strip()
        if len(photos) > MAX_PHOTOS:
            raise Refused("too-many-photos", limit=MAX_PHOTOS)
    return Form(tuple(photos), text)


async def _read_part(part: BodyPartReader, *, keep: int, limit: int) -> tuple[bytes, int]:
    """The part's bytes, nothing once they exceed ``keep``, and its size."""
    kept: list[bytes] = []
    size = 0
    while chunk := await part.read_chunk(1 << 16):
        size += len(chunk)
        if size > limit:
            raise _too_much()
        if size <= keep:
            kept.append(chunk)
        else:
            kept.clear()
    return b"".join(kept), size


async def _read_up_to(request: web.Request, limit: int) -> bytes:
    data = await request.content.read(limit + 1)
    while data and len(data) <= limit and (more := await request.content.read(limit + 1)):
        data += more
    if len(data) > limit:
        raise Refused("not-understood", status=413)
    return data


def _too_much() -> Refused:
    return Refused("too-much-at-once", status=413, limit=MAX_BODY_BYTES // 1_000_000)


def _photo(data: bytes, size: int) -> PhotoRef:
    async def load() -> bytes:
        return data

    return PhotoRef(load=load, size_bytes=size)
