"""When things happen by themselves. The database, not the clock, knows what was done."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from core.errors import TwinsetError

logger = logging.getLogger(__name__)

Job = Callable[[], Coroutine[Any, Any, None]]


class Jobs:
    """Jobs that run beside everything else until ``end``, each told of by its name.

    What goes wrong in one is logged, in a line where it is foreseen, and keeps nothing else from
    running, nor the same job from running again.
    """

    def __init__(self) -> None:
        self._begun: set[asyncio.Task[None]] = set()

    def begin(self, name: str, job: Job) -> None:
        """Run it once, from now on."""
        self._task(_told(name, job))

    def repeat(self, name: str, job: Job, *, every_s: float) -> None:
        """Run it again and again, ``every_s`` after it ended, whatever the wall clock does."""
        self._task(_again(partial(_told, name, job), every_s))

    def timed(self, name: str, job: Job) -> Job:
        """The job as a scheduler runs it; that the bot stops is no failure of it."""

        async def run() -> None:
            with suppress(asyncio.CancelledError):
                await self._task(_told(name, job))

        return run

    async def end(self) -> None:
        """Cancel what runs, and wait until it has ended."""
        for task in self._begun:
            task.cancel()
        await asyncio.gather(*self._begun, return_exceptions=True)

    def _task(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._begun.add(task)
        task.add_done_callback(self._begun.discard)
        return task


def build_scheduler(*, night: Job, rates: Job, at: time, timezone: str) -> AsyncIOScheduler:
    """A scheduler, not yet started, that runs ``night`` at the local time ``at``.

    Exchange rates come out around 16:00 in Frankfurt; they are asked for an hour later.

    A job that is still running is not started again; one that is late runs once, however late.
    A clock that leaps ahead is noticed when the scheduler is woken up (``wakeup``).
    """
    scheduler = AsyncIOScheduler(
        timezone=ZoneInfo(timezone),
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    scheduler.add_job(night, "cron", hour=at.hour, minute=at.minute, id="night")
    scheduler.add_job(rates, "cron", hour=17, timezone=ZoneInfo("Europe/Berlin"), id="rates")
    return scheduler


def last_due(at: time, timezone: str, now: datetime) -> datetime:
    """The latest moment, not after ``now``, at which the local time was ``at``."""
    zone = ZoneInfo(timezone)
    today = now.astimezone(zone).date()
    due = datetime.combine(today, at, zone)
    if due > now:
        due = datetime.combine(today - timedelta(days=1), at, zone)
    return due.astimezone(UTC)


async def _again(job: Job, every_s: float) -> None:
    while True:
        await asyncio.sleep(every_s)
        await job()


async def _told(name: str, job: Job) -> None:
    try:
        await job()
    except* TwinsetError as errors:
        logger.warning("%s: %s", name, _first(errors))
    except* Exception as errors:  # whatever it is, the next run may do better
        logger.exception("%s failed", name, exc_info=_first(errors))


def _first(error: BaseException) -> BaseException:
    """The first of what a task group has gathered."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
