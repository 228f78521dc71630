"""The name of the colour that a photo mainly shows, from its pixels alone."""

import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MANY = "multicoloured"
_BLOCK_PX = 8
_WHITE_FROM = 250
_BORDER = 1  # blocks
_NEAR_BACKGROUND, _FAR_FROM_IT = 4.0, 12.0  # CIE76, just noticeable is about 2.3
_FEW = 0.08  # less than that share of the centre is not a garment but its shadow
_MAIN = 0.30  # a colour with a smaller share is one of many
_SHADING = 0.5  # half of what looks grey is the light and shade on black, white and blue
_PALE = frozenset({"black", "white", "grey", "silver", "beige"})


def name_colour(pixels: NDArray[np.uint8]) -> str | None:
    """The main colour of uint8[h, w, 3] as ``data/vocabulary/swatches.toml`` calls it.

    The border's colour is taken for the background, and the middle counts most. None for a
    photo without a middle.
    """
    picture = _without_margins(pixels)
    height, width = (side // _BLOCK_PX for side in picture.shape[:2])
    if min(height, width) < 2 * _BORDER + 1:
        return None
    whole = picture[: height * _BLOCK_PX, : width * _BLOCK_PX]
    # Row by row first: along whole rows numpy adds many at once.
    sums = whole.reshape(height, _BLOCK_PX, -1).sum(axis=1, dtype=np.uint32)
    lab = to_lab(sums.reshape(height, width, _BLOCK_PX, 3).sum(axis=2) / _BLOCK_PX**2)
    weights = _centre(height, width)
    seen = weights * _foreground(lab)
    if seen.sum() >= _FEW * weights.sum():
        weights = seen
    names, shares = _shares(lab.reshape(-1, 3), weights.ravel())
    order: list[int] = np.argsort(-shares).tolist()
    loud = [names[i] for i in order if shares[i] > 0.12 and names[i] not in _PALE]
    if shares[order[0]] < _MAIN and len(loud) > 1:
        return MANY
    return names[order[0]]


def to_lab(rgb: Floats) -> Floats:
    """CIE L*a*b* (D65) of sRGB values from 0 to 255, float64[..., 3]; IEC 61966-2-1, CIE 15."""
    part = rgb / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    xyz = linear @ np.array(
        [[0.4124, 0.2126, 0.0193], [0.3576, 0.7152, 0.1192], [0.1805, 0.0722, 0.9505]]
    )
    ratio = xyz / np.array([0.95047, 1.0, 1.08883])
    root = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = root[..., 0], root[..., 1], root[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def _without_margins(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Cut the white bars that letterboxing left."""
    ink = np.logical_or.reduce([pixels[..., channel] < _WHITE_FROM for channel in range(3)])
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return pixels
    # One block more, so that a garment cut out on white keeps white at its border.
    top, left = max(0, rows[0] - _BLOCK_PX), max(0, columns[0] - _BLOCK_PX)
    return pixels[top : rows[-1] + 1 + _BLOCK_PX, left : columns[-1] + 1 + _BLOCK_PX]


def _centre(height: int, width: int) -> Floats:
    y = np.linspace(-1, 1, height)[:, None]
    x = np.linspace(-1, 1, width)[None, :]
    return np.exp(-4 * (x**2 + y**2))


def _foreground(lab: Floats) -> Floats:
    """How surely each block is not background, 0 to 1."""
    border = np.ones(lab.shape[:2], dtype=bool)
    border[_BORDER:-_BORDER, _BORDER:-_BORDER] = False
    edge = lab[border]
    distance = np.full(lab.shape[:2], np.inf)
    # Two colours at most, each of a fair part of the border: floor and wall, sheet and shadow.
    for _ in range(2):
        if len(edge) < 0.25 * border.sum():
            break
        colour = np.median(edge, axis=0)
        distance = np.minimum(distance, np.linalg.norm(lab - colour, axis=2))
        edge = edge[np.linalg.norm(edge - colour, axis=1) > _FAR_FROM_IT]
    return np.clip((distance - _NEAR_BACKGROUND) / (_FAR_FROM_IT - _NEAR_BACKGROUND), 0, 1)


def _shares(lab: Floats, weights: Floats) -> tuple[list[str], Floats]:
    names, owners, swatches = _swatches()
    # |a - b|² without |a|², which is the same for every swatch
    nearest = owners[((swatches**2).sum(axis=1) - 2 * lab @ swatches.T).argmin(axis=1)]
    shares = np.bincount(nearest, weights=weights, minlength=len(names)) / weights.sum()
    shares[names.index("grey")] *= _SHADING
    return names, shares


@cache
def _swatches() -> tuple[list[str], NDArray[np.intp], Floats]:
    text = files("data").joinpath("vocabulary", "swatches.toml").read_text("utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)
    rgb = [
        list(bytes.fromhex(code.removeprefix("#"))) for codes in table.values() for code in codes
    ]
    owners = np.repeat(np.arange(len(table)), [len(codes) for codes in table.values()])
    return list(table), owners, to_lab(np.array(rgb, dtype=np.float64))
