"""Kind, colour and gender from the words that shops use for them.

A phrase counts only as whole words; the longest phrase wins, and of several equally long ones
the last: in English and the Germanic names of clothes the head of a title stands last ("denim
shirt dress"). English plurals of kinds are understood without being listed.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files

from core.catalogue import Gender

_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LONGEST = 4

Phrase = tuple[str, ...]


def kind_of(*texts: str | None) -> str | None:
    """What sort of thing the texts speak of ("dress"), the first text that says so deciding."""
    return _first(_kinds(), texts)


def colour_of(*texts: str | None) -> str | None:
    """The colour that the texts name ("navy"); the last of several in one text."""
    return _first(_colours(), texts)


def gender_of(*texts: str | None) -> Gender | None:
    """Whom the texts speak of; children before grown-ups, women and men together are unisex."""
    table = _genders()
    for text in texts:
        found = {table[word,] for word in _words(text or "") if (word,) in table}
        if Gender.KIDS in found:
            return Gender.KIDS
        if Gender.UNISEX in found or {Gender.MEN, Gender.WOMEN} <= found:
            return Gender.UNISEX
        if found:
            return found.pop()
    return None


WORDS: Mapping[str, Callable[[str], str | None]] = {
    "kind": kind_of,
    "colour": colour_of,
    "gender": gender_of,
}
"""For what shops say of their products and the network reads: from a name to our word."""


def family_of_kind(kind: str | None) -> str | None:
    """Where in ``data/vocabulary/families.toml`` a kind belongs ("jacket" for a coat)."""
    return _families().get(kind or "")


def families() -> tuple[str, ...]:
    """All that ``family_of_kind`` may say."""
    return tuple(dict.fromkeys(_families().values()))


def _first(table: Mapping[Phrase, str], texts: Iterable[str | None]) -> str | None:
    return next(
        (found for text in texts if text and (found := _longest(table, _words(text)))), None
    )


def _longest(table: Mapping[Phrase, str], words: list[str]) -> str | None:
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length, -1, -1):
            if found := table.get(tuple(words[start : start + length])):
                return found
    return None


def _words(text: str) -> list[str]:
    return [word.replace("’", "'") for word in _WORDS.findall(text[:500].casefold())]


@cache
def _kinds() -> Mapping[Phrase, str]:
    table = _table("kinds")
    for phrase, kind in list(table.items()):
        for form in _plurals(phrase):
            table.setdefault(form, kind)
    return table


@cache
def _colours() -> Mapping[Phrase, str]:
    return _table("colours")


@cache
def _genders() -> Mapping[Phrase, Gender]:
    return {phrase: Gender(name) for phrase, name in _table("genders").items()}


def _table(name: str) -> dict[Phrase, str]:
    text = files("data").joinpath("vocabulary", f"{name}.toml").read_text("utf-8")
    source: dict[str, list[str]] = tomllib.loads(text)
    return {
        tuple(_words(phrase)): meaning
        for meaning, phrases in source.items()
        for phrase in (meaning, *phrases)
    }


def _plurals(phrase: Phrase) -> Iterable[Phrase]:
    *start, last = phrase
    yield (*start, f"{last}es" if last.endswith(("s", "ch", "sh", "x")) else f"{last}s")
    if last.endswith("y"):
        yield (*start, f"{last[:-1]}ies")
    if last.endswith("s") and not last.endswith("ss"):
        yield (*start, last[:-1])


@cache
def _families() -> Mapping[str, str]:
    text = files("data").joinpath("vocabulary", "families.toml").read_text("utf-8")
    return {kind: family for family, kinds in tomllib.loads(text).items() for kind in kinds}
