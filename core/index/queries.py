"""Queries to judge an index by, made from what is in it."""

import numpy as np
from numpy.typing import NDArray

_BLUR = 0.5  # of the mean


def hard_queries(
    vectors: NDArray[np.float32], mean: NDArray[np.floating], *, count: int, seed: int
) -> NDArray[np.float32]:
    """At most ``count`` queries float32[m, d] of length 1, each like a row of float32[n, d].

    A product asks for its like too easily. Drawn towards the catalogue's mean by half that
    mean, it is as hard as people's own photos (docs/decisions/0030-scan-small-walk-large.md).
    """
    rows = np.random.default_rng(seed).integers(0, len(vectors), min(count, len(vectors)))
    blurred = vectors[np.sort(rows)] + _BLUR * mean.astype(np.float32)
    lengths = np.linalg.norm(blurred, axis=1, keepdims=True)
    queries: NDArray[np.float32] = (blurred / np.maximum(lengths, 1e-6)).astype(np.float32)
    return queries
