"""What a command gives: lines at the terminal, and files."""

import os
import sys
from pathlib import Path

from core.errors import ConfigurationError, StorageFailed


def say(text: str) -> None:
    """Print one line for whoever sits at the terminal, at once.

    Raises ``BrokenPipeError`` when nobody reads any more, and ``StorageFailed`` when it cannot be
    written, as on a full disk. Nothing that is said later is written then.
    """
    try:
        print(text, flush=True)
    except OSError as error:
        # What is left in the buffer would be tried again, with a traceback, at the very end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise
        raise StorageFailed(f"The answer cannot be written: {error.strerror}.") from None


def new_file(name: str) -> Path:
    """The file to write at the end; ``ConfigurationError`` where that would fail for sure."""
    path = Path(name)
    if not path.parent.is_dir():
        raise ConfigurationError(f"{path} cannot be written: there is no folder {path.parent}.")
    if path.is_dir():
        raise ConfigurationError(f"{path} cannot be written: it is a folder.")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise ConfigurationError(f"{path} cannot be written: that is not allowed.")
    return path
