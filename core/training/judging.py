"""Judging a network by labelled photos, through the same way that a chat's photo goes."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import ConfigurationError, FetchFailed, PhotoError
from core.informed import informed
from core.search import STRONG_FROM
from core.training.figures import (
    Figure,
    Floats,
    agreed,
    area_under,
    found_by,
    mean,
    nearest,
    probed,
    recognised,
    strength_figures,
)
from core.training.labels import Labelled, Worn
from core.training.scenes import boxes_of
from core.vision.embedder import Embedder, Sight
from core.vision.eye import Eye
from core.vision.features import Readings
from core.vision.regions import Region, overlaps_of
from core.words import families

_OTHERS_PASS = 0.03
_LARGE = 0.02  # of the picture
_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Seen:
    """What a network made of photos: a row of ``embeddings``, and ``readings``, for each."""

    labels: Sequence[Labelled]
    embeddings: Floats
    readings: Sequence[Readings]


@dataclass(frozen=True, slots=True)
class SeenWorn:
    """Of a dressed person's photo of ``size`` pixels, width and height, what was found in it."""

    photo: Worn
    size: tuple[int, int]
    regions: Sequence[Region]


async def see_all(
    labels: Sequence[Labelled],
    embedder: Embedder,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    unreadable: Callable[[Path, Exception], None] = lambda _path, _error: None,
) -> Seen:
    """Every photo that can be read; ``ConfigurationError`` when none can."""
    seen: list[tuple[Labelled, Sight]] = []
    items = ((number, loader_of(photo.path)) for number, photo in enumerate(labels))
    async for number, sight in embedder.see_many(items):
        if isinstance(sight, Sight):
            seen.append((labels[number], sight))
        else:
            unreadable(labels[number].path, sight)
        progress(number + 1, len(labels))
    if not seen:
        raise ConfigurationError("None of the photos could be read.")
    return Seen(
        [photo for photo, _ in seen],
        np.stack([sight.embedding for _, sight in seen]),
        [sight.readings for _, sight in seen],
    )


async def see_worn(worn: Sequence[Worn], embedder: Embedder) -> list[SeenWorn]:
    """The garments that are found on every person whose photo can be read."""
    seen = []
    for photo in worn:
        try:
            sight = await embedder.see(await loader_of(photo.path)())
        except (PhotoError, FetchFailed):
            continue
        size = (sight.photo.width, sight.photo.height)
        seen.append(SeenWorn(photo, size, sight.regions))
    return seen


async def as_asked(seen: Seen, embedder: Embedder) -> Seen:
    """The same, with people's own photos seen as the bot asks: by the largest garment in each."""
    embeddings = seen.embeddings.copy()
    for number, photo in enumerate(seen.labels):
        if photo.own:
            sight = await embedder.see(await loader_of(photo.path)())
            embeddings[number] = sight.garments[0].embedding
    return Seen(seen.labels, embeddings, seen.readings)


def judge_search(asked: Seen, seen: Seen, eye: Eye) -> dict[str, Figure]:
    """``found_by`` as the bot searches, with what the shop says of its products; and strengths.

    Photos ask as they were ``asked``, products are found as they were ``seen``.
    """
    products = informed(eye, seen.embeddings, [photo.said for photo in seen.labels])
    found = nearest(asked.embeddings, seen.labels, products)
    figures = found_by(seen.labels, found)
    if eye.agreement:
        cosines, right, asking = agreed(seen.labels, found, asked.embeddings, products)
        likely = np.array([eye.agreement.at(cosine) for cosine in cosines], np.float32)
        figures |= strength_figures(likely, right, asking, strong_from=STRONG_FROM)
    return figures


def judge(
    clothes: Seen,
    others: Seen | None = None,
    *,
    style: Callable[[Floats], Floats] = lambda embeddings: embeddings,
) -> dict[str, Figure]:
    """Every figure that these photos give; see ``found_by``, ``recognised`` and ``probed``.

    ``style`` gives the vectors that are probed for embeddings.
    """
    figures = found_by(clothes.labels, nearest(clothes.embeddings, clothes.labels))
    figures |= recognised(clothes.labels, clothes.readings)
    figures |= probed(clothes.labels, style(clothes.embeddings))
    if others and all("fashion" in reading for reading in (*clothes.readings, *others.readings)):
        figures |= _fashion(_is_fashion(clothes), _is_fashion(others))
    return figures


def judge_worn(seen: Sequence[SeenWorn]) -> dict[str, Figure]:
    """How many garments over 2 % of the picture are found, and how many of those found are there.

    Found is what overlaps by half with a box of the same family, which counts once.
    """
    there: list[float] = []
    right: list[float] = []
    for one in seen:
        boxes, families_there, shares = boxes_of(one.photo, families())
        found = _matched(one, boxes, families_there)
        right += [float(match is not None) for match in found]
        large = np.flatnonzero(shares > _LARGE)
        there += [float(number in found) for number in large.tolist()]
    figures = {
        "street: garments found in their family": mean(there),
        "street: garments reported that are there": mean(right),
    }
    return {name: figure for name, figure in figures.items() if figure.count}


def _matched(seen: SeenWorn, boxes: Floats, families_there: NDArray[np.intp]) -> list[int | None]:
    """Of each region, the surest first, which box it is; each box is taken once."""
    width, height = seen.size
    there = boxes / np.array([width, height, width, height], np.float32)
    free = set(range(len(there)))
    matched: list[int | None] = []
    for region in sorted(seen.regions, key=lambda region: -region.sure):
        overlaps = overlaps_of(np.array([region.box], np.float32), there.astype(np.float32))[0]
        alike = [
            number
            for number in free
            if families()[families_there[number]] == region.family and overlaps[number] >= _OVERLAP
        ]
        best = max(alike, key=lambda number: float(overlaps[number]), default=None)
        free.discard(-1 if best is None else best)
        matched.append(best)
    return matched


def _fashion(clothes: Floats, others: Floats) -> dict[str, Figure]:
    """How well fashion is told from the rest."""
    edge = np.quantile(others, 1 - _OTHERS_PASS)
    return {
        "fashion, area under the curve": area_under(clothes, others),
        "clothes refused while 3 in 100 others pass": mean((clothes <= edge).astype(float)),
    }


def _is_fashion(seen: Seen) -> Floats:
    return np.array([reading["fashion"]["fashion"] for reading in seen.readings], np.float32)


def loader_of(path: Path) -> Callable[[], Awaitable[bytes]]:
    """What reads a photo's file; ``FetchFailed``."""

    def read() -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise FetchFailed(f"cannot be read: {error.strerror}") from None

    return lambda: asyncio.to_thread(read)
