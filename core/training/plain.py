"""What plain ResNet-50 makes of photos as they are, kept on disk as it comes.

Training holds on to some of it, so that what ImageNet taught is not lost. A killed run goes on
where it was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.training.opened import Opened
from core.training.rows import rows_in

_SHAPES = {
    "pooled": ((2048,), np.float16),
    "logits": ((1000,), np.float16),
    "known": ((), np.uint8),  # 1 with the rest written
}
_AT_ONCE = 64  # photos


@dataclass(frozen=True, slots=True, eq=False)
class Plain:
    """Mapped from files, a row a photo: ``pooled`` float16[n, 2048], ``logits`` [n, 1000]."""

    pooled: NDArray[np.float16]
    logits: NDArray[np.float16]


class Network(Protocol):
    """ResNet-50 as ImageNet taught it."""

    def plain(self, pixels: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        """``pooled`` float32[n, 2048] and ``logits`` float32[n, 1000] of uint8[n, 224, 224, 3]."""
        ...


def plain_of(
    opened: Opened,
    network: Network,
    *,
    name: str,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Plain:
    """Every photo's that can be read; ``network`` is called ``name``.

    It is kept beside the opened photos. Raises ``ConfigurationError`` when that cannot be written.
    """
    count = len(opened.pixels)
    files = rows_in(opened.folder / f"plain-{name}", _SHAPES, count)
    missing = np.flatnonzero(opened.readable & (files["known"] == 0))
    at_once = min(_AT_ONCE, len(missing)) or 1
    for start in range(0, len(missing), at_once):
        rows = missing[start : start + at_once]
        whole = np.resize(rows, at_once)  # one shape is compiled, and no second one
        for key, values in network.plain(opened.pixels[whole]).items():
            files[key][rows] = values[: len(rows)]
        files["known"][rows] = 1
        progress(count - len(missing) + start + len(rows), count)
    return Plain(files["pooled"], files["logits"])
