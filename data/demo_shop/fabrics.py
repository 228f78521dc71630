"""Cloth as colour: a dye, the pattern on it and the texture of its weave.

A fabric is asked for its colour at positions ``(u, v)`` in pixels along its own grain. Patterns
and textures are small tiles that repeat.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Rgb = tuple[int, int, int]
Floats = NDArray[np.float32]
Weave = Callable[[Floats, Floats, Floats], Floats]

_TURN = 2 * np.pi

DYES: dict[str, Rgb] = {
    "black": (38, 38, 41),
    "white": (240, 239, 235),
    "grey": (148, 150, 153),
    "charcoal": (74, 77, 82),
    "navy": (38, 47, 78),
    "blue": (58, 102, 165),
    "light blue": (160, 190, 218),
    "red": (178, 36, 44),
    "burgundy": (104, 32, 47),
    "pink": (226, 154, 172),
    "purple": (104, 74, 132),
    "green": (52, 112, 74),
    "olive": (104, 104, 66),
    "mint": (164, 208, 190),
    "yellow": (228, 186, 66),
    "orange": (214, 110, 48),
    "beige": (214, 196, 166),
    "cream": (240, 230, 208),
    "camel": (180, 136, 88),
    "brown": (98, 66, 46),
    "teal": (32, 116, 122),
    "indigo": (48, 66, 100),
    "mid blue": (84, 116, 158),
    "light wash": (146, 172, 200),
    "silver": (190, 192, 196),
    "gold": (198, 164, 96),
}

# What each texture is: how strongly it wrinkles, and how it shines.
_CHARACTER: dict[str, tuple[float, float]] = {
    "jersey": (1.1, 0.0),
    "woven": (1.6, 0.02),
    "denim": (1.2, 0.0),
    "knit": (0.35, 0.0),
    "rib": (0.35, 0.0),
    "cable": (0.3, 0.0),
    "cord": (0.6, 0.0),
    "fleece": (1.1, 0.0),
    "leather": (0.7, 0.28),
    "patent": (0.3, 0.6),
    "suede": (0.4, 0.0),
    "satin": (1.15, 0.22),
    "nylon": (1.2, 0.12),
    "canvas": (0.5, 0.0),
    "straw": (0.1, 0.02),
    "tweed": (0.5, 0.0),
    "felt": (0.25, 0.0),
    "rubber": (0.1, 0.05),
    "metal": (0.0, 0.8),
    "plastic": (0.0, 0.3),
    "lace": (0.6, 0.0),
}


@dataclass(frozen=True, slots=True)
class Fabric:
    """A cloth; ``pattern`` is uint8[h, w, 3], ``weave`` a factor float32[h, w] around 1."""

    dye: Rgb
    texture: str = "jersey"
    pattern: NDArray[np.uint8] | None = None
    weave: Floats | None = None

    @property
    def wrinkles(self) -> float:
        """How much it creases, 1 for a woven shirt."""
        return _CHARACTER[self.texture][0]

    @property
    def gloss(self) -> float:
        """How much it shines, 0 to 1."""
        return _CHARACTER[self.texture][1]

    def paint(self, u: Floats, v: Floats) -> Floats:
        """Its colours at those positions, float32[h, w, 3], 0 to 255."""
        if self.pattern is None and self.weave is None:
            return np.broadcast_to(np.asarray(self.dye, np.float32), (*u.shape, 3)).copy()
        ui, vi = np.rint(u).astype(np.int32), np.rint(v).astype(np.int32)
        if self.pattern is None:
            colour = np.broadcast_to(np.asarray(self.dye, np.float32), (*u.shape, 3))
        else:
            colour = _looked_up(self.pattern, ui, vi).astype(np.float32)
        if self.weave is None:
            return colour
        return colour * _looked_up(self.weave, ui, vi)[..., None]

    def plain(self, texture: str | None = None) -> "Fabric":
        """The same dye without the pattern, perhaps in another texture."""
        if texture is None or texture == self.texture:
            return replace(self, pattern=None)
        return Fabric(self.dye, texture, weave=weave(texture))

    def dyed(self, dye: Rgb) -> "Fabric":
        """The same texture, plain, in another colour."""
        return replace(self, dye=dye, pattern=None)

    def darker(self, factor: float) -> "Fabric":
        """The same texture, plain, in a darker (or, above 1, lighter) shade."""
        return self.dyed(tinted(self.dye, factor))


def plain(dye: Rgb, texture: str = "jersey") -> Fabric:
    """An unpatterned fabric."""
    return Fabric(dye, texture, weave=weave(texture))


def tinted(dye: Rgb, factor: float) -> Rgb:
    """A colour made darker (below 1) or lighter (above 1)."""
    r, g, b = (min(255, round(c * factor)) for c in dye)
    return r, g, b


def mixed(a: Rgb, b: Rgb, share: float) -> Rgb:
    """The colour between two; ``share`` of the second."""
    r, g, bl = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return r, g, bl


def brightness(dye: Rgb) -> float:
    """0 (black) to 1 (white), Rec. 601."""
    return (0.299 * dye[0] + 0.587 * dye[1] + 0.114 * dye[2]) / 255


def weave(texture: str) -> Floats | None:
    """The tile of a texture's own light and dark; None where it is smooth."""
    if texture not in _WEAVES:
        return None
    rng = np.random.default_rng(sum(texture.encode()))
    y, x = np.mgrid[:96, :96].astype(np.float32)
    noise = rng.standard_normal((96, 96)).astype(np.float32)
    return np.asarray(_WEAVES[texture](x, y, noise), np.float32)


def _denim(x: Floats, y: Floats, noise: Floats) -> Floats:
    twill = np.sin((x + y) * (_TURN / 4))
    flecks = np.clip(noise - 0.7, 0, 1.2)
    slubs = noise[:1]
    return np.asarray(1 + 0.05 * twill + 0.13 * flecks + 0.035 * slubs + 0.03 * noise, np.float32)


def _knit(x: Floats, y: Floats, noise: Floats) -> Floats:
    lean = np.abs((x % 12) - 5.5) * 0.9
    stitches = 1 + 0.08 * np.sin((y + lean) * (_TURN / 8)) - 0.07 * (np.abs((x % 12) - 6) > 5)
    return np.asarray(stitches + 0.025 * noise)


def _ridged(depth: float, rough: float) -> Weave:
    return lambda x, _, noise: 1 + depth * np.sin(x * (_TURN / 8)) + rough * noise


def _crossed(size_px: int, depth: float) -> Weave:
    def tile(x: Floats, y: Floats, noise: Floats) -> Floats:
        over = np.sin(x * (_TURN / size_px)) * np.sin(y * (_TURN / size_px))
        return np.asarray(1 + depth * over + 0.03 * noise, np.float32)

    return tile


def _soft(depth: float) -> Weave:
    def tile(_: Floats, __: Floats, noise: Floats) -> Floats:
        near = np.roll(noise, 1, 0) + np.roll(noise, 1, 1) + np.roll(noise, 2, 0)
        return np.asarray(1 + depth * (noise + near) / 2, np.float32)

    return tile


def _tweed(x: Floats, y: Floats, noise: Floats) -> Floats:
    bones = np.sin((x + np.abs((y % 24) - 12) * 2) * (_TURN / 12))
    return np.asarray(1 + 0.16 * noise + 0.05 * bones)


def _lace(x: Floats, y: Floats, _: Floats) -> Floats:
    ring = np.hypot((x % 16) - 8, (y % 16) - 8)
    return np.asarray(1 + 0.10 * np.cos(ring * 1.3) - 0.12 * (ring < 2.5))


def _fine(x: Floats, _: Floats, noise: Floats) -> Floats:
    return np.asarray(1 + 0.022 * noise + 0.012 * np.sin(x * (_TURN / 3)), np.float32)


def _cable(x: Floats, y: Floats, noise: Floats) -> Floats:
    """Two strands that cross every 48 pixels, between purl columns."""
    phase = np.sin(y * (2 * np.pi / 48)) * 9
    a = np.abs((x % 48) - 24 - phase)
    b = np.abs((x % 48) - 24 + phase)
    strands = np.exp(-((np.minimum(a, b) / 5) ** 2))
    stitch = 0.06 * np.sin((y + np.abs((x % 8) - 4)) * (2 * np.pi / 8))
    return np.asarray(0.84 + 0.24 * strands + stitch + 0.025 * noise)


_WEAVES: dict[str, Weave] = {
    "denim": _denim,
    "knit": _knit,
    "cable": _cable,
    "rib": _ridged(0.13, 0.02),
    "cord": _ridged(0.14, 0.04),
    "canvas": _crossed(4, 0.07),
    "straw": _crossed(12, 0.2),
    "fleece": _soft(0.035),
    "felt": _soft(0.035),
    "suede": _soft(0.05),
    "tweed": _tweed,
    "leather": lambda _, __, noise: 1 + 0.025 * (noise + np.roll(noise, 1, 1)),
    "lace": _lace,
    "jersey": _fine,
    "woven": _fine,
}


def _looked_up(tile: NDArray[np.generic], u: NDArray[np.int32], v: NDArray[np.int32]) -> Floats:
    h, w = tile.shape[:2]
    flat = tile.reshape(h * w, -1)
    found = flat[(v % h) * w + u % w]
    return np.asarray(found[..., 0] if tile.ndim == 2 else found)
