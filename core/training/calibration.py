"""After training: how sure each answer may be, what search weighs, and what is fashion.

On the photos for tuning, which the network was not trained on; style alone is told on others.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.informed import informed
from core.training.erasure import erasing
from core.training.figures import agreed, found_by, nearest
from core.training.labels import Labelled
from core.vision.eye import Agreement, Eye, Reading

Floats = NDArray[np.float32]

_TEMPERATURES = np.geomspace(0.4, 4, 40)
_RARITIES = np.linspace(0, 1, 11)
_SEARCHED = {"kind": 0.4, "colour": 0.3, "gender": 0.1, "pattern": 0.1, "garment": 0.1}
_UNNAMED = 0.2
_NEAR = 12.0  # how near to the usual shares the trials are
_TRIALS = 60
_WANTED = (
    "five nearest of an own photo: right kind",
    "the same, every class alike",
    "five nearest of a product: same kind",
    "five nearest of a product: same colour",
    "five nearest of a product: all three",
)
_STEPS, _A_STEP = 16, 25  # at most so many, of so many matches at least
_CLOTHES = 0.9  # of the photos that people send to such a bot, at a guess
_RIDGE = 1.0  # of the mean variance
_FOLDS = 4
_OF_KINDS = {"kind", "garment"}  # readings that name the kind


def calibrated(
    eye: Eye, features: Floats, allowed: Mapping[str, Floats], counts: Mapping[str, Floats]
) -> Eye:
    """The same eye, its probabilities brought to how often they are right.

    By temperature scaling (Guo et al. 2017), and by giving back to frequent names what drawing
    rare ones more often took from them. ``allowed`` tells for float32[n, 2112] by what is told
    apart float32[n, classes], 1 where a name is right; ``counts`` float32[classes], how many
    photos there were of each.
    """
    readings = dict(eye.readings)
    for name, right in allowed.items():
        reading = readings[name]
        scores = reading.scores(features @ reading.kernel)
        readings[name] = reading.cooled(*confidence(scores, right, counts[name]))
    return eye.but(readings=readings)


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
    """The same eye, what it searches weighed so that the five nearest are right most often.

    Both with and without what shops say of their products.
    What has no name keeps ``_UNNAMED`` of a cosine: no label tells its worth, people's eyes do.
    """
    rng = np.random.default_rng(seed)
    names = [name for name in _SEARCHED if name in eye.readings]
    usual = np.array([_SEARCHED[name] for name in names])
    trials = [usual / usual.sum(), *rng.dirichlet(_NEAR * usual, _TRIALS)] if names else []
    left = 1 - _UNNAMED if eye.spaces else 1
    spaces = {
        name: replace(space, weight=math.sqrt((1 - left) / len(eye.spaces)))
        for name, space in eye.spaces.items()
    }
    said = [photo.said for photo in labels]
    best, most = eye, -1.0
    for shares in trials:
        weights = dict(zip(names, np.sqrt(left * shares).tolist(), strict=True))
        readings = {
            name: replace(reading, weight=weights.get(name, 0.0))
            for name, reading in eye.readings.items()
        }
        trial = eye.but(readings=readings, spaces=spaces)
        embeddings = trial.see(features)[0]
        found = [
            found_by(labels, nearest(embeddings, labels, products))
            for products in (embeddings, informed(trial, embeddings, said))
        ]
        right = sum(some[name].share for some in found for name in _WANTED if name in some)
        if right > most:
            best, most = trial, right
    return best


def with_agreement(eye: Eye, features: Floats, labels: Sequence[Labelled]) -> Eye:
    """The same eye, that also tells what a cosine is worth: of such matches how many were right.

    Of people's own photos' five nearest among what shops say more of; a share never falls as
    cosines rise (isotonic regression by pooling adjacent violators, Barlow et al. 1972).
    """
    embeddings = eye.see(features)[0]
    products = informed(eye, embeddings, [photo.said for photo in labels])
    found = nearest(embeddings, labels, products)
    cosines, right, _ = agreed(labels, found, embeddings, products)
    if not len(cosines):
        return eye
    order = np.argsort(cosines)
    groups = np.array_split(order, max(1, min(_STEPS, len(order) // _A_STEP)))
    pools: list[NDArray[np.intp]] = []
    for group in groups:
        pools.append(group)
        while len(pools) > 1 and right[pools[-2]].mean() >= right[pools[-1]].mean():
            last = pools.pop()
            pools[-1] = np.concatenate([pools[-1], last])
    # One of either is added to each: no match is certain because twenty were right.
    shares = [(right[pool].sum() + 1) / (len(pool) + 2) for pool in pools]
    middles = [cosines[pool].mean() for pool in pools]
    rising = np.maximum.accumulate(np.array(shares, np.float32))
    return eye.but(agreement=Agreement(np.array(middles, np.float32), rising))


def with_fashion(eye: Eye, clothes: Floats, others: Floats, *, own: NDArray[np.bool_]) -> Eye:
    """The same eye, that also tells whether there is anything to wear: reading "fashion".

    Fisher's discriminant with a ridge, between float32[n, 2112] and float32[m, 2112]. People's
    ``own`` photos, bool[n], weigh as much as all products. How likely a score is, is seen on
    photos that had no part in it, a fold at a time.
    """
    weights = _halved(own)
    rng = np.random.default_rng(0)
    folds = [rng.permutation(len(some)) % _FOLDS for some in (clothes, others)]
    yes, no = np.zeros(len(clothes)), np.zeros(len(others))
    for fold in range(_FOLDS):
        here, there = (which == fold for which in folds)
        kernel = _discriminant(clothes[~here], weights[~here], others[~there])
        yes[here], no[there] = clothes[here] @ kernel, others[there] @ kernel
    slope, middle = _logistic(yes, weights, no)
    kernel = _discriminant(clothes, weights, others)
    both = np.stack([slope * kernel, 0 * kernel], axis=1).astype(np.float32)
    bias = np.array([-slope * middle, 0], np.float32)
    reading = Reading(kernel=both, bias=bias, names=("fashion", "other"))
    return eye.but(readings={**eye.readings, "fashion": reading})


def _halved(own: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weights that come to a half for either, or to 1 for all where there is only one."""
    counts = np.where(own, own.sum(), (~own).sum())
    weights: NDArray[np.float64] = 1 / counts / np.sum(1 / counts)
    return weights


def _discriminant(
    yes: Floats, weights: NDArray[np.float64], no: Floats
) -> NDArray[np.floating[Any]]:
    weights = weights / weights.sum()
    middle = weights @ yes
    away = yes - middle
    spread = ((weights[:, None] * away).T @ away + np.cov(no, rowvar=False)) / 2
    spread += np.eye(len(spread)) * _RIDGE * np.trace(spread) / len(spread)
    kernel: NDArray[np.floating[Any]] = np.linalg.solve(spread, middle - no.mean(axis=0))
    return kernel


def with_style(eye: Eye, embeddings: Floats, kinds: Sequence[str]) -> Eye:
    """The same eye, that also tells style apart from kind: float32[n, d], and the kind of each.

    What embeddings say of the kind itself is left out first: of photos that were learned from it
    is surer than of others, in which something of it would be left.
    """
    rest = np.ones(eye.dimension, dtype=bool)
    for name in _OF_KINDS & eye.slices.keys():
        rest[eye.slices[name]] = False
    taken, offset = erasing(embeddings[:, rest], np.unique(kinds, return_inverse=True)[1])
    matrix = np.zeros((len(rest), rest.sum()), np.float32)
    matrix[rest] = taken
    return eye.but(style=(matrix, offset))


def _logistic(
    yes: NDArray[np.float64], shares: NDArray[np.float64], no: NDArray[np.float64]
) -> tuple[float, float]:
    """Slope and middle of the probability of yes, as often as clothes are sent; Newton's steps."""
    scores = np.concatenate([yes, no])
    wanted = np.concatenate([np.ones(len(yes)), np.zeros(len(no))])
    weights = np.concatenate([_CLOTHES * shares, np.full(len(no), (1 - _CLOTHES) / len(no))])
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
