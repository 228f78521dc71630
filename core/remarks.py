"""What people say beside their wishes: "cheaper", "off", "this dress", "thanks"."""

from collections.abc import Mapping
from functools import cache

from core.spelling import spelt
from core.wish_words import phrases, single, take_all, telling, vocabulary, wish_words
from core.words import Phrase, words_in


def step_in(text: str) -> str | None:
    """Which way on from an answer is all that the text asks for, as the buttons under it do.

    "cheaper", "elsewhere" for another shop, or "colour" for another colour.
    """
    return _steps().get(_meant(tuple(words_in(text))))


def says_off(text: str) -> bool:
    """Whether the text says that there is to be no filter any more."""
    off = wish_words()["off"]
    if spelt(text.strip().casefold()) in map(spelt, off):
        return True
    words, alone = set(words_in(text)), single(one for one in off if " " not in one)
    return bool(words & alone) and words <= alone | single(wish_words()["all"]) | vocabulary().said


def points_at(text: str) -> bool:
    """Whether the text speaks of what is there already: "this dress", "la même en rouge"."""
    return not _pointers().isdisjoint(words_in(text))


def is_courtesy(text: str) -> bool:
    """Whether thanks, an "ok" or a 👍 is all that the text says."""
    words = words_in(text)
    if not words:
        return any(sign in text for sign in wish_words()["courtesy"]["signs"])
    return bool(take_all(_courtesies(), words, words)) and not telling(words)


@cache
def _pointers() -> frozenset[str]:
    return single(wish_words()["this"])


@cache
def _courtesies() -> Mapping[Phrase, bool]:
    return dict.fromkeys(phrases(wish_words()["courtesy"]["words"]), True)


@cache
def _steps() -> Mapping[Phrase, str]:
    table: Mapping[str, list[str]] = wish_words()["steps"]
    return {_meant(phrase): step for step in table for phrase in phrases(table[step])}


def _meant(words: Phrase) -> Phrase:
    """The words without those that say nothing."""
    return tuple(word for word in words if word not in vocabulary().said)
