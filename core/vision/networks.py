"""The networks at hand: the one that is shipped, and the one whose index still answers."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from core.errors import Unavailable
from core.vision.eye import SHIPPED, Eye
from core.vision.features import Backbone, Network

logger = logging.getLogger(__name__)


class Networks(Protocol):
    """What can be loaded; read and written in threads."""

    def shipped(self) -> Network:
        """The network of this version."""
        ...

    def plain(self) -> Network:
        """The network that was taught no clothes."""
        ...

    def kept(self, fingerprint: str) -> Callable[[], Backbone] | None:
        """What loads the network of an earlier version; None when it cannot be had exactly."""
        ...

    def keep(self, fingerprint: str, eye: Eye | None) -> None:
        """Keep what the network of this space is made of, and nothing of any other."""
        ...


class KeptEyes:
    """ResNet-50 with the shipped eye, and with the eye of an index, kept in a directory.

    An eye is all that is kept. Weights or preprocessing that changed meanwhile give another
    fingerprint, and then the network is not to be had.
    """

    def __init__(
        self,
        directory: Path,
        describe: Callable[[Path | None], Network],
        *,
        shipped: Path = SHIPPED,
    ) -> None:
        """``describe`` makes a network, not loaded yet, of an eye's file or without one.

        It raises ``Unavailable``.
        """
        self._directory = directory
        self._describe = describe
        self._shipped = shipped

    def shipped(self) -> Network:
        """The network of this version; ``Unavailable`` when its eye cannot be read."""
        return self._describe(self._shipped)

    def plain(self) -> Network:
        """ImageNet's ResNet-50."""
        return self._describe(None)

    def kept(self, fingerprint: str) -> Callable[[], Backbone] | None:
        """What loads the network of this space; it reads the eye once more, and holds nothing."""
        file = self._file(fingerprint)
        if not file.is_file():
            return None
        try:
            network = self._describe(file)
        except Unavailable as error:
            logger.warning("%s", error)
            return None
        if network.fingerprint != fingerprint:
            logger.info("The network %s cannot be made any more", fingerprint)
            return None
        return lambda: self._describe(file).load()

    def keep(self, fingerprint: str, eye: Eye | None) -> None:
        """Keep this eye alone; a disk that does not take it is a warning."""
        # Of the eye in memory, not of the shipped file: that may be a later version's by now.
        file = self._file(fingerprint)
        try:
            if eye and not file.exists():
                eye.write(file)
            for other in self._directory.glob("*.npz"):
                if other != file:
                    other.unlink(missing_ok=True)
        except OSError as error:
            logger.warning("After the next change of the network its index will not do: %s", error)

    def _file(self, fingerprint: str) -> Path:
        return self._directory / f"{fingerprint}.npz"
