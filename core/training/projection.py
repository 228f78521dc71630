"""Metric learning: the projection in which clothes that people call alike are near."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.training.labels import Labelled

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class FitOptions:
    """How the projection is learned; the defaults were chosen on held-out products and senders.

    ``mimicry`` is the share of the aim that asks for the features' own neighbours: what no label
    names stays as it was. ``same_colour`` and ``same_gender`` say how much more alike that makes
    two products of one kind.
    """

    dimension: int = 256
    steps: int = 500
    batch: int = 1024
    own_share: float = 0.3
    learning_rate: float = 1e-3
    temperature: float = 0.07
    own_temperature: float = 0.03
    mimicry: float = 0.3
    same_colour: float = 16.0
    same_gender: float = 3.0
    across: float = 1.5
    seed: int = 20


def fit(
    features: Floats,
    labels: Sequence[Labelled],
    *,
    options: FitOptions | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Floats:
    """The projection float32[2048, d] for unit features float32[n, 2048] and their labels.

    Supervised contrastive learning (Khosla et al. 2020) with graded positives, by Adam (Kingma
    and Ba 2015) from the principal components on. Deterministic for a seed.
    """
    options = options or FitOptions()
    likeness = _Likeness(labels, options)
    rng = np.random.default_rng(options.seed)
    projection = _principal(features, options.dimension)
    mean, square = np.zeros_like(projection), np.zeros_like(projection)
    for step in range(options.steps):
        rows = likeness.draw(rng)
        batch = features[rows]
        aim = _aim(likeness.of(rows), batch, options)
        slope = _slope(projection, batch, aim, options.temperature)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope * slope
        pace = min(1, (step + 1) / 50) * 0.5 * (1 + np.cos(np.pi * step / options.steps))
        unbiased = np.sqrt(square / (1 - 0.99 ** (step + 1))) + 1e-9
        change = options.learning_rate * pace * mean / (1 - 0.9 ** (step + 1)) / unbiased
        projection = (projection - change).astype(np.float32)
        progress(step + 1, options.steps)
    return projection


class _Likeness:
    """How alike two photos are by their labels, and which photos make a good batch."""

    def __init__(self, labels: Sequence[Labelled], options: FitOptions) -> None:
        kinds = sorted({kind for photo in labels for kind in photo.kinds})
        places = {kind: place for place, kind in enumerate(kinds)}
        self._kinds = np.zeros((len(labels), len(kinds)), dtype=np.float32)
        for row, photo in enumerate(labels):
            self._kinds[row, [places[kind] for kind in photo.kinds]] = 1
        self._own = np.array([photo.own for photo in labels])
        self._colour = _numbered([photo.colour for photo in labels])
        self._gender = _numbered([photo.gender for photo in labels])
        self._source = _numbered([photo.source for photo in labels])
        self._label = _numbered(["/".join(sorted(photo.kinds)) for photo in labels])
        self._options = options
        own = int(options.own_share * options.batch) if self._own.any() else 0
        self._lots = [
            (self._drawable(~self._own), options.batch - own),
            (self._drawable(self._own), own),
        ]

    def draw(self, rng: np.random.Generator) -> NDArray[np.intp]:
        """Rows of a batch: kinds by the square root of how many there are."""
        return np.concatenate(
            [rng.choice(rows, count, p=chances) for (rows, chances), count in self._lots if count]
        )

    def of(self, rows: NDArray[np.intp]) -> Floats:
        """Float32[n, n], 0 where nothing makes two photos alike, and for a photo with itself."""
        options, own = self._options, self._own[rows]
        shared = self._kinds[rows] @ self._kinds[rows].T > 0
        both_shop = ~own[:, None] & ~own[None]
        graded = (
            1
            + options.same_gender * _same(self._gender[rows])
            + options.same_colour * _same(self._colour[rows])
        )
        both_own = own[:, None] & own[None] & _same(self._label[rows])
        between = own[:, None] ^ own[None]
        alike = shared * (both_shop * graded + (both_own | between) * options.across)
        alike = alike + (_same(self._source[rows]) & both_shop)
        np.fill_diagonal(alike, 0)
        found: Floats = alike.astype(np.float32)
        return found

    def _drawable(self, which: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        rows = np.flatnonzero(which)
        counts = np.bincount(self._label[rows], minlength=self._label.max() + 1)
        chances = 1 / np.sqrt(counts[self._label[rows]])
        return rows, chances / chances.sum()


def _aim(alike: Floats, batch: Floats, options: FitOptions) -> Floats:
    """Whom each photo of a batch should be near, as shares that add up to 1."""
    total = alike.sum(axis=1, keepdims=True)
    by_labels = alike / np.maximum(total, 1e-9)
    by_features = _softmax(batch @ batch.T / options.own_temperature)
    mimicry = np.where(total > 0, options.mimicry, 1.0).astype(np.float32)
    aim: Floats = (1 - mimicry) * by_labels + mimicry * by_features
    return aim


def _slope(projection: Floats, batch: Floats, aim: Floats, temperature: float) -> Floats:
    """The gradient of the cross-entropy between the aim and the projected neighbours."""
    projected = batch @ projection
    lengths = np.linalg.norm(projected, axis=1, keepdims=True)
    unit = projected / lengths
    off = (_softmax(unit @ unit.T / temperature) - aim) / (len(batch) * temperature)
    pull = (off + off.T) @ unit
    tangent = (pull - (pull * unit).sum(axis=1, keepdims=True) * unit) / lengths
    slope: Floats = batch.T @ tangent
    return slope


def _softmax(scores: Floats) -> Floats:
    """Over each row, with nothing for the photo itself."""
    np.fill_diagonal(scores, -np.inf)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _principal(features: Floats, dimension: int) -> Floats:
    """The directions of the largest second moments, float32[2048, d]."""
    _, directions = np.linalg.eigh((features.T @ features / len(features)).astype(np.float64))
    largest: Floats = directions[:, ::-1][:, :dimension].astype(np.float32)
    return largest


def _numbered(values: Sequence[str]) -> NDArray[np.intp]:
    numbers: NDArray[np.intp] = np.unique(np.array(values), return_inverse=True)[1]
    return numbers


def _same(values: NDArray[np.intp]) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = values[:, None] == values[None]
    return same
