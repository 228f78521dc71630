"""The picture that stands on a page: in a chat, in a shop's page, beside words and buttons."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.bars import Box

_STEP_PX = 4  # between the pixels that are looked at
_SAME = 8  # of 255: so far from a page's colour is still the page
_PAGE = 0.15  # of the image at least
_COARSE, _CERTAIN = 3, 0.5  # of a page's pixels half agree but for so many bits
_LEAST_SIDE = 0.15  # of the image's shorter side: what is smaller is words, buttons, icons
_BAR = 4.0  # times as wide as high, likewise
_WORDS = 2  # such pieces at least make it a page, and not a thing on plain ground
_MANY_WORDS = 5  # and so many make it one that has a garment on its own ground
_SCREEN = 1.6  # times as long as wide, as few of shops' pictures are
_FULL = 0.9  # a picture covers its rectangle; garments cover less of theirs
_ROOM = 0.06  # of its longer side, around a garment on the page's own ground
_OTHERS = 0.4  # of its area: a page of several pictures shows none above all

Mask = NDArray[np.bool_]


def inset_in(image: Image.Image, box: Box) -> Box | None:
    """Where the one picture is that stands on a page of one colour, within a box of an RGB image.

    Or the one garment, where it has no other ground than a screen's page. Found by cutting what is
    on the page along its empty lines and columns, again and again (the recursive X-Y cut of Nagy
    and Seth, 1984). None where there is no such page.
    """
    size = ((box[2] - box[0]) // _STEP_PX, (box[3] - box[1]) // _STEP_PX)
    if not min(size):
        return None
    page = _page_of(np.asarray(image.resize(size, Image.Resampling.NEAREST, box)))
    if page is None:
        return None
    is_screen = max(image.size) >= _SCREEN * min(image.size)
    shown = _shown_on(page, is_screen=is_screen)
    if shown is None:
        return None
    across, down = (box[2] - box[0]) / size[0], (box[3] - box[1]) / size[1]
    return (
        box[0] + round(shown[0] * across),
        box[1] + round(shown[1] * down),
        box[0] + round(shown[2] * across),
        box[1] + round(shown[3] * down),
    )


def _shown_on(page: Mask, *, is_screen: bool) -> Box | None:
    height, width = page.shape
    pieces, words = _pieces(~page, round(_LEAST_SIDE * min(width, height)))
    if words < _WORDS or not pieces:
        return None
    largest, *others = sorted(pieces, key=_area, reverse=True)
    left, top, right, bottom = largest
    if page[top:bottom, left:right].mean() <= 1 - _FULL:
        is_meant = all(_area(one) <= _OTHERS * _area(largest) for one in others)
        return largest if is_meant else None
    if others or words < _MANY_WORDS or not is_screen:
        return None
    room = round(_ROOM * max(right - left, bottom - top))
    return (
        max(0, left - room),
        max(0, top - room),
        min(width, right + room),
        min(height, bottom + room),
    )


def _page_of(pixels: NDArray[np.uint8]) -> Mask | None:
    """Where the page is of whose colour most pixels are; None where those are few."""
    coarse = (pixels >> _COARSE).astype(np.int32)
    numbers = (coarse[..., 0] << 10) | (coarse[..., 1] << 5) | coarse[..., 2]
    counts = np.bincount(numbers.ravel())
    commonest = int(counts.argmax())
    if counts[commonest] < _CERTAIN * _PAGE * numbers.size:
        return None
    ground = pixels[numbers == commonest].mean(axis=0).astype(np.int16)
    page: Mask = (np.abs(pixels - ground) <= _SAME).all(axis=2)
    return page if page.mean() >= _PAGE else None


def _pieces(drawn: Mask, least: int) -> tuple[list[Box], int]:
    """The rectangles of what is drawn that no empty line divides, and how many are too small."""
    whole, small = [], 0
    waiting = [(0, 0, drawn.shape[1], drawn.shape[0])]
    while waiting:
        left, top, right, bottom = waiting.pop()
        if min(right - left, bottom - top) < least or right - left > _BAR * (bottom - top):
            small += 1
            continue
        here = drawn[top:bottom, left:right]
        rows, columns = _runs(here, axis=1), _runs(here, axis=0)
        parts = [
            (left + first, top + start, left + last, top + end)
            for start, end in rows
            for first, last in columns
        ]
        if parts == [(left, top, right, bottom)]:
            whole.append(parts[0])
        else:
            waiting += [part for part in parts if drawn[part[1] : part[3], part[0] : part[2]].any()]
    return whole, small


def _runs(drawn: Mask, *, axis: int) -> list[tuple[int, int]]:
    """First and one past the last of each run of lines that are not empty along that axis."""
    filled = np.concatenate([[False], drawn.any(axis=axis), [False]])
    return [(int(start), int(end)) for start, end in np.flatnonzero(np.diff(filled)).reshape(-1, 2)]


def _area(box: Box) -> int:
    left, top, right, bottom = box
    return (right - left) * (bottom - top)
