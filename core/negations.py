"""What people do not want: "not black", "ohne Streifen", "काला या नीला नहीं"."""

from collections.abc import Iterator, Mapping

from core.inflections import plain_colour
from core.wish_words import TAKEN, length, vocabulary
from core.words import Phrase, colours, patterns, phrase_in


def take_unwanted(words: list[str]) -> tuple[str, ...]:
    """The colours and patterns after a "not", or before a "नहीं"; takes the words out.

    Of several with an "or" or "and" between them it means all.
    """
    unwanted: dict[str, None] = {}
    for place, names in _joined(words):
        start, stop = _with_not(words, place)
        if (start, stop) != (place.start, place.stop):
            unwanted |= dict.fromkeys(names)
            words[start:stop] = [TAKEN] * (stop - start)
    return tuple(unwanted)


def _with_not(words: list[str], place: slice) -> tuple[int, int]:
    """From where to where the place reaches with the "not" that belongs to it, if any does."""
    lists = vocabulary()
    start = place.start
    while start and words[start - 1] in {*lists.articles, *lists.from_}:
        start -= 1
    if start and words[start - 1] in lists.not_:
        while start and words[start - 1] in lists.not_:
            start -= 1
        return start, place.stop
    is_before = words[place.stop : place.stop + 1] and words[place.stop] in lists.not_after
    return place.start, place.stop + 1 if is_before else place.stop


def _joined(words: list[str]) -> Iterator[tuple[slice, tuple[str, ...]]]:
    """Where colours and patterns stand, those that are joined in one place, and which they are."""
    lists = vocabulary()
    reach: slice | None = None
    names: tuple[str, ...] = ()
    for place, name in _places(words):
        between = words[reach.stop : place.start] if reach else []
        is_joined = not lists.nor.isdisjoint(between) and (
            lists.nor | lists.articles | lists.from_
        ).issuperset(between)
        if reach and not is_joined:
            yield reach, names
        if reach and is_joined:
            reach, names = slice(reach.start, place.stop), (*names, name)
        else:
            reach, names = place, (name,)
    if reach:
        yield reach, names


def _places(words: list[str]) -> list[tuple[slice, str]]:
    """Where each colour and pattern stands, in the order of the words, and which it is."""
    table: Mapping[Phrase, str] = {**colours(), **patterns()}
    read = [plain_colour(word) for word in words]
    places = []
    while place := phrase_in(table, read):
        places.append((place, table[tuple(read[place])]))
        read[place] = [TAKEN] * length(place)
    return sorted(places, key=lambda one: one[0].start)
