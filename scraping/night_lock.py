"""One night at a time, of all processes on this machine."""

import asyncio
import fcntl
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from core.errors import StorageFailed

logger = logging.getLogger(__name__)

_LOOK_EVERY_S = 1.0


@asynccontextmanager
async def the_only_night(path: Path) -> AsyncIterator[None]:
    """Wait for the night that another process has under way, then keep others out.

    The lock lies in the file ``path`` and dies with its process. Two processes that scrape at
    once would go on with each other's runs, and together exceed every shop's pace. Raises
    ``StorageFailed`` where the file cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StorageFailed(f"{path} cannot be made: {error.strerror}.") from error
    try:
        told = False
        while not _taken(descriptor):
            if not told:
                logger.info("night: waiting for the one that another process has under way")
                told = True
            await asyncio.sleep(_LOOK_EVERY_S)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
