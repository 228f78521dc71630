"""When things happen by themselves."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.schedule import build_scheduler, last_due

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


async def test_a_job_that_is_still_running_is_not_started_again() -> None:
    started = asyncio.Event()
    runs = []

    async def slow() -> None:
        runs.append(1)
        started.set()
        await asyncio.sleep(60)

    async def nothing() -> None:
        pass

    scheduler = build_scheduler(
        night=slow,
        every_minute=nothing,
        broadcasts=nothing,
        rates=nothing,
        at=time(3),
        timezone="UTC",
    )
    scheduler.start()
    try:
        for _ in range(2):
            scheduler.modify_job("night", next_run_time=datetime.now(UTC))
            await asyncio.wait_for(started.wait(), 20)
            await asyncio.sleep(0.05)
        assert runs == [1]
    finally:
        scheduler.shutdown(wait=False)


async def test_a_job_that_is_hours_late_still_runs() -> None:
    ran = asyncio.Event()

    async def night() -> None:
        ran.set()

    async def nothing() -> None:
        pass

    scheduler = build_scheduler(
        night=night,
        every_minute=nothing,
        broadcasts=nothing,
        rates=nothing,
        at=time(3),
        timezone="UTC",
    )
    scheduler.start()
    try:
        scheduler.modify_job("night", next_run_time=datetime.now(UTC) - timedelta(hours=5))
        await asyncio.wait_for(ran.wait(), 20)
    finally:
        scheduler.shutdown(wait=False)
