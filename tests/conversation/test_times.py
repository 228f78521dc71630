"""What people write for an hour and a place is understood, or said not to be."""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from time import monotonic
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.days import fold, meanings, read_days, read_span
from bot.conversation.times import Hour, find_zones, moment_of, next_time, read_hour, read_hours
from tests.support.sayings import ROOT

ZONES = sorted(zone for zone in available_timezones() if "/" in zone)

TABLES = [
    *("days", "short", "several", "between", "numbers", "before-hours", "after-hours", "clock"),
    *("parts", "spans", "counts", "for", "fillers"),
]
KNOWN = sorted({word for table in TABLES for word in meanings(table)})
SAID = st.lists(
    st.sampled_from(KNOWN)
    | st.integers(0, 99).map(str)
    | st.sampled_from([*"-–+,.:/'", "am", "pm", "9:30", "Berlin", "la", "et", "Москва"])
    | st.text(max_size=4),
    max_size=12,
)
"""Words that are understood, in any order and with others between them."""


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


@given(st.text(max_size=80) | SAID.map(" ".join) | SAID.map("".join))
def test_whatever_is_written_nothing_breaks(written: str) -> None:
    hour = read_hour(written)
    if hour is not None:
        assert hour.at == hour.at.replace(second=0, microsecond=0, tzinfo=None)
        assert not (hour.zone and (hour.unknown or hour.choices))
        for zone in (*hour.choices, *filter(None, [hour.zone])):
            ZoneInfo(zone)
    days, _ = read_days(written)
    assert days is None or 0 < days <= 0b1111111
    span = read_span(written)
    assert span is None or timedelta(0) < span <= timedelta(days=366)
    quiet = read_hours(written)
    assert quiet is None or quiet[0] != quiet[1]


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


@pytest.mark.parametrize(
    ("written", "at"),
    [
        # English
        ("nine", "09:00"),
        ("9 o’clock", "09:00"),
        ("9 in the evening", "21:00"),
        ("at 7 every morning", "07:00"),
        ("2 at night", "02:00"),
        ("every night at 12", "00:00"),
        ("12 noon", "12:00"),
        ("midday", "12:00"),
        ("12:30 in the afternoon", "12:30"),
        ("half past nine", "09:30"),
        ("quarter past 9 pm", "21:15"),
        ("a quarter to nine", "08:45"),
        ("quarter to one", "12:45"),
        ("quarter to one am", "00:45"),
        # German
        ("um neun", "09:00"),
        ("9 Uhr 30", "09:30"),
        ("9.30 Uhr", "09:30"),
        ("um 8 Uhr abends", "20:00"),
        ("um 9 am Abend", "21:00"),
        ("halb 10", "09:30"),
        ("halb zehn abends", "21:30"),
        ("halb eins", "12:30"),
        ("Viertel nach 9", "09:15"),
        ("Viertel vor 9", "08:45"),
        ("dreiviertel neun", "08:45"),
        ("mittags", "12:00"),
        ("mittags um 1", "13:00"),
        ("Mitternacht", "00:00"),
        # Spanish
        ("a las 9", "09:00"),
        ("a la 1", "01:00"),
        ("a la una de la tarde", "13:00"),
        ("8 de la noche", "20:00"),
        ("9 de la mañana", "09:00"),
        ("las 9 p. m.", "21:00"),
        ("nueve y media", "09:30"),
        ("a las once y cuarto", "11:15"),
        ("9 menos cuarto", "08:45"),
        ("mediodía", "12:00"),
        ("medianoche", "00:00"),
        # French
        ("9h", "09:00"),
        ("à 9 h 30", "09:30"),
        ("21 heures 30", "21:30"),
        ("9 heures du soir", "21:00"),
        ("3h de l’après-midi", "15:00"),
        ("neuf heures et demie", "09:30"),
        ("neuf heures moins le quart", "08:45"),
        ("midi", "12:00"),
        ("minuit", "00:00"),
        # Russian
        ("в 9", "09:00"),
        ("в девять", "09:00"),
        ("9 вечера", "21:00"),
        ("9 часов утра", "09:00"),
        ("9 часов 30 минут", "09:30"),
        ("2 часа ночи", "02:00"),
        ("12 ночи", "00:00"),
        ("в час дня", "13:00"),
        ("11 дня", "11:00"),
        ("половина десятого", "09:30"),
        ("полдесятого вечера", "21:30"),
        ("четверть десятого", "09:15"),
        ("без четверти девять", "08:45"),
        ("полдень", "12:00"),
        ("полночь", "00:00"),
        # Hindi
        ("शाम 8 बजे", "20:00"),
        ("सुबह ९ बजे", "09:00"),
        ("रात 12 बजे", "00:00"),
        ("दोपहर 1 बजे", "13:00"),
        ("दोपहर", "12:00"),
        ("आधी रात", "00:00"),
        ("नौ बजे", "09:00"),
        ("साढ़े नौ बजे", "09:30"),
        ("सवा नौ", "09:15"),
        ("पौने नौ", "08:45"),
        ("9 बजकर 30 मिनट", "09:30"),
        ("raat 9 baje", "21:00"),
        ("sadhe nau baje", "09:30"),
    ],
)
def test_an_hour_is_understood_as_it_is_said(written: str, at: str) -> None:
    assert read_hour(written) == Hour(at=time.fromisoformat(at))


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("in Berlin at 9", "Europe/Berlin"),
        ("9 Berlin, Germany", "Europe/Berlin"),
        ("9 Europe / Berlin", "Europe/Berlin"),
        ("9 St. Petersburg", "Europe/Moscow"),
        ("9 Santo Domingo", "America/Santo_Domingo"),
        ("9 Rio de Janeiro", "America/Sao_Paulo"),
        ("9 la", "America/Los_Angeles"),
        ("a las 9 in LA", "America/Los_Angeles"),
        ("9 Uhr Berliner Zeit", "Europe/Berlin"),
        ("um 9 in Wien", "Europe/Vienna"),
        ("9 Moskau", "Europe/Moscow"),
        ("a las 9 en París", "Europe/Paris"),
        ("9 Nueva York", "America/New_York"),
        ("9 de la mañana en la Ciudad de México", "America/Mexico_City"),
        ("Londres 9h", "Europe/London"),
        ("à 9h, heure d’Istanbul", "Asia/Istanbul"),
        ("9 à Port-d’Espagne", "America/Port_of_Spain"),
        ("9 утра по Москве", "Europe/Moscow"),
        ("9:00 Москва", "Europe/Moscow"),
        ("9 мск", "Europe/Moscow"),
        ("в 9 в Санкт-Петербурге", "Europe/Moscow"),
        ("9 Екатеринбург", "Asia/Yekaterinburg"),
        ("в 9 по Лондону", "Europe/London"),
        ("в 9 в Нью-Йорке", "America/New_York"),
        ("9 बजे दिल्ली में", "Asia/Kolkata"),
        ("9 मुंबई", "Asia/Kolkata"),
        ("सुबह 9 बजे लंदन", "Europe/London"),
    ],
)
def test_a_place_is_understood_in_every_language(written: str, zone: str) -> None:
    assert read_hour(written) == Hour(at=time(9), zone=zone)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("from Monday to Friday at 9", 0b0011111),
        ("mon/wed/fri 9", 0b0010101),
        ("Fridays 9am", 0b0010000),
        ("9 on Saturdays and on Sundays", 0b1100000),
        ("Mo-Fr 9 Uhr", 0b0011111),
        ("Mo.–Fr. 9 Uhr", 0b0011111),
        ("Sa, So 9 Uhr", 0b1100000),
        ("Fr. 9 Uhr", 0b0010000),
        ("von Montag bis Freitag um 9", 0b0011111),
        ("am Montag und am Freitag um 9", 0b0010001),
        ("mittwochs um 9", 0b0000100),
        ("am Sonntag um 9", 0b1000000),
        ("Freitagmorgen um 9", 0b0010000),
        ("am Wochenende um 9", 0b1100000),
        ("de lunes a viernes a las 9", 0b0011111),
        ("L-V 9", 0b0011111),
        ("lun-ven 9h", 0b0011111),
        ("mar-vie 9", 0b0011110),
        ("los sábados a las 9", 0b0100000),
        ("entre semana 9", 0b0011111),
        ("los fines de semana a las 9", 0b1100000),
        ("todos los días a las 9", 0b1111111),
        ("du lundi au vendredi à 9h", 0b0011111),
        ("tous les lundis et les jeudis à 9h", 0b0001001),
        ("le week-end à 9h", 0b1100000),
        ("en semaine 9h", 0b0011111),
        ("пн-пт 9", 0b0011111),
        ("ср, вс 9", 0b1000100),
        ("с понедельника по пятницу в 9", 0b0011111),
        ("по понедельникам и по пятницам в 9", 0b0010001),
        ("во вторник в 9", 0b0000010),
        ("по выходным в 9", 0b1100000),
        ("सोम से शुक्र 9 बजे", 0b0011111),
        ("हर रोज़ 9 बजे", 0b1111111),
        ("har shukravar subah 9 baje", 0b0010000),
        ("9 sun", 0b1000000),
    ],
)
def test_days_are_understood_as_they_are_said(written: str, days: int) -> None:
    assert read_hour(written) == Hour(at=time(9), days=days)


@pytest.mark.parametrize(
    ("written", "unknown"),
    [
        ("9-10", "10"),
        ("9 - 10", "10"),
        ("9–10", "10"),
        ("9:00-03:00", "03:00"),
        ("9 and 18", "18"),
        ("9 de mayo", "mayo"),
        ("9 may", "may"),
        ("9 mar", "mar"),
        ("9 мая", "мая"),
        ("so um 9", "so"),
        ("mi hora 9", "mi"),
        ("tomorrow at 9", "tomorrow"),
        ("9 in the morning or evening", "or evening"),
        ("каждые 3 дня", "каждые"),
        ("every day at 9 except Sunday", "except"),
        ("9 दिल्लि", "दिल्लि"),
        ("9 Berlin Xyz", "berlin xyz"),
    ],
)
def test_what_may_mean_something_else_is_asked(written: str, unknown: str) -> None:
    hour = read_hour(written)
    assert hour is not None
    assert (hour.zone, hour.unknown) == (None, unknown)


def test_two_places_of_different_clocks_are_asked() -> None:
    hour = read_hour("9 Berlin, Delhi")
    assert hour is not None
    assert (hour.zone, hour.choices) == (None, ("Europe/Berlin", "Asia/Kolkata"))


@pytest.mark.parametrize(
    "written", ["half past 9:15", "9:305", "0 pm", "24:30", "every morning", "once"]
)
def test_what_no_clock_shows_is_refused(written: str) -> None:
    assert read_hour(written) is None


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("a week", 7),
        ("for two weeks", 14),
        ("10d", 10),
        ("eine Woche", 7),
        ("für 10 Tage", 10),
        ("zwei Wochen lang", 14),
        ("una semana", 7),
        ("por tres días", 3),
        ("un mes", 30),
        ("une semaine", 7),
        ("pendant quinze jours", 15),
        ("на неделю", 7),
        ("на две недели", 14),
        ("5 недель", 35),
        ("एक हफ्ता", 7),
        ("दो हफ़्ते", 14),
        ("2 हफ्ते के लिए", 14),
        ("do hafte", 14),
        ("for", None),
        ("next week", None),
        ("until Friday", None),
        ("0 days", None),
        ("999 weeks", None),
    ],
)
def test_a_pause_is_understood_as_it_is_said(written: str, days: int | None) -> None:
    assert read_span(written) == (None if days is None else timedelta(days=days))


@pytest.mark.parametrize(
    "written",
    [
        "с десяти вечера до семи утра по Москве",
        "по Москве с 22 до 7",
        "raat 10 baje se subah 7 baje tak, Moscow",
        "रात 10 बजे से सुबह 7 बजे तक मॉस्को",
        "de 10 de la noche a 7 de la mañana en Moscú",
        "à Moscou de 22h à 7h",
        "22 Uhr bis 7 Uhr, Moskauer Zeit",
    ],
)
def test_two_hours_are_understood_as_they_are_said(written: str) -> None:
    assert read_hours(written) == (time(22), time(7), "Europe/Moscow")


@pytest.mark.parametrize(
    "written",
    [
        *("22", "22-22 Berlin", "22-7 xyz", "xyz 22-7", "Mo-Fr 22-7 Berlin"),
        "22-7 Berlin" + ", please" * 20,
    ],
)
def test_other_than_two_hours_of_every_day_is_refused(written: str) -> None:
    assert read_hours(written) is None


def test_no_word_of_ours_stands_in_the_name_of_a_zone() -> None:
    read = {zone: read_hour(f"9 {zone.replace('_', ' ')}") for zone in ZONES}
    assert read == {zone: Hour(at=time(9), zone=zone) for zone in ZONES}


def test_no_word_means_two_things() -> None:
    vocabulary = ROOT / "data" / "vocabulary"
    days = tomllib.loads((vocabulary / "days.toml").read_text("utf-8"))
    zones = tomllib.loads((vocabulary / "zones.toml").read_text("utf-8"))
    for table in (*days.values(), zones):
        for one, other in combinations(({*map(fold, words)} for words in table.values()), 2):
            assert one.isdisjoint(other)


def test_many_words_between_days_take_no_longer_each() -> None:
    began = monotonic()
    assert read_days("Monday " + "bis zum " * 25 + "9")[0] == 0b0000001
    assert monotonic() - began < 1
