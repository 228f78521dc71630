"""Which language people chose to be answered in, and groups."""

from sqlalchemy import and_, or_, select

from core.storage.database import Database
from core.storage.tables import languages
from core.storage.upserts import upsert


class LanguageStore:
    """Two-letter codes: a person's under ``person_id`` alone, a group's under ``chat_id``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def chosen(self, platform: str, *, person_id: str = "", chat_id: str = "") -> str | None:
        """The group's choice, else the person's, else None."""
        whose = [
            and_(languages.c.person_id == person, languages.c.chat_id == chat)
            for person, chat in (("", chat_id), (person_id, ""))
        ]
        query = (
            select(languages.c.language)
            .where(languages.c.platform == platform, or_(*whose))
            .order_by(languages.c.person_id)
        )
        rows = await self._database.rows(query)
        return rows[0][0] if rows else None

    async def choose(
        self, platform: str, language: str, *, person_id: str = "", chat_id: str = ""
    ) -> None:
        """Keep a choice, in place of an earlier one."""
        key = {"platform": platform, "person_id": person_id, "chat_id": chat_id}
        async with self._database.write() as connection:
            await upsert(connection, languages, {**key, "language": language}, key=list(key))
