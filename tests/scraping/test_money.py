"""Prices, in the typography of their countries."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraping.extract.money import (
    currency_code,
    currency_of_host,
    currency_of_language,
    machine_price,
    text_price,
)


@pytest.mark.parametrize(
    ("text", "hint", "amount", "currency"),
    [
        ("$24.990", "CLP", "24990", "CLP"),
        ("$2.449", "ARS", "2449", "ARS"),
        ("ou 1.759,99 no boleto", "BRL", "1759.99", None),
        ("R$ 1.759,99", None, "1759.99", "BRL"),
        ("63 07 Lei", None, "63.07", "RON"),
        ("1’299.–", "CHF", "1299", None),
        ("CHF 1'299.50", None, "1299.50", "CHF"),
        ("12,00 د.إ", None, "12.00", "AED"),
        ("١٢٫٥٠ ر.س", None, "12.50", "SAR"),
        ("10,75\u00a0€", None, "10.75", "EUR"),
        ("€ 1 299,00", None, "1299.00", "EUR"),
        ("1\u202f299 €", None, "1299", "EUR"),
        ("Save 20% now $15.00", None, "15.00", "USD"),
        ("£1,149", None, "1149", "GBP"),
        ("1,795.00", "USD", "1795.00", None),
        ("₹1,29,999.00", None, "129999.00", "INR"),
        ("249 kr", "SEK", "249", "SEK"),
        ("249,- Kč", None, "249", "CZK"),
        ("¥12,800", None, "12800", "JPY"),
        ("0.500 KWD", None, "0.500", "KWD"),
        ("12.345 KWD", None, "12.345", "KWD"),
        ("$1,234,567", None, "1234567", "USD"),
        ("5 zł", None, "5", "PLN"),
    ],
)
def test_visible_prices_are_read_as_their_readers_do(
    text: str, hint: str | None, amount: str, currency: str | None
) -> None:
    found = text_price(text, hint=hint)
    assert found is not None
    assert found.value == Decimal(amount)
    assert found.currency == currency


@pytest.mark.parametrize(
    ("value", "currency", "amount"),
    [
        ("1795.00", None, "1795.00"),
        ("1,795.00", None, "1795.00"),
        ("10.1400", "EUR", "10.1400"),
        (170, "USD", "170"),
        (49.99, "EUR", "49.99"),
        ("24.990", "CLP", "24990"),
        ("24990", "CLP", "24990"),
        ("24.990", "USD", "24.990"),
        (" 10,75 € ", "EUR", "10.75"),
        ("54.0", "USD", "54.0"),
    ],
)
def test_machine_values_have_a_point_before_the_cents(
    value: object, currency: str | None, amount: str
) -> None:
    assert machine_price(value, currency=currency) == Decimal(amount)


@pytest.mark.parametrize(
    "value",
    [None, "", "free", "0", 0, "0.00", -5, True, {}, [], float("nan"), float("inf"), "1e99", "-"],
)
def test_what_is_no_price_is_none(value: object) -> None:
    assert machine_price(value) is None


@pytest.mark.parametrize(
    ("text", "hint", "code"),
    [
        ("pln", None, "PLN"), ("EUR", None, "EUR"), ("€", None, "EUR"), ("$", "CAD", "CAD"),
        ("$", "EUR", "USD"), ("US$ 5", "CAD", "USD"), ("kr", "DKK", "DKK"), ("kr", None, None),
        ("Left", None, None), ("XYZ", None, None), (None, None, None), (5, None, None),
    ],
)  # fmt: skip
def test_currencies_are_told_by_code_or_sign(
    text: object, hint: str | None, code: str | None
) -> None:
    assert currency_code(text, hint=hint) == code


def test_a_country_suggests_its_currency() -> None:
    assert currency_of_host("www.shop.cl") == "CLP"
    assert currency_of_host("shop.co.uk") == "GBP"
    assert currency_of_host("shop.com") is None


def test_a_language_of_one_country_suggests_its_currency() -> None:
    assert currency_of_language("sv-SE") == "SEK"
    assert currency_of_language("nb") == "NOK"
    assert currency_of_language("en-GB") is None
    assert currency_of_language("") is None


def test_a_host_that_may_be_anywhere_suggests_nothing() -> None:
    assert currency_of_host("brand.co") is None
    assert currency_of_host("tienda.com.co") == "COP"


@given(st.text(max_size=80), st.sampled_from([None, "EUR", "CLP", "KWD"]))
def test_any_text_gives_a_positive_finite_price_or_none(text: str, hint: str | None) -> None:
    found = text_price(text, hint=hint)
    assert found is None or (found.value.is_finite() and found.value > 0)
    price = machine_price(text, currency=hint)
    assert price is None or (price.is_finite() and price > 0)


@given(st.decimals(min_value="0.01", max_value=999_999, places=2))
def test_a_price_written_in_english_or_german_is_read_back(price: Decimal) -> None:
    english = f"£{price:,.2f}"
    german = english[1:].translate(str.maketrans(",.", ".,")) + " €"
    for text, currency in ((english, "GBP"), (german, "EUR")):
        found = text_price(text)
        assert found is not None
        assert (found.value, found.currency) == (price, currency)
    assert machine_price(str(price)) == price
