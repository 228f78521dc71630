"""One at a time in each chat; chats never wait for each other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from core.errors import Busy


@dataclass(slots=True)
class _Line:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    length: int = 0


class ChatLines:
    """A line for each chat that has something under way, and none for the others."""

    def __init__(self, *, max_length: int = 10, turn_s: float = 1.0) -> None:
        """At most ``max_length`` stand in one line; ``turn_s`` is about how long one takes."""
        self._lines: dict[tuple[str, str], _Line] = {}
        self._max_length = max_length
        self._turn_s = turn_s

    def __len__(self) -> int:
        return len(self._lines)

    @asynccontextmanager
    async def turn(
        self, platform: str, chat_id: str, *, leaving: int = 0, always: bool = False
    ) -> AsyncIterator[None]:
        """Wait for this chat's turn and hold it; ``Busy`` at once when its line is full.

        For what can do without, it is full while so many places are left; for what must not be
        lost, it never is.
        """
        chat = (platform, chat_id)
        line = self._lines.setdefault(chat, _Line())
        if line.length >= self._max_length - leaving and not always:
            raise Busy(retry_after_s=line.length * self._turn_s)
        line.length += 1
        try:
            async with line.lock:
                yield
        finally:
            line.length -= 1
            if not line.length:
                del self._lines[chat]
