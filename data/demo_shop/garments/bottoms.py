"""Trousers, jeans, track pants and shorts."""

from dataclasses import dataclass

import numpy as np

from data.demo_shop.canvas import Canvas, Fold
from data.demo_shop.fabrics import Fabric, Rgb, brightness, plain, tinted
from data.demo_shop.garments.outer import wear
from data.demo_shop.garments.torso import Cloth, thread
from data.demo_shop.shapes import (
    Outline,
    box,
    ellipse,
    mirror,
    outline,
    parallel,
    ribbon,
    shifted,
    spline,
    symmetric,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Legs:
    """The cut of trousers, as half widths and heights in pixels."""

    top: float = 74
    waist: float = 104
    hip: float = 136
    crotch: float = 268
    knee: tuple[float, float] = (54, 132)
    end: tuple[float, float] = (66, 128)
    bottom: float = 736

    def leg(self, side: int) -> Outline:
        """One leg with its half of the seat."""
        t, y0 = self.top, self.crotch
        knee_y = y0 + (self.bottom - y0) * 0.48
        shape = outline(
            [(-4, t), (self.waist, t)],
            [(self.waist, t), (self.waist + 16, t + 50), (self.hip, y0 - 40)],
            [
                (self.hip, y0 - 40),
                (self.hip + 2, y0 + 30),
                (self.knee[1], knee_y),
                (self.end[1], self.bottom),
            ],
            [
                (self.end[1], self.bottom),
                ((self.end[0] + self.end[1]) / 2, self.bottom + 5),
                (self.end[0], self.bottom - 1),
            ],
            [(self.end[0], self.bottom - 1), (self.knee[0], knee_y), (10, y0 + 26), (-2, y0)],
            [(-2, y0), (-4, t)],
        )
        return shape if side > 0 else mirror(shape)


def _leg_folds(canvas: Canvas, legs: Legs, side: int) -> list[Fold]:
    rng, y0 = canvas.rng, legs.crotch
    inner, outer = legs.knee
    knee = y0 + (legs.bottom - y0) * 0.48
    folds = []
    for _ in range(3):
        start = (side * 6, y0 + rng.uniform(-20, 26))
        end = (side * rng.uniform(60, legs.hip), y0 + rng.uniform(-60, 40))
        folds.append(Fold(start, end, rng.uniform(8, 13), rng.uniform(3, 5.5)))
    for y in (knee - 24, knee + 8, knee + 40):
        if rng.random() < 0.5:
            ends = ((side * inner, y), (side * outer, y + rng.uniform(-30, 40)))
        else:
            ends = ((side * outer, y), (side * inner, y + rng.uniform(-30, 40)))
        folds.append(Fold(*ends, rng.uniform(8, 14), rng.uniform(2.5, 4.5)))
    for _ in range(2):
        y = legs.bottom - rng.uniform(20, 110)
        x0, x1 = side * legs.end[0], side * legs.end[1]
        folds.append(Fold((x0, y), (x1, y + rng.uniform(-26, 26)), rng.uniform(7, 12), 3.5))
    middle = (inner + outer) / 2
    folds.append(Fold((side * middle, legs.bottom), (side * middle * 0.9, y0 + 20), 24, 4))
    return folds


def _draw_legs(canvas: Canvas, legs: Legs, fabric: Fabric, *, crease: bool = False) -> None:
    back = symmetric(
        [(0, legs.top + 12), (legs.waist * 0.6, legs.top + 8), (legs.waist, legs.top - 4)],
        [(legs.waist, legs.top - 4), (legs.waist, legs.top + 30), (0, legs.top + 40)],
    )
    canvas.piece(back, fabric.plain(), lift_px=3, edge_px=2, volume_px=0, dim=0.7)
    for side in (-1, 1):
        folds = _leg_folds(canvas, legs, side)
        canvas.piece(
            legs.leg(side),
            fabric,
            lift_px=8,
            edge_px=6,
            volume_px=18,
            folds=folds,
            grain_deg=-side * 2,
        )
        middle = (legs.end[0] + legs.end[1]) / 2
        if crease:
            line = [
                (side * middle, legs.bottom - 2),
                (side * (middle - 2), legs.crotch + 130),
                (side * (middle - 14), legs.crotch - 40),
            ]
            canvas.shade(ribbon(shifted(np.array(line, float), side * 4, 0), 8), -0.14, soft_px=4)
            canvas.shade(ribbon(np.array(line, float) - (side * 3, 0), 5), 0.10, soft_px=3)
        hem = spline(
            [
                (side * (legs.end[1] - 1), legs.bottom),
                (side * middle, legs.bottom + 5),
                (side * (legs.end[0] + 1), legs.bottom - 1),
            ]
        ) - (0, 14)
        canvas.seam(hem, width_px=1.6, depth_px=1)
        canvas.stitches(hem, thread(fabric), width_px=1)


def _waistband(
    canvas: Canvas, legs: Legs, fabric: Fabric, *, height_px: float = 32, stitch: Rgb | None = None
) -> Outline:
    """The band with its loops; returns its lower edge."""
    t, w = legs.top, legs.waist
    top = [(-w - 1, t - 6), (0, t + 8), (w + 1, t - 6)]
    low = [(w + 8, t + height_px - 8), (0, t + height_px + 8), (-w - 8, t + height_px - 8)]
    canvas.piece(
        np.vstack([spline(top), spline(low)]),
        fabric,
        lift_px=10,
        edge_px=3,
        volume_px=4,
        wrinkles=0.3,
    )
    canvas.seam(low, width_px=2)
    colour = stitch or thread(fabric)
    canvas.stitches(parallel(spline(top), 4)[1:-1], colour, width_px=1.1)
    canvas.stitches(parallel(spline(low), 4)[1:-1], colour, width_px=1.1)
    for x in (-w * 0.62, w * 0.62, -w * 0.98, w * 0.98):
        loop = box(x - 6, t - 6 + 10 * (1 - abs(x) / w), x + 6, t + height_px + 6)
        canvas.piece(loop, fabric, lift_px=2.5, edge_px=2, volume_px=0, rides=True, wrinkles=0)
    return spline(low)


def _fly(canvas: Canvas, legs: Legs, fabric: Fabric, *, stitch: Rgb | None = None) -> None:
    top = legs.top + 38
    line = np.array([(30, top), (28, top + 70), (14, top + 104), (0, top + 116)], float)
    canvas.seam([(2, top), (1, top + 90), (-1, legs.crotch - 4)], width_px=2.6, depth_px=2.4)
    canvas.stitches(line, stitch or thread(fabric), width_px=1.2)


def trousers(canvas: Canvas, cloth: Cloth, *, cut: str = "chino", women: bool = False) -> None:
    """Cloth trousers; ``cut`` is chino, formal, wide or cargo."""
    hips = 4 if women else 0
    legs = Legs(waist=98 if women else 106, hip=134 + hips)
    if cut == "wide":
        legs = Legs(waist=92, hip=136, knee=(30, 156), end=(26, 182), top=66)
    elif cut == "formal":
        legs = Legs(waist=104, hip=134, knee=(42, 134), end=(50, 130))
    fabric = cloth.fabric
    _draw_legs(canvas, legs, fabric, crease=cut in {"formal", "wide"})
    _slant_pockets(canvas, legs, fabric)
    _waistband(canvas, legs, fabric)
    _fly(canvas, legs, fabric)
    if cut == "cargo":
        for side in (-1, 1):
            for shape, lift in ((box(70, 400, 140, 492, 4), 3.0), (box(66, 392, 144, 418, 4), 2.5)):
                place = shape if side > 0 else mirror(shape)
                canvas.shade(shifted(place, 1, 5), -0.2, soft_px=4)
                canvas.piece(
                    place, fabric, lift_px=lift, edge_px=3, volume_px=3, rides=True, wrinkles=0.6
                )
                canvas.stitches(parallel(place, 4), thread(fabric), width_px=1)
    canvas.button((0, legs.top + 24), 7, plain(tinted(fabric.dye, 0.5), "plastic"))


def _slant_pockets(canvas: Canvas, legs: Legs, fabric: Fabric) -> None:
    for side in (-1, 1):
        line = np.array(
            [
                (side * (legs.waist * 0.72), legs.top + 34),
                (side * (legs.waist + 14), legs.top + 120),
            ],
            float,
        )
        canvas.seam(line, width_px=3, depth_px=3)
        canvas.stitches(line - (side * 6, -2), thread(fabric), width_px=1)


def jeans(
    canvas: Canvas, cloth: Cloth, *, cut: str = "slim", women: bool = False, ripped: bool = False
) -> None:
    """Five-pocket jeans; ``cut`` is slim, straight or flared."""
    waist = 96 if women else 106
    legs = {
        "slim": Legs(waist=waist, hip=134, knee=(58, 126), end=(76, 122)),
        "straight": Legs(waist=waist, hip=136, knee=(50, 134), end=(58, 136)),
        "flared": Legs(waist=waist - 2, hip=132, knee=(56, 124), end=(40, 160)),
    }[cut]
    fabric = cloth.fabric
    gold: Rgb = (210, 152, 80) if 0.1 < brightness(fabric.dye) < 0.85 else thread(fabric)
    _draw_legs(canvas, legs, fabric)
    for side in (-1, 1):
        wear(canvas, [(side * 78, 330), (side * 88, 420), (side * 92, 500)], 46)
        canvas.stitches(
            [
                (side * (legs.hip - 4), 250),
                (side * (legs.knee[1] - 5), 500),
                (side * (legs.end[1] - 5), legs.bottom - 16),
            ],
            gold,
            width_px=1,
        )
        for i in range(3):
            whisker = [
                (side * 26, 262 + 20 * i),
                (side * 66, 250 + 24 * i),
                (side * 112, 250 + 26 * i),
            ]
            canvas.shade(ribbon(whisker, 7, 3), 0.20, soft_px=4)
    draw_scoop_pockets(canvas, legs, gold)
    _waistband(canvas, legs, fabric, stitch=gold)
    _fly(canvas, legs, fabric, stitch=gold)
    copper = plain((182, 134, 92), "metal")
    canvas.button((0, legs.top + 24), 9, copper)
    for side in (-1, 1):
        canvas.button((side * 50, legs.top + 42), 3, copper)
        canvas.button((side * (legs.waist + 8), legs.top + 88), 3, copper)
    if ripped:
        _rips(canvas)


def draw_scoop_pockets(canvas: Canvas, legs: Legs, gold: Rgb) -> None:
    """The curved front pockets of jeans and the coin pocket in one of them."""
    for side in (-1, 1):
        w, t = legs.waist, legs.top
        line = spline([(side * 46, t + 36), (side * 58, t + 78), (side * (w + 16), t + 96)])
        canvas.shade(np.vstack([line, [(side * (w + 12), t + 30)]]), -0.12, soft_px=3)
        canvas.seam(line, width_px=3.4, depth_px=3)
        canvas.stitches(shifted(line, side * -3, 5), gold, width_px=1.2)
        canvas.stitches(shifted(line, side * -6, 10), gold, width_px=1.2)
    coin = [(70, legs.top + 62), (98, legs.top + 64)]
    canvas.seam(coin, width_px=2)
    canvas.stitches(shifted(np.array(coin, float), 0, 4), gold, width_px=1)


def _rips(canvas: Canvas) -> None:
    for x, y, rx in ((-90, 466, 30), (88, 500, 26), (84, 404, 18)):
        hole = ellipse((x, y), rx, 12, 4)
        canvas.stain(hole, (226, 226, 222), soft_px=2)
        for i in range(-3, 4):
            canvas.stitches(
                [(x - rx, y + 3 * i), (x + rx, y + 3 * i + 1)],
                (168, 180, 196),
                width_px=0.8,
                dash_px=9,
            )


def joggers(canvas: Canvas, cloth: Cloth, *, stripe: bool = False, leggings: bool = False) -> None:
    """Track pants with elastic waist and cuffs, or ``leggings``."""
    legs = Legs(waist=92, hip=136, knee=(44, 138), end=(64, 118), bottom=716)
    if leggings:
        legs = Legs(waist=82, hip=116, knee=(46, 100), end=(54, 86), bottom=728)
    fabric = cloth.fabric
    _draw_legs(canvas, legs, fabric)
    if stripe:
        for side in (-1, 1):
            for gap in (10, 22):
                knee_y = legs.crotch + (legs.bottom - legs.crotch) * 0.48
                line = [
                    (side * (legs.hip - gap - 6), legs.crotch - 60),
                    (side * (legs.knee[1] - gap), knee_y),
                    (side * (legs.end[1] - gap), legs.bottom - 30),
                ]
                canvas.stain(ribbon(line, 7), cloth.trim.dye)
    rib = fabric.plain("rib")
    t, w = legs.top, legs.waist
    band = np.vstack(
        [
            spline([(-w - 2, t - 8), (0, t + 6), (w + 2, t - 8)]),
            spline([(w + 8, t + 30), (0, t + 44), (-w - 8, t + 30)]),
        ]
    )
    canvas.piece(band, rib, lift_px=10, edge_px=4, volume_px=4, wrinkles=0.3)
    for x in np.linspace(-w, w, 15):
        canvas.shade(ribbon([(x, t), (x * 1.06, t + 36)], 3), -0.14, soft_px=2)
    if leggings:
        return
    for side in (-1, 1):
        end0, end1 = legs.end
        cuff = box(end0 - 3, legs.bottom - 44, end1 + 4, legs.bottom + 6, 5)
        canvas.piece(
            cuff if side > 0 else mirror(cuff), rib, lift_px=9, edge_px=4, volume_px=6, wrinkles=0.2
        )
        cord = np.array([(side * 8, t + 30), (side * 14, t + 84), (side * 10, t + 132)], float)
        canvas.shade(ribbon(shifted(cord, 3, 3), 6), -0.25, soft_px=3)
        canvas.piece(
            ribbon(cord, 6),
            plain((230, 228, 222), "canvas"),
            lift_px=3,
            edge_px=2,
            volume_px=0,
            rides=True,
            wrinkles=0,
        )
    _slant_pockets(canvas, legs, fabric)


def shorts(canvas: Canvas, cloth: Cloth, *, cut: str = "chino", women: bool = False) -> None:
    """Shorts; ``cut`` is chino, denim, sport or swim."""
    bottom = {"chino": 560, "denim": 560, "sport": 520, "swim": 540}[cut]
    if women:
        bottom -= 90
    legs = Legs(
        top=170,
        waist=126 if not women else 118,
        hip=164,
        crotch=388 if not women else 370,
        knee=(26, 178),
        end=(22, 186),
        bottom=bottom,
    )
    fabric = cloth.fabric
    if cut in {"sport", "swim"}:
        _draw_legs(canvas, legs, fabric)
        _elastic(canvas, legs, cloth)
        return
    _draw_legs(canvas, legs, fabric)
    if cut == "denim":
        gold: Rgb = (210, 152, 80)
        wear(canvas, [(90, 440), (-90, 440)], 60)
        draw_scoop_pockets(canvas, legs, gold)
        _waistband(canvas, legs, fabric, stitch=gold)
        _fly(canvas, legs, fabric, stitch=gold)
        canvas.button((0, legs.top + 24), 9, plain((182, 134, 92), "metal"))
        for side in (-1, 1):
            cuff = box(18, bottom - 24, 189, bottom + 5, 3)
            canvas.piece(
                cuff if side > 0 else mirror(cuff),
                fabric,
                lift_px=3,
                edge_px=3,
                volume_px=2,
                rides=True,
                dim=1.08,
            )
    else:
        _slant_pockets(canvas, legs, fabric)
        _waistband(canvas, legs, fabric)
        _fly(canvas, legs, fabric)
        canvas.button((0, legs.top + 24), 7, plain(tinted(fabric.dye, 0.5), "plastic"))


def _elastic(canvas: Canvas, legs: Legs, cloth: Cloth) -> None:
    """A gathered waist with a cord, and piping down the sides."""
    t, w = legs.top, legs.waist
    for side in (-1, 1):
        side_line = spline(
            [
                (side * (w + 6), t + 30),
                (side * (legs.hip - 5), legs.crotch - 30),
                (side * (legs.end[1] - 7), legs.bottom - 3),
            ]
        )
        canvas.stain(ribbon(side_line, 9), cloth.trim.dye)
        hem = spline(
            [
                (side * (legs.end[1] - 2), legs.bottom - 6),
                (side * 100, legs.bottom - 2),
                (side * (legs.end[0] + 2), legs.bottom - 7),
            ]
        )
        canvas.stain(ribbon(hem, 9), cloth.trim.dye)
    band = np.vstack(
        [
            spline([(-w - 2, t - 8), (0, t + 6), (w + 2, t - 8)]),
            spline([(w + 10, t + 36), (0, t + 50), (-w - 10, t + 36)]),
        ]
    )
    canvas.piece(band, cloth.fabric, lift_px=10, edge_px=4, volume_px=5, wrinkles=0.5)
    for x in np.linspace(-w, w, 19):
        canvas.shade(ribbon([(x, t + 2), (x * 1.07, t + 42)], 4), -0.16, soft_px=2)
        canvas.shade(ribbon([(x * 1.07, t + 42), (x * 1.1, t + 80)], 5, 1), -0.12, soft_px=3)
    for side in (-1, 1):
        cord = np.array([(side * 6, t + 34), (side * 20, t + 84), (side * 14, t + 140)], float)
        canvas.shade(ribbon(shifted(cord, 3, 3), 6), -0.25, soft_px=3)
        canvas.piece(
            ribbon(cord, 6),
            plain((232, 230, 224), "canvas"),
            lift_px=3,
            edge_px=2,
            volume_px=0,
            rides=True,
            wrinkles=0,
        )
