"""Blazers and coats: lapels, lining, flap pockets."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from data.demo_shop.canvas import Canvas, Fold
from data.demo_shop.fabrics import Fabric, brightness, mixed, plain, tinted
from data.demo_shop.garments.torso import (
    Cloth,
    Torso,
    draw_body,
    draw_sleeves,
    thread,
)
from data.demo_shop.shapes import (
    Outline,
    Point,
    box,
    mirror,
    outline,
    ribbon,
    shifted,
    symmetric,
)

MEN = Torso(
    neck=(58, 150),
    neck_depth=36,
    shoulder=(170, 190),
    armpit=(160, 326),
    waist=(158, 470),
    hem=(156, 612),
)


WOMEN = Torso(
    neck=(54, 152),
    neck_depth=36,
    shoulder=(150, 188),
    armpit=(142, 316),
    waist=(130, 450),
    hem=(144, 596),
)


def blazer(canvas: Canvas, cloth: Cloth, *, women: bool = False, double: bool = False) -> None:
    """A tailored jacket: notched lapels, two buttons (or two rows), flap pockets."""
    base = WOMEN if women else MEN
    torso = replace(
        base,
        neck=(56, 140),
        neck_depth=236,
        sharp_neck=True,
        waist=(base.waist[0] - 14, 440),
        hem=(base.hem[0] + 2, 640),
        hem_drop=8,
    )
    fabric = cloth.fabric
    draw_lining(canvas, torso, cloth.trim, deep=236)
    draw_sleeves(canvas, torso, fabric, length_px=440, angle_deg=11, cuff_px=70, puff_px=4)
    draw_body(canvas, torso, fabric, lift_px=10, volume_px=16)
    _sleeve_buttons(canvas, torso, fabric, angle_deg=11, length_px=440, cuff_px=70)
    front = 26 if double else 10
    canvas.seam([(front, 384), (front + 1, 520), (front + 14, 650)], width_px=3, depth_px=4)
    _cutaway(canvas, front=front, bottom=650)
    for side in (-1, 1):
        draw_flap_pocket(canvas, fabric, side * 88, 500, width=74)
        canvas.seam([(side * 96, 330), (side * 84, 420), (side * 92, 498)], width_px=1.6)
    canvas.seam([(60, 296), (112, 288)], width_px=4, depth_px=3)
    draw_lapels(canvas, fabric, neck=(56, 140), low=382, wide=92)
    horn = _horn(fabric)
    for y in (402, 462):
        canvas.button((0 if not double else 34, y), 8, horn)
        if double:
            canvas.button((-34, y), 8, horn)


def draw_lining(canvas: Canvas, torso: Torso, lining: Fabric, *, deep: float) -> None:
    """The lining of the back, seen through a front that opens ``deep`` pixels."""
    x, y = torso.neck
    shape = symmetric(
        [(0, y - 2), (x * 0.6, y - 2), (x + 6, y + 4)],
        [(x + 6, y + 4), (x * 0.7, y + deep * 0.6), (0, y + deep)],
    )
    canvas.piece(
        shape,
        lining.plain("satin"),
        lift_px=2,
        edge_px=2,
        volume_px=0,
        dim=0.6,
        folds=[Fold((12, y + deep), (4, y + 20), 14, 4)],
    )
    canvas.stain(box(-20, y + 26, 20, y + 46, 2), mixed(lining.dye, (240, 238, 230), 0.75))


def draw_lapels(
    canvas: Canvas, fabric: Fabric, *, neck: Point, low: float, wide: float, notch: float = 0.34
) -> None:
    """Collar and notched lapels down to where the front closes."""
    x, y = neck
    back = symmetric(
        [(0, y - 22), (x * 0.6, y - 20), (x + 4, y - 6)],
        [(x + 4, y - 6), (x * 0.6, y + 10), (0, y + 14)],
    )
    canvas.piece(back, fabric, lift_px=13, edge_px=4, volume_px=3, wrinkles=0.2)
    ny = y + (low - y) * notch
    for side in (-1, 1):

        def place(shape: Outline, side: int = side) -> Outline:
            return shape if side > 0 else mirror(shape)

        lapel = outline(
            [(x * 0.62, ny - 30), (x * 0.42, ny + (low - ny) * 0.42), (0, low)],
            [(0, low), (wide * 0.62, ny + (low - ny) * 0.46), (wide, ny)],
            [(wide, ny), (x * 0.62, ny - 30)],
        )
        canvas.shade(place(shifted(lapel, 3, 6)), -0.34, soft_px=7)
        canvas.piece(
            place(lapel),
            fabric,
            lift_px=4,
            edge_px=4,
            volume_px=5,
            rides=True,
            wrinkles=0.35,
            grain_deg=side * 12,
        )
        collar = outline(
            [(x - 8, y - 18), (x * 0.86, y + 28), (x * 0.60, ny - 28)],
            [(x * 0.60, ny - 28), (wide * 0.72, ny - 12)],
            [(wide * 0.72, ny - 12), (wide * 0.95, ny - 30), (x + 26, y + 40)],
            [(x + 26, y + 40), (x + 14, y), (x - 8, y - 18)],
        )
        canvas.shade(place(shifted(collar, 2, 5)), -0.26, soft_px=5)
        canvas.piece(
            place(collar),
            fabric,
            lift_px=5,
            edge_px=4,
            volume_px=4,
            rides=True,
            wrinkles=0.3,
            grain_deg=side * 30,
        )


def _cutaway(canvas: Canvas, *, front: float, bottom: float) -> None:
    """The rounded corner where the fronts part at the hem."""
    gap = outline(
        [(front + 6, bottom - 54), (front + 2, bottom - 20), (front - 22, bottom + 4)],
        [(front - 22, bottom + 4), (front + 46, bottom + 4)],
        [(front + 46, bottom + 4), (front + 16, bottom - 14), (front + 6, bottom - 54)],
    )
    canvas.shade(gap, -0.45, soft_px=3)


def _sleeve_buttons(
    canvas: Canvas,
    torso: Torso,
    fabric: Fabric,
    *,
    angle_deg: float,
    length_px: float,
    cuff_px: float,
) -> None:
    a = np.deg2rad(angle_deg)
    for up in (22, 38, 54):
        x = torso.shoulder[0] + np.sin(a) * (length_px - up) - cuff_px + 18
        y = torso.shoulder[1] + np.cos(a) * (length_px - up) + 12
        for side in (-1, 1):
            canvas.button((side * float(x), float(y)), 4.5, _horn(fabric))


def _horn(fabric: Fabric) -> Fabric:
    dark = brightness(fabric.dye) < 0.25
    return plain((70, 68, 70) if dark else tinted(fabric.dye, 0.45), "plastic")


def draw_flap_pocket(canvas: Canvas, fabric: Fabric, x: float, y: float, *, width: float) -> None:
    """The flap of a pocket, hanging from ``(x, y)``, its upper middle."""
    lid = box(x - width / 2, y, x + width / 2, y + 26, 5)
    canvas.shade(shifted(lid, 1, 5), -0.26, soft_px=4)
    canvas.piece(lid, fabric, lift_px=2, edge_px=2, volume_px=1, rides=True, wrinkles=0.3)
    canvas.seam([(x - width / 2 - 2, y), (x + width / 2 + 2, y)], width_px=2.4, depth_px=2)


def coat(canvas: Canvas, cloth: Cloth, *, style: str = "wool", women: bool = False) -> None:
    """A long coat; ``style`` is wool (lapels, one row), double or trench (belt)."""
    torso = Torso(
        neck=(50, 84),
        neck_depth=180,
        sharp_neck=True,
        shoulder=(134 if women else 146, 118),
        armpit=(130 if women else 140, 238),
        waist=(116 if women else 136, 396),
        hem=(150, 726),
        hem_drop=4,
    )
    fabric = cloth.fabric
    draw_lining(canvas, torso, cloth.trim, deep=180)
    draw_sleeves(canvas, torso, fabric, length_px=408, angle_deg=12, cuff_px=66, puff_px=4)
    draw_body(canvas, torso, fabric, lift_px=10, volume_px=17)
    double = style != "wool"
    front = 36 if double else 12
    canvas.seam([(front, 270), (front + 1, 500), (front + 4, 730)], width_px=3, depth_px=4)
    for side in (-1, 1):
        if style == "trench":
            slanted = np.array([(side * 74, 470), (side * 96, 530)], float)
            canvas.piece(
                ribbon(slanted, 18),
                fabric,
                lift_px=2,
                edge_px=2,
                volume_px=1,
                rides=True,
                wrinkles=0.2,
            )
            flap = outline(
                [(side * 44, 150), (side * 128, 176)],
                [(side * 128, 176), (side * 110, 258), (side * 40, 262)],
                [(side * 40, 262), (side * 44, 150)],
            )
            if side > 0:
                canvas.piece(
                    flap, fabric, lift_px=2, edge_px=2, volume_px=2, rides=True, wrinkles=0.3
                )
            strap = np.array([(side * 58, 100), (side * 126, 126)], float)
            canvas.piece(
                ribbon(strap, 18),
                fabric,
                lift_px=2.5,
                edge_px=2,
                volume_px=1,
                rides=True,
                wrinkles=0.2,
            )
        else:
            draw_flap_pocket(canvas, fabric, side * 86, 470, width=66)
    draw_lapels(canvas, fabric, neck=(50, 84), low=272, wide=92 if double else 78, notch=0.4)
    horn = _horn(fabric)
    rows: Sequence[float] = (300, 380, 460) if not double else (296, 356, 450, 510)
    for y in rows:
        for x in (-38, 38) if double else (0,):
            canvas.button((x, y), 8.5, horn)
    if style == "trench":
        _belt(canvas, fabric, y=404, half=torso.waist[0] + 4)


def _belt(canvas: Canvas, fabric: Fabric, *, y: float, half: float) -> None:
    line = np.array([(-half, y - 3), (0, y + 2), (half, y - 3)], float)
    canvas.shade(ribbon(shifted(line, 0, 6), 30), -0.3, soft_px=5)
    canvas.piece(
        ribbon(line, 28), fabric, lift_px=4, edge_px=3, volume_px=2, rides=True, wrinkles=0.3
    )
    for up in (-9, 9):
        canvas.stitches(shifted(line, 0, up), thread(fabric), width_px=1)
    buckle = _horn(fabric)
    canvas.piece(
        box(-22, y - 20, 22, y + 22, 5),
        buckle,
        lift_px=5,
        edge_px=3,
        volume_px=0,
        rides=True,
        wrinkles=0,
    )
    canvas.piece(
        box(-13, y - 12, 13, y + 14, 3),
        fabric,
        lift_px=-2,
        edge_px=1,
        volume_px=0,
        rides=True,
        wrinkles=0,
    )
    tail = np.array([(20, y), (58, y + 40), (62, y + 104)], float)
    canvas.shade(ribbon(shifted(tail, 4, 4), 24), -0.3, soft_px=5)
    canvas.piece(ribbon(tail, 24), fabric, lift_px=5, edge_px=3, volume_px=2, rides=True)
