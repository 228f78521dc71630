"""ResNet-50: from pixels to what is searched and what is recognised, whatever computes it."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.photos import PREPROCESSING
from core.vision.eye import Eye, unit
from core.vision.features import FINDING, Features, Maps, Runtime

_GRAPH_VERSION = 3


class ResNet50:
    """The network in one of its runtimes."""

    def __init__(self, runtime: Runtime, eye: Eye | None, *, fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self._runtime = runtime
        self.eye = eye

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
        outputs = self._runtime.run(pixels)
        # Lengths are made one here: bfloat16 would leave them so only to half a percent.
        if self.eye is None:
            return Features(embeddings=unit(outputs["pooled"]), logits=outputs["logits"])
        embeddings, read = self.eye.read(outputs["seen"])
        return Features(
            embeddings=embeddings,
            logits=outputs["logits"],
            readings=[self.eye.named(read, row) for row in range(len(embeddings))],
            maps=Maps(*(outputs[name] for name in FINDING)) if self.eye.finders else None,
        )


def graph_name(weights_digest: str, eye: Eye | None = None) -> str:
    """What the network computes before its spaces: 12 hex digits over all that it depends on."""
    learned = [eye.graph_digest] if eye else []
    return _digest(weights_digest, PREPROCESSING, str(_GRAPH_VERSION), *learned)


def fingerprint(weights_digest: str, eye: Eye | None) -> str:
    """The embedding space's name: 12 hex digits over all that embeddings depend on."""
    plain = graph_name(weights_digest)
    return _digest(plain, eye.embedding_digest) if eye else plain


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
