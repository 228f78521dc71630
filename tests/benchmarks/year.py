"""Picks and alerts for people in 24 time zones, from three workers of which one dies each day.

On PostgreSQL, or on SQLite where that does not start. Beside the folder of photos, which it does
not need, it takes how many people and days, and the first day, from which on there are picks alone.
The promise is for 100000 and 365, which run for long.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter

from core.storage.database import database_url, migrate
from tests.benchmarks.bars import Bar, emit, say
from tests.support.postgres import NoPostgres, running_postgres
from tests.support.simulated_alerts import AlertSimulation, Told
from tests.support.simulated_year import WORKERS, Simulation, Year, stock

_START = date(2026, 3, 1)  # America's clocks change on the 8th, Europe's on the 29th


async def main(people: int = 30, days: int = 45, first: date | None = None) -> None:
    """Simulate and emit; from a ``first`` day that is given, without alerts."""
    start = datetime.combine(first or _START, time(), UTC)
    tick = timedelta(minutes=30)
    async with _database() as url:
        await migrate(url)
        await stock(url, start)
        sort = Simulation if first else AlertSimulation
        simulation = sort(url, people=people, start=start, tick=tick, seed=days)
        began = perf_counter()
        year = await simulation.live(days, say=say)
        took_s = perf_counter() - began
    told = simulation.told if isinstance(simulation, AlertSimulation) else None
    emit([*_of_picks(year, days, took_s), *(_of_alerts(told) if told else ())])


def _of_picks(year: Year, days: int, took_s: float) -> list[Bar]:
    details = {"sent": year.sent, "kills": year.kills, "days": days, "seconds": took_s}
    return [
        Bar(
            name="picks sent twice, at a wrong hour, or again within 30 days",
            measured=year.twice + year.at_a_wrong_hour + year.repeated,
            sense="at most",
            limit=0,
            unit="",
            details=details,
        ),
        Bar(
            name="picks missed while a worker was up, of all that were owed",
            measured=100 * year.missed / max(1, year.owed),
            sense="at most",
            limit=0.01,
            unit="%",
            details={"owed": year.owed, "late": year.late},
        ),
        Bar(
            name="picks on their way when a worker died, at each death",
            measured=year.in_flight / max(1, year.kills),
            sense="at most",
            limit=8,
            unit="",
            details={"in flight": year.in_flight, "workers": WORKERS},
            bound="what may have been sent is not sent again; each worker sends 8 at once",
        ),
    ]


def _of_alerts(told: Told) -> list[Bar]:
    return [
        Bar(
            name="alerts told twice, untruly, of what should be quiet, or at a wrong hour",
            measured=told.twice + told.untrue + told.not_quiet + told.at_a_wrong_hour,
            sense="at most",
            limit=0,
            unit="",
            details={"sent": told.sent},
        ),
        Bar(
            name="alerts missed while a worker was up, of all that were owed",
            measured=100 * told.missed / max(1, told.owed),
            sense="at most",
            limit=0.01,
            unit="%",
            details={"owed": told.owed, "in flight": told.in_flight},
        ),
    ]


@asynccontextmanager
async def _database() -> AsyncIterator[str]:
    try:
        with running_postgres() as server:
            await server.execute("CREATE DATABASE year")
            yield database_url(server.url("year"), Path())
    except NoPostgres as error:
        say(f"PostgreSQL does not start, so this runs on SQLite: {error}")
        with tempfile.TemporaryDirectory() as directory:
            yield database_url(None, Path(directory))


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[2:4]), *map(date.fromisoformat, sys.argv[4:5])))
