"""Several processes on one database, and processes that die."""

import asyncio
import contextlib
import sqlite3
from contextlib import ExitStack

from sqlalchemy import func, select

from core.storage.catalogue import SaveCounts
from core.storage.database import Database, migrate
from core.storage.tables import images, offers, products, shops
from tests.storage.processes import other_process
from tests.storage.records import night, record, store_with
from tests.storage.test_database import count_up, counted, start_counter
from tests.support.databases import Maker


async def test_two_processes_and_this_one_lose_nothing(database: Database, url: str) -> None:
    await start_counter(database)
    with ExitStack() as stack:
        others = [stack.enter_context(other_process("count", url)) for _ in range(2)]
        for other in others:
            assert other.stdin is not None
            other.stdin.write("go\n")
            other.stdin.flush()
        for _ in range(100):
            await count_up(database)
        for other in others:
            assert await asyncio.to_thread(other.wait, 30) == 0
    assert await counted(database) == 300


async def test_processes_that_migrate_at_once_make_one_database(maker: Maker) -> None:
    url = await maker.empty()
    with ExitStack() as stack:
        others = [stack.enter_context(other_process("migrate", url)) for _ in range(2)]
        for other in others:
            assert other.stdin is not None
            other.stdin.write("go\n")
            other.stdin.flush()
        await migrate(url)
        for other in others:
            assert await asyncio.to_thread(other.wait, 30) == 0
    async with Database.open(url) as database, database.read() as connection:
        assert (await connection.execute(select(shops))).all() == []


async def test_a_process_killed_while_it_saves_leaves_whole_products(
    database: Database, url: str
) -> None:
    """Killed at several moments, each time the tables agree and saving goes on."""
    store = await store_with(database)
    for delay_s in (0.0, 0.01, 0.03, 0.06):
        with other_process("save", url) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == "saved\n"
            await asyncio.sleep(delay_s)
            other.kill()
            other.wait()
        async with database.read() as connection:
            titles = set(await connection.scalars(select(products.c.title)))
            priced = await connection.scalar(select(func.count()).select_from(offers))
            pictured = await connection.scalar(
                select(func.count(images.c.product_id.distinct())).select_from(images)
            )
            pictures = await connection.scalar(select(func.count()).select_from(images))
        assert len(titles) == 1, "a chunk is saved whole or not at all"
        assert priced == pictured == pictures == 1000
        if url.startswith("sqlite"):
            with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
                assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    counts = await store.save("shop", [record("0"), record("new")], seen_at=night(2000))
    assert counts == SaveCounts(new=1, changed=1)
