"""The photos of a message, as references that can be loaded."""

import asyncio
import mimetypes
from functools import partial

from telegram import Document, ExternalReplyInfo, Message, PhotoSize
from telegram.constants import FileSizeLimit
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.conversation.messages import PhotoRef
from bot.telegram.errors import is_too_big, translated
from bot.telegram.pace import Pace, Repeat
from core.errors import FetchFailed, PhotoTooHeavy, UnsupportedFormat

_LIMIT_BYTES = int(FileSizeLimit.FILESIZE_DOWNLOAD)
_READ = frozenset({"image/jpeg", "image/png", "image/webp"})
_TELLING_NOTHING = frozenset({None, "", "application/octet-stream"})


class Files:
    """Finds photos in messages and downloads them, each in at most ``timeout_s`` seconds."""

    def __init__(self, bot: ExtBot[Repeat], pace: Pace, *, timeout_s: float) -> None:
        self._bot = bot
        self._pace = pace
        self._timeout_s = timeout_s

    def of(self, message: Message | ExternalReplyInfo) -> tuple[PhotoRef, ...]:
        """Return the message's photo or image document; empty when it has neither."""
        if message.photo:
            best = _largest(message.photo)
            return (self._ref(best.file_id, best.file_size),)
        document = message.document
        if document is None or message.animation is not None:
            return ()
        mime = _mime(document)
        if mime in _READ:
            return (self._ref(document.file_id, document.file_size),)
        if mime.startswith("image/"):
            return (_refused(mime),)
        return ()

    def _ref(self, file_id: str, size_bytes: int | None) -> PhotoRef:
        return PhotoRef(load=partial(self._load, file_id, size_bytes), size_bytes=size_bytes)

    async def _load(self, file_id: str, size_bytes: int | None) -> bytes:
        if size_bytes is not None and size_bytes > _LIMIT_BYTES:
            raise PhotoTooHeavy(size_bytes=size_bytes, limit_bytes=_LIMIT_BYTES)
        try:
            async with asyncio.timeout(self._timeout_s):
                file = await self._bot.get_file(file_id)
                return bytes(await self._pace.patiently(file.download_as_bytearray))
        except TimeoutError:
            raise FetchFailed("Telegram: the photo took too long to download.") from None
        except TelegramError as error:
            if is_too_big(error):
                size = size_bytes or _LIMIT_BYTES + 1
                raise PhotoTooHeavy(size_bytes=size, limit_bytes=_LIMIT_BYTES) from None
            raise translated(error) from None


def _largest(sizes: tuple[PhotoSize, ...]) -> PhotoSize:
    fitting = [size for size in sizes if (size.file_size or 0) <= _LIMIT_BYTES]
    return max(fitting or sizes, key=lambda size: size.width * size.height)


def _mime(document: Document) -> str:
    mime = document.mime_type
    if mime in _TELLING_NOTHING:
        mime = mimetypes.guess_type(document.file_name or "")[0]
    mime = (mime or "").lower()
    return "image/jpeg" if mime == "image/jpg" else mime


def _refused(mime: str) -> PhotoRef:
    kind = mime.removeprefix("image/").removeprefix("x-").partition("+")[0].upper()

    async def load() -> bytes:
        raise UnsupportedFormat(kind)

    return PhotoRef(load=load)
