"""Networks of two versions, and a disk that keeps what the older is made of."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from core.vision.eye import Eye
from core.vision.features import Backbone, Features, Network
from tests.support.colour_backbone import ColourBackbone


class NewBackbone(ColourBackbone):
    """Another embedding space, of other vectors: a query of one finds no answer in the other."""

    fingerprint = "colour-2"

    def forward(self, pixels: NDArray[np.uint8]) -> Features:
        features = super().forward(pixels)
        return Features(
            embeddings=np.pad(features.embeddings[:, ::-1], ((0, 0), (0, 1))),
            logits=features.logits,
        )


class Versions:
    """``Networks`` of a version; those of others can be had while their names are in ``disk``."""

    def __init__(
        self,
        shipped: str,
        loads: Mapping[str, Callable[[], Backbone]],
        disk: set[str],
        *,
        eye: Eye | None = None,
    ) -> None:
        self._shipped = shipped
        self._loads = loads
        self._disk = disk
        self._eye = eye

    def shipped(self) -> Network:
        return Network(self._shipped, self._eye, self._loads[self._shipped])

    def plain(self) -> Network:
        return Network("colour-1", None, ColourBackbone)

    def kept(self, fingerprint: str) -> Callable[[], Backbone] | None:
        return self._loads[fingerprint] if fingerprint in self._disk else None

    def keep(self, fingerprint: str, eye: Eye | None) -> None:
        assert eye is self._eye
        self._disk.clear()
        self._disk.add(fingerprint)
