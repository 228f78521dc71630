"""A picture in the making: cloth laid piece over piece as colour and height, then lit once.

Height is in pixels above the ground. Folds, seams, buttons and the roundness of an edge are all
just height, so that one light shades them alike.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from data.demo_shop.fabrics import Fabric, Rgb
from data.demo_shop.light import Layers, composed
from data.demo_shop.raster import (
    HEIGHT,
    WIDTH,
    Floats,
    Window,
    blurred,
    filled,
    reduced,
    resized,
    window_of,
)
from data.demo_shop.shapes import Line, Outline, Point, ellipse, ribbon, spline


@dataclass(frozen=True, slots=True)
class Fold:
    """A ridge (a groove when ``height_px`` is negative) that fades towards its end."""

    start: Point
    end: Point
    width_px: float
    height_px: float


class Canvas:
    """Where one product is drawn; the same seed gives the same bytes."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self._colour = np.zeros((HEIGHT, WIDTH, 3), np.float32)
        self._height = np.zeros((HEIGHT, WIDTH), np.float32)
        self._cover = np.zeros((HEIGHT, WIDTH), np.float32)
        self._gloss = np.zeros((HEIGHT, WIDTH), np.float32)
        self._sway = self.rng.uniform(0, 6.28, 4)
        self._softness = 1.0
        self._move = np.eye(3)
        self._zoom = 1.0
        self._creases = self._make_creases()

    @contextmanager
    def moved(
        self,
        by: Point = (0, 0),
        *,
        zoom: float = 1.0,
        turn_deg: float = 0.0,
        flip: bool = False,
        soft: float = 1.0,
    ) -> Iterator[None]:
        """Draw what follows elsewhere: flipped, zoomed and turned about the middle, then shifted.

        ``soft`` scales how far outlines sway; stiff things have 0.
        """
        before = self._move, self._zoom, self._softness
        a, mirrored, middle = np.deg2rad(turn_deg), -1 if flip else 1, HEIGHT / 2
        c, s = zoom * np.cos(a), zoom * np.sin(a)
        change = np.array([[c, -s, by[0]], [s, c, by[1]], [0, 0, 1]])
        change[:, 0] *= mirrored
        change[:2, 2] += (0, middle) - change[:2, 1] * middle
        self._move, self._zoom, self._softness = self._move @ change, self._zoom * zoom, soft
        try:
            yield
        finally:
            self._move, self._zoom, self._softness = before

    def piece(
        self,
        shape: Outline,
        fabric: Fabric,
        *,
        lift_px: float = 6.0,
        edge_px: float = 5.0,
        volume_px: float = 12.0,
        folds: Sequence[Fold] = (),
        wrinkles: float = 1.0,
        grain_deg: float = 0.0,
        rides: bool = False,
        dim: float = 1.0,
        straight: bool = False,
    ) -> None:
        """Lay a panel on top of what lies there.

        It rises ``lift_px`` above the ground, or above what is below when it ``rides`` on it;
        ``edge_px`` rounds its rim and ``volume_px`` fills it. ``grain_deg`` turns the fabric,
        ``dim`` darkens it. ``straight`` folds are pressed, as pleats are.
        """
        shape = self._laid(shape)
        window = window_of(shape)
        if window is None:
            return
        mask = filled(shape, window)
        relief = self._relief(
            mask,
            window,
            edge_px=edge_px,
            volume_px=volume_px,
            wrinkles=wrinkles * fabric.wrinkles,
            folded=self._folded(window, folds, straight=straight),
        )
        colour = fabric.paint(*self._fabric_grid(window, grain_deg, relief))
        if dim != 1:
            colour *= dim
        here = window.at
        inverse = 1 - mask
        relief += lift_px
        relief *= mask
        if not rides:
            self._height[here] *= inverse
        self._height[here] += relief
        colour -= self._colour[here]
        colour *= mask[..., None]
        self._colour[here] += colour
        self._gloss[here] *= inverse
        self._gloss[here] += mask * fabric.gloss
        self._cover[here] = 1 - (1 - self._cover[here]) * inverse

    def shade(self, shape: Outline, strength: float, *, soft_px: float = 10.0) -> None:
        """Airbrush: darken (negative) or lighten (positive) the cloth inside a shape."""
        shape = self._laid(shape)
        window = window_of(shape, margin=int(3 * soft_px))
        if window is None:
            return
        mask = blurred(filled(shape, window), soft_px)
        part = self._colour[window.at]
        if strength < 0:
            part *= (1 + strength * mask)[..., None]
        else:
            part += (255 - part) * (strength * mask)[..., None]

    def stain(self, shape: Outline, colour: Rgb, *, soft_px: float = 0.0) -> None:
        """Print a shape in one colour onto the cloth that is there."""
        shape = self._laid(shape)
        window = window_of(shape, margin=4 + int(3 * soft_px))
        if window is None:
            return
        mask = filled(shape, window)
        if soft_px:
            mask = blurred(mask, soft_px)
        mask = (mask * self._cover[window.at])[..., None]
        part = self._colour[window.at]
        part *= 1 - mask
        part += mask * np.asarray(colour, np.float32)

    def picture(self, image: Image.Image, centre: Point) -> None:
        """Print an RGBA image onto the cloth that is there."""
        side = round(image.width * self._zoom), round(image.height * self._zoom)
        image = image.resize(side, Image.Resampling.BICUBIC)
        middle = self._placed(np.array([centre], float))[0]
        x = round(middle[0] + WIDTH / 2 - image.width / 2)
        y = round(middle[1] - image.height / 2)
        pixels = np.asarray(image, np.float32)
        alpha = pixels[..., 3:] / 255 * 0.94
        part = self._colour[y : y + image.height, x : x + image.width]
        part *= 1 - alpha
        part += alpha * pixels[..., :3]

    def seam(self, line: Line, *, width_px: float = 2.2, depth_px: float = 1.6) -> None:
        """A groove with a faint shadow along a smooth line."""
        shape = self._laid(ribbon(line, width_px))
        window = window_of(shape)
        if window is None:
            return
        mask = filled(shape, window) * self._cover[window.at]
        self._height[window.at] -= depth_px * mask
        self._colour[window.at] *= (1 - 0.16 * mask)[..., None]

    def stitches(
        self,
        line: Line,
        colour: Rgb,
        *,
        width_px: float = 1.3,
        dash_px: float = 6.0,
    ) -> None:
        """A dashed thread along a smooth line."""
        path = self._laid(spline(line))
        lengths = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
        starts = np.arange(0, lengths[-1], dash_px)
        x0, y0 = (np.interp(starts, lengths, path[:, i]) for i in (0, 1))
        ends = np.minimum(starts + dash_px * 0.66, lengths[-1])
        x1, y1 = (np.interp(ends, lengths, path[:, i]) for i in (0, 1))
        window = window_of(path)
        if window is None:
            return
        layer = Image.new("L", (window.w * 2, window.h * 2))
        draw = ImageDraw.Draw(layer)
        ox, oy = WIDTH / 2 - window.x, -window.y
        for a, b, c, d in zip(x0 + ox, y0 + oy, x1 + ox, y1 + oy, strict=True):
            draw.line((2 * a, 2 * b, 2 * c, 2 * d), fill=255, width=max(1, round(2 * width_px)))
        mask = np.asarray(layer.reduce(2), np.float32) / 255 * self._cover[window.at]
        part = self._colour[window.at]
        part += mask[..., None] * (np.asarray(colour, np.float32) - part) * 0.85
        self._height[window.at] += 0.5 * mask

    def button(self, centre: Point, radius_px: float, fabric: Fabric) -> None:
        """A round button with its rim and four holes."""
        r = radius_px
        self.shade(ellipse((centre[0] + 1, centre[1] + 2), r + 1.5, r + 1.5), -0.28, soft_px=2)
        self.piece(
            ellipse(centre, r, r),
            fabric,
            lift_px=2.5,
            edge_px=2,
            volume_px=0,
            rides=True,
            wrinkles=0,
        )
        if r < 4:
            return
        for dx, dy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
            hole = ellipse((centre[0] + dx * r * 0.25, centre[1] + dy * r * 0.25), r / 7, r / 7)
            self.shade(hole, -0.6, soft_px=0.6)

    def jpeg(self, *, ground: int, quality: int = 88) -> bytes:
        """Light the whole, set it with its shadow on one of the grounds, and encode it."""
        layers = Layers(self._colour, self._height, self._cover, self._gloss)
        image = Image.fromarray(composed(layers, ground=ground, rng=self.rng))
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality)
        return out.getvalue()

    def _placed(self, shape: Outline) -> Outline:
        return shape @ self._move[:2, :2].T + self._move[:2, 2]

    def _laid(self, shape: Outline) -> Outline:
        """Placed, and swayed a little, as a hand lays cloth; one place sways as a whole."""
        shape = self._placed(shape)
        x, y = shape[:, 0], shape[:, 1]
        a, b, c, d = self._sway
        dx = 2.6 * np.sin(y / 61 + a) + 1.3 * np.sin(y / 23 + x / 90 + b)
        dy = 2.2 * np.sin(x / 57 + c) + 1.0 * np.sin(x / 21 + y / 80 + d)
        return np.stack([x + dx * self._softness, y + dy * self._softness], axis=1)

    # -- relief ------------------------------------------------------------------------------

    def _relief(
        self,
        mask: Floats,
        window: Window,
        *,
        edge_px: float,
        volume_px: float,
        wrinkles: float,
        folded: Floats | None,
    ) -> Floats:
        relief = np.zeros_like(mask)
        if edge_px:
            rim = np.clip(2 * blurred(mask, edge_px) - 1, 0, 1)
            relief += edge_px * 0.7 * np.sqrt(1 - (1 - rim) ** 2)
        coarse = np.zeros((window.h // 4, window.w // 4), np.float32)
        if volume_px:
            small = reduced(mask, 4)
            for radius in (5.0, 12.0):
                inner = np.clip(2 * blurred(small, radius, fast=False) - 1, 0, 1)
                coarse += 0.5 * volume_px * np.sqrt(1 - (1 - inner) ** 2)
        if folded is not None:
            coarse += folded
        if volume_px or folded is not None:
            relief += resized(coarse, window.w, window.h)
        if wrinkles:
            dy, dx = (int(n) for n in self.rng.integers(0, 80, 2))
            y, x = (window.y + dy) // 2, (window.x + dx) // 2
            creases = self._creases[y : y + window.h // 2, x : x + window.w // 2]
            relief += wrinkles * resized(creases, window.w, window.h)
        return relief

    def _folded(self, window: Window, folds: Sequence[Fold], *, straight: bool) -> Floats | None:
        if not folds:
            return None
        y, x = np.mgrid[: window.h // 4, : window.w // 4].astype(np.float32) * 4
        x += window.x - WIDTH / 2
        y += window.y
        if not straight:
            x += 9 * np.sin(y / 47 + window.x) + 4 * np.sin(y / 19)
            y += 8 * np.sin(x / 53 + window.y)
        total = np.zeros_like(x)
        for fold in folds:
            (x0, y0), (x1, y1) = self._placed(np.array([fold.start, fold.end], float))
            dx, dy = x1 - x0, y1 - y0
            length = max(np.hypot(dx, dy), 1.0)
            along = ((x - x0) * dx + (y - y0) * dy) / length**2
            across = ((x - x0) * dy - (y - y0) * dx) / length
            width = self._zoom * fold.width_px * (0.6 + 0.8 * np.clip(along, 0, 1))
            fade = np.clip(1.15 - along, 0, 1) * np.clip(along * 5 + 1, 0, 1)
            u = across / width
            # Mexican hat: a ridge pushes cloth up and leaves a valley on either side.
            total += fold.height_px * fade * (1 - 0.9 * u * u) * np.exp(-u * u)
        return np.asarray(total)

    def _make_creases(self) -> Floats:
        """Cloth that is never quite flat, at half size, large enough to be read at an offset."""
        h, w = HEIGHT // 2 + 48, WIDTH // 2 + 48
        wide = w + h // 3 + 1
        total = np.zeros((h, wide), np.float32)
        for across, down, amplitude in ((9, 5, 2.6), (22, 9, 1.4), (22, 40, 0.35), (85, 34, 0.16)):
            grid = self.rng.standard_normal((down + 3, across + 3)).astype(np.float32)
            total += amplitude * resized(grid, wide, h)
        lean = (1, 1 / 3, 0, 0, 1, 0)
        slanted = Image.fromarray(total).transform(
            (w, h), Image.Transform.AFFINE, lean, Image.Resampling.BILINEAR
        )
        return np.asarray(slanted)

    def _fabric_grid(
        self, window: Window, grain_deg: float, relief: Floats
    ) -> tuple[Floats, Floats]:
        x = np.arange(window.w, dtype=np.float32) + (window.x - WIDTH / 2)
        y = np.arange(window.h, dtype=np.float32) + window.y
        a = np.deg2rad(grain_deg)
        c, s = np.float32(np.cos(a)), np.float32(np.sin(a))
        bend = relief * np.float32(0.35)
        u = (x * c)[None, :] + (y * s)[:, None] + bend
        v = (y * c)[:, None] - (x * s)[None, :] + bend
        return u, v
