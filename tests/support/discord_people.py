"""People on the loopback Discord: what they send, tap and see."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from discord import StickerFormatType

from tests.support.discord_messages import Message, SeenButton, Upload, message_payload, now

if TYPE_CHECKING:
    from tests.support.discord_server import DiscordServer
    from tests.support.discord_world import Channel

_COMMAND, _COMPONENT, _MODAL = 2, 3, 5
_MANAGE_GUILD = 1 << 5
_OPTION_TYPES = {str: 3, int: 4, bool: 5, Upload: 11}


@dataclass(kw_only=True, eq=False)
class Exchange:
    """One interaction and what came of it."""

    server: "DiscordServer"
    person: "Person"
    channel: "Channel"
    id: str
    kind: int
    tapped: Message | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    sent_at: float = field(default_factory=time.monotonic)
    callback: int | None = None
    original: Message | None = None
    messages: list[Message] = field(default_factory=list)
    follow_ups: int = 0
    failed: bool = False
    modal: dict[str, Any] | None = None

    async def replies(self, count: int = 1, *, max_wait_s: float = 10) -> list[Message]:
        """Wait until ``count`` messages have come in answer; all that came so far."""
        await self.server.until(lambda: len(self.messages) >= count, max_wait_s=max_wait_s)
        return list(self.messages)

    async def reply(self, *, max_wait_s: float = 10) -> Message:
        """The first message in answer."""
        return (await self.replies(max_wait_s=max_wait_s))[0]

    async def acknowledged(self, *, max_wait_s: float = 10) -> int:
        """Wait for the callback; its type."""
        await self.server.until(lambda: self.callback is not None, max_wait_s=max_wait_s)
        return self.callback or 0

    async def timed_out(self) -> bool:
        """Whether "The application did not respond" is what the person reads."""
        limit_s = self.server.rest.answer_within_s
        left_s = self.sent_at + limit_s - time.monotonic()
        try:
            await self.server.until(
                lambda: self.callback is not None, max_wait_s=max(0.0, left_s) + 0.05
            )
        except TimeoutError:
            return True
        return False


class Person:
    """Somebody with a client. ``received`` is every message of the bot's that they see."""

    def __init__(self, server: "DiscordServer", user: dict[str, Any], *, locale: str) -> None:
        self.server = server
        self.user = user
        self.locale = locale
        self.received: list[Message] = []
        self.blocks_bot = False
        self.manages = False
        self.dms: Channel

    @property
    def id(self) -> str:
        return str(self.user["id"])

    async def sees(self, count: int = 1, *, max_wait_s: float = 10) -> list[Message]:
        """Wait until the bot has shown ``count`` messages; all so far."""
        await self.server.until(lambda: len(self.received) >= count, max_wait_s=max_wait_s)
        return list(self.received)

    async def dm(
        self,
        text: str = "",
        *,
        photo: bytes | Upload | None = None,
        **more: Any,  # noqa: ANN401 - as ``say`` takes it
    ) -> dict[str, Any]:
        """Write to the bot in private; see ``say``."""
        return await self.say(text, photo=photo, channel=self.dms, **more)

    async def say(
        self,
        text: str = "",
        *,
        photo: bytes | Upload | None = None,
        photos: Sequence[bytes | Upload] = (),
        channel: "Channel | None" = None,
        mention: bool = False,
        sticker: StickerFormatType | None = None,
        reply_to: dict[str, Any] | None = None,
        embeds: Sequence[dict[str, Any]] = (),
        forwards: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Write in a channel (the guild's by default); returns the message's payload."""
        world = self.server.world
        channel = channel or self.server.channel
        data = message_payload(world.snowflake(), channel.id, self.user)
        uploads = [_upload(one) for one in ([photo] if photo is not None else []) + list(photos)]
        data["content"] = f"<@{world.bot['id']}> {text}".strip() if mention else text
        data["mentions"] = [world.bot] if mention else []
        data["attachments"] = [world.keep(channel, upload) for upload in uploads]
        data["embeds"] = list(embeds)
        if any(upload.voice for upload in uploads):
            data["flags"] = 1 << 13
        if sticker:
            item = {"id": world.snowflake(), "name": "wave", "format_type": sticker.value}
            data["sticker_items"] = [item]
        if reply_to:
            data |= {"type": 19, "referenced_message": reply_to}
            data["message_reference"] = {"message_id": reply_to["id"], "channel_id": channel.id}
            if reply_to["author"]["id"] == world.bot["id"]:
                data["mentions"] = [world.bot]
        if forwards:
            kept = ("type", "content", "embeds", "attachments", "timestamp", "edited_timestamp")
            data["message_snapshots"] = [{"message": {key: forwards[key] for key in kept}}]
            data["message_reference"] = {
                "type": 1,
                "message_id": forwards["id"],
                "channel_id": forwards["channel_id"],
            }
        if channel.guild:
            data |= {"guild_id": channel.guild, "member": self._member()}
        channel.messages.append(data)
        await self.server.say(channel, data)
        return data

    async def slash(
        self,
        name: str,
        *,
        channel: "Channel | None" = None,
        age_s: float = 0,
        **options: Any,  # noqa: ANN401 - whatever the command takes
    ) -> Exchange:
        """Use a slash command, in direct messages by default; bytes are attached as a photo."""
        channel = channel or self.dms
        command = await self._command(1, name, channel)
        resolved: dict[str, Any] = {}
        given = []
        for option in command["options"]:
            value = options.pop(option["name"], None)
            if value is None:
                assert not option.get("required"), f"/{name} needs {option['name']}"
                continue
            if isinstance(value, bytes):
                value = Upload(data=value)
            assert option["type"] == _OPTION_TYPES[type(value)], option
            if isinstance(value, Upload):
                attachment = self.server.world.keep(channel, value) | {"ephemeral": True}
                resolved.setdefault("attachments", {})[attachment["id"]] = attachment
                value = attachment["id"]
            given.append({"name": option["name"], "type": option["type"], "value": value})
        assert not options, f"/{name} takes no {list(options)}"
        data = {"id": command["id"], "name": name, "type": 1, "options": given}
        return await self._interact(_COMMAND, channel, data | {"resolved": resolved}, age_s=age_s)

    async def context_menu(
        self,
        name: str,
        message: "dict[str, Any] | Message",
        *,
        channel: "Channel | None" = None,
    ) -> Exchange:
        """Use a command of a message's context menu."""
        payload = message.payload if isinstance(message, Message) else message
        channel = channel or self.server.world.channels[payload["channel_id"]]
        command = await self._command(3, name, channel)
        data = {
            "id": command["id"],
            "name": name,
            "type": 3,
            "target_id": payload["id"],
            "resolved": {"messages": {payload["id"]: payload}},
        }
        return await self._interact(_COMMAND, channel, data)

    async def tap(self, message: Message, label: str, *, age_s: float = 0) -> Exchange:
        """Tap the button with this label."""
        button = self.button(message, label)
        assert button.custom_id, f"{label!r} is a link"
        channel = self.server.world.channels[message.channel_id]
        data = {"custom_id": button.custom_id, "component_type": 2}
        return await self._interact(_COMPONENT, channel, data, tapped=message, age_s=age_s)

    async def submit(self, exchange: Exchange, values: dict[str, str]) -> Exchange:
        """Fill in the modal that an exchange brought."""
        assert exchange.modal, "there is no modal"
        rows = [
            {"type": 1, "components": [{"type": 4, "custom_id": key, "value": value, "id": 1}]}
            for key, value in values.items()
        ]
        data = {"custom_id": exchange.modal["custom_id"], "components": rows}
        return await self._interact(_MODAL, exchange.channel, data, tapped=exchange.tapped)

    @staticmethod
    def button(message: Message, label: str) -> SeenButton:
        """The button with this label, as it is now."""
        for button in message.buttons:
            if button.label == label:
                return button
        raise AssertionError(f"no button {label!r} among {message.labels}")

    async def _command(self, kind: int, name: str, channel: "Channel") -> dict[str, Any]:
        """The command as its menu offers it here; waits for the bot to publish it."""
        world = self.server.world
        await self.server.until(lambda: (kind, name) in world.commands)
        command = world.commands[kind, name]
        assert self._context(channel) in command["contexts"], f"{name} is not offered here"
        needed = 0 if channel.bot_may_write else 1
        assert needed in command["integration_types"], f"{name} cannot be brought along"
        wanted = int(command["default_member_permissions"] or 0)
        assert not wanted or (wanted == _MANAGE_GUILD and self.manages), f"{name} is not for them"
        return command

    @staticmethod
    def _context(channel: "Channel") -> int:
        if channel.guild:
            return 0
        return 1 if channel.person else 2

    def _member(self) -> dict[str, Any]:
        return {"roles": [], "joined_at": now(), "deaf": False, "mute": False, "flags": 0}

    async def _interact(
        self,
        kind: int,
        channel: "Channel",
        data: dict[str, Any],
        *,
        tapped: Message | None = None,
        age_s: float = 0,
    ) -> Exchange:
        world = self.server.world
        exchange = Exchange(
            server=self.server,
            person=self,
            channel=channel,
            id=world.snowflake(age_s=age_s),
            kind=kind,
            tapped=tapped,
        )
        payload: dict[str, Any] = {
            "id": exchange.id,
            "application_id": world.bot["id"],
            "type": kind,
            "token": exchange.token,
            "version": 1,
            "data": data,
            "channel": world.channel_payload(channel),
            "channel_id": channel.id,
            "locale": self.locale,
            "entitlements": [],
            "authorizing_integration_owners": {"1": self.id},
            "context": self._context(channel),
            "attachment_size_limit": 10 * 1024 * 1024,
            "app_permissions": "0",
        }
        if channel.guild:
            payload |= {
                "guild_id": channel.guild,
                "guild": {"id": channel.guild, "locale": "en-US", "features": []},
                "guild_locale": "en-US",
                "member": self._member()
                | {"user": self.user, "permissions": str(_MANAGE_GUILD if self.manages else 0)},
            }
            if channel.bot_may_write:
                payload["authorizing_integration_owners"] = {"0": channel.guild}
        else:
            payload["user"] = self.user
        if tapped:
            payload["message"] = tapped.payload
        await self.server.interact(exchange, payload)
        return exchange


def _upload(photo: bytes | Upload) -> Upload:
    return photo if isinstance(photo, Upload) else Upload(data=photo)
