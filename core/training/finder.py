"""Learning to find garments in the maps of the two last stages; the third module of TensorFlow's.

Every place tells of each family whether it is within the middle of such a garment, how far that
reaches to each side, and how well the box fits (Tian et al. 2019, with a family's own box, as a
coat is worn over a dress).
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.photos import SIDE_PX
from core.training.ahead import ahead
from core.training.maps import SceneMaps
from core.vision.tensorflow_runtime import found_in, tf

Floats = NDArray[np.float32]
Learned = Mapping[str, Floats]
"""One of those that ``found_in`` takes."""

_CELLS = 14
_CELL_PX = SIDE_PX / _CELLS
_MIDDLE = 0.5  # of a box's sides: places within are asked for it
_LEAST_PX2 = 60.0
_NUMBERS = 6
_KEPT_STEPS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FinderOptions:
    """How it is trained; chosen on street photos that were left out."""

    steps: int = 4500
    batch: int = 32
    width: int = 128
    rate: float = 1e-3
    decay: float = 1e-4
    dropout: float = 0.3
    taught: float = 2.0  # what teachers say, against what the scenes do
    seed: int = 20


class Finder:
    """One training run: from where it starts on, or from where its folder says it was."""

    def __init__(
        self,
        maps: SceneMaps,
        families: Sequence[str],
        *,
        options: FinderOptions,
        folder: Path,
        start: Learned | None = None,
        teachers: Sequence[Learned] = (),
    ) -> None:
        """``folder`` keeps the state of this run and of no other.

        Without a ``start`` it begins with nothing. What all ``teachers`` say together it learns to
        say alone (Hinton et al. 2015).
        """
        self._maps, self._options = maps, options
        self._teachers = [
            {name: tf.constant(values) for name, values in teacher.items()} for teacher in teachers
        ]
        self._families = len(families)
        tf.config.experimental.enable_op_determinism()
        tf.random.set_seed(options.seed)
        self._variables = _drawn(options, self._families)
        for name, values in (start or {}).items():
            self._variables[name].assign(values)
        self._adam = tf.keras.optimizers.AdamW(options.rate, weight_decay=options.decay)
        self._adam.build(list(self._variables.values()))
        self._step = tf.Variable(0, dtype=tf.int64, trainable=False)
        named = {name.replace("/", "_"): one for name, one in self._variables.items()}
        state = tf.train.Checkpoint(step=self._step, adam=self._adam, **named)
        self._kept = tf.train.CheckpointManager(state, str(folder), max_to_keep=1)
        if self._kept.latest_checkpoint:
            state.restore(self._kept.latest_checkpoint).expect_partial()
        self._train = tf.function(self._train_step)

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
        for batch in ahead(self._batch(step) for step in range(self.step, steps)):
            rate = (
                self._options.rate * 0.5 * (1 + math.cos(math.pi * self.step / self._options.steps))
            )
            self._adam.learning_rate.assign(rate)
            losses = self._train(*batch)
            self._step.assign_add(1)
            if self.step % _KEPT_STEPS == 0 or self.step == steps:
                self._kept.save()
            progress(
                self.step,
                self._options.steps,
                {name: float(value) for name, value in losses.items()},
            )

    def learned(self) -> dict[str, Floats]:
        """What was learned so far, one of those that ``found_in`` takes."""
        return {name: variable.numpy() for name, variable in self._variables.items()}

    def _batch(self, step: int) -> tuple[tf.Tensor, ...]:
        rng = np.random.default_rng((self._options.seed, step))
        rows = np.sort(rng.choice(len(self._maps.conv4), self._options.batch))
        wanted = [targets(self._maps.boxes[row], self._families) for row in rows]
        return (
            tf.constant(self._maps.conv4[rows]),
            tf.constant(self._maps.cells[rows]),
            tf.constant(np.stack([there for there, _ in wanted])),
            tf.constant(np.stack([boxes for _, boxes in wanted])),
            tf.constant([self._options.seed, step]),
        )

    # From here on: inside TensorFlow's graph.

    def _train_step(
        self,
        conv4: tf.Tensor,
        cells: tf.Tensor,
        there: tf.Tensor,
        wanted: tf.Tensor,
        seed: tf.Tensor,
    ) -> dict[str, tf.Tensor]:
        conv4, cells = tf.cast(conv4, tf.float32), tf.cast(cells, tf.float32)
        with tf.GradientTape() as tape:
            found = found_in(conv4, cells, [self._variables], dropout=self._dropout(seed))
            losses = _losses(found, there, wanted)
            if self._teachers:
                told = found_in(conv4, cells, self._teachers)
                losses["taught"] = self._options.taught * _taught(found, told)
            total = tf.add_n(list(losses.values()))
        variables = list(self._variables.values())
        self._adam.apply(tape.gradient(total, variables), variables)
        return losses

    def _dropout(self, seed: tf.Tensor) -> Callable[[tf.Tensor], tf.Tensor]:
        """Whole channels are left out, each time others."""
        times = 0

        def drop(seen: tf.Tensor) -> tf.Tensor:
            nonlocal times
            times += 1
            shape = (tf.shape(seen)[0], 1, 1, seen.shape[-1])
            share = self._options.dropout
            kept = tf.random.stateless_uniform(shape, seed * 8 + times) >= share
            return seen * tf.cast(kept, tf.float32) / (1 - share)

        return drop


def targets(boxes: Floats, families: int) -> tuple[Floats, Floats]:
    """Where which family's middle is, float32[14, 14, families], and whose box, [..., 4].

    ``boxes`` are a row of ``SceneMaps.boxes``. Of two garments of a family at one place the
    smaller one counts.
    """
    there = np.zeros((_CELLS, _CELLS, families), np.float32)
    whose = np.zeros((_CELLS, _CELLS, families, 4), np.float32)
    middles = (np.arange(_CELLS) + 0.5) * _CELL_PX
    known = boxes[boxes[:, 4] >= 0]
    areas = (known[:, 2] - known[:, 0]) * (known[:, 3] - known[:, 1])
    for number in np.argsort(-areas):
        left, top, right, bottom, family = known[number]
        if areas[number] < _LEAST_PX2:
            continue
        reach = [max(_MIDDLE * side, _CELL_PX) / 2 for side in (right - left, bottom - top)]
        across = np.abs(middles - (left + right) / 2) <= reach[0]
        down = np.abs(middles - (top + bottom) / 2) <= reach[1]
        inside = down[:, None] & across[None, :]
        there[inside, int(family)] = 1
        whose[inside, int(family)] = (left, top, right, bottom)
    return there, whose


def _drawn(options: FinderOptions, families: int) -> dict[str, "tf.Variable"]:
    rng = np.random.default_rng(options.seed)
    width = options.width
    shapes = {
        "far": (1, 1, 2048, width),
        "whole": (1, 1, width, width),
        "wide": (3, 3, width, width),
        "near": (1, 1, 1024, width),
        "first": (3, 3, width, width),
        "second": (3, 3, width, width),
        "out": (1, 1, width, families * _NUMBERS),
    }
    made = {}
    for name, shape in shapes.items():
        limit = math.sqrt(6 / (shape[0] * shape[1] * (shape[2] + shape[3])))
        kernel = rng.uniform(-limit, limit, shape) if name != "out" else rng.normal(0, 0.01, shape)
        bias = np.zeros(shape[-1])
        if name == "out":
            bias[::_NUMBERS] = -3.0  # garments are rare among places
        for what, values in (("kernel", kernel), ("bias", bias)):
            made[f"{name}/{what}"] = tf.Variable(values.astype(np.float32), name=f"{name}_{what}")
    return made


def _losses(found: tf.Tensor, there: tf.Tensor, wanted: tf.Tensor) -> dict[str, tf.Tensor]:
    """Focal loss (Lin et al. 2017), generalised overlap (Rezatofighi et al. 2019), and fit."""
    count = tf.reduce_sum(there) + 1.0
    scores, fits = found[..., 0], found[..., 1]
    likely = tf.sigmoid(scores)
    right = likely * there + (1 - likely) * (1 - there)
    surprise = tf.nn.sigmoid_cross_entropy_with_logits(there, scores)
    focal = surprise * (1 - right) ** 2 * (0.25 * there + 0.75 * (1 - there))
    overlap, generalised = _overlap(_boxes(found), wanted)
    fit = tf.nn.sigmoid_cross_entropy_with_logits(tf.stop_gradient(overlap), fits)
    return {
        "there": 4 * tf.reduce_sum(focal) / count,
        "box": tf.reduce_sum(there * (1 - generalised)) / count,
        "fit": 0.5 * tf.reduce_sum(there * fit) / count,
    }


def _taught(found: tf.Tensor, told: tf.Tensor) -> tf.Tensor:
    """How far from what teachers say: of scores everywhere, of boxes where they see something."""
    sure = tf.sigmoid(told[..., 0])
    count = tf.reduce_sum(sure) + 1.0
    apart = tf.abs(tf.sigmoid(found[..., 0]) - sure)  # what agrees already counts little
    scores = tf.nn.sigmoid_cross_entropy_with_logits(sure, found[..., 0]) * apart
    fits = tf.nn.sigmoid_cross_entropy_with_logits(tf.sigmoid(told[..., 1]), found[..., 1])
    _, generalised = _overlap(_boxes(found), _boxes(told))
    boxes = sure * (1 - generalised + 0.5 * fits)
    return tf.reduce_sum(4 * scores + boxes) / count


def _boxes(found: tf.Tensor) -> tf.Tensor:
    middles = (tf.range(_CELLS, dtype=tf.float32) + 0.5) * _CELL_PX
    x, y = middles[None, None, :, None], middles[None, :, None, None]
    sides = found[..., 2:]
    return tf.stack(
        [x - sides[..., 0], y - sides[..., 1], x + sides[..., 2], y + sides[..., 3]], axis=-1
    )


def _overlap(boxes: tf.Tensor, wanted: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Of boxes [..., 4] what both cover of what either does; and less what neither needs."""

    def area(box: tf.Tensor) -> tf.Tensor:
        return tf.reduce_prod(tf.maximum(box[..., 2:] - box[..., :2], 0.0), axis=-1)

    def span(first: tf.Tensor, last: tf.Tensor) -> tf.Tensor:
        return area(tf.concat([first, last], axis=-1))

    both = span(
        tf.maximum(boxes[..., :2], wanted[..., :2]), tf.minimum(boxes[..., 2:], wanted[..., 2:])
    )
    around = tf.maximum(
        span(
            tf.minimum(boxes[..., :2], wanted[..., :2]), tf.maximum(boxes[..., 2:], wanted[..., 2:])
        ),
        1.0,
    )
    either = area(boxes) + area(wanted) - both
    overlap = both / tf.maximum(either, 1.0)
    return overlap, overlap - (around - either) / around
