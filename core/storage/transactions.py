"""Transactions that a cancelled caller cannot leave half open.

A driver's call that is interrupted leaves its connection in a state that nobody knows: a
cancelled writer on SQLite was seen to hold the file's lock for good. So a cancellation is
heeded between calls only.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Executable, Row, ScalarResult, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from core.storage.threaded import ThreadedConnection, ThreadedEngine

T = TypeVar("T")
Engine = AsyncEngine | ThreadedEngine
Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None

_WRITERS = 7_469_878_323  # names the advisory lock that PostgreSQL's writers share


class Transaction:
    """What stores need of a connection."""

    def __init__(self, connection: AsyncConnection | ThreadedConnection) -> None:
        self._connection = connection

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._connection.dialect.name

    async def execute(
        self, statement: Executable, parameters: Parameters = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run a statement, once for each set of parameters; its rows are there at once."""
        return await uninterrupted(self._connection.execute(statement, parameters))

    async def scalar(self, statement: Executable) -> Any:  # noqa: ANN401  whatever the column holds
        """The first column of the first row, None without one."""
        return await uninterrupted(self._connection.scalar(statement))

    async def scalars(self, statement: Executable) -> ScalarResult[Any]:
        """The first column of every row."""
        return await uninterrupted(self._connection.scalars(statement))

    async def run_sync(self, work: Callable[[Connection], T]) -> T:
        """Do blocking work, such as Alembic's, on this connection."""
        return await uninterrupted(self._connection.run_sync(work))


@asynccontextmanager
async def transaction(engine: Engine, *, write: bool) -> AsyncIterator[Transaction]:
    """A transaction, for a writer the only one; committed at the block's end, else undone."""
    connection = engine.connect()
    try:
        await uninterrupted(_begin(connection, write=write))
        opened = Transaction(connection)
        if write and opened.dialect == "postgresql":  # SQLite's BEGIN IMMEDIATE has done it
            await opened.execute(text(f"SELECT pg_advisory_xact_lock({_WRITERS})"))
        yield opened
        await uninterrupted(connection.commit())
    finally:
        if connection.sync_connection is not None:  # it was reached
            await uninterrupted(connection.close())


async def single_read(
    engine: AsyncEngine, statement: Executable, parameters: Parameters
) -> Sequence[Row[*tuple[Any, ...]]]:
    """What one statement reads: a transaction by itself, with no trip to begin or end it."""

    async def work() -> Sequence[Row[*tuple[Any, ...]]]:
        async with engine.connect() as connection:
            return (await connection.execute(statement, parameters)).all()

    return await uninterrupted(work())


async def uninterrupted(work: Coroutine[Any, Any, T]) -> T:
    """Await the work to its end, and only then heed a cancellation that came meanwhile."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is None:
        return task.result()
    task.exception()  # retrieved, so that it is not reported as lost
    raise cancelled


async def _begin(connection: AsyncConnection | ThreadedConnection, *, write: bool) -> None:
    await connection.start()
    if isinstance(connection, AsyncConnection):
        level = "READ COMMITTED" if write else "REPEATABLE READ"
        await connection.execution_options(isolation_level=level)
        await connection.begin()
