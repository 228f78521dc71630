"""The photos of one album arrive as messages of their own; here they become one."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.conversation.messages import CommandMessage, Incoming, PhotoMessage, PhotoRef
from bot.telegram.updates import Received

_MOST_PHOTOS = 10


@dataclass(slots=True)
class _Open:
    timer: asyncio.TimerHandle
    parts: list[Received] = field(default_factory=list)


class Albums:
    """Collects albums and hands each on after ``quiet_s`` seconds without another photo."""

    def __init__(
        self, hand_on: Callable[[Received], None], *, quiet_s: float, most: int = 256
    ) -> None:
        self._hand_on = hand_on
        self._quiet_s = quiet_s
        self._most = most
        self._open: dict[tuple[int, str], _Open] = {}

    def add(self, part: Received) -> None:
        """Take one message of an album."""
        key = (part.place.chat_id, part.album or "")
        loop = asyncio.get_running_loop()
        timer = loop.call_later(self._quiet_s, self._close, key)
        if key in self._open:
            self._open[key].timer.cancel()
            self._open[key].timer = timer
        else:
            if len(self._open) >= self._most:
                self._close(next(iter(self._open)))
            self._open[key] = _Open(timer)
        parts = self._open[key].parts
        parts.append(part)
        if len(parts) >= _MOST_PHOTOS:
            self._close(key)

    def close_all(self) -> None:
        """Hand on what there is."""
        for key in list(self._open):
            self._close(key)

    def _close(self, key: tuple[int, str]) -> None:
        album = self._open.pop(key)
        album.timer.cancel()
        self._hand_on(_merged(album.parts))


def _merged(parts: list[Received]) -> Received:
    """One message for all: the command or the first photo, with everybody's photos."""
    photos = tuple(photo for part in parts for photo in _photos(part.incoming))
    notes = tuple(note for part in parts for note in part.notes)
    for part in parts:
        if isinstance(part.incoming, CommandMessage):
            return replace(part, incoming=replace(part.incoming, photos=photos), notes=notes)
    shown = [part for part in parts if isinstance(part.incoming, PhotoMessage)]
    if not shown:
        return replace(parts[0], notes=notes)
    messages = [part.incoming for part in shown if isinstance(part.incoming, PhotoMessage)]
    merged = replace(
        messages[0],
        photos=photos,
        caption=next((one.caption for one in messages if one.caption), ""),
        addressed=any(one.addressed for one in messages),
    )
    return replace(shown[0], incoming=merged, notes=notes)


def _photos(incoming: Incoming) -> tuple[PhotoRef, ...]:
    return incoming.photos if isinstance(incoming, PhotoMessage | CommandMessage) else ()
