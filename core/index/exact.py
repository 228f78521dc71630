"""The exact scan: every vector is looked at, a chunk of rows at a time."""

import numpy as np
from numpy.typing import NDArray

CHUNK_ROWS = 4096
_GATHER_BELOW = 0.25  # a smaller share of a chunk is cheaper to copy out than to multiply whole


def cosines(
    vectors: NDArray[np.float32],
    query: NDArray[np.float32],
    *,
    wanted: NDArray[np.bool_] | None = None,
) -> NDArray[np.float32]:
    """The cosine of each row of float32[n, d] to float32[d], all of length 1, as float32[n].

    Rows that are not ``wanted`` (bool[n]) get minus infinity.
    """
    scores = np.full(len(vectors), -np.inf, dtype=np.float32)
    for start in range(0, len(vectors), CHUNK_ROWS):
        chunk = vectors[start : start + CHUNK_ROWS]
        part = scores[start : start + CHUNK_ROWS]
        if wanted is None:
            np.matmul(chunk, query, out=part)
            continue
        mask = wanted[start : start + CHUNK_ROWS]
        count = int(np.count_nonzero(mask))
        if count == 0:
            continue
        if count < _GATHER_BELOW * len(chunk):
            part[mask] = chunk[mask] @ query
        else:
            part[mask] = (chunk @ query)[mask]
    return scores


def best(scores: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """The rows of the ``count`` highest scores, best first; equal scores in row order.

    Rows at minus infinity are never among them.
    """
    if count < len(scores):
        edge = np.partition(scores, len(scores) - count)[len(scores) - count]
        rows = np.flatnonzero((scores >= edge) & (scores > -np.inf))
    else:
        rows = np.flatnonzero(scores > -np.inf)
    return rows[np.argsort(-scores[rows], kind="stable")][:count]
