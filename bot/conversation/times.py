"""What people write for "every day at this hour, where I live"."""

import difflib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.conversation.days import fold, is_on, read_days
from core.spelling import BEGINS, ENDS
from core.storage.people import EVERY_DAY

_HOUR = re.compile(
    r"""(?<![\w+-])
        (?: (?P<word>noon|midday|midnight)
          | (?P<hour>\d{1,2}) \s? (?: [:.h] \s? (?P<minute>\d{2}) (?:[:.]\d{2})? )?
          | (?P<hour4>\d{1,2}) (?P<minute4>\d{2}) )
        \s* (?P<half>[ap]\.?m\b\.?)?
        (?![\d:])""",
    re.VERBOSE,
)
_OFFSET = re.compile(r"^(?:utc|gmt)?\s*(?P<sign>[+-])\s*0?(?P<hours>\d{1,2})(?:[:.]?00)?$")
_TO = re.compile(rf"\s*(?:–|—|-|{BEGINS}(?:to|till|until|bis|a|до|से){ENDS})\s*")
_FILLERS = re.compile(
    rf"{BEGINS}(?:every|each|on|and|jede[nrs]?|um|am|und|cada|chaque|кажд\w+|हर|को|तक|और|बजे|day|daily|at|in|time|zone|timezone|o'?clock|uhr|h|hrs?|hours?|please){ENDS}"
)

# What people call their hour, where the zone database has another word for it. Names that mean
# several zones (IST, AST) are left out on purpose: we ask.
_NICKNAMES = {
    "utc": "UTC",
    "gmt": "UTC",
    "z": "UTC",
    **dict.fromkeys(["cet", "cest", "mez", "mesz"], "Europe/Berlin"),
    **dict.fromkeys(["eet", "eest"], "Europe/Athens"),
    **dict.fromkeys(["wet", "west"], "Europe/Lisbon"),
    **dict.fromkeys(["est", "edt", "et", "eastern"], "America/New_York"),
    **dict.fromkeys(["ct", "cdt", "central"], "America/Chicago"),
    **dict.fromkeys(["mt", "mdt", "mountain"], "America/Denver"),
    **dict.fromkeys(["pst", "pdt", "pt", "pacific"], "America/Los_Angeles"),
    **dict.fromkeys(["uk", "england", "bst"], "Europe/London"),
    **dict.fromkeys(
        ["germany", "deutschland", "munich", "munchen", "hamburg", "cologne", "koln", "frankfurt"],
        "Europe/Berlin",
    ),
    **dict.fromkeys(["france", "lyon", "marseille"], "Europe/Paris"),
    **dict.fromkeys(["spain", "barcelona", "valencia"], "Europe/Madrid"),
    **dict.fromkeys(["italy", "milan", "milano", "roma"], "Europe/Rome"),
    **dict.fromkeys(["switzerland", "geneva", "basel"], "Europe/Zurich"),
    **dict.fromkeys(["austria", "wien"], "Europe/Vienna"),
    "ukraine": "Europe/Kiev",
    **dict.fromkeys(["st petersburg", "saint petersburg"], "Europe/Moscow"),
    **dict.fromkeys(
        ["india", "mumbai", "delhi", "new delhi", "bangalore", "bengaluru", "chennai", "pune"],
        "Asia/Kolkata",
    ),
    **dict.fromkeys(["china", "beijing", "shenzhen", "guangzhou"], "Asia/Shanghai"),
    **dict.fromkeys(["japan", "osaka", "kyoto"], "Asia/Tokyo"),
    **dict.fromkeys(["nyc", "boston", "washington", "miami", "atlanta"], "America/New_York"),
    **dict.fromkeys(["dallas", "houston", "austin"], "America/Chicago"),
    **dict.fromkeys(
        ["san francisco", "seattle", "san diego", "la", "las vegas", "portland"],
        "America/Los_Angeles",
    ),
}


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
    """Understand "9", "9:30 pm", "every Friday 21.15 berlin" or "09:00 Europe/Berlin".

    None without an hour.
    """
    days, text = read_days(text)
    words = fold(text)
    found = _HOUR.search(words)
    if found is None:
        return None
    at = _time(found)
    if at is None:
        return None
    rest = _FILLERS.sub(" ", f"{words[: found.start()]} {words[found.end() :]}")
    place = " ".join(rest.replace(",", " ").replace("(", " ").replace(")", " ").split())
    if not place:
        return Hour(at=at, days=days)
    zones = find_zones(place)
    if len(zones) == 1:
        return Hour(at=at, zone=zones[0], days=days)
    return Hour(at=at, days=days, unknown=place, choices=zones or _near(place))


def is_filler(words: str) -> bool:
    """Whether they say nothing: "at", "every", "please"."""
    return not _FILLERS.sub(" ", fold(words)).strip()


def read_hours(text: str) -> tuple[time, time, str | None] | None:
    """Understand "22:00–07:00 Berlin" or "from 10 pm to 7 am": start, end, and the zone if named.

    None without two different hours, and with a zone that is none or may be several.
    """
    parts = _TO.split(fold(text), maxsplit=1)
    start, end = read_hour(parts[0]), read_hour(parts[-1])
    if len(parts) < 2 or start is None or end is None or start.at == end.at or end.unknown:
        return None
    return start.at, end.at, end.zone or start.zone


def find_zones(place: str) -> tuple[str, ...]:
    """The IANA zones that a name, a city, an abbreviation or "UTC+2" may mean; sorted."""
    words = fold(place).replace("_", " ").strip()
    if words in _NICKNAMES:
        return (_NICKNAMES[words],)
    if offset := _OFFSET.match(words):
        return _fixed(offset["sign"], int(offset["hours"]))
    zones = _zones()
    return zones.get(words) or zones.get(words.replace(" ", "")) or ()


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


def _time(found: re.Match[str]) -> time | None:
    if word := found["word"]:
        return time(0) if word == "midnight" else time(12)
    hour = int(found["hour"] or found["hour4"])
    minute = int(found["minute"] or found["minute4"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"].startswith("p") else 0)
    if hour == 24 and minute == 0:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _fixed(sign: str, hours: int) -> tuple[str, ...]:
    if hours == 0:
        return ("UTC",)
    # The zone database counts these westward: UTC+2 is called Etc/GMT-2.
    name = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}"
    return (name,) if name in available_timezones() else ()


def _near(place: str) -> tuple[str, ...]:
    zones = _zones()
    close = difflib.get_close_matches(place.replace("_", " ")[:60], zones, n=3, cutoff=0.8)
    return tuple(dict.fromkeys(zone for name in close for zone in zones[name]))[:3]


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    """Every way to write a zone: its full name, and its city where all of that name agree."""
    full: dict[str, tuple[str, ...]] = {}
    cities: dict[str, list[str]] = {}
    for name in sorted(available_timezones(), key=lambda name: (name.count("/"), name)):
        if name in {"Factory", "localtime", "posixrules"}:
            continue
        words = fold(name).replace("_", " ")
        full[words] = (name,)
        if "/" in name and not name.startswith("Etc/"):
            cities.setdefault(words.rsplit("/", 1)[1], []).append(name)
    return {city: _distinct(names) for city, names in cities.items()} | full


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
