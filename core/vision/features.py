"""What a network owes everybody else; importing this imports no runtime."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.vision.eye import Eye

CLASSES = 1000
TILE_PX = 8

PLAIN = ("pooled", "logits")
"""Outputs of plain ResNet-50: float32[n, 2048], and float32[n, 1000] over ImageNet's classes."""
EYE = ("seen", "logits")
"""Outputs of the network as it was taught clothes: what ``Eye.read`` takes, and logits."""
FINDING = ("cells", "words", "attention", "found")
"""Further ones where it was taught to find garments: ``Maps``."""
MAPS = ("conv4", "cells")
"""What finding garments is learned from: float32[n, 14, 14, 1024] and float32[n, 7, 7, 2048]."""
MAPS_VERSION = 2
"""Another for other layers: what was kept of those is of no use."""


@dataclass(frozen=True, slots=True, eq=False)
class Maps:
    """What the network sees where, for n photos.

    ``cells`` are float32[n, 7, 7, d], the last stage's part of what ``Eye.read`` takes; ``words``
    float32[n, 14, 14, 64], the palette there; ``attention`` float32[n, 7, 7] from 0 to 1, how much
    each cell counts; ``found`` float32[n, 14, 14, families, 6]: of a garment of each family around
    a place the score and how well its box fits, before the sigmoid, and how far left, up, right
    and down it reaches, in pixels.
    """

    cells: NDArray[np.float32]
    words: NDArray[np.float32]
    attention: NDArray[np.float32]
    found: NDArray[np.float32]

    def of(self, row: int) -> "Maps":
        """Those of one photo, n = 1."""
        here = slice(row, row + 1)
        return Maps(self.cells[here], self.words[here], self.attention[here], self.found[here])


Readings = Mapping[str, Mapping[str, float]]
"""What was recognised: of "kind", "colour" and so on the probability of each name."""


@dataclass(frozen=True, slots=True)
class Features:
    """What one forward pass gives for n photos, row by row.

    ``embeddings`` are float32[n, d] of length 1; ``logits`` are float32[n, 1000] over the
    ImageNet classes, before the softmax. ``readings`` has one entry a photo, or none at all where
    the network was not taught clothes; ``maps`` is None where it was not taught to find garments.
    """

    embeddings: NDArray[np.float32]
    logits: NDArray[np.float32]
    readings: Sequence[Readings] = ()
    maps: Maps | None = None


class Backbone(Protocol):
    """A network. It is called from at most ``streams`` threads at a time."""

    @property
    def fingerprint(self) -> str:
        """The embedding space's name; vectors of two fingerprints are never compared."""
        ...

    @property
    def eye(self) -> Eye | None:
        """What it was taught of clothes."""
        ...

    @property
    def batch_sizes(self) -> Sequence[int]:
        """The numbers of photos that it is prepared for, rising from 1."""
        ...

    @property
    def streams(self) -> int:
        """How many batches it computes side by side."""
        ...

    def forward(self, pixels: NDArray[np.uint8]) -> Features:
        """One pass over uint8[n, 224, 224, 3], RGB; n is one of ``batch_sizes``."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A backbone that can be loaded: its embedding space's name, its eye, and what loads it.

    ``prepare`` makes what ``load`` starts from, where that is not kept yet.
    """

    fingerprint: str
    eye: Eye | None
    load: Callable[[], Backbone]
    prepare: Callable[[], None] = lambda: None


class Runtime(Protocol):
    """What computes ResNet-50: TensorFlow, or something quicker that is held to its numbers."""

    @property
    def batch_sizes(self) -> Sequence[int]:
        """As ``Backbone.batch_sizes``."""
        ...

    @property
    def streams(self) -> int:
        """As ``Backbone.streams``."""
        ...

    def run(self, pixels: NDArray[np.uint8]) -> Mapping[str, NDArray[np.float32]]:
        """From uint8[n, 224, 224, 3] to the graph's outputs by name, a row a photo."""
        ...
