"""What a look is asked for at shops: words that any of them understands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalogue import Gender
from core.looks import Look
from core.queries import words_for
from core.wishes import wish_of
from core.words import colours, kinds, patterns


def _look(**seen: object) -> Look:
    return Look(fashion=1.0, seen="", **seen)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("look", "words"),
    [
        (
            _look(kind="dress", colour="navy", pattern="floral", gender=Gender.WOMEN),
            "women navy floral dress",
        ),
        (_look(kind="t-shirt", gender=Gender.KIDS), "kids t-shirt"),
        (_look(kind="bag", colour="multicoloured", pattern="solid", gender=Gender.UNISEX), "bag"),
        (_look(kind="ankle boots"), "ankle boots"),
        (_look(kind="salopettes d'été", colour="red"), None),  # one shop's own name for it
        (_look(colour="red", gender=Gender.MEN), None),
    ],
)
def test_gender_colour_pattern_and_kind_in_the_order_of_shops(
    look: Look, words: str | None
) -> None:
    assert words_for(look) == words


@given(
    kind=st.sampled_from(sorted(set(kinds().values()))),
    colour=st.none() | st.sampled_from(sorted(set(colours().values()) - {"multicoloured"})),
    pattern=st.none() | st.sampled_from(sorted(set(patterns().values()))),
    gender=st.sampled_from([None, Gender.WOMEN, Gender.MEN, Gender.KIDS]),
)
def test_the_words_mean_the_look(
    kind: str, colour: str | None, pattern: str | None, gender: Gender | None
) -> None:
    """Read back as a wish, they say what was recognised and nothing else."""
    words = words_for(_look(kind=kind, colour=colour, pattern=pattern, gender=gender))
    wish = wish_of(words or "", {})
    assert (wish.kind, wish.pattern, wish.gender) == (kind, pattern, gender)
    assert wish.colours == ((colour,) if colour else ())
