"""What people write for days of the week, and for how long to pause."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from core.spelling import BEGINS, ENDS, spelt
from core.storage.people import EVERY_DAY
from core.words import folded

_SEVERAL = {"weekdays": 0b0011111, "weekend": 0b1100000, "every-day": EVERY_DAY}
_SPANS = {"day": 1, "week": 7, "month": 30}
_LONGEST_DAYS = 366


def is_on(day: date, days: int) -> bool:
    """Whether that date's day of the week is among ``days``, a bit each, Monday's being 1."""
    return bool(days >> day.weekday() & 1)


def read_days(text: str) -> tuple[int | None, str]:
    """The days that a text names, and the text, folded, without them; None and it all for none."""
    words, days = fold(text), 0
    for row in _rows().finditer(words):
        days |= _days_in(row[0])
    return (days, _rows().sub(" ", words)) if days else (None, text)


def read_span(text: str) -> timedelta | None:
    """Understand "1 week", "на две недели" or nothing, which is a week; None for anything else."""
    words = fold(text)
    if not words:
        return timedelta(weeks=1)
    found = _span().fullmatch(words)
    if found is None:
        return None
    count = found["count"] or "1"
    days = int(_counts().get(count, count)) * _units()[found["unit"]]
    return timedelta(days=days) if 0 < days <= _LONGEST_DAYS else None


def fold(text: str) -> str:
    """Small letters without marks and single blanks, as people type them in a hurry."""
    return " ".join(folded(spelt(text.casefold())).replace("’", "'").split())


@cache
def meanings(table: str) -> Mapping[str, str]:
    """By folded word what it means in that table of ``data/vocabulary/days.toml``."""
    return {fold(word): name for name, words in _vocabulary()[table].items() for word in words}


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the folded words, the longest first."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def joint(words: Iterable[str]) -> str:
    """A pattern of any of the words between days or hours; signs such as "-" need no blanks."""
    words = {*words}
    signs = {word for word in words if not word[0].isalpha()}
    return f"(?:{BEGINS}{any_of(words - signs)}{ENDS}|{any_of(signs)})"


def _days_in(row: str) -> int:
    """The days in a row of them, with those between the first and the last of "Mon-Fri"."""
    days, last, end = 0, 0, 0
    for found in _day().finditer(row):
        some = _table()[found[0]]
        if last.bit_count() == some.bit_count() == 1 and _is_to(row[end : found.start()]):
            some = _through(last, some)
        days |= some
        last, end = _table()[found[0]], found.end()
    return days


def _through(first: int, last: int) -> int:
    """From the first day to the last, around the week's end if need be."""
    days = day = first
    while not days & last:
        day = (day << 1 | day >> 6) & EVERY_DAY
        days |= day
    return days


def _is_to(gap: str) -> bool:
    """Whether what stands between two days is "to", not "and" or nothing."""
    words = re.findall(joint(meanings("between")), gap)
    return {meanings("between")[word] for word in words} == {"to"}


@cache
def _vocabulary() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(files("data").joinpath("vocabulary", "days.toml").read_text("utf-8"))


@cache
def _table() -> Mapping[str, int]:
    """The days that each word means, a bit each."""
    several = {word: _SEVERAL[name] for word, name in meanings("several").items()}
    bits = {name: 1 << number for number, name in enumerate(_vocabulary()["days"])}
    return several | {
        word: bits[name] for table in ("days", "short") for word, name in meanings(table).items()
    }


@cache
def _day() -> re.Pattern[str]:
    """A word for days, also at the start of "Freitagabend", but not in Santo Domingo."""
    named, short = any_of({**meanings("days"), **meanings("several")}), any_of(meanings("short"))
    ends = rf"(?:{ENDS}|(?={any_of(meanings('parts'))}{ENDS}))"
    return re.compile(rf"{BEGINS}(?<!santo )(?:{named}{ends}|{short}{ENDS})")


@cache
def _rows() -> re.Pattern[str]:
    """Days beside one another with what joins them, or one that needs no other."""
    joints = joint({*meanings("between"), *meanings("fillers"), "."})
    gap = rf"(?:\s|{joints})*+"  # one way only: to try them all takes for ever
    day, short = _day().pattern, any_of(meanings("short"))
    return re.compile(rf"{day}(?:{gap}{day})+|(?!{short}{ENDS}){day}|{day}(?=\.)")


@cache
def _span() -> re.Pattern[str]:
    """How many of which days, weeks or months, with what may stand before or after."""
    words, number, unit = any_of(meanings("for")), any_of(_counts()), any_of(_units())
    count = rf"(?P<count>\d{{1,3}}|{number}(?=\s))"
    return re.compile(rf"(?:{words}\s)*{count}?\s?(?P<unit>{unit})\.?(?:\s{words})*")


@cache
def _counts() -> Mapping[str, str]:
    return {**meanings("numbers"), **meanings("counts")}


@cache
def _units() -> Mapping[str, int]:
    return {word: _SPANS[name] for word, name in meanings("spans").items()}
