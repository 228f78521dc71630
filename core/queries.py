"""What a look is asked for at a shop's own search page."""

from core.catalogue import Gender
from core.looks import Look
from core.words import kinds, words_in

_NARROWS_NOTHING = frozenset({Gender.UNISEX, "solid", "multicoloured"})
"""What is true of the look, and what shops do not write beside their products."""


def words_for(look: Look) -> str | None:
    """The look in words that shops understand: "women navy floral dress".

    In English, as its kind, colour and pattern are; general words only, so that a name which one
    shop has for its products asks nothing of the others. None where the kind is not known.
    """
    if look.kind is None or tuple(words_in(look.kind)) not in kinds():
        return None
    said = (look.gender, look.colour, look.pattern, look.kind)
    return " ".join(word for word in said if word and word not in _NARROWS_NOTHING)
