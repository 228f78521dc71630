"""Clothes and colours are understood as sentences bend their names, in each language that does."""

import pytest

from core.wishes import wish_of
from core.words import colour_of, kind_of

_RED_SKIRT = ("skirt", ("red",))
_BLACK_DRESS = ("dress", ("black",))
_BENT = {
    "ищу красную юбку": _RED_SKIRT,
    "красной юбки": _RED_SKIRT,
    "о красных юбках": _RED_SKIRT,
    "чёрного платья": _BLACK_DRESS,
    "черные платья": _BLACK_DRESS,
    "к черному платью": _BLACK_DRESS,
    "синих курток": ("jacket", ("blue",)),
    "зелёные рюкзаки": ("backpack", ("green",)),
    "rote Röcke": _RED_SKIRT,
    "roten Rock": _RED_SKIRT,
    "schwarze Kleider": _BLACK_DRESS,
    "in schwarzem Kleid": _BLACK_DRESS,
    "grune Mutze": ("hat", ("green",)),
    "faldas rojas": _RED_SKIRT,
    "vestidos negros": _BLACK_DRESS,
    "chaqueta amarilla": ("jacket", ("yellow",)),
    "jupes rouges": _RED_SKIRT,
    "robes noires": _BLACK_DRESS,
    "manteaux verts": ("coat", ("green",)),
    "echarpe verte": ("scarf", ("green",)),
}


@pytest.mark.parametrize("text", _BENT)
def test_a_bent_word_is_the_word(text: str) -> None:
    wish = wish_of(text, {})
    assert (wish.kind, wish.colours) == _BENT[text]
    assert not wish.words


@pytest.mark.parametrize("text", ["курс", "час", "топать", "редкость", "rotor", "hosena"])
def test_what_only_ends_like_one_is_none(text: str) -> None:
    wish = wish_of(text, {})
    assert not wish.names_a_thing


@pytest.mark.parametrize("title", ["красную юбку", "roten Mutze", "rojas"])
def test_titles_of_shops_are_read_to_the_letter(title: str) -> None:
    assert (kind_of(title), colour_of(title)) == (None, None)
