"""What conv4 makes of many views of labelled photos, kept on disk as it comes.

The first four stages stay as ImageNet taught them, so each view goes through them once, and the
last stage is trained on what came out. A killed run goes on where it was.
"""

import hashlib
import itertools
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.errors import PhotoError
from core.training.labels import Labelled, Part
from core.training.rows import rows_in
from core.training.views import view_of
from core.vision.features import Runtime

logger = logging.getLogger(__name__)

_VERSION = 1  # of the views
_OWN_VIEWS, _LARGE_VIEWS, _SMALL_VIEWS = 7, 4, 2
_ON_GROUND = 0.5
_SHAPES = {
    "stem": ((7, 7, 1024), np.float16),
    "tiles": ((28, 28, 3), np.uint8),
    "pooled": ((2048,), np.float16),
    "logits": ((1000,), np.float16),
    "done": ((), np.uint8),  # 1 with the rest written, 2 when the photo cannot be read
}


@dataclass(frozen=True, slots=True)
class Stems:
    """Views, row by row: ``photo`` int[n] is which of the labelled photos, ``place`` which view.

    ``stem`` is float16[n, 7, 7, 1024], ``tiles`` uint8[n, 28, 28, 3], ``pooled`` float16[n, 2048]
    and ``logits`` float16[n, 1000]: the plain network's. Mapped from files.
    """

    photo: NDArray[np.intp]
    place: NDArray[np.intp]
    stem: NDArray[np.float16]
    tiles: NDArray[np.uint8]
    pooled: NDArray[np.float16]
    logits: NDArray[np.float16]


def stems_of(
    labels: Sequence[Labelled],
    network: Runtime,
    *,
    name: str,
    cache_dir: Path,
    seed: int,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Stems:
    """The stems of several views of photos to learn from, and of one of the others.

    ``network`` has ``STEM``'s outputs and is called ``name``. Photos that cannot be read are
    left out, with a warning. Raises ``ConfigurationError`` when ``cache_dir`` cannot be written.
    """
    views = [(row, place) for row, photo in enumerate(labels) for place in range(_views(photo))]
    folder = _folder(cache_dir, labels, f"{name}/{seed}/{_VERSION}")
    files = rows_in(folder, _SHAPES, len(views))
    grounds = [photo.path for photo in labels if photo.own and photo.part is Part.LEARNING]
    missing = np.flatnonzero(files["done"] == 0).tolist()
    progress(len(views) - len(missing), len(views))
    size = network.batch_sizes[-1]

    def work(rows: Sequence[int]) -> int:
        pixels = {}
        for row in rows:
            photo, place = labels[views[row][0]], views[row][1]
            rng = np.random.default_rng((seed, *_number(photo.path.name), place))
            try:
                pixels[row] = view_of(
                    photo.path.read_bytes(),
                    place=place,
                    rng=rng,
                    ground=_ground(photo, grounds, rng) if place else None,
                )
            except (PhotoError, OSError) as error:
                files["done"][row] = 2
                if place == 0:
                    logger.warning("%s is left out: %s", photo.path, error)
        if pixels:
            padded = [*pixels.values(), *([next(iter(pixels.values()))] * (size - len(pixels)))]
            outputs = network.run(np.stack(padded))
            for at, row in enumerate(pixels):
                for key, values in outputs.items():
                    files[key][row] = values[at]
                files["done"][row] = 1
        return len(rows)

    done = len(views) - len(missing)
    with ThreadPoolExecutor(network.streams) as threads:
        for count in threads.map(work, _batches(missing, size)):
            done += count
            progress(done, len(views))
    readable = np.flatnonzero(files["done"] == 1)
    photo, place = (np.array(column, dtype=np.intp) for column in zip(*views, strict=True))
    if len(readable) < len(views):
        return Stems(
            photo[readable], place[readable], *(files[key][readable] for key in list(_SHAPES)[:-1])
        )
    return Stems(photo, place, *(files[key] for key in list(_SHAPES)[:-1]))


def _views(photo: Labelled) -> int:
    if photo.part is not Part.LEARNING:
        return 1
    return _OWN_VIEWS if photo.own else _LARGE_VIEWS if photo.large else _SMALL_VIEWS


def _ground(
    photo: Labelled, grounds: Sequence[Path], rng: np.random.Generator
) -> Image.Image | None:
    """Something that a person photographed, for a shop's cut-out to lie on."""
    if photo.own or not grounds or rng.random() >= _ON_GROUND:
        return None
    try:
        with Image.open(grounds[int(rng.integers(len(grounds)))]) as image:
            return image.convert("RGB")
    except OSError:
        return None


def _number(name: str) -> tuple[int, int]:
    drawn = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(drawn[:4], "big"), int.from_bytes(drawn[4:8], "big")


def _batches(rows: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    left = iter(rows)
    while batch := list(itertools.islice(left, size)):
        yield batch


def _folder(cache_dir: Path, labels: Sequence[Labelled], name: str) -> Path:
    named = "\n".join([name, *(str(photo.path) for photo in labels)])
    return cache_dir / f"stems-{hashlib.sha256(named.encode()).hexdigest()[:12]}"
