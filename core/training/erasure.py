"""Taking one thing out of vectors, so that no straight line can tell it from them any more."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_SMALL = 1e-6  # of the largest variance: directions that hold nothing


def erasing(vectors: Floats, classes: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """The matrix float32[d, d] and the offset float32[d] that take the classes out.

    ``vectors @ matrix + offset`` is as near to float32[n, d] as can be while every class has the
    same mean, so that a linear probe finds nothing: LEACE (Belrose et al. 2023, theorem 4.3).
    """
    rows = vectors.astype(np.float64)
    mean = rows.mean(axis=0)
    centred = rows - mean
    values, directions = np.linalg.eigh(centred.T @ centred / len(rows))
    kept = values > _SMALL * values.max()
    basis, lengths = directions[:, kept], np.sqrt(values[kept])
    shares = np.bincount(classes) / len(rows)
    sums = np.stack([centred[classes == one].sum(axis=0) for one in np.flatnonzero(shares)])
    whitened = (sums / len(rows)) @ basis / lengths
    _, sizes, right = np.linalg.svd(whitened, full_matrices=False)
    told = right[sizes > _SMALL * sizes.max()]
    taken = (basis * lengths) @ told.T @ told @ (basis / lengths).T
    matrix = np.eye(len(mean)) - taken.T
    return matrix.astype(np.float32), (mean - mean @ matrix).astype(np.float32)
