"""Patterns: tiles to be repeated over a fabric, drawn large and reduced so that edges are soft."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from data.demo_shop.fabrics import Rgb, brightness, mixed, tinted
from data.demo_shop.shapes import Point

Tile = NDArray[np.uint8]
_SCALE = 3


def contrast(dye: Rgb) -> Rgb:
    """A colour that shows on this one: cream on dark, navy on light."""
    return (236, 230, 216) if brightness(dye) < 0.55 else (44, 52, 82)


def stripes(dye: Rgb, other: Rgb, *, period_px: int = 44, share: float = 0.4) -> Tile:
    """Horizontal stripes, as on a Breton top."""
    image, draw = _blank(8, period_px, dye)
    draw.rectangle((0, 0, 99, round(period_px * share * _SCALE)), fill=other)
    return _tile(image)


def pinstripes(dye: Rgb, other: Rgb, *, period_px: int = 18, line_px: float = 2.5) -> Tile:
    """Fine vertical stripes, as on a shirt or a suit."""
    image, draw = _blank(period_px, 8, dye)
    draw.rectangle((0, 0, round(line_px * _SCALE) - 1, 99), fill=other)
    return _tile(image)


def checks(dye: Rgb, other: Rgb, *, period_px: int = 52) -> Tile:
    """Two-colour checks with a fine overcheck, as on a flannel shirt."""
    y, x = np.mgrid[:period_px, :period_px]
    bars = ((x < period_px * 0.5).astype(float) + (y < period_px * 0.5)) / 2
    base = np.asarray(dye, float) + bars[..., None] * (np.asarray(other, float) - dye)
    light = tinted(mixed(other, (255, 255, 255), 0.5), 1.0)
    line = (np.abs(x - period_px * 0.75) < 1.2) | (np.abs(y - period_px * 0.75) < 1.2)
    base[line] = 0.4 * base[line] + 0.6 * np.asarray(light, float)
    return np.asarray(base, np.uint8)


def gingham(dye: Rgb, other: Rgb, *, period_px: int = 20) -> Tile:
    """Small even checks on white."""
    y, x = np.mgrid[:period_px, :period_px]
    bars = ((x < period_px / 2).astype(float) + (y < period_px / 2)) / 2
    mix = np.asarray(other, float) * (1 - bars[..., None]) + bars[..., None] * dye
    return np.asarray(mix, np.uint8)


def plaid(dye: Rgb, other: Rgb, *, period_px: int = 96) -> Tile:
    """A tartan: wide bars, narrow bars and bright lines on the ground colour."""
    sett = np.zeros((period_px, 3))
    sett[:] = dye
    x = np.arange(period_px)
    dark = np.asarray(tinted(dye, 0.35), float)
    for start, end, colour in (
        (0.05, 0.35, dark),
        (0.16, 0.20, np.asarray(other, float)),
        (0.52, 0.60, dark),
        (0.72, 0.76, np.asarray(other, float)),
    ):
        sett[(x >= start * period_px) & (x < end * period_px)] = colour
    twill = (np.add.outer(x, x) // 2 % 2)[..., None]
    mix = 0.5 * (sett[None] + sett[:, None])
    return (mix + (twill - 0.5) * 0.18 * (sett[None] - sett[:, None])).astype(np.uint8)


def dots(dye: Rgb, other: Rgb, *, period_px: int = 38, radius_px: float = 6.5) -> Tile:
    """Polka dots, each row shifted by half."""
    image, draw = _blank(period_px, period_px, dye)
    p, r = period_px * _SCALE, radius_px * _SCALE
    for x, y in ((p / 4, p / 4), (3 * p / 4, 3 * p / 4)):
        draw.ellipse((x - r, y - r, x + r, y + r), fill=other)
    return _tile(image)


def floral(dye: Rgb, other: Rgb, *, rng: np.random.Generator, size_px: int = 260) -> Tile:
    """Strewn flowers with leaves, several sizes and two petal colours."""
    image, draw = _blank(size_px, size_px, dye)
    leaf = (84, 122, 78) if brightness(dye) > 0.3 else (116, 150, 104)
    petals = (other, mixed(other, (255, 250, 240), 0.55), mixed(other, (200, 60, 80), 0.45))
    places: list[tuple[float, float, float]] = []
    for _ in range(420):
        x, y = rng.uniform(0, size_px, 2)
        r = rng.choice((9.0, 14.0, 19.0))
        gaps = [
            np.hypot(min(abs(x - a), size_px - abs(x - a)), min(abs(y - b), size_px - abs(y - b)))
            - r
            - c
            for a, b, c in places
        ]
        if min(gaps, default=99.0) > -1:
            places.append((x, y, r))
    for x, y, r in places:
        petal, turn = petals[int(rng.integers(3))], rng.uniform(0, 6.28)
        leaf_only = int(rng.integers(5)) == 0
        bloom = _Bloom(radius=r, turn=turn, petal=petal, leaf=leaf, leaf_only=leaf_only)
        reach = 1.3 * r  # to the tips of its leaves
        for at_x in _repeated(x, reach=reach, size_px=size_px):
            for at_y in _repeated(y, reach=reach, size_px=size_px):
                bloom.draw(draw, at_x, at_y)
    return _tile(image)


def _repeated(at: float, *, reach: float, size_px: int) -> list[float]:
    """Where what lies there, and on the tiles beside it, shows on this one."""
    places = (at - size_px, at, at + size_px)
    return [place for place in places if -reach < place < size_px + reach]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bloom:
    """A flower with two leaves, or the leaves alone."""

    radius: float
    turn: float
    petal: Rgb
    leaf: Rgb
    leaf_only: bool

    def draw(self, draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
        r, middle = self.radius, (x, y)
        for side in (2.2, 4.1):
            _petal(draw, middle, self.turn + side, (r * 1.15, r * 0.32), self.leaf)
        if self.leaf_only:
            return
        inner = tinted(self.petal, 0.82)
        for i in range(5):
            _petal(draw, middle, self.turn + i * 1.2566, (r * 0.62, r * 0.40), self.petal)
        for i in range(5):
            _petal(draw, middle, self.turn + 0.6 + i * 1.2566, (r * 0.3, r * 0.2), inner)
        c = r * 0.16
        draw.ellipse([edge * _SCALE for edge in (x - c, y - c, x + c, y + c)], fill=(222, 178, 84))


def _petal(
    draw: ImageDraw.ImageDraw, root: Point, angle: float, size: tuple[float, float], colour: Rgb
) -> None:
    reach, half = size
    a = np.linspace(0, 2 * np.pi, 14)
    along, across = reach * (0.62 + 0.5 * np.cos(a)), half * np.sin(a)
    px = root[0] + along * np.cos(angle) - across * np.sin(angle)
    py = root[1] + along * np.sin(angle) + across * np.cos(angle)
    draw.polygon((np.stack([px, py], 1) * _SCALE).ravel().tolist(), fill=colour)


def camouflage(dye: Rgb, other: Rgb, *, rng: np.random.Generator, size_px: int = 256) -> Tile:
    """Four tones in soft-edged patches."""
    tones = np.asarray(
        [dye, tinted(dye, 0.55), mixed(dye, other, 0.6), tinted(dye, 0.3)], np.float64
    )
    a, b = (_repeating_noise(rng, size_px) for _ in range(2))
    index = (a > 0.1).astype(int) + 2 * (b > 0.45).astype(int)
    return np.asarray(tones[index], np.uint8)


def leopard(dye: Rgb, other: Rgb, *, rng: np.random.Generator, size_px: int = 192) -> Tile:
    """Rosettes: broken dark rings with a darker middle."""
    image, draw = _blank(size_px, size_px, dye)
    step = 24
    for gy in range(0, size_px, step):
        for gx in range(0, size_px, step):
            x, y = gx + rng.uniform(4, 20), gy + rng.uniform(4, 20)
            r, start = rng.uniform(6, 10), rng.uniform(0, 360)
            for ox in (-size_px, 0, size_px):
                for oy in (-size_px, 0, size_px):
                    edges = [(c * _SCALE) for c in (x + ox - r, y + oy - r, x + ox + r, y + oy + r)]
                    draw.ellipse(edges, fill=mixed(dye, other, 0.45))
                    draw.arc(edges, start, start + 130, fill=other, width=3 * _SCALE)
                    draw.arc(edges, start + 180, start + 290, fill=other, width=3 * _SCALE)
    return _tile(image)


def heather(dye: Rgb, other: Rgb, *, rng: np.random.Generator, size_px: int = 192) -> Tile:
    """Melange yarn: fine horizontal flecks of a lighter shade."""
    noise = rng.standard_normal((size_px, size_px // 4)).repeat(4, axis=1)
    noise += 0.5 * rng.standard_normal((size_px, size_px))
    share = np.clip(0.12 + 0.14 * noise, 0, 0.6)[..., None]
    light = np.asarray(mixed(dye, other, 0.7), float)
    return (np.asarray(dye, float) * (1 - share) + light * share).astype(np.uint8)


def wash(dye: Rgb, other: Rgb, *, rng: np.random.Generator, size_px: int = 256) -> Tile:
    """Tie-dye: clouds of the second colour."""
    share = np.clip(0.5 + 0.75 * _repeating_noise(rng, size_px), 0, 1)[..., None]
    return (np.asarray(dye, float) * (1 - share) + np.asarray(other, float) * share).astype(
        np.uint8
    )


def _repeating_noise(rng: np.random.Generator, size_px: int) -> NDArray[np.float64]:
    spectrum = np.fft.rfft2(rng.standard_normal((size_px, size_px)))
    fy = np.fft.fftfreq(size_px)[:, None] * size_px
    fx = np.fft.rfftfreq(size_px)[None, :] * size_px
    power = np.exp(-(((np.hypot(fx * 0.7, fy)) / 5.0) ** 2))
    noise = np.fft.irfft2(spectrum * power, s=(size_px, size_px))
    return np.asarray(noise / noise.std())


def _blank(width: int, height: int, dye: Rgb) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (width * _SCALE, height * _SCALE), dye)
    return image, ImageDraw.Draw(image)


def _tile(image: Image.Image) -> Tile:
    return np.asarray(image.reduce(_SCALE))


Pattern = Callable[..., Tile]

EVEN: dict[str, Pattern] = {
    "striped": stripes,
    "pinstriped": pinstripes,
    "checked": checks,
    "gingham": gingham,
    "plaid": plaid,
    "polka dot": dots,
}
RANDOM: dict[str, Pattern] = {
    "floral": floral,
    "camouflage": camouflage,
    "leopard": leopard,
    "melange": heather,
    "tie-dye": wash,
}


def tile(name: str, dye: Rgb, other: Rgb, rng: np.random.Generator) -> Tile | None:
    """The tile of a named pattern; None for ``solid`` and for what is printed in one place."""
    if name in EVEN:
        return EVEN[name](dye, other)
    if name in RANDOM:
        return RANDOM[name](dye, other, rng=rng)
    return None
