"""What plain ResNet-50 makes of labelled photos as they are, kept on disk as it comes.

Training holds on to some of it, so that what ImageNet taught is not lost. A killed run goes on
where it was.
"""

import hashlib
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import PhotoError
from core.training.labels import Labelled
from core.training.rows import rows_in
from core.training.views import plain_view_of
from core.vision.features import Runtime

logger = logging.getLogger(__name__)

_SHAPES = {
    "pooled": ((2048,), np.float16),
    "logits": ((1000,), np.float16),
    "done": ((), np.uint8),  # 1 with the rest written, 2 when the photo cannot be read
}


@dataclass(frozen=True, slots=True, eq=False)
class Plain:
    """A row a photo: ``pooled`` float16[n, 2048], ``logits`` float16[n, 1000], mapped from files.

    ``readable`` bool[n] is false for photos that cannot be read; their rows mean nothing.
    """

    pooled: NDArray[np.float16]
    logits: NDArray[np.float16]
    readable: NDArray[np.bool_]


def plain_of(
    photos: Sequence[Labelled],
    network: Runtime,
    *,
    name: str,
    cache_dir: Path,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Plain:
    """Every photo's; ``network`` has ``PLAIN``'s outputs and is called ``name``.

    Photos that cannot be read get a warning. Raises ``ConfigurationError`` when ``cache_dir``
    cannot be written.
    """
    named = "\n".join([name, *(str(photo.path) for photo in photos)])
    folder = cache_dir / f"plain-{hashlib.sha256(named.encode()).hexdigest()[:12]}"
    files = rows_in(folder, _SHAPES, len(photos))
    missing = np.flatnonzero(files["done"] == 0).tolist()
    size = network.batch_sizes[-1]

    def work(rows: Sequence[int]) -> int:
        pixels = {}
        for row in rows:
            try:
                pixels[row] = plain_view_of(photos[row].path.read_bytes())
            except (PhotoError, OSError) as error:
                files["done"][row] = 2
                logger.warning("%s is left out: %s", photos[row].path, error)
        if pixels:
            padded = [*pixels.values(), *([next(iter(pixels.values()))] * (size - len(pixels)))]
            outputs = network.run(np.stack(padded))
            for at, row in enumerate(pixels):
                for key, values in outputs.items():
                    files[key][row] = values[at]
                files["done"][row] = 1
        return len(rows)

    done = len(photos) - len(missing)
    progress(done, len(photos))
    batches = [missing[start : start + size] for start in range(0, len(missing), size)]
    with ThreadPoolExecutor(network.streams) as threads:
        for count in threads.map(work, batches):
            done += count
            progress(done, len(photos))
    return Plain(files["pooled"], files["logits"], files["done"] == 1)
