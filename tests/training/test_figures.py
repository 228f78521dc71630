"""Figures: who is right among the five nearest, and what is named rightly."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.training.figures import (
    agreed,
    found_by,
    likeliest_family,
    mean,
    nearest,
    probed,
    recognised,
    strength_figures,
)
from core.training.judging import Seen, judge
from core.training.labels import Labelled


def photo(number: int, kind: str, *, own: bool = False, shade: str = "Red") -> Labelled:
    return Labelled(
        path=Path(f"{number}.jpg"),
        source=str(number),
        kinds=frozenset({kind}),
        own=own,
        large=not own,
        gender="Women",
        shade=shade,
        garment=kind if own else "",
    )


def circle(*degrees: float) -> np.ndarray:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_figures_count_who_is_right_among_the_five_nearest() -> None:
    """Seven products on a quarter circle and an own photo at its start, worked out by hand."""
    kinds = ["Shirts"] * 3 + ["Caps"] * 4
    labels = [photo(number, kind) for number, kind in enumerate(kinds)]
    labels += [photo(7, "Shirts", own=True)]
    found = found_by(labels, nearest(circle(0, 10, 20, 31, 40, 50, 60, 0), labels))
    assert found["five nearest of an own photo: right kind"].share == pytest.approx(3 / 5)
    # Each leaves out the farthest: the shirts the last cap, the caps the first shirt.
    assert (
        found["five nearest of a product: same gender"].share
        == found["five nearest of a product: same colour"].share
        == 1
    )
    assert found["five nearest of a product: same kind"].share == pytest.approx(
        (3 * 2 + 4 * 3) / 35
    )
    assert (
        found["five nearest of a product: all three"].share
        == found["five nearest of a product: same kind"].share
    )
    assert (
        found["five nearest of an own photo: right kind"].count,
        found["five nearest of a product: same kind"].count,
    ) == (1, 7)


def test_own_photos_matches_are_what_strengths_are_judged_by() -> None:
    labels = [photo(0, "Shirts"), photo(1, "Caps"), photo(2, "Shirts", own=True)]
    vectors = circle(10, 30, 0)
    cosines, right, asking = agreed(labels, nearest(vectors, labels), vectors, vectors)
    np.testing.assert_allclose(cosines, np.cos(np.radians([10, 30])), atol=1e-6)
    assert right.tolist() == [True, False]
    assert asking.tolist() == [2, 2]
    alone = labels[:2]  # a shop without people's photos
    assert agreed(alone, nearest(vectors[:2], alone), vectors, vectors)[2].tolist() == [0, 1]


def test_strengths_are_off_by_as_much_as_they_promise_too_much() -> None:
    rng = np.random.default_rng(1)
    promised = rng.random(20_000).astype(np.float32)
    asking = np.arange(20_000) // 5
    kept = rng.random(20_000) < promised
    figures = strength_figures(promised, kept, asking, strong_from=0.9)
    assert figures["strong matches: right kind"].share == pytest.approx(0.95, abs=0.02)
    assert figures["strengths, calibration error"].share < 0.02
    assert figures["strengths, calibration error"].margin < 0.02
    broken = rng.random(20_000) < 0.8 * promised
    figures = strength_figures(promised, broken, asking, strong_from=0.9)
    assert figures["strengths, calibration error"].share == pytest.approx(0.1, abs=0.02)


def test_every_class_counts_alike_in_the_macro_figure() -> None:
    labels = [photo(n, "Shirts") for n in range(6)]
    labels += [photo(6, "Shirts", own=True), photo(7, "Shirts", own=True)]
    labels += [photo(8, "Caps", own=True)]
    found = found_by(labels, nearest(circle(*range(9)), labels))
    assert found["five nearest of an own photo: right kind"].share == pytest.approx(2 / 3)
    assert found["the same, every class alike"].share == pytest.approx(1 / 2)


def test_a_product_is_never_found_for_itself_and_shown_by_its_large_photo() -> None:
    small = Labelled(path=Path("s.jpg"), source="0", kinds=frozenset({"Shirts"}))
    labels = [small, *(photo(n, "Shirts") for n in range(7))]
    found = nearest(circle(0, 0, 1, 2, 3, 4, 5, 6), labels)
    assert 0 not in found  # its large photo asks for it
    assert 1 not in found[1]
    assert all(0 not in rows for rows in found.values())


def test_the_likeliest_name_is_compared_with_the_label() -> None:
    labels = [photo(0, "Shirts", shade="Navy Blue"), photo(1, "Caps"), photo(2, "Caps", own=True)]
    readings = [
        {"kind": {"Shirts": 0.6, "Caps": 0.4}, "colour": {"Black": 0.4, "Blue": 0.3, "Teal": 0.3}},
        {"kind": {"Shirts": 0.6, "Caps": 0.4}, "colour": {"Red": 0.9, "Blue": 0.1}},
        {"garment": {"Caps": 0.9, "Shirts": 0.1}},
    ]
    labels[0] = Labelled(
        path=Path("0.jpg"),
        source="0",
        kinds=frozenset({"Shirts"}),
        shade="Navy Blue",
        colour="blue",
    )
    found = recognised(labels, readings)
    assert found["a product's kind"].share == 0.5
    assert found["a product's exact colour"].share == 0.5
    assert found["a product's colour family"].share == 1  # blue and teal together outweigh black
    assert found["an own photo's garment"].share == 1
    assert "a product's pattern" not in found
    assert likeliest_family({}) == ""


def test_fashion_is_judged_by_area_and_by_what_is_refused() -> None:
    def seen(*shares: float) -> Seen:
        labels = [photo(n, "Shirts") for n in range(len(shares))]
        readings = [{"fashion": {"fashion": share}} for share in shares]
        return Seen(labels, circle(*range(len(shares))), readings)

    found = judge(seen(0.9, 0.8, 0.7, 0.2), seen(*[0.1] * 99, 0.75))
    assert found["fashion, area under the curve"].share == pytest.approx((4 * 99 + 2) / 400)
    assert found["clothes refused while 3 in 100 others pass"].share == 0


def test_an_interval_narrows_with_the_number_of_photos() -> None:
    few, many = mean([0, 1] * 5), mean([0, 1] * 500)
    assert few.share == many.share == 0.5
    assert few.margin == pytest.approx(10 * many.margin)
    assert mean([]).count == 0


def test_a_probe_reads_what_vectors_hold_and_no_more() -> None:
    rng = np.random.default_rng(1)
    labels = [photo(number, ("Shirts", "Caps", "Ties")[number % 3]) for number in range(1000, 1400)]
    vectors = rng.normal(size=(400, 8)).astype(np.float32)
    blind = probed(labels, vectors)["style: a probe reads the kind"]
    vectors[np.arange(400), np.arange(1000, 1400) % 3] += 5
    seeing = probed(labels, vectors)["style: a probe reads the kind"]
    assert seeing.share > 0.9
    assert blind.share < 0.5
    assert "style: a probe reads the pattern" not in probed(labels, vectors)  # none is known


def test_what_only_follows_from_the_kind_is_not_told_within_one() -> None:
    """Ties are always formal: the kind tells occasions in part, and colours not at all."""
    rng = np.random.default_rng(2)
    labels, vectors = [], rng.normal(size=(4000, 8)).astype(np.float32)
    for number in range(4000):
        kind = ("Ties", "Shirts")[number // 2 % 2]
        formal = kind == "Ties" or rng.random() < 0.2
        red = rng.random() < 0.5
        vectors[number, number // 2 % 2] += 5
        vectors[number, 3] += 5 * red
        labels.append(
            replace(
                photo(10_000 + number, kind),
                usage="Formal" if formal else "Casual",
                colour="red" if red else "blue",
            )
        )
    found = probed(labels, vectors)
    assert found["style: a probe reads the occasion"].share > 0.85
    assert found["style: of two of a kind, the occasion"].share == pytest.approx(0.5, abs=0.06)
    assert found["style: of two of a kind, the colour family"].share > 0.95
