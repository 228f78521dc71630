"""What is learned on top of ResNet-50: from its 2,048 pooled features to what is searched."""

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import Unavailable

SHIPPED = Path(__file__).parents[2] / "data" / "eye" / "head.npz"
"""Made by ``python -m bot train``; data/eye/README.md is its model card."""


class Head:
    """A linear projection whose cosines are near where clothes are alike to people."""

    def __init__(self, projection: NDArray[np.float32]) -> None:
        """``projection`` is float32[2048, d]."""
        self.projection = projection
        self.digest = hashlib.sha256(np.ascontiguousarray(projection, "<f4").data).hexdigest()

    @classmethod
    def read(cls, file: Path = SHIPPED) -> "Head":
        """The head in a file that ``write`` made; ``Unavailable`` when it is none."""
        try:
            with np.load(file, allow_pickle=False) as arrays:
                projection = arrays["projection"].astype(np.float32)
        except (OSError, ValueError, KeyError, EOFError) as error:
            raise Unavailable(f"The network's head {file.name} cannot be read: {error}") from error
        if projection.ndim != 2 or not np.isfinite(projection).all():
            raise Unavailable(f"The network's head {file.name} holds no projection.")
        return cls(projection)

    def write(self, file: Path) -> None:
        """Write as float16, which changes no neighbour that anyone would see; ``OSError``."""
        with file.open("wb") as out:
            np.savez_compressed(out, projection=self.projection.astype(np.float16))

    def apply(self, pooled: NDArray[np.float32]) -> NDArray[np.float32]:
        """Float32[n, d] of length 1 from float32[n, 2048]."""
        return unit(pooled @ self.projection)


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Float32[n, d] rows made of length 1; a row of zeros stays one."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    made: NDArray[np.float32] = rows / np.maximum(lengths, 1e-12)
    return made
