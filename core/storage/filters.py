"""What people's searches stay within, and groups'."""

from sqlalchemy import ColumnElement, and_, delete, select

from core.storage.database import Database
from core.storage.tables import filters
from core.storage.upserts import upsert
from core.storage.wishes import read_wish, written_wish
from core.wishes import Wish


class FilterStore:
    """Filters are a wish for every search.

    A person's are under ``person_id`` alone, a group's under ``chat_id`` alone.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, platform: str, *, person_id: str = "", chat_id: str = "") -> Wish:
        """What is set; an empty wish where nothing is."""
        whose = _of(platform, person_id, chat_id)
        rows = await self._database.rows(select(filters.c.wish).where(whose))
        return (read_wish(rows[0].wish) if rows else None) or Wish()

    async def keep(
        self, platform: str, wish: Wish, *, person_id: str = "", chat_id: str = ""
    ) -> None:
        """Set the filters, in place of earlier ones; of an empty wish nothing is kept."""
        key = {"platform": platform, "person_id": person_id, "chat_id": chat_id}
        async with self._database.write() as connection:
            if wish == Wish():
                await connection.execute(delete(filters).where(_of(**key)))
            else:
                row = {**key, "wish": written_wish(wish)}
                await upsert(connection, filters, row, key=list(key))


def _of(platform: str, person_id: str, chat_id: str) -> ColumnElement[bool]:
    return and_(
        filters.c.platform == platform,
        filters.c.person_id == person_id,
        filters.c.chat_id == chat_id,
    )
