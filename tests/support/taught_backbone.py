"""A small backbone with an eye: what kind a thing is, it reads from the colour in the middle."""

import numpy as np
from numpy.typing import NDArray

from core.vision.eye import FEATURES, Eye, Reading, Space
from core.vision.features import Features
from tests.support.colour_backbone import ColourBackbone

BLUE, RED, GREEN = (20, 20, 200), (200, 20, 20), (20, 200, 20)
"""A dress, a T-shirt and a tie to it, in each of which it is rather sure."""

PURPLE = (110, 20, 110)
"""To it as much a dress as a T-shirt."""

_NAMES = ("Tshirts", "Ties", "Dresses")  # for want of which ink: cyan, magenta, yellow
_SURE = 6.0


def _eye() -> Eye:
    kernel = np.zeros((FEATURES, len(_NAMES)), np.float32)
    kernel[: len(_NAMES)] = -_SURE * np.eye(len(_NAMES))
    kind = Reading(kernel, np.zeros(len(_NAMES), np.float32), _NAMES, weight=0.8)
    return Eye(
        trunk={},
        look={},
        readings={"kind": kind},
        spaces={"cut": Space(np.eye(FEATURES, 4, dtype=np.float32), weight=0.6)},
    )


EYE = _eye()


def embedded(colours: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Float32[n, d] embeddings of things of those colours, uint8[n, 3]."""
    return EYE.see(_features(colours))[0]


class TaughtBackbone(ColourBackbone):
    """``ColourBackbone`` with that eye, and embeddings by it."""

    fingerprint = "taught-1"
    eye = EYE

    def forward(self, pixels: NDArray[np.uint8]) -> Features:
        """As ``ColourBackbone``."""
        embeddings, read = EYE.see(_features(pixels[:, pixels.shape[1] // 2, pixels.shape[2] // 2]))
        return Features(
            embeddings=embeddings,
            logits=super().forward(pixels).logits,
            readings=[EYE.named(read, row) for row in range(len(pixels))],
        )


def _features(colours: NDArray[np.uint8]) -> NDArray[np.float32]:
    features = np.zeros((len(colours), FEATURES), np.float32)
    features[:, :3] = 1 - colours.astype(np.float32) / 255
    features[:, 3] = 0.1  # white has a direction too
    return features
