"""Bring a database to the present tables."""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from core.errors import StorageFailed
from core.storage.engines import (
    MAX_WAIT_S,
    make_engine,
    sqlite_path,
    translated,
)
from core.storage.transactions import transaction

_MIGRATIONS = Path(__file__).parent / "migrations"


async def migrate(url: str) -> None:
    """Create the database's tables or bring them up to date, in one transaction.

    Does nothing where nothing is to do; processes that migrate at once wait for each other.
    Raises ``StorageFailed``, also when the database was made by a newer Twinset.
    """
    with translated(url):
        if url.startswith("sqlite"):
            await asyncio.to_thread(_create_file, sqlite_path(url))
        # Rebuilding a table, SQLite's way to alter it, would cascade with foreign keys on.
        engine = make_engine(url, foreign_keys=False)
        try:
            async with transaction(engine, write=True) as opened:
                await opened.run_sync(_upgrade)
        finally:
            await engine.dispose()


def _upgrade(connection: Connection) -> None:
    if _is_current(connection):
        return
    from alembic import command  # noqa: PLC0415 - a twentieth of a start, and seldom wanted
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StorageFailed(f"The database cannot be migrated: {error}") from error
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise StorageFailed(f"The migration would leave {broken[0]} rows without their parent.")


def _is_current(connection: Connection) -> bool:
    """Whether the last of the migrations, whose files are named by their numbers, was made."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return False
    made = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    last = max(file.name for file in (_MIGRATIONS / "versions").glob("m*_*.py"))
    return bool(last.startswith(f"m{made}_"))


def _create_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    give_up_at = time.monotonic() + MAX_WAIT_S
    with closing(sqlite3.connect(path, timeout=MAX_WAIT_S)) as connection:
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                # The switch does not wait for another process that is just doing the same.
                if "locked" not in str(error) or time.monotonic() > give_up_at:
                    raise
                time.sleep(0.05)
            else:
                return
