"""The network that learns: what is asked of it, and one step of learning."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.training.network import XLA, Stages, Tensor, keras, looked_at, ops, tiles_of
from core.training.state import Variable

Floats = NDArray[np.float32]

_PAIR_WARMTH = 0.1
_MIMICRY_WARMTH = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What is asked of each view, and how much it weighs.

    ``dimensions`` are those of the spaces in which names have directions; ``losses`` the weights
    of what is asked, by name.
    """

    trunk_rate: float = 1e-4
    head_rate: float = 2e-3
    smoothing: float = 0.05
    scale: float = 20.0
    dimensions: Mapping[str, int] = field(
        default_factory=lambda: {"kind": 80, "colour": 40, "gender": 8, "cut": 128}
    )
    losses: Mapping[str, float] = field(
        default_factory=lambda: {
            "kind": 1.0,
            "colour": 0.9,
            "gender": 0.6,
            "pattern": 0.3,
            "usage": 0.15,
            "garment": 0.4,
            "same": 0.2,
            "mimicry": 0.2,
            "imagenet": 0.2,
        }
    )


class Pupil:
    """ResNet-50, where it looks, and what is read off it."""

    def __init__(
        self,
        trunk: Mapping[str, Floats],
        heads: Mapping[str, Floats],
        *,
        taught: Collection[str],
        classifier: tuple[Floats, Floats],
        lesson: Lesson,
        precision: str = "auto",
    ) -> None:
        """Of ``trunk``, as ``folded`` gives it, only ``taught`` is changed, and the ``heads``."""
        self._model = _Model(trunk, heads, taught, classifier, lesson, precision=precision)
        self._model.compile(
            optimizer=_Adam(lesson.head_rate, trunk_share=lesson.trunk_rate / lesson.head_rate),
            jit_compile=XLA,
        )
        self._model.optimizer.build(self._model.trainable_variables)
        self._rate = lesson.head_rate
        self._reader = _Reader(self._model)

    def learn(
        self,
        inputs: Mapping[str, NDArray[Any]],
        aims: Mapping[str, Floats],
        *,
        rate: float,
    ) -> dict[str, float]:
        """One step at ``rate`` times the lesson's rates; the losses by name.

        ``inputs`` are of n views: ``pixels`` uint8[n, side, side, 3], ``kept`` float32[n, 2112],
        what each feature is multiplied by, and the rows of ``Plain``. ``aims`` are ``Aims.of``'s.
        """
        self._model.optimizer.learning_rate.assign(self._rate * rate)
        self._model.reset_metrics()
        found: dict[str, float] = self._model.train_on_batch(
            dict(inputs), dict(aims), return_dict=True
        )
        return {name: float(value) for name, value in found.items() if name != "loss"}

    def features(self, pixels: NDArray[np.uint8]) -> Floats:
        """Float32[n, 2112] of uint8[n, side, side, 3]."""
        found: Floats = self._reader.predict_on_batch(pixels)
        return found

    def values(self) -> dict[str, Floats]:
        """All of ``trunk`` and ``heads``, as they are now."""
        return {name: np.asarray(part.value).copy() for name, part in self._model.parts.items()}

    def state(self) -> dict[str, Variable]:
        """All that a run which was killed needs to go on."""
        parts = {name: part for name, part in self._model.parts.items() if part.trainable}
        return parts | {
            f"adam/{number}": one for number, one in enumerate(self._model.optimizer.variables)
        }


class _Adam(keras.optimizers.Adam):  # type: ignore[misc]
    """The trunk, that knows a lot already, learns by smaller steps than the heads."""

    def __init__(self, learning_rate: float, *, trunk_share: float) -> None:
        super().__init__(learning_rate, beta_2=0.99, name="adam")
        self._trunk_share = trunk_share

    def update_step(self, gradient: Tensor, variable: Tensor, learning_rate: Tensor) -> None:
        share = self._trunk_share if variable.name.startswith("trunk.") else 1.0
        super().update_step(gradient, variable, learning_rate * share)


class _Model(Stages):
    def __init__(
        self,
        trunk: Mapping[str, Floats],
        heads: Mapping[str, Floats],
        taught: Collection[str],
        classifier: tuple[Floats, Floats],
        lesson: Lesson,
        *,
        precision: str,
    ) -> None:
        super().__init__(trunk, taught, precision=precision)
        self.parts |= {
            name: self.part(f"head.{name}", values, trained=True) for name, values in heads.items()
        }
        self._lesson, self._classifier = lesson, classifier
        self._means = {name: keras.metrics.Mean(name) for name in lesson.losses}
        self.built = True

    def features(self, pixels: Tensor, cells: Tensor) -> Tensor:
        look = {
            name.removeprefix("look/"): part
            for name, part in self.parts.items()
            if name.startswith("look/")
        }
        return looked_at(cells, tiles_of(pixels), look)

    def call(self, inputs: Mapping[str, Tensor]) -> dict[str, Tensor]:
        cells = self.cells(inputs["pixels"])
        return {"cells": cells, "features": self.features(inputs["pixels"], cells)}

    def compute_loss(
        self,
        x: Mapping[str, Tensor],
        y: Mapping[str, Tensor],
        y_pred: Mapping[str, Tensor],
        sample_weight: None = None,  # noqa: ARG002 - Keras passes them
        training: bool = True,  # noqa: ARG002
    ) -> Tensor:
        features, cells = y_pred["features"], y_pred["cells"]
        kept = features * x["kept"]
        losses = {name: self._told(kept, name, allowed) for name, allowed in y.items()}
        losses |= self._held(features, cells, x["pooled"], x["logits"])
        for name, loss in losses.items():
            self._means[name].update_state(loss)
        return sum(self._lesson.losses[name] * loss for name, loss in losses.items())

    def _told(self, features: Tensor, name: str, allowed: Tensor) -> Tensor:
        """The cross-entropy of those views of which something is known."""
        parts, lesson = self.parts, self._lesson
        if name in lesson.dimensions:
            here = _unit(ops.matmul(features, parts[f"{name}/projection"]), 1)
            scores = lesson.scale * ops.matmul(here, _unit(parts[f"{name}/proxies"], 0))
        else:
            scores = ops.matmul(features, parts[f"{name}/kernel"])
        likely = ops.log_softmax(scores + parts[f"{name}/bias"])
        right = ops.logsumexp(ops.where(allowed > 0, likely, -1e9), axis=1)
        smoothed = (1 - lesson.smoothing) * right + lesson.smoothing * ops.mean(likely, axis=1)
        known = ops.cast(ops.any(allowed > 0, axis=1), "float32")
        return -ops.sum(known * smoothed) / (ops.sum(known) + 1.0)

    def _held(
        self, features: Tensor, cells: Tensor, pooled: Tensor, logits: Tensor
    ) -> dict[str, Tensor]:
        """That two views of one photo are near, and that what ImageNet taught stays."""
        same = ops.eye(ops.shape(features)[0])
        itself = same * 1e9
        cut = _unit(ops.matmul(features, self.parts["cut/projection"]), 1)
        near = ops.matmul(cut, ops.transpose(cut)) / _PAIR_WARMTH - itself
        pair = ops.roll(same, ops.shape(features)[0] // 2, axis=0)
        before = _unit(pooled, 1)
        aim = ops.softmax(ops.matmul(before, ops.transpose(before)) / _MIMICRY_WARMTH - itself)
        kernel, bias = self._classifier
        classes = ops.matmul(ops.mean(cells, (1, 2)), kernel) + bias
        return {
            "same": _cross_entropy(pair, near),
            "mimicry": _cross_entropy(aim, near),
            "imagenet": _cross_entropy(ops.softmax(logits), classes),
        }


class _Reader(keras.Model):  # type: ignore[misc]
    """The model's features alone."""

    def __init__(self, model: _Model) -> None:
        super().__init__(name="reader")
        self._model = model
        self.compile(jit_compile=XLA)
        self.built = True

    def call(self, pixels: Tensor) -> Tensor:
        return self._model.features(pixels, self._model.cells(pixels))


def _cross_entropy(aim: Tensor, scores: Tensor) -> Tensor:
    return -ops.mean(ops.sum(aim * ops.log_softmax(scores), axis=1))


def _unit(values: Tensor, axis: int) -> Tensor:
    squares = ops.sum(values * values, axis=axis, keepdims=True)
    return values * ops.rsqrt(ops.maximum(squares, 1e-12))
