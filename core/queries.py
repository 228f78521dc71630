"""What a look is asked for at a shop's own search page."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from core.catalogue import Gender
from core.looks import Look
from core.words import kinds, words_in

ENGLISH = "en"

_NARROWS_NOTHING = frozenset({Gender.UNISEX, "solid", "multicoloured"})
"""What is true of the look, and what shops do not write beside their products."""


def words_for(look: Look) -> Mapping[str, str]:
    """The look in words that shops understand, by language: "women navy floral dress".

    Its gender, colour, pattern and kind, in English and each language of
    ``data/vocabulary/queries.toml``; general words only, so that a name which one shop has for its
    products asks nothing of the others. Empty where the kind is not known.
    """
    if look.kind is None or tuple(words_in(look.kind)) not in kinds():
        return {}
    said = (look.gender, look.colour, look.pattern, look.kind)
    words = [word for word in said if word and word not in _NARROWS_NOTHING]
    told = {
        language: " ".join(table.get(word, word) for word in words)
        for language, table in _tables().items()
    }
    return {ENGLISH: " ".join(words), **told}


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    text = files("data").joinpath("vocabulary", "queries.toml").read_text("utf-8")
    return tomllib.loads(text)
