"""After training: how sure each answer may be, how much each space weighs, and what is fashion.

All on the photos for tuning, which the network was not trained on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.training.erasure import erasing
from core.training.figures import found_by, nearest
from core.training.labels import Labelled
from core.vision.eye import Eye, Reading

Floats = NDArray[np.float32]

_TEMPERATURES = np.geomspace(0.4, 4, 40)
_RARITIES = np.linspace(0, 1, 11)
_TRIALS = 80
_WANTED = (
    "five nearest of an own photo: right kind",
    "five nearest of a product: same kind",
    "five nearest of a product: same colour",
    "five nearest of a product: all three",
)
_RIDGE = 0.1  # of the mean variance


def calibrated(
    eye: Eye, features: Floats, allowed: Mapping[str, Floats], counts: Mapping[str, Floats]
) -> Eye:
    """The same eye, its probabilities brought to how often they are right.

    By temperature scaling (Guo et al. 2017), and by giving back to frequent names what drawing
    rare ones more often took from them. ``allowed`` tells for float32[n, 2112] by what is told
    apart float32[n, classes], 1 where a name is right; ``counts`` float32[classes], how many
    photos there were of each.
    """
    spaces, readings = dict(eye.spaces), dict(eye.readings)
    for name, right in allowed.items():
        if name in spaces:
            space = spaces[name]
            assert space.proxies is not None  # noqa: S101  it has names
            assert space.bias is not None  # noqa: S101  likewise
            here = features @ space.projection
            here /= np.linalg.norm(here, axis=1, keepdims=True)
            scores = np.float32(space.scale) * (here @ space.proxies.T) + space.bias
            warmth, shift = confidence(scores.astype(np.float32), right, counts[name])
            spaces[name] = replace(
                space, scale=space.scale / warmth, bias=(space.bias + shift) / warmth
            )
        else:
            reading = readings[name]
            read = (features @ reading.kernel + reading.bias).astype(np.float32)
            warmth, shift = confidence(read, right, counts[name])
            readings[name] = replace(
                reading, kernel=reading.kernel / warmth, bias=(reading.bias + shift) / warmth
            )
    return eye.but(spaces=spaces, readings=readings)


def confidence(scores: Floats, allowed: Floats, counts: Floats) -> tuple[float, Floats]:
    """What to add to float32[n, classes], float32[classes], and then to divide them by.

    So that what is right is as likely as can be; nothing is added but a multiple of the logarithm
    of ``counts``.
    """
    known = allowed.any(axis=1)
    rarity = np.log(np.maximum(counts, 1) / np.maximum(counts, 1).max())
    if not known.any():
        return 1.0, 0 * rarity
    some, right = scores[known].astype(np.float64), allowed[known] > 0

    def surprise(warmth: float, share: float) -> float:
        shifted = (some + share * rarity) / warmth
        powers = np.exp(shifted - shifted.max(axis=1, keepdims=True))
        return -float(np.log((powers * right).sum(axis=1) / powers.sum(axis=1) + 1e-30).mean())

    pairs = [(float(warmth), float(share)) for warmth in _TEMPERATURES for share in _RARITIES]
    warmth, share = min(pairs, key=lambda pair: surprise(*pair))
    return warmth, (share * rarity).astype(np.float32)


def weighed(eye: Eye, features: Floats, labels: Sequence[Labelled], *, seed: int) -> Eye:
    """The same eye, its spaces weighed so that the five nearest are right most often."""
    rng = np.random.default_rng(seed)
    names = list(eye.spaces)
    trials = [np.ones(len(names)), *rng.dirichlet(np.full(len(names), 1.5), _TRIALS)]
    best, most = eye, -1.0
    for shares in trials:
        weights = np.sqrt(shares / shares.sum())
        spaces = {
            name: replace(eye.spaces[name], weight=float(weight))
            for name, weight in zip(names, weights, strict=True)
        }
        trial = eye.but(spaces=spaces)
        figures = found_by(labels, nearest(trial.embed(features), labels))
        right = sum(figures[name].share for name in _WANTED if name in figures)
        if right > most:
            best, most = trial, right
    return best


def with_fashion(eye: Eye, clothes: Floats, others: Floats) -> Eye:
    """The same eye, that also tells whether there is anything to wear: reading "fashion".

    Fisher's discriminant with a ridge, between float32[n, 2112] and float32[m, 2112]; half of
    either sets its slope and its middle.
    """
    fit, check = (clothes[::2], others[::2]), (clothes[1::2], others[1::2])
    spread = (np.cov(fit[0], rowvar=False) + np.cov(fit[1], rowvar=False)) / 2
    spread += np.eye(len(spread)) * _RIDGE * np.trace(spread) / len(spread)
    kernel = np.linalg.solve(spread, fit[0].mean(axis=0) - fit[1].mean(axis=0))
    slope, middle = _logistic(check[0] @ kernel, check[1] @ kernel)
    both = np.stack([slope * kernel, 0 * kernel], axis=1).astype(np.float32)
    reading = Reading(both, np.array([-slope * middle, 0], np.float32), ("fashion", "other"))
    return eye.but(readings={**eye.readings, "fashion": reading})


def with_style(eye: Eye, embeddings: Floats, kinds: Sequence[str]) -> Eye:
    """The same eye, that also tells style apart from kind: float32[n, d], and the kind of each."""
    return eye.but(style=erasing(embeddings, np.unique(kinds, return_inverse=True)[1]))


def _logistic(yes: Floats, no: Floats) -> tuple[float, float]:
    """Slope and middle of the probability of yes; both sides weigh alike. By Newton's steps."""
    scores = np.concatenate([yes, no]).astype(np.float64)
    wanted = np.concatenate([np.ones(len(yes)), np.zeros(len(no))])
    weights = np.concatenate([np.full(len(yes), 0.5 / len(yes)), np.full(len(no), 0.5 / len(no))])
    centre, width = scores.mean(), scores.std()
    inputs = np.stack([(scores - centre) / width, np.ones_like(scores)], axis=1)
    line = np.zeros(2)
    for _ in range(50):
        likely = 1 / (1 + np.exp(-inputs @ line))
        pull = inputs.T @ (weights * (wanted - likely)) - 1e-4 * line
        bend = (inputs * (weights * likely * (1 - likely))[:, None]).T @ inputs
        line = line + np.linalg.solve(bend + 1e-4 * np.eye(2), pull)
    slope = line[0] / width
    return float(slope), float(centre - line[1] / slope)
