"""The words in which people wish, as ``data/vocabulary/wishes.toml`` has them."""

import tomllib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from core.catalogue import Gender
from core.words import Phrase, phrase_in, words_in

_Meaning = TypeVar("_Meaning", bound=Hashable)

TAKEN = ""
"""In the place of words that are understood, so that no phrase reaches over it."""
_SHORTEST = 3
"""Letters of a word that tells titles apart."""


@cache
def wish_words() -> Mapping[str, Any]:
    """The words, list by list."""
    return tomllib.loads(files("data").joinpath("vocabulary", "wishes.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lists of words that stand between those of clothes, by the names they have there."""

    in_stock: Mapping[Phrase, str]
    new: Mapping[Phrase, bool]
    from_: frozenset[str]
    from_before: frozenset[str]
    as_: frozenset[str]
    as_before: tuple[Phrase, ...]
    articles: frozenset[str]
    not_: frozenset[str]
    not_after: frozenset[str]
    nor: frozenset[str]
    said: frozenset[str]
    whom: Mapping[Phrase, Gender]


@cache
def vocabulary() -> Vocabulary:
    """The lists as wishes are read by them."""
    table = wish_words()
    return Vocabulary(
        in_stock=dict.fromkeys(phrases(table["in_stock"]), "in stock"),
        new={
            phrase: name == "new" for name in ("new", "not_new") for phrase in phrases(table[name])
        },
        from_=single(table["from"]),
        from_before=single(table["from_before"]),
        as_=single(table["as"]),
        as_before=phrases(table["as_before"]),
        articles=single(table["articles"]),
        not_=single(one for one in (*table["not"], *table["without"]) if " " not in one),
        not_after=single(table["not_after"]),
        nor=single((*table["or"], *table["nor"])),
        said=single((*table["said"], *table["this"])),
        whom={
            phrase: Gender(name)
            for name in table["whom"]
            for phrase in phrases(table["whom"][name])
        },
    )


def phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    """Texts of a list in words, as ``core.words`` has them."""
    return tuple(tuple(words_in(text)) for text in texts)


def single(texts: Iterable[str]) -> frozenset[str]:
    """All words of a list."""
    return frozenset(word for phrase in phrases(texts) for word in phrase)


def take_all(
    table: Mapping[Phrase, _Meaning], read: list[str], words: list[str]
) -> tuple[_Meaning, ...]:
    """All that the words, read as ``read``, say of the table; takes them out of both."""
    found: dict[_Meaning, None] = {}
    while place := phrase_in(table, read):
        found[table[tuple(read[place])]] = None
        read[place] = words[place] = [TAKEN] * length(place)
    return tuple(found)


def telling(words: Sequence[str]) -> list[str]:
    """Those of the words by which titles are told apart."""
    said = vocabulary().said
    return [word for word in words if len(word) >= _SHORTEST and word not in said]


def length(place: slice) -> int:
    """How many words stand there."""
    return int(place.stop - place.start)
