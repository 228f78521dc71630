"""ResNet-50 and where it looks, in Keras's own operations, so that each of its backends trains it.

TensorFlow is the one that is installed. ``KERAS_BACKEND=jax`` takes a machine's GPU through JAX.
"""

import os
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.vision.eye import STAGES, folded
from core.vision.features import TILE_PX
from core.vision.machine import wants_bfloat16
from core.vision.quiet import without_announcements
from core.vision.tensors import Tensors

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # read while TensorFlow is imported

with without_announcements():
    import keras
    from keras import ops

__all__ = [
    "XLA",
    "PlainNetwork",
    "Stages",
    "Tensor",
    "keras",
    "looked_at",
    "ops",
    "tiles_of",
]

Tensor = Any
"""A tensor of the backend's."""

Floats = NDArray[np.float32]

XLA = keras.backend.backend() != "tensorflow"
"""Whether to compile by XLA: its convolutions for processors are slower than TensorFlow's own."""

_BLOCKS = {"conv2": 3, "conv3": 4, "conv4": 6, "conv5": 3}
_TILES_A_CELL = 4  # side by side: a cell of the last feature map is 32 pixels wide
_MEAN_RGB = np.array((123.68, 116.779, 103.939), np.float32)  # Keras's "caffe" preprocessing


class Stages(keras.Model):  # type: ignore[misc]
    """ResNet-50's stages; ``parts`` are their kernels and biases, by name."""

    def __init__(
        self,
        values: Mapping[str, Floats],
        taught: Collection[str] = (),
        *,
        precision: str = "auto",
    ) -> None:
        """``values`` are ``core.vision.eye.folded``'s; those of ``taught`` can be trained.

        ``precision`` is as ``resnet50``'s: ``auto`` is bfloat16 on GPUs too.
        """
        super().__init__(name="stages")  # TensorFlow takes no underscore before a class's
        self.parts = {
            name: self.part(f"trunk.{name}", some, trained=name in taught)
            for name, some in values.items()
        }
        quicker = wants_bfloat16(precision) or (XLA and precision == "auto")
        self._compute = "bfloat16" if quicker else "float32"

    def part(self, name: str, values: Floats, *, trained: bool) -> Tensor:
        """A variable of the model's that begins with ``values``."""
        made = self.add_weight(
            shape=values.shape,
            initializer="zeros",
            trainable=trained,
            name=name.replace("/", "."),
            dtype="float32",
        )
        made.assign(values)
        return made

    def cells(self, pixels: Tensor) -> Tensor:
        """Float32[n, side / 32, side / 32, 2048] of uint8[n, side, side, 3], RGB."""
        here = ops.cast(pixels, "float32") - _MEAN_RGB
        here = ops.cast(here[..., ::-1], self._compute)  # Keras's weights are for BGR
        here = ops.pad(here, ((0, 0), (3, 3), (3, 3), (0, 0)))
        here = ops.relu(_convolved(here, self.parts, "conv1", 2, "valid"))
        # Nothing is below nought after a relu, so zeros around are as good as nothing.
        here = ops.pad(here, ((0, 0), (1, 1), (1, 1), (0, 0)))
        here = ops.max_pool(here, 3, 2, "valid")
        for stage, blocks in _BLOCKS.items():
            for block in range(1, blocks + 1):
                here = _block(here, self.parts, f"{stage}_block{block}", stage)
        return ops.cast(here, "float32")


class PlainNetwork(Stages):
    """ResNet-50 as ImageNet taught it."""

    def __init__(self, tensors: Tensors, *, precision: str = "auto") -> None:
        super().__init__(folded(tensors, *STAGES), precision=precision)
        self._classifier = tensors["predictions/kernel"], tensors["predictions/bias"]
        self.compile(jit_compile=XLA)
        self.built = True

    def call(self, pixels: Tensor) -> dict[str, Tensor]:
        """As ``plain``, of tensors."""
        pooled = ops.mean(self.cells(pixels), (1, 2))
        kernel, bias = self._classifier
        return {"pooled": pooled, "logits": ops.matmul(pooled, kernel) + bias}

    def plain(self, pixels: NDArray[np.uint8]) -> dict[str, Floats]:
        """``pooled`` float32[n, 2048] and ``logits`` float32[n, 1000] of uint8[n, 224, 224, 3]."""
        found: dict[str, Floats] = self.predict_on_batch(pixels)
        return found


def _block(here: Tensor, values: Mapping[str, Tensor], part: str, stage: str) -> Tensor:
    first = part.endswith("block1")
    stride = 2 if first and stage != "conv2" else 1
    inside = ops.relu(_convolved(here, values, f"{part}_1", stride))
    inside = ops.relu(_convolved(inside, values, f"{part}_2"))
    inside = _convolved(inside, values, f"{part}_3")
    beside = _convolved(here, values, f"{part}_0", stride) if first else here
    return ops.relu(inside + beside)


def _convolved(
    here: Tensor, values: Mapping[str, Tensor], part: str, stride: int = 1, padding: str = "same"
) -> Tensor:
    kernel, bias = (ops.cast(values[f"{part}/{what}"], here.dtype) for what in ("kernel", "bias"))
    return ops.conv(here, kernel, stride, padding) + bias


def tiles_of(pixels: Tensor) -> Tensor:
    """Float32[n, side / 8, side / 8, 3]: the mean colours of tiles, 0 to 1."""
    return ops.average_pool(ops.cast(pixels, "float32"), TILE_PX, TILE_PX, "valid") / 255


def looked_at(cells: Tensor, tiles: Tensor, look: Mapping[str, Tensor | NDArray[Any]]) -> Tensor:
    """Features float32[n, 2112]: ``cells`` and a palette, both averaged where it looks.

    ``cells`` are float32[n, side, side, 2048]; the palette is 64 words for the colours of the
    ``tiles``, four times as many to a side. ``look`` is as ``Eye.look``.
    """
    kernel = look["attention"]
    weights = ops.sigmoid(ops.sum(cells * kernel[:-1], axis=-1) + kernel[-1])
    finer = ops.repeat(ops.repeat(weights, _TILES_A_CELL, 1), _TILES_A_CELL, 2)
    words = ops.relu(ops.matmul(tiles, look["w1"]) + look["b1"])
    words = ops.relu(ops.matmul(words, look["w2"]) + look["b2"])
    return ops.concatenate([_averaged(cells, weights), _averaged(words, finer)], axis=1)


def _averaged(seen: Tensor, weights: Tensor) -> Tensor:
    return ops.sum(weights[..., None] * seen, (1, 2)) / ops.sum(weights, (1, 2))[:, None]
