"""Light and ground: from colour and height to a picture with its shadow."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from data.demo_shop.fabrics import Rgb
from data.demo_shop.raster import HEIGHT, WIDTH, Floats, blurred, resized

_ALL = (slice(0, HEIGHT), slice(0, WIDTH))


@dataclass(frozen=True, slots=True)
class Layers:
    """What was drawn: colour float32[h, w, 3] of 0 to 255, the rest float32[h, w].

    ``height`` is in pixels above the ground, ``cover`` and ``gloss`` are 0 to 1.
    """

    colour: Floats
    height: Floats
    cover: Floats
    gloss: Floats


def composed(layers: Layers, *, ground: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """The picture, uint8[h, w, 3]: lit, and laid on a ground of that number."""
    at, cover = _filled(layers.cover), layers.cover
    lit = _lit(layers, at)
    floor = _ground(ground).copy()
    shade = 1 - 0.26 * np.roll(blurred(cover, 16), (16, 7), (0, 1))
    shade -= 0.24 * np.roll(blurred(cover, 4), (5, 3), (0, 1))
    floor *= shade[..., None]
    part = floor[at]
    lit -= part
    lit *= cover[at][..., None]
    part += lit
    grain = rng.standard_normal((HEIGHT // 4, WIDTH, 1), np.float32) * np.float32(1.6)
    floor += np.tile(grain, (4, 1, 1))
    return np.clip(floor, 0, 255, out=floor).astype(np.uint8)


def _filled(cover: Floats) -> tuple[slice, slice]:
    """The smallest window, in steps of 8, that holds everything drawn."""
    rows, columns = np.flatnonzero(cover.any(1)), np.flatnonzero(cover.any(0))
    if not len(rows):
        return _ALL
    y0, y1 = rows[0] // 8 * 8, -(-(rows[-1] + 1) // 8) * 8
    x0, x1 = columns[0] // 8 * 8, -(-(columns[-1] + 1) // 8) * 8
    return slice(y0, y1), slice(x0, x1)


def _lit(layers: Layers, at: tuple[slice, slice]) -> Floats:
    height = layers.height[at]
    gx, gy = np.zeros_like(height), np.zeros_like(height)
    np.subtract(height[:, 2:], height[:, :-2], out=gx[:, 1:-1])
    np.subtract(height[2:], height[:-2], out=gy[1:-1])
    gx *= 0.5
    gy *= 0.5
    # Light from the upper left, and flattened where the cloth is steep.
    facing = (0.42 * gx + 0.58 * gy + 0.76) / np.sqrt(1 + gx * gx + gy * gy)
    hollow = (blurred(height, 12) - height) * 0.045
    light = 0.30 + 0.90 * facing - np.clip(hollow, -0.10, 0.38, out=hollow)
    np.clip(light, 0.46, 1.32, out=light)
    lit = layers.colour[at] * light[..., None]
    shine = np.maximum(facing - 0.80, 0)
    gleam = layers.gloss[at] * 900 * shine * shine + 26 * np.maximum(light - 0.98, 0)
    lit += gleam[..., None]
    return lit


_GROUNDS: tuple[tuple[Rgb, float], ...] = (
    ((246, 246, 245), 0.0),
    ((233, 234, 236), 0.0),
    ((240, 234, 226), 0.0),
    ((226, 222, 216), 2.2),
    ((236, 238, 240), 1.2),
)
GROUNDS = len(_GROUNDS)


@cache
def _ground(kind: int) -> Floats:
    """Paper, cloth or plaster: paler in the middle, some of it cloudy."""
    rng = np.random.default_rng(kind)
    colour, rough = _GROUNDS[kind % GROUNDS]
    y = np.linspace(-1, 1, HEIGHT, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, WIDTH, dtype=np.float32)[None, :]
    fall = 1.015 - 0.045 * (x * x + (y - 0.1) ** 2) - 0.02 * y
    floor = fall[..., None] * np.asarray(colour, np.float32)
    if rough:
        clouds = rng.standard_normal((26, 21)).astype(np.float32)
        floor += (rough * resized(clouds, WIDTH, HEIGHT))[..., None]
    return floor
