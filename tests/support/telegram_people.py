"""The people's side of the loopback Telegram: what they send, and what they see."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image

from tests.support.telegram_rules import Text, units

if TYPE_CHECKING:
    from tests.support.telegram_server import TelegramServer

Raw = dict[str, Any]

_MARKS = {
    "bot_command": re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w+)?"),
    "mention": re.compile(r"(?<!\w)@\w{4,}"),
    "url": re.compile(r"(?<![\w/@])(?:https?://[^\s)]+|[\w-]+(?:\.[\w-]+)+(?:/[^\s)]*)?)"),
}


@dataclass
class Received:
    """A message of the bot's, as a person sees it."""

    chat: "Chat"
    message_id: int
    text: Text
    buttons: list[list[Raw]] = field(default_factory=list)
    picture: bytes | None = None
    album: str | None = None
    document: bytes | None = None
    reply_to: int | None = None
    thread: int | None = None

    @property
    def image(self) -> Image.Image:
        """The picture, decoded."""
        if self.picture is None:
            raise LookupError("no picture in this message")
        return Image.open(BytesIO(self.picture))

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons."""
        return [button["text"] for row in self.buttons for button in row]


@dataclass
class Tap:
    """A tap on a button, and what the bot made of it."""

    query_id: str
    at: float
    answered: bool = False
    notice: str | None = None


@dataclass
class Lookup:
    """Words typed after the bot's name in any chat, and the list that came up."""

    query_id: str
    at: float
    answered: bool = False
    choices: list[Raw] = field(default_factory=list)
    next_offset: str = ""
    explanation: str = ""
    is_personal: bool = False
    cache_s: int = 0


@dataclass
class Chat:
    """A chat with the bot in it. ``send_*`` return the message, fit for ``reply_to``."""

    server: "TelegramServer"
    id: int
    kind: str
    person: Raw
    title: str = ""
    is_gone: bool = False
    moved_to: int | None = None
    admins: set[int] = field(default_factory=set)
    received: list[Received] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        return self.kind != "private"

    def payload(self) -> Raw:
        names = {"title": self.title} if self.is_group else {"first_name": self.title}
        return {"id": self.id, "type": self.kind, **names}

    async def send_text(self, text: str, **more: object) -> Raw:
        return await self._send({"text": text, "entities": _entities(text)}, **more)

    async def send_photo(self, data: bytes, *, caption: str = "", **more: object) -> Raw:
        thumbnail = self.server.keep(b"a thumbnail", "photos/thumb.jpg")
        sizes = [
            {**thumbnail, "width": 90, "height": 90},
            {**self.server.keep(data, "photos/photo.jpg"), "width": 1280, "height": 960},
        ]
        return await self._send({"photo": sizes, **_caption(caption)}, **more)

    async def send_album(
        self, photos: Sequence[bytes], *, caption: str = "", **more: object
    ) -> list[Raw]:
        album = str(self.server.number())
        return [
            await self.send_photo(data, caption="" if at else caption, media_group_id=album, **more)
            for at, data in enumerate(photos)
        ]

    async def send_document(
        self,
        data: bytes,
        *,
        name: str,
        mime: str | None = None,
        caption: str = "",
        size_bytes: int | None = None,
        **more: object,
    ) -> Raw:
        document = self.server.keep(data, f"documents/{name}") | {"file_name": name}
        if mime:
            document["mime_type"] = mime
        if size_bytes is not None:
            document["file_size"] = size_bytes
        return await self._send({"document": document, **_caption(caption)}, **more)

    async def send_animation(self, *, preview: bytes | None = None, **more: object) -> Raw:
        file = self.server.keep(b"GIF89a", "animations/a.mp4") | {"mime_type": "video/mp4"}
        moving = {**file, "width": 9, "height": 9, "duration": 1} | self._preview(preview)
        return await self._send({"animation": moving, "document": file}, **more)

    async def send_sticker(
        self, data: bytes = b"sticker", *, moves: bool = False, **more: object
    ) -> Raw:
        sticker = self.server.keep(data, "stickers/s.webp") | {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": moves,
        }
        return await self._send({"sticker": sticker}, **more)

    async def send_voice(self, **more: object) -> Raw:
        voice = self.server.keep(b"voice", "voice/v.oga") | {"duration": 2}
        return await self._send({"voice": voice}, **more)

    async def send_video(self, *, caption: str = "", **more: object) -> Raw:
        video = self.server.keep(b"video", "videos/v.mp4") | {
            "width": 9,
            "height": 9,
            "duration": 1,
        }
        return await self._send({"video": video, **_caption(caption)}, **more)

    async def send_raw(self, content: Raw, **more: object) -> Raw:
        """Send a message of any content, such as a service message."""
        return await self._send(content, **more)

    async def tap(
        self, message: Received, label: str, *, by: Raw | None = None, is_old: bool = False
    ) -> Tap:
        """Tap the button with this label; of an old message Telegram tells next to nothing."""
        button = next(one for row in message.buttons for one in row if one["text"] == label)
        old = {"chat": self.payload(), "message_id": message.message_id, "date": 0}
        tap = self.server.new_tap()
        await self.server.push(
            "callback_query",
            {
                "id": tap.query_id,
                "from": by or self.person,
                "chat_instance": str(self.id),
                "data": button["callback_data"],
                "message": old if is_old else self.server.message_payload(message),
            },
        )
        return tap

    async def type(self, text: str, *, offset: str = "") -> Lookup:
        """Type words after the bot's name, in some chat; with an offset, scroll on."""
        lookup = self.server.new_lookup()
        query = {"id": lookup.query_id, "from": self.person, "query": text, "offset": offset}
        await self.server.push("inline_query", query)
        return lookup

    async def block(self) -> None:
        """Block the bot, or remove it from the group."""
        self.is_gone = True
        status = "kicked"
        await self.server.push(
            "my_chat_member",
            {
                "chat": self.payload(),
                "from": self.person,
                "date": self.server.date(),
                "old_chat_member": {"user": self.server.me, "status": "member"},
                "new_chat_member": {"user": self.server.me, "status": status, "until_date": 0},
            },
        )

    async def upgrade(self, *, quietly: bool = False) -> "Chat":
        """Turn a group into a supergroup, which has another id; return it."""
        new = self.server.group(self.title, kind="supergroup", person=self.person)
        self.moved_to = new.id
        if not quietly:
            await self._send({"migrate_to_chat_id": new.id})
        return new

    async def got(self, count: int = 1, *, max_wait_s: float = 10) -> list[Received]:
        """Wait until the bot has written ``count`` messages; return all of them."""
        await self.server.until(lambda: len(self.received) >= count, max_wait_s=max_wait_s)
        return self.received

    async def answer(
        self, *, after: int = 0, max_wait_s: float = 10, like: Callable[[Received], bool] = bool
    ) -> Received:
        """Wait for a message without a picture after the first ``after`` ones."""

        def found() -> list[Received]:
            return [one for one in self.received[after:] if one.picture is None and like(one)]

        await self.server.until(lambda: bool(found()), max_wait_s=max_wait_s)
        return found()[0]

    def _preview(self, preview: bytes | None) -> Raw:
        if preview is None:
            return {}
        width, height = Image.open(BytesIO(preview)).size
        kept = self.server.keep(preview, "thumbnails/t.jpg") | {"width": width, "height": height}
        return {"thumbnail": kept}

    async def _send(
        self,
        content: Raw,
        *,
        by: Raw | None = None,
        reply_to: Raw | Received | None = None,
        **more: object,
    ) -> Raw:
        message = {
            "message_id": self.server.number(),
            "date": self.server.date(),
            "chat": self.payload(),
            "from": by or self.person,
            **content,
            **more,
        }
        if reply_to is not None:
            if isinstance(reply_to, Received):
                reply_to = self.server.message_payload(reply_to)
            message["reply_to_message"] = reply_to
        await self.server.push("message", message)
        return message


def _caption(caption: str) -> Raw:
    return {"caption": caption, "caption_entities": _entities(caption)} if caption else {}


def _entities(text: str) -> list[Raw]:
    return [
        {"type": kind, "offset": units(text[: found.start()]), "length": units(found[0])}
        for kind, pattern in _MARKS.items()
        for found in pattern.finditer(text)
    ]
