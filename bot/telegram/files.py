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
from bot.telegram.pace import Manner, Pace
from core.errors import FetchFailed, PhotoTooHeavy

_LIMIT_BYTES = int(FileSizeLimit.FILESIZE_DOWNLOAD)
_LEAST_PREVIEW_PX = 160
_TELLING_NOTHING = frozenset({None, "", "application/octet-stream"})


class Files:
    """Finds photos in messages and downloads them, each in at most ``timeout_s`` seconds."""

    def __init__(self, bot: ExtBot[Manner], pace: Pace, *, timeout_s: float) -> None:
        self._bot = bot
        self._pace = pace
        self._timeout_s = timeout_s

    def of(self, message: Message | ExternalReplyInfo) -> tuple[PhotoRef, ...]:
        """Return the message's picture; empty when it has none.

        That is a photo, a document that may be an image, a sticker that stands still, and of one
        that moves, or of a GIF, the preview where it is large enough.
        """
        if message.photo:
            best = _largest(message.photo)
            return (self._ref(best.file_id, best.file_size),)
        sticker, moving = message.sticker, message.animation
        if sticker and not (sticker.is_animated or sticker.is_video):
            return (self._ref(sticker.file_id, sticker.file_size),)
        if sticker or moving:
            preview = moving.thumbnail if moving else sticker and sticker.thumbnail
            large = preview and min(preview.width, preview.height) >= _LEAST_PREVIEW_PX
            return (self._ref(preview.file_id, preview.file_size),) if preview and large else ()
        document = message.document
        if document and _may_be_image(document):
            return (self._ref(document.file_id, document.file_size),)
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


def _may_be_image(document: Document) -> bool:
    """Whether it is called an image, or nothing tells what it is: then its content will."""
    kind = document.mime_type
    if kind in _TELLING_NOTHING:
        kind = mimetypes.guess_type(document.file_name or "")[0]
    return kind is None or kind.lower().startswith("image/")
