"""Learning which things go together, from which of them were put together.

Of each look each thing is asked for in turn: which of some of its family goes with the rest? What
is learned makes a short code of each embedding, such that the codes of things that are worn
together point the same way (noise-contrastive estimation, as in van den Oord et al. 2018), and
beside it how often such a thing is worn at all.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.compatibility import Compatibility
from core.errors import ConfigurationError
from core.vision.eye import softmax

Floats = NDArray[np.float32]
Places = NDArray[np.intp]

_MOMENTS = (0.9, 0.999)  # Adam's (Kingma and Ba 2015)
_FEWEST = 20  # looks


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnOptions:
    """How long and how much is learned.

    ``members`` networks are taught by different seeds, each of ``hidden`` units with codes of
    ``code`` floats, and then made one whose codes are as long; ``batch`` questions a step, each
    with ``others`` wrong answers. ``dropped`` is the share of inputs and of hidden units that a
    step does not see.
    """

    seed: int = 20
    members: int = 6
    steps: int = 800
    batch: int = 2048
    others: int = 16
    hidden: int = 96
    code: int = 32
    rate: float = 6e-3
    decay: float = 1e-2
    dropped: float = 0.2


def learn_outfits(
    looks: Sequence[Sequence[int]],
    views: Sequence[Floats],
    *,
    families: Sequence[str],
    pieces: Sequence[str | None],
    fingerprint: str,
    options: LearnOptions,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Compatibility:
    """What looks teach: things by number, of which each of ``views`` has a row.

    ``views`` are float32[n, d] embeddings of the same things, say with and without what the shop
    says; a step sees one of each thing. ``families`` tell what each may be taken for, ``pieces``
    what it is of an outfit, and ``fingerprint`` names the embeddings' space. The same seed gives
    the same. Raises ``ConfigurationError`` where there are too few looks.
    """
    if len(looks) < _FEWEST:
        raise ConfigurationError(
            f"There are {len(looks)} looks of things to learn from; it takes {_FEWEST} or more."
        )
    lessons = _Lessons(looks, families)
    things = np.stack([view[lessons.things] for view in views])
    mean, spread = things.mean(axis=(0, 1)), things.std(axis=(0, 1)) + np.float32(1e-3)
    members = []
    for number in range(options.members):
        pupil = _Pupil(
            (things - mean) / spread, lessons, options, np.random.default_rng(options.seed + number)
        )
        for step in range(options.steps):
            pupil.step(step)
            progress(number * options.steps + step + 1, options.members * options.steps)
        members.append(pupil.learned(mean, spread))
    counts, together = _counted(looks, pieces)
    return Compatibility(
        fingerprint=fingerprint,
        looks=counts,
        together=together,
        **_as_one(members, things.reshape(-1, things.shape[-1]), axes=options.code),
    )


def _as_one(
    members: Sequence[Mapping[str, Floats]], things: Floats, *, axes: int
) -> dict[str, Floats]:
    """One network whose scores are the mean of the members', as far as so few floats tell them.

    Of the members' codes, side by side, the longest axes are kept, as of ``things`` float32[n, d].
    """
    each = np.float32(len(members) ** -0.5)
    hidden = np.concatenate([member["hidden"] for member in members], axis=1)
    bias = np.concatenate([member["bias"] for member in members])
    code = np.zeros(
        (hidden.shape[1], sum(member["code"].shape[1] for member in members)), np.float32
    )
    row = column = 0
    for member in members:
        rows, columns = member["code"].shape
        code[row : row + rows, column : column + columns] = each * member["code"]
        row, column = row + rows, column + columns
    codes = np.maximum(things @ hidden + bias, 0) @ code
    _, directions = np.linalg.eigh(codes.T @ codes)
    return {
        "hidden": hidden,
        "bias": bias,
        "code": code @ directions[:, ::-1][:, :axes],
        "appeal": np.mean([member["appeal"] for member in members], axis=0),
    }


class _Lessons:
    """Questions, and of each thing in a look what else is in it.

    ``things`` are the numbers of all that is in looks; everything else counts by places in it.
    """

    def __init__(self, looks: Sequence[Sequence[int]], families: Sequence[str]) -> None:
        self.things = np.unique(np.concatenate([np.array(look) for look in looks]))
        _, self._family = np.unique([families[thing] for thing in self.things], return_inverse=True)
        widest = max(map(len, looks)) - 1
        self.right = np.concatenate([np.searchsorted(self.things, look) for look in looks])
        self._rest = np.full((len(self.right), widest), -1)
        row = 0
        for look in looks:
            places = np.searchsorted(self.things, look)
            for place in places:
                rest = places[places != place]
                self._rest[row, : len(rest)] = rest
                row += 1
        self._order = np.argsort(self._family, kind="stable")
        self._sizes = np.bincount(self._family)
        self._starts = np.cumsum(self._sizes) - self._sizes

    def draw(
        self, rng: np.random.Generator, batch: int, others: int
    ) -> tuple[Places, Floats, Places]:
        """Of some questions the rest of the look, int[b, r], what each thing in it weighs,
        float32[b, r], and the answers, int[b, 1 + others], the right one first.
        """
        rows = rng.integers(len(self.right), size=batch)
        rest, right = self._rest[rows], self.right[rows]
        there = rest >= 0
        weights = there / there.sum(axis=1, keepdims=True)
        family = self._family[right]
        drawn = (rng.random((batch, others)) * self._sizes[family][:, None]).astype(np.intp)
        wrong = self._order[self._starts[family][:, None] + drawn]
        return rest, weights.astype(np.float32), np.concatenate([right[:, None], wrong], axis=1)


class _Pupil:
    """One network while it learns."""

    def __init__(
        self,
        things: Floats,
        lessons: _Lessons,
        options: LearnOptions,
        rng: np.random.Generator,
    ) -> None:
        self._views = things
        self._every = np.arange(things.shape[1])
        self._lessons = lessons
        self._options = options
        self._rng = rng
        inputs, hidden, code = things.shape[2], options.hidden, options.code

        def drawn(rows: int, columns: int, size: float) -> Floats:
            return (size * rng.standard_normal((rows, columns))).astype(np.float32)

        self._values = {
            "hidden": drawn(inputs, hidden, (2 / inputs) ** 0.5),
            "bias": np.zeros(hidden, np.float32),
            "code": drawn(hidden, code, 0.5 * hidden**-0.5),
            "appeal": np.zeros(inputs, np.float32),
        }
        self._moments = {
            name: (np.zeros_like(some), np.zeros_like(some)) for name, some in self._values.items()
        }

    def learned(self, mean: Floats, spread: Floats) -> Mapping[str, Floats]:
        """For things as they are, not less ``mean`` and by ``spread``."""
        values = self._values
        hidden = values["hidden"] / spread[:, None]
        return {
            "hidden": hidden,
            "bias": values["bias"] - mean @ hidden,
            "code": values["code"],
            "appeal": values["appeal"] / spread,
        }

    def step(self, number: int) -> None:
        """Learn from one batch."""
        options, values = self._options, self._values
        rest, weights, answers = self._lessons.draw(self._rng, options.batch, options.others)
        # forth
        things = self._views[
            self._rng.integers(len(self._views), size=len(self._every)), self._every
        ]
        seen = things * self._kept(things.shape)
        before = seen @ values["hidden"] + values["bias"]
        kept = self._kept(before.shape) * (before > 0)
        hidden = before * kept
        codes = hidden @ values["code"]
        appeal = seen @ values["appeal"]
        worn = np.einsum("br,brk->bk", weights, codes[rest])
        scores = np.einsum("bk,bak->ba", worn, codes[answers]) + appeal[answers]
        scores[:, 1:][answers[:, 1:] == answers[:, :1]] = -np.inf  # the right one drawn again
        # and back
        off = softmax(scores)
        off[:, 0] -= 1
        off /= options.batch
        for_worn = np.einsum("ba,bak->bk", off, codes[answers])
        for_codes = _summed(answers, off[..., None] * worn[:, None], len(codes))
        for_codes += _summed(rest, weights[..., None] * for_worn[:, None], len(codes))
        for_hidden = (for_codes @ values["code"].T) * kept
        self._change(
            number,
            {
                "hidden": seen.T @ for_hidden,
                "bias": for_hidden.sum(axis=0),
                "code": hidden.T @ for_codes,
                "appeal": seen.T @ np.bincount(answers.ravel(), off.ravel(), len(codes)),
            },
        )

    def _kept(self, shape: tuple[int, ...]) -> Floats:
        share = 1 - self._options.dropped
        kept = self._rng.random(shape, np.float32) < share
        return kept.astype(np.float32) / np.float32(share)

    def _change(self, number: int, slopes: Mapping[str, NDArray[np.floating]]) -> None:
        """Adam, with decay beside it (Loshchilov and Hutter 2019) and a rate that falls to 0."""
        first, second = _MOMENTS
        rate = self._options.rate * 0.5 * (1 + math.cos(math.pi * number / self._options.steps))
        for name, slope in slopes.items():
            value, (mean, square) = self._values[name], self._moments[name]
            mean += (1 - first) * (slope - mean)
            square += (1 - second) * (slope**2 - square)
            length = np.sqrt(square / (1 - second ** (number + 1))) + 1e-8
            value *= 1 - rate * self._options.decay
            value -= rate * mean / (1 - first ** (number + 1)) / length


def _summed(places: Places, values: Floats, count: int) -> Floats:
    """Float32[count, k]: of each place the sum of the values there; -1 is no place."""
    flat = places.ravel()
    order = np.argsort(flat, kind="stable")
    order = order[np.searchsorted(flat[order], 0) :]
    there, starts = np.unique(flat[order], return_index=True)
    made = np.zeros((count, values.shape[-1]), np.float32)
    made[there] = np.add.reduceat(values.reshape(-1, values.shape[-1])[order], starts, axis=0)
    return made


def _counted(
    looks: Sequence[Sequence[int]], pieces: Sequence[str | None]
) -> tuple[dict[str, int], dict[str, dict[str, float]]]:
    """In how many looks each piece is, and in what share of those each other one."""
    alone: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for look in looks:
        there = sorted({piece for thing in look if (piece := pieces[thing])})
        alone.update(there)
        both.update((one, other) for one in there for other in there if one != other)
    together: dict[str, dict[str, float]] = {name: {} for name in alone}
    for (one, other), count in both.items():
        together[one][other] = count / alone[one]
    return dict(alone), together
