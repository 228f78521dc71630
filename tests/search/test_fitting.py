"""The light heads: a catalogue's own names are learned where that is worth it, and kept."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.catalogue import Said
from core.errors import StorageFailed
from core.fitting import Fit, fit_heads
from core.heads import Heads, in_words, reading_of
from core.looks import Look, recognise
from core.photos import Photo
from core.vision.embedder import Sight
from tests.support.taught_backbone import BLUE, EYE, GREEN, PURPLE, RED, embedded

Colour = tuple[int, int, int]
Product = tuple[Colour, str | None]


def many(colour: Colour, kind: str | None, count: int = 60) -> list[Product]:
    """So many products of about that colour, which their shop calls so."""
    rng = np.random.default_rng(sum(colour))
    shades = np.clip(colour + rng.normal(0, 12, (count, 3)), 0, 255).astype(int)
    return [((int(red), int(green), int(blue)), kind) for red, green, blue in shades]


SHOP = [*many(BLUE, "dress"), *many(RED, "t-shirt"), *many(PURPLE, "salopettes")]


async def rows(
    products: Sequence[Product], chunk: int = 50
) -> AsyncIterator[tuple[np.ndarray, np.ndarray, list[Said]]]:
    for start in range(0, len(products), chunk):
        some = products[start : start + chunk]
        embeddings = embedded(np.array([colour for colour, _ in some], np.uint8))
        yield np.arange(len(some)), embeddings, [Said(kind=kind) for _, kind in some]


def fitted(products: Sequence[Product], chunk: int = 50) -> Fit:
    (fit,) = asyncio.run(fit_heads(rows(products, chunk), EYE))
    assert fit.of == "kind"
    return fit


@cache
def of_the_shop() -> Fit:
    """``SHOP``'s fit, made once."""
    return fitted(SHOP)


def seen(colour: Colour) -> Sight:
    """A photo of a thing of that colour."""
    (embedding,) = embedded(np.array([colour], np.uint8))
    read = EYE.named({"kind": reading_of(EYE, "kind", embedding[None])}, 0)
    photo = Photo(np.zeros((224, 224, 3), np.uint8), 640, 480)
    return Sight(embedding, np.zeros(1000, np.float32), photo, read)


def look(colour: Colour, heads: Heads | None) -> Look:
    return recognise(seen(colour), [], heads=heads)


def heads_in(folder: Path, fingerprint: str = "taught-1") -> Heads:
    heads = Heads(folder / "heads", EYE, fingerprint=fingerprint)
    heads.load()
    return heads


def kept_in(folder: Path, products: Sequence[Product] = SHOP) -> Heads:
    fit = fitted(products)
    assert fit.head
    heads = heads_in(folder)
    heads.keep({fit.of: fit.head})
    return heads


def test_a_name_that_only_the_shop_knows_is_recognised(tmp_path: Path) -> None:
    fit = fitted(SHOP)
    assert fit.before < 0.75
    assert fit.after > 0.9
    assert (fit.names, fit.lost) == (3, 0)
    assert "kind adopted: 3 names" in str(fit)
    heads = kept_in(tmp_path)
    assert look(PURPLE, None).kind in {"dress", "t-shirt"}
    assert [look(colour, heads).kind for colour in (PURPLE, BLUE, RED)] == [
        "salopettes", "dress", "t-shirt",
    ]  # fmt: skip


def test_what_the_shop_does_not_sell_is_still_read(tmp_path: Path) -> None:
    assert look(GREEN, kept_in(tmp_path)).kind == "tie"


def test_a_name_of_few_pictures_is_left_to_the_eye(tmp_path: Path) -> None:
    fit = fitted([*SHOP, *many(GREEN, "cravat", 15)])
    assert fit.head
    assert "cravat" not in fit.head.names
    heads = heads_in(tmp_path)
    heads.keep({"kind": fit.head})
    assert look(GREEN, heads).kind == "tie"


def test_a_head_that_is_no_better_is_not_adopted() -> None:
    fit = fitted([*many(BLUE, "dress"), *many(RED, "t-shirt")])
    assert (fit.before, fit.after, fit.head) == (1, 1, None)
    assert "kind left alone" in str(fit)


def test_names_without_meaning_are_hardly_ever_adopted() -> None:
    """Said at random, they are told apart by luck alone: one fit in twenty."""
    rng = np.random.default_rng(20)
    words = [str(kind) for _, kind in SHOP[:120]]
    adopted = 0
    for _ in range(20):
        drawn = rng.permuted(words)
        products = [(colour, str(word)) for (colour, _), word in zip(SHOP, drawn, strict=False)]
        adopted += fitted([*products, *many(GREEN, "tie")]).head is not None
    assert adopted <= 3


@pytest.mark.parametrize(
    "products",
    [[], many(BLUE, None), many(BLUE, "dress"), many(BLUE, "dress", 9) + many(RED, "t-shirt", 9)],
)
def test_too_few_names_are_left_alone(products: list[Product]) -> None:
    for fit in asyncio.run(fit_heads(rows(products), EYE)):
        assert fit.head is None
        assert "left alone" in str(fit)


@given(order=st.permutations(range(len(SHOP))), chunk=st.integers(1, len(SHOP)))
@settings(max_examples=10, deadline=None)
def test_the_order_of_products_does_not_matter(order: list[int], chunk: int) -> None:
    plain, other = of_the_shop(), fitted([SHOP[place] for place in order], chunk)
    assert plain.head
    assert other.head
    np.testing.assert_array_equal(plain.head.kernel, other.head.kernel)
    np.testing.assert_array_equal(plain.head.covered, other.head.covered)
    assert str(plain) == str(other)


@given(st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=20))
@settings(deadline=None)
def test_probabilities_add_up_to_one(colours: list[Colour]) -> None:
    head = of_the_shop().head
    words = in_words(EYE, "kind", embedded(np.array(colours, np.uint8)), head)
    assert set(words) == {"dress", "t-shirt", "tie", "salopettes"}
    shares = np.stack(list(words.values()))
    assert (shares >= 0).all()
    np.testing.assert_allclose(shares.sum(axis=0), 1, atol=1e-4)


def test_what_was_kept_is_there_after_a_start(tmp_path: Path) -> None:
    heads, again = kept_in(tmp_path), heads_in(tmp_path)
    for colour in (PURPLE, BLUE, GREEN):
        embedding = seen(colour).embedding
        assert again.read("kind", embedding) == heads.read("kind", embedding)
    assert again.read("colour", embedding) is None


def test_what_was_fitted_to_another_network_is_left_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kept_in(tmp_path)
    other = heads_in(tmp_path, "taught-2")
    assert other.read("kind", seen(PURPLE).embedding) is None
    assert "another network" in caplog.text


@given(place=st.floats(0, 1, exclude_max=True), cut=st.booleans())
@settings(max_examples=30)
def test_a_damaged_file_is_left_alone(
    tmp_path_factory: pytest.TempPathFactory, whole: bytes, place: float, cut: bool
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    at = int(place * len(whole))
    (folder / "heads").write_bytes(
        whole[:at] if cut else whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    )
    assert heads_in(folder).read("kind", seen(PURPLE).embedding) is None


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("whole")
    kept_in(folder)
    return (folder / "heads").read_bytes()


def test_a_damaged_file_is_told_of(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "heads").write_text("no heads at all")
    heads_in(tmp_path)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_a_disk_that_takes_nothing_leaves_the_old_ones(tmp_path: Path) -> None:
    heads = kept_in(tmp_path)
    (tmp_path / "heads").unlink()
    (tmp_path / "heads").mkdir()  # in the way
    with pytest.raises(StorageFailed, match="cannot be kept"):
        heads.keep({})
    assert look(PURPLE, heads).kind == "salopettes"


def test_a_head_that_is_dropped_gives_the_eye_its_word_back(tmp_path: Path) -> None:
    heads = kept_in(tmp_path)
    heads.keep({})
    assert look(PURPLE, heads) == look(PURPLE, None)
    assert heads_in(tmp_path).read("kind", seen(PURPLE).embedding) is None
