"""Skirts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.demo_shop.canvas import Canvas, Fold
from data.demo_shop.fabrics import DYES, Rgb, plain
from data.demo_shop.garments.bottoms import Legs, draw_scoop_pockets
from data.demo_shop.garments.outer import wear
from data.demo_shop.garments.torso import Cloth
from data.demo_shop.shapes import (
    ribbon,
    shifted,
    spline,
    symmetric,
)


@dataclass(frozen=True, slots=True)
class _Size:
    """Where a skirt starts and ends, and its half widths there, in pixels."""

    top: float
    waist: float
    hem: float
    bottom: float


_SIZES = {
    "aline": _Size(190, 104, 206, 560),
    "pleated": _Size(120, 96, 218, 640),
    "pencil": _Size(130, 100, 118, 640),
    "denim": _Size(210, 112, 164, 520),
    "maxi": _Size(92, 84, 196, 704),
    "tiered": _Size(130, 94, 214, 650),
}


def skirt(canvas: Canvas, cloth: Cloth, *, cut: str = "aline") -> None:
    """A skirt; ``cut`` is aline, pleated, pencil, denim, maxi or tiered."""
    size = _SIZES[cut]
    top, waist, hem, bottom = size.top, size.waist, size.hem, size.bottom
    fabric = cloth.fabric
    hip = {"pencil": 136, "denim": 152}.get(cut, waist + (hem - waist) * 0.45)
    back = symmetric(
        [(0, top + 8), (waist * 0.6, top + 4), (waist, top - 6)],
        [(waist, top - 6), (waist, top + 26), (0, top + 36)],
    )
    canvas.piece(back, fabric.plain(), lift_px=3, edge_px=2, volume_px=0, dim=0.7)
    wave = {"pleated": 7.0, "maxi": 7.0, "tiered": 7.0}.get(cut, 0.0)
    shape = symmetric(
        [(0, top + 14), (waist * 0.6, top + 10), (waist, top)],
        [(waist, top), (hip, top + (bottom - top) * 0.36), (hem, bottom)],
        [
            (float(hem * t), bottom + 22 * (1 - t * t) + wave * np.sin(t * 19))
            for t in np.linspace(1, 0, 14)
        ],
    )
    flare = {"pleated": 17, "aline": 6, "maxi": 11, "tiered": 13}.get(cut, 3)
    canvas.piece(
        shape,
        fabric,
        lift_px=8,
        edge_px=6,
        volume_px=18,
        folds=_flares(canvas, size, flare, sharp=cut == "pleated"),
        straight=cut == "pleated",
    )
    if cut == "pleated":
        _pleats(canvas, size, flare)
    if cut == "tiered":
        for share in (0.36, 0.68):
            y = top + (bottom - top) * share
            half = waist + (hem - waist) * share * 1.02
            line = [(-half, y - 6), (0, y + 8), (half, y - 6)]
            canvas.seam(line, width_px=4, depth_px=4)
            for x in np.linspace(-half * 0.95, half * 0.95, 25):
                canvas.shade(ribbon([(x, y + 4), (x * 1.06, y + 44)], 6, 1), -0.18, soft_px=2)
    if cut == "denim":
        _denim_skirt(canvas, size)
    band = np.vstack(
        [
            spline([(-waist - 1, top - 8), (0, top + 6), (waist + 1, top - 8)]),
            spline([(waist + 6, top + 20), (0, top + 36), (-waist - 6, top + 20)]),
        ]
    )
    canvas.piece(
        band,
        fabric.plain() if cut != "denim" else fabric,
        lift_px=10,
        edge_px=3,
        volume_px=4,
        wrinkles=0.3,
    )
    canvas.seam([(-waist - 4, top + 21), (0, top + 37), (waist + 4, top + 21)])
    if cut == "denim":
        canvas.button((0, top + 22), 9, plain((182, 134, 92), "metal"))


def _flares(canvas: Canvas, size: _Size, count: int, *, sharp: bool) -> list[Fold]:
    rng, hem = canvas.rng, size.hem
    folds = []
    for share in np.linspace(-0.92, 0.92, count):
        jitter = 0 if sharp else rng.uniform(-0.06, 0.06)
        start = (float((share + jitter) * hem), size.bottom + 16)
        end = (float(share * size.waist), size.top + (20 if sharp else rng.uniform(20, 120)))
        width = hem / count * (0.6 if sharp else rng.uniform(0.6, 1.1))
        folds.append(Fold(start, end, width, 6 if sharp else rng.uniform(5, 9)))
    return folds


def _pleats(canvas: Canvas, size: _Size, count: int) -> None:
    for share in np.linspace(-0.92, 0.92, count):
        line = [
            (share * size.waist, size.top + 30),
            (share * (size.waist + size.hem) / 2, (size.top + size.bottom) / 2),
            (share * size.hem, size.bottom + 16),
        ]
        canvas.shade(ribbon(shifted(np.array(line), 5, 0), 3, 11), -0.26, soft_px=3)
        canvas.seam(line, width_px=1.6, depth_px=2)


def _denim_skirt(canvas: Canvas, size: _Size) -> None:
    gold: Rgb = (210, 152, 80)
    top, bottom, hem = size.top, size.bottom, size.hem
    legs = Legs(top=top, waist=size.waist)
    wear(canvas, [(70, 380), (-70, 380)], 70)
    draw_scoop_pockets(canvas, legs, gold)
    canvas.seam([(0, top + 30), (0, bottom + 20)], width_px=2.4)
    for x in (-8, 8):
        canvas.stitches([(x, top + 40), (x, bottom + 18)], gold, width_px=1.2)
    for y in np.arange(top + 72, bottom, 52):
        canvas.button((0, float(y)), 8, plain((182, 134, 92), "metal"))
    low: Sequence[tuple[float, float]] = [
        (-hem + 4, bottom - 16),
        (0, bottom + 8),
        (hem - 4, bottom - 16),
    ]
    canvas.stitches(low, gold, width_px=1.2)
    canvas.button((0, top + 20), 9, plain(DYES["silver"], "metal"))
