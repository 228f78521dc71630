"""What people write for "every day at this hour, where I live"."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale

from bot.conversation.days import any_of, fold, is_on, joint, meanings, read_days
from bot.conversation.wording import LANGUAGES
from core.spelling import BEGINS, ENDS
from core.storage.people import EVERY_DAY

_EARLIEST = {"morning": 0, "noon": 7, "afternoon": 12, "evening": 13, "night": 18, "midnight": 18}
"""The first of the twelve hours that each part of the day may mean: "1 at night" is 01:00."""
_MOMENTS = {"noon": time(12), "midnight": time(0)}
_SIGNS = re.compile(r"[,;!?()।]|[.:](?!\d)|(?<!\w)[dl]'")
"""What only parts words, and French articles that grow together with them."""
_OFFSET = re.compile(r"^(?:utc|gmt)?\s*(?P<sign>[+-])\s*0?(?P<hours>\d{1,2})(?:[:.]?00)?$")
_TO_ANOTHER = re.compile(r"^(?:\s*[-–—]\s|[-–—])")
"""After an hour: "9-10" and "9 - 10" are two; only "9 -10" is ten hours west of Greenwich."""
_CASE = re.compile(r"(?<=[а-я]{2})[аеиоуыьюя]$")
_LONGEST_HOURS = 100
"""Signs, as every "to" among them is tried."""
_LONGEST_NAME = 5
"""Words of a zone's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """What was understood: a local time, and the zone and the days of the week if named.

    With ``zone`` None, ``unknown`` holds the words that name no zone (empty if none were written)
    and ``choices`` the zones that may have been meant.
    """

    at: time
    zone: str | None = None
    days: int | None = None
    unknown: str = ""
    choices: tuple[str, ...] = ()


def read_hour(text: str) -> Hour | None:
    """Understand "9", "9:30 pm", "every Friday 21.15 berlin" or "halb zehn abends in Wien".

    None without an hour.
    """
    days, rest = read_days(text)
    part, words = _take_part(fold(rest))
    found = _hour().search(words)
    at = _in_the(part, _time(found)) if found else _MOMENTS.get(part)
    if at is None:
        return None
    if found:
        words = f"{words[: found.start()]} {_TO_ANOTHER.sub(' ', words[found.end() :])}"
    return _in_zone(at, days, [phrase for phrase in _phrases(words) if phrase not in _fillers()])


def is_filler(words: str) -> bool:
    """Whether they say nothing: "at", "every", "please"."""
    return all(phrase in _fillers() for phrase in _phrases(fold(words)))


def read_hours(text: str) -> tuple[time, time, str | None] | None:
    """Understand "22:00–07:00 Berlin" or "from 10 pm to 7 am": start, end, and the zone if named.

    None without two different hours, with a zone that is none or may be several, and for some
    days only.
    """
    words = fold(text)
    if len(words) > _LONGEST_HOURS:
        return None
    for to in _to().finditer(words):
        start, end = read_hour(words[: to.start()]), read_hour(words[to.end() :])
        if start and end and start.at != end.at and _is_clear(start, end):
            return start.at, end.at, end.zone or start.zone
    return None


def find_zones(place: str) -> tuple[str, ...]:
    """The IANA zones that a name, a city, an abbreviation or "UTC+2" may mean; sorted."""
    words = fold(place)
    if offset := _OFFSET.match(words):
        return _fixed(offset["sign"], int(offset["hours"]))
    name, zones = _plain(words), _zones()
    return zones.get(name) or zones.get(name.replace(" ", "")) or zones.get(_stem(name)) or ()


def next_time(at: time, zone: str, *, after: datetime, days: int = EVERY_DAY) -> datetime:
    """The first moment (UTC) later than ``after`` when that zone's clocks show ``at``.

    On one of the ``days``, a bit for each of the week, Monday's being 1. An hour that the clocks
    leap over comes just as much later; one that comes twice, the first time.
    """
    today = after.astimezone(ZoneInfo(zone)).date()
    for later in range(9):
        day = today + timedelta(days=later)
        moment = moment_of(day, at, zone)
        if is_on(day, days) and moment > after.astimezone(UTC):
            return moment
    raise AssertionError(f"no {at} on {days:b} within nine days in {zone}")


def moment_of(day: date, at: time, zone: str) -> datetime:
    """When that zone's clocks show ``at`` on that day, in UTC: only there do moments compare."""
    return datetime.combine(day, at, tzinfo=clocks_of(zone)).astimezone(UTC)


@cache
def clocks_of(zone: str) -> ZoneInfo:
    """A zone's clocks, kept: the library keeps eight, and reads a file for each other one.

    Raises ``ZoneInfoNotFoundError``.
    """
    return ZoneInfo(zone)


def _take_part(words: str) -> tuple[str, str]:
    """The part of the day that is named, "" for none, and the words without it."""
    found = _part().search(words)
    if found is None:
        return "", words
    return meanings("parts")[found[0]], f"{words[: found.start()]} {words[found.end() :]}"


def _time(found: re.Match[str]) -> time | None:
    """The time that was found; None for one that no clock shows."""
    written = found["hour"] or found["hour4"] or meanings("numbers")[found["word"]]
    hour, minute = int(written), int(found["minute"] or found["minute4"] or 0)
    half, shift = found["half"], _shift(found)
    too_late = minute > 59 or hour * 60 + minute > 24 * 60
    if too_late or (shift and minute) or (half and not 1 <= hour <= 12):
        return None
    if hour == 1 and shift < 0:  # "a quarter to one" is rather said at noon than at night
        hour = 13
    total = hour * 60 + minute + shift
    at = time(total // 60 % 24, total % 60)
    return _in_the({"a": "morning", "p": "afternoon"}[half[0]], at) if half else at


def _shift(found: re.Match[str]) -> int:
    """Minutes from the hour: 30 for "half past nine", -30 for "halb zehn"."""
    before, after = meanings("before-hours"), meanings("after-hours")
    return int(before.get(found["before"], 0)) + int(after.get(found["after"], 0))


def _in_the(part: str, at: time | None) -> time | None:
    """An hour of twelve by the part of the day: "9 in the evening" is 21:00."""
    if not part or at is None or at.hour > 12:
        return at
    earliest = _EARLIEST[part]
    return at.replace(hour=(earliest + (at.hour - earliest) % 12) % 24)


def _phrases(words: str) -> Iterator[str]:
    """The words one by one, but those together that name a zone or say nothing together."""
    rest = _SIGNS.sub(" ", words).split()
    while rest:
        sizes = range(min(_LONGEST_NAME, len(rest)), 1, -1)
        size = next((size for size in sizes if _is_one(" ".join(rest[:size]))), 1)
        yield " ".join(rest[:size])
        del rest[:size]


def _is_one(phrase: str) -> bool:
    return phrase in _fillers() or bool(find_zones(phrase))


def _in_zone(at: time, days: int | None, named: list[str]) -> Hour:
    """That hour in the one zone that all the phrases name; if they don't, with what they are."""
    if not named:
        return Hour(at=at, days=days)
    zones = [find_zones(phrase) for phrase in named]
    choices = tuple(dict.fromkeys(zone for some in zones for zone in some))
    if all(zones) and len(choices) == 1:
        return Hour(at=at, zone=choices[0], days=days)
    unknown = " ".join(named)
    return Hour(at=at, days=days, unknown=unknown, choices=choices or _near(unknown))


def _is_clear(start: Hour, end: Hour) -> bool:
    """Whether they are hours of every day, and a zone that was named is known."""
    daily = {start.days, end.days} <= {None, EVERY_DAY}
    return daily and not end.unknown and bool(end.zone or not start.unknown)


@cache
def _hour() -> re.Pattern[str]:
    """An hour with all that may tell its minutes; "am" or "pm" as its half of the day."""
    clock, minutes = any_of(_clock("hours")), any_of(_clock("minutes"))
    before, after = any_of(meanings("before-hours")), any_of(meanings("after-hours"))
    return re.compile(
        rf"""{BEGINS} (?: (?P<before>{before})\s* | (?<![+-])(?<!\d:) )
        (?: (?P<hour>\d{{1,2}}) | (?P<hour4>\d{{1,2}})(?P<minute4>\d{{2}})
          | (?P<word>{any_of(meanings("numbers"))}){ENDS} )
        (?: (?: \s?[:.]\s? | \s*{clock}\s* )
            (?P<minute>\d{{2}})(?:[:.]\d{{2}})?(?!\d) (?:\s*{minutes}{ENDS})? )?
        (?: \s*{clock}{ENDS} )?
        (?: \s+(?P<after>{after}){ENDS} )?
        (?: \s*(?P<half>[ap]\.?\s?m\b\.?) )?
        (?![\d:])""",
        re.VERBOSE,
    )


@cache
def _part() -> re.Pattern[str]:
    return re.compile(rf"{BEGINS}{any_of(meanings('parts'))}{ENDS}")


@cache
def _to() -> re.Pattern[str]:
    """Between two hours."""
    return re.compile(joint(word for word, name in meanings("between").items() if name == "to"))


@cache
def _fillers() -> frozenset[str]:
    return frozenset({*meanings("fillers"), *_clock("hours")})


def _clock(name: str) -> tuple[str, ...]:
    return tuple(word for word, meaning in meanings("clock").items() if meaning == name)


def _fixed(sign: str, hours: int) -> tuple[str, ...]:
    if hours == 0:
        return ("UTC",)
    # The zone database counts these westward: UTC+2 is called Etc/GMT-2.
    name = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}"
    return (name,) if name in available_timezones() else ()


def _plain(name: str) -> str:
    """A folded name without what people write differently between its words."""
    return " ".join(_SIGNS.sub(" ", re.sub(r"[-_]", " ", name)).split())


def _stem(name: str) -> str:
    """Without the ending of a Russian case: "(по) Москве" is "Москва" too."""
    return _CASE.sub("", name)


def _near(place: str) -> tuple[str, ...]:
    zones = _zones()
    close = difflib.get_close_matches(_plain(place)[:60], zones, n=3, cutoff=0.8)
    return tuple(dict.fromkeys(zone for name in close for zone in zones[name]))[:3]


@cache
def _zones() -> Mapping[str, tuple[str, ...]]:
    """Every way to write a zone: its full name, and its city where all of that name agree."""
    full: dict[str, tuple[str, ...]] = {}
    cities: dict[str, list[str]] = {}
    for name in sorted(available_timezones(), key=lambda name: (name.count("/"), name)):
        if name in {"Factory", "localtime", "posixrules"}:
            continue
        words = _plain(fold(name))
        full[words] = (name,)
        if "/" in name and not name.startswith("Etc/"):
            cities.setdefault(words.rsplit("/", 1)[1], []).append(name)
    named = _translated() | {city: _distinct(names) for city, names in cities.items()} | full
    named |= _nicknames()
    return {_stem(name): zones for name, zones in named.items()} | named


def _translated() -> dict[str, tuple[str, ...]]:
    """The zones' cities in each language, as Unicode has them."""
    zones, cities = available_timezones(), dict[str, list[str]]()
    for language in LANGUAGES:
        for zone, names in Locale.parse(language).time_zones.items():
            if zone in zones and "city" in names:
                cities.setdefault(_plain(fold(names["city"])), []).append(zone)
    return {city: _distinct(names) for city, names in cities.items()}


def _nicknames() -> dict[str, tuple[str, ...]]:
    text = files("data").joinpath("vocabulary", "zones.toml").read_text("utf-8")
    names: dict[str, list[str]] = tomllib.loads(text)
    return {_plain(fold(name)): (zone,) for zone, some in names.items() for name in some}


def _distinct(names: list[str]) -> tuple[str, ...]:
    """One name of each clock among them; two names of one clock are no reason to ask."""
    seen: dict[tuple[object, ...], str] = {}
    for name in names:
        zone = ZoneInfo(name)
        clock = tuple(
            zone.utcoffset(datetime(year, month, 15))  # noqa: DTZ001 the zone is what is asked
            for year in (2020, 2026)
            for month in range(1, 13)
        )
        seen.setdefault(clock, name)
    return tuple(seen.values())
