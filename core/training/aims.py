"""What is asked of each photo while training, by the labels that there are, and which to draw."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.training.labels import Labelled, Part

Floats = NDArray[np.float32]

_LEAST = 3  # photos of which something is worth a name


class Aims:
    """The names of what can be told apart, which of them are right for each photo, and batches."""

    def __init__(
        self, labels: Sequence[Labelled], readable: Sequence[bool] | NDArray[np.bool_] | None = None
    ) -> None:
        """Names are those of photos for learning, and only such are drawn, if ``readable``."""
        fit = [True] * len(labels) if readable is None else readable
        learning = [
            photo.part is Part.LEARNING and bool(ok) for photo, ok in zip(labels, fit, strict=True)
        ]
        values = {
            "kind": [photo.kinds for photo in labels],
            "colour": [photo.shades or _one(photo.shade) for photo in labels],
            "gender": [_one(photo.gender) for photo in labels],
            "pattern": [_one(photo.pattern) for photo in labels],
            "usage": [_one(photo.usage) for photo in labels],
            "garment": [_one(photo.garment) for photo in labels],
        }
        self.names: dict[str, tuple[str, ...]] = {
            name: _names([some for some, known in zip(sets, learning, strict=True) if known])
            for name, sets in values.items()
        }
        self.names = {name: names for name, names in self.names.items() if len(names) > 1}
        self._learning = np.array(learning, dtype=bool)
        self._allowed = {name: _allowed(values[name], names) for name, names in self.names.items()}
        self._lots = [
            _Lot(labels, among)
            for own in (False, True)
            if (among := self._learning & [photo.own is own for photo in labels]).any()
        ]

    def of(self, numbers: NDArray[np.intp]) -> Mapping[str, Floats]:
        """By name float32[n, classes], 1 where a class is right; all 0 where none is known."""
        return {name: allowed[numbers] for name, allowed in self._allowed.items()}

    def counts(self) -> Mapping[str, Floats]:
        """By name float32[classes]: how many photos for learning each class has."""
        return {
            name: allowed[self._learning].sum(axis=0) for name, allowed in self._allowed.items()
        }

    def draw(self, rng: np.random.Generator, count: int, own_share: float) -> NDArray[np.intp]:
        """Photos, ``count`` things twice: first all the first time, then all the second.

        A product may have two photos, and then either is drawn.
        """
        shares = [1 - own_share, own_share] if len(self._lots) > 1 else [1.0]
        counts = [round(share * count) for share in shares]
        counts[0] += count - sum(counts)
        pairs = np.concatenate(
            [lot.draw(rng, some) for lot, some in zip(self._lots, counts, strict=True)]
        )
        return pairs.T.ravel()


class _Lot:
    """Products, or people's own photos."""

    def __init__(self, labels: Sequence[Labelled], among: NDArray[np.bool_]) -> None:
        photos: dict[str, list[int]] = defaultdict(list)
        kinds: dict[str, str] = {}
        for number in np.flatnonzero(among).tolist():
            photo = labels[number]
            thing = str(photo.path) if photo.own else photo.source
            photos[thing].append(number)
            kinds[thing] = photo.garment or min(photo.kinds)
        self._photos = [np.array(numbers) for numbers in photos.values()]
        numbered = np.unique(list(kinds.values()), return_inverse=True)[1]
        chances = 1 / np.sqrt(np.bincount(numbered)[numbered])  # the rare ones more often
        self._chances = chances / chances.sum()

    def draw(self, rng: np.random.Generator, count: int) -> NDArray[np.intp]:
        """Int[count, 2]: two photos of each of some things, or the same one twice."""
        things = rng.choice(len(self._photos), count, p=self._chances)
        pairs = [rng.choice(self._photos[thing], 2) for thing in things]
        return np.array(pairs, dtype=np.intp).reshape(count, 2)


def _one(value: str) -> frozenset[str]:
    return frozenset({value} if value else ())


def _names(sets: Sequence[frozenset[str]]) -> tuple[str, ...]:
    counts: dict[str, int] = defaultdict(int)
    for some in sets:
        for name in some:
            counts[name] += 1
    return tuple(sorted(name for name, count in counts.items() if count >= _LEAST))


def _allowed(sets: Sequence[frozenset[str]], names: Sequence[str]) -> Floats:
    places = {name: place for place, name in enumerate(names)}
    allowed = np.zeros((len(sets), len(names)), dtype=np.float32)
    for row, some in enumerate(sets):
        for name in some & places.keys():
            allowed[row, places[name]] = 1
    return allowed
