"""Cut what a screenshot or a player put around a picture: bars, letterboxing, plain margins."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_TOLERANCE = 24  # of 255: compression noise beside a hard edge stays below it
_SPARSE = 0.5  # a bar may hold a clock, icons, a caption: at most this share of a line
_FULL = 0.9  # a picture's edge is a line that leaves the bar's colour at once and as a whole
_SHARP_LINES = 3
_LEAST_LEFT = 0.2  # of a side: a smaller rest is no picture that was framed


def without_bars(image: Image.Image) -> Image.Image:
    """The RGB image without the bars at its four sides.

    A bar ends where a straight, sharp edge runs over (nearly) the whole picture, so a garment
    on a plain ground is never cut into, whatever its shape.
    """
    pixels = np.asarray(image).astype(np.int16)
    top, bottom = _kept(pixels)
    left, right = _kept(pixels[top:bottom].swapaxes(0, 1))
    if (top, bottom) != (0, 0) and left:
        # Side bars hide how full the lines are: look again without them.
        again = _kept(pixels[top:bottom, left:right])
        top, bottom = top + again[0], top + again[1]
    if (left, top, right, bottom) == (0, 0, *image.size):
        return image
    return image.crop((left, top, right, bottom))


def _kept(lines: NDArray[np.int16]) -> tuple[int, int]:
    """First and one past the last line that belong to the picture."""
    length = len(lines)
    first = _bar(lines)
    last = length - _bar(lines[::-1])
    if last - first < max(1, _LEAST_LEFT * length):
        return 0, length
    return first, last


def _bar(lines: NDArray[np.int16]) -> int:
    """How many lines from the first on are a bar; 0 when none is."""
    ground = np.median(lines[0], axis=0)
    if _departure(lines[:1], ground)[0] > _SPARSE:
        return 0
    departure = _departure(lines, ground)
    beyond = np.flatnonzero(departure > _SPARSE)
    if not len(beyond):
        return 0
    start = int(beyond[0])
    edge = departure[start : start + _SHARP_LINES]
    full = np.flatnonzero(edge >= _FULL)
    return start + int(full[0]) if len(full) else 0


def _departure(lines: NDArray[np.int16], ground: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share of each line's pixels that are not of the ground's colour."""
    far = np.abs(lines - ground).max(axis=2) > _TOLERANCE
    share: NDArray[np.float64] = far.mean(axis=1)
    return share
