"""What the loopback Discord knows: places, people, messages, files."""

import asyncio
import itertools
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.support.discord_messages import Message, Upload, message_payload, user_payload
from tests.support.discord_people import Exchange, Person

_DISCORD_EPOCH_MS = 1_420_070_400_000
TEXT, DM, GROUP_DM = 0, 1, 3


@dataclass(kw_only=True)
class Channel:
    """A place to talk. ``bot_may_write`` is False where only a person installed the bot."""

    id: str
    kind: int
    guild: str | None = None
    person: "Person | None" = None
    bot_may_write: bool = True
    bot_may_read_history: bool = True
    messages: list[dict[str, Any]] = field(default_factory=list)


class World:
    """State, and what happens in it."""

    def __init__(self) -> None:
        self.root = ""
        self.channels: dict[str, Channel] = {}
        self.people: list[Person] = []
        self.messages: dict[str, Message] = {}
        self.exchanges: dict[str, Exchange] = {}
        self.commands: dict[tuple[int, str], dict[str, Any]] = {}
        self.files: dict[str, tuple[bytes, str | None]] = {}
        self.changed = asyncio.Event()
        self._numbers = itertools.count(1)
        self.bot = user_payload(self.snowflake(), "Twinset", bot=True)

    def add_channel(
        self,
        *,
        kind: int = TEXT,
        guild: str | None = None,
        person: Person | None = None,
        bot_may_write: bool = True,
    ) -> Channel:
        channel = Channel(
            id=self.snowflake(), kind=kind, guild=guild, person=person, bot_may_write=bot_may_write
        )
        self.channels[channel.id] = channel
        return channel

    async def until(self, holds: Callable[[], bool], *, max_wait_s: float = 10) -> None:
        """Wait until something holds; ``TimeoutError`` when it does not come."""
        deadline = time.monotonic() + max_wait_s
        while not holds():
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                raise TimeoutError(f"not within {max_wait_s} s")
            self.changed.clear()
            try:
                # The gateway's changes are seen by looking again.
                await asyncio.wait_for(self.changed.wait(), min(left_s, 0.05))
            except TimeoutError:
                continue

    def snowflake(self, *, age_s: float = 0) -> str:
        """An id that carries the time, as the 15 minutes of an interaction are read from it."""
        now_ms = int((time.time() - age_s) * 1000) - _DISCORD_EPOCH_MS
        return str((now_ms << 22) | (next(self._numbers) & 0x3FFFFF))

    def keep(self, channel: Channel, upload: Upload) -> dict[str, Any]:
        """Store a file; returns its attachment payload."""
        number = self.snowflake()
        path = f"/attachments/{channel.id}/{number}/{upload.name}"
        self.files[path] = (upload.data, upload.content_type)
        payload: dict[str, Any] = {
            "id": number,
            "filename": upload.name,
            "size": len(upload.data) if upload.size is None else upload.size,
            "url": self.root + path,
            "proxy_url": f"{self.root}{path}",
        }
        if upload.content_type is not None:
            payload["content_type"] = upload.content_type
        if upload.voice:
            payload |= {"duration_secs": 1.5, "waveform": "AAAA"}
        return payload

    def channel_payload(self, channel: Channel) -> dict[str, Any]:
        payload: dict[str, Any] = {"id": channel.id, "type": channel.kind, "flags": 0}
        if channel.kind == DM and channel.person:
            return payload | {"recipients": [channel.person.user], "last_message_id": None}
        if channel.kind == GROUP_DM:
            return payload | {"recipients": [], "name": "friends", "icon": None, "owner_id": "1"}
        return payload | {"name": "general", "position": 0, "permissions": "0", "nsfw": False}

    def new_message(
        self, channel: Channel, payload: Mapping[str, Any], files: Mapping[int, tuple[str, bytes]]
    ) -> Message:
        data = message_payload(self.snowflake(), channel.id, self.bot)
        if channel.guild:
            data["guild_id"] = channel.guild
        if reference := payload.get("message_reference"):
            data["message_reference"] = reference
        message = Message(payload=data, until=self.until)
        self.apply(message, payload, files)
        message.edits = 0
        self.messages[message.id] = message
        return message

    def apply(
        self,
        message: Message,
        payload: Mapping[str, Any],
        files: Mapping[int, tuple[str, bytes]],
    ) -> None:
        data = message.payload
        for name in ("content", "embeds", "components"):
            if name in payload:
                data[name] = payload[name] or ("" if name == "content" else [])
        if "attachments" in payload:
            channel = self.channels[message.channel_id]
            kept = {
                name: self.keep(channel, Upload(data=content, name=name))
                for name, content in files.values()
            }
            message.files = dict(files.values())
            for embed in data["embeds"]:
                name = embed.get("image", {}).get("url", "").removeprefix("attachment://")
                if name in kept:
                    stored = kept.pop(name)
                    embed["image"] = {"url": stored["url"], "proxy_url": stored["proxy_url"]}
            data["attachments"] = list(kept.values())
        for embed in data["embeds"]:
            embed.setdefault("type", "rich")
        allowed = (payload.get("allowed_mentions") or {}).get("parse")
        message.pings = "@" in data["content"] and (allowed is None or bool(allowed))
        message.edits += 1

    def show(
        self,
        channel: Channel,
        message: Message,
        *,
        to: Person | None,
        exchange: Exchange | None = None,
    ) -> None:
        if exchange:
            exchange.messages.append(message)
        if not message.ephemeral:
            channel.messages.append(message.payload)
        alone = message.ephemeral or channel.kind == DM
        for person in [to] if alone else self.people:
            if person:
                person.received.append(message)
