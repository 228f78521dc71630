"""Bytes that a stranger sent → upright pixels for the network, or an error that says why not."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.apart import APART, decode_apart
from core.bars import Box, within_bars
from core.decoding import MAX_BYTES, MAX_PIXELS, Decoded, decode, format_of
from core.insets import inset_in

__all__ = [
    "MAX_BYTES",
    "MAX_PIXELS",
    "PREPROCESSING",
    "SIDE_PX",
    "Frame",
    "Photo",
    "open_photo",
    "to_jpeg",
]

SIDE_PX = 224
PREPROCESSING = "upright, bars cut, letterboxed on white, 224 px, bilinear; 2"
"""Part of an embedding space's name: change it whenever a product's picture becomes other pixels.

Of screenshots, that people send, nothing is kept.
"""

Frame = tuple[float, float, float, float]

_WORKING_SIDE_PX = 320


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """A checked photo: ``pixels`` are uint8[224, 224, 3] RGB, letterboxed on white.

    ``width`` and ``height`` are the upright original's, in pixels. ``frame`` is where the sides of
    the original come to lie in ``pixels``, left, top, right and bottom: within them, or beyond
    where something was cut.
    """

    pixels: NDArray[np.uint8]
    width: int
    height: int
    frame: Frame = (0.0, 0.0, SIDE_PX, SIDE_PX)


def open_photo(data: bytes) -> Photo:
    """Read a JPEG, PNG, WebP, GIF, HEIC or AVIF (of a moving one, its first picture).

    Size, format and pixel count are checked before anything is decoded. The photo is turned
    upright by its EXIF, laid on white where it is transparent, freed of what is around it on a
    screen, and scaled to fit. Raises a ``PhotoError`` and nothing else.
    """
    image, width, height = _read(data, side_px=_WORKING_SIDE_PX)
    square, frame = _letterboxed(image, _shown(image))
    pixels = np.asarray(square)
    pixels.setflags(write=False)
    return Photo(pixels, width, height, frame)


def _shown(image: Image.Image) -> Box:
    """Where the picture is that an image shows, without what is around it on a screen."""
    page = within_bars(image)
    inset = inset_in(image, page)
    if inset is None:
        return page
    left, top, right, bottom = within_bars(image.crop(inset))
    return (inset[0] + left, inset[1] + top, inset[0] + right, inset[1] + bottom)


def to_jpeg(data: bytes, *, max_side_px: int = 1280) -> bytes:
    """The same picture as a plain upright RGB JPEG, no side longer than ``max_side_px``.

    Nothing that the file said about its maker or place is kept. Raises ``PhotoError``.
    """
    image, _, _ = _read(data, side_px=max_side_px)
    image.thumbnail((max_side_px, max_side_px), Image.Resampling.BICUBIC)
    out = BytesIO()
    image.save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()


def _read(data: bytes, *, side_px: int) -> Decoded:
    """An upright RGB image of about ``side_px`` or more, and the original's width and height."""
    name = format_of(data)
    read = decode_apart if name in APART else decode
    return read(data, name, side_px=side_px)


def _letterboxed(image: Image.Image, box: Box) -> tuple[Image.Image, Frame]:
    """What is in the box, as the network takes it, and the frame of the whole image."""
    inside = (box[2] - box[0], box[3] - box[1])
    scale = SIDE_PX / max(inside)
    width, height = (max(1, round(side * scale)) for side in inside)
    small = image.resize((width, height), Image.Resampling.BILINEAR, box=box)
    left, top = (SIDE_PX - width) // 2, (SIDE_PX - height) // 2
    square = Image.new("RGB", (SIDE_PX, SIDE_PX), "white")
    square.paste(small, (left, top))
    across, down = width / inside[0], height / inside[1]
    return square, (
        left - box[0] * across,
        top - box[1] * down,
        left + (image.width - box[0]) * across,
        top + (image.height - box[1]) * down,
    )
