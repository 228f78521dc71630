"""Catalogues of made-up vectors for the index's tests."""

from collections.abc import AsyncIterator

import numpy as np
from numpy.typing import NDArray

DIMENSION = 16


def unit_vectors(count: int, *, seed: int = 0, dimension: int = DIMENSION) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(count, dimension))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


async def chunks(
    vectors: NDArray[np.float32], *, products: NDArray[np.int64] | None = None, chunk: int = 100
) -> AsyncIterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
    """The vectors as the store hands them over, of the products 1, 2, 3, ..."""
    ids = np.arange(1, len(vectors) + 1) if products is None else products
    for start in range(0, len(vectors), chunk):
        yield ids[start : start + chunk], vectors[start : start + chunk]


def nearest(
    vectors: NDArray[np.float32],
    products: NDArray[np.int64],
    query: NDArray[np.float32],
    k: int,
    allowed: set[int] | None = None,
) -> list[tuple[int, float]]:
    """The plain implementation that the index is held against."""
    unit = query / np.linalg.norm(query)
    best: dict[int, float] = {}
    for product, vector in zip(products.tolist(), vectors, strict=True):
        if allowed is None or product in allowed:
            best[product] = max(best.get(product, -2.0), float(vector @ unit))
    return sorted(best.items(), key=lambda item: -item[1])[:k]
