"""SQLite in threads of its own: a statement is one trip to another thread and back.

SQLAlchemy's asyncio driver makes nine for a read of one statement, which take longer than the
read (docs/decisions/0023-sqlite-in-threads.md).
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, CursorResult, Dialect, Engine, Executable, Row, ScalarResult

T = TypeVar("T")


class ThreadedEngine:
    """An engine whose connections are used in threads, one statement at a time."""

    def __init__(self, engine: Engine, *, threads: int) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="sqlite")

    def connect(self) -> "ThreadedConnection":
        """A connection, not opened yet."""
        return ThreadedConnection(self._engine, self._threads)

    async def rows(
        self,
        statement: Executable,
        parameters: Any = None,  # noqa: ANN401  as SQLAlchemy types it
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        """What a statement reads, in a transaction of its own: all of it in one trip."""

        def work() -> Sequence[Row[*tuple[Any, ...]]]:
            with self._engine.connect() as connection, connection.begin():
                return connection.execute(statement, parameters).all()

        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def dispose(self) -> None:
        """Close every connection and end the threads."""
        await asyncio.get_running_loop().run_in_executor(self._threads, self._engine.dispose)
        self._threads.shutdown(wait=False)


class ThreadedConnection:
    """What a transaction needs, in the manner of SQLAlchemy's ``AsyncConnection``."""

    def __init__(self, engine: Engine, threads: ThreadPoolExecutor) -> None:
        self._engine = engine
        self._threads = threads
        self._opened: Connection | None = None

    @property
    def dialect(self) -> Dialect:
        """The engine's."""
        return self._engine.dialect

    @property
    def sync_connection(self) -> Connection | None:
        """The connection in the threads, None while there is none."""
        return self._opened

    async def start(self) -> None:
        """Open it and begin a transaction."""

        def work() -> None:
            self._opened = self._engine.connect()
            self._opened.begin()

        await self._run(work)

    async def execute(
        self,
        statement: Executable,
        parameters: Any = None,  # noqa: ANN401  as SQLAlchemy types it
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run a statement; its rows, if it returns any, are there at once."""

        def work() -> CursorResult[*tuple[Any, ...]]:
            result = self._connection.execute(statement, parameters)
            if not result.returns_rows:
                return result
            # Of a cursor's result it has all but what statements without rows have.
            return cast("CursorResult[*tuple[Any, ...]]", result.freeze()())

        return await self._run(work)

    async def scalar(self, statement: Executable) -> Any:  # noqa: ANN401  whatever the column holds
        """The first column of the first row, None without one."""
        return await self._run(lambda: self._connection.scalar(statement))

    async def scalars(self, statement: Executable) -> ScalarResult[Any]:
        """The first column of every row."""
        return (await self.execute(statement)).scalars()

    async def run_sync(self, work: Callable[[Connection], T]) -> T:
        """Do something else with the connection, in a thread."""
        return await self._run(lambda: work(self._connection))

    async def commit(self) -> None:
        """Commit and close, in one trip."""

        def work() -> None:
            self._connection.commit()
            self._close()

        await self._run(work)

    async def close(self) -> None:
        """Close, undoing what has not been committed."""
        if self._opened is not None:
            await self._run(self._close)

    @property
    def _connection(self) -> Connection:
        assert self._opened is not None  # noqa: S101  started before
        return self._opened

    def _close(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)
