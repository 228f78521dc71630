"""Picks as they were promised, through clock changes, kills, outages and people who move."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.support.simulated_alerts import AlertSimulation
from tests.support.simulated_year import Simulation, promised, stock


@pytest.mark.parametrize(
    ("day", "at", "zone", "moment"),
    [
        (date(2026, 3, 29), time(2, 30), "Europe/Berlin", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (
            date(2026, 10, 25),
            time(2, 30),
            "Europe/Berlin",
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ),
        (date(2026, 4, 24), time(0, 0), "Africa/Cairo", datetime(2026, 4, 23, 22, tzinfo=UTC)),
        (
            date(2026, 4, 5),
            time(9),
            "Australia/Lord_Howe",
            datetime(2026, 4, 4, 22, 30, tzinfo=UTC),
        ),
        (date(2026, 5, 5), time(9), "Pacific/Kiritimati", datetime(2026, 5, 4, 19, tzinfo=UTC)),
    ],
)
def test_what_it_is_held_to_is_what_clocks_show(
    day: date, at: time, zone: str, moment: datetime
) -> None:
    assert promised(day, at, zone) == moment


async def test_none_comes_twice_or_at_a_wrong_hour_and_none_is_missed(url: str) -> None:
    """Four days around the change of Europe's clocks, three workers, one death a day."""
    start = datetime(2026, 3, 27, tzinfo=UTC)
    await stock(url, start)
    year = await Simulation(url, people=12, start=start, tick=timedelta(hours=1), seed=4).live(4)
    assert year.owed > 30
    assert year.kills
    assert (year.twice, year.at_a_wrong_hour, year.repeated, year.missed) == (0, 0, 0, 0)
    assert year.sent + year.in_flight >= year.owed


async def test_alerts_come_once_while_they_are_true_and_not_at_night(url: str) -> None:
    """The same with prices that move, and people who wait for them."""
    start = datetime(2026, 3, 20, tzinfo=UTC)
    await stock(url, start)
    simulation = AlertSimulation(url, people=8, start=start, tick=timedelta(hours=4), seed=4)
    await simulation.live(4)
    told = simulation.told
    assert told.sent > 4
    assert simulation.year.kills
    assert (told.twice, told.untrue, told.not_quiet) == (0, 0, 0)
    assert (told.at_a_wrong_hour, told.missed) == (0, 0)
