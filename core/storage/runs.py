"""The diary of jobs: what ran when, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, select, update

from core.storage.database import Database
from core.storage.tables import runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run: ``error`` says why it does not count, ``errors`` what failed on the way, by kind.

    ``finished_at`` is None while it goes on, or where it was killed; ``counts`` is None until
    something has come of it.
    """

    id: int
    shop: str | None
    started_at: datetime
    finished_at: datetime | None = None
    counts: Mapping[str, int] | None = None
    error: str | None = None
    errors: Mapping[str, int] = field(default_factory=dict)


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

    async def note(
        self,
        run_id: int,
        counts: Mapping[str, int],
        error: str | None = None,
        errors: Mapping[str, int] | None = None,
    ) -> None:
        """Note what has come of a run that is not at its end."""
        await self._update(run_id, None, counts, error, errors)

    async def finish(
        self,
        run_id: int,
        at: datetime,
        counts: Mapping[str, int],
        error: str | None = None,
        errors: Mapping[str, int] | None = None,
    ) -> None:
        """Note an end, good unless there is an error; ``errors`` counts failures by kind."""
        await self._update(run_id, at, counts, error, errors)

    async def unfinished(self, job: str, shop: str | None = None, *, since: datetime) -> Run | None:
        """The latest such run, where it began after ``since`` and did not come to its end."""
        query = select(runs).where(_of(job, shop)).order_by(runs.c.id.desc()).limit(1)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).first()
        if row is None or row.finished_at is not None or row.started_at < since:
            return None
        return _run(row)

    async def finished(self, job: str, *, since: datetime) -> dict[str, Run]:
        """By shop, the latest such run that has ended, where it began at ``since`` or later."""
        query = (
            select(runs)
            .where(
                runs.c.job == job,
                runs.c.shop.is_not(None),
                runs.c.finished_at.is_not(None),
                runs.c.started_at >= since,
            )
            .order_by(runs.c.id)
        )
        async with self._database.read() as connection:
            return {row.shop: _run(row) for row in await connection.execute(query)}

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

    async def _update(
        self,
        run_id: int,
        at: datetime | None,
        counts: Mapping[str, int],
        error: str | None,
        errors: Mapping[str, int] | None,
    ) -> None:
        values = {"counts": dict(counts), "error": error, "errors": dict(errors or {})}
        async with self._database.write() as connection:
            await connection.execute(
                update(runs).where(runs.c.id == run_id).values(finished_at=at, **values)
            )


def _run(row: Any) -> Run:  # noqa: ANN401  a row of the table
    return Run(
        id=row.id,
        shop=row.shop,
        started_at=row.started_at,
        finished_at=row.finished_at,
        counts=row.counts,
        error=row.error,
        errors=row.errors or {},
    )


def _of(job: str, shop: str | None) -> ColumnElement[bool]:
    return and_(runs.c.job == job, runs.c.shop.is_(None) if shop is None else runs.c.shop == shop)
