"""Work that other processes do on a database, for tests that start, watch and kill them."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from subprocess import PIPE, Popen

from sqlalchemy import select, update

from core.storage.catalogue import CatalogueStore
from core.storage.database import Database, migrate
from core.storage.tables import shops
from tests.storage.records import night, record

ROOT = Path(__file__).parents[2]


@contextmanager
def other_process(work: str, url: str) -> Iterator[Popen[str]]:
    """Another interpreter that does the work; it says ``ready`` first, and is killed at last."""
    command = [sys.executable, "-m", "tests.storage.processes", work, url]
    with Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) as process:  # noqa: S603  ours
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.kill()


def say(word: str) -> None:
    """Tell the test, at once."""
    print(word, flush=True)  # noqa: T201  the test reads it


async def count(url: str) -> None:
    """Count a hundred up once the test says so."""
    async with Database.open(url) as database:
        say("ready")
        await asyncio.to_thread(sys.stdin.readline)
        for _ in range(100):
            async with database.write() as connection:
                title = await connection.scalar(select(shops.c.title))
                await connection.execute(update(shops).values(title=str(int(title or 0) + 1)))


async def save_for_ever(url: str) -> None:
    """Save a thousand products, other ones each night, until killed."""
    async with Database.open(url) as database:
        store = CatalogueStore(database)
        say("ready")
        for number in range(1_000_000):
            records = [
                replace(record(f"{key}"), title=f"Night {number}", image_urls=(f"{key}-{number}",))
                for key in range(1000)
            ]
            await store.save("shop", records, seen_at=night(number % 1000))
            say("saved")


async def create(url: str) -> None:
    """Migrate once the test says so."""
    say("ready")
    await asyncio.to_thread(sys.stdin.readline)
    await migrate(url)


if __name__ == "__main__":
    asyncio.run(
        {"count": count, "save": save_for_ever, "migrate": create}[sys.argv[1]](sys.argv[2])
    )
