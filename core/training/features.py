"""ResNet-50's features of many photos, kept as they come, so that a killed run goes on."""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import ConfigurationError, FetchFailed
from core.vision.embedder import Embedder, Sight

logger = logging.getLogger(__name__)

WIDTH = 2048


async def features_of(
    paths: Sequence[Path],
    embedder: Embedder,
    *,
    cache_dir: Path,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> NDArray[np.float16]:
    """Float16[n, 2048], a row a photo; of NaN where it cannot be read.

    They lie in a file of ``cache_dir``, named by the embedding space and the photos: what is
    there already is not computed again. Raises ``ConfigurationError`` when it cannot be written.
    """
    rows = _opened(cache_dir, embedder.fingerprint, paths)
    missing = np.flatnonzero(~np.isfinite(rows).all(axis=1)).tolist()
    done = len(paths) - len(missing)
    progress(done, len(paths))
    async for row, seen in embedder.see_many((row, _loader(paths[row])) for row in missing):
        if isinstance(seen, Sight):
            rows[row] = seen.embedding
        else:
            logger.warning("%s is left out: %s", paths[row], seen)
        done += 1
        progress(done, len(paths))
    rows.flush()
    return rows


def _opened(folder: Path, fingerprint: str, paths: Sequence[Path]) -> np.memmap:
    names = "\n".join([fingerprint, *map(str, paths)])
    file = folder / f"features-{hashlib.sha256(names.encode()).hexdigest()[:12]}.f16"
    shape = (len(paths), WIDTH)
    try:
        if file.exists() and file.stat().st_size == 2 * len(paths) * WIDTH:
            return np.memmap(file, np.float16, "r+", shape=shape)
        folder.mkdir(parents=True, exist_ok=True)
        rows = np.memmap(file, np.float16, "w+", shape=shape)
        rows[:] = np.nan
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be written: {error.strerror}.") from None
    return rows


def _loader(path: Path) -> Callable[[], Awaitable[bytes]]:
    def read() -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise FetchFailed(f"cannot be read: {error.strerror}") from None

    return lambda: asyncio.to_thread(read)
