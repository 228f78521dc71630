"""What the two last stages make of scenes, kept on disk as it comes."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.training.rows import rows_in
from core.training.scenes import Boxes, Scene, Scenes
from core.vision.features import Runtime

logger = logging.getLogger(__name__)

_MOST = 64  # boxes of one scene
_SHAPES = {
    "conv4": ((14, 14, 1024), np.float16),
    "cells": ((7, 7, 2048), np.float16),
    "boxes": ((_MOST, 5), np.float32),  # left, top, right, bottom, family; family -1 for none
    "done": ((), np.uint8),  # 1 with the rest written, 2 when the scene cannot be made
}


@dataclass(frozen=True, slots=True, eq=False)
class SceneMaps:
    """Scenes, row by row: ``conv4`` float16[n, 14, 14, 1024] and ``cells`` float16[n, 7, 7, 2048].

    ``boxes`` are float32[n, m, 5]: left, top, right and bottom in pixels, and the family's number,
    or -1 where there is no more. Mapped from files.
    """

    conv4: NDArray[np.float16]
    cells: NDArray[np.float16]
    boxes: Boxes


def maps_of(
    scenes: Scenes,
    network: Runtime,
    *,
    folder: Path,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> SceneMaps:
    """``network`` has ``MAPS``' outputs; ``folder`` keeps what it makes of these scenes.

    Scenes that cannot be made are left out, with a warning. Raises ``ConfigurationError`` when
    the folder cannot be written.
    """
    files = rows_in(folder, _SHAPES, len(scenes))
    missing = np.flatnonzero(files["done"] == 0).tolist()
    size = network.batch_sizes[-1]

    def work(rows: Sequence[int]) -> int:
        drawn: dict[int, Scene] = {}
        for row in rows:
            try:
                drawn[row] = scenes[row]
            except OSError as error:
                files["done"][row] = 2
                logger.warning("A scene is left out: %s", error)
        if drawn:
            pixels = [scene.pixels for scene in drawn.values()]
            outputs = network.run(np.stack(pixels + pixels[:1] * (size - len(pixels))))
            for at, (row, scene) in enumerate(drawn.items()):
                files["conv4"][row], files["cells"][row] = (
                    outputs["conv4"][at],
                    outputs["cells"][at],
                )
                files["boxes"][row] = _as_row(scene)
                files["done"][row] = 1
        return len(rows)

    done = len(scenes) - len(missing)
    batches = [missing[start : start + size] for start in range(0, len(missing), size)]
    with ThreadPoolExecutor(network.streams) as threads:
        for count in threads.map(work, batches):
            done += count
            progress(done, len(scenes))
    made = np.flatnonzero(files["done"] == 1)
    names = ("conv4", "cells", "boxes")
    return SceneMaps(
        *(files[name] if len(made) == len(scenes) else files[name][made] for name in names)
    )


def _as_row(scene: Scene) -> Boxes:
    row = np.full((_MOST, 5), -1, np.float32)
    count = min(len(scene.boxes), _MOST)
    row[:count, :4], row[:count, 4] = scene.boxes[:count], scene.families[:count]
    return row
