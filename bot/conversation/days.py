"""What people write for days of the week, and for how long to pause."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from core.storage.people import EVERY_DAY

_NAMES = (
    "monday mondays mon montag montags lunes lundi lundis понедельник понедельникам सोमवार",
    "tuesday tuesdays tue tues dienstag dienstags martes mardi mardis вторник вторникам मंगलवार",
    "wednesday wednesdays wed mittwoch miércoles mercredi mercredis среда среду средам बुधवार",
    "thursday thursdays thu thurs donnerstag jueves jeudi jeudis четверг четвергам गुरुवार",
    "friday fridays fri freitag freitags viernes vendredi пятница пятницу пятницам शुक्रवार",
    "saturday saturdays sat samstag samstags sábado samedi суббота субботу субботам शनिवार",
    "sunday sundays sun sonntag sonntags domingo dimanche воскресенье воскресеньям रविवार",
)
_SEVERAL = {
    0b0011111: "weekday weekdays workday workdays werktags wochentags будни будням",
    0b1100000: "weekend weekends wochenende finde выходные выходным",
    EVERY_DAY: "daily täglich diario quotidien ежедневно रोज़",
}
_TO = frozenset({"-", "–", "to", "till", "through", "bis", "a", "à", "au", "по", "से"})
_EVERY_DAY = re.compile(
    r"every day|each day|jeden tag|cada dia|todos los dias|chaque jour|"
    r"tous les jours|каждыи день|हर दिन"
)
_SPAN = re.compile(r"(?P<count>\d{1,3})?\s*(?P<unit>[^\s\d]+)?")
_UNITS = {
    1: "d day days tag tage tagen día días jour jours день дня дней दिन",
    7: "w week weeks woche wochen semana semanas semaine semaines неделя неделю недели हफ़्ता हफ़्ते",
    30: "month months monat monate monaten mes meses mois месяц месяца месяцев महीना महीने",
}
_LONGEST_DAYS = 366


def is_on(day: date, days: int) -> bool:
    """Whether that date's day of the week is among ``days``, a bit each, Monday's being 1."""
    return bool(days >> day.weekday() & 1)


def read_days(text: str) -> tuple[int | None, str]:
    """The days that a text names, None for none, and the text without them."""
    words = fold(text)
    rest = _EVERY_DAY.sub(" ", words)
    days, to = EVERY_DAY if rest != words else 0, False
    kept: list[str] = []
    last: int | None = None
    for token in _tokens(rest):
        some = _table().get(token)
        if some is None:
            to = last is not None and token in _TO
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
def _table() -> Mapping[str, int]:
    table = {fold(name): 1 << n for n, names in enumerate(_NAMES) for name in names.split()}
    return table | {fold(name): bits for bits, names in _SEVERAL.items() for name in names.split()}


@cache
def _units() -> Mapping[str, int]:
    return {fold(name): days for days, names in _UNITS.items() for name in names.split()}
