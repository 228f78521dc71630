"""Cut what a screenshot or a player put around a picture: bars, letterboxing, plain margins."""

import functools

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_SAME = 8  # of 255: a bar is drawn, so its colour wanders by no more than compression noise
_OTHER = 24  # and what is framed differs from it for certain
_SPARSE = 0.5  # a bar may hold a clock, icons, a caption: at most this share of a line
_PLAIN = 0.05  # but nothing touches the edge at which the picture begins
_FULL = 0.9  # which is straight: there nearly the whole line leaves the bar's colour at once
_SHARP_LINES = 3
_LEAST_LEFT = 0.2  # of a side: a smaller rest is no picture that was framed
_FRAMED_FULL = 0.97  # a frame on all sides is taken for one more warily: a wallet on white is
_FRAMED_LEAST_LEFT = 0.5  # a rectangle too


def without_bars(image: Image.Image) -> Image.Image:
    """The RGB image without bars at its sides, or without the plain frame around it.

    Either ends where a straight, sharp edge runs along (nearly) the whole picture, so a garment
    on a plain ground is never cut into, whatever its shape; nor are its margins cut, as they
    help to match (measured, see docs/decisions).
    """
    planes = np.ascontiguousarray(np.asarray(image).transpose(2, 0, 1)).astype(np.int16)
    top, bottom = _kept(planes)
    left, right = _kept(planes[:, top:bottom].swapaxes(1, 2))
    box = (left, top, right, bottom)
    if box == (0, 0, *image.size):
        box = _in_frame(planes)
    return image if box == (0, 0, *image.size) else image.crop(box)


def _kept(planes: NDArray[np.int16]) -> tuple[int, int]:
    """First and one past the last line of [3, lines, width] that belong to the picture."""
    length = planes.shape[1]
    first = _bar(planes)
    last = length - _bar(planes[:, ::-1])
    if last - first < max(1, _LEAST_LEFT * length):
        return 0, length
    return first, last


def _bar(planes: NDArray[np.int16]) -> int:
    """How many lines from the first on are a bar; 0 when none is."""
    ground = _median(planes[:, 0])
    if (_distance(planes[:, :2], ground) > _SAME).mean() > _SPARSE:
        return 0  # most pictures, without a look at all of them
    distance = _distance(planes, ground)
    strewn = (distance > _SAME).mean(axis=1)
    beyond = np.flatnonzero(strewn > _SPARSE)
    start = int(beyond[0]) if len(beyond) else 0
    if start == 0:
        return 0
    other = (distance > _OTHER).mean(axis=1)
    full = np.flatnonzero(other[start : start + _SHARP_LINES] >= _FULL)
    # The line before may be half covered where the picture was scaled.
    touched = other[max(0, start - 2)] > _PLAIN
    return 0 if touched or not len(full) else start + int(full[0])


def _in_frame(planes: NDArray[np.int16]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the rectangle in a plain frame; all of it without one."""
    height, width = planes.shape[1:]
    whole = (0, 0, width, height)
    sides = (planes[:, 0], planes[:, -1], planes[:, :, 0], planes[:, :, -1])
    ring = np.concatenate(sides, axis=1)
    ground = _median(ring)
    if (_distance(ring, ground) > _SAME).mean() > _PLAIN:
        return whole
    other = _distance(planes, ground) > _OTHER
    rows = np.flatnonzero(other.mean(axis=1) > _PLAIN)
    columns = np.flatnonzero(other.mean(axis=0) > _PLAIN)
    if not len(rows) or not len(columns):
        return whole
    left, right = int(columns[0]), int(columns[-1]) + 1
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    if min((right - left) / width, (bottom - top) / height) < _FRAMED_LEAST_LEFT:
        return whole
    inside = other[top:bottom, left:right]
    turned = (inside, inside[::-1], inside.T, inside.T[::-1])
    edges = (lines[:_SHARP_LINES].mean(axis=1).max() for lines in turned)
    return (left, top, right, bottom) if min(edges) >= _FRAMED_FULL else whole


def _median(colours: NDArray[np.int16]) -> NDArray[np.int16]:
    """The median of [3, n] colours, channel by channel."""
    median: NDArray[np.int16] = np.median(colours, axis=1).astype(np.int16)
    return median


def _distance(planes: NDArray[np.int16], colour: NDArray[np.int16]) -> NDArray[np.int16]:
    """How far [3, ...] pixels are from a colour, in the channel where they are farthest."""
    channels = (np.abs(plane - value) for plane, value in zip(planes, colour, strict=True))
    farthest: NDArray[np.int16] = functools.reduce(np.maximum, channels)
    return farthest
