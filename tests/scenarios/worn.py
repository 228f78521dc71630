"""The tests' network as stylists need it: it tells the drawn kinds, and colours go together."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from core.compatibility import Compatibility
from core.photos import open_photo
from core.vision.eye import FEATURES, Eye, Reading
from core.vision.features import Features
from tests.scenarios.photos import COLOURS, KINDS, garment
from tests.support.colour_backbone import ColourBackbone

_NAMES = {"dress": "Dresses", "shirt": "Shirts", "trousers": "Trousers", "bag": "Handbags"}
_WEIGHT = 0.001  # in the embedding, where it shall tell kinds and change no order
_CELLS = 16
_LIKE = 0.8

EYE = Eye(
    trunk={},
    look={},
    readings={
        "kind": Reading(
            np.zeros((FEATURES, len(KINDS)), np.float32),
            np.zeros(len(KINDS), np.float32),
            tuple(_NAMES[kind] for kind in KINDS),
            weight=1.0,
        )
    },
    spaces={},
)
"""Reads the kind from embeddings that ``WornBackbone`` made."""


class WornBackbone(ColourBackbone):
    """``ColourBackbone``, whose embeddings begin with what kind is drawn."""

    def forward(self, pixels: NDArray[np.uint8]) -> Features:
        """As ``ColourBackbone``."""
        seen = super().forward(pixels)
        embeddings = np.zeros_like(seen.embeddings)
        embeddings[:, len(KINDS) : -1] = seen.embeddings[:, : -len(KINDS) - 1]
        embeddings[:, -1] = seen.embeddings[:, -1]
        alike = _outlines(pixels) @ _kinds().T
        sure = (alike >= _LIKE) & (alike == alike.max(axis=1, keepdims=True))
        embeddings[:, : len(KINDS)] = _WEIGHT * np.where(sure.any(axis=1, keepdims=True), sure, 0.5)
        return Features(embeddings=embeddings, logits=seen.logits)


@cache
def model() -> Compatibility:
    """With a dress goes a bag; with a top a bottom and a bag; all of one colour."""
    drawn = [(colour, _pixels(colour, kind)) for colour in COLOURS for kind in KINDS]
    seen = WornBackbone().forward(np.stack([pixels for _, pixels in drawn])).embeddings
    is_of = np.array([[colour == name for name in COLOURS] for colour, _ in drawn], np.float32)
    tells_colour = np.linalg.lstsq(seen, is_of, rcond=None)[0].astype(np.float32)
    pieces = ("dress", "top", "bottom", "bag")
    return Compatibility(
        fingerprint=WornBackbone.fingerprint,
        hidden=tells_colour,
        bias=np.zeros(len(COLOURS), np.float32),
        code=np.eye(len(COLOURS), dtype=np.float32),
        appeal=np.zeros(seen.shape[1], np.float32),
        looks=dict.fromkeys(pieces, 100),
        together={
            "dress": {"bag": 0.9},
            "top": {"bottom": 0.9, "bag": 0.6},
            "bottom": {"top": 0.9, "bag": 0.6},
            "bag": {"bottom": 0.6, "top": 0.6, "dress": 0.2},
        },
    )


@cache
def _kinds() -> NDArray[np.float32]:
    return _outlines(np.stack([_pixels("grey", kind) for kind in KINDS]))


def _pixels(colour: str, kind: str) -> NDArray[np.uint8]:
    return open_photo(garment(colour, kind)).pixels


def _outlines(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Which cells of a picture are drawn on, float32[n, cells] of length 1."""
    count, height, width, _ = pixels.shape
    drawn = (pixels.min(axis=3) < 200).astype(np.float32)
    cells = drawn.reshape(count, _CELLS, height // _CELLS, _CELLS, width // _CELLS)
    flat = cells.mean(axis=(2, 4)).reshape(count, -1)
    return flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6)
