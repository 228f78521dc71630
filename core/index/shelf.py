"""The directory where generations stand: names, the pointer, the lock."""

import fcntl
import logging
import os
import re
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from core.errors import IndexBeingBuilt
from core.index.build import sync

_log = logging.getLogger(__name__)
_NAME = re.compile(r"generation-(\d{6,})")
_POINTER, _LOCK, _DRAFT = "current", "lock", "generation.tmp"

Signature = tuple[int, int, int]


class BuildLock:
    """One builder at a time, of all threads and processes; dies with its process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> None:
        """Take it; ``IndexBeingBuilt`` when another builder has it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise IndexBeingBuilt("Another build of the index is under way.") from None

    def release(self) -> None:
        """Give it back, if it was taken."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class Shelf:
    """Finished generations, one of which the pointer names."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def signature(self) -> Signature | None:
        """Changes whenever the pointer is replaced; None without one. One ``stat``."""
        try:
            status = os.stat(self._directory / _POINTER)  # noqa: PTH116  # twice as quick
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size

    def current(self) -> Path | None:
        """The generation that the pointer names, None when it names none."""
        try:
            name = (self._directory / _POINTER).read_text().strip()
        except (OSError, ValueError):
            return None
        return self._directory / name if _NAME.fullmatch(name) else None

    def before(self, name: str) -> Path | None:
        """The newest generation that is older than this one, None when there is none."""
        older = [path for path in self._all() if _number(path.name) < _number(name)]
        return max(older, key=lambda path: _number(path.name), default=None)

    def lock(self) -> "BuildLock":
        """The lock that a builder holds; not taken yet."""
        return BuildLock(self._directory / _LOCK)

    def draft(self) -> tuple[Path, str]:
        """An empty directory to build in, and the name that the generation will have.

        Under the lock: what a killed build left behind is removed.
        """
        for stale in self._directory.glob(f"{_DRAFT}*"):
            _log.info("removing %s, left behind by a build that did not end", stale.name)
            shutil.rmtree(stale)
        draft = Path(tempfile.mkdtemp(prefix=f"{_DRAFT}-", dir=self._directory))
        newest = max((_number(path.name) for path in self._all()), default=0)
        return draft, f"generation-{newest + 1:06d}"

    def publish(self, draft: Path, name: str) -> None:
        """Give a finished draft its name and point to it."""
        draft.rename(self._directory / name)
        sync(self._directory)
        self.point_to(name)

    def point_to(self, name: str) -> None:
        """Replace the pointer, atomically and durably."""
        new = self._directory / f"{_POINTER}.tmp"
        new.write_text(f"{name}\n")
        sync(new)
        new.replace(self._directory / _POINTER)
        sync(self._directory)

    def discard(self, draft: Path) -> None:
        """Remove a draft, if it is still one."""
        shutil.rmtree(draft, ignore_errors=True)

    def keep_only(self, names: set[str]) -> None:
        """Remove every other generation; who has one open keeps it open."""
        for path in self._all():
            if path.name not in names:
                shutil.rmtree(path, ignore_errors=True)

    def _all(self) -> list[Path]:
        with suppress(FileNotFoundError):
            return [path for path in self._directory.iterdir() if _NAME.fullmatch(path.name)]
        return []


def _number(name: str) -> int:
    match = _NAME.fullmatch(name)
    return int(match[1]) if match else 0
