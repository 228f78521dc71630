"""Garments in a picture: found once each, the largest first, each with what it alone looks like."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vision.eye import FEATURES, Eye, Reading, Space
from core.vision.features import Maps
from core.vision.regions import FOUND_FROM, found, overlaps_of, regions_in, seen_in

WHOLE = (0.0, 0.0, 224.0, 224.0)
FAMILIES = ("top", "trousers")


def nothing() -> np.ndarray:
    scores = np.zeros((14, 14, 2, 6), np.float32)
    scores[..., 0] = -9
    return scores


def plant(
    scores: np.ndarray, family: int, box: tuple[float, float, float, float], sure: float = 9
) -> None:
    """At the place in the middle of the box."""
    left, top, right, bottom = box
    x, y = int((left + right) / 2 // 16), int((top + bottom) / 2 // 16)
    middle = (16 * x + 8, 16 * y + 8)
    scores[y, x, family] = [
        sure,
        9,
        middle[0] - left,
        middle[1] - top,
        right - middle[0],
        bottom - middle[1],
    ]


def maps(scores: np.ndarray) -> Maps:
    """The first channel is 1 in the left half, the second in the right one; so are the words."""
    channels = np.zeros((1, 7, 7, 2048), np.float32)
    channels[0, :, :3, 0] = channels[0, :, 4:, 1] = 1
    words = np.zeros((1, 14, 14, 64), np.float32)
    words[0, :, :7, 0] = words[0, :, 7:, 1] = 1
    cells = channels @ eye().kernels[:2048]
    return Maps(cells, words, np.ones((1, 7, 7), np.float32), scores[None])


def eye() -> Eye:
    """It searches the two channels and the two words."""
    searched = np.zeros((FEATURES, 4), np.float32)
    searched[[0, 1, 2048, 2049], range(4)] = 1
    return Eye(
        trunk={},
        look={},
        readings={
            "kind": Reading(
                kernel=np.zeros((FEATURES, 3), np.float32),
                bias=np.zeros(3, np.float32),
                names=("Shirts", "Jeans", "Trousers"),
                weight=0.8,
            )
        },
        spaces={"cut": Space(searched, weight=0.6)},
        finders=[{"near/kernel": np.zeros(1, np.float32)}],
        families=FAMILIES,
    )


def test_two_garments_are_found_the_larger_first() -> None:
    scores = nothing()
    plant(scores, 0, (10, 20, 90, 100))
    plant(scores, 1, (120, 40, 220, 220))
    trousers, top = regions_in(eye(), maps(scores), WHOLE)
    assert (trousers.family, top.family) == ("trousers", "top")
    np.testing.assert_allclose(np.array(top.box) * 224, [10, 20, 90, 100], atol=1e-3)
    assert top.share == pytest.approx(80 * 80 / 224**2)
    assert top.sure == pytest.approx(1, abs=0.01)


def test_each_has_an_embedding_of_its_own_place() -> None:
    scores = nothing()
    plant(scores, 0, (0, 20, 90, 100))
    plant(scores, 1, (130, 40, 220, 220))
    right, left = regions_in(eye(), maps(scores), WHOLE)
    place = eye().slices["cut"]
    assert left.embedding[place].argmax() == 0
    assert right.embedding[place].argmax() == 1
    for region in (left, right):
        assert np.linalg.norm(region.embedding) == pytest.approx(1, abs=1e-5)


def test_among_others_the_family_has_its_say_in_the_kind() -> None:
    scores = nothing()
    plant(scores, 1, (150, 40, 220, 150))
    (alone,) = regions_in(eye(), maps(scores), WHOLE)
    assert alone.readings["kind"]["Jeans"] == pytest.approx(1 / 3)
    plant(scores, 0, (10, 20, 60, 100))
    trousers, _ = regions_in(eye(), maps(scores), WHOLE)
    kind = trousers.readings["kind"]
    assert kind["Jeans"] + kind["Trousers"] == pytest.approx(0.8 + 0.2 * 2 / 3)
    assert sum(kind.values()) == pytest.approx(1)
    searched = trousers.embedding[eye().slices["kind"]] ** 2
    np.testing.assert_allclose(searched / searched.sum(), list(kind.values()), atol=1e-5)


def test_what_fills_the_picture_is_seen_as_if_it_were_alone() -> None:
    scores = nothing()
    plant(scores, 1, (90, 10, 220, 220))
    plant(scores, 0, (10, 20, 60, 100))
    trousers, top = regions_in(eye(), maps(scores), WHOLE)
    assert trousers.readings["kind"]["Jeans"] == pytest.approx(1 / 3)
    assert top.readings["kind"]["Shirts"] == pytest.approx(0.8 + 0.2 / 3)


def test_a_box_is_told_in_shares_of_the_upright_picture() -> None:
    """Of a tall picture, and of one of which a bar was cut off at the top."""
    scores = nothing()
    plant(scores, 0, (56, 56, 168, 168))
    (in_tall,) = regions_in(eye(), maps(scores), (37.0, 0.0, 187.0, 224.0))
    np.testing.assert_allclose(in_tall.box, [19 / 150, 0.25, 131 / 150, 0.75], atol=1e-5)
    (below_bar,) = regions_in(eye(), maps(scores), (0.0, -224.0, 224.0, 224.0))
    np.testing.assert_allclose(below_bar.box, [0.25, 0.625, 0.75, 0.875], atol=1e-5)


def test_nothing_is_found_in_nothing() -> None:
    assert regions_in(eye(), maps(nothing()), WHOLE) == ()


def test_pieces_of_one_garment_are_one_garment() -> None:
    scores = nothing()
    plant(scores, 0, (10, 20, 130, 200), sure=4)
    plant(scores, 0, (20, 20, 120, 120), sure=2)  # within it
    plant(scores, 1, (12, 24, 128, 196), sure=3)  # taken for another family
    (only,) = regions_in(eye(), maps(scores), WHOLE)
    assert only.family == "top"


@given(st.integers(0, 2**32 - 1), st.floats(-3, 3))
def test_whatever_the_scores_no_garment_is_told_twice(seed: int, middle: float) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(middle, 2, (14, 14, 3, 6)).astype(np.float32)
    scores[..., 2:] = np.exp(rng.normal(3, 1, (14, 14, 3, 4)))
    boxes, families, sure = found(scores)
    assert (sure >= FOUND_FROM).all()
    assert (np.diff(sure) <= 0).all()
    assert ((boxes >= 0) & (boxes <= 224)).all()
    assert (boxes[:, :2] < boxes[:, 2:]).all()
    same = families[:, None] == families
    overlaps = overlaps_of(boxes, boxes) - np.eye(len(boxes))
    assert (overlaps[same] <= 0.45).all()
    assert (overlaps <= 0.75).all()


@given(
    st.tuples(*[st.floats(0, 200)] * 2).flatmap(
        lambda corner: st.tuples(
            st.just(corner[0]),
            st.just(corner[1]),
            st.floats(corner[0] + 4, 224),
            st.floats(corner[1] + 4, 224),
        )
    )
)
def test_what_is_seen_in_a_box_is_a_mean_of_what_is_in_it(
    box: tuple[float, float, float, float],
) -> None:
    seen = seen_in(eye(), maps(nothing()), np.array([box], np.float32))
    left, right, left_word, right_word = seen[0, 3:]
    assert 0 <= left <= 1 + 1e-5
    assert 0 <= right <= 1 + 1e-5
    assert left_word + right_word == pytest.approx(1, abs=1e-4)
    if box[2] <= 96:
        assert left == pytest.approx(1, abs=1e-2)
