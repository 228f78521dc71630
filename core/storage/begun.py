"""What was begun and has not come to its end, for the process that comes after."""

from datetime import datetime

from sqlalchemy import delete, select

from core.storage.database import Database
from core.storage.tables import seen_updates
from core.storage.upserts import insert_if_missing


class BegunStore:
    """Notes, in whatever words their writer understands; each stays until it is ended.

    They stand beside the updates that were seen, under a name that no platform has, and are
    forgotten with those.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, platform: str, note: str, at: datetime) -> None:
        """Keep a note."""
        row = {"platform": _begun(platform), "update_id": note, "at": at}
        async with self._database.write() as connection:
            await insert_if_missing(connection, seen_updates, row)

    async def end(self, platform: str, note: str) -> bool:
        """Erase a note; False when it is not there any more."""
        async with self._database.write() as connection:
            result = await connection.execute(
                delete(seen_updates).where(
                    seen_updates.c.platform == _begun(platform), seen_updates.c.update_id == note
                )
            )
            return bool(result.rowcount)

    async def left(self, platform: str) -> list[str]:
        """The notes that there are, the oldest first."""
        query = (
            select(seen_updates.c.update_id)
            .where(seen_updates.c.platform == _begun(platform))
            .order_by(seen_updates.c.at, seen_updates.c.update_id)
        )
        return [row.update_id for row in await self._database.rows(query)]


def _begun(platform: str) -> str:
    return f"{platform}, begun"
