"""Messages as a person sees them, and the things that a person can send."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

_TAKEN_AS_IT_IS = re.compile(r"\\([!-/:-@\[-`{-~])|(https?://[^\s<>\\]+)")
_HIDDEN = 0xE000


def as_seen(text: str) -> str:
    """Discord's markdown as it is displayed: markup is gone, what was escaped is there."""

    def hide(found: re.Match[str]) -> str:
        kept = found[1] or found[2]
        return "".join(chr(_HIDDEN + ord(sign)) if ord(sign) < 128 else sign for sign in kept)

    text = _TAKEN_AS_IT_IS.sub(hide, text)
    text = re.sub(r"\[([^\]]+)\]\(\S+?\)", r"\1", text)
    text = re.sub(r"<(@[!&]?|#)\d+>", "@somebody", text)
    text = re.sub(r"<([^ >]+:[^ >]+)>", r"\1", text)
    for mark in (r"\*\*\*", r"\*\*", r"\*", "__", "_", "~~", r"\|\|", "```", "`"):
        text = re.sub(rf"{mark}(\S(?:.*?\S)?){mark}", r"\1", text, flags=re.DOTALL)
    text = re.sub(r"^[ \t]*(?:-?#{1,3} |>{1,3} |[-*+] )", "", text, flags=re.MULTILINE)
    return "".join(
        chr(ord(sign) - _HIDDEN) if _HIDDEN <= ord(sign) < _HIDDEN + 128 else sign for sign in text
    )


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that a person attaches; ``size`` is what Discord tells the bot."""

    data: bytes
    name: str = "photo.jpg"
    content_type: str | None = "image/jpeg"
    size: int | None = None
    voice: bool = False


@dataclass(frozen=True)
class SeenButton:
    label: str
    url: str | None
    custom_id: str | None


@dataclass(frozen=True)
class SeenCard:
    title: str
    details: str
    url: str | None
    image: bytes | None


@dataclass(kw_only=True)
class Message:
    """One message of the bot's, kept up to date as it is edited."""

    payload: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)
    pings: bool = False
    edits: int = 0
    loading: bool = False
    deleted: bool = False
    until: Callable[..., Awaitable[None]]

    @property
    def id(self) -> str:
        return str(self.payload["id"])

    @property
    def channel_id(self) -> str:
        return str(self.payload["channel_id"])

    @property
    def ephemeral(self) -> bool:
        return bool(self.payload["flags"] & 64)

    @property
    def text(self) -> str:
        return as_seen(self.payload["content"])

    @property
    def rows(self) -> list[list[SeenButton]]:
        return [
            [
                SeenButton(button["label"], button.get("url"), button.get("custom_id"))
                for button in row["components"]
            ]
            for row in self.payload["components"]
        ]

    @property
    def buttons(self) -> list[SeenButton]:
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]

    @property
    def cards(self) -> list[SeenCard]:
        return [
            SeenCard(
                title=as_seen(embed.get("title") or ""),
                details=as_seen(embed.get("description") or ""),
                url=embed.get("url"),
                image=self.files.get(embed["image"]["url"].rpartition("/")[2])
                if "image" in embed
                else None,
            )
            for embed in self.payload["embeds"]
        ]

    async def edited(self, times: int = 1, *, max_wait_s: float = 10) -> None:
        """Wait for an edit."""
        await self.until(lambda: self.edits >= times, max_wait_s=max_wait_s)


def now() -> str:
    return datetime.now(UTC).isoformat()


def user_payload(number: str, name: str, *, bot: bool = False) -> dict[str, Any]:
    return {
        "id": number,
        "username": name,
        "discriminator": "0",
        "global_name": name,
        "avatar": None,
        "bot": bot,
    }


def message_payload(number: str, channel: str, author: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": number,
        "channel_id": channel,
        "author": author,
        "type": 0,
        "content": "",
        "timestamp": now(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "flags": 0,
    }
