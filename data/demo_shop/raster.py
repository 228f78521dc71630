"""Pixels: masks of outlines, resizing and blurring of float32 maps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from data.demo_shop.shapes import Outline, shifted

WIDTH, HEIGHT = 640, 800

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the canvas that a piece touches; its sides are multiples of 8."""

    x: int
    y: int
    w: int
    h: int

    @property
    def at(self) -> tuple[slice, slice]:
        """As an index into a map of the canvas."""
        return slice(self.y, self.y + self.h), slice(self.x, self.x + self.w)


def window_of(shape: Outline, margin: int = 6) -> Window | None:
    """The window around an outline; None when it lies outside the canvas."""
    x0 = max(int(shape[:, 0].min() + WIDTH / 2) - margin, 0) // 8 * 8
    y0 = max(int(shape[:, 1].min()) - margin, 0) // 8 * 8
    x1 = min(-(-int(shape[:, 0].max() + WIDTH / 2 + margin) // 8) * 8, WIDTH)
    y1 = min(-(-int(shape[:, 1].max() + margin) // 8) * 8, HEIGHT)
    return Window(x0, y0, x1 - x0, y1 - y0) if x1 > x0 and y1 > y0 else None


def filled(shape: Outline, window: Window) -> Floats:
    """How much of each pixel the outline covers, 0 to 1."""
    points = shifted(shape, WIDTH / 2 - window.x, -window.y) * 3
    image = Image.new("L", (window.w * 3, window.h * 3))
    ImageDraw.Draw(image).polygon(points.ravel().tolist(), fill=255)
    return np.asarray(image.reduce(3), np.float32) / np.float32(255)


def resized(values: Floats, width: int, height: int) -> Floats:
    """The map at another size, bicubic."""
    image = Image.fromarray(np.ascontiguousarray(values, np.float32))
    return np.asarray(image.resize((width, height), Image.Resampling.BICUBIC))


def reduced(values: Floats, step: int) -> Floats:
    """The map at a fraction of its size, each pixel the mean of ``step`` by ``step``."""
    return np.asarray(Image.fromarray(np.ascontiguousarray(values)).reduce(step))


def blurred(values: Floats, radius_px: float, *, fast: bool = True) -> Floats:
    """Gaussian blur; when ``fast``, wide ones at a fraction of the size: nobody can tell."""
    h, w = values.shape
    step = 4 if radius_px >= 10 else 2 if radius_px >= 4 else 1
    if not fast or step == 1 or h % step or w % step:
        return _gauss(values, radius_px)
    image = Image.fromarray(_gauss(reduced(values, step), radius_px / step))
    return np.asarray(image.resize((w, h), Image.Resampling.BILINEAR))


def _gauss(values: Floats, radius_px: float) -> Floats:
    low, high = float(values.min()), float(values.max())
    if high <= low:
        return values
    step = np.float32((high - low) / 255)
    scaled = ((values - np.float32(low)) / step).astype(np.uint8)
    blurred = np.asarray(Image.fromarray(scaled).filter(ImageFilter.GaussianBlur(radius_px)))
    out = blurred * step
    out += np.float32(low)
    return out
