"""Judging a network by labelled photos, through the same way that a chat's photo goes."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.errors import ConfigurationError, FetchFailed
from core.informed import informed
from core.training.figures import Figure, Floats, found_by, mean, nearest, probed, recognised
from core.training.labels import Labelled
from core.vision.embedder import Embedder, Sight
from core.vision.eye import Eye
from core.vision.features import Readings

_OTHERS_PASS = 0.03


@dataclass(frozen=True, slots=True)
class Seen:
    """What a network made of photos: a row of ``embeddings``, and ``readings``, for each."""

    labels: Sequence[Labelled]
    embeddings: Floats
    readings: Sequence[Readings]


async def see_all(
    labels: Sequence[Labelled],
    embedder: Embedder,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    unreadable: Callable[[Path, Exception], None] = lambda _path, _error: None,
) -> Seen:
    """Every photo that can be read; ``ConfigurationError`` when none can."""
    seen: list[tuple[Labelled, Sight]] = []
    items = ((number, _loader(photo.path)) for number, photo in enumerate(labels))
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


def judge_search(seen: Seen, eye: Eye) -> dict[str, Figure]:
    """``found_by`` as the bot searches: with what the shop says of its products."""
    products = informed(eye, seen.embeddings, [photo.said for photo in seen.labels])
    return found_by(seen.labels, nearest(seen.embeddings, seen.labels, products))


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


def _fashion(clothes: Floats, others: Floats) -> dict[str, Figure]:
    """How well fashion is told from the rest; the area's interval is Hanley and McNeil's (1982)."""
    ranks = np.searchsorted(np.sort(others), clothes, side="left")
    ties = np.searchsorted(np.sort(others), clothes, side="right")
    area = float((ranks + ties).mean() / 2 / len(others))
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    spread = (
        area * (1 - area) + (len(clothes) - 1) * (q1 - area**2) + (len(others) - 1) * (q2 - area**2)
    ) / (len(clothes) * len(others))
    edge = np.quantile(others, 1 - _OTHERS_PASS)
    return {
        "fashion, area under the curve": Figure(
            area, len(clothes) + len(others), 1.96 * float(np.sqrt(max(spread, 0)))
        ),
        "clothes refused while 3 in 100 others pass": mean((clothes <= edge).astype(float)),
    }


def _is_fashion(seen: Seen) -> Floats:
    return np.array([reading["fashion"]["fashion"] for reading in seen.readings], np.float32)


def _loader(path: Path) -> Callable[[], Awaitable[bytes]]:
    def read() -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise FetchFailed(f"cannot be read: {error.strerror}") from None

    return lambda: asyncio.to_thread(read)
