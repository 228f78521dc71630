"""The state of a run: variables by name in one file, written as a whole or not at all."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from core.errors import ConfigurationError
from core.vision.kept import write_atomically


class Variable(Protocol):
    """What Keras calls a variable."""

    def assign(self, value: NDArray[np.generic]) -> object:
        """Put these values in place of its own."""
        ...

    @property
    def value(self) -> object:
        """The backend's own array."""
        ...


def write_state(file: Path, variables: Mapping[str, Variable], *, step: int) -> None:
    """All of them, and how many steps have been done.

    Raises ``ConfigurationError`` when the file cannot be written.
    """
    out = BytesIO()
    values: dict[str, Any] = {
        name: np.asarray(variable.value) for name, variable in variables.items()
    }
    np.savez(out, step=np.array(step), **values)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(file, out.getvalue())
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be written: {error.strerror}.") from None


def read_state(file: Path, variables: Mapping[str, Variable]) -> int:
    """Assign what ``write_state`` wrote, and tell the steps; 0 where there is no such file."""
    try:
        with np.load(file, allow_pickle=False) as kept:
            for name, variable in variables.items():
                variable.assign(kept[name])
            return int(kept["step"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return 0
