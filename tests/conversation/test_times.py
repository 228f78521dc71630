"""What people write for an hour and a place is understood, or said not to be."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.days import read_span
from bot.conversation.times import Hour, find_zones, moment_of, next_time, read_hour

ZONES = sorted(zone for zone in available_timezones() if "/" in zone)


@pytest.mark.parametrize(
    ("written", "at", "zone"),
    [
        ("9", time(9), None),
        ("9am", time(9), None),
        ("9 a.m.", time(9), None),
        ("9:30 pm", time(21, 30), None),
        ("12am", time(0), None),
        ("12 pm", time(12), None),
        ("21.15 berlin", time(21, 15), "Europe/Berlin"),
        ("09:00 Europe/Berlin", time(9), "Europe/Berlin"),
        ("09:00 europe/berlin", time(9), "Europe/Berlin"),
        ("0930 new york", time(9, 30), "America/New_York"),
        ("930 New_York", time(9, 30), "America/New_York"),
        ("18 Uhr München", time(18), "Europe/Berlin"),
        ("9h30 paris", time(9, 30), "Europe/Paris"),
        ("every day at 7 o’clock in Zürich, please", time(7), "Europe/Zurich"),
        ("São Paulo 8:05", time(8, 5), "America/Sao_Paulo"),
        ("noon london", time(12), "Europe/London"),
        ("midnight", time(0), None),
        ("24:00", time(0), None),
        ("7 UTC+2", time(7), "Etc/GMT-2"),
        ("7 -3", time(7), "Etc/GMT+3"),
        ("6pm PST", time(18), "America/Los_Angeles"),
        ("20:00:00 Oslo", time(20), "Europe/Oslo"),
    ],
)
def test_the_usual_ways_to_write_an_hour(written: str, at: time, zone: str | None) -> None:
    hour = read_hour(written)
    assert hour is not None
    assert (hour.at, hour.zone, hour.unknown) == (at, zone, "")


@pytest.mark.parametrize("written", ["", "Berlin", "25", "9:75", "13pm", "soon", "99999", "-"])
def test_without_an_hour_nothing_is_made_up(written: str) -> None:
    assert read_hour(written) is None


def test_an_unknown_place_is_handed_back_with_what_may_be_meant() -> None:
    hour = read_hour("9 berln")
    assert hour is not None
    assert (hour.zone, hour.unknown) == (None, "berln")
    assert "Europe/Berlin" in hour.choices


def test_a_name_of_several_clocks_is_not_guessed() -> None:
    """IST is India's, Ireland's and Israel's."""
    hour = read_hour("9 IST")
    assert hour is not None
    assert (hour.zone, hour.unknown) == (None, "ist")


@given(st.text(max_size=80))
def test_whatever_is_written_nothing_breaks(written: str) -> None:
    hour = read_hour(written)
    if hour is not None and hour.zone is not None:
        ZoneInfo(hour.zone)


@given(
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(ZONES),
    st.sampled_from(["%H:%M {}", "{} %H:%M", "%H.%M {}", "%I:%M %p {}", "at %H:%M, {}"]),
)
def test_every_hour_and_zone_is_read_as_it_was_written(at: time, zone: str, form: str) -> None:
    hour = read_hour(at.strftime(form).format(zone))
    assert hour is not None
    assert (hour.at, hour.zone) == (at, zone)


# "West" is no city of Australia's or Brazil's but Western European Summer Time.
@given(st.sampled_from([zone for zone in ZONES if not zone.endswith("/West")]))
def test_a_city_that_names_a_zone_names_its_clock(zone: str) -> None:
    found = find_zones(zone.rsplit("/", 1)[1].replace("_", " "))
    if len(found) == 1:
        midsummer = datetime(2026, 7, 1, 12, tzinfo=UTC)
        assert zone.startswith("Etc/") or (
            midsummer.astimezone(ZoneInfo(found[0])).utcoffset()
            == midsummer.astimezone(ZoneInfo(zone)).utcoffset()
        )


def test_the_next_time_is_tomorrow_once_the_hour_has_passed() -> None:
    after = datetime(2026, 5, 4, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert next_time(time(9), "Europe/Berlin", after=after) == after + timedelta(days=1)
    assert next_time(time(9, 1), "Europe/Berlin", after=after) == after + timedelta(minutes=1)


def test_an_hour_that_the_clocks_leap_over_comes_as_much_later() -> None:
    """Berlin, 29 March 2026: 02:00 becomes 03:00."""
    moment = moment_of(date(2026, 3, 29), time(2, 30), "Europe/Berlin")
    assert moment == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert f"{moment.astimezone(ZoneInfo('Europe/Berlin')):%H:%M}" == "03:30"


def test_an_hour_that_comes_twice_is_its_first_time() -> None:
    """Berlin, 25 October 2026: 03:00 becomes 02:00."""
    moment = moment_of(date(2026, 10, 25), time(2, 30), "Europe/Berlin")
    assert moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(
    st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2032, 1, 1)),  # noqa: DTZ001 - in UTC below
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(ZONES),
)
def test_the_next_time_is_ahead_and_near(after: datetime, at: time, zone: str) -> None:
    moment = next_time(at, zone, after=after.replace(tzinfo=UTC))
    ahead = moment - after.replace(tzinfo=UTC)
    assert timedelta(0) < ahead <= timedelta(hours=26)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("every Friday 9 berlin", 0b0010000),
        ("mon-fri 9 berlin", 0b0011111),
        ("Saturday to Monday at 9 berlin", 0b1100001),
        ("weekends 9 berlin", 0b1100000),
        ("Mon, Thu 9 berlin", 0b0001001),
        ("every day 9 berlin", 0b1111111),
        ("jeden Freitag um 9 Uhr berlin", 0b0010000),
        ("cada sábado 9 berlin", 0b0100000),
        ("chaque lundi 9 berlin", 0b0000001),
        ("каждую среду 9 berlin", 0b0000100),
        ("हर रविवार 9 berlin", 0b1000000),
        ("हर रविवार को 9 बजे berlin", 0b1000000),
        ("सोमवार से शुक्रवार तक ९ बजे berlin", 0b0011111),
        ("9 berlin", None),
    ],
)
def test_days_of_the_week_are_understood(written: str, days: int | None) -> None:
    assert read_hour(written) == Hour(at=time(9), zone="Europe/Berlin", days=days)


@pytest.mark.parametrize(
    ("written", "days"),
    [("", 7), ("1 week", 7), ("10 days", 10), ("2 Wochen", 14), ("1 हफ़्ता", 7), ("for ever", None)],
)
def test_how_long_a_pause_is_to_be(written: str, days: int | None) -> None:
    assert read_span(written) == (None if days is None else timedelta(days=days))
