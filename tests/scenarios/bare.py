"""The driver without a platform: a person who talks to the conversation itself."""

from collections.abc import Awaitable, Callable, Sequence
from itertools import count

from bot.conversation.messages import (
    Answerer,
    Button,
    CommandMessage,
    Incoming,
    OtherKind,
    OtherMessage,
    PhotoMessage,
    PhotoRef,
    Reply,
    Sender,
    TapMessage,
    TextMessage,
)
from tests.scenarios.scenario import Seen

_update_ids = count(1)


def photo_ref(content: bytes) -> PhotoRef:
    """A photo that is there already."""

    async def load() -> bytes:
        return content

    return PhotoRef(load=load, size_bytes=len(content))


class BareDriver:
    """Sees replies as a platform would show them; ``keyboards`` are those of every message."""

    def __init__(
        self,
        answerer: Answerer,
        *,
        sender: Sender | None = None,
        reborn: Callable[[], Awaitable[Answerer]] | None = None,
    ) -> None:
        self.answerer = answerer
        self.sender = sender or Sender(platform="bare", person_id="ann", chat_id="ann")
        self._reborn = reborn
        self.keyboards: list[list[Button]] = []

    @property
    def abilities(self) -> frozenset[str]:
        return frozenset({"group", "admin", "album", "reply", *OtherKind})

    async def send_photos(self, photos: Sequence[bytes], *, caption: str = "") -> Seen:
        refs = tuple(photo_ref(content) for content in photos)
        return await self._send(
            PhotoMessage(
                sender=self.sender,
                update_id=self._next(),
                photos=refs,
                caption=caption,
                addressed=not self.sender.is_group,
            )
        )

    async def send_command(self, name: str, argument: str = "", photo: bytes | None = None) -> Seen:
        photos = () if photo is None else (photo_ref(photo),)
        return await self._send(
            CommandMessage(
                sender=self.sender,
                update_id=self._next(),
                name=name,
                argument=argument,
                photos=photos,
            )
        )

    async def send_text(self, text: str, *, reply_to: int | None = None) -> Seen:
        about = None
        if reply_to is not None:
            keyboard = list(filter(None, self.keyboards))[reply_to]
            about = next(button.action for button in keyboard if button.action)
        return await self._send(
            TextMessage(sender=self.sender, update_id=self._next(), text=text, about=about)
        )

    async def send_other(self, kind: OtherKind) -> Seen:
        return await self._send(OtherMessage(sender=self.sender, update_id=self._next(), what=kind))

    async def tap(self, label: str) -> Seen:
        for place, keyboard in reversed(list(enumerate(self.keyboards))):
            for button in keyboard:
                if button.label == label and button.action:
                    return await self.tap_action(button.action, message=place)
        raise AssertionError(f"no button {label!r}")

    async def tap_action(self, action: str, *, message: int | None = None) -> Seen:
        """Send an action, as from the message of that number."""
        tap = TapMessage(sender=self.sender, update_id=self._next(), action=action)
        return await self._send(tap, tapped=message)

    async def restart(self) -> None:
        assert self._reborn is not None
        self.answerer = await self._reborn()

    async def _send(self, message: Incoming, *, tapped: int | None = None) -> Seen:
        replies = await self.answerer.answer(message)
        shown: list[Button] = []
        for reply in replies:
            check(reply)
            flat = [button for row in reply.buttons for button in row]
            if (reply.replaces_buttons or reply.replaces_message) and tapped is not None:
                self.keyboards[tapped] = flat
            elif reply.text or reply.album:
                self.keyboards.append(flat)
            shown = flat
        return Seen(
            texts=tuple(reply.text for reply in replies if reply.text),
            album=tuple(card.title for reply in replies for card in reply.album),
            pictures=sum(reply.picture is not None for reply in replies),
            buttons=tuple(button.label for button in shown),
            notices=tuple(reply.notice for reply in replies if reply.notice),
        )

    @staticmethod
    def _next() -> str:
        return str(next(_update_ids))


def check(reply: Reply) -> None:
    """Hold a reply to what every platform can show."""
    assert len(reply.text) <= 2000
    assert len(reply.notice or "") <= 200
    assert len(reply.album) <= 5
    assert not (reply.document and (reply.album or reply.buttons or reply.picture))
    assert reply.picture or not reply.replaces_message
    assert len(reply.buttons) <= 5
    for row in reply.buttons:
        assert 1 <= len(row) <= 5
        for button in row:
            assert (button.action is None) != (button.url is None), button
            assert button.action is None or len(button.action.encode()) <= 64
            assert 1 <= len(button.label) <= 80
