"""The same tests on both databases: ``database`` is migrated and empty, once on each.

Use it by importing the fixtures into a conftest.py.
"""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import text

from core.storage.database import Database, database_url, migrate
from core.storage.tables import metadata
from tests.support.postgres import NoPostgres, Postgres, running_postgres

_numbers = count()


class Maker(Protocol):
    """Makes databases of one kind."""

    async def empty(self) -> str:
        """The URL of a database without tables."""
        ...

    async def migrated(self) -> str:
        """The URL of a database with empty tables."""
        ...

    def used(self, url: str) -> None:
        """Take back what ``migrated`` gave; its tables may hold rows and are else as they were."""
        ...


class SqliteMaker:
    """Files in a directory; the migrated one is a copy of the first."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._template: Path | None = None

    async def empty(self) -> str:
        return database_url(None, self._directory / f"db{next(_numbers)}")

    async def migrated(self) -> str:
        if self._template is None:
            template = self._directory / "template"
            await migrate(database_url(None, template))
            self._template = template
        copy = self._directory / f"db{next(_numbers)}"
        shutil.copytree(self._template, copy)
        return database_url(None, copy)

    def used(self, url: str) -> None:
        shutil.rmtree(Path(url.removeprefix("sqlite:///")).parent)


class PostgresMaker:
    """Databases of one server; a migrated one that was used is emptied for the next test."""

    def __init__(self, server: Postgres) -> None:
        self.server = server
        self._used: list[str] = []

    async def empty(self) -> str:
        return await self._create()

    async def migrated(self) -> str:
        if self._used:
            url = self._used.pop()
            async with Database.open(url) as database, database.write() as connection:
                names = ", ".join(metadata.tables)
                await connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
            return url
        url = await self._create()
        await migrate(url)
        return url

    def used(self, url: str) -> None:
        self._used.append(url)

    async def _create(self) -> str:
        name = f"db{next(_numbers)}"
        await self.server.execute(f"CREATE DATABASE {name}")
        return database_url(self.server.url(name), Path())


@pytest.fixture(scope="session")
def sqlite_maker(tmp_path_factory: pytest.TempPathFactory) -> SqliteMaker:
    return SqliteMaker(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_maker() -> Iterator[PostgresMaker]:
    try:
        with running_postgres() as server:
            yield PostgresMaker(server)
    except NoPostgres as error:
        if os.environ.get("CI"):
            pytest.fail(f"PostgreSQL does not start: {error}")
        pytest.skip(f"PostgreSQL does not start: {error}")


@pytest.fixture(params=["sqlite", "postgres"])
def maker(request: pytest.FixtureRequest) -> Maker:
    made: Maker = request.getfixturevalue(f"{request.param}_maker")
    return made


@pytest.fixture
async def url(maker: Maker) -> AsyncIterator[str]:
    url = await maker.migrated()
    yield url
    maker.used(url)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    async with Database.open(url) as opened:
        yield opened
