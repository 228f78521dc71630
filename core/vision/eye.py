"""What was learned of clothes: ResNet-50's last stage, where it looks, and what is read off it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
_PARTS = tuple(
    f"conv5_block{block}_{part}"
    for block in (1, 2, 3)
    for part in ((0, 1, 2, 3) if block == 1 else (1, 2, 3))
)
CONV5 = tuple(f"{part}/{what}" for part in _PARTS for what in ("kernel", "bias"))
"""The last stage's tensors with the batch normalisations folded into them."""


def folded_conv5(tensors: Tensors) -> dict[str, Floats]:
    """The tensors of ``CONV5`` from the canonical ones."""
    folded = {}
    for part in _PARTS:
        gain = tensors[f"{part}_bn/gamma"] / np.sqrt(
            tensors[f"{part}_bn/moving_variance"] + _EPSILON
        )
        shift = tensors[f"{part}_conv/bias"] - tensors[f"{part}_bn/moving_mean"]
        folded[f"{part}/kernel"] = tensors[f"{part}_conv/kernel"] * gain
        folded[f"{part}/bias"] = shift * gain + tensors[f"{part}_bn/beta"]
    return folded


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """A part of the embedding in which one thing is told apart.

    ``projection`` is float32[2112, d]; what comes out is made of length ``weight``. Where what it
    tells apart has ``names``, each has a direction among ``proxies``, float32[classes, d] of
    length 1, and the softmax of ``scale`` times the cosines plus ``bias`` is its probability.
    """

    projection: Floats
    weight: float
    names: tuple[str, ...] = ()
    proxies: Floats | None = None
    bias: Floats | None = None
    scale: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Something else that is read off the features: float32[2112, classes] and float32[classes]."""

    kernel: Floats
    bias: Floats
    names: tuple[str, ...]


class Eye:
    """All that was learned; immutable."""

    def __init__(
        self,
        *,
        trunk: Mapping[str, NDArray[Any]],
        look: Mapping[str, Floats],
        spaces: Mapping[str, Space],
        readings: Mapping[str, Reading],
        style: tuple[Floats, Floats] | None = None,
    ) -> None:
        """``trunk`` holds what ``trunk_steps`` gave.

        ``look`` holds ``attention`` float32[2049], a kernel over the channels and its bias, and
        the palette's ``w1`` [3, 64], ``b1``, ``w2`` [64, 64] and ``b2``. ``style`` is a matrix
        float32[d, d] and an offset float32[d] that take the kind out of embeddings.
        """
        self.trunk = MappingProxyType(dict(trunk))
        self.look = MappingProxyType(dict(look))
        self.spaces = MappingProxyType(dict(spaces))
        self.readings = MappingProxyType(dict(readings))
        self.style = style

    def but(
        self,
        *,
        spaces: Mapping[str, Space] | None = None,
        readings: Mapping[str, Reading] | None = None,
        style: tuple[Floats, Floats] | None = None,
    ) -> "Eye":
        """The same, with other parts in the place of some."""
        return Eye(
            trunk=self.trunk,
            look=self.look,
            spaces=self.spaces if spaces is None else spaces,
            readings=self.readings if readings is None else readings,
            style=style or self.style,
        )

    @property
    def graph_digest(self) -> str:
        """SHA-256, hex, over what is part of the network's graph."""
        return self._digest("trunk/", "look/")

    @property
    def spaces_digest(self) -> str:
        """SHA-256, hex, over what makes embeddings of the graph's features."""
        return self._digest("space")

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
        return sum(space.projection.shape[1] for space in self.spaces.values())

    def slices(self) -> dict[str, slice]:
        """Where in an embedding each space is."""
        found, start = {}, 0
        for name, space in self.spaces.items():
            found[name] = slice(start, start + space.projection.shape[1])
            start = found[name].stop
        return found

    def embed(self, features: Floats) -> Floats:
        """Float32[n, d] of length 1 from float32[n, 2112]."""
        parts = features @ self._projections
        for name, place in self.slices().items():
            lengths = np.linalg.norm(parts[:, place], axis=1, keepdims=True)
            parts[:, place] *= self.spaces[name].weight / np.maximum(lengths, 1e-12)
        return unit(parts)

    def style_of(self, embeddings: Floats) -> Floats:
        """Float32[n, d] of length 1: what embeddings say beside the kind."""
        if self.style is None:
            return embeddings
        matrix, offset = self.style
        return unit(embeddings @ matrix + offset)

    def as_kind(self, embedding: Floats, name: str) -> Floats:
        """The float32[d] that asks for the same, but of the kind of that name."""
        space = self.spaces["kind"]
        assert space.proxies is not None  # noqa: S101  kinds have names
        changed = embedding.copy()
        changed[self.slices()["kind"]] = space.weight * space.proxies[space.names.index(name)]
        return changed

    def read(self, features: Floats) -> Floats:
        """Float32[n, r]: the scores of all readings side by side, before the softmax."""
        scores: Floats = features @ self._kernels + self._biases
        return scores

    def readings_of(self, embedding: Floats, scores: Floats) -> dict[str, dict[str, float]]:
        """All probabilities by what they are of, from float32[d] and float32[r]."""
        named = [name for name, space in self.spaces.items() if space.names]
        return {name: self.told_apart(embedding, name) for name in named} | {
            name: self.said(scores, name) for name in self.readings
        }

    def told_apart(self, embedding: Floats, name: str) -> dict[str, float]:
        """The probability of each name in a space, for float32[d]."""
        space = self.spaces[name]
        here = embedding[self.slices()[name]]
        assert space.proxies is not None  # noqa: S101  asked of spaces with names
        scores = space.scale * (space.proxies @ here) / max(float(np.linalg.norm(here)), 1e-12)
        if space.bias is not None:
            scores = scores + space.bias
        return dict(zip(space.names, softmax(scores).tolist(), strict=True))

    def said(self, scores: Floats, name: str) -> dict[str, float]:
        """The probability of each name of a reading, for float32[r] that ``read`` gave."""
        start = 0
        for other, reading in self.readings.items():
            stop = start + len(reading.names)
            if other == name:
                likely = softmax(scores[start:stop]).tolist()
                return dict(zip(reading.names, likely, strict=True))
            start = stop
        raise KeyError(name)

    def tuned(self, tensors: Tensors) -> dict[str, Floats]:
        """The canonical tensors with the last stage as it was learned."""
        learned = dict(tensors)
        for name, before in folded_conv5(tensors).items():
            part, _, what = name.partition("/")
            steps = self.trunk[name].astype(np.float32) * self.trunk[f"{name}/step"]
            learned[f"{part}_conv/{what}"] = before + steps.astype(np.float32)
        for part in _PARTS:
            ones = np.ones_like(tensors[f"{part}_bn/gamma"])
            learned[f"{part}_bn/gamma"] = ones
            learned[f"{part}_bn/moving_variance"] = ones * np.float32(1 - _EPSILON)
            learned[f"{part}_bn/beta"] = learned[f"{part}_bn/moving_mean"] = 0 * ones
        return learned

    def write(self, file: Path) -> None:
        """As a whole or not at all; ``OSError``."""
        out = BytesIO()
        arrays: dict[str, Any] = dict(self._arrays())
        np.savez_compressed(out, **arrays)
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

        spaces = {}
        for name in arrays["spaces"].tolist():
            some = under(f"space/{name}/")
            named = "names" in some
            spaces[name] = Space(
                projection=floats(some["projection"]),
                weight=float(some["weight"]),
                scale=float(some["scale"]),
                names=tuple(some["names"].tolist()) if named else (),
                proxies=floats(some["proxies"]) if named else None,
                bias=floats(some["bias"]) if named else None,
            )
        readings = {}
        for name in arrays["readings"].tolist():
            some = under(f"reading/{name}/")
            readings[name] = Reading(
                floats(some["kernel"]), floats(some["bias"]), tuple(some["names"].tolist())
            )
        look = {name: floats(values) for name, values in under("look/").items()}
        style = (
            (floats(arrays["style/matrix"]), floats(arrays["style/offset"]))
            if "style/matrix" in arrays
            else None
        )
        return cls(trunk=under("trunk/"), look=look, spaces=spaces, readings=readings, style=style)

    def _arrays(self) -> Iterator[tuple[str, NDArray[Any]]]:
        for name, values in self.trunk.items():
            yield f"trunk/{name}", values
        for name, values in self.look.items():
            yield f"look/{name}", values
        yield "spaces", np.array(list(self.spaces))
        for name, space in self.spaces.items():
            yield f"space/{name}/projection", space.projection.astype(np.float16)
            yield f"space/{name}/weight", np.array(space.weight, np.float32)
            yield f"space/{name}/scale", np.array(space.scale, np.float32)
            if space.proxies is not None and space.bias is not None:
                yield f"space/{name}/names", np.array(space.names)
                yield f"space/{name}/proxies", space.proxies.astype(np.float16)
                yield f"space/{name}/bias", space.bias
        yield "readings", np.array(list(self.readings))
        for name, reading in self.readings.items():
            yield f"reading/{name}/names", np.array(reading.names)
            yield f"reading/{name}/kernel", reading.kernel.astype(np.float16)
            yield f"reading/{name}/bias", reading.bias
        if self.style is not None:
            yield "style/matrix", self.style[0].astype(np.float16)
            yield "style/offset", self.style[1]

    @cached_property
    def _projections(self) -> Floats:
        return np.concatenate([space.projection for space in self.spaces.values()], axis=1)

    @cached_property
    def _kernels(self) -> Floats:
        none = np.zeros((FEATURES, 0), np.float32)
        return np.concatenate([none, *(one.kernel for one in self.readings.values())], axis=1)

    @cached_property
    def _biases(self) -> Floats:
        none = np.zeros(0, np.float32)
        return np.concatenate([none, *(one.bias for one in self.readings.values())])


def trunk_steps(
    before: Mapping[str, Floats], after: Mapping[str, Floats]
) -> dict[str, NDArray[Any]]:
    """What training changed in ``CONV5``, as int8 steps and a ``/step`` size for each channel.

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
    """Probabilities from float32[classes]."""
    powers = np.exp(scores - scores.max())
    likely: Floats = powers / powers.sum()
    return likely
