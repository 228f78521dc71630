"""Conversations that every platform must hold alike: what is sent, and what is seen then."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.conversation.messages import OtherKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a person sees after one step, whatever the platform makes of it.

    ``texts`` are the messages' words without markup, in order; ``album`` the titles of the
    products shown, in order; ``pictures`` counts the others; ``buttons`` the labels under what came
    or changed last, in order; ``notices`` what passed by after a tap.
    """

    texts: tuple[str, ...] = ()
    album: tuple[str, ...] = ()
    pictures: int = 0
    buttons: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def is_silence(self) -> bool:
        """Whether nothing at all was to be seen."""
        return not (self.texts or self.album or self.pictures or self.buttons or self.notices)


class Driver(Protocol):
    """A person at one platform, in one chat. A platform's tests write one."""

    @property
    def abilities(self) -> frozenset[str]:
        """What can be done there.

        Of ``group``, ``admin``, ``album``, ``reply`` and ``OtherKind``'s names.
        """
        ...

    async def send_photos(self, photos: Sequence[bytes], *, caption: str = "") -> Seen:
        """Send a photo, or several as one message, as one does in that chat."""
        ...

    async def send_command(self, name: str, argument: str, photo: bytes | None) -> Seen:
        """Give a command; with a photo, as that platform gives a command a photo."""
        ...

    async def send_text(self, text: str, *, reply_to: int | None = None) -> Seen:
        """Write to the bot, or reply to the message with buttons of that number, from 0."""
        ...

    async def send_other(self, kind: OtherKind) -> Seen:
        """Send something that is not a photo."""
        ...

    async def tap(self, label: str) -> Seen:
        """Tap the latest button of that label."""
        ...

    async def restart(self) -> None:
        """Stop the bot, and start another over the same database."""
        ...


@dataclass(frozen=True, slots=True)
class Photo:
    """Send photos, in one message."""

    content: bytes
    caption: str = ""
    others: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """Give a command."""

    name: str
    argument: str = ""
    photo: bytes | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Write to the bot; ``reply_to`` counts the messages with buttons, from 0."""

    text: str
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """Send something that is not a photo."""

    kind: OtherKind


@dataclass(frozen=True, slots=True)
class Tap:
    """Tap a button."""

    label: str


@dataclass(frozen=True, slots=True)
class Restart:
    """The bot is stopped and started; expects nothing."""


Doing = Photo | Command | Words | Other | Tap | Restart


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """The substance of what must be seen.

    ``says`` must each be part of the texts, ``notice`` of the notices; ``cards`` is the length of
    the album, ``first`` its first title, ``pictures`` how many others; ``buttons`` must be there,
    ``no_buttons`` must not.
    """

    says: tuple[str, ...] = ()
    notice: str | None = None
    cards: int = 0
    first: str | None = None
    pictures: int = 0
    buttons: tuple[str, ...] = ()
    no_buttons: tuple[str, ...] = ()
    silence: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done, and what comes of it."""

    do: Doing
    expect: Expect = field(default_factory=Expect)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A conversation. ``needs`` are abilities that a platform may lack: it is left out there."""

    name: str
    steps: tuple[Step, ...]
    needs: frozenset[str] = frozenset()


async def play(scenario: Scenario, driver: Driver) -> None:
    """Hold the conversation; an ``AssertionError`` names the step that was answered otherwise."""
    for number, step in enumerate(scenario.steps, 1):
        seen = await _do(step.do, driver)
        _check(f"{scenario.name}, step {number} ({type(step.do).__name__})", step.expect, seen)


async def _do(doing: Doing, driver: Driver) -> Seen:
    match doing:
        case Photo():
            return await driver.send_photos([doing.content, *doing.others], caption=doing.caption)
        case Command():
            return await driver.send_command(doing.name, doing.argument, doing.photo)
        case Words():
            return await driver.send_text(doing.text, reply_to=doing.reply_to)
        case Other():
            return await driver.send_other(doing.kind)
        case Tap():
            return await driver.tap(doing.label)
        case Restart():
            await driver.restart()
    return Seen()


def _check(where: str, expect: Expect, seen: Seen) -> None:
    words, notices = "\n".join(seen.texts), "\n".join(seen.notices)
    if expect.silence:
        assert seen.is_silence, f"{where}: not silent: {seen}"
    for part in expect.says:
        assert part in words, f"{where}: {part!r} is not said in {words!r}"
    if expect.notice is not None:
        assert expect.notice in notices, f"{where}: no notice {expect.notice!r} in {notices!r}"
    assert len(seen.album) == expect.cards, f"{where}: {len(seen.album)} cards: {seen.album}"
    assert seen.pictures == expect.pictures, f"{where}: {seen.pictures} pictures"
    if expect.first is not None:
        assert seen.album[0] == expect.first, f"{where}: {seen.album}"
    for label in expect.buttons:
        assert label in seen.buttons, f"{where}: no button {label!r} among {seen.buttons}"
    for label in expect.no_buttons:
        assert label not in seen.buttons, f"{where}: a button {label!r} among {seen.buttons}"
