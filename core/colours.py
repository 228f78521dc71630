"""The names of the colours that a garment shows, from its pixels alone."""

import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.float32]

MANY = "multicoloured"
_BLOCK_PX = 8
_WHITE_FROM = 250
_NEAR_BACKGROUND, _FAR_FROM_IT = 4.0, 12.0  # CIE76, just noticeable is about 2.3
_FEW = 0.08  # less than that share of the centre is not a garment but its shadow
_MAIN = 0.30  # a colour with a smaller share is one of many
_SHADING = 0.5  # half of what looks grey is the light and shade on black, white and blue
_WHITE: Floats = np.array([0.95047, 1.0, 1.08883], np.float32)  # XYZ of D65
_XYZ: Floats = np.array(
    [[0.4124, 0.2126, 0.0193], [0.3576, 0.7152, 0.1192], [0.1805, 0.0722, 0.9505]], np.float32
)
_LAB: Floats = np.array([[0, 500, 0], [116, -500, 200], [0, 0, -200]], np.float32)
_PALE = frozenset({"black", "white", "grey", "silver", "beige"})


def name_colour(pixels: NDArray[np.uint8]) -> str | None:
    """The main colour of uint8[h, w, 3] as ``data/vocabulary/swatches.toml`` calls it.

    None for a photo without a middle.
    """
    shares = colour_shares(pixels)
    loud = [name for name, share in shares.items() if share > 0.12 and name not in _PALE]
    if shares and max(shares.values()) < _MAIN and len(loud) > 1:
        return MANY
    return next(iter(shares), None)


def colour_shares(
    pixels: NDArray[np.uint8], box: tuple[float, float, float, float] | None = None
) -> dict[str, float]:
    """What part each named colour has in the garment in uint8[h, w, 3], the largest first.

    ``box`` is left, top, right and bottom of the garment in pixels, all of it otherwise. The
    colour of the photo's border is taken for the background, and the middle of the box counts
    most. Empty for a photo without a middle.
    """
    left, top, right, bottom = _without_margins(pixels)
    height, width = (bottom - top) // _BLOCK_PX, (right - left) // _BLOCK_PX
    if min(height, width) < 3:
        return {}
    whole = pixels[top : top + height * _BLOCK_PX, left : left + width * _BLOCK_PX]
    lab = to_lab(np.asarray(Image.fromarray(whole).reduce(_BLOCK_PX)))
    around = box or (left, top, right, bottom)
    inner: Floats = ((np.array(around) - (left, top, left, top)) / _BLOCK_PX).astype(np.float32)
    weights = _centre(height, width, inner)
    seen = weights * _foreground(lab)
    if seen.sum() >= _FEW * weights.sum():
        weights = seen
    names, shares = _shares(lab.reshape(-1, 3), weights.ravel())
    return {names[number]: float(shares[number]) for number in np.argsort(-shares)}


def to_lab(rgb: NDArray[np.uint8]) -> Floats:
    """CIE L*a*b* (D65) of sRGB values, uint8[..., 3]; IEC 61966-2-1, CIE 15."""
    ratio = _linear()[rgb] @ _XYZ / _WHITE
    root = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    lab: Floats = root @ _LAB - np.array([16, 0, 0], np.float32)
    return lab


@cache
def _linear() -> Floats:
    part = np.arange(256) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear.astype(np.float32)


def _without_margins(pixels: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """The box within the white bars that letterboxing left."""
    ink: NDArray[np.bool_] = pixels < _WHITE_FROM
    rows = np.flatnonzero(ink.reshape(len(ink), -1).any(axis=1))
    columns = np.flatnonzero(ink.any(axis=0).any(axis=-1))
    if not len(rows):
        return (0, 0, pixels.shape[1], pixels.shape[0])
    # One block more, so that a garment cut out on white keeps white at its border.
    top, left = max(0, rows[0] - _BLOCK_PX), max(0, columns[0] - _BLOCK_PX)
    right = min(pixels.shape[1], columns[-1] + 1 + _BLOCK_PX)
    bottom = min(pixels.shape[0], rows[-1] + 1 + _BLOCK_PX)
    return (int(left), int(top), int(right), int(bottom))


def _centre(height: int, width: int, box: Floats) -> Floats:
    """Float32[height, width]: 1 in the middle of a box of blocks, less towards its sides."""
    left, top, right, bottom = box
    x = (2 * np.arange(width) + 1 - left - right) / max(right - left, 1)
    y = (2 * np.arange(height) + 1 - top - bottom) / max(bottom - top, 1)
    inside = (np.abs(y) <= 1)[:, None] & (np.abs(x) <= 1)
    weights: Floats = np.exp(-4 * (x**2 + y[:, None] ** 2)) * inside + 1e-12
    return weights


def _foreground(lab: Floats) -> Floats:
    """How surely each block is not background, 0 to 1."""
    edge = border = np.concatenate([lab[0], lab[-1], lab[1:-1, 0], lab[1:-1, -1]])
    distance = np.full(lab.shape[:2], np.inf)
    # Two colours at most, each of a fair part of the border: floor and wall, sheet and shadow.
    for _ in range(2):
        if len(edge) < 0.25 * len(border):
            break
        colour = np.sort(edge, axis=0)[len(edge) // 2]
        distance = np.minimum(distance, np.linalg.norm(lab - colour, axis=2))
        edge = edge[np.linalg.norm(edge - colour, axis=1) > _FAR_FROM_IT]
    return np.clip((distance - _NEAR_BACKGROUND) / (_FAR_FROM_IT - _NEAR_BACKGROUND), 0, 1)


def _shares(lab: Floats, weights: Floats) -> tuple[list[str], Floats]:
    names, owners, swatches, lengths = _swatches()
    # |a - b|² without |a|², which is the same for every swatch
    nearest = owners[(lengths - 2 * lab @ swatches.T).argmin(axis=1)]
    shares = np.bincount(nearest, weights=weights, minlength=len(names)) / weights.sum()
    shares[names.index("grey")] *= _SHADING
    return names, shares


@cache
def _swatches() -> tuple[list[str], NDArray[np.intp], Floats, Floats]:
    """Colours' names; of each swatch the number of its name, its L*a*b* and that squared."""
    text = files("data").joinpath("vocabulary", "swatches.toml").read_text("utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)
    rgb = [
        list(bytes.fromhex(code.removeprefix("#"))) for codes in table.values() for code in codes
    ]
    owners = np.repeat(np.arange(len(table)), [len(codes) for codes in table.values()])
    lab = to_lab(np.array(rgb, np.uint8))
    return list(table), owners, lab, (lab**2).sum(axis=1)
