"""An embedding is answered with products that can be bought."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.catalogue import Availability
from core.errors import CatalogueEmpty
from core.search import FAIR_FROM, STRONG_FROM, Strength, strength, strength_of
from tests.search.shelf import Shelf, Thing, at, open_shelf
from tests.support.databases import SqliteMaker

SOLD_OUT = Availability.SOLD_OUT


@pytest.fixture
async def shelf(url: str, tmp_path: Path) -> Shelf:
    async with open_shelf(url, tmp_path / "index") as shelf:
        yield shelf


async def test_the_nearest_come_first_with_their_cosines(shelf: Shelf) -> None:
    await shelf.stock({f"at {angle}": Thing(degrees=angle) for angle in (0, 10, 20, 30, 40, 50)})
    matches = await shelf.search.similar(at(12), k=3)
    assert [match.product.title for match in matches] == ["at 10", "at 20", "at 0"]
    assert matches[0].score == pytest.approx(at(12) @ at(10), abs=1e-3)


async def test_what_is_gone_or_of_a_closed_shop_is_not_found(shelf: Shelf) -> None:
    await shelf.stock({key: Thing(degrees=place) for place, key in enumerate("abcdef")})
    await shelf.catalogue.mark_gone("shop", ["a", "c"])
    assert await shelf.found(0, 3) == ["b", "d", "e"]
    await shelf.catalogue.set_enabled("shop", enabled=False)
    assert await shelf.found(0, 3) == []


async def test_what_is_sold_out_comes_last(shelf: Shelf) -> None:
    await shelf.stock(
        {
            "a": Thing(degrees=0, availability=SOLD_OUT),
            "b": Thing(degrees=10, availability=Availability.UNKNOWN),
            "c": Thing(degrees=20, availability=SOLD_OUT),
            "d": Thing(degrees=30),
        }
    )
    assert await shelf.found(0, 2) == ["b", "d"]
    assert await shelf.found(0, 5) == ["b", "d", "a", "c"]


async def test_of_one_picture_the_best_offer_is_shown(shelf: Shelf) -> None:
    await shelf.stock(
        {
            "dear": Thing(degrees=0, picture="p", price="30"),
            "cheap": Thing(degrees=0, picture="p", price="9.50"),
            "sold out": Thing(degrees=0, picture="p", price="5", availability=SOLD_OUT),
            "other": Thing(degrees=40),
        }
    )
    assert await shelf.found(0, 5) == ["cheap", "other"]


async def test_excluded_products_make_room_for_the_next(shelf: Shelf) -> None:
    await shelf.stock({key: Thing(degrees=place) for place, key in enumerate("abcdef")})
    exclude = {shelf.ids[key] for key in "abc"}
    assert await shelf.found(0, 2, exclude=exclude) == ["d", "e"]


async def test_of_those_that_are_allowed_as_many_come_back_as_there_are(shelf: Shelf) -> None:
    await shelf.stock({f"{angle}": Thing(degrees=angle) for angle in range(60)})
    allowed = np.array([shelf.ids[f"{angle}"] for angle in (40, 20, 50)], np.int64)
    for some in (allowed, allowed[:0]):
        found = await shelf.search.find(at(0), k=5, allowed=some)
        assert [match.product.id for match in found.matches] == sorted(some.tolist())


async def test_five_come_back_however_many_nearer_ones_cannot_be_shown(shelf: Shelf) -> None:
    """300 nearer ones are sold out or the same picture; five others exist, far away."""
    hidden = {
        f"near {number}": Thing(degrees=0.1 * number, availability=SOLD_OUT)
        if number % 2
        else Thing(degrees=0.1 * number, picture="the same")
        for number in range(300)
    }
    far = {f"far {number}": Thing(degrees=60 + number) for number in range(5)}
    await shelf.stock(hidden | far)
    found = await shelf.found(0, 6)
    assert found[0].startswith("near")
    assert found[1:] == list(far)


async def test_the_rest_comes_after_the_matches_and_is_not_looked_up(shelf: Shelf) -> None:
    await shelf.stock({f"{angle}": Thing(degrees=angle) for angle in range(40)})
    await shelf.catalogue.mark_gone("shop", ["30"])
    found = await shelf.search.find(at(0), k=3, in_all=35)
    titles = {number: title for title, number in shelf.ids.items()}
    assert [match.product.title for match in found.matches] == ["0", "1", "2"]
    assert [titles[number] for number, _ in found.rest] == [f"{angle}" for angle in range(3, 35)]
    assert found.rest[0][1] == pytest.approx(at(0) @ at(3), abs=1e-3)


async def test_a_picture_that_is_shown_is_not_in_the_rest(shelf: Shelf) -> None:
    await shelf.stock(
        {
            "dear": Thing(degrees=0, picture="p", price="30"),
            "cheap": Thing(degrees=0, picture="p", price="9.50"),
            "other": Thing(degrees=40),
            "far": Thing(degrees=60),
        }
    )
    found = await shelf.search.find(at(0), k=2, in_all=10)
    assert [match.product.title for match in found.matches] == ["cheap", "other"]
    assert [number for number, _ in found.rest] == [shelf.ids["far"]]


async def test_an_empty_catalogue_is_said_to_be_empty(shelf: Shelf) -> None:
    with pytest.raises(CatalogueEmpty):
        await shelf.search.similar(at(0), k=5)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    things=st.lists(
        st.builds(
            Thing,
            degrees=st.integers(0, 90),
            picture=st.none() | st.sampled_from(["p", "q"]),
            availability=st.sampled_from(list(Availability)),
        ),
        min_size=1,
        max_size=40,
    ),
    k=st.integers(1, 12),
)
async def test_k_come_back_whenever_k_exist(
    sqlite_maker: SqliteMaker, tmp_path_factory: pytest.TempPathFactory, things: list[Thing], k: int
) -> None:
    url, directory = await sqlite_maker.migrated(), tmp_path_factory.mktemp("index")
    async with open_shelf(url, directory) as shelf:
        await shelf.stock({f"thing {number}": thing for number, thing in enumerate(things)})
        matches = await shelf.search.similar(at(30), k=k)
    pictures = [match.product.picture for match in matches]
    assert len(set(pictures)) == len(pictures)
    shown = {thing.picture or f"{number}" for number, thing in enumerate(things)}
    assert len(matches) == min(k, len(shown))
    sold_out = [match.product.availability is SOLD_OUT for match in matches]
    assert sold_out == sorted(sold_out)


def test_a_score_is_called_what_it_was_measured_to_be_worth() -> None:
    assert strength(1.0) is strength(STRONG_FROM) is Strength.STRONG
    assert strength(STRONG_FROM - 0.01) is strength(FAIR_FROM) is Strength.FAIR
    assert strength(FAIR_FROM - 0.01) is strength(-1) is Strength.WEAK


@pytest.mark.parametrize(
    ("shown", "called"),
    [("blouse", Strength.STRONG), ("jacket", Strength.WEAK), (None, Strength.STRONG)],
)
async def test_a_match_of_another_family_than_was_recognised_is_weak(
    shelf: Shelf, shown: str | None, called: Strength
) -> None:
    await shelf.stock({"shirt": Thing(degrees=0, kind="shirt")})
    [match] = await shelf.search.similar(at(0))
    assert strength_of(match, shown) is called


async def test_a_match_of_no_known_family_is_what_its_score_says(shelf: Shelf) -> None:
    await shelf.stock({"thing": Thing(degrees=0, kind="salopettes")})
    [match] = await shelf.search.similar(at(0))
    assert strength_of(match, "jacket") is Strength.STRONG
