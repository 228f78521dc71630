import asyncio
import contextlib
import random
import re
import sqlite3
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError

from core.errors import ConfigurationError, StorageFailed
from core.storage.database import Database, database_url, migrate
from core.storage.engines import MAX_WAIT_S, sqlite_path
from core.storage.tables import runs, shops
from core.storage.types import utc_now
from tests.support.databases import Maker, PostgresMaker, SqliteMaker


async def start_counter(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(insert(shops).values(name="counter", title="0"))


async def count_up(database: Database) -> None:
    """Read, think, write: what loses updates without one write path."""
    async with database.write() as connection:
        title = await connection.scalar(select(shops.c.title))
        await asyncio.sleep(0)
        await connection.execute(update(shops).values(title=str(int(title) + 1)))


async def counted(database: Database) -> int:
    async with database.read() as connection:
        return int(await connection.scalar(select(shops.c.title)))


async def test_two_hundred_read_then_write_transactions_at_once_lose_nothing(
    database: Database,
) -> None:
    await start_counter(database)
    await asyncio.gather(*(count_up(database) for _ in range(200)))
    assert await counted(database) == 200


async def test_writers_of_two_open_databases_lose_nothing(database: Database, url: str) -> None:
    await start_counter(database)
    async with Database.open(url) as other:
        await asyncio.gather(*(count_up(db) for _ in range(40) for db in (database, other)))
    assert await counted(database) == 80


async def test_a_failed_block_is_undone_and_the_next_writer_goes_on(database: Database) -> None:
    await start_counter(database)

    async def fail() -> None:
        async with database.write() as connection:
            await connection.execute(update(shops).values(title="lost"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    await count_up(database)
    assert await counted(database) == 1


@pytest.mark.parametrize("work", [count_up, counted], ids=["writers", "readers"])
async def test_cancelled_work_leaves_no_trace_and_no_lock(
    database: Database, work: Callable[[Database], Awaitable[object]]
) -> None:
    """Cancelled at any moment; with a driver left to itself this locked the file for good."""
    await start_counter(database)
    moments = random.Random(1)
    finished = 0
    for _ in range(10):
        tasks = [asyncio.ensure_future(work(database)) for _ in range(8)]
        for task in tasks[::2]:
            await asyncio.sleep(moments.random() * 0.005)
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        errors = [result for result in results if isinstance(result, BaseException)]
        assert all(isinstance(error, asyncio.CancelledError) for error in errors)
        finished += len(results) - len(errors)
    async with asyncio.timeout(MAX_WAIT_S / 2):
        await count_up(database)
    if work is count_up:
        # A commit that was under way when its writer was cancelled has happened.
        assert finished + 1 <= await counted(database) <= 10 * 8 + 1


async def test_a_cancelled_statement_is_waited_for_and_a_second_cancellation_too(
    database: Database,
) -> None:
    await start_counter(database)
    task = asyncio.create_task(count_up(database))
    while not task.done():
        task.cancel()
        await asyncio.sleep(0)
    assert task.cancelled()
    await count_up(database)
    assert await counted(database) == 1


async def test_reads_do_not_wait_for_a_writer_and_see_what_was_committed(
    database: Database,
) -> None:
    await start_counter(database)
    async with database.write() as connection:
        await connection.execute(update(shops).values(title="7"))
        async with asyncio.timeout(20):
            assert await asyncio.gather(*(counted(database) for _ in range(6))) == [0] * 6
    assert await counted(database) == 7


async def test_a_hundred_reads_at_once_do_not_keep_each_other_waiting(database: Database) -> None:
    """Each holds a connection while it waits for its second statement's thread."""

    async def read() -> int:
        async with database.read() as connection:
            await connection.scalar(text("SELECT 1"))
            return int(await connection.scalar(text("SELECT 2")))

    async with asyncio.timeout(15):
        assert await asyncio.gather(*(read() for _ in range(100))) == [2] * 100


async def test_one_read_sees_one_state(database: Database) -> None:
    await start_counter(database)
    async with database.read() as connection:
        before = await connection.scalar(select(shops.c.title))
        await count_up(database)
        assert await connection.scalar(select(shops.c.title)) == before


async def test_a_read_cannot_write(database: Database) -> None:
    await start_counter(database)
    writing = update(shops).values(title="7").returning(shops.c.title)
    with pytest.raises(StorageFailed):
        await database.rows(writing)
    with pytest.raises(StorageFailed):
        async with database.read() as connection:
            await connection.execute(writing)
    assert await counted(database) == 0


async def test_a_broken_constraint_is_our_own_error(database: Database) -> None:
    await start_counter(database)
    with pytest.raises(IntegrityError):
        await start_counter(database)


async def test_a_naive_datetime_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="has no time zone"):
        async with database.write() as connection:
            await connection.execute(
                insert(runs).values(job="night", started_at=utc_now().replace(tzinfo=None))
            )


async def test_parameters_stay_out_of_error_messages(database: Database) -> None:
    await start_counter(database)
    with pytest.raises(IntegrityError) as caught:
        async with database.write() as connection:
            await connection.execute(insert(shops).values(name="counter", title="private"))
    assert "private" not in str(caught.value)


async def test_a_database_that_was_never_migrated_is_a_storage_failure(maker: Maker) -> None:
    url = await maker.empty()
    with pytest.raises(StorageFailed):
        async with Database.open(url) as database, database.read() as connection:
            await connection.execute(select(shops))


async def test_a_full_disk_is_a_storage_failure_and_what_was_there_stays(
    sqlite_maker: SqliteMaker,
) -> None:
    url = await sqlite_maker.migrated()
    async with Database.open(url) as database:
        await start_counter(database)
        async with database.write() as connection:
            pages = await connection.scalar(text("PRAGMA page_count"))
            await connection.execute(text(f"PRAGMA max_page_count = {pages + 2}"))
        with pytest.raises(StorageFailed, match="full"):
            async with database.write() as connection:
                await connection.execute(update(shops).values(title="x" * 100_000))
        assert await counted(database) == 0


async def test_a_file_that_is_no_database_is_told_as_damaged_with_its_path(tmp_path: Path) -> None:
    file = tmp_path / "twinset.sqlite3"
    file.write_bytes(b"something else entirely" * 100)
    with pytest.raises(StorageFailed, match=f"{re.escape(str(file))} is damaged"):
        await migrate(database_url(None, tmp_path))


async def test_a_file_that_was_damaged_since_is_told_as_such_too(sqlite_maker: SqliteMaker) -> None:
    url = await sqlite_maker.migrated()
    async with Database.open(url) as database:
        await start_counter(database)
    with sqlite_path(url).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 200_000)
    with pytest.raises(StorageFailed, match=f"{re.escape(str(sqlite_path(url)))} is damaged"):
        async with Database.open(url) as database:
            await counted(database)


async def test_a_place_that_cannot_be_written_is_a_storage_failure(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageFailed):
        await migrate(database_url(None, tmp_path / "file"))


async def test_a_server_that_is_away_is_a_storage_failure_without_its_password() -> None:
    url = database_url("postgres://me:hidden@127.0.0.1:9/none", Path())
    with pytest.raises(StorageFailed) as caught:
        await migrate(url)
    assert "hidden" not in str(caught.value)


async def test_a_wrong_password_is_a_storage_failure(postgres_maker: PostgresMaker) -> None:
    url = (await postgres_maker.empty()).replace("postgres:", "postgres:wrong-", 1)
    with pytest.raises(StorageFailed):
        await migrate(database_url(url, Path()))


async def test_lost_connections_to_a_server_are_replaced(postgres_maker: PostgresMaker) -> None:
    url = await postgres_maker.migrated()
    async with Database.open(url) as database:
        await start_counter(database)
        await counted(database)
        await postgres_maker.server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'db%'"
        )
        await count_up(database)
        assert await counted(database) == 1


@pytest.mark.parametrize("sslmode", ["disable", "allow", "prefer"])
async def test_sslmode_is_understood(postgres_maker: PostgresMaker, sslmode: str) -> None:
    url = await postgres_maker.empty()
    query = f"?sslmode={sslmode}&channel_binding=prefer&connect_timeout=5"
    await migrate(database_url(url + query, Path()))


async def test_sslmode_require_does_not_settle_for_less(postgres_maker: PostgresMaker) -> None:
    url = await postgres_maker.empty()
    with pytest.raises(StorageFailed):
        await migrate(database_url(f"{url}?sslmode=require", Path()))


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("postgres://u:p@h/d", "postgresql://u:p@h/d"),
        ("postgresql://u:p%40x@h:5/d", "postgresql://u:p%40x@h:5/d"),
        ("postgresql+asyncpg://h/d?sslmode=require", "postgresql://h/d?sslmode=require"),
        ("postgres://h/d?connect_timeout=9&sslmode=require", "postgresql://h/d?sslmode=require"),
        ("sqlite:////var/lib/a.db", "sqlite:////var/lib/a.db"),
        ("sqlite+aiosqlite:///a.db", "sqlite:///a.db"),
    ],
)
def test_the_forms_that_hosts_give_become_one(setting: str, expected: str) -> None:
    assert database_url(setting, Path("state")) == expected


@pytest.mark.parametrize(
    "setting",
    ["mysql://h/d", "h/d", "postgres", "file.db", "postgres://u:hid#den@h/d", "postgres://[h/d"],
)
def test_an_unknown_form_is_a_wrong_setting_that_is_not_repeated(setting: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        database_url(setting, Path("state"))
    assert "hid" not in str(caught.value)


@pytest.mark.parametrize("setting", ["sqlite://", "sqlite:///:memory:"])
async def test_sqlite_without_a_file_is_a_wrong_setting(setting: str) -> None:
    with pytest.raises(ConfigurationError):
        await migrate(database_url(setting, Path("state")))


@pytest.mark.parametrize("name", ["with space", "100%20", "what?", "a#b", "umläut", "a@b:c"])
async def test_any_directory_will_do(tmp_path: Path, name: str) -> None:
    await migrate(database_url(None, tmp_path / name))
    assert (tmp_path / name / "twinset.sqlite3").stat().st_size
    made = await asyncio.to_thread(lambda: list(tmp_path.iterdir()))
    assert made == [tmp_path / name]


async def test_sqlite_runs_as_promised(sqlite_maker: SqliteMaker) -> None:
    url = await sqlite_maker.migrated()
    async with Database.open(url) as database, database.write() as connection:
        for pragma, value in [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 2)]:
            assert await connection.scalar(text(f"PRAGMA {pragma}")) == value


async def test_another_process_that_writes_is_waited_for(sqlite_maker: SqliteMaker) -> None:
    url = await sqlite_maker.migrated()
    async with Database.open(url) as database:
        await start_counter(database)

        def hold() -> None:
            with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as other:
                other.execute("BEGIN IMMEDIATE")
                held.set()
                time.sleep(0.4)
                other.execute("UPDATE shops SET title = '10'")
                other.commit()

        held = threading.Event()
        other = asyncio.create_task(asyncio.to_thread(hold))
        await asyncio.to_thread(held.wait)
        await count_up(database)
        await other
        assert await counted(database) == 11
