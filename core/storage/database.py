"""The database: one write path, reads beside it, SQLite or PostgreSQL behind the same face."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sqlalchemy import Executable, Row
from sqlalchemy.engine import URL

from core.errors import ConfigurationError
from core.storage.engines import READERS, make_engine, translated
from core.storage.threaded import ThreadedEngine
from core.storage.transactions import (
    Engine,
    Parameters,
    Transaction,
    single_read,
    transaction,
)
from core.storage.upgrade import migrate

__all__ = ["FILE_NAME", "Database", "database_url", "migrate"]

FILE_NAME = "twinset.sqlite3"

_NO_URL = (
    "DATABASE_URL is neither postgres://user:password@host/name, with what is special in the "
    "password written as %XX, nor sqlite:///path."
)

#: Known to libpq and not to asyncpg, which would hand them to the server as settings.
_LIBPQ_ONLY = frozenset({"channel_binding", "connect_timeout", "gssencmode", "sslcompression"})


class Database:
    """An open database; made by ``async with Database.open(url) as database``."""

    def __init__(self, url: str, readers: Engine, writers: Engine) -> None:
        self._url = url
        self._readers = readers
        self._writers = writers
        self._write_turn = asyncio.Lock()
        # No more than the threads: who waits in one for a connection keeps those who have one
        # from giving it back.
        self._read_turns = asyncio.Semaphore(READERS)

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncIterator["Database"]:
        """Open what ``migrate`` has prepared; ``StorageFailed`` where there is no file."""
        readers = make_engine(url, read_only=True)
        writers = make_engine(url)
        try:
            yield cls(url, readers, writers)
        finally:
            await readers.dispose()
            await writers.dispose()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """One read-only transaction: a single state of the database, however long it takes.

        ``READERS`` are open at a time, so none waits for another within its block. Raises
        ``StorageFailed``.
        """
        async with self._read_turns:
            with translated(self._url):
                async with transaction(self._readers, write=False) as opened:
                    yield opened

    async def rows(
        self, statement: Executable, parameters: Parameters = None
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        """What one statement reads, in a transaction of its own; the quickest way to it.

        Raises ``StorageFailed``.
        """
        with translated(self._url):
            if isinstance(self._readers, ThreadedEngine):
                return await self._readers.rows(statement, parameters)
            async with self._read_turns:
                return await single_read(self._readers, statement, parameters)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """The one write transaction: what it reads holds until it commits, at the block's end.

        Writers of this process queue in order of arrival; those of others are waited for,
        ``MAX_WAIT_S`` at most. An error in the block undoes it all. Raises ``StorageFailed``.
        """
        async with self._write_turn:
            with translated(self._url):
                async with transaction(self._writers, write=True) as opened:
                    yield opened


def database_url(setting: str | None, state_dir: Path) -> str:
    """The URL that ``Database.open`` and ``migrate`` take, from the setting as hosts give it.

    ``postgres://``, ``postgresql://`` and ``sqlite:///`` are known; None is a file in the state
    directory. Raises ``ConfigurationError`` for anything else.
    """
    if not setting:
        path = (state_dir / FILE_NAME).absolute()
        return URL.create("sqlite", database=str(path)).render_as_string()
    scheme, separator, rest = setting.partition("://")
    match scheme.partition("+")[0] if separator else "":
        case "postgres" | "postgresql":
            return _without_libpq_only(f"postgresql://{rest}")
        case "sqlite":
            return f"sqlite://{rest}"
    raise ConfigurationError(_NO_URL)


def _without_libpq_only(url: str) -> str:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:  # its text may hold a part of the password
        raise ConfigurationError(_NO_URL) from None
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in _LIBPQ_ONLY]
    return urlunsplit(parts._replace(query=urlencode(kept)))
