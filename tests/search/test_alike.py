"""Cheaper is less than half of what is shown costs, in one currency."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.alike import cheaper
from core.catalogue import Money
from core.wishes import Wish
from tests.support.answers import product

_PRICES = st.lists(
    st.builds(
        Money,
        st.decimals("0.01", 9999, places=2),
        st.sampled_from(["EUR", "USD"]),
    )
    | st.none(),
    max_size=5,
)


@given(prices=_PRICES)
def test_at_most_half_of_one_currency_is_cheaper_still(prices: list[Money | None]) -> None:
    products = [replace(product(number), price=price) for number, price in enumerate(prices)]
    wish = cheaper(products)
    known = [price for price in prices if price]
    if wish is None or wish.most is None:
        assert not known
        return
    same = [price.amount for price in known if price.currency == wish.currency]
    assert len(same) >= len(known) / 2
    assert sum(amount <= wish.most for amount in same) < max(1, (len(same) + 1) / 2)


@pytest.mark.parametrize(
    ("prices", "most"), [(["39.90"], "39"), (["40", "40", "9"], "39"), (["9.50", "8"], "7.99")]
)
def test_amounts_are_said_without_cents_from_ten_on(prices: list[str], most: str) -> None:
    products = [
        replace(product(number), price=Money(Decimal(amount), "EUR"))
        for number, amount in enumerate(prices)
    ]
    assert cheaper(products) == Wish(most=Decimal(most), currency="EUR")
