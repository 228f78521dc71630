"""What was learned of clothes: ResNet-50's last stages, where it looks, what is read off them."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from core.errors import Unavailable
from core.vision.kept import write_atomically
from core.vision.tensors import Tensors

Floats = NDArray[np.float32]

SHIPPED = Path(__file__).parents[2] / "data" / "eye" / "eye.npz"
"""Made by ``python -m bot train``; data/eye/README.md is its model card."""

FEATURES = 2048 + 64
"""The last stage's channels where it looks, and the palette that is seen there."""

_EPSILON = 1.001e-5  # of Keras's batch normalisation
_LEVELS = 127  # of int8
STAGES = ("conv1", "conv2", "conv3", "conv4", "conv5")
"""ResNet-50's, each of which can be taught."""


def folded(tensors: Tensors, *stages: str) -> dict[str, Floats]:
    """``PART/kernel`` and ``PART/bias`` of stages, the batch normalisations folded into them."""
    made = {}
    for name in tensors:
        layer, _, what = name.partition("/")
        part = layer.removesuffix("_conv")
        if what != "kernel" or part == layer or not part.startswith(stages):
            continue
        gain = tensors[f"{part}_bn/gamma"] / np.sqrt(
            tensors[f"{part}_bn/moving_variance"] + _EPSILON
        )
        shift = tensors[f"{part}_conv/bias"] - tensors[f"{part}_bn/moving_mean"]
        made[f"{part}/kernel"] = tensors[f"{part}_conv/kernel"] * gain
        made[f"{part}/bias"] = shift * gain + tensors[f"{part}_bn/beta"]
    return made


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Something that is told apart by name.

    The softmax of the scores is the probability of each of ``names``. Scores are the features
    times ``kernel``, float32[2112, classes], plus ``bias``; or, where there are ``directions``,
    float32[classes, m] of length 1, ``scale`` times the cosines between them and the features
    times ``kernel``, float32[2112, m], plus ``bias``. What is searched too has a ``weight``.
    """

    kernel: Floats
    bias: Floats
    names: tuple[str, ...]
    directions: Floats | None = None
    scale: float = 1.0
    weight: float = 0.0

    def scores(self, seen: Floats) -> Floats:
        """Float32[n, classes], before the softmax, from the features times ``kernel``."""
        if self.directions is None:
            return seen + self.bias
        made: Floats = np.float32(self.scale) * (unit(seen) @ self.directions.T) + self.bias
        return made

    def cooled(self, warmth: float, shift: Floats) -> "Reading":
        """The same with ``shift`` added to its scores, and all divided by ``warmth``."""
        bias = ((self.bias + shift) / warmth).astype(np.float32)
        if self.directions is None:
            return replace(self, kernel=(self.kernel / warmth).astype(np.float32), bias=bias)
        return replace(self, scale=self.scale / warmth, bias=bias)


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """What has no names and is searched: ``projection`` float32[2112, d] makes it."""

    projection: Floats
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """How often people would call a product like their photo, by the cosine between the two.

    ``shares`` float32[m], 0 to 1, are measured at ``cosines`` float32[m]; neither ever falls.
    """

    cosines: Floats
    shares: Floats

    def at(self, cosine: float) -> float:
        """The share there, between what was measured; beyond it as at its end."""
        return float(np.interp(cosine, self.cosines, self.shares))


class Eye:
    """All that was learned; immutable."""

    def __init__(
        self,
        *,
        trunk: Mapping[str, NDArray[Any]],
        look: Mapping[str, Floats],
        readings: Mapping[str, Reading],
        spaces: Mapping[str, Space],
        style: tuple[Floats, Floats] | None = None,
        agreement: Agreement | None = None,
        finders: Sequence[Mapping[str, Floats]] = (),
        families: Sequence[str] = (),
    ) -> None:
        """``trunk`` holds what ``trunk_steps`` gave.

        ``look`` holds ``attention`` float32[2049], a kernel over the channels and its bias, and
        the palette's ``w1`` [3, 64], ``b1``, ``w2`` [64, 64] and ``b2``. ``style`` is a matrix
        float32[d, s] and an offset float32[s] that take the kind out of embeddings.
        ``finders`` are what ``core.vision.tensorflow_runtime.found_in`` takes, to find garments of
        ``families``.
        """
        self.trunk = MappingProxyType(dict(trunk))
        self.look = MappingProxyType(dict(look))
        self.readings = MappingProxyType(dict(readings))
        self.spaces = MappingProxyType(dict(spaces))
        self.style = style
        self.agreement = agreement
        self.finders = tuple(MappingProxyType(dict(finder)) for finder in finders)
        self.families = tuple(families)

    def but(
        self,
        *,
        readings: Mapping[str, Reading] | None = None,
        spaces: Mapping[str, Space] | None = None,
        style: tuple[Floats, Floats] | None = None,
        agreement: Agreement | None = None,
        finders: Sequence[Mapping[str, Floats]] | None = None,
        families: Sequence[str] | None = None,
    ) -> "Eye":
        """The same, with other parts in the place of some."""
        return Eye(
            trunk=self.trunk,
            look=self.look,
            readings=self.readings if readings is None else readings,
            spaces=self.spaces if spaces is None else spaces,
            style=style or self.style,
            agreement=agreement or self.agreement,
            finders=self.finders if finders is None else finders,
            families=self.families if families is None else families,
        )

    @property
    def graph_digest(self) -> str:
        """SHA-256, hex, over what is part of the network's graph."""
        kernels = (f"reading/{name}/kernel" for name in self.readings)
        projections = (f"space/{name}/projection" for name in self.spaces)
        return self._digest("trunk/", "look/", "finder/", *kernels, *projections)

    @property
    def embedding_digest(self) -> str:
        """SHA-256, hex, over what embeddings depend on."""
        searched = (f"{part}/{name}/" for part, name in self._searched)
        return self._digest("trunk/", "look/", *searched)

    def _digest(self, *prefixes: str) -> str:
        sha256 = hashlib.sha256()
        for name, values in self._arrays():
            if name.startswith(prefixes):
                sha256.update(f"{name} {values.dtype.str} {values.shape}\n".encode())
                sha256.update(np.ascontiguousarray(values).tobytes())
        return sha256.hexdigest()

    @property
    def dimension(self) -> int:
        """How many floats an embedding has."""
        return max((place.stop for place in self.slices.values()), default=0)

    @cached_property
    def slices(self) -> Mapping[str, slice]:
        """Where in an embedding each reading and each space is that is searched."""
        found, start = {}, 0
        for part, name in self._searched:
            size = (
                len(self.readings[name].names)
                if part == "reading"
                else self.spaces[name].projection.shape[1]
            )
            found[name] = slice(start, start + size)
            start += size
        return MappingProxyType(found)

    def see(self, features: Floats) -> tuple[Floats, dict[str, Floats]]:
        """What ``read`` gives, from features float32[n, 2112]."""
        return self.read(features @ self.kernels)

    def read(self, seen: Floats) -> tuple[Floats, dict[str, Floats]]:
        """From features times ``kernels`` the embeddings and what is read off, by name.

        Embeddings are float32[n, d] of length 1. The part of a reading holds the square roots
        of its probabilities, so that its share of a cosine is how far two photos agree in it
        (Bhattacharyya 1943); the part of a space has direction only. Readings are
        probabilities, float32[n, classes].
        """
        read: dict[str, Floats] = {}
        parts: dict[str, Floats] = {}
        start = 0
        for name, reading in self.readings.items():
            stop = start + reading.kernel.shape[1]
            read[name] = softmax(reading.scores(seen[:, start:stop]))
            parts[name] = np.float32(reading.weight) * np.sqrt(read[name])
            start = stop
        for name, space in self.spaces.items():
            stop = start + space.projection.shape[1]
            parts[name] = np.float32(space.weight) * unit(seen[:, start:stop])
            start = stop
        none = np.zeros((len(seen), 0), np.float32)
        return unit(np.concatenate([none, *(parts[name] for name in self.slices)], axis=1)), read

    def named(self, read: Mapping[str, Floats], row: int) -> dict[str, dict[str, float]]:
        """What ``see`` read off one photo, with the names."""
        return {
            name: dict(zip(self.readings[name].names, likely[row].tolist(), strict=True))
            for name, likely in read.items()
        }

    def style_of(self, embeddings: Floats) -> Floats:
        """Float32[n, s]: what embeddings say beside the kind, to be told by straight lines.

        Of any length: that of each, made 1, would hold something of its kind again.
        """
        if self.style is None:
            return embeddings
        matrix, offset = self.style
        return embeddings @ matrix + offset

    def tuned(self, tensors: Tensors) -> dict[str, Floats]:
        """The canonical tensors with those stages as they were learned that were taught."""
        learned = dict(tensors)
        for name, before in folded(tensors, *STAGES).items():
            if name not in self.trunk:
                continue
            part, _, what = name.partition("/")
            steps = self.trunk[name].astype(np.float32) * self.trunk[f"{name}/step"]
            learned[f"{part}_conv/{what}"] = before + steps.astype(np.float32)
            ones = np.ones_like(tensors[f"{part}_bn/gamma"])
            learned[f"{part}_bn/gamma"] = ones
            learned[f"{part}_bn/moving_variance"] = ones * np.float32(1 - _EPSILON)
            learned[f"{part}_bn/beta"] = learned[f"{part}_bn/moving_mean"] = 0 * ones
        return learned

    def write(self, file: Path) -> None:
        """As a whole or not at all; ``OSError``."""
        out = BytesIO()
        arrays: dict[str, Any] = dict(self._arrays())
        np.savez(out, **arrays)  # int8 steps are as good as noise: packing saves nothing
        write_atomically(file, out.getvalue())

    @classmethod
    def read_file(cls, file: Path = SHIPPED) -> "Eye":
        """What ``write`` wrote; ``Unavailable`` when it is none."""
        try:
            with file.open("rb") as opened, np.load(opened, allow_pickle=False) as arrays:
                return cls._from(dict(arrays))
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise Unavailable(f"The network's eye {file.name} cannot be read: {error}") from error

    @classmethod
    def _from(cls, arrays: Mapping[str, NDArray[Any]]) -> "Eye":
        def under(prefix: str) -> dict[str, NDArray[Any]]:
            return {
                name.removeprefix(prefix): values
                for name, values in arrays.items()
                if name.startswith(prefix)
            }

        def floats(values: NDArray[Any]) -> Floats:
            return values.astype(np.float32)

        spaces = {
            name: Space(
                floats(arrays[f"space/{name}/projection"]), float(arrays[f"space/{name}/weight"])
            )
            for name in arrays["spaces"].tolist()
        }
        readings = {}
        for name in arrays["readings"].tolist():
            some = under(f"reading/{name}/")
            readings[name] = Reading(
                kernel=floats(some["kernel"]),
                bias=floats(some["bias"]),
                names=tuple(some["names"].tolist()),
                directions=floats(some["directions"]) if "directions" in some else None,
                scale=float(some["scale"]),
                weight=float(some["weight"]),
            )
        look = {name: floats(values) for name, values in under("look/").items()}
        style = (
            (floats(arrays["style/matrix"]), floats(arrays["style/offset"]))
            if "style/matrix" in arrays
            else None
        )
        return cls(
            trunk=under("trunk/"),
            look=look,
            readings=readings,
            spaces=spaces,
            style=style,
            agreement=Agreement(*floats(arrays["agreement"])) if "agreement" in arrays else None,
            finders=[
                {name: floats(values) for name, values in under(f"finder/{number}/").items()}
                for number in range(int(arrays.get("finders", 0)))
            ],
            families=arrays["families"].tolist() if "families" in arrays else (),
        )

    def _arrays(self) -> Iterator[tuple[str, NDArray[Any]]]:
        for name, values in self.trunk.items():
            yield f"trunk/{name}", values
        for name, values in self.look.items():
            yield f"look/{name}", values
        yield "readings", np.array(list(self.readings))
        for name, reading in self.readings.items():
            yield f"reading/{name}/names", np.array(reading.names)
            yield f"reading/{name}/kernel", reading.kernel.astype(np.float16)
            yield f"reading/{name}/bias", reading.bias
            yield f"reading/{name}/scale", np.array(reading.scale, np.float32)
            yield f"reading/{name}/weight", np.array(reading.weight, np.float32)
            if reading.directions is not None:
                yield f"reading/{name}/directions", reading.directions.astype(np.float16)
        yield "spaces", np.array(list(self.spaces))
        for name, space in self.spaces.items():
            yield f"space/{name}/projection", space.projection.astype(np.float16)
            yield f"space/{name}/weight", np.array(space.weight, np.float32)
        yield "finders", np.array(len(self.finders))
        for number, finder in enumerate(self.finders):
            for name, values in finder.items():
                yield f"finder/{number}/{name}", values.astype(np.float16)
        yield "families", np.array(self.families, dtype=np.str_)
        if self.style is not None:
            yield "style/matrix", self.style[0].astype(np.float16)
            yield "style/offset", self.style[1]
        if self.agreement is not None:
            yield "agreement", np.stack([self.agreement.cosines, self.agreement.shares])

    @property
    def _searched(self) -> list[tuple[str, str]]:
        return [
            *(("reading", name) for name, reading in self.readings.items() if reading.weight),
            *(("space", name) for name in self.spaces),
        ]

    @cached_property
    def kernels(self) -> Floats:
        """Float32[2112, d]: what is read off features and what is searched, side by side."""
        none = np.zeros((FEATURES, 0), np.float32)
        readings = (reading.kernel for reading in self.readings.values())
        spaces = (space.projection for space in self.spaces.values())
        return np.concatenate([none, *readings, *spaces], axis=1)


def trunk_steps(
    before: Mapping[str, Floats], after: Mapping[str, Floats]
) -> dict[str, NDArray[Any]]:
    """What training changed in ``folded`` stages, as int8 steps and a ``/step`` size a channel.

    A tenth of what whole tensors take, and within 1/254 of each channel's largest change.
    """
    steps: dict[str, NDArray[Any]] = {}
    for name, old in before.items():
        change = after[name] - old
        largest = np.abs(change).max(axis=tuple(range(change.ndim - 1)))
        size = (largest / _LEVELS).astype(np.float32)
        steps[name] = np.rint(change / np.maximum(size, 1e-12)).astype(np.int8)
        steps[f"{name}/step"] = size
    return steps


def unit(rows: Floats) -> Floats:
    """Float32[n, d] rows made of length 1; a row of zeros stays one."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    made: Floats = rows / np.maximum(lengths, 1e-12)
    return made


def softmax(scores: Floats) -> Floats:
    """Probabilities, row by row, from float32[n, classes]."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    likely: Floats = powers / powers.sum(axis=1, keepdims=True)
    return likely


def sigmoid(scores: Floats) -> Floats:
    """Of each score how likely it is, 0 to 1."""
    likely: Floats = np.reciprocal(1 + np.exp(-scores))
    return likely


def moved(likely: Floats, meant: NDArray[np.bool_], *, trust: float) -> Floats:
    """Probabilities float32[n, classes], ``trust`` of each row moved to the classes that are meant.

    Those share it as they share what they have.
    """
    whole = likely.sum(axis=1, keepdims=True)
    among = (likely + np.float32(1e-6) * whole) * meant
    among *= whole / among.sum(axis=1, keepdims=True)
    made: Floats = np.float32(trust) * among + np.float32(1 - trust) * likely
    return made
