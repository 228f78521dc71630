"""When things happen by themselves."""

import asyncio
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from hypothesis import given
from hypothesis import strategies as st

from bot.schedule import Job, Jobs, build_scheduler, last_due
from core.errors import StorageFailed

ZONES = ("UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata")
MOMENTS = st.integers(1_577_836_800, 1_893_456_000).map(  # 2020 to 2030
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)


@given(st.times().map(lambda at: at.replace(microsecond=0)), st.sampled_from(ZONES), MOMENTS)
def test_the_last_due_moment_is_at_most_a_day_and_a_leap_ago(
    at: time, zone: str, now: datetime
) -> None:
    due = last_due(at, zone, now)
    assert timedelta() <= now - due <= timedelta(hours=25)
    local = due.astimezone(ZoneInfo(zone))
    leap = timedelta(hours=1)  # an hour that the clocks leap over comes that much later
    wanted = datetime.combine(local.date(), at)
    assert abs(local.replace(tzinfo=None) - wanted) <= leap


async def nothing() -> None:
    """A job that nobody waits for."""


def scheduler_of(night: Job) -> AsyncIOScheduler:
    return build_scheduler(night=night, rates=nothing, at=time(3), timezone="UTC")


async def test_a_job_that_is_still_running_is_not_started_again() -> None:
    started = asyncio.Event()
    runs = []

    async def slow() -> None:
        runs.append(1)
        started.set()
        await asyncio.sleep(60)

    jobs = Jobs()
    scheduler = scheduler_of(jobs.timed("night", slow))
    scheduler.start()
    try:
        for _ in range(2):
            scheduler.modify_job("night", next_run_time=datetime.now(UTC))
            await asyncio.wait_for(started.wait(), 20)
            await asyncio.sleep(0.05)
        assert runs == [1]
    finally:
        scheduler.shutdown(wait=False)
        await jobs.end()


async def test_a_job_that_is_hours_late_still_runs() -> None:
    ran = asyncio.Event()

    async def night() -> None:
        ran.set()

    scheduler = scheduler_of(night)
    scheduler.start()
    try:
        scheduler.modify_job("night", next_run_time=datetime.now(UTC) - timedelta(hours=5))
        await asyncio.wait_for(ran.wait(), 20)
    finally:
        scheduler.shutdown(wait=False)


async def test_a_night_that_the_clock_leapt_over_runs_once_the_scheduler_is_woken_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) + timedelta(days=1)

    ran = asyncio.Event()

    async def night() -> None:
        ran.set()

    scheduler = scheduler_of(night)
    scheduler.start()
    try:
        monkeypatch.setattr("apscheduler.schedulers.base.datetime", Tomorrow)
        scheduler.wakeup()
        await asyncio.wait_for(ran.wait(), 20)
    finally:
        scheduler.shutdown(wait=False)


async def test_only_what_has_its_hour_goes_by_the_clock_of_the_wall() -> None:
    assert {job.id for job in scheduler_of(nothing).get_jobs()} == {"night", "rates"}


async def test_a_job_that_fails_is_told_of_in_a_line_a_run_and_runs_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    runs = 0
    done = asyncio.Event()

    async def post() -> None:
        nonlocal runs
        runs += 1
        if runs == 3:
            done.set()
            await asyncio.sleep(60)
        async with asyncio.TaskGroup():
            raise StorageFailed("The database is away.")

    jobs = Jobs()
    jobs.repeat("post", post, every_s=0)
    await asyncio.wait_for(done.wait(), 20)
    await jobs.end()
    assert caplog.messages == ["post: The database is away."] * 2
    assert not any(record.exc_info for record in caplog.records)


async def test_what_was_not_foreseen_in_a_job_is_told_whole(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def broken() -> None:
        raise RuntimeError("a bug")

    jobs = Jobs()
    await jobs.timed("night", broken)()
    await jobs.end()
    (record,) = caplog.records
    assert record.getMessage() == "night failed"
    assert record.exc_info


async def test_jobs_end_without_a_word_even_before_they_have_begun(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ended = asyncio.Event()

    async def long() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    jobs = Jobs()
    jobs.begin("long", long)
    await asyncio.sleep(0)
    jobs.begin("not begun", long)
    jobs.repeat("not yet", long, every_s=60)
    await jobs.end()
    assert ended.is_set()
    assert not caplog.records
