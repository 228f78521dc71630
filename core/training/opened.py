"""Photos opened once and kept on disk as pixels; a killed run goes on where it was."""

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import PhotoError
from core.photos import PREPROCESSING, SIDE_PX, open_photo
from core.training.labels import Labelled
from core.training.rows import rows_in
from core.vision.machine import cores

logger = logging.getLogger(__name__)

_SHAPES = {
    "pixels": ((SIDE_PX, SIDE_PX, 3), np.uint8),
    "sizes": ((2,), np.uint32),
    "done": ((), np.uint8),  # 1 with the rest written, 2 when the photo cannot be read
}
_AT_ONCE = 64


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A row a photo, mapped from the files of ``folder``.

    ``pixels`` uint8[n, 224, 224, 3] are as ``open_photo`` gives them, ``sizes`` uint32[n, 2] the
    originals' width and height; ``readable`` bool[n] is false where the rest means nothing.
    """

    folder: Path
    pixels: NDArray[np.uint8]
    sizes: NDArray[np.uint32]
    readable: NDArray[np.bool_]


def open_all(
    photos: Sequence[Labelled],
    *,
    cache_dir: Path,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Opened:
    """Every photo, 150 kB each on disk; those that cannot be read get a warning.

    Raises ``ConfigurationError`` when ``cache_dir`` cannot be written.
    """
    named = "\n".join([PREPROCESSING, *(str(photo.path) for photo in photos)])
    folder = cache_dir / f"opened-{hashlib.sha256(named.encode()).hexdigest()[:12]}"
    files = rows_in(folder, _SHAPES, len(photos))
    missing = np.flatnonzero(files["done"] == 0).tolist()
    if missing:
        _open(photos, missing, files, progress)
    return opened_in(folder, len(photos))


def opened_in(folder: Path, count: int) -> Opened:
    """What ``open_all`` has kept there of so many photos."""
    files = rows_in(folder, _SHAPES, count)
    return Opened(folder, files["pixels"], files["sizes"], files["done"] == 1)


def _open(
    photos: Sequence[Labelled],
    missing: Sequence[int],
    files: Mapping[str, NDArray[Any]],
    progress: Callable[[int, int], None],
) -> None:
    with ProcessPoolExecutor(cores() or None, mp_context=get_context("spawn")) as processes:
        paths = [photos[row].path for row in missing]
        found = processes.map(_read, paths, chunksize=min(_AT_ONCE, len(paths) // 8 + 1))
        for done, (row, photo) in enumerate(zip(missing, found, strict=True), 1):
            if isinstance(photo, str):
                files["done"][row] = 2
                logger.warning("%s is left out: %s", photos[row].path, photo)
            else:
                files["pixels"][row], files["sizes"][row] = photo
                files["done"][row] = 1
            if done % _AT_ONCE == 0 or done == len(missing):
                progress(done, len(missing))


def _read(path: Path) -> tuple[NDArray[np.uint8], tuple[int, int]] | str:
    """A photo's pixels and size, or why there are none."""
    try:
        photo = open_photo(path.read_bytes())
    except (PhotoError, OSError) as error:
        return str(error)
    return photo.pixels, (photo.width, photo.height)
