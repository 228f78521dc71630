"""Training ResNet-50's stages and all that is read off them.

The stages before the first that is taught are left as they are. Most steps see small pictures,
which is half of the arithmetic, and the last ones the size that is served (Touvron et al. 2019).
"""

import math
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.photos import SIDE_PX
from core.training.ahead import ahead
from core.training.aims import Aims
from core.training.drawing import Views
from core.training.plain import Plain
from core.training.pupil import Lesson, Pupil
from core.training.state import read_state, write_state
from core.vision.eye import FEATURES, STAGES, Eye, Reading, Space, folded, trunk_steps, unit
from core.vision.tensors import Tensors

Floats = NDArray[np.float32]

_PALETTE = 64
_WARM_UP_STEPS = 60
_KEPT_S = 180.0
_AT_ONCE = 64  # photos, when nothing is learned; or as few as a step sees
_DRAWN_AHEAD = 3  # batches
_USUAL_BATCH = 128  # that the rates are for


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainOptions:
    """How it is trained; the defaults were chosen on the photos for tuning.

    The last ``stages`` of the five are taught. A step sees ``batch`` views, two of each thing;
    ``own_share`` of the things are people's own. Views have sides of ``small_px``, in the last
    ``full_share`` of the steps of 224.
    """

    steps: int = 1500
    stages: int = 2
    batch: int = _USUAL_BATCH
    own_share: float = 0.25
    small_px: int = 160
    full_share: float = 0.2
    dropout: float = 0.2
    lesson: Lesson = field(default_factory=Lesson)
    seed: int = 20


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

        ``tensors`` are ImageNet's; with ``start`` the stages, and where it looks, are those of an
        eye that was taught before. ``folder`` keeps the state of this run and of no other.
        """
        self._views, self._plain, self._aims = views, plain, aims
        self._options = options
        self._before = folded(tensors, *STAGES)
        trunk = folded(start.tuned(tensors), *STAGES) if start else self._before
        names = {name for name in trunk if name.startswith(STAGES[-options.stages :])}
        self._changed = names | (start.trunk.keys() & trunk.keys() if start else set())
        self._pupil = Pupil(
            trunk,
            _heads(aims, options, start),
            taught=names,
            classifier=(tensors["predictions/kernel"], tensors["predictions/bias"]),
            lesson=options.lesson,
        )
        self._file = folder / "state.npz"
        self._step = read_state(self._file, self._pupil.state())

    @property
    def step(self) -> int:
        """How many steps have been done."""
        return self._step

    def run(
        self,
        *,
        until: int | None = None,
        progress: Callable[[int, int, Mapping[str, float]], None] = lambda *_: None,
    ) -> None:
        """Train to the end, or to a step; ``progress`` hears steps, of how many, and losses."""
        steps = min(self._options.steps, until or self._options.steps)
        kept = time.monotonic()
        for inputs, aims in ahead(self._batches(self._step, steps)):
            losses = self._pupil.learn(inputs, aims, rate=self._rate(self._step))
            self._step += 1
            if time.monotonic() - kept > _KEPT_S or self._step == steps:
                write_state(self._file, self._pupil.state(), step=self._step)
                kept = time.monotonic()
            progress(self._step, self._options.steps, losses)

    def features(self, numbers: NDArray[np.intp]) -> Floats:
        """The features float32[n, 2112] of some photos, as they are now."""
        found = [np.zeros((0, FEATURES), np.float32)]
        at_once = min(_AT_ONCE, self._options.batch)
        for start in range(0, len(numbers), at_once):
            some = numbers[start : start + at_once]
            whole = np.resize(some, at_once)  # one shape is compiled, and no second one
            found.append(self._pupil.features(self._views.plain(whole))[: len(some)])
        return np.concatenate(found)

    def eye(self) -> Eye:
        """What was learned so far."""
        values = self._pupil.values()
        alike = 1 / math.sqrt(len(self._options.lesson.dimensions))
        readings = {
            name: Reading(
                kernel=values[f"{name}/projection"],
                bias=values[f"{name}/bias"],
                names=names,
                directions=unit(values[f"{name}/proxies"].T),
                scale=self._options.lesson.scale,
                weight=alike,
            )
            if name in self._options.lesson.dimensions
            else Reading(kernel=values[f"{name}/kernel"], bias=values[f"{name}/bias"], names=names)
            for name, names in self._aims.names.items()
        }
        before = {name: values for name, values in self._before.items() if name in self._changed}
        return Eye(
            trunk=trunk_steps(before, {name: values[name] for name in before}),
            look={
                name.removeprefix("look/"): values[name]
                for name in values
                if name.startswith("look/")
            },
            readings=readings,
            spaces={"cut": Space(values["cut/projection"], alike)},
        )

    def _rate(self, step: int) -> float:
        """Against the options' rates: rising at first, then falling as a cosine."""
        share = step / self._options.steps
        warm = min(1.0, (step + 1) / _WARM_UP_STEPS)
        larger = math.sqrt(self._options.batch / _USUAL_BATCH)
        return larger * warm * 0.5 * (1 + math.cos(math.pi * share))

    def _batches(
        self, first: int, last: int
    ) -> Iterator[tuple[Mapping[str, NDArray[Any]], Mapping[str, Floats]]]:
        drawn: deque[tuple[NDArray[np.intp], Callable[[], NDArray[np.uint8]]]] = deque()
        for step in range(first, last + _DRAWN_AHEAD):
            if step < last:
                drawn.append(self._begun(step))
            if step >= first + _DRAWN_AHEAD:
                numbers, pixels = drawn.popleft()
                rng = np.random.default_rng((self._options.seed, step - _DRAWN_AHEAD, 1))
                kept = rng.random((len(numbers), FEATURES)) >= self._options.dropout
                inputs = {
                    "pixels": pixels(),
                    "kept": kept.astype(np.float32) / (1 - self._options.dropout),
                    "pooled": self._plain.pooled[numbers].astype(np.float32),
                    "logits": self._plain.logits[numbers].astype(np.float32),
                }
                yield inputs, self._aims.of(numbers)

    def _begun(self, step: int) -> tuple[NDArray[np.intp], Callable[[], NDArray[np.uint8]]]:
        options = self._options
        rng = np.random.default_rng((options.seed, step))
        numbers = self._aims.draw(rng, options.batch // 2, options.own_share)
        small = step < options.steps * (1 - options.full_share)
        side_px = options.small_px if small else SIDE_PX
        return numbers, self._views.draw(numbers, seed=(options.seed, step), side_px=side_px)


def _heads(aims: Aims, options: TrainOptions, start: Eye | None) -> dict[str, Floats]:
    """What is read is drawn anew, as names may be others; where it looks goes on from ``start``."""
    rng = np.random.default_rng(options.seed)

    def drawn(*shape: int, spread: float) -> Floats:
        return rng.normal(0, spread, shape).astype(np.float32)

    def zeros(*shape: int) -> Floats:
        return np.zeros(shape, np.float32)

    heads = {
        "look/attention": zeros(2049),
        "look/w1": drawn(3, _PALETTE, spread=1.0),
        "look/b1": rng.uniform(-0.7, 0.2, _PALETTE).astype(np.float32),
        "look/w2": drawn(_PALETTE, _PALETTE, spread=0.2),
        "look/b2": zeros(_PALETTE),
    }
    heads |= {f"look/{name}": values for name, values in (start.look if start else {}).items()}
    for name, dimension in options.lesson.dimensions.items():
        heads[f"{name}/projection"] = drawn(FEATURES, dimension, spread=0.02)
        if name in aims.names:
            heads[f"{name}/proxies"] = drawn(dimension, len(aims.names[name]), spread=1.0)
            heads[f"{name}/bias"] = zeros(len(aims.names[name]))
    for name, names in aims.names.items():
        if name not in options.lesson.dimensions:
            heads[f"{name}/kernel"] = drawn(FEATURES, len(names), spread=0.01)
            heads[f"{name}/bias"] = zeros(len(names))
    return heads
