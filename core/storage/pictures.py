"""Product pictures as files, named by what is in them."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from core.errors import StorageFailed

_HASH = re.compile("[0-9a-f]{64}")


class PictureStore:
    """Original bytes under their SHA-256; may be lost or cleared at any time.

    Blocking: call it through ``asyncio.to_thread``. Threads and processes may share a directory.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def put(self, data: bytes) -> str:
        """Keep a picture and return its content hash; raises ``StorageFailed``."""
        content_hash = hashlib.sha256(data).hexdigest()
        path = self._path(content_hash)
        try:
            if not _holds(path, len(data)):
                path.parent.mkdir(parents=True, exist_ok=True)
                _write(path, data)
        except OSError as error:
            raise StorageFailed(f"The picture cannot be kept: {error}") from error
        return content_hash

    def get(self, content_hash: str) -> bytes | None:
        """The bytes, or None where they are missing, unreadable or not what they were."""
        if not _HASH.fullmatch(content_hash):
            return None
        path = self._path(content_hash)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if hashlib.sha256(data).hexdigest() != content_hash:
            path.unlink(missing_ok=True)  # so that ``put`` does not take it for the picture
            return None
        return data

    def _path(self, content_hash: str) -> Path:
        return self._directory / content_hash[:2] / content_hash[2:4] / content_hash


def _holds(path: Path, size_bytes: int) -> bool:
    try:
        return path.stat().st_size == size_bytes
    except FileNotFoundError:
        return False


def _write(path: Path, data: bytes) -> None:
    # No fsync: a file that a power cut left half written is told by its hash, and fetched again.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
