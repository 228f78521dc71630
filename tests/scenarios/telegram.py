"""A person on the loopback Telegram, in private or in a group."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from io import BytesIO

from PIL import Image

from bot.conversation.messages import OtherKind, Reply
from bot.telegram.adapter import TelegramBot, Tuning
from tests.scenarios.running import QUIET_S, Drawn, Watched, without_rank
from tests.scenarios.scenario import Seen
from tests.scenarios.world import World
from tests.support.telegram_people import Chat, Received, Tap
from tests.support.telegram_server import TelegramServer
from tests.telegram.conftest import SPEED, TUNING, settings


def tuning(speed: float, **more: float) -> Tuning:
    """For a Telegram whose seconds are shorter; the bot's are a little longer than those.

    On a busy machine calls arrive unevenly.
    """
    limits = replace(
        TUNING.limits,
        overall_period_s=2 / speed,
        chat_every_s=1.6 / speed,
        group_period_s=70 / speed,
        patience_s=100 / speed + 60,
    )
    return replace(TUNING, limits=limits, **more)


# Typing is shown seldom: each of hundreds that wait would take as long as an answer.
_TUNING = tuning(SPEED, request_s=5, start_s=5, action_every_s=1)
_LONGEST_SIDES = 10_000
_RESTART_S = 10  # of Telegram's seconds


class TelegramHouse:
    """The server, and the bot on it; ``restart`` leaves only the database."""

    def __init__(self, world: World, server: TelegramServer) -> None:
        self.world = world
        self.server = server
        self.answerer = Watched(world.conversation())
        self._bot: TelegramBot | None = None

    async def start(self) -> None:
        polls = self.server.polls
        self.answerer = Watched(self.world.conversation())
        self._bot = TelegramBot(
            settings(self.server), self.answerer, Drawn(self.world), tuning=_TUNING
        )
        await self._bot.start()
        await self.server.until(lambda: self.server.polls > polls)

    @property
    def courier(self) -> TelegramBot:
        assert self._bot is not None
        return self._bot

    async def stop(self) -> None:
        assert self._bot is not None
        await self._bot.stop()
        # The poll that the bot hung up on is answered with a conflict that nobody reads.
        self.server.refused[:] = [one for one in self.server.refused if one.status != 409]


@asynccontextmanager
async def open_telegram(world: World) -> AsyncIterator[TelegramHouse]:
    async with TelegramServer(speed=SPEED) as server:
        house = TelegramHouse(world, server)
        await house.start()
        try:
            yield house
        finally:
            await house.stop()


class TelegramDriver:
    """Somebody new, in a chat of their own or a group."""

    def __init__(
        self, house: TelegramHouse, *, in_group: bool = False, is_admin: bool = False
    ) -> None:
        self._house = house
        self._server = house.server
        self._chat: Chat = house.server.group() if in_group else house.server.private()
        if is_admin:
            self._chat.admins.add(self._chat.person["id"])

    @property
    def name(self) -> str:
        """As operators are named."""
        return f"telegram:{self._chat.person['id']}"

    @property
    def heard(self) -> list[str]:
        """The words of all that came into this chat, whoever asked for it."""
        return [message.text.plain for message in self._chat.received]

    @property
    def abilities(self) -> frozenset[str]:
        return frozenset({"group", "admin", "album", "reply", *OtherKind})

    async def send_photos(self, photos: Sequence[bytes], *, caption: str = "") -> Seen:
        return await self._seen(lambda: self._post(photos, caption))

    async def send_command(self, name: str, argument: str, photo: bytes | None) -> Seen:
        words = f"/{name} {argument}".strip()
        if photo is None:
            return await self._seen(lambda: self._chat.send_text(words))
        if not self._chat.is_group:
            return await self._seen(lambda: self._post([photo], words))
        shown: list[dict] = []

        async def show() -> None:
            shown.append(await self._chat.send_photo(photo))

        assert (await self._seen(show)).is_silence
        return await self._seen(lambda: self._chat.send_text(words, reply_to=shown[0]))

    async def send_text(self, text: str, *, reply_to: int | None = None) -> Seen:
        with_buttons = [message for message in self._chat.received if message.buttons]
        message = None if reply_to is None else with_buttons[reply_to]
        return await self._seen(lambda: self._chat.send_text(text, reply_to=message))

    async def send_other(self, kind: OtherKind) -> Seen:
        chat = self._chat
        ways: dict[OtherKind, Callable[[], Awaitable[object]]] = {
            OtherKind.STICKER: lambda: chat.send_sticker(moves=True),
            OtherKind.VOICE: chat.send_voice,
            OtherKind.VIDEO: chat.send_video,
            OtherKind.GIF: chat.send_animation,
            OtherKind.FILE: lambda: chat.send_document(
                b"%PDF", name="list.pdf", mime="application/pdf"
            ),
            OtherKind.OTHER: lambda: chat.send_raw({"location": {"latitude": 1, "longitude": 2}}),
        }
        return await self._seen(ways[kind])

    async def tap(self, label: str) -> Seen:
        message = self._with_button(label)
        return await self._seen(lambda: self._chat.tap(message, label), tapped=message)

    async def restart(self) -> None:
        await self._house.stop()
        # A process takes that long to be there again; what it sent before is counted no more.
        await asyncio.sleep(_RESTART_S / SPEED)
        await self._house.start()

    def _with_button(self, label: str) -> Received:
        for message in reversed(self._chat.received):
            for button in (button for row in message.buttons for button in row):
                if button["text"] == label and "callback_data" in button:
                    return message
        raise AssertionError(f"no button {label!r}")

    async def _post(self, photos: Sequence[bytes], caption: str) -> None:
        """Photos as photos; what Telegram makes no photo of goes as a file of that name."""
        if len(photos) > 1:
            await self._chat.send_album(photos, caption=caption)
        elif _is_photo(photos[0]):
            await self._chat.send_photo(photos[0], caption=caption)
        else:
            kind = "png" if photos[0].startswith(b"\x89PNG") else "jpeg"
            await self._chat.send_document(
                photos[0], name=f"photo.{kind}", mime=f"image/{kind}", caption=caption
            )

    async def _seen(
        self, doing: Callable[[], Awaitable[object]], *, tapped: Received | None = None
    ) -> Seen:
        """Do something and wait until its answer is there and nothing follows."""
        received, answerer = self._chat.received, self._house.answerer
        before, answered = len(received), len(answerer.replies)
        labels = tapped.labels if tapped else []
        done = await doing()
        await self._server.until(lambda: len(answerer.replies) > answered)
        [replies] = answerer.replies[answered:]
        shown = sum(_messages(reply) for reply in replies)
        await self._server.until(lambda: len(received) >= before + shown)
        if isinstance(done, Tap):
            await self._server.until(lambda: done.answered)
        for reply in replies:
            if tapped and (reply.replaces_buttons or reply.replaces_message):
                wanted = [button.label for row in reply.buttons for button in row]
                await self._server.until(lambda wanted=wanted: tapped.labels == wanted)
        calls = -1
        while calls != len(self._server.calls):
            calls = len(self._server.calls)
            await asyncio.sleep(QUIET_S)
        assert answerer.replies[answered:] == [replies]
        changed = tapped.labels if tapped and tapped.labels != labels else []
        replaced = [tapped] if tapped and any(one.replaces_message for one in replies) else []
        return _as_seen(
            [*replaced, *received[before:]],
            changed=changed,
            notice=done.notice if isinstance(done, Tap) else None,
        )


def _messages(reply: Reply) -> int:
    """How many new messages make it."""
    if reply.replaces_message:
        return 0
    return 1 if reply.picture else len(reply.album) + bool(reply.text)


def _as_seen(new: Sequence[Received], *, changed: Sequence[str], notice: str | None) -> Seen:
    pictures = [message for message in new if message.picture is not None]
    for message in pictures:
        message.image.verify()
    # A card's title is bold, and an outfit has the titles of all that is on its picture.
    cards = [message for message in pictures if message.text.bold and not message.buttons]
    return Seen(
        texts=tuple(message.text.plain for message in new if message not in cards),
        album=tuple(without_rank(title) for one in pictures for title in one.text.bold),
        pictures=len(pictures) - len(cards),
        buttons=tuple(new[-1].labels if new else changed),
        notices=(notice,) if notice else (),
    )


def _is_photo(content: bytes) -> bool:
    """Whether Telegram's clients make a photo of it."""
    try:
        with Image.open(BytesIO(content)) as image:
            image.load()
            return sum(image.size) <= _LONGEST_SIDES
    except (OSError, Image.DecompressionBombError):
        return False
