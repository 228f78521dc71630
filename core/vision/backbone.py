"""ResNet-50: from pixels to what is searched and what is recognised, whatever computes it."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.photos import PREPROCESSING
from core.vision.features import Features, Runtime

_GRAPH_VERSION = 1


class ResNet50:
    """The network in one of its runtimes; ``forward`` is called from one thread at a time."""

    def __init__(self, runtime: Runtime, *, fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self._runtime = runtime

    @property
    def batch_sizes(self) -> Sequence[int]:
        """The numbers of photos that it is prepared for."""
        return self._runtime.batch_sizes

    def forward(self, pixels: NDArray[np.uint8]) -> Features:
        """One pass over uint8[n, 224, 224, 3], RGB; n is one of ``batch_sizes``."""
        pooled, logits = self._runtime.run(pixels)
        # Here, because bfloat16 would leave lengths that are one only to half a percent.
        lengths = np.linalg.norm(pooled, axis=1, keepdims=True)
        return Features(embeddings=pooled / np.maximum(lengths, 1e-12), logits=logits)


def fingerprint(weights_digest: str) -> str:
    """The embedding space's name: 12 hex digits over the weights and the preprocessing."""
    parts = f"{weights_digest}\n{PREPROCESSING}\n{_GRAPH_VERSION}"
    return hashlib.sha256(parts.encode()).hexdigest()[:12]
