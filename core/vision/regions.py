"""The garments in a picture, each with a box, a family and an embedding; from the same pass."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from core.photos import SIDE_PX, Frame
from core.vision.eye import Eye, moved, sigmoid
from core.vision.features import Maps
from core.words import family_of_kind, kind_of

Floats = NDArray[np.float32]
Boxes = NDArray[np.float32]
"""Float32[n, 4]: left, top, right and bottom."""

FOUND_FROM = 0.3
_LEAST_SCORE = math.log(FOUND_FROM / (1 - FOUND_FROM))
_AT_MOST = 6
_CANDIDATES = 40
_SAME_OVERLAP, _SAME_INSIDE = 0.45, 0.65  # of a family: pieces of one garment are one garment
_OTHER_OVERLAP = 0.75  # of two families: the same garment taken for either
_LEAST_SHARE = 0.01  # of the picture
_ALONE_FROM = 0.25  # of the picture: a garment of that share is seen as one that is alone
_TRUST = 0.8  # in the family, against what the cells alone say of the kind


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """A garment: where it is, what it is, and what it looks like.

    ``box`` is left, top, right and bottom as shares of the upright picture's sides, and ``share``
    its share of that; ``family`` is where it is worn (``data/vocabulary/families.toml``) and
    ``sure``, 0 to 1, how surely it is there. ``embedding`` is float32[d] of length 1, and
    ``readings`` are as those of a whole photo.
    """

    box: tuple[float, float, float, float]
    share: float
    family: str
    sure: float
    embedding: Floats
    readings: Mapping[str, Mapping[str, float]]


def regions_in(eye: Eye, maps: Maps, frame: Frame) -> tuple[Region, ...]:
    """What there is to wear in one photo, the largest first; ``frame`` is the ``Photo``'s."""
    boxes, families, sure = found(maps.found[0])
    shares = _shares(boxes, frame)
    areas = _areas(shares)
    order = np.argsort(-areas)
    order = order[areas[order] >= _LEAST_SHARE][:_AT_MOST]
    if not len(order):
        return ()
    boxes, families, sure, shares = boxes[order], families[order], sure[order], shares[order]
    embeddings, read = eye.read(seen_in(eye, maps, boxes))
    names = [eye.families[family] for family in families]
    small = (areas[order] < _ALONE_FROM) & (len(order) > 1)
    if small.any():
        _bring_in(eye, np.where(small, names, ""), embeddings, read)
    return tuple(
        Region(
            box=(float(box[0]), float(box[1]), float(box[2]), float(box[3])),
            share=float(areas[order[row]]),
            family=names[row],
            sure=float(sure[row]),
            embedding=embeddings[row],
            readings=eye.named(read, row),
        )
        for row, box in enumerate(shares)
    )


def found(scores: Floats) -> tuple[Boxes, NDArray[np.intp], Floats]:
    """The boxes, in pixels, the numbers of the families and how sure each is, the surest first.

    ``scores`` are one photo's ``Maps.found``. Of boxes that overlap only the surest is left.
    """
    flat = scores.reshape(-1, scores.shape[-1])
    places = np.flatnonzero(flat[:, 0] > _LEAST_SCORE)  # a box that fits makes none surer
    here = flat[places]
    sure = sigmoid(here[:, 0]) * np.sqrt(sigmoid(here[:, 1]))
    order = np.argsort(-sure)[:_CANDIDATES]
    order = order[sure[order] >= FOUND_FROM]
    sure, sides = sure[order], here[order, 2:]
    rows, columns, families = np.unravel_index(places[order], scores.shape[:-1])
    middles = (np.stack([columns, rows], axis=1) + 0.5) * (SIDE_PX / scores.shape[0])
    boxes = np.concatenate([middles - sides[:, :2], middles + sides[:, 2:]], axis=1)
    boxes = boxes.clip(0, SIDE_PX).astype(np.float32)
    hides = _hides(boxes, families)
    left, kept = np.ones(len(order), np.bool_), []
    for one in range(len(order)):
        if left[one]:
            kept.append(one)
            left &= ~hides[one]
    return boxes[kept], families[kept], sure[kept]


def seen_in(eye: Eye, maps: Maps, boxes: Boxes) -> Floats:
    """What ``Eye.read`` takes, of one photo within each of some boxes, in pixels."""
    attention = maps.attention[0]
    cells, side = len(attention), maps.words.shape[1]
    finer = side // cells
    fine = _coverage(boxes, side) * attention.repeat(finer, 0).repeat(finer, 1)
    coarse = fine.reshape(-1, cells, finer, cells, finer).sum(axis=(2, 4))
    palette = _averaged(maps.words[0], fine)
    return _averaged(maps.cells[0], coarse) + palette @ eye.kernels[-palette.shape[1] :]


def overlaps_of(some: Boxes, others: Boxes) -> Floats:
    """Float32[n, m]: of each pair what both cover, of what either does."""
    both = _common(some, others)
    made: Floats = both / np.maximum(_areas(some)[:, None] + _areas(others) - both, 1e-6)
    return made


def _hides(boxes: Boxes, families: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Of each pair whether they are one garment, so that only the surer is left."""
    areas, both = _areas(boxes), _common(boxes, boxes)
    sums, smaller = areas[:, None] + areas, np.minimum(areas[:, None], areas)
    overlaps = both / np.maximum(sums - both, 1e-6)
    of_a_family = families[:, None] == families
    nearly_same = (overlaps > _SAME_OVERLAP) | (both > _SAME_INSIDE * smaller)
    hides: NDArray[np.bool_] = (of_a_family & nearly_same) | (overlaps > _OTHER_OVERLAP)
    return hides


def _bring_in(
    eye: Eye, families: NDArray[np.str_], embeddings: Floats, read: dict[str, Floats]
) -> None:
    """Let the family, where one is given, have its say in the kind.

    Among several garments a cell sees the others too. One that is alone, or fills the picture, is
    better told by the cells: own photos' right kinds 0.79 instead of 0.72.
    """
    if "kind" not in eye.slices:
        return
    place, likely = eye.slices["kind"], read["kind"]
    for family in set(families.tolist()) - {""}:
        rows = families == family
        meant = _kinds(eye.readings["kind"].names, family)
        if meant.any():
            likely[rows] = moved(likely[rows], meant, trust=_TRUST)
            embeddings[rows, place] = (
                moved(embeddings[rows, place] ** 2, meant, trust=_TRUST) ** 0.5
            )


@cache
def _kinds(names: tuple[str, ...], family: str) -> NDArray[np.bool_]:
    return np.array([family_of_kind(kind_of(name)) == family for name in names])


def _averaged(seen: Floats, weights: Floats) -> Floats:
    """Float32[n, channels] from float32[side, side, channels] and float32[n, side, side]."""
    flat = weights.reshape(len(weights), -1) + np.float32(1e-9)
    mean: Floats = flat @ seen.reshape(-1, seen.shape[-1]) / flat.sum(axis=1, keepdims=True)
    return mean


def _coverage(boxes: Boxes, side: int) -> Floats:
    """Float32[n, side, side]: how much of each cell each box covers."""
    edges = _edges(side)
    across, down = (
        np.clip(
            np.minimum(boxes[:, last, None], edges[1:])
            - np.maximum(boxes[:, first, None], edges[:-1]),
            0,
            None,
        )
        for first, last in ((0, 2), (1, 3))
    )
    covered: Floats = down[:, :, None] * across[:, None, :] * (side / SIDE_PX) ** 2
    return covered


@cache
def _edges(side: int) -> Floats:
    return np.linspace(0, SIDE_PX, side + 1, dtype=np.float32)


def _shares(boxes: Boxes, frame: Frame) -> Boxes:
    left, top, right, bottom = frame
    origin = np.array([left, top, left, top], np.float32)
    size = np.array([right - left, bottom - top] * 2, np.float32)
    shares: Boxes = ((boxes - origin) / size).clip(0, 1)
    return shares


def _areas(boxes: Boxes) -> Floats:
    areas: Floats = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return areas


def _common(some: Boxes, others: Boxes) -> Floats:
    first = np.maximum(some[:, None, :2], others[None, :, :2])
    last = np.minimum(some[:, None, 2:], others[None, :, 2:])
    common: Floats = np.clip(last - first, 0, None).prod(axis=2, dtype=np.float32)
    return common
