"""Cut what a screenshot or a player put around a picture: bars, letterboxing, plain margins."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_SAME = 8  # of 255: a bar is drawn, so its colour wanders by no more than compression noise
_OTHER = 24  # and what is framed differs from it for certain
_SPARSE = 0.5  # a bar may hold a clock, icons, a caption: at most this share of a line
_PLAIN = 0.05  # but nothing touches the edge at which the picture begins
_FULL = 0.9  # which is straight: there nearly the whole line leaves the bar's colour at once
_SHARP_LINES = 3
_BLENDED = 2  # lines at an edge where the picture was scaled
_ISLAND = 0.08  # of a side: so high may a button be that stands in a bar
_BESIDE = 0.02  # of the other side: so much room is at both of its ends
_BARS = 3  # that may follow one another
_LEAST_LEFT = 0.2  # of a side: a smaller rest is no picture that was framed
_FRAMED_FULL = 0.97  # a frame on all sides is taken for one more warily: a wallet on white is
_FRAMED_LEAST_LEFT = 0.5  # a rectangle too


_Side = Callable[[NDArray[np.uint8]], NDArray[np.uint8]]
"""Turns [h, w, ...] so that the lines from one side inwards come first."""


Box = tuple[int, int, int, int]
"""Left, top, right and bottom, in pixels."""


def within_bars(image: Image.Image) -> Box:
    """The part of an RGB image without bars at its sides, or without the plain frame around it.

    Either ends where a straight, sharp edge runs along (nearly) the whole picture, so a garment
    on a plain ground is never cut into, whatever its shape; nor are its margins cut, as they
    help to match (measured, see docs/decisions).
    """
    picture = _Picture(np.asarray(image))
    top, bottom = picture.kept(lambda a: a, lambda a: a[::-1])
    columns = slice(top, bottom)
    left, right = picture.kept(
        lambda a: a[columns].swapaxes(0, 1), lambda a: a[columns].swapaxes(0, 1)[::-1]
    )
    box = (left, top, right, bottom)
    return picture.in_frame() if box == (0, 0, *image.size) else box


class _Picture:
    """uint8[h, w, 3], and how far each pixel is from a ground colour, computed once a colour."""

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        self._pixels = pixels
        self._distances: dict[bytes, NDArray[np.uint8]] = {}

    def kept(self, first: _Side, last: _Side) -> tuple[int, int]:
        """First and one past the last line of the picture, between two opposite sides."""
        length = len(first(self._pixels))
        start, end = self._bar(first), length - self._bar(last)
        if end - start < max(1, _LEAST_LEFT * length):
            return 0, length
        return start, end

    def in_frame(self) -> Box:
        """The rectangle in a plain frame; all of it without one."""
        pixels = self._pixels
        height, width = pixels.shape[:2]
        whole = (0, 0, width, height)
        ring = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
        ground = _median(ring)
        if _share(_distance(ring, ground) > _SAME) > _PLAIN:
            return whole
        other = self._distance(ground) > _OTHER
        rows = np.flatnonzero(_counts(other, axis=1) > _PLAIN * width)
        columns = np.flatnonzero(_counts(other, axis=0) > _PLAIN * height)
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

    def _bar(self, side: _Side) -> int:
        """How many lines from a side on are bars, of which one may follow another."""
        found = 0
        for _ in range(_BARS):
            first = found + _BLENDED if found else 0
            one = self._one_bar(side, first)
            if not one:
                break
            found = first + one
        return found

    def _one_bar(self, side: _Side, first: int) -> int:
        """How many lines from that one on are a bar; 0 when none is."""
        lines = side(self._pixels)[first:]
        if not len(lines):
            return 0
        ground = _median(lines[0])
        if _share(_distance(lines[:2], ground) > _SAME) > _SPARSE:
            return 0  # most pictures, without a look at all of them
        distance = side(self._distance(ground))[first:]
        width = distance.shape[1]
        beyond = np.flatnonzero(_counts(distance > _SAME, axis=1) > _SPARSE * width)
        for run in np.split(beyond, np.flatnonzero(np.diff(beyond) > 1) + 1):
            start = int(run[0]) if len(run) else 0
            if start == 0:
                break
            before = max(0, start - _BLENDED)
            other = _counts(distance[before : start + _SHARP_LINES] > _OTHER, axis=1) / width
            full = np.flatnonzero(other[start - before :] >= _FULL)
            if len(full) and other[0] <= _PLAIN:
                return start + int(full[0])
            if len(run) > _ISLAND * (first + len(lines)) or not _stands_alone(distance[run]):
                break
        return 0

    def _distance(self, ground: NDArray[np.uint8]) -> NDArray[np.uint8]:
        key = ground.tobytes()
        if key not in self._distances:
            self._distances[key] = _distance(self._pixels, ground)
        return self._distances[key]


def _stands_alone(distance: NDArray[np.uint8]) -> bool:
    """Whether the ground is at both ends of these lines."""
    room = max(1, round(_BESIDE * distance.shape[1]))
    ends = np.concatenate([distance[:, :room], distance[:, -room:]], axis=1)
    return _share(ends > _SAME) <= _PLAIN


def _median(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The median of uint8[n, 3], channel by channel; of the two in the middle, their mean."""
    middle = [(len(colours) - 1) // 2, len(colours) // 2]
    ranked = np.partition(colours.T, middle, axis=1)[:, middle]
    median: NDArray[np.uint8] = (ranked.sum(axis=1, dtype=np.uint16) // 2).astype(np.uint8)
    return median


def _distance(pixels: NDArray[np.uint8], colour: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """How far uint8[..., w, 3] are from a colour, in the channel where they are farthest."""
    *lines, width, channels = pixels.shape
    flat = pixels.reshape(*lines, width * channels)  # whole lines, which numpy walks many at once
    ground = np.tile(colour, width)
    apart = (np.maximum(flat, ground) - np.minimum(flat, ground)).reshape(pixels.shape)
    farthest: NDArray[np.uint8] = np.maximum(
        np.maximum(apart[..., 0], apart[..., 1]), apart[..., 2]
    )
    return farthest


def _counts(which: NDArray[np.bool_], *, axis: int) -> NDArray[np.uint32]:
    """As ``count_nonzero``, which takes three times as long along an axis."""
    counts: NDArray[np.uint32] = which.view(np.uint8).sum(axis=axis, dtype=np.uint32)
    return counts


def _share(which: NDArray[np.bool_]) -> float:
    return np.count_nonzero(which) / which.size
