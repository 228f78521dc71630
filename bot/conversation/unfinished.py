"""What a process had begun to answer when it was ended, for the one that comes after."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.conversation.messages import Incoming, Interrupted, Sender
from core.errors import TwinsetError
from core.storage.begun import BegunStore

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A message that was not answered to its end.

    ``message`` is answered by an apology, once. ``update_id`` is that of the unanswered message,
    ``place`` what the platform noted of where its answer goes, ``note`` what ends it.
    """

    message: Interrupted
    update_id: str
    place: str
    note: str


class Journal(Protocol):
    """Keeps what is under way beyond the end of the process. Nothing here raises."""

    async def begin(self, message: Incoming, place: str) -> str:
        """Note that an answer is begun; returns what ends it."""
        ...

    async def end(self, platform: str, note: str) -> bool:
        """The answer is given; False when that was noted before."""
        ...

    async def left(self, platform: str) -> list[Left]:
        """What has not ended, the oldest first."""
        ...


class Forgetful:
    """Keeps nothing."""

    async def begin(self, message: Incoming, place: str) -> str:  # noqa: ARG002 - a protocol's
        """As ``Journal``."""
        return ""

    async def end(self, platform: str, note: str) -> bool:  # noqa: ARG002 - likewise
        """As ``Journal``."""
        return True

    async def left(self, platform: str) -> list[Left]:  # noqa: ARG002 - likewise
        """As ``Journal``."""
        return []


class Unfinished:
    """The journal in the database. What it cannot note is answered all the same."""

    def __init__(self, store: BegunStore, *, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    async def begin(self, message: Incoming, place: str) -> str:
        """As ``Journal``."""
        sender = message.sender
        note = json.dumps(
            [
                message.update_id,
                sender.person_id,
                sender.chat_id,
                sender.is_group,
                sender.language,
                place,
            ]
        )
        try:
            await self._store.begin(sender.platform, note, self._now())
        except TwinsetError as error:
            _log.warning("What is begun is not noted: %s", error)
        return note

    async def end(self, platform: str, note: str) -> bool:
        """As ``Journal``."""
        try:
            return await self._store.end(platform, note)
        except TwinsetError as error:
            _log.warning("What is answered is not noted: %s", error)
            return False

    async def left(self, platform: str) -> list[Left]:
        """As ``Journal``."""
        try:
            notes = await self._store.left(platform)
        except TwinsetError as error:
            _log.warning("What was left unanswered cannot be read: %s", error)
            return []
        return [_read(platform, note) for note in notes]


def _read(platform: str, note: str) -> Left:
    update_id, person_id, chat_id, is_group, language, place = json.loads(note)
    sender = Sender(
        platform=platform,
        person_id=person_id,
        chat_id=chat_id,
        is_group=is_group,
        language=language,
    )
    message = Interrupted(sender=sender, update_id=f"interrupted:{update_id}")
    return Left(message=message, update_id=update_id, place=place, note=note)
