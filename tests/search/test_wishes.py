"""What people wish for is understood, in their own words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalogue import Gender
from core.wishes import Wish, wish_of
from core.words import colours, kinds

SHOPS = {"corner": "Corner Shop", "thread": "Corner & Thread", "arcade": "Arcade"}
CORNERS = (("corner", "Corner Shop"), ("thread", "Corner & Thread"))
ARCADE = (("arcade", "Arcade"),)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("black midi dress", Wish(kind="dress", colours=("black",), words=("midi",))),
        ("Looking for running shoes, please!", Wish(kind="trainers", words=("running",))),
        ("a t-shirt", Wish(kind="t-shirt")),
        ("red or blue skirt", Wish(kind="skirt", colours=("blue", "red"))),
        ("schwarzes Kleid für Damen", Wish(kind="dress", colours=("black",), gender=Gender.WOMEN)),
        ("chaussures noires", Wish(kind="shoes", colours=("black",))),
        ("striped kids' jumper", Wish(kind="sweater", pattern="striped", gender=Gender.KIDS)),
        ("Übergangsjacke", Wish(words=("ubergangsjacke",))),
        ("501 jeans", Wish(kind="jeans", words=("501",))),
        ("hi there", Wish()),
        ("", Wish()),
    ],
)
def test_clothes_are_told_from_the_other_words(text: str, wish: Wish) -> None:
    assert wish_of(text, SHOPS) == wish


@pytest.mark.parametrize(
    ("text", "most", "currency"),
    [
        ("dress under 50 €", "50", "EUR"),
        ("Kleid unter 50 Euro", "50", "EUR"),
        ("dress <30", "30", None),
        ("dress max 49,90", "49.90", None),
        ("dress up to $40", "40", "USD"),
        ("dress less than £1,299.50", "1299.50", "GBP"),
        ("dress bis zu 1.299 EUR", "1299", "EUR"),
        ("robe moins de 60€", "60", "EUR"),
        ("50 euro dress", "50", "EUR"),
        ("dress under 999,999,999,999,999,999 $", "1000000000", "USD"),
        ("dress 40$", "40", "USD"),
    ],
)
def test_a_price_is_the_most_that_it_may_cost(text: str, most: str, currency: str | None) -> None:
    wish = wish_of(text, SHOPS)
    assert (wish.kind, wish.most, wish.currency) == ("dress", Decimal(most), currency)
    assert wish.words == ()


@pytest.mark.parametrize(
    ("text", "new", "in_stock", "words"),
    [
        ("new dresses in stock", True, True, ()),
        ("neues Kleid, lieferbar", True, True, ()),
        ("robes en stock", False, True, ()),
        ("new balance trainers", False, False, ("new", "balance")),
        ("new New Balance trainers", True, False, ("new", "balance")),
    ],
)
def test_new_and_in_stock_are_understood_and_names_are_left_alone(
    text: str, new: bool, in_stock: bool, words: tuple[str, ...]
) -> None:
    wish = wish_of(text, SHOPS)
    assert (wish.new, wish.in_stock, wish.words) == (new, in_stock, words)


_WISHES = st.builds(
    Wish,
    kind=st.none() | st.sampled_from(["dress", "bag"]),
    colours=st.sampled_from([(), ("red",), ("red", "navy")]),
    gender=st.none() | st.sampled_from(Gender),
    most=st.none() | st.integers(1, 90).map(Decimal),
    shops=st.sampled_from([(), CORNERS, ARCADE]),
    elsewhere=st.sampled_from([(), ("arcade",)]),
    new=st.booleans(),
    in_stock=st.booleans(),
)


@given(first=_WISHES, then=_WISHES)
def test_what_is_said_later_counts_and_the_rest_stays(first: Wish, then: Wish) -> None:
    both = first.refined(then)
    for name in ("kind", "colours", "gender", "most", "new", "in_stock"):
        assert getattr(both, name) == (getattr(then, name) or getattr(first, name))
    placed = then if then.shops or then.elsewhere else first
    assert (both.shops, both.elsewhere) == (placed.shops, placed.elsewhere)
    assert first.refined(Wish()) == first
    assert Wish().refined(then) == then


@pytest.mark.parametrize("text", ["dress size 42", "501 dress", "dress 2024", "90s dress"])
def test_a_number_alone_is_no_price(text: str) -> None:
    assert wish_of(text, SHOPS).most is None


@pytest.mark.parametrize(
    ("text", "shops"),
    [
        ("dress from Corner", CORNERS),
        ("dress from Corner Shop", CORNERS[:1]),
        ("Kleid bei Corner & Thread", CORNERS[1:]),
        ("corner shop dresses", CORNERS[:1]),
        ("dress at arcade", ARCADE),
        ("arcade dress", ()),
        ("dress from Elsewhere", ()),
    ],
)
def test_a_shop_is_named_after_a_from_or_whole(
    text: str, shops: tuple[tuple[str, str], ...]
) -> None:
    wish = wish_of(text, SHOPS)
    assert (wish.kind, wish.shops) == ("dress", shops)


@given(
    kind=st.sampled_from(sorted(set(kinds().values()))),
    colour=st.sampled_from(sorted(set(colours().values()))),
    most=st.integers(1, 9999),
)
def test_what_we_call_a_thing_is_understood(kind: str, colour: str, most: int) -> None:
    wish = wish_of(f"{colour} {kind} under {most} €", SHOPS)
    assert (wish.kind, wish.colours) == (kind, (colour,))
    assert (wish.most, wish.currency) == (Decimal(most), "EUR")


@given(text=st.text(max_size=600))
def test_whatever_is_written_is_read(text: str) -> None:
    wish = wish_of(text, SHOPS)
    assert all(word == word.strip() != "" for word in wish.words)
