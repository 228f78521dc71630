"""The diary of jobs: what ran when, and what came of it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, insert, select, update

from core.storage.database import Database
from core.storage.tables import runs


class RunStore:
    """Runs of jobs, over one shop or (None) over all."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, job: str, shop: str | None, at: datetime) -> int:
        """Note a start; returns the run's id."""
        async with self._database.write() as connection:
            run_id = await connection.scalar(
                insert(runs).values(job=job, shop=shop, started_at=at).returning(runs.c.id)
            )
        return int(run_id or 0)

    async def finish(
        self, run_id: int, at: datetime, counts: Mapping[str, int], error: str | None = None
    ) -> None:
        """Note an end, good unless there is an error."""
        async with self._database.write() as connection:
            await connection.execute(
                update(runs)
                .where(runs.c.id == run_id)
                .values(finished_at=at, counts=dict(counts), error=error)
            )

    async def first_begun(self, job: str, shop: str | None = None) -> datetime | None:
        """When such a run first began; None when none has."""
        query = select(func.min(runs.c.started_at)).where(_of(job, shop))
        async with self._database.read() as connection:
            at: datetime | None = await connection.scalar(query)
        return at

    async def last_finished(self, job: str, shop: str | None = None) -> datetime | None:
        """When such a run last came to its end, good or not; None when none has."""
        query = select(func.max(runs.c.finished_at)).where(_of(job, shop))
        async with self._database.read() as connection:
            at: datetime | None = await connection.scalar(query)
        return at

    async def last_good(self, job: str, shop: str | None = None) -> dict[str, int] | None:
        """The counts of the latest such run that ended without an error; None without one."""
        query = (
            select(runs.c.counts)
            .where(_of(job, shop), runs.c.finished_at.is_not(None), runs.c.error.is_(None))
            .order_by(runs.c.finished_at.desc(), runs.c.id.desc())
            .limit(1)
        )
        async with self._database.read() as connection:
            counts: dict[str, int] | None = await connection.scalar(query)
        return counts


def _of(job: str, shop: str | None) -> ColumnElement[bool]:
    return and_(runs.c.job == job, runs.c.shop.is_(None) if shop is None else runs.c.shop == shop)
