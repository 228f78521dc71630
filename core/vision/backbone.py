"""ResNet-50: from pixels to what is searched and what is recognised, whatever computes it."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.photos import PREPROCESSING
from core.vision.features import Features, Runtime
from core.vision.head import Head, unit

_GRAPH_VERSION = 1


class ResNet50:
    """The network in one of its runtimes."""

    def __init__(self, runtime: Runtime, head: Head | None, *, fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self._runtime = runtime
        self._head = head

    @property
    def batch_sizes(self) -> Sequence[int]:
        """The numbers of photos that it is prepared for."""
        return self._runtime.batch_sizes

    @property
    def streams(self) -> int:
        """How many batches it computes side by side."""
        return self._runtime.streams

    def forward(self, pixels: NDArray[np.uint8]) -> Features:
        """One pass over uint8[n, 224, 224, 3], RGB; n is one of ``batch_sizes``."""
        pooled, logits = self._runtime.run(pixels)
        # Here, because bfloat16 would leave lengths that are one only to half a percent.
        embeddings = self._head.apply(pooled) if self._head else unit(pooled)
        return Features(embeddings=embeddings, logits=logits)


def graph_name(weights_digest: str) -> str:
    """What the network computes up to its head: 12 hex digits over weights and preprocessing."""
    return _digest(weights_digest, PREPROCESSING, str(_GRAPH_VERSION))


def fingerprint(weights_digest: str, head: Head | None) -> str:
    """The embedding space's name: 12 hex digits over the weights, the preprocessing, the head."""
    graph = graph_name(weights_digest)
    return _digest(graph, head.digest) if head else graph


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
