"""What a night must pass: figures in, a sentence or nothing out."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalogue import Availability, Money, ProductRecord
from core.storage.catalogue import Sold
from scraping.gates import Comparison, gone_at_once, leaps, shrunk


def sold(price: str | None = "20.00", *, currency: str = "EUR", has_picture: bool = True) -> Sold:
    money = Money(Decimal(price), currency) if price else None
    return Sold(url="https://s.example/1", price=money, has_picture=has_picture)


def record(price: str | None = "20.00", *, currency: str = "EUR", **more: object) -> ProductRecord:
    money = Money(Decimal(price), currency) if price else None
    fields = {"availability": Availability.IN_STOCK, "image_urls": ("p",), **more}
    return ProductRecord(key="k", title="t", price=money, **fields)  # type: ignore[arg-type]


def compared(*pairs: tuple[ProductRecord, Sold | None], unread: int = 0) -> str | None:
    comparison = Comparison()
    for seen, known in pairs:
        comparison.add(seen, known)
    comparison.add_unread(map(str, range(unread)), {str(n): sold() for n in range(unread)})
    return comparison.strange


@pytest.mark.parametrize("price", ["2000.00", "60.00", "6.60", "0.20"])
def test_a_shop_whose_median_price_jumps_is_not_believed(price: str) -> None:
    assert compared(*[(record(price), sold())] * 6, *[(record(), sold())] * 5) == (
        "the prices of 6 in 11 products jumped"
    )


@pytest.mark.parametrize("price", ["10.00", "7.00", "40.00", "20.00"])
def test_a_sale_is_believed(price: str) -> None:
    assert compared(*[(record(price), sold())] * 30) is None


def test_another_currency_for_all_is_not_believed() -> None:
    assert compared(*[(record(currency="CHF"), sold())] * 5) is not None


def test_a_few_wild_prices_among_many_are_not_believed_a_single_one_is() -> None:
    assert compared(*[(record("2000"), sold())] * 4, unread=30) == (
        "4 of 34 prices are 10 times what they were"
    )
    assert compared((record("2000"), sold()), unread=30) is None


def test_prices_and_pictures_that_go_missing_are_not_believed() -> None:
    assert compared(*[(record(None), sold())] * 4, unread=20) == "4 of 24 products lost their price"
    lost = record(image_urls=())
    assert compared(*[(lost, sold())] * 4, unread=20) == "4 of 24 products lost their pictures"


def test_what_sold_out_may_lose_its_price_and_what_had_none_has_none_to_lose() -> None:
    gone = record(None, availability=Availability.SOLD_OUT)
    assert compared(*[(gone, sold())] * 20) is None
    assert compared(*[(record(None), sold(None))] * 20) is None
    assert compared(*[(record(image_urls=()), sold(has_picture=False))] * 20) is None


def test_new_products_are_compared_with_nothing() -> None:
    assert compared(*[(record(None, image_urls=()), None)] * 20) is None


@pytest.mark.parametrize(
    ("products", "before", "believed"),
    [
        (80, 100, True),
        (79, 100, False),
        (8, 10, True),
        (7, 10, False),
        (1, 3, True),
        (200, 100, True),
    ],
)
def test_a_fifth_fewer_products_may_be_the_whole_shop(
    products: int, before: int, believed: bool
) -> None:
    assert (shrunk(products, before=before) is None) == believed


@pytest.mark.parametrize(
    ("gone", "of", "believed"),
    [(1, 2, True), (2, 4, False), (3, 9, True), (5, 14, False), (33, 100, True), (50, 100, False)],
)
def test_a_third_of_a_shop_may_be_gone_at_once(gone: int, of: int, believed: bool) -> None:
    assert (gone_at_once([""] * gone, of=of) is None) == believed


amounts = st.decimals("0.01", "99999", places=2)


@given(amounts, amounts, st.sampled_from([3.0, 10.0]))
def test_a_leap_is_one_in_both_directions_and_never_a_small_step(
    one: Decimal, other: Decimal, by: float
) -> None:
    there = leaps(record(str(one)), sold(str(other)), by=by)
    assert there == leaps(record(str(other)), sold(str(one)), by=by)
    assert (
        there == (max(one, other) / min(one, other) >= by)
        or abs(float(max(one, other) / min(one, other)) - by) < 1e-9
    )


@given(st.lists(st.tuples(amounts, st.floats(0.5, 2.0)), max_size=40))
def test_prices_that_at_most_double_or_halve_are_always_believed(
    changes: list[tuple[Decimal, float]],
) -> None:
    pairs = [
        (record(str(max(price * Decimal(by), Decimal("0.01")))), sold(str(price)))
        for price, by in changes
        if price > 1
    ]
    assert compared(*pairs) is None
