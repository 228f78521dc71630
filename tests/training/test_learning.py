"""Learning the projection, on made-up features in which the right thing is hidden."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.training.figures import figures
from core.training.labels import Labelled
from core.training.projection import FitOptions, fit
from core.vision.head import Head, unit

QUICK = FitOptions(dimension=32, steps=150, batch=128, learning_rate=0.02, seed=1)
KINDS = ("Shirts", "Dresses", "Jeans", "Caps")


def made_up(
    count: int, seed: int, *, width: int = 64
) -> tuple[NDArray[np.float32], list[Labelled]]:
    """Features where the kind is faint and something that means nothing is loud."""
    rng = np.random.default_rng(seed)
    kinds = rng.integers(0, len(KINDS), count)
    features = 0.3 * rng.normal(size=(count, width))
    features[np.arange(count), kinds] += 1.0
    features[:, 10:14] += 3 * rng.normal(size=(count, 4))
    labels = [
        Labelled(
            path=Path(f"{number}.jpg"),
            source=f"{seed}/{number}",
            kinds=frozenset({KINDS[kind]}),
            own=number % 3 == 0,
            large=number % 3 == 1,
        )
        for number, kind in enumerate(kinds)
    ]
    return unit(features.astype(np.float32)), labels


def test_it_finds_what_the_labels_mean_in_photos_that_it_never_saw() -> None:
    features, labels = made_up(600, seed=1)
    unseen, unseen_labels = made_up(600, seed=2)
    head = Head(fit(features, labels, options=QUICK))
    before, after = figures(unseen, unseen_labels), figures(head.apply(unseen), unseen_labels)
    assert after["own kind"] > before["own kind"] + 0.2
    assert after["kind"] > before["kind"] + 0.2


def test_the_same_seed_gives_the_same_projection_and_another_one_another() -> None:
    features, labels = made_up(300, seed=3)
    options = FitOptions(dimension=8, steps=5, batch=64, seed=1)
    first = fit(features, labels, options=options)
    np.testing.assert_array_equal(first, fit(features, labels, options=options))
    other = FitOptions(dimension=8, steps=5, batch=64, seed=2)
    assert not np.array_equal(first, fit(features, labels, options=other))


def test_a_shop_alone_is_enough_to_learn_from() -> None:
    features, labels = made_up(300, seed=4)
    shop = [row for row, photo in enumerate(labels) if not photo.own]
    seen: list[tuple[int, int]] = []
    projection = fit(
        features[shop],
        [labels[row] for row in shop],
        options=QUICK,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert np.isfinite(projection).all()
    assert seen[-1] == (QUICK.steps, QUICK.steps)


def photo(number: int, kind: str, *, own: bool = False, colour: str = "red") -> Labelled:
    return Labelled(
        path=Path(f"{number}.jpg"),
        source=str(number),
        kinds=frozenset({kind}),
        own=own,
        large=not own,
        gender="Women",
        colour=colour,
    )


def test_figures_count_who_is_right_among_the_five_nearest() -> None:
    """Seven products on a quarter circle and an own photo at its start, worked out by hand."""
    angles = np.radians([0, 10, 20, 31, 40, 50, 60, 0])
    embeddings = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    kinds = ["Shirts"] * 3 + ["Caps"] * 4
    labels = [photo(number, kind) for number, kind in enumerate(kinds)]
    labels += [photo(7, "Shirts", own=True)]
    found = figures(embeddings, labels)
    assert found["own kind"] == pytest.approx(3 / 5)
    # Each leaves out the farthest: the shirts the last cap, the caps the first shirt.
    assert found["gender"] == found["colour"] == 1
    assert found["kind"] == found["all three"] == pytest.approx((3 * 2 + 4 * 3) / 35)
    assert figures(embeddings[:3], labels[:3]) == {}
