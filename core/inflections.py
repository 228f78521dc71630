"""Words for kinds and colours as sentences bend them: "schwarzes", "noires", "чёрную юбку".

Rules of endings, not a grammar: what they lead to counts only where a table has it. They are for
what people write; in the titles of shops names stand alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from core.words import Phrase, colours, folded, kinds

_SHORTEST_UNMARKED = 4
"""Letters of a word that may be written without its marks."""

_Endings = Mapping[str, tuple[str, ...]]
"""From an ending to what stands in its place where the word stands alone."""

_RUSSIAN_ADJECTIVES = (
    *("ая", "ую", "ое", "ее", "ые", "ие", "яя", "юю", "ом", "ем", "ой", "ей", "ого", "его"),
    *("ому", "ему", "ым", "им", "ых", "их", "ыми", "ими"),
)
_ADJECTIVES: _Endings = {
    **dict.fromkeys(("es", "er", "en", "em", "e", "s"), ("",)),
    **dict.fromkeys(("a", "as", "os"), ("o",)),
    **dict.fromkeys(_RUSSIAN_ADJECTIVES, ("ый", "ий", "ой")),
}
_RUSSIAN_NOUNS: _Endings = {
    "у": ("а", ""),
    "ы": ("а", ""),
    "и": ("а", "ь", ""),
    "е": ("а", "", "и"),
    "а": ("", "о"),
    "ой": ("а",),
    "ом": ("",),
    "ов": ("", "ы", "и"),
    **dict.fromkeys(("ам", "ами", "ах"), ("а", "", "ы", "и")),
    **dict.fromkeys(("я", "ю", "ем", "ев", "ям", "ями", "ях"), ("е", "ь", "и")),
    **dict.fromkeys(("ок", "ек"), ("ка", "ки")),
}


def plain_kind(word: str) -> str:
    """The word as ``kinds`` has it, bent or without its marks ("юбку", "mutze"); else as it is."""
    return _plain(word, _kinds_alone(), _RUSSIAN_NOUNS)


def plain_colour(word: str) -> str:
    """The word as ``colours`` has it, bent or without its marks ("negras"); else as it is."""
    return _plain(word, _colours_alone(), _ADJECTIVES)


def _plain(word: str, names: Mapping[str, str], endings: _Endings) -> str:
    forms = (word, folded(word), *map(folded, _straightened(word, endings)))
    return next((names[form] for form in forms if form in names), word)


def _straightened(word: str, endings: _Endings) -> Iterator[str]:
    for ending, alone in endings.items():
        if word.endswith(ending):
            yield from (word.removesuffix(ending) + other for other in alone)


@cache
def _kinds_alone() -> Mapping[str, str]:
    return _by_spelling(kinds())


@cache
def _colours_alone() -> Mapping[str, str]:
    return _by_spelling(colours())


def _by_spelling(table: Iterable[Phrase]) -> Mapping[str, str]:
    """The single words of a table by themselves, and by how they are written without marks."""
    words = [phrase[0] for phrase in table if len(phrase) == 1]
    unmarked = {folded(word): word for word in words}
    return {
        **{name: word for name, word in unmarked.items() if len(name) >= _SHORTEST_UNMARKED},
        **{word: word for word in words},
    }
