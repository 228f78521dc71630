"""Sweaters, cardigans, sweatshirts and hoodies."""

from dataclasses import replace

import numpy as np

from data.demo_shop.canvas import Canvas, Fold
from data.demo_shop.fabrics import DYES, Fabric, plain
from data.demo_shop.garments.tops import draw_motif
from data.demo_shop.garments.torso import (
    Cloth,
    Torso,
    draw_back,
    draw_body,
    draw_neckband,
    draw_sleeves,
    thread,
)
from data.demo_shop.shapes import box, ellipse, mirror, outline, ribbon, shifted, spline, symmetric

_MEN = Torso(
    neck=(60, 146),
    neck_depth=44,
    shoulder=(166, 186),
    armpit=(162, 322),
    waist=(160, 480),
    hem=(150, 622),
)
_WOMEN = Torso(
    neck=(64, 150),
    neck_depth=48,
    shoulder=(150, 186),
    armpit=(144, 316),
    waist=(142, 460),
    hem=(134, 590),
)


def sweater(
    canvas: Canvas, cloth: Cloth, *, women: bool = False, neck: str = "crew", vest: bool = False
) -> None:
    """A pullover; ``neck`` is crew, v or roll; a ``vest`` has no sleeves."""
    torso = _WOMEN if women else _MEN
    if neck == "v":
        torso = replace(torso, neck_depth=120, sharp_neck=True)
    if vest:
        torso = replace(torso, shoulder=(132, 172), sleeveless=True, armpit=(150, 330))
    rib = cloth.trim.plain("rib")
    draw_back(canvas, torso, cloth.fabric, label=neck != "roll")
    if not vest:
        _sleeves(canvas, torso, cloth.fabric, rib)
    draw_body(canvas, torso, cloth.fabric, lift_px=10, volume_px=16)
    draw_welt(canvas, torso, rib)
    if vest:
        for line in (spline(torso.armhole), mirror(spline(torso.armhole))):
            canvas.piece(
                ribbon(line, 18), rib, lift_px=1.5, edge_px=3, volume_px=2, rides=True, wrinkles=0
            )
    if neck == "roll":
        _roll_neck(canvas, torso, rib)
    else:
        draw_neckband(canvas, torso, rib, width_px=20)
    if cloth.motif:
        draw_motif(canvas, cloth, centre_y=340)


def _sleeves(canvas: Canvas, torso: Torso, fabric: Fabric, rib: Fabric) -> None:
    length = 424 if torso.shoulder[0] > 160 else 396
    draw_sleeves(
        canvas,
        torso,
        fabric,
        length_px=length,
        angle_deg=16,
        cuff_px=60,
        puff_px=6,
        band=rib,
        band_px=46,
    )


def draw_welt(canvas: Canvas, torso: Torso, rib: Fabric, *, height_px: float = 44) -> None:
    """The ribbed end of a body."""
    x, y = torso.hem
    shape = symmetric(
        [(0, y - height_px), (x * 0.6, y - height_px - 1), (x + 7, y - height_px - 3)],
        [(x + 7, y - height_px - 3), (x + 1, y - height_px / 2), (x - 4, y + 3)],
        [(x - 4, y + 3), (x * 0.5, y + 8), (0, y + 9)],
    )
    canvas.piece(shape, rib, lift_px=9, edge_px=5, volume_px=7, wrinkles=0.4)
    canvas.seam(
        [(-x - 4, y - height_px - 2), (0, y - height_px + 1), (x + 4, y - height_px - 2)],
        width_px=3,
    )


def _roll_neck(canvas: Canvas, torso: Torso, rib: Fabric) -> None:
    x, y = torso.neck
    tube = symmetric(
        [(0, y - 44), (x * 0.6, y - 47), (x + 2, y - 38)],
        [(x + 2, y - 38), (x + 7, y - 8), (x + 5, y + 20)],
        [(x + 5, y + 20), (x * 0.6, y + 40), (0, y + 48)],
    )
    canvas.piece(tube, rib, lift_px=16, edge_px=7, volume_px=10, wrinkles=0.5)
    fold = symmetric(
        [(0, y - 40), (x * 0.5, y - 41), (x - 4, y - 36)],
        [(x - 4, y - 36), (x * 0.5, y - 29), (0, y - 27)],
    )
    canvas.piece(fold, rib, lift_px=6, edge_px=2, volume_px=0, dim=0.55)


def cardigan(canvas: Canvas, cloth: Cloth, *, women: bool = False) -> None:
    """A knitted jacket with buttons and a deep neck."""
    torso = replace(_WOMEN if women else _MEN, neck_depth=176, sharp_neck=True)
    rib = cloth.trim.plain("rib")
    draw_back(canvas, torso, cloth.fabric)
    _sleeves(canvas, torso, cloth.fabric, rib)
    draw_body(canvas, torso, cloth.fabric, lift_px=10, volume_px=16)
    draw_welt(canvas, torso, rib)
    x, y = torso.neck
    bottom = torso.hem[1] + 8
    for side in (-1, 1):
        line = [
            (side * (x - 2), y - 6),
            (side * 34, y + 90),
            (side * 4, y + 176),
            (side * 3, bottom),
        ]
        canvas.piece(
            ribbon(line, 24), rib, lift_px=2.5, edge_px=3, volume_px=2, rides=True, wrinkles=0.2
        )
    canvas.piece(
        ribbon([(-x, y - 4), (0, y + 4), (x, y - 4)], 20),
        rib,
        lift_px=4,
        edge_px=3,
        volume_px=2,
        dim=0.85,
    )
    canvas.seam([(11, y + 186), (11, bottom - 2)], width_px=2.4)
    horn = plain((86, 62, 44) if sum(cloth.fabric.dye) > 240 else (170, 160, 146), "plastic")
    for button_y in np.linspace(y + 196, bottom - 24, 6):
        canvas.button((1, float(button_y)), 7.5, horn)
    for side in (-1, 1):
        if women:
            break
        top = box(side * 88 - 38, 486, side * 88 + 38, 504)
        canvas.piece(top, rib, lift_px=1.5, edge_px=2, volume_px=1, rides=True, wrinkles=0.2)


def sweatshirt(canvas: Canvas, cloth: Cloth, *, women: bool = False) -> None:
    """A crew-neck sweatshirt with the V stitched below its neck."""
    torso = _WOMEN if women else _MEN
    rib = cloth.fabric.plain("rib")
    draw_back(canvas, torso, cloth.fabric)
    _sleeves(canvas, torso, cloth.fabric, rib)
    draw_body(canvas, torso, cloth.fabric, lift_px=10, volume_px=16)
    draw_welt(canvas, torso, rib)
    draw_neckband(canvas, torso, rib, width_px=19)
    y = torso.neck[1] + torso.neck_depth + 20
    canvas.stitches([(-17, y - 2), (0, y + 24)], thread(cloth.fabric))
    canvas.stitches([(17, y - 2), (0, y + 24)], thread(cloth.fabric))
    if cloth.motif:
        draw_motif(canvas, cloth, centre_y=346)


def hoodie(canvas: Canvas, cloth: Cloth, *, women: bool = False, zipped: bool = False) -> None:
    """A hooded sweatshirt: hood, drawstrings, kangaroo pocket; perhaps with a zip."""
    base = _WOMEN if women else _MEN
    torso = replace(
        base,
        neck=(64, 196),
        neck_depth=54,
        shoulder=(base.shoulder[0], 222),
        armpit=(base.armpit[0], 352),
        waist=(base.waist[0], 500),
        hem=(base.hem[0], 654),
    )
    fabric, rib = cloth.fabric, cloth.fabric.plain("rib")
    _hood_back(canvas, fabric, cloth.trim)
    _sleeves(canvas, torso, fabric, rib)
    draw_body(canvas, torso, fabric, lift_px=10, volume_px=16)
    draw_welt(canvas, torso, rib)
    _hood_front(canvas, fabric)
    _kangaroo(canvas, fabric, torso, split=zipped)
    if zipped:
        draw_zip(canvas, top=262, bottom=torso.hem[1] + 6)
    elif cloth.motif:
        draw_motif(canvas, cloth, centre_y=396)
    for side in (-1, 1):
        cord = np.array([(side * 17, 262), (side * 22, 312), (side * 20, 366)], float)
        canvas.shade(ribbon(shifted(cord, 3, 3), 6), -0.25, soft_px=3)
        canvas.piece(
            ribbon(cord, 6),
            plain((232, 230, 224), "canvas"),
            lift_px=3,
            edge_px=2,
            volume_px=1,
            rides=True,
            wrinkles=0,
        )
        canvas.button((side * 17, 258), 4.6, plain(DYES["silver"], "metal"))


def _hood_back(canvas: Canvas, fabric: Fabric, lining: Fabric) -> None:
    hood = symmetric(
        [(0, 64), (58, 74), (96, 122), (104, 186), (82, 236)], [(82, 236), (40, 266), (0, 274)]
    )
    canvas.piece(
        hood,
        fabric.plain(),
        lift_px=9,
        edge_px=8,
        volume_px=16,
        folds=[Fold((60, 230), (50, 90), 14, 4), Fold((-64, 226), (-40, 96), 14, 4)],
    )
    inside = symmetric([(0, 92), (42, 100), (66, 144), (66, 196)], [(66, 196), (34, 250), (0, 262)])
    canvas.shade(inside, -0.3, soft_px=8)
    canvas.piece(
        inside,
        lining.plain(),
        lift_px=3,
        edge_px=4,
        volume_px=0,
        dim=0.62,
        folds=[Fold((0, 250), (6, 110), 16, 5)],
    )
    canvas.seam([(0, 96), (0, 250)], width_px=2.4)
    canvas.stain(box(-15, 216, 15, 236, 2), (228, 226, 220))


def _hood_front(canvas: Canvas, fabric: Fabric) -> None:
    """The two sides of the hood that meet under the chin."""
    for side in (-1, 1):
        half = outline(
            [(side * 72, 118), (side * 104, 158), (side * 108, 206), (side * 92, 238)],
            [(side * 92, 238), (side * 52, 264), (side * -6, 284)],
            [(side * -6, 284), (side * 26, 246), (side * 58, 204), (side * 72, 118)],
        )
        canvas.shade(shifted(half, 0, 6), -0.28, soft_px=6)
        canvas.piece(
            half,
            fabric,
            lift_px=14,
            edge_px=6,
            volume_px=12,
            grain_deg=side * 24,
            folds=[Fold((side * 20, 268), (side * 84, 190), 12, 4)],
        )
        edge = [(side * 66, 140), (side * 54, 204), (side * 20, 252), (side * -4, 272)]
        canvas.stitches(shifted(np.array(edge, float), side * 9, 3), thread(fabric), width_px=1)


def _kangaroo(canvas: Canvas, fabric: Fabric, torso: Torso, *, split: bool) -> None:
    y = torso.hem[1] - 46
    for side in (-1, 1):
        half = outline(
            [(0, y - 128), (side * 66, y - 128)],
            [(side * 66, y - 128), (side * 94, y - 86), (side * 108, y - 44)],
            [(side * 108, y - 44), (side * 108, y)],
            [(side * 108, y), (0, y)],
        )
        canvas.piece(
            half,
            fabric,
            lift_px=2.2,
            edge_px=3 if split else 2,
            volume_px=4,
            rides=True,
            wrinkles=0.7,
        )
        mouth = [(side * 66, y - 126), (side * 92, y - 86), (side * 106, y - 44)]
        canvas.seam(shifted(np.array(mouth, float), side * 3, 0), width_px=4, depth_px=3)
        canvas.stitches(np.array(mouth, float) - (side * 9, 0), thread(fabric), width_px=1)


def draw_zip(
    canvas: Canvas, *, top: float, bottom: float, x: float = 0, metal: bool = True
) -> None:
    """A zip from top to bottom with its slider."""
    tape = plain((52, 52, 56), "canvas")
    canvas.piece(
        box(x - 7, top, x + 7, bottom),
        tape,
        lift_px=1,
        edge_px=1,
        volume_px=0,
        rides=True,
        wrinkles=0,
    )
    teeth = (196, 198, 202) if metal else (92, 92, 96)
    canvas.stitches([(x - 1.5, top + 4), (x - 1.5, bottom - 2)], teeth, width_px=3.4, dash_px=4)
    canvas.stitches([(x + 1.5, top + 6), (x + 1.5, bottom - 2)], teeth, width_px=3.4, dash_px=4)
    silver = plain(DYES["silver"], "metal")
    canvas.piece(
        box(x - 5, top + 4, x + 5, top + 18, 3),
        silver,
        lift_px=3,
        edge_px=2,
        volume_px=0,
        rides=True,
        wrinkles=0,
    )
    canvas.piece(
        ellipse((x, top + 27), 3.6, 10),
        silver,
        lift_px=3,
        edge_px=2,
        volume_px=0,
        rides=True,
        wrinkles=0,
    )
