"""Training ResNet-50's last stage and all that is read off it; the other module of TensorFlow's.

Only what follows conv4 is trained, from stems kept on disk: on two cores that is 150 views a
second, where whole passes would be 20.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.training.ahead import ahead
from core.training.aims import Aims
from core.training.stems import Stems
from core.vision.eye import CONV5, Eye, Reading, Space, folded_conv5, trunk_steps, unit
from core.vision.machine import wants_bfloat16
from core.vision.tensorflow_runtime import looked_at, tf
from core.vision.tensors import Tensors

Floats = NDArray[np.float32]
Variables = dict[str, "tf.Variable"]

_CELLS = 7
_PALETTE = 64
_KEPT_STEPS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainOptions:
    """How it is trained; the defaults were chosen on the photos for tuning.

    A step sees ``batch`` views, two of each photo; ``own_share`` of the photos are people's own.
    ``losses`` are the weights of what is asked of a view, by name.
    """

    steps: int = 1500
    batch: int = 256
    own_share: float = 0.3
    trunk_rate: float = 1.5e-4
    head_rate: float = 2e-3
    dropout: float = 0.2
    smoothing: float = 0.05
    scale: float = 20.0
    dimensions: Mapping[str, int] = field(
        default_factory=lambda: {"kind": 80, "colour": 40, "gender": 8, "cut": 128}
    )
    losses: Mapping[str, float] = field(
        default_factory=lambda: {
            "kind": 1.0,
            "colour": 0.7,
            "gender": 0.4,
            "pattern": 0.3,
            "usage": 0.2,
            "garment": 0.4,
            "same": 0.3,
            "mimicry": 0.3,
            "imagenet": 0.3,
        }
    )
    seed: int = 20


class Batch(NamedTuple):
    """Tensors of some views: ``Stems``' rows, ``Aims``' answers, and a step's randomness."""

    stem: "tf.Tensor"
    tiles: "tf.Tensor"
    pooled: "tf.Tensor"
    logits: "tf.Tensor"
    aims: Mapping[str, "tf.Tensor"]
    seed: "tf.Tensor"


class Trainer:
    """One training run: from ImageNet's weights on, or from where its folder says it was."""

    def __init__(
        self,
        tensors: Tensors,
        stems: Stems,
        aims: Aims,
        *,
        options: TrainOptions,
        folder: Path,
    ) -> None:
        """``folder`` keeps the state of this run and of no other."""
        self._stems, self._aims, self._options = stems, aims, options
        self._classifier = (
            tf.constant(tensors["predictions/kernel"]),
            tf.constant(tensors["predictions/bias"]),
        )
        self._compute = tf.bfloat16 if wants_bfloat16("auto") else tf.float32
        tf.config.experimental.enable_op_determinism()
        tf.random.set_seed(options.seed)
        self._before = folded_conv5(tensors)
        self._trunk = {
            name: tf.Variable(values, name=name) for name, values in self._before.items()
        }
        self._heads = _heads(aims, options)
        self._look = {
            name.removeprefix("look/"): variable
            for name, variable in self._heads.items()
            if name.startswith("look/")
        }
        self._adams = [tf.keras.optimizers.Adam(1.0, beta_2=0.99, epsilon=1e-7) for _ in range(2)]
        for adam, variables in zip(self._adams, (self._trunk, self._heads), strict=True):
            adam.build(list(variables.values()))
        self._step = tf.Variable(0, dtype=tf.int64, trainable=False)
        state = tf.train.Checkpoint(
            step=self._step,
            **{f"adam{number}": adam for number, adam in enumerate(self._adams)},
            **{
                name.replace("/", "_"): variable
                for name, variable in (self._trunk | self._heads).items()
            },
        )
        self._kept = tf.train.CheckpointManager(state, str(folder), max_to_keep=1)
        if self._kept.latest_checkpoint:
            state.restore(self._kept.latest_checkpoint).expect_partial()
        self._train = tf.function(self._train_step)
        self._features = tf.function(self._features_of, reduce_retracing=True)

    @property
    def step(self) -> int:
        """How many steps have been done."""
        return int(self._step.numpy())

    def run(
        self,
        *,
        until: int | None = None,
        progress: Callable[[int, int, Mapping[str, float]], None] = lambda *_: None,
    ) -> None:
        """Train to the end, or to a step; ``progress`` hears steps, of how many, and losses."""
        steps = min(self._options.steps, until or self._options.steps)
        for batch in ahead(self._batches(self.step, steps)):
            rate = self._rate(self.step)
            losses = self._train(rate, batch)
            self._step.assign_add(1)
            if self.step % _KEPT_STEPS == 0 or self.step == steps:
                self._kept.save()
            progress(
                self.step,
                self._options.steps,
                {name: float(value) for name, value in losses.items()},
            )

    def features(self, rows: NDArray[np.intp], *, of: Stems | None = None) -> Floats:
        """The features float32[n, 2112] of some views, or of those of others, as they are now."""
        stems = of or self._stems
        found = [
            self._features(*_inputs(stems, rows[start : start + 128])).numpy()
            for start in range(0, len(rows), 128)
        ]
        return np.concatenate(found)

    def eye(self) -> Eye:
        """What was learned so far."""
        values = {name: variable.numpy() for name, variable in (self._trunk | self._heads).items()}
        alike = 1 / math.sqrt(len(self._options.dimensions))
        readings = {
            name: Reading(
                kernel=values[f"{name}/projection"],
                bias=values[f"{name}/bias"],
                names=names,
                directions=unit(values[f"{name}/proxies"].T),
                scale=self._options.scale,
                weight=alike,
            )
            if name in self._options.dimensions
            else Reading(kernel=values[f"{name}/kernel"], bias=values[f"{name}/bias"], names=names)
            for name, names in self._aims.names.items()
        }
        return Eye(
            trunk=trunk_steps(self._before, {name: values[name] for name in CONV5}),
            look={name: variable.numpy() for name, variable in self._look.items()},
            readings=readings,
            spaces={"cut": Space(values["cut/projection"], alike)},
        )

    def _rate(self, step: int) -> tf.Tensor:
        share = step / self._options.steps
        return tf.constant(min(1.0, (step + 1) / 60) * 0.5 * (1 + math.cos(math.pi * share)))

    def _batches(self, first: int, last: int) -> Iterator[Batch]:
        for step in range(first, last):
            rng = np.random.default_rng((self._options.seed, step))
            rows = self._aims.draw(rng, self._options.batch // 2, self._options.own_share)
            stem, tiles = _inputs(self._stems, rows)
            yield Batch(
                stem=stem,
                tiles=tiles,
                pooled=tf.constant(self._stems.pooled[rows].astype(np.float32)),
                logits=tf.constant(self._stems.logits[rows].astype(np.float32)),
                aims={name: tf.constant(wanted) for name, wanted in self._aims.of(rows).items()},
                seed=tf.constant([self._options.seed, step]),
            )

    # From here on: inside TensorFlow's graph.

    def _train_step(self, rate: tf.Tensor, batch: "Batch") -> dict[str, tf.Tensor]:
        with tf.GradientTape() as tape:
            cells = self._conv5(batch.stem)
            features, *_ = looked_at(cells, batch.tiles, self._look)
            losses = self._losses(features, batch.aims, batch.seed)
            losses |= self._kept_losses(features, cells, batch.pooled, batch.logits)
            total = tf.add_n([self._options.losses[name] * loss for name, loss in losses.items()])
        trunk, heads = list(self._trunk.values()), list(self._heads.values())
        slopes = tape.gradient(total, trunk + heads)
        for adam, full, variables, some in (
            (self._adams[0], self._options.trunk_rate, trunk, slopes[: len(trunk)]),
            (self._adams[1], self._options.head_rate, heads, slopes[len(trunk) :]),
        ):
            adam.learning_rate.assign(tf.cast(rate, tf.float32) * full)
            adam.apply(some, variables)
        return losses

    def _features_of(self, stem: tf.Tensor, tiles: tf.Tensor) -> tf.Tensor:
        return looked_at(self._conv5(stem), tiles, self._look)[0]

    def _conv5(self, stem: tf.Tensor) -> tf.Tensor:
        """Float32[n, 7, 7, 2048]; batch normalisation is folded into the kernels."""
        here = tf.cast(stem, self._compute)
        for block in (1, 2, 3):
            part = f"conv5_block{block}"
            inside = tf.nn.relu(self._pointwise(here, f"{part}_1"))
            kernel, bias = self._of(f"{part}_2")
            inside = tf.nn.relu(tf.nn.conv2d(inside, kernel, 1, "SAME") + bias)
            inside = self._pointwise(inside, f"{part}_3")
            beside = self._pointwise(here, f"{part}_0") if block == 1 else here
            here = tf.nn.relu(inside + beside)
        return tf.cast(here, tf.float32)

    def _pointwise(self, here: tf.Tensor, part: str) -> tf.Tensor:
        kernel, bias = self._of(part)
        flat = tf.reshape(here, (-1, here.shape[-1]))
        out = tf.matmul(flat, kernel[0, 0]) + bias
        return tf.reshape(out, (-1, _CELLS, _CELLS, kernel.shape[-1]))

    def _of(self, part: str) -> tuple[tf.Tensor, tf.Tensor]:
        return (
            tf.cast(self._trunk[f"{part}/kernel"], self._compute),
            tf.cast(self._trunk[f"{part}/bias"], self._compute),
        )

    def _losses(
        self, features: tf.Tensor, aims: Mapping[str, tf.Tensor], seed: tf.Tensor
    ) -> dict[str, tf.Tensor]:
        """Of each name the cross-entropy of those views of which something is known."""
        kept = tf.nn.experimental.stateless_dropout(features, self._options.dropout, seed)
        losses = {}
        for name, allowed in aims.items():
            if name in self._options.dimensions:
                here = tf.math.l2_normalize(kept @ self._heads[f"{name}/projection"], axis=1)
                proxies = tf.math.l2_normalize(self._heads[f"{name}/proxies"], axis=0)
                scores = self._options.scale * here @ proxies + self._heads[f"{name}/bias"]
            else:
                scores = kept @ self._heads[f"{name}/kernel"] + self._heads[f"{name}/bias"]
            likely = tf.nn.log_softmax(scores)
            right = tf.reduce_logsumexp(tf.where(allowed > 0, likely, -1e9), axis=1)
            smoothed = (1 - self._options.smoothing) * right
            smoothed += self._options.smoothing * tf.reduce_mean(likely, axis=1)
            known = tf.cast(tf.reduce_any(allowed > 0, axis=1), tf.float32)
            losses[name] = -tf.reduce_sum(known * smoothed) / (tf.reduce_sum(known) + 1.0)
        return losses

    def _kept_losses(
        self, features: tf.Tensor, cells: tf.Tensor, pooled: tf.Tensor, logits: tf.Tensor
    ) -> dict[str, tf.Tensor]:
        """That two views of one photo are near, and that what ImageNet taught stays."""
        count = tf.shape(features)[0]
        itself = tf.eye(count) * 1e9
        cut = tf.math.l2_normalize(features @ self._heads["cut/projection"], axis=1)
        near = tf.matmul(cut, cut, transpose_b=True) / 0.1 - itself
        pair = tf.roll(tf.range(count), count // 2, 0)
        same = tf.nn.sparse_softmax_cross_entropy_with_logits(pair, near)
        before = tf.math.l2_normalize(pooled, axis=1)
        aim = tf.nn.softmax(tf.matmul(before, before, transpose_b=True) / 0.04 - itself)
        classes = tf.matmul(tf.reduce_mean(cells, (1, 2)), self._classifier[0])
        return {
            "same": tf.reduce_mean(same),
            "mimicry": tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(aim, near)),
            "imagenet": tf.reduce_mean(
                tf.nn.softmax_cross_entropy_with_logits(
                    tf.nn.softmax(logits), classes + self._classifier[1]
                )
            ),
        }


def _inputs(stems: Stems, rows: NDArray[np.intp]) -> tuple[tf.Tensor, tf.Tensor]:
    return (
        tf.constant(stems.stem[rows]),
        tf.constant(stems.tiles[rows].astype(np.float32) / 255),
    )


def _heads(aims: Aims, options: TrainOptions) -> Variables:
    rng = np.random.default_rng(options.seed)
    width = 2048 + _PALETTE

    def drawn(name: str, *shape: int, spread: float) -> tf.Variable:
        return tf.Variable(rng.normal(0, spread, shape).astype(np.float32), name=name)

    def zeros(name: str, *shape: int) -> tf.Variable:
        return tf.Variable(np.zeros(shape, np.float32), name=name)

    heads = {
        "look/attention": zeros("attention", 2049),
        "look/w1": drawn("w1", 3, _PALETTE, spread=1.0),
        "look/b1": tf.Variable(rng.uniform(-0.7, 0.2, _PALETTE).astype(np.float32), name="b1"),
        "look/w2": drawn("w2", _PALETTE, _PALETTE, spread=0.2),
        "look/b2": zeros("b2", _PALETTE),
    }
    for name, dimension in options.dimensions.items():
        heads[f"{name}/projection"] = drawn(f"{name}_p", width, dimension, spread=0.02)
        if name in aims.names:
            heads[f"{name}/proxies"] = drawn(
                f"{name}_x", dimension, len(aims.names[name]), spread=1.0
            )
            heads[f"{name}/bias"] = zeros(f"{name}_b", len(aims.names[name]))
    for name, names in aims.names.items():
        if name not in options.dimensions:
            heads[f"{name}/kernel"] = drawn(f"{name}_k", width, len(names), spread=0.01)
            heads[f"{name}/bias"] = zeros(f"{name}_b", len(names))
    return heads
