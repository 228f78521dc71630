"""What a look is asked for at shops: words that any of them understands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalogue import Gender
from core.looks import Look
from core.queries import words_for
from core.wishes import wish_of
from core.words import colour_of, colours, gender_of, kind_of, kinds, pattern_of, patterns

MEANT_OTHERWISE = {
    ("es", "braces"): [None],
    ("es", "necklace"): [None],
    ("fr", "braces"): [None],
    ("fr", "sweatshirt"): [None],
    ("it", "braces"): [None],
    ("it", "underwear"): [None],
    ("nl", "cap"): [None],
    ("nl", "cardigan"): ["vest top"],
    ("nl", "suit"): [None],
    ("nl", "sweatshirt"): ["sweater"],
    ("nl", "tights"): ["underwear"],
}
"""What a word is read as that means something else in another language."""


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
    assert words_for(look).get("en") == words


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
    wish = wish_of(words["en"], {})
    assert (wish.kind, wish.pattern, wish.gender) == (kind, pattern, gender)
    assert wish.colours == ((colour,) if colour else ())


def test_shops_are_asked_in_their_own_language() -> None:
    words = words_for(_look(kind="dress", colour="navy", pattern="floral", gender=Gender.WOMEN))
    assert words["de"] == "damen marineblau geblümt kleid"
    assert words["fr"] == "femme bleu marine fleurs robe"


@given(
    kind=st.sampled_from(sorted(set(kinds().values()))),
    colour=st.sampled_from(sorted(set(colours().values()) - {"multicoloured"})),
    pattern=st.sampled_from(sorted(set(patterns().values()))),
    gender=st.sampled_from([Gender.WOMEN, Gender.MEN, Gender.KIDS]),
)
def test_no_language_lacks_a_word_or_says_another_thing(
    kind: str, colour: str, pattern: str, gender: Gender
) -> None:
    """But a few words that elsewhere mean something else, which is not to be read for them."""
    asked = words_for(_look(kind=kind, colour=colour, pattern=pattern, gender=gender))
    for language, words in asked.items():
        if language != "en":
            assert (colour_of(words), pattern_of(words)) == (colour, pattern)
            assert gender_of(words) is gender
            assert kind_of(words) in {kind, *MEANT_OTHERWISE.get((language, kind), ())}
