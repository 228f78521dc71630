"""Arrays on disk that are filled row by row, so that a killed run goes on where it was."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from core.errors import ConfigurationError


def rows_in(
    folder: Path, shapes: Mapping[str, tuple[tuple[int, ...], DTypeLike]], count: int
) -> dict[str, "np.memmap[Any, Any]"]:
    """An array of ``count`` rows for each name, mapped from a file of the folder.

    Zeros at first, and later as they were left. Raises ``ConfigurationError`` when the folder
    cannot be written.
    """
    files = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, (shape, kind) in shapes.items():
            file = folder / name
            whole = (count, *shape)
            size_bytes = int(np.prod(whole)) * np.dtype(kind).itemsize
            there = file.exists() and file.stat().st_size == size_bytes
            files[name] = np.memmap(file, kind, "r+" if there else "w+", shape=whole)
    except OSError as error:
        raise ConfigurationError(f"{folder} cannot be written: {error.strerror}.") from None
    return files
