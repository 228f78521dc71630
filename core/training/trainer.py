"""Training ResNet-50's last stages and all that is read off them; the other module of TensorFlow's.

What the stages before give is computed and left as it is. Most steps see small pictures, which is
half of the arithmetic, and the last ones the size that is served (Touvron et al. 2019).
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.photos import SIDE_PX
from core.training.ahead import ahead
from core.training.aims import Aims
from core.training.drawing import Views
from core.training.plain import Plain
from core.vision.eye import TRUNK, Eye, Reading, Space, folded, trunk_steps, unit
from core.vision.machine import wants_bfloat16
from core.vision.tensorflow_runtime import centred, looked_at, tf, tiles_of
from core.vision.tensors import Tensors

Floats = NDArray[np.float32]
Variables = dict[str, "tf.Variable"]

_STAGES = ("conv1", "conv2", "conv3", *TRUNK)
_BLOCKS = {"conv2": 3, "conv3": 4, "conv4": 6, "conv5": 3}
_PALETTE = 64
_WARM_UP_STEPS = 60
_KEPT_STEPS = 50
_AT_ONCE = 64  # photos, when nothing is learned


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainOptions:
    """How it is trained; the defaults were chosen on the photos for tuning.

    A step sees ``batch`` views, two of each thing; ``own_share`` of the things are people's own.
    Views have sides of ``small_px``, in the last ``full_share`` of the steps of 224. ``losses`` are
    the weights of what is asked of a view, by name.
    """

    steps: int = 1500
    batch: int = 128
    own_share: float = 0.25
    small_px: int = 160
    full_share: float = 0.1
    trunk_rate: float = 1e-4
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
    seed: int = 20


class Batch(NamedTuple):
    """Views uint8[n, side, side, 3], rows of ``Plain``, ``Aims``' answers, a step's randomness."""

    pixels: "tf.Tensor"
    pooled: "tf.Tensor"
    logits: "tf.Tensor"
    aims: Mapping[str, "tf.Tensor"]
    seed: "tf.Tensor"


class Trainer:
    """One training run: from where it starts on, or from where its folder says it was."""

    def __init__(
        self,
        tensors: Tensors,
        views: Views,
        plain: Plain,
        aims: Aims,
        *,
        options: TrainOptions,
        folder: Path,
        start: Eye | None = None,
    ) -> None:
        """``views``, ``plain`` and ``aims`` are of the same photos, by number.

        ``tensors`` are ImageNet's; with ``start`` the last stages, and where it looks, are those
        of an eye that was taught before. ``folder`` keeps the state of this run and of no other.
        """
        self._views, self._plain, self._aims = views, plain, aims
        self._options = options
        self._classifier = (
            tf.constant(tensors["predictions/kernel"]),
            tf.constant(tensors["predictions/bias"]),
        )
        self._compute = tf.bfloat16 if wants_bfloat16("auto") else tf.float32
        tf.config.experimental.enable_op_determinism()
        tf.random.set_seed(options.seed)
        self._before = folded(tensors, *TRUNK)
        first = folded(start.tuned(tensors), *TRUNK) if start else self._before
        self._trunk = {name: tf.Variable(values, name=name) for name, values in first.items()}
        self._frozen = {
            name: tf.constant(values)
            for name, values in folded(tensors, *_STAGES).items()
            if name not in self._trunk
        }
        self._heads = _heads(aims, options, start)
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

    def features(self, numbers: NDArray[np.intp], *, of: Views | None = None) -> Floats:
        """The features float32[n, 2112] of some photos, or of those of others, as they are now."""
        views = of or self._views
        found = [
            self._features(tf.constant(views.plain(numbers[start : start + _AT_ONCE]))).numpy()
            for start in range(0, len(numbers), _AT_ONCE)
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
            trunk=trunk_steps(self._before, {name: values[name] for name in self._before}),
            look={name: variable.numpy() for name, variable in self._look.items()},
            readings=readings,
            spaces={"cut": Space(values["cut/projection"], alike)},
        )

    def _rate(self, step: int) -> tf.Tensor:
        share = step / self._options.steps
        return tf.constant(
            min(1.0, (step + 1) / _WARM_UP_STEPS) * 0.5 * (1 + math.cos(math.pi * share))
        )

    def _batches(self, first: int, last: int) -> Iterator[Batch]:
        options = self._options
        for step in range(first, last):
            rng = np.random.default_rng((options.seed, step))
            numbers = self._aims.draw(rng, options.batch // 2, options.own_share)
            small = step < options.steps * (1 - options.full_share)
            side_px = options.small_px if small else SIDE_PX
            pixels = self._views.drawn(numbers, seed=(options.seed, step), side_px=side_px)
            yield Batch(
                pixels=tf.constant(pixels),
                pooled=tf.constant(self._plain.pooled[numbers].astype(np.float32)),
                logits=tf.constant(self._plain.logits[numbers].astype(np.float32)),
                aims={name: tf.constant(some) for name, some in self._aims.of(numbers).items()},
                seed=tf.constant([options.seed, step]),
            )

    # From here on: inside TensorFlow's graph.

    def _train_step(self, rate: tf.Tensor, batch: Batch) -> dict[str, tf.Tensor]:
        tiles = tiles_of(batch.pixels) / 255
        before = self._first_stages(batch.pixels)
        with tf.GradientTape() as tape:
            cells = self._last_stages(before)
            features, *_ = looked_at(cells, tiles, self._look)
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

    def _features_of(self, pixels: tf.Tensor) -> tf.Tensor:
        cells = self._last_stages(self._first_stages(pixels))
        return looked_at(cells, tiles_of(pixels) / 255, self._look)[0]

    def _first_stages(self, pixels: tf.Tensor) -> tf.Tensor:
        here = tf.cast(centred(pixels)[..., ::-1], self._compute)  # Keras's weights are for BGR
        here = tf.pad(here, ((0, 0), (3, 3), (3, 3), (0, 0)))
        here = tf.nn.relu(self._convolved(here, "conv1", 2, "VALID"))
        here = tf.nn.max_pool2d(tf.pad(here, ((0, 0), (1, 1), (1, 1), (0, 0))), 3, 2, "VALID")
        return self._stage(self._stage(here, "conv2"), "conv3")

    def _last_stages(self, here: tf.Tensor) -> tf.Tensor:
        """Float32[n, side / 32, side / 32, 2048]."""
        for stage in TRUNK:
            here = self._stage(here, stage)
        return tf.cast(here, tf.float32)

    def _stage(self, here: tf.Tensor, stage: str) -> tf.Tensor:
        """Batch normalisation is folded into the kernels."""
        for block in range(1, _BLOCKS[stage] + 1):
            part = f"{stage}_block{block}"
            stride = 2 if block == 1 and stage != "conv2" else 1
            inside = tf.nn.relu(self._convolved(here, f"{part}_1", stride))
            inside = tf.nn.relu(self._convolved(inside, f"{part}_2"))
            inside = self._convolved(inside, f"{part}_3")
            beside = self._convolved(here, f"{part}_0", stride) if block == 1 else here
            here = tf.nn.relu(inside + beside)
        return here

    def _convolved(
        self, here: tf.Tensor, part: str, stride: int = 1, padding: str = "SAME"
    ) -> tf.Tensor:
        values = self._trunk if f"{part}/kernel" in self._trunk else self._frozen
        kernel, bias = (
            tf.cast(values[f"{part}/{what}"], self._compute) for what in ("kernel", "bias")
        )
        return tf.nn.conv2d(here, kernel, stride, padding) + bias

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


def _heads(aims: Aims, options: TrainOptions, start: Eye | None) -> Variables:
    """What is read is drawn anew, as names may be others; where it looks goes on from ``start``."""
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
    for name, values in (start.look if start else {}).items():
        heads[f"look/{name}"].assign(values)
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
