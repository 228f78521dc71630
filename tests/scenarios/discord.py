"""A person on the loopback Discord, in direct messages or in a server's channel."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import discord
from PIL import Image

from bot.conversation.messages import OtherKind
from bot.discord.adapter import DiscordBot
from tests.discord.conftest import settings_for
from tests.scenarios.running import QUIET_S, Drawn, Watched, without_rank
from tests.scenarios.scenario import Seen
from tests.scenarios.world import World
from tests.support.discord_messages import Message, Upload
from tests.support.discord_server import DiscordServer

_ARGUMENTS = {
    "broadcast": "text",
    "filters": "words",
    "alerts": "what",
    "similar": "link",
    "subscribe": "at",
    "find": "words",
    "language": "language",
    "outfit": "link",
    "settings": "quiet",
}
_OTHERS: dict[OtherKind, dict[str, Any]] = {
    OtherKind.STICKER: {"sticker": discord.StickerFormatType.lottie},
    OtherKind.VOICE: {
        "photo": Upload(data=b"OggS", name="voice.ogg", content_type="audio/ogg", voice=True)
    },
    OtherKind.VIDEO: {"photo": Upload(data=b"mp4", name="walk.mp4", content_type="video/mp4")},
    OtherKind.GIF: {"text": "https://tenor.example/x", "embeds": [{"type": "gifv"}]},
    OtherKind.FILE: {
        "photo": Upload(data=b"%PDF", name="list.pdf", content_type="application/pdf")
    },
    OtherKind.OTHER: {},
}


class DiscordHouse:
    """The server, and the bot on it; ``restart`` leaves only the database."""

    def __init__(self, world: World, server: DiscordServer) -> None:
        self.world = world
        self.server = server
        self.answerer = Watched(world.conversation())
        self._bot: DiscordBot | None = None

    async def start(self) -> None:
        times = self.server.sessions.identified + 1
        self.answerer = Watched(self.world.conversation())
        self._bot = DiscordBot(
            settings_for(self.server), self.answerer, Drawn(self.world), drain_s=2
        )
        await self._bot.__aenter__()
        await self.server.connected(times=times)

    @property
    def courier(self) -> DiscordBot:
        assert self._bot is not None
        return self._bot

    async def stop(self) -> None:
        assert self._bot is not None
        await self._bot.__aexit__(None, None, None)


@asynccontextmanager
async def open_discord(world: World) -> AsyncIterator[DiscordHouse]:
    async with DiscordServer() as server:
        server.show_all()
        house = DiscordHouse(world, server)
        await house.start()
        try:
            yield house
        finally:
            await house.stop()


class DiscordDriver:
    """Somebody new. A group is a server's channel; there, commands come from menus alone."""

    def __init__(
        self, house: DiscordHouse, *, in_group: bool = False, is_admin: bool = False
    ) -> None:
        self._house = house
        self._server = house.server
        self._person = house.server.person()
        self._person.manages = is_admin
        self._channel = house.server.channel if in_group else self._person.dms
        self._in_group = in_group

    @property
    def name(self) -> str:
        """As operators are named."""
        return f"discord:{self._person.id}"

    @property
    def heard(self) -> list[str]:
        """The words of all that came into this chat, whoever asked for it."""
        return [message.text for message in self._here()]

    @property
    def abilities(self) -> frozenset[str]:
        return frozenset({"group", "admin", "album", "reply", *OtherKind})

    async def send_photos(self, photos: Sequence[bytes], *, caption: str = "") -> Seen:
        return await self._say(caption, photos=photos)

    async def send_command(self, name: str, argument: str, photo: bytes | None) -> Seen:
        if name == "similar" and not argument and (self._in_group or photo is None):
            return await self._from_menu(photo)
        options: dict[str, Any] = {_ARGUMENTS[name]: argument} if argument else {}
        if name == "outfit" and argument:
            options = {"number": int(argument)}
        if photo is not None:
            options["photo"] = photo
        return await self._seen(lambda: self._person.slash(name, channel=self._channel, **options))

    async def send_text(self, text: str, *, reply_to: int | None = None) -> Seen:
        with_buttons = [message for message in self._person.received if message.buttons]
        message = None if reply_to is None else with_buttons[reply_to].payload
        return await self._say(text, reply_to=message)

    async def send_other(self, kind: OtherKind) -> Seen:
        return await self._say(**_OTHERS[kind])

    async def tap(self, label: str) -> Seen:
        for message in reversed(self._here()):
            for button in message.buttons:
                if button.label == label and button.custom_id:
                    return await self._seen(
                        lambda message=message: self._person.tap(message, label), tapped=message
                    )
        raise AssertionError(f"no button {label!r}")

    async def restart(self) -> None:
        await self._house.stop()
        await self._house.start()

    def _here(self) -> list[Message]:
        received = self._person.received
        return [message for message in received if message.channel_id == self._channel.id]

    async def _from_menu(self, photo: bytes | None) -> Seen:
        said: list[dict[str, Any]] = []

        async def say() -> None:
            said.append(await self._person.say("look", photo=photo, channel=self._channel))

        seen = await self._seen(say, is_heard=not self._in_group or photo is not None)
        assert seen.is_silence == self._in_group
        return await self._seen(lambda: self._person.context_menu("Find similar", said[0]))

    async def _say(self, text: str = "", **more: Any) -> Seen:  # noqa: ANN401 - as people say it
        return await self._seen(
            lambda: self._person.say(text, channel=self._channel, **more),
            is_heard=not self._in_group or bool(more.get("photos")),
        )

    async def _seen(
        self,
        doing: Callable[[], Awaitable[object]],
        *,
        tapped: Message | None = None,
        is_heard: bool = True,
    ) -> Seen:
        """Do something and wait until its answer is there and nothing follows."""
        received, answerer = self._person.received, self._house.answerer
        before, answered = len(received), len(answerer.replies)
        labels = tapped.labels if tapped else []
        await doing()
        if is_heard:
            await self._server.until(lambda: len(answerer.replies) > answered)
        replies = [reply for replies in answerer.replies[answered:] for reply in replies]
        new = [reply for reply in replies if not reply.replaces_message]
        shown = sum(bool(reply.text or reply.album) + bool(reply.notice) for reply in new)
        await self._server.until(lambda: len(received) >= before + shown)
        for reply in replies:
            if tapped and (reply.replaces_buttons or reply.replaces_message):
                wanted = [button.label for row in reply.buttons for button in row]
                await self._server.until(lambda wanted=wanted: tapped.labels == wanted)
        requests = -1
        while requests != len(self._server.requests):
            requests = len(self._server.requests)
            await asyncio.sleep(QUIET_S)
        assert len(answerer.replies) == answered + is_heard
        replaced = [tapped] if tapped and len(new) < len(replies) else []
        return _as_seen([*replaced, *received[before:]], tapped=tapped, labels=labels)


def _as_seen(new: Sequence[Message], *, tapped: Message | None, labels: list[str]) -> Seen:
    cards = [card for message in new for card in message.cards]
    for message in new:
        for name, picture in message.files.items():
            if name.endswith(".jpg"):
                Image.open(BytesIO(picture)).verify()
        # Each card has its picture, or all of them are on the one beside them.
        assert not message.cards or _pictures(message) or all(one.image for one in message.cards)
    # After a tap, what only the tapper sees and what holds nothing but words is the notice.
    notices = [one for one in new if tapped and one.ephemeral and not (one.cards or one.buttons)]
    messages = [message for message in new if message not in notices]
    changed = tapped.labels if tapped and tapped.labels != labels else []
    return Seen(
        texts=tuple(message.text for message in messages if message.text),
        album=tuple(without_rank(card.title) for card in cards),
        pictures=sum(_pictures(message) for message in messages),
        buttons=tuple(messages[-1].labels if messages else changed),
        notices=tuple(message.text for message in notices),
    )


def _pictures(message: Message) -> int:
    """Those that are no card's."""
    shown = sum(name.endswith(".jpg") for name in message.files)
    return shown - sum(card.image is not None for card in message.cards)
