"""What people write for days of the week, and for how long to pause."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from core.storage.people import EVERY_DAY

_SEVERAL = {"weekdays": 0b0011111, "weekend": 0b1100000, "every-day": EVERY_DAY}
_SPAN = re.compile(r"(?P<count>\d{1,3})?\s*(?P<unit>[^\s\d]+)?")
_SPANS = {"day": 1, "week": 7, "month": 30}
_LONGEST_DAYS = 366


def is_on(day: date, days: int) -> bool:
    """Whether that date's day of the week is among ``days``, a bit each, Monday's being 1."""
    return bool(days >> day.weekday() & 1)


def read_days(text: str) -> tuple[int | None, str]:
    """The days that a text names, None for none, and the text without them."""
    words = fold(text)
    rest = _every_day().sub(" ", words)
    days, to = EVERY_DAY if rest != words else 0, False
    kept: list[str] = []
    last: int | None = None
    for token in _tokens(rest):
        some = _table().get(token)
        if some is None:
            to = last is not None and token in _between()
            if not to:
                kept.append(token)
            continue
        first = some.bit_length() - 1
        if to and last is not None:
            for step in range((first - last) % 7 + 1):
                days |= 1 << (last + step) % 7
        days |= some
        last, to = (first if some.bit_count() == 1 else None), False
    return (days, " ".join(kept)) if days else (None, text)


def read_span(text: str) -> timedelta | None:
    """Understand "1 week", "10 days" or nothing, which is a week; None for anything else."""
    words = fold(text).strip()
    if not words:
        return timedelta(weeks=1)
    found = _SPAN.fullmatch(words)
    if found is None or not found["unit"]:
        return None
    per = _units().get(found["unit"])
    days = (per or 0) * int(found["count"] or 1)
    return timedelta(days=days) if 0 < days <= _LONGEST_DAYS else None


def fold(text: str) -> str:
    """Small letters without marks, as people type them in a hurry."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("’", "'")


def _tokens(words: str) -> list[str]:
    """With a dash or comma between two days as one of its own; zones and hours stay whole."""
    made: list[str] = []
    for word in words.split():
        parts = re.split(r"([-–,])", word)
        named = [part for part in parts if part in _table()]
        made += [part for part in parts if part] if named else [word]
    return made


@cache
def _vocabulary() -> Mapping[str, Mapping[str, list[str]]]:
    text = files("data").joinpath("vocabulary", "days.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _table() -> Mapping[str, int]:
    """The days that each word means."""
    days = enumerate(_vocabulary()["days"].values())
    table = {fold(word): 1 << number for number, words in days for word in words}
    several = _vocabulary()["several"].items()
    return table | {fold(word): _SEVERAL[name] for name, words in several for word in words}


@cache
def _every_day() -> re.Pattern[str]:
    phrases = _vocabulary()["phrases"]["every-day"]
    return re.compile("|".join(re.escape(fold(phrase)) for phrase in phrases))


@cache
def _between() -> frozenset[str]:
    return frozenset(map(fold, _vocabulary()["between"]["to"]))


@cache
def _units() -> Mapping[str, int]:
    spans = _vocabulary()["spans"].items()
    return {fold(word): _SPANS[name] for name, words in spans for word in words}
