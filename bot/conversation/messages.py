"""The neutral forms: what every platform's update becomes, and what every answer is made of."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from core.catalogue import Match
from core.looks import Look
from core.storage.opens import Opening
from core.vision.regions import Region


async def _is_not_told() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who wrote, and where.

    ``language`` is the client's IETF tag, if the platform tells it. ``is_admin`` asks the platform
    whether they run this group, ``hears_all`` whether the bot gets to see what its members show
    each other; where it does not tell, neither. Where the sender ``sees_alone`` what is answered,
    it can be shared with the group.
    """

    platform: str
    person_id: str
    chat_id: str
    is_group: bool = False
    language: str | None = None
    sees_alone: bool = False
    is_admin: Callable[[], Awaitable[bool]] = field(default=_is_not_told, compare=False, repr=False)
    hears_all: Callable[[], Awaitable[bool]] = field(
        default=_is_not_told, compare=False, repr=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoRef:
    """A photo that can be loaded; nothing is downloaded before ``load`` is called.

    ``load`` raises ``PhotoError`` for what the platform already knows to be wrong, and
    ``FetchError`` when the download fails.
    """

    load: Callable[[], Awaitable[bytes]]
    size_bytes: int | None = None


class OtherKind(StrEnum):
    """What can be sent that is not a photo."""

    STICKER = "sticker"
    VOICE = "voice"
    VIDEO = "video"
    GIF = "gif"
    FILE = "file"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One update. ``update_id`` is unique within its platform, so that a repeat is dropped."""

    sender: Sender
    update_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoMessage(Incoming):
    """Photos in a chat; several when they were sent as one album.

    ``addressed`` is False for a photo that a group's members show each other.
    """

    photos: tuple[PhotoRef, ...]
    caption: str = ""
    addressed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandMessage(Incoming):
    """A command without its slash; ``photos`` are those it was sent with or replies to.

    ``link`` is as in ``TextMessage``, or of what it replies to.
    """

    name: str
    argument: str = ""
    photos: tuple[PhotoRef, ...] = ()
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMessage(Incoming):
    """Plain words, addressed to the bot.

    ``link`` is the web address behind them where the platform knows one that they do not spell
    out; ``about`` the action of a button under the message that they reply to, if it has one.
    """

    text: str
    link: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupMessage(Incoming):
    """Words that are still being typed, for a list to choose from.

    The answer is an album of up to twenty, from the place ``start`` on; a text where there is none.
    """

    text: str
    start: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TapMessage(Incoming):
    """A tap on a button of an earlier reply; ``action`` is that button's."""

    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherMessage(Incoming):
    """Something that is not searched by."""

    what: OtherKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure(Incoming):
    """The person blocked the bot, or the chat removed it. Answered by silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interrupted(Incoming):
    """An earlier message whose answer a restart broke off. Answered by an apology."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration(Incoming):
    """The chat has a new id (a Telegram group that became a supergroup). Answered by silence."""

    new_chat_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One product of an album.

    ``details`` is price and shop; ``url`` is the buy link, and ``buy`` what to call it.
    """

    rank: int
    title: str
    details: str
    url: str | None
    buy: str
    match: Match


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button does either: open ``url``, or send ``action`` (at most 64 bytes) back.

    What a buy link ``opens`` is said beside its ``url``. ``rank`` is the card that it is about,
    ``is_on`` the state of what can be turned on and off, for platforms that show more than a label.
    """

    label: str
    action: str | None = None
    url: str | None = None
    opens: Opening | None = None
    rank: int | None = None
    is_on: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file to keep; ``name`` has a suffix that says what it holds."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer: an album, then one message with text and buttons (rows of at most five).

    A reply to a tap may instead carry a ``notice`` (a passing line of at most 200 characters)
    and ``replaces_buttons``: then ``buttons`` take the place of the tapped message's. With
    ``replaces_message`` all of it does, where that can still be changed.
    ``private`` asks for an answer that only the sender sees, where the platform has such,
    ``shared`` for one that all see where the sender would see it alone. ``more`` says that a list
    goes on.
    ``regions`` are the garments that were found in the photo, the largest first. A ``picture``
    (a JPEG) goes with its text and its buttons in one message; an album beside it is what is on
    the picture, to be told in words. A ``document`` has neither album nor buttons. ``language`` is
    one that was just chosen, for a platform that has words of its own.
    """

    text: str = ""
    album: tuple[Card, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    look: Look | None = None
    regions: tuple[Region, ...] = ()
    notice: str | None = None
    replaces_buttons: bool = False
    replaces_message: bool = False
    private: bool = False
    shared: bool = False
    more: bool = False
    document: Document | None = None
    picture: bytes | None = None
    language: str | None = None


class Answerer(Protocol):
    """What an adapter needs of the conversation."""

    async def answer(self, message: Incoming) -> list[Reply]:
        """The replies to a message, in order; empty when silence is right. Never raises."""
        ...


class Pictures(Protocol):
    """What an adapter needs to show an album."""

    async def jpeg(self, match: Match) -> bytes | None:
        """The product's picture as JPEG (at most 1,280 px a side), None when there is none."""
        ...


class Courier(Protocol):
    """A platform that can be written to unasked, as for daily picks."""

    @property
    def platform(self) -> str:
        """Its name, as in ``Sender.platform``."""
        ...

    async def deliver(self, chat_id: str, reply: Reply) -> str:
        """Send the reply and return its message id.

        Raises ``Undeliverable`` when the chat is gone for good, ``FetchFailed`` when it may
        succeed later.
        """
        ...
