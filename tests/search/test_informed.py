"""What shops say of their products weighs, and leaves everything else as it was."""

from collections.abc import AsyncIterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalogue import Said
from core.informed import asked, informed, told
from core.vision.eye import FEATURES, Eye, Reading, Space

KINDS = ("Dresses", "Pants", "Trousers", "Tshirts", "Wibbles")
COLOURS = ("Blue", "Navy Blue", "Red")


def reading(names: tuple[str, ...], first: int, weight: float) -> Reading:
    kernel = np.eye(FEATURES, len(names), k=-first, dtype=np.float32)
    return Reading(kernel, np.zeros(len(names), np.float32), names, weight=weight)


EYE = Eye(
    trunk={},
    look={},
    readings={"kind": reading(KINDS, 0, 0.7), "colour": reading(COLOURS, 5, 0.5)},
    spaces={"cut": Space(np.eye(FEATURES, 4, k=-8, dtype=np.float32), weight=0.26**0.5)},
)


def embeddings(count: int = 1, *, seed: int = 0) -> np.ndarray:
    features = np.random.default_rng(seed).normal(size=(count, FEATURES)).astype(np.float32)
    return EYE.see(features)[0]


def probabilities(row: np.ndarray, name: str) -> dict[str, float]:
    part = row[EYE.slices[name]] ** 2
    return dict(zip(EYE.readings[name].names, part / part.sum(), strict=True))


def test_a_kind_that_the_shop_gives_is_nearly_certain() -> None:
    before = embeddings()
    after = informed(EYE, before, [Said(kind="dress")])
    assert probabilities(after[0], "kind")["Dresses"] > 0.9
    assert probabilities(after[0], "colour") == pytest.approx(
        probabilities(before[0], "colour"), abs=1e-6
    )
    np.testing.assert_array_equal(before, embeddings())  # what was given is left alone


def test_several_names_with_one_meaning_share_it_as_the_network_did() -> None:
    before = embeddings()
    old, new = (
        probabilities(one[0], "kind") for one in (before, informed(EYE, before, [Said("trousers")]))
    )
    assert new["Pants"] + new["Trousers"] > 0.9
    assert new["Pants"] / new["Trousers"] == pytest.approx(old["Pants"] / old["Trousers"], rel=1e-3)


def test_what_is_asked_for_in_red_is_nearest_in_red_and_stays_of_its_kind() -> None:
    (blue_dress,) = informed(EYE, embeddings(), [Said("dress", "blue")])
    (red,) = (asked(EYE, blue_dress, {"colour": ["red"]}),)
    assert np.linalg.norm(red) == pytest.approx(1, abs=1e-6)
    assert probabilities(red, "colour")["Red"] == pytest.approx(1, abs=1e-6)
    assert probabilities(red, "kind") == pytest.approx(probabilities(blue_dress, "kind"), abs=1e-6)
    others = [Said(kind, colour) for kind in ("dress", "t-shirt") for colour in ("red", "blue")]
    near = informed(EYE, np.repeat(embeddings(), 4, axis=0), others) @ red
    assert near.argmax() == 0


def test_what_is_asked_for_as_another_kind_keeps_all_else() -> None:
    (dress,) = informed(EYE, embeddings(), [Said("dress")])
    shirt = asked(EYE, dress, {"kind": ["t-shirt"]})
    assert probabilities(shirt, "kind")["Tshirts"] == pytest.approx(1, abs=1e-6)
    for part in ("colour", "cut"):
        place = EYE.slices[part]
        np.testing.assert_allclose(shirt[place], dress[place], atol=1e-6)


def test_of_several_colours_any_is_asked_for_and_one_without_a_name_changes_nothing() -> None:
    (before,) = embeddings()
    after = probabilities(asked(EYE, before, {"colour": ["red", "navy", "pink"]}), "colour")
    assert after["Blue"] == pytest.approx(0, abs=1e-6)
    assert min(after["Red"], after["Navy Blue"]) > 0
    np.testing.assert_allclose(asked(EYE, before, {"colour": ["pink"], "gender": ["men"]}), before)


def test_a_word_for_which_the_network_has_no_name_changes_nothing() -> None:
    before = embeddings()
    np.testing.assert_array_equal(informed(EYE, before, [Said(kind="umbrella")]), before)
    np.testing.assert_array_equal(informed(EYE, before, [Said()]), before)


def test_a_kind_that_the_network_excludes_is_believed_all_the_same() -> None:
    certain = EYE.see(np.eye(1, FEATURES, k=3, dtype=np.float32) * 200)[0]  # a T-shirt
    assert probabilities(certain[0], "kind")["Dresses"] == 0
    after = informed(EYE, certain, [Said(kind="dress")])
    assert probabilities(after[0], "kind")["Dresses"] == pytest.approx(0.9, abs=0.01)


@given(
    said=st.lists(
        st.builds(
            Said,
            kind=st.sampled_from([None, "dress", "trousers", "t-shirt", "umbrella"]),
            colour=st.sampled_from([None, "blue", "navy", "red", "pink"]),
            gender=st.sampled_from([None, "women"]),
        ),
        max_size=8,
    ),
    seed=st.integers(0, 99),
)
def test_lengths_stay_and_each_product_is_told_by_its_own_words(
    said: list[Said], seed: int
) -> None:
    before = embeddings(len(said), seed=seed)
    after = informed(EYE, before, said)
    np.testing.assert_allclose(np.linalg.norm(after, axis=1), 1, atol=1e-5)
    for row, words in enumerate(said):
        alone = informed(EYE, before[row : row + 1], [words])
        np.testing.assert_allclose(after[row], alone[0], atol=1e-6)


async def test_rows_go_on_to_the_index_with_what_is_said_of_them() -> None:
    async def rows() -> AsyncIterator[tuple[np.ndarray, np.ndarray, list[Said]]]:
        yield np.array([7]), embeddings(), [Said(kind="dress")]

    (plain,) = [row async for row in told(rows(), None)]
    (made,) = [row async for row in told(rows(), EYE)]
    assert plain[0].tolist() == made[0].tolist() == [7]
    np.testing.assert_array_equal(plain[1], embeddings())
    np.testing.assert_array_equal(made[1], informed(EYE, embeddings(), [Said(kind="dress")]))
