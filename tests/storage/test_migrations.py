import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

import core.storage
from core.errors import StorageFailed
from core.storage.database import Database, database_url, migrate
from core.storage.finding import FindStore
from core.storage.runs import RunStore
from core.storage.tables import metadata
from core.wishes import Wish
from tests.support.databases import Maker


async def test_the_migrations_make_what_the_tables_say(database: Database) -> None:
    def differences(connection: Connection) -> list[Any]:
        options = {"compare_type": True, "compare_server_default": True}
        return list(
            compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
        )

    async with database.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_second_migration_changes_nothing(maker: Maker) -> None:
    url = await maker.empty()
    await migrate(url)
    await migrate(url)
    async with Database.open(url) as database, database.read() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    assert set(names) == {*metadata.tables, "alembic_version"}


async def test_a_database_of_an_older_version_is_brought_up_to_date(maker: Maker) -> None:
    url = await maker.empty()
    await migrate(url)
    async with Database.open(url) as database, database.write() as connection:
        await connection.run_sync(lambda sync: downgrade(sync, "0002"))
    await migrate(url)
    async with Database.open(url) as database, database.read() as connection:
        columns = await connection.run_sync(lambda sync: inspect(sync).get_columns("answers"))
    assert "garments" in {column["name"] for column in columns}


async def test_the_diary_of_an_older_version_is_kept(maker: Maker) -> None:
    url = await maker.empty()
    await migrate(url)
    async with Database.open(url) as database, database.write() as connection:
        await connection.run_sync(lambda sync: downgrade(sync, "0004"))
        await connection.execute(
            text(
                "INSERT INTO runs (job, shop, started_at, finished_at, counts)"
                " VALUES ('scrape', 'shop', '2026-01-01 03:00:00', '2026-01-01 04:00:00', '{}')"
            )
        )
    await migrate(url)
    async with Database.open(url) as database:
        runs = RunStore(database)
        assert await runs.last_good("scrape", "shop") == {}
        (run,) = (await runs.finished("scrape", since=datetime(2025, 1, 1, tzinfo=UTC))).values()
    assert run.errors == {}


async def test_products_of_an_older_version_are_found_by_words(maker: Maker) -> None:
    url = await maker.empty()
    await migrate(url)
    async with Database.open(url) as database, database.write() as connection:
        await connection.run_sync(lambda sync: downgrade(sync, "0005"))
        await connection.execute(text("INSERT INTO shops (name, title) VALUES ('a', 'A')"))
        await connection.execute(
            text(
                "INSERT INTO products (shop, key, title, brand, kind, record_hash, first_seen,"
                " last_seen, changed_at) VALUES ('a', 'k', 'Été à rayures', 'Acme', 'dress', '',"
                " '2026-01-01 03:00:00', '2026-01-01 03:00:00', '2026-01-01 03:00:00')"
            )
        )
    await migrate(url)
    async with Database.open(url) as database:
        store = FindStore(database)
        for wish in (Wish(words=("ete", "acme")), Wish(pattern="striped")):
            assert len(await store.ranked(wish, limit=5)) == 1
        assert await store.ranked(Wish(words=("coat",)), limit=5) == []


async def test_migrations_at_once_in_one_process_wait_for_each_other(maker: Maker) -> None:
    url = await maker.empty()
    await asyncio.gather(*(migrate(url) for _ in range(4)))


async def test_migrations_run_from_any_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    await migrate(database_url(None, Path("state")))
    assert (elsewhere / "state/twinset.sqlite3").exists()


async def test_a_database_from_the_future_is_refused_and_left_alone(tmp_path: Path) -> None:
    url = database_url(None, tmp_path)
    await migrate(url)
    with sqlite3.connect(tmp_path / "twinset.sqlite3") as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.close()
    with pytest.raises(StorageFailed, match="9999"):
        await migrate(url)


async def test_what_was_migrated_can_be_taken_back(maker: Maker) -> None:
    url = await maker.empty()
    await migrate(url)
    async with Database.open(url) as database, database.write() as connection:
        await connection.run_sync(lambda sync: downgrade(sync, "base"))
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    assert names == ["alembic_version"]


def downgrade(connection: Connection, revision: str) -> None:
    config = Config()
    scripts = Path(core.storage.__file__).parent / "migrations"
    config.set_main_option("script_location", str(scripts))
    config.attributes["connection"] = connection
    command.downgrade(config, revision)
