"""Erasure: what was taken out cannot be told any more, and all else can."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.training.erasure import erasing


def made_up(seed: int, *, count: int = 1200, width: int = 24) -> tuple[np.ndarray, ...]:
    """Vectors that tell a category loudly and a colour faintly, mixed by a random rotation."""
    rng = np.random.default_rng(seed)
    categories, colours = rng.integers(0, 6, count), rng.integers(0, 3, count)
    vectors = rng.normal(size=(count, width))
    vectors[np.arange(count), categories] += 8
    vectors[np.arange(count), 10 + colours] += 4
    mixing = np.linalg.qr(rng.normal(size=(width, width)))[0]
    return (vectors @ mixing + rng.normal(size=width)).astype(np.float32), categories, colours


def probe(vectors: np.ndarray, classes: np.ndarray) -> float:
    """How often a ridge regression, fitted on one half, is right on the other."""
    inputs = np.concatenate([vectors, np.ones((len(vectors), 1))], axis=1).astype(np.float64)
    half = len(inputs) // 2
    wanted = np.eye(classes.max() + 1)[classes[:half]]
    gram = inputs[:half].T @ inputs[:half] + np.eye(inputs.shape[1])
    kernel = np.linalg.solve(gram, inputs[:half].T @ wanted)
    return float(((inputs[half:] @ kernel).argmax(axis=1) == classes[half:]).mean())


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000))
def test_a_probe_finds_the_category_no_more_and_the_colour_as_before(seed: int) -> None:
    vectors, categories, colours = made_up(seed)
    matrix, offset = erasing(vectors, categories)
    erased = vectors @ matrix + offset
    assert probe(vectors, categories) > 0.95
    assert probe(erased, categories) < 0.3  # one in six by chance
    assert probe(erased, colours) > 0.85
    means = np.stack([erased[categories == one].mean(axis=0) for one in range(6)])
    np.testing.assert_allclose(means - means[0], 0, atol=1e-2)


def test_what_tells_nothing_is_hardly_changed() -> None:
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(5000, 8)).astype(np.float32)
    matrix, offset = erasing(vectors, rng.integers(0, 2, 5000))
    np.testing.assert_allclose(np.linalg.matrix_rank(matrix, tol=1e-3), 7)
    assert np.abs(vectors @ matrix + offset - vectors).mean() < 0.5
