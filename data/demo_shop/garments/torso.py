"""What all tops share: a body with armholes, sleeves, and the folds that gravity puts there."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.demo_shop.canvas import Canvas, Fold
from data.demo_shop.fabrics import Fabric, brightness, mixed, tinted
from data.demo_shop.shapes import Outline, Point, mirror, parallel, shifted, spline, symmetric


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloth:
    """What a garment is made of; ``motif`` names what is printed on it."""

    fabric: Fabric
    trim: Fabric
    motif: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Torso:
    """The cut of a body, as the points of its right half."""

    neck: Point = (62, 142)
    neck_depth: float = 52
    sharp_neck: bool = False
    shoulder: Point = (166, 180)
    armpit: Point = (150, 318)
    waist: Point = (146, 480)
    hem: Point = (154, 672)
    hem_drop: float = 6
    sleeveless: bool = False

    @property
    def neckline(self) -> Sequence[Point]:
        """The front neck from its middle to the shoulder."""
        x, y = self.neck
        low = y + self.neck_depth
        if self.sharp_neck:
            return [(0.5, low), (x * 0.56, y + self.neck_depth * 0.42), (x, y)]
        return [(0, low), (x * 0.62, y + self.neck_depth * 0.72), (x, y)]

    @property
    def armhole(self) -> Sequence[Point]:
        """From the shoulder's tip to the armpit."""
        (sx, sy), (px, py) = self.shoulder, self.armpit
        deep = 0.30 if self.sleeveless else 0.12
        inner = min(sx, px) - deep * abs(py - sy) * 0.5
        return [(sx, sy), (inner, sy + 0.55 * (py - sy)), (px, py)]

    @property
    def side(self) -> Sequence[Point]:
        """From the armpit to the hem."""
        return [self.armpit, self.waist, self.hem]

    @property
    def bottom(self) -> Sequence[Point]:
        """The hem from its side to its middle."""
        x, y = self.hem
        return [(x, y), (x * 0.5, y + self.hem_drop * 0.8), (0, y + self.hem_drop)]

    def outline(self) -> Outline:
        """The front."""
        shoulder = [self.neck, self.shoulder]
        return symmetric(self.neckline, shoulder, self.armhole, self.side, self.bottom)

    def inside(self, rise: float = 8) -> Outline:
        """The part of the back that the neck opening shows."""
        x, y = self.neck
        back = [(0, y + rise), (x * 0.6, y + rise * 0.7), (x, y - 1)]
        return symmetric(
            back,
            [(x, y), (x * 0.72, y + self.neck_depth * 0.75)],
            [(x * 0.72, y + self.neck_depth * 0.75), (0, y + self.neck_depth + 10)],
        )

    def whole_neckline(self) -> Outline:
        """The front neck from the left shoulder to the right."""
        half = spline(self.neckline)
        return np.vstack([mirror(half)[::-1], half[1:]])

    def whole_bottom(self, up_px: float = 0) -> Outline:
        """The hem from right to left, perhaps a little above its edge."""
        half = spline(self.bottom) - (0, up_px)
        return np.vstack([half, mirror(half)[::-1][1:]])


def draw_back(canvas: Canvas, torso: Torso, fabric: Fabric, *, label: bool = True) -> None:
    """The back seen through the neck, darker, with its label."""
    canvas.piece(torso.inside(), fabric.plain(), lift_px=2, edge_px=2, volume_px=0, dim=0.66)
    if label:
        x, y = 0, torso.neck[1] + 22
        pale = (232, 230, 224) if brightness(fabric.dye) < 0.7 else (60, 62, 66)
        w, h = 15, 10
        canvas.stain(
            np.array([(x - w, y - h), (x + w, y - h), (x + w, y + h), (x - w, y + h)], dtype=float),
            pale,
        )


def draw_body(
    canvas: Canvas, torso: Torso, fabric: Fabric, *, lift_px: float = 9, volume_px: float = 13
) -> None:
    """The front with its folds."""
    canvas.piece(
        torso.outline(),
        fabric,
        lift_px=lift_px,
        edge_px=5,
        volume_px=volume_px,
        folds=body_folds(canvas.rng, torso),
    )


def draw_hem(canvas: Canvas, torso: Torso, fabric: Fabric, *, up_px: float = 14) -> None:
    """The double seam above the hem."""
    line = torso.whole_bottom(up_px)[1:-1]
    canvas.seam(line, width_px=1.6, depth_px=0.9)
    canvas.stitches(line, thread(fabric), width_px=0.9, dash_px=4)


def thread(fabric: Fabric) -> tuple[int, int, int]:
    """The colour of a seam's thread on this fabric."""
    if brightness(fabric.dye) > 0.5:
        return tinted(fabric.dye, 0.74)
    return mixed(fabric.dye, (255, 255, 255), 0.22)


def draw_sleeve(
    canvas: Canvas,
    torso: Torso,
    fabric: Fabric,
    *,
    right: bool,
    length_px: float,
    angle_deg: float,
    cuff_px: float,
    puff_px: float = 6,
    lift_px: float = 7,
    band: Fabric | None = None,
    band_px: float = 0,
) -> None:
    """A sleeve from armhole to cuff; ``angle_deg`` is counted from hanging straight down.

    With a ``band`` its last ``band_px`` are a cuff of that fabric.
    """
    a = np.deg2rad(angle_deg + canvas.rng.uniform(-1.5, 1.5))
    down = np.array([np.sin(a), np.cos(a)])
    inward = np.array([-np.cos(a), np.sin(a)])
    top, armpit = np.array(torso.shoulder, float), np.array(torso.armpit, float)
    outer = top + down * length_px
    inner = outer + inward * cuff_px
    middle = (top + outer) / 2 - inward * (puff_px + 4)
    under = (armpit * 0.45 + inner * 0.55) + inward * 2
    shape = np.vstack(
        [
            spline([top - (24, 4), top - (8, 0), top + down * 22 - inward * 5, middle, outer]),
            spline([outer, (outer + inner) / 2 + down * 3, inner]),
            spline([inner, under, shifted(armpit, -4, 2)]),
            spline([armpit - (30, -4), top - (34, -26)]),
        ]
    )
    rng = canvas.rng
    folds = [
        Fold(_p(armpit), _p(top + down * length_px * rng.uniform(0.25, 0.55)), 11, 4.0),
        Fold(_p(armpit + down * 8), _p(middle + down * length_px * 0.18), 9, 3.0),
    ]
    if length_px > 220:
        for nominal in (0.34, 0.48, 0.60, 0.74, 0.86):
            share = nominal + rng.uniform(-0.05, 0.05)
            start = armpit + (inner - armpit) * share
            end = top + (outer - top) * (share + rng.uniform(-0.06, 0.10))
            if rng.random() < 0.45:
                start, end = end, start
            folds.append(Fold(_p(start), _p(end), rng.uniform(7, 12), rng.uniform(2, 4.2)))
        folds.append(Fold(_p(top + down * 40), _p((outer + inner) / 2), 20, 3.2))
    grain = angle_deg

    def place(outline: Outline) -> Outline:
        return outline if right else mirror(outline)

    if not right:
        folds = [_mirrored(fold) for fold in folds]
        grain = -grain
    canvas.piece(
        place(shape),
        fabric,
        lift_px=lift_px,
        edge_px=5,
        volume_px=12,
        folds=folds,
        grain_deg=-grain,
    )
    if band is not None and band_px:
        cuff = np.vstack(
            [
                spline([outer - down * band_px, outer + inward * -1]),
                spline([outer + inward * -1, (outer + inner) / 2 + down * 3, inner]),
                spline([inner, inner - down * band_px]),
                spline(
                    [
                        inner - down * band_px,
                        (outer + inner) / 2 - down * (band_px - 3),
                        outer - down * band_px,
                    ]
                ),
            ]
        )
        canvas.piece(
            place(cuff),
            band,
            lift_px=1.2,
            edge_px=3,
            volume_px=3,
            wrinkles=0.5,
            rides=True,
            grain_deg=-grain,
        )
    else:
        hem = np.array([outer - down * 10, (outer + inner) / 2 - down * 7, inner - down * 10])
        canvas.seam(place(hem), width_px=1.6, depth_px=0.9)


def draw_sleeves(
    canvas: Canvas,
    torso: Torso,
    fabric: Fabric,
    *,
    length_px: float,
    angle_deg: float,
    cuff_px: float,
    puff_px: float = 6,
    band: Fabric | None = None,
    band_px: float = 0,
) -> None:
    """Both sleeves."""
    for right in (False, True):
        draw_sleeve(
            canvas,
            torso,
            fabric,
            right=right,
            length_px=length_px,
            angle_deg=angle_deg,
            cuff_px=cuff_px,
            puff_px=puff_px,
            band=band,
            band_px=band_px,
        )


def draw_neckband(canvas: Canvas, torso: Torso, fabric: Fabric, *, width_px: float = 15) -> None:
    """The ribbed band around the front neck, and its back."""
    line = torso.whole_neckline()
    inner = parallel(line, -1.0)
    outer = parallel(line, width_px)
    x, y = torso.neck
    back = [(-x - 3, y - 1), (0, y + 3), (x + 3, y - 1)]
    back_low = [(x + 3, y + 3), (0, y + 17), (-x - 3, y + 3)]
    canvas.piece(
        np.vstack([spline(back), spline(back_low)]),
        fabric,
        lift_px=2.5,
        edge_px=3,
        volume_px=2,
        wrinkles=0,
        dim=0.8,
    )
    canvas.piece(
        np.vstack([inner, outer[::-1]]),
        fabric,
        lift_px=1.2,
        edge_px=3,
        volume_px=2,
        wrinkles=0.2,
        rides=True,
    )
    canvas.seam(outer, width_px=1.6, depth_px=1.0)


def body_folds(rng: np.random.Generator, torso: Torso) -> list[Fold]:
    """Pulls from the armpits, a few long drapes, and slack at the waist."""
    (px, py), (hx, hy) = torso.armpit, torso.hem
    folds: list[Fold] = []
    for side in (-1, 1):
        for _ in range(2):
            end = (side * px * rng.uniform(-0.15, 0.5), py + (hy - py) * rng.uniform(0.12, 0.55))
            start = (side * (px - 4), py + rng.uniform(-6, 26))
            folds.append(Fold(start, end, rng.uniform(10, 16), rng.uniform(4, 6.5)))
        start = (side * hx * 0.96, hy - (hy - py) * rng.uniform(0.25, 0.45))
        end = (side * hx * rng.uniform(0.1, 0.4), start[1] + rng.uniform(-60, 40))
        folds.append(Fold(start, end, rng.uniform(9, 14), rng.uniform(3, 5)))
    for _ in range(5):
        x = rng.uniform(-0.85, 0.85) * hx
        start = (x, hy + 12)
        end = (x * rng.uniform(0.3, 0.9), hy - (hy - py) * rng.uniform(0.35, 0.8))
        folds.append(Fold(start, end, rng.uniform(13, 24), rng.uniform(3.5, 6)))
    return folds


def _mirrored(fold: Fold) -> Fold:
    (x0, y0), (x1, y1) = fold.start, fold.end
    return Fold((-x0, y0), (-x1, y1), fold.width_px, fold.height_px)


def _p(point: np.ndarray) -> Point:
    return float(point[0]), float(point[1])
