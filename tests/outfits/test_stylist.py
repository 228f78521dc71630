"""What goes with a photo or a product is chosen from what the shops have."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.catalogue import Availability, Gender, Product
from core.errors import CatalogueEmpty, Unavailable
from core.looks import Look
from core.outfits import Outfit
from core.wardrobe import missing
from tests.outfits.shelf import KINDS, SPACE, Shelf, Thing, model, open_shelf, seen
from tests.support.databases import SqliteMaker

SHOP = {
    f"{kind} {style}": Thing(kind=kind, style=style) for kind in KINDS for style in (0, 30, 60, 90)
}


@pytest.fixture
async def shelf(url: str, tmp_path: Path) -> Shelf:
    async with open_shelf(url, tmp_path / "index") as shelf:
        yield shelf


def sight(kind: str, style: float = 0, *, space: str = SPACE) -> tuple[NDArray[np.float32], str]:
    """What a photo of such a thing, a woman's, is seen as, and in which space."""
    return seen(kind, Gender.WOMEN, style), space


def look(kind: str | None, gender: Gender | None = Gender.WOMEN) -> Look:
    return Look(fashion=1.0, seen="", kind=kind, gender=gender)


def titles(outfit: Outfit | None) -> dict[str, str]:
    assert outfit
    return {piece.name: piece.product.title for piece in outfit.pieces}


async def product(shelf: Shelf, title: str) -> Product:
    return next(one for one in await shelf.catalogue.newest(1000) if one.title == title)


async def test_a_dress_gets_what_looks_with_dresses_have_in_its_style(shelf: Shelf) -> None:
    await shelf.stock(SHOP)
    stylist = shelf.stylist()
    for style in (0, 60):
        outfit = await stylist.of_photo(*sight("dress", style), look("dress"))
        assert titles(outfit) == {
            "shoes": f"shoes {style}",
            "jewellery": f"earrings {style}",
            "bag": f"bag {style}",
        }
        assert outfit
        assert [piece.name for piece in outfit.pieces] == ["shoes", "jewellery", "bag"]


async def test_shoes_get_a_top_and_a_bottom_or_where_there_is_none_a_dress(shelf: Shelf) -> None:
    await shelf.stock(SHOP)
    outfit = await shelf.stylist().of_photo(*sight("shoes"), look("shoes"))
    assert list(titles(outfit)) == ["top", "bottom", "bag"]


async def test_without_a_bottom_in_any_shop_shoes_get_a_dress(shelf: Shelf) -> None:
    await shelf.stock({key: thing for key, thing in SHOP.items() if thing.kind != "trousers"})
    outfit = await shelf.stylist().of_photo(*sight("shoes"), look("shoes"))
    assert list(titles(outfit)) == ["dress", "bag"]


async def test_what_a_photo_shows_is_read_where_nothing_is_said(shelf: Shelf) -> None:
    await shelf.stock(SHOP)
    stylist = shelf.stylist()
    said = await stylist.of_photo(*sight("dress", 30), look("dress"))
    read = await stylist.of_photo(*sight("dress", 30), look(None, None))
    assert read == said
    assert await stylist.of_photo(*sight("umbrella"), look(None)) is None


async def test_a_product_is_completed_like_a_photo_of_it(shelf: Shelf) -> None:
    await shelf.stock(SHOP)
    stylist = shelf.stylist()
    of_photo = await stylist.of_photo(*sight("dress", 90), look("dress"))
    of_product = await stylist.of_product(await product(shelf, "dress 90"))
    assert titles(of_product) == titles(of_photo)


async def test_what_is_sold_out_gone_or_for_others_is_not_chosen(shelf: Shelf) -> None:
    await shelf.stock(
        {
            "sold out": Thing(kind="shoes", availability=Availability.SOLD_OUT),
            "gone": Thing(kind="shoes"),
            "a man's": Thing(kind="shoes", gender=Gender.MEN),
            "for all": Thing(kind="shoes", style=50, gender=Gender.UNISEX),
            "far": Thing(kind="shoes", style=80),
        }
    )
    await shelf.catalogue.mark_gone("shop", ["gone"])
    stylist = shelf.stylist()
    outfit = await stylist.of_photo(*sight("dress"), look("dress"))
    assert titles(outfit) == {"shoes": "for all"}
    assert outfit
    (shoes,) = outfit.pieces
    other = await stylist.piece("shoes", shoes.others)
    assert other
    assert other.product.title == "far"
    assert await stylist.piece("shoes", other.others) is None


async def test_what_is_for_all_gets_nothing_for_children(shelf: Shelf) -> None:
    await shelf.stock(
        {
            "a child's": Thing(kind="shoes", gender=Gender.KIDS),
            "a man's": Thing(kind="shoes", style=50, gender=Gender.MEN),
        }
    )
    outfit = await shelf.stylist().of_photo(*sight("dress"), look("dress", Gender.UNISEX))
    assert titles(outfit) == {"shoes": "a man's"}


async def test_what_only_looks_like_a_piece_is_not_chosen(shelf: Shelf) -> None:
    await shelf.stock(
        {
            "curtain": Thing(kind="trousers", said="curtain"),
            "trousers": Thing(kind="trousers", style=60),
        }
    )
    outfit = await shelf.stylist().of_photo(*sight("t-shirt"), look("t-shirt"))
    assert titles(outfit) == {"bottom": "trousers"}


async def test_however_many_cannot_be_had_the_one_that_can_is_found(shelf: Shelf) -> None:
    near = {
        f"near {number}": Thing(kind="shoes", availability=Availability.SOLD_OUT)
        for number in range(90)
    }
    await shelf.stock(near | {"far": Thing(kind="shoes", style=90)})
    outfit = await shelf.stylist().of_photo(*sight("dress"), look("dress"))
    assert titles(outfit) == {"shoes": "far"}


async def test_of_equals_the_price_that_is_as_far_up_its_shelf_is_chosen(shelf: Shelf) -> None:
    dresses = {f"dress {price}": Thing(kind="dress", price=price) for price in ("50", "100", "200")}
    shoes = {f"shoes {price}": Thing(kind="shoes", price=price) for price in ("20", "40", "80")}
    await shelf.stock(dresses | shoes)
    stylist = shelf.stylist()
    for dress, pair in (("50", "20"), ("100", "40"), ("200", "80")):
        outfit = await stylist.of_product(await product(shelf, f"dress {dress}"))
        assert titles(outfit) == {"shoes": f"shoes {pair}"}


async def test_the_same_picture_comes_once(shelf: Shelf) -> None:
    await shelf.stock(
        {
            "one": Thing(kind="shoes", picture="same"),
            "other": Thing(kind="shoes", picture="same"),
        }
    )
    stylist = shelf.stylist()
    outfit = await stylist.of_photo(*sight("dress"), look("dress"))
    assert outfit
    assert [piece.others for piece in outfit.pieces] == [()]


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
async def test_no_product_is_in_two_places_or_twice_in_one(
    sqlite_maker: SqliteMaker, tmp_path: Path, data: st.DataObject
) -> None:
    styles = data.draw(
        st.lists(st.tuples(st.sampled_from(list(KINDS)), st.integers(0, 90)), max_size=30)
    )
    things = {
        f"{number}": Thing(kind=kind, style=style) for number, (kind, style) in enumerate(styles)
    }
    directory = tmp_path / str(data.draw(st.integers(0, 2**60), label="directory"))
    async with open_shelf(await sqlite_maker.migrated(), directory) as shelf:
        await shelf.stock({**things, "one": Thing(kind="shoes")})
        stylist = shelf.stylist()
        outfit = await stylist.of_photo(*sight("dress"), look("dress"))
        assert outfit == await shelf.stylist().of_photo(*sight("dress"), look("dress"))
        assert outfit
        names = [piece.name for piece in outfit.pieces]
        assert len(names) == len(set(names))
        assert "dress" not in names
        had = [number for one in outfit.pieces for number in (one.product.id, *one.others)]
        assert len(had) == len(set(had))


async def test_a_new_generation_of_the_index_is_taken_up(shelf: Shelf) -> None:
    stylist = shelf.stylist()
    with pytest.raises(CatalogueEmpty):
        await stylist.of_photo(*sight("dress"), look("dress"))
    await shelf.stock({"old": Thing(kind="shoes", style=40)})
    assert titles(await stylist.of_photo(*sight("dress"), look("dress"))) == {"shoes": "old"}
    await shelf.stock({"new": Thing(kind="shoes", style=10)})
    assert titles(await stylist.of_photo(*sight("dress"), look("dress"))) == {"shoes": "old"}
    await stylist.prepare()
    assert titles(await stylist.of_photo(*sight("dress"), look("dress"))) == {"shoes": "new"}


async def test_pieces_that_were_shown_come_last(shelf: Shelf) -> None:
    await shelf.stock(SHOP)
    stylist = shelf.stylist()
    before: list[int] = []
    for style in (0, 30, 60, 90, 0):
        outfit = await stylist.of_photo(*sight("dress"), look("dress"), before=before)
        assert titles(outfit)["bag"] == f"bag {style}"
        assert outfit
        before += [piece.product.id for piece in outfit.pieces]


async def test_a_kind_that_nobody_wears_is_believed_and_an_unknown_one_is_looked_at(
    shelf: Shelf,
) -> None:
    await shelf.stock(SHOP)
    stylist = shelf.stylist()
    assert await stylist.of_photo(*sight("dress"), look("umbrella")) is None
    assert await stylist.of_photo(*sight("dress"), look("Trachtenwams"))
    assert not stylist.can("umbrella", SPACE)
    assert stylist.can("Trachtenwams", SPACE)
    assert not stylist.can("dress", "g")


async def test_what_another_network_saw_or_taught_is_refused(shelf: Shelf) -> None:
    await shelf.stock(SHOP)
    with pytest.raises(Unavailable, match="learned with the network f, which is not g"):
        await shelf.stylist().of_photo(*sight("dress", space="g"), look("dress"))
    with pytest.raises(Unavailable, match="learned with the network g, which is not f"):
        await shelf.stylist(fingerprint="g").of_photo(*sight("dress"), look("dress"))


ALL = ("dress", "top", "bottom", "jacket", "shoes", "bag", "jewellery", "watch", "belt")


def test_men_and_what_no_look_has_get_what_is_usual() -> None:
    learned = model()
    assert missing("shoes", learned, Gender.MEN, among=ALL) == ["top", "bottom", "jacket", "bag"]
    assert missing("belt", learned, None, among=ALL)[:3] == ["top", "bottom", "shoes"]


@settings(deadline=None)
@given(st.sampled_from(ALL), st.sampled_from([None, *Gender]), st.sets(st.sampled_from(ALL)))
def test_an_outfit_never_has_two_things_for_one_place(
    piece: str, gender: Gender | None, among: set[str]
) -> None:
    wanted = missing(piece, model(), gender, among=among)
    assert len(wanted) == len(set(wanted)) <= 4
    assert piece not in wanted
    assert set(wanted) <= among
    worn = {piece, *wanted}
    assert not ("dress" in worn and worn & {"top", "bottom"})
