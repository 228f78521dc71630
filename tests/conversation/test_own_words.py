"""What we write in a language is understood when it is written back in that language."""

from decimal import Decimal

import pytest

from bot.conversation.texts import texts_in
from bot.conversation.wording import LANGUAGES
from core.catalogue import Gender
from core.wishes import Wish, wish_of
from core.words import colours, kinds, patterns

_AMBIGUOUS = {
    ("es", "braces"): "tirantes are straps, too: a top has them",
    ("fr", "braces"): "so are bretelles",
    ("es", "glasses"): "gafas alone are sunglasses to most shops",
    ("es", "necklace"): "an English collar is part of a shirt",
    ("fr", "sweatshirt"): "English sweat makes trousers, too",
    ("fr", "top"): "haut is high, too: talon haut, taille haute",
}
"""Of kinds that we cannot read, and why: titles are read by the same words."""

_CURRENCIES = ("EUR", "GBP", "USD", "INR", "RUB", "CHF", "PLN", "SEK")
_RANGES = [
    (None, Decimal(50)),
    (None, Decimal("49.9")),
    (None, Decimal("1299.5")),
    (Decimal(30), None),
    (Decimal(30), Decimal(50)),
    (Decimal(1000), Decimal(12999)),
]

each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_language
def test_kinds_are(language: str) -> None:
    say = texts_in(language)
    unread = {
        (language, kind)
        for kind in kinds().values()
        if wish_of(say.word("kind", kind), {}).kind != kind
    }
    assert unread == {known for known in _AMBIGUOUS if known[0] == language}


@each_language
def test_colours_patterns_and_genders_are(language: str) -> None:
    say = texts_in(language)
    for colour in set(colours().values()):
        assert wish_of(say.word("colour", colour), {}) == Wish(colours=(colour,))
    for pattern in set(patterns().values()):
        assert wish_of(say.word("pattern", pattern), {}).pattern == pattern
    for gender in Gender:
        assert wish_of(say.word("gender", gender), {}) == Wish(gender=gender)


@each_language
@pytest.mark.parametrize("currency", _CURRENCIES)
def test_prices_are(language: str, currency: str) -> None:
    say = texts_in(language)
    for least, most in _RANGES:
        wish = Wish(least=least, most=most, currency=currency)
        assert wish_of(say.limit(wish), {}) == wish


@each_language
def test_the_rest_of_a_wish_is(language: str) -> None:
    say = texts_in(language)
    for sizes in (("m",), ("38", "40"), ("uk 10",), ("one size",), ("w32 l34",)):
        assert wish_of(say.sizes(sizes), {}) == Wish(sizes=sizes)
    assert wish_of(say.say("new"), {}) == Wish(new=True)
    assert wish_of(say.say("in-stock"), {}) == Wish(in_stock=True)
    not_red = Wish(but=("red",))
    assert wish_of(say.wish_line(not_red), {}) == not_red
