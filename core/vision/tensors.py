"""The canonical form of ResNet-50's weights: which tensors, named how, in what order."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Tensor = NDArray[np.float32]
Tensors = Mapping[str, Tensor]

IMAGENET_DIGEST = "ceb170ce770abddb0ce774138a563bf152406f6c4a0fd2c4ce8cde09c2f4f460"
"""SHA-256 of Keras's ImageNet weights in canonical form, see ``digest``."""


def _table() -> Iterator[tuple[str, tuple[int, ...]]]:
    def convolution(
        name: str, side: int, inputs: int, outputs: int
    ) -> Iterator[tuple[str, tuple[int, ...]]]:
        yield f"{name}_conv/kernel", (side, side, inputs, outputs)
        yield f"{name}_conv/bias", (outputs,)
        for part in ("gamma", "beta", "moving_mean", "moving_variance"):
            yield f"{name}_bn/{part}", (outputs,)

    yield from convolution("conv1", 7, 3, 64)
    inputs = 64
    for stage, (width, blocks) in enumerate(((64, 3), (128, 4), (256, 6), (512, 3)), start=2):
        for block in range(1, blocks + 1):
            name = f"conv{stage}_block{block}"
            if block == 1:
                yield from convolution(f"{name}_0", 1, inputs, 4 * width)
            yield from convolution(f"{name}_1", 1, inputs, width)
            yield from convolution(f"{name}_2", 3, width, width)
            yield from convolution(f"{name}_3", 1, width, 4 * width)
            inputs = 4 * width
    yield "predictions/kernel", (inputs, 1000)
    yield "predictions/bias", (1000,)


SHAPES: Mapping[str, tuple[int, ...]] = MappingProxyType(dict(_table()))
"""Shape of each of the 320 tensors by Keras's name (layer/variable), in canonical order."""

_PARTS = {
    "conv": ("kernel", "bias"),
    "bn": ("gamma", "beta", "moving_mean", "moving_variance"),
    "predictions": ("kernel", "bias"),
}
_OLD_STEM = {"conv1": "conv1_conv", "bn_conv1": "conv1_bn", "fc1000": "predictions"}
_OLD_NAME = re.compile(r"(res|bn)([2-5])([a-f])_branch(1|2a|2b|2c)")
_OLD_BRANCH = {"1": 0, "2a": 1, "2b": 2, "2c": 3}


def layer_name(name: str) -> str:
    """Keras's present name of a layer; that of Keras 2.2 (``res2a_branch2a``) is translated."""
    old = _OLD_NAME.fullmatch(name)
    if old is None:
        return _OLD_STEM.get(name, name)
    kind, stage, block, branch = old.groups()
    suffix = "conv" if kind == "res" else "bn"
    return f"conv{stage}_block{ord(block) - ord('a') + 1}_{_OLD_BRANCH[branch]}_{suffix}"


def variable_names(layer: str) -> tuple[str, ...]:
    """Canonical names of a layer's tensors, in the order in which Keras keeps them."""
    parts = _PARTS.get(layer.rpartition("_")[2], ())
    return tuple(f"{layer}/{part}" for part in parts)


def canonical(tensors: Tensors) -> dict[str, Tensor]:
    """The same tensors in canonical order; ``ValueError`` when one lacks or has another shape."""
    missing = SHAPES.keys() - tensors.keys()
    if missing:
        raise ValueError(
            f"{len(missing)} of {len(SHAPES)} tensors are not there: {min(missing)} ..."
        )
    for name, shape in SHAPES.items():
        if tensors[name].shape != shape:
            raise ValueError(f"{name} has the shape {tensors[name].shape}, not {shape}")
    return {name: np.ascontiguousarray(tensors[name], dtype="<f4") for name in SHAPES}


def digest(tensors: Tensors) -> str:
    """SHA-256, hex, over each tensor of the canonical order.

    Hashed are a line ``name shape`` (``conv1_conv/bias 64``, dimensions joined by ``x``) and
    the values as little-endian float32 in C order.
    """
    sha256 = hashlib.sha256()
    for name, values in canonical(tensors).items():
        sha256.update(f"{name} {'x'.join(map(str, values.shape))}\n".encode())
        sha256.update(values.data)
    return sha256.hexdigest()


def flat(tensors: Tensors) -> Tensor:
    """All values as one vector, in canonical order."""
    return np.concatenate([values.reshape(-1) for values in canonical(tensors).values()])


def unflat(values: Tensor) -> dict[str, Tensor]:
    """The tensors of a vector made by ``flat``, as views; ``ValueError`` on another length."""
    sizes = [int(np.prod(shape)) for shape in SHAPES.values()]
    if values.shape != (sum(sizes),):
        raise ValueError(f"{values.size} values, not {sum(sizes)}")
    pieces = np.split(values, np.cumsum(sizes)[:-1])
    return {
        name: piece.reshape(shape)
        for (name, shape), piece in zip(SHAPES.items(), pieces, strict=True)
    }
