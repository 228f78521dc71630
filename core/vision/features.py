"""What a backbone owes everybody else; importing this imports no runtime."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

EMBEDDING_SIZE = 2048
CLASSES = 1000


@dataclass(frozen=True, slots=True)
class Features:
    """What one forward pass gives for n photos, row by row.

    ``embeddings`` are float32[n, 2048] of length 1; ``logits`` are float32[n, 1000] over the
    ImageNet classes, before the softmax.
    """

    embeddings: NDArray[np.float32]
    logits: NDArray[np.float32]


class Backbone(Protocol):
    """A network. It is called from one thread at a time."""

    @property
    def fingerprint(self) -> str:
        """The embedding space's name; vectors of two fingerprints are never compared."""
        ...

    def forward(self, pixels: NDArray[np.uint8]) -> Features:
        """One pass over uint8[n, 224, 224, 3], RGB."""
        ...
