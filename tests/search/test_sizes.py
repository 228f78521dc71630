"""Sizes are one and the same however shops and people write them."""

import pytest

from core.sizes import names_asked, names_of, sizes_in
from core.wishes import wish_of


def comes_in(written: str, asked: str) -> bool:
    return not set(names_of([written])).isdisjoint(names_asked(sizes_in(asked)))


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("M", "m"),
        ("Medium", "M"),
        ("S/M", "M"),
        ("EU 38", "38"),
        ("38", "EU 38"),
        ("UK 10 (EU 38)", "EU 38"),
        ("36/38", "38"),
        ("38,5", "38.5"),
        ("W32 L34", "W32"),
        ("W32 L34", "32"),
        ("32", "W32 L34"),
        ("2XL", "XXL"),
        ("75B", "75b"),
        ("Large - only 3 left", "L"),
        ("One size", "XS"),
    ],
)
def test_a_size_is_known_by_its_other_names(written: str, asked: str) -> None:
    assert comes_in(written, asked)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("UK 10", "EU 10"),
        ("XL", "L"),
        ("38", "38.5"),
        ("Large - only 3 left", "3"),
        ("W32 L34", "W32 L30"),
        ("12 months", "M"),
        ("Men's XL", "S"),
    ],
)
def test_another_size_is_another(written: str, asked: str) -> None:
    assert not comes_in(written, asked)


@pytest.mark.parametrize("written", ["", "Default Title", "Choose an option", "100% cotton"])
def test_what_is_no_size_has_no_name(written: str) -> None:
    assert names_of([written]) == ()


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("black dress size M or L under 50 €", ("m", "l")),
        ("Kleid Größe 38/40, 50 €", ("38", "40")),
        ("taille EU 38", ("eu 38",)),
        ("джинсы размер W32 L34", ("w32 l34",)),
        ("a dress of any size", ()),
        ("size matters", ()),
    ],
)
def test_sizes_are_understood_in_a_wish(text: str, sizes: tuple[str, ...]) -> None:
    wish = wish_of(text, {})
    assert wish.sizes == sizes
    assert "38" not in wish.words


@pytest.mark.parametrize(
    ("text", "least", "most", "currency"),
    [
        ("over 20 under 80 €", 20, 80, "EUR"),
        ("20-80 €", 20, 80, "EUR"),
        ("between 80 and 20 pounds", 20, 80, "GBP"),
        ("ab 20 € bis 80 €", 20, 80, "EUR"),
        ("от 20 до 80", 20, 80, None),
        ("from 20 €", 20, None, "EUR"),
        ("€20 to €80", 20, 80, "EUR"),
        ("size 36-38", None, None, None),
        ("12 to 14", None, None, None),
    ],
)
def test_a_range_of_prices_is_understood(
    text: str, least: int | None, most: int | None, currency: str | None
) -> None:
    wish = wish_of(text, {})
    assert (wish.least, wish.most, wish.currency) == (least, most, currency)
