"""Kind, colour and gender from the words that shops use for them.

A phrase counts only as whole words; the longest phrase wins, and of several equally long ones
the last: in English and the Germanic names of clothes the head of a title stands last ("denim
shirt dress"). English plurals of kinds are understood without being listed.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from core.catalogue import Gender
from core.spelling import LETTER, spelt

_WORD = rf"[^\W_](?:(?!_){LETTER})*"
_WORDS = re.compile(rf"{_WORD}(?:['’]{_WORD})?")
_LONGEST = 4
_NO_ACCENTS = {0, 9}
"""Unicode's classes of letters and vowels, and of what joins two letters (a virama)."""

Phrase = tuple[str, ...]


def kind_of(*texts: str | None) -> str | None:
    """What sort of thing the texts speak of ("dress"), the first text that says so deciding."""
    return _first(kinds(), texts)


def colour_of(*texts: str | None) -> str | None:
    """The colour that the texts name ("navy"); the last of several in one text."""
    return _first(colours(), texts)


def pattern_of(*texts: str | None) -> str | None:
    """The pattern that the texts name ("striped")."""
    return _first(patterns(), texts)


def gender_of(*texts: str | None) -> Gender | None:
    """Whom the texts speak of; children before grown-ups, women and men together are unisex."""
    table = genders()
    for text in texts:
        found = {table[word,] for word in words_in(text or "") if (word,) in table}
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


def kinds_of_family(name: str) -> tuple[str, ...]:
    """The kinds that belong to the family of that name, none where no family has it."""
    return tuple(kind for kind, family in _families().items() if family == name)


def families() -> tuple[str, ...]:
    """All that ``family_of_kind`` may say."""
    return tuple(dict.fromkeys(_families().values()))


def piece_of_kind(kind: str | None) -> str | None:
    """Which piece of an outfit a kind is, by ``data/vocabulary/outfits.toml`` ("shoes")."""
    return _pieces().get(kind or "")


def pieces() -> tuple[str, ...]:
    """All that ``piece_of_kind`` may say."""
    return tuple(dict.fromkeys(_pieces().values()))


def phrase_in(table: Mapping[Phrase, object], words: Sequence[str]) -> slice | None:
    """Where in the words the phrase stands that counts, None where there is none of the table."""
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length, -1, -1):
            if tuple(words[start : start + length]) in table:
                return slice(start, start + length)
    return None


def _first(table: Mapping[Phrase, str], texts: Iterable[str | None]) -> str | None:
    for text in texts:
        words = words_in(text or "")
        if place := phrase_in(table, words):
            return table[tuple(words[place])]
    return None


def words_in(text: str) -> list[str]:
    """The words of a text as the tables have them, of its first 500 signs."""
    return [word.replace("’", "'") for word in _WORDS.findall(spelt(text[:500].casefold()))]


def folded(word: str) -> str:
    """The word without the marks on its letters, as people type it in a hurry."""
    if word.isascii():
        return word
    return "".join(
        sign
        for sign in unicodedata.normalize("NFKD", word)
        if unicodedata.combining(sign) in _NO_ACCENTS
    )


@cache
def kinds() -> Mapping[Phrase, str]:
    """Every phrase that means a kind."""
    table = _table("kinds")
    for phrase, kind in list(table.items()):
        for form in _plurals(phrase):
            table.setdefault(form, kind)
    return table


@cache
def colours() -> Mapping[Phrase, str]:
    """Every phrase that means a colour."""
    return _table("colours")


@cache
def patterns() -> Mapping[Phrase, str]:
    """Every phrase that means a pattern."""
    return _table("patterns")


@cache
def genders() -> Mapping[Phrase, Gender]:
    """Every word that means whom something is made for."""
    return {phrase: Gender(name) for phrase, name in _table("genders").items()}


def _table(name: str) -> dict[Phrase, str]:
    text = files("data").joinpath("vocabulary", f"{name}.toml").read_text("utf-8")
    source: dict[str, list[str]] = tomllib.loads(text)
    return {
        tuple(words_in(phrase)): meaning
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


@cache
def _pieces() -> Mapping[str, str]:
    text = files("data").joinpath("vocabulary", "outfits.toml").read_text("utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)["pieces"]
    return {kind: piece for piece, kinds in table.items() for kind in kinds}
