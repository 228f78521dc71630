"""The exact scan: every vector is looked at, a chunk of rows at a time."""

import numpy as np
from numpy.typing import NDArray

CHUNK_ROWS = 4096
_GATHER_BELOW = 0.5  # a smaller share of the rows is cheaper to copy out than to multiply whole


def cosines(
    vectors: NDArray[np.float32],
    query: NDArray[np.float32],
    *,
    rows: NDArray[np.intp] | None = None,
) -> NDArray[np.float32]:
    """The cosine of each row of float32[n, d] to float32[d], all of length 1, as float32[n].

    Of some rows (int[m], in order) only, as float32[m], where they are given.
    """
    if rows is not None and len(rows) >= _GATHER_BELOW * len(vectors):
        return cosines(vectors, query)[rows]
    scores = np.empty(len(vectors if rows is None else rows), dtype=np.float32)
    for start in range(0, len(scores), CHUNK_ROWS):
        part = slice(start, start + CHUNK_ROWS)
        np.matmul(vectors[part if rows is None else rows[part]], query, out=scores[part])
    return scores


def best(scores: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """The places of the ``count`` highest scores, best first; equal scores in their order."""
    if count < len(scores):
        edge = np.partition(scores, len(scores) - count)[len(scores) - count]
        places = np.flatnonzero(scores >= edge)
    else:
        places = np.arange(len(scores))
    return places[np.argsort(-scores[places], kind="stable")][:count]
