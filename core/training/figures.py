"""How well an embedding finds what people would call alike, by the labels that there are."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.training.labels import Labelled

_AT = 5
_CHUNK = 512


def figures(embeddings: NDArray[np.float32], labels: Sequence[Labelled]) -> Mapping[str, float]:
    """Shares of right ones among the five nearest large shop photos, by what is right.

    ``own kind``: for people's own photos, of the right kinds. ``kind``, ``colour``, ``gender``
    and ``all three``: for a product's large photo, of the same. Figures without a query are left
    out. ``embeddings`` are float32[n, d] of length 1.
    """
    gallery = np.array([row for row, photo in enumerate(labels) if photo.large], dtype=np.intp)
    own = np.array([row for row, photo in enumerate(labels) if photo.own], dtype=np.intp)
    found: dict[str, float] = {}
    if len(gallery) <= _AT:
        return found
    if len(own):
        nearest = _nearest(embeddings, own, gallery)
        found["own kind"] = _share(
            bool(labels[query].kinds & labels[row].kinds)
            for query, rows in zip(own, nearest, strict=True)
            for row in rows
        )
    nearest = _nearest(embeddings, gallery, gallery)
    pairs = [
        (labels[query], labels[row])
        for query, rows in zip(gallery, nearest, strict=True)
        for row in rows
    ]
    found["kind"] = _share(one.kinds == other.kinds for one, other in pairs)
    found["colour"] = _share(one.colour == other.colour for one, other in pairs)
    found["gender"] = _share(one.gender == other.gender for one, other in pairs)
    found["all three"] = _share(
        (one.kinds, one.colour, one.gender) == (other.kinds, other.colour, other.gender)
        for one, other in pairs
    )
    return found


def _nearest(
    embeddings: NDArray[np.float32], queries: NDArray[np.intp], gallery: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Of each query the five nearest rows of the gallery but itself, as intp[n, 5]."""
    found = []
    for start in range(0, len(queries), _CHUNK):
        rows = queries[start : start + _CHUNK]
        cosines = embeddings[rows] @ embeddings[gallery].T
        cosines[rows[:, None] == gallery[None]] = -np.inf
        found.append(gallery[np.argsort(-cosines, axis=1)[:, :_AT]])
    return np.concatenate(found)


def _share(right: Iterable[bool]) -> float:
    return float(np.mean(list(right)))
