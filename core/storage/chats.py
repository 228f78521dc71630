"""How groups want it: what their admins set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, delete, exists, select, update

from core.storage.database import Database
from core.storage.tables import chats
from core.storage.upserts import upsert


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From ``start`` to ``end``, over midnight where that is earlier, by the clocks of a zone.

    ``timezone`` is an IANA name.
    """

    start: time
    end: time
    timezone: str

    def cover(self, at: datetime) -> bool:
        """Whether that moment is one of them."""
        local = at.astimezone(ZoneInfo(self.timezone)).time()
        if self.start <= self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSettings:
    """What is set for a group; of whoever set nothing, as it is here.

    ``every_photo`` is whether photos are answered that nobody asked about; ``barred`` are the
    names of shops that are not searched. ``quiet_hours`` hold where it ``keeps_quiet``.
    """

    every_photo: bool = False
    keeps_quiet: bool = False
    quiet_hours: QuietHours | None = None
    barred: tuple[str, ...] = ()

    def is_quiet(self, at: datetime) -> bool:
        """Whether nothing is to be said unasked at that moment."""
        return self.keeps_quiet and self.quiet_hours is not None and self.quiet_hours.cover(at)


class ChatStore:
    """Settings by chat."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, platform: str, chat_id: str) -> ChatSettings:
        """What is set there. Who asks for it is there, so a departure before is void."""
        query = select(chats).where(_is(platform, chat_id))
        rows = await self._database.rows(query)
        if not rows:
            return ChatSettings()
        (row,) = rows
        if row.left_at is not None:
            await self._set(platform, chat_id, left_at=None)
        hours = None
        if row.timezone is not None:
            hours = QuietHours(start=row.quiet_from, end=row.quiet_to, timezone=row.timezone)
        return ChatSettings(
            every_photo=row.every_photo,
            keeps_quiet=row.keeps_quiet,
            quiet_hours=hours,
            barred=tuple(row.barred or ()),
        )

    async def answer_every_photo(self, platform: str, chat_id: str, *, on: bool) -> None:
        """Whether photos are to be answered that nobody asked about."""
        await self._set(platform, chat_id, every_photo=on)

    async def keep_quiet(
        self, platform: str, chat_id: str, *, on: bool, hours: QuietHours | None = None
    ) -> None:
        """Whether quiet hours hold; these, or those that were set before."""
        values: dict[str, object] = {"keeps_quiet": on}
        if hours:
            values |= {
                "quiet_from": hours.start,
                "quiet_to": hours.end,
                "timezone": hours.timezone,
            }
        await self._set(platform, chat_id, **values)

    async def bar(self, platform: str, chat_id: str, shops: Sequence[str]) -> None:
        """Which shops are not to be searched, and no others."""
        await self._set(platform, chat_id, barred=list(shops))

    async def left(self, platform: str, chat_id: str, at: datetime) -> None:
        """Note that the bot is there no more: what is set may be needed again soon."""
        async with self._database.write() as connection:
            await connection.execute(update(chats).where(_is(platform, chat_id)).values(left_at=at))

    async def move(self, platform: str, old: str, new: str) -> None:
        """Carry over what is set to a chat's new id, unless something is set there already.

        Harmless when repeated.
        """
        if old == new:
            return
        async with self._database.write() as connection:
            if await connection.scalar(select(exists().where(_is(platform, new)))):
                await connection.execute(delete(chats).where(_is(platform, old)))
            await connection.execute(
                update(chats).where(_is(platform, old)).values(chat_id=new, left_at=None)
            )

    async def purge(self, before: datetime) -> int:
        """Erase what is set for chats that the bot left before; returns how many."""
        async with self._database.write() as connection:
            result = await connection.execute(delete(chats).where(chats.c.left_at < before))
            return result.rowcount

    async def _set(self, platform: str, chat_id: str, **values: object) -> None:
        row = {"platform": platform, "chat_id": chat_id, "left_at": None, **values}
        async with self._database.write() as connection:
            await upsert(connection, chats, row, key=["platform", "chat_id"])


def _is(platform: str, chat_id: str) -> ColumnElement[bool]:
    return and_(chats.c.platform == platform, chats.c.chat_id == chat_id)
