"""How often the network is right, by the labels that there are; each figure with its interval."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.training.labels import Labelled, family_of
from core.vision.features import Readings

Floats = NDArray[np.float32]
Search = Mapping[int, Sequence[int]]
"""Of a photo's number those of the products' photos that were found for it, best first."""

AT = 5
_CHUNK = 512
_REDRAWN = 200
_FEWEST_PROBED = 50
_PROBE_RIDGE = 1e-3  # of the mean variance


@dataclass(frozen=True, slots=True)
class Figure:
    """A share, of ``count`` photos, and half the width of its 95 % interval."""

    share: float
    count: int
    margin: float

    def __str__(self) -> str:
        return f"{self.share:.3f} ± {self.margin:.3f} ({self.count})"


def found_by(labels: Sequence[Labelled], found: Search) -> dict[str, Figure]:
    """How many of the five nearest products are right.

    For people's own photos, of the right kinds, and the same with every class counted alike; for
    products, of the same kind, colour and gender. Figures without a photo are left out.
    """
    own = {n: rows for n, rows in found.items() if labels[n].own}
    shares = {
        n: _share(labels[n].kinds & labels[row].kinds for row in rows) for n, rows in own.items()
    }
    products = {n: rows for n, rows in found.items() if not labels[n].own}

    def alike(*fields: str) -> list[float]:
        return [
            _share(
                all(getattr(labels[n], field) == getattr(labels[row], field) for field in fields)
                for row in rows
            )
            for n, rows in products.items()
        ]

    return without_empty(
        {
            "five nearest of an own photo: right kind": mean(shares.values()),
            "the same, every class alike": _macro({n: labels[n].garment for n in shares}, shares),
            "five nearest of a product: same kind": mean(alike("kinds")),
            "five nearest of a product: same colour": mean(alike("shade")),
            "five nearest of a product: same gender": mean(alike("gender")),
            "five nearest of a product: all three": mean(alike("kinds", "shade", "gender")),
        }
    )


def agreed(
    labels: Sequence[Labelled], found: Search, embeddings: Floats, products: Floats
) -> tuple[Floats, NDArray[np.bool_], NDArray[np.intp]]:
    """Of every match its cosine, whether its kind is right, and the photo that asked.

    Of people's own photos' matches, or where there is none, of products'. ``products`` are the
    vectors by which products were found.
    """
    own = {n: rows for n, rows in found.items() if labels[n].own} or found
    pairs = [(n, row) for n, rows in own.items() for row in rows]
    asking, there = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    cosines = (embeddings[asking] * products[there]).sum(axis=1)
    right = [bool(labels[n].kinds & labels[row].kinds) for n, row in pairs]
    return cosines, np.array(right, dtype=bool), asking


def strength_figures(
    likely: Floats, right: NDArray[np.bool_], asking: NDArray[np.intp], *, strong_from: float
) -> dict[str, Figure]:
    """How often strong matches are right, and how far off all are on average.

    The error is the expected calibration error (Naeini et al. 2015) over tenths; its interval is
    drawn from photos anew (bootstrap), as the matches of a photo go together.
    """
    strong = right[likely >= strong_from].astype(float)
    rng = np.random.default_rng(0)
    photos = [np.flatnonzero(asking == one) for one in np.unique(asking)]
    drawn = [
        np.concatenate([photos[n] for n in rng.integers(len(photos), size=len(photos))])
        for _ in range(_REDRAWN if len(photos) > 1 else 0)
    ]
    spread = np.std([_off(likely[rows], right[rows]) for rows in drawn]) if drawn else 0.0
    error = Figure(_off(likely, right), len(likely), float(1.96 * spread))
    return without_empty(
        {"strong matches: right kind": mean(strong), "strengths, calibration error": error}
    )


def _off(likely: Floats, right: NDArray[np.bool_]) -> float:
    tenths = np.minimum((10 * likely).astype(int), 9)
    counts = np.bincount(tenths, minlength=10)
    off = np.abs(np.bincount(tenths, likely - right, minlength=10))
    return float(off.sum() / max(counts.sum(), 1))


def recognised(labels: Sequence[Labelled], readings: Sequence[Readings]) -> dict[str, Figure]:
    """How often the likeliest name is the right one, by what is named."""
    right: dict[str, list[float]] = {}

    def count(what: str, name: str, wanted: str) -> None:
        if name and wanted:
            right.setdefault(what, []).append(float(name == wanted))

    for photo, reading in zip(labels, readings, strict=True):
        best = {what: max(likely, key=likely.__getitem__) for what, likely in reading.items()}
        if photo.own:
            count("an own photo's garment", best.get("garment", ""), photo.garment)
            continue
        count("a product's kind", best.get("kind", ""), min(photo.kinds))
        count("a product's gender", best.get("gender", ""), photo.gender)
        count("a product's exact colour", best.get("colour", ""), photo.shade)
        count(
            "a product's colour family", likeliest_family(reading.get("colour", {})), photo.colour
        )
        count("a product's pattern", best.get("pattern", ""), photo.pattern)
        count("a product's occasion", best.get("usage", ""), photo.usage)
    return without_empty({what: mean(values) for what, values in right.items()})


def probed(labels: Sequence[Labelled], vectors: Floats) -> dict[str, Figure]:
    """How often a linear probe reads off float32[n, d] what products are.

    A ridge regression to what is known of one half of the products is asked about the other.
    Beside each figure: how often the commonest name would be right; and, but for the kind itself,
    how often of two products of one kind, of which one has a name, that one is told. (Occasions,
    say, mostly follow from the kind, so that much of what a probe reads of them is the kind.)
    """
    figures: dict[str, Figure] = {}
    seen = set(sorted({photo.source for photo in labels})[::2])
    kinds = [min(photo.kinds, default="") for photo in labels]
    for what, known in (
        ("kind", kinds),
        ("colour family", [photo.colour for photo in labels]),
        ("pattern", [photo.pattern for photo in labels]),
        ("occasion", [photo.usage for photo in labels]),
    ):
        rows = [n for n, photo in enumerate(labels) if not photo.own and known[n]]
        half = np.array([labels[n].source in seen for n in rows], dtype=bool)
        if half.sum() < _FEWEST_PROBED or (~half).sum() < _FEWEST_PROBED:
            continue
        names, classes = np.unique([known[n] for n in rows], return_inverse=True)
        scores = _ridge(
            vectors[rows][half], np.eye(len(names))[classes[half]], vectors[rows][~half]
        )
        right = (scores.argmax(axis=1) == classes[~half]).astype(float)
        figures[f"style: a probe reads the {what}"] = mean(right)
        commonest = np.bincount(classes[half]).argmax()
        figures[f"style: the commonest {what}"] = mean((classes[~half] == commonest).astype(float))
        if known is not kinds:
            groups = np.array(kinds)[rows][~half]
            figures[f"style: of two of a kind, the {what}"] = _told(scores, classes[~half], groups)
    return without_empty(figures)


def _told(
    scores: NDArray[np.float64], classes: NDArray[np.intp], groups: NDArray[np.str_]
) -> Figure:
    """How often a class's own score is higher than that of others of its group; equals half."""
    shares: list[float] = []
    for group in np.unique(groups):
        for name in np.unique(classes[groups == group]):
            yes = scores[(groups == group) & (classes == name), name]
            no = scores[(groups == group) & (classes != name), name]
            if len(no):
                above = (yes[:, None] > no).mean(axis=1)
                shares += (above + (yes[:, None] == no).mean(axis=1) / 2).tolist()
    return mean(shares)


def _ridge(inputs: Floats, wanted: NDArray[np.float64], asked: Floats) -> NDArray[np.float64]:
    mean_input = inputs.mean(axis=0, dtype=np.float64)
    centred = inputs - mean_input
    gram = centred.T @ centred
    gram += np.eye(len(gram)) * _PROBE_RIDGE * np.trace(gram) / len(gram)
    kernel = np.linalg.solve(gram, centred.T @ (wanted - wanted.mean(axis=0)))
    scores: NDArray[np.float64] = (asked - mean_input) @ kernel + wanted.mean(axis=0)
    return scores


def likeliest_family(shades: Mapping[str, float]) -> str:
    """The colour family whose shades are likeliest together; empty without any."""
    families: dict[str, float] = {}
    for shade, likely in shades.items():
        family = family_of(shade)
        families[family] = families.get(family, 0.0) + likely
    return max(families, key=families.__getitem__, default="")


def nearest(
    embeddings: Floats, labels: Sequence[Labelled], products: Floats | None = None
) -> dict[int, list[int]]:
    """For own photos and products' photos the five nearest products by cosine.

    ``products`` are the vectors by which products are found, where they are others than those
    that ask, such as those with what the shop says of them.
    The gallery has one photo of each product, the large one where there is one; that product
    itself is never found.
    """
    gallery = gallery_of(labels)
    found_at = (embeddings if products is None else products)[gallery]
    queries = [n for n, photo in enumerate(labels) if photo.own or n in set(gallery.tolist())]
    sources = np.array([labels[n].source for n in gallery])
    found: dict[int, list[int]] = {}
    for start in range(0, len(queries), _CHUNK):
        rows = queries[start : start + _CHUNK]
        cosines = embeddings[rows] @ found_at.T
        cosines[np.array([labels[n].source for n in rows])[:, None] == sources[None]] = -np.inf
        order = np.argsort(-cosines, axis=1)[:, :AT]
        for n, some, scores in zip(rows, order, cosines, strict=True):
            found[n] = gallery[some[np.isfinite(scores[some])]].tolist()
    return {n: some for n, some in found.items() if some}


def gallery_of(labels: Sequence[Labelled]) -> NDArray[np.intp]:
    """One photo of each product, the large one where there is one."""
    best: dict[str, int] = {}
    for number, photo in enumerate(labels):
        if not photo.own and (photo.source not in best or photo.large):
            best[photo.source] = number
    return np.array(list(best.values()), dtype=np.intp)


def mean(values: Iterable[float]) -> Figure:
    """The mean, and its interval by the normal approximation."""
    some = np.array(list(values), dtype=np.float64)
    if not len(some):
        return Figure(float("nan"), 0, float("nan"))
    return Figure(float(some.mean()), len(some), float(1.96 * some.std() / np.sqrt(len(some))))


def area_under(right: NDArray[np.floating], wrong: NDArray[np.floating]) -> Figure:
    """How often a score that should be high is above one that should be low; equals count half.

    That is the area under the curve; the interval is Hanley and McNeil's (1982).
    """
    if not len(right) or not len(wrong):
        return mean([])
    ranks = np.searchsorted(np.sort(wrong), right, side="left")
    ties = np.searchsorted(np.sort(wrong), right, side="right")
    area = float((ranks + ties).mean() / 2 / len(wrong))
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    spread = (
        area * (1 - area) + (len(right) - 1) * (q1 - area**2) + (len(wrong) - 1) * (q2 - area**2)
    ) / (len(right) * len(wrong))
    return Figure(area, len(right) + len(wrong), 1.96 * float(np.sqrt(max(spread, 0))))


def _macro(classes: Mapping[int, str], values: Mapping[int, float]) -> Figure:
    by_class: dict[str, list[float]] = {}
    for number, name in classes.items():
        by_class.setdefault(name, []).append(values[number])
    each = [mean(some) for some in by_class.values()]
    if not each:
        return mean([])
    margin = float(np.sqrt(sum(one.margin**2 for one in each)) / len(each))
    return Figure(float(np.mean([one.share for one in each])), len(values), margin)


def _share(right: Iterable[object]) -> float:
    return float(np.mean([bool(one) for one in right]))


def without_empty(figures: Mapping[str, Figure]) -> dict[str, Figure]:
    """Those that have a photo."""
    return {name: figure for name, figure in figures.items() if figure.count}
