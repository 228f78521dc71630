"""When things happen by themselves. The database, not the clock, knows what was done."""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Job = Callable[[], Coroutine[Any, Any, None]]

_BROADCASTS_EVERY_S = 5  # whoever has sent one watches it begin


def build_scheduler(
    *, night: Job, every_minute: Job, broadcasts: Job, rates: Job, at: time, timezone: str
) -> AsyncIOScheduler:
    """A scheduler, not yet started, that runs ``night`` at the local time ``at``.

    Exchange rates come out around 16:00 in Frankfurt; they are asked for an hour later. What goes
    to everybody takes its time, and has a job of its own.

    A job that is still running is not started again; one that is late runs once, however late.
    """
    scheduler = AsyncIOScheduler(
        timezone=ZoneInfo(timezone),
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    scheduler.add_job(night, "cron", hour=at.hour, minute=at.minute, id="night")
    scheduler.add_job(rates, "cron", hour=17, timezone=ZoneInfo("Europe/Berlin"), id="rates")
    scheduler.add_job(every_minute, "interval", minutes=1, id="every-minute")
    scheduler.add_job(broadcasts, "interval", seconds=_BROADCASTS_EVERY_S, id="broadcasts")
    return scheduler


def last_due(at: time, timezone: str, now: datetime) -> datetime:
    """The latest moment, not after ``now``, at which the local time was ``at``."""
    zone = ZoneInfo(timezone)
    today = now.astimezone(zone).date()
    due = datetime.combine(today, at, zone)
    if due > now:
        due = datetime.combine(today - timedelta(days=1), at, zone)
    return due.astimezone(UTC)
