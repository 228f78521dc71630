"""What people say that they do not want is kept from them, in each language."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.wishes import Wish, wish_of

SHOPS = {"corner": "Corner Shop", "arcade": "Arcade"}
_FIFTY = Wish(most=Decimal(50))
_THIRTY = Wish(least=Decimal(30))


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("not more than 50", _FIFTY),
        ("no more than 50 €", replace(_FIFTY, currency="EUR")),
        ("nothing over 50", _FIFTY),
        ("doesn't cost more than 50", _FIFTY),
        ("no less than 30", _THIRTY),
        ("not under £30", replace(_THIRTY, currency="GBP")),
        ("nicht mehr als 50 Euro", replace(_FIFTY, currency="EUR")),
        ("nicht über 50", _FIFTY),
        ("nicht unter 30", _THIRTY),
        ("no más de 50", _FIFTY),
        ("no menos de 30", _THIRTY),
        ("pas plus de 50", _FIFTY),
        ("pas moins de 30", _THIRTY),
        ("не дороже 50", _FIFTY),
        ("не более 50", _FIFTY),
        ("не дешевле 30", _THIRTY),
        ("50 से ज़्यादा नहीं", _FIFTY),
        ("50 se zyada nahi", _FIFTY),
    ],
)
def test_no_more_is_the_most_and_no_less_the_least(text: str, wish: Wish) -> None:
    assert wish_of(text, {}) == wish


@pytest.mark.parametrize(
    ("text", "but", "colours"),
    [
        ("not black", ("black",), ()),
        ("dress, but not in black", ("black",), ()),
        ("black and not white", ("white",), ("black",)),
        ("not black but blue", ("black",), ("blue",)),
        ("not red or blue", ("red", "blue"), ()),
        ("neither red nor blue", ("red", "blue"), ()),
        ("red, not striped", ("striped",), ("red",)),
        ("nicht schwarz", ("black",), ()),
        ("kein schwarzes Kleid", ("black",), ()),
        ("weder rot noch blau", ("red", "blue"), ()),
        ("ohne Streifen", ("striped",), ()),
        ("no negro", ("black",), ()),
        ("ni rojo ni azul", ("red", "blue"), ()),
        ("sin rayas", ("striped",), ()),
        ("pas de noir", ("black",), ()),
        ("ni rouge ni bleu", ("red", "blue"), ()),
        ("не чёрное", ("black",), ()),
        ("ни красное, ни синее", ("red", "blue"), ()),
        ("काला नहीं", ("black",), ()),
        ("लाल या नीला नहीं", ("red", "blue"), ()),
        ("kala nahi", ("black",), ()),
        ("no logo, black", (), ("black",)),
    ],
)
def test_colours_and_patterns_may_be_what_it_is_not(
    text: str, but: tuple[str, ...], colours: tuple[str, ...]
) -> None:
    wish = wish_of(text, {})
    assert (wish.but, wish.colours, wish.pattern) == (but, colours, None)


@pytest.mark.parametrize(
    "text",
    ["not from Arcade", "nicht von Arcade", "no de Arcade", "pas de Arcade", "не из Arcade"],
)
def test_a_shop_may_be_what_it_is_not_from(text: str) -> None:
    assert wish_of(text, SHOPS) == Wish(elsewhere=("arcade",))


def test_of_what_is_said_later_a_not_and_a_colour_end_each_other() -> None:
    black, red = Wish(colours=("black",)), Wish(colours=("red",))
    not_black, not_striped = Wish(but=("black",)), Wish(but=("striped",))
    assert black.refined(not_black) == not_black
    assert not_black.refined(black) == black
    assert not_striped.refined(red) == replace(red, but=("striped",))
    assert not_black.refined(not_striped).but == ("black", "striped")
    assert Wish(pattern="striped").refined(not_striped) == not_striped
    either = Wish(colours=("black", "red"))
    assert either.refined(not_black) == replace(red, but=("black",))
