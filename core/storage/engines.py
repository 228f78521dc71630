"""Engines whose transactions are what ``Database`` promises, and the errors of their drivers."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.errors import ConfigurationError, StorageFailed
from core.storage.threaded import ThreadedEngine
from core.storage.transactions import Engine

MAX_WAIT_S = 30
"""How long a writer waits for another process's transaction."""

READERS = 4
"""Connections that read, and on SQLite their threads."""


def make_engine(url: str, *, read_only: bool = False, foreign_keys: bool = True) -> Engine:
    """An engine whose transactions are what ``Database`` promises of them.

    Raises ``StorageFailed`` where there is no SQLite file yet.
    """
    if url.startswith("sqlite"):
        return _sqlite(sqlite_path(url), read_only=read_only, foreign_keys=foreign_keys)
    return _postgresql(url, read_only=read_only)


def sqlite_path(url: str) -> Path:
    """The database file of a ``sqlite:///`` URL."""
    try:
        database = make_url(url).database
    except ArgumentError as error:
        raise ConfigurationError(f"DATABASE_URL: {error}") from None
    if not database or database == ":memory:":
        raise ConfigurationError("DATABASE_URL names no SQLite file.")
    return Path(database)


def _sqlite(path: Path, *, read_only: bool, foreign_keys: bool) -> ThreadedEngine:
    if not path.exists():
        raise StorageFailed(f"There is no database at {path} yet; `migrate` makes one.")
    threads = READERS if read_only else 1
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": MAX_WAIT_S, "check_same_thread": False},
        hide_parameters=True,
        pool_size=threads,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        # The driver's own BEGIN comes late and deferred; ours is sent by ``begin`` below.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
        # FULL: a claimed delivery must outlive a power cut, or it would be sent twice.
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute(f"PRAGMA query_only = {int(read_only)}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return ThreadedEngine(engine, threads=threads)


def _postgresql(url: str, *, read_only: bool) -> AsyncEngine:
    # asyncpg reads the URL itself, as libpq would (sslmode, sslrootcert, several hosts, ...).
    return create_async_engine(
        "postgresql+asyncpg://",
        connect_args={
            "dsn": url,
            "server_settings": {
                "lock_timeout": f"{MAX_WAIT_S}s",
                "timezone": "UTC",
                "default_transaction_read_only": "on" if read_only else "off",
            },
        },
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=READERS if read_only else 1,
        max_overflow=READERS if read_only else 1,
        # Transactions ask for another. A ping outside of one is a single trip to the server.
        isolation_level="AUTOCOMMIT",
    )


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Turn what drivers, pools and disks raise into ``StorageFailed``.

    ``url`` is the database's, whose file is named where it is damaged. A broken constraint or a
    value that does not fit is our own mistake and stays as it is.
    """
    try:
        yield
    except (IntegrityError, DataError):
        raise
    except DBAPIError as error:
        if _is_damaged(error.orig):
            raise _damaged(url, error.orig) from error
        raise StorageFailed(f"The database failed: {error.orig}") from error
    except (PoolTimeout, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise StorageFailed(f"The database failed: {error}") from error
    except (OSError, TimeoutError, sqlite3.Error) as error:
        if _is_damaged(error):
            raise _damaged(url, error) from error
        raise StorageFailed(f"The database cannot be reached: {error}") from error


def _is_damaged(error: BaseException | None) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # what is above tells more of the same
    return code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _damaged(url: str, error: BaseException | None) -> StorageFailed:
    return StorageFailed(f"The database {sqlite_path(url)} is damaged: {error}.")
