"""Files that cost time to make and are kept: whole and as they were written, or not there."""

import contextlib
import hashlib
import logging
import mmap
import os
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

logger = logging.getLogger(__name__)

_SEAL_BYTES = hashlib.sha256().digest_size


def keep(file: Path, data: bytes) -> None:
    """Write ``data`` behind its checksum; a disk that does not take it is a warning."""
    try:
        write_sealed(file, data)
    except OSError as error:
        logger.warning("%s cannot be kept and will be made again: %s", file, error)


class Kept:
    """The bytes of a kept file, mapped: ``data`` is uint8[n], and writing to it is harmless."""

    def __init__(self, pages: mmap.mmap) -> None:
        self._pages = pages
        self.data: NDArray[np.uint8] = np.frombuffer(pages, dtype=np.uint8, offset=_SEAL_BYTES)

    def forget_pages(self) -> None:
        """Free the memory; what is touched afterwards is read from the file once more."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._pages.madvise(mmap.MADV_DONTNEED)


def kept(file: Path) -> Kept | None:
    """What was kept; None when there is nothing or it is damaged."""
    try:
        with file.open("rb") as opened:
            pages = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_COPY)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        logger.warning("%s is damaged and made again: %s", file, error)
        return None
    with memoryview(pages) as view:
        whole = hashlib.sha256(view[_SEAL_BYTES:]).digest() == view[:_SEAL_BYTES]
    if not whole:
        logger.warning("%s is damaged and made again: its checksum is wrong", file)
        return None
    with contextlib.suppress(OSError):
        os.utime(file)  # for ``forget_unused``
    return Kept(pages)


def forget_unused(folder: Path, pattern: str, *, unused_for: timedelta) -> None:
    """Remove what was kept there and has not been asked for in so long."""
    before = time.time() - unused_for.total_seconds()
    with contextlib.suppress(OSError):
        for file in folder.glob(pattern):
            if file.stat().st_mtime < before:
                file.unlink()
                logger.info("%s was not used any more and is removed", file)


def write_sealed(file: Path, data: bytes) -> None:
    """Write ``data`` behind its checksum, for ``kept`` to read; ``OSError`` when that fails."""
    write_atomically(file, hashlib.sha256(data).digest() + data)


def write_atomically(file: Path, data: bytes | memoryview) -> None:
    """Put ``data`` in place as a whole or not at all; ``OSError`` when that fails."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
