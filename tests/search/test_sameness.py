"""One product in several shops is one card, the cheapest first."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.catalogue import Availability, Match, Money, Product
from core.sameness import is_buyable, one_card_each

_NOW = datetime(2026, 3, 1, tzinfo=UTC)


def _match(number: int, **changes: object) -> Match:
    fields: dict[str, object] = {
        "id": number,
        "shop": f"shop {number}",
        "shop_title": f"Shop {number}",
        "key": f"{number}",
        "title": "Dress",
        "url": None,
        "brand": None,
        "kind": None,
        "colour": None,
        "gender": None,
        "price": Money(Decimal(number), "EUR"),
        "availability": Availability.IN_STOCK,
        "checked_at": _NOW,
        "picture": f"picture {number}",
        "picture_url": None,
    }
    return Match(product=Product(**{**fields, **changes}), score=1 - number / 100)  # type: ignore[arg-type]


def _shown(cards: list[Match | None]) -> list[tuple[int, list[int]] | None]:
    return [card and (card.product.id, [one.id for one in card.also]) for card in cards]


def test_one_picture_is_one_card_at_the_place_of_the_nearest() -> None:
    ranked = [_match(9, picture="p"), _match(1), _match(5, picture="p"), _match(7, picture="p")]
    assert _shown(one_card_each(ranked)) == [(5, [7, 9]), (1, []), None, None]


def test_brand_title_and_colour_tell_it_in_other_shops_and_not_within_one() -> None:
    same = {"brand": "Acme", "colour": "red"}
    here, there = _match(1, **same), _match(2, **same, title="DRESS")
    twice = _match(3, **same, shop="shop 1")
    blue, nameless = _match(4, brand="Acme", colour="blue"), _match(5, colour="red")
    cards = one_card_each([here, there, twice, blue, nameless])
    assert _shown(cards) == [(1, [2]), None, (3, []), (4, []), (5, [])]


def test_what_is_sold_out_gives_way_and_is_not_named() -> None:
    gone = {"picture": "p", "availability": Availability.SOLD_OUT}
    ranked = [_match(1, **gone), _match(2, picture="p"), _match(3, **gone)]
    assert _shown(one_card_each(ranked)) == [(2, []), None, None]


def test_each_other_shop_is_named_once() -> None:
    ranked = [_match(n, picture="p", shop=f"shop {n % 2}") for n in range(1, 6)]
    assert _shown(one_card_each(ranked))[0] == (1, [2])


@given(
    st.lists(
        st.none()
        | st.builds(
            lambda number, picture, brand, shop, stock: _match(
                number, picture=picture, brand=brand, shop=shop, availability=stock
            ),
            st.integers(1, 50),
            st.sampled_from([None, "p", "q", "r"]),
            st.sampled_from([None, "Acme", "Zed"]),
            st.sampled_from(["a", "b", "c"]),
            st.sampled_from(list(Availability)),
        ),
        max_size=12,
    )
)
def test_no_picture_comes_twice_and_no_product_is_lost(ranked: list[Match | None]) -> None:
    cards = one_card_each(ranked)
    assert len(cards) == len(ranked)
    shown = [card for card in cards if card]
    pictures = [card.product.picture for card in shown if card.product.picture]
    assert len(pictures) == len(set(pictures))
    whole = {replace(one, also=()) for one in ranked if one}
    assert {replace(card, also=()) for card in shown} <= whole
    if any(is_buyable(one.product) for one in ranked if one):
        assert any(is_buyable(card.product) for card in shown)
    for card in shown:
        shops = [one.shop for one in card.also]
        assert len(shops) == len(set(shops))
        assert card.product.shop not in shops
        assert all(is_buyable(one) for one in card.also)
