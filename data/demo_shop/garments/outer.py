"""Jackets: denim, bomber, down, parka, leather."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from data.demo_shop.canvas import Canvas, Fold
from data.demo_shop.fabrics import DYES, Fabric, brightness, plain
from data.demo_shop.garments.knits import draw_welt, draw_zip
from data.demo_shop.garments.tailoring import MEN, WOMEN, draw_flap_pocket, draw_lapels, draw_lining
from data.demo_shop.garments.tops import draw_collar
from data.demo_shop.garments.torso import (
    Cloth,
    Torso,
    draw_back,
    draw_body,
    draw_sleeves,
    thread,
)
from data.demo_shop.shapes import (
    Point,
    box,
    ellipse,
    mirror,
    outline,
    ribbon,
    shifted,
    spline,
    symmetric,
)


def denim_jacket(canvas: Canvas, cloth: Cloth, *, women: bool = False) -> None:
    """A trucker jacket: pointed yoke, chest pockets, metal buttons, contrast stitching."""
    torso = WOMEN if women else replace(MEN, hem=(148, 590))
    fabric, gold = cloth.fabric, _contrast_thread(cloth.fabric)
    draw_back(canvas, torso, fabric)
    draw_sleeves(
        canvas,
        torso,
        fabric,
        length_px=418,
        angle_deg=14,
        cuff_px=64,
        puff_px=4,
        band=fabric,
        band_px=38,
    )
    draw_body(canvas, torso, fabric, lift_px=10, volume_px=15)
    bottom = torso.hem[1] + torso.hem_drop
    wear(canvas, [(70, 430), (-70, 430), (100, 520), (-100, 520)], 52)
    for side in (-1, 1):
        yoke = np.array([(side * 12, 262), (side * 86, 262), (side * 158, 258)], float)
        canvas.seam(yoke)
        canvas.stitches(shifted(yoke, 0, 5), gold, width_px=1.2)
        for x0, x1 in ((42, 26), (112, 92)):
            line = np.array([(side * x0, 300), (side * x1, bottom - 40)], float)
            canvas.seam(line)
            canvas.stitches(shifted(line, side * 4, 0), gold, width_px=1.2)
        _trucker_pocket(canvas, fabric, gold, side)
    canvas.piece(
        box(-16, 188, 16, bottom),
        fabric,
        lift_px=1.6,
        edge_px=2,
        volume_px=0,
        rides=True,
        wrinkles=0.3,
    )
    for x in (-12, 12):
        canvas.stitches([(x, 190), (x, bottom - 3)], gold, width_px=1.2)
    band = np.vstack([torso.whole_bottom(36), torso.whole_bottom(-1)[::-1]])
    canvas.piece(band, fabric, lift_px=1.6, edge_px=2, volume_px=2, rides=True, wrinkles=0.4)
    for up in (31, 4):
        canvas.stitches(torso.whole_bottom(up)[2:-2], gold, width_px=1.2)
    draw_collar(canvas, fabric, neck=torso.neck, front_y=196, point=(82, 250))
    copper = plain((176, 132, 96), "metal")
    for y in np.linspace(214, bottom - 18, 6):
        canvas.button((0, float(y)), 7, copper)


def _trucker_pocket(canvas: Canvas, fabric: Fabric, gold: tuple[int, int, int], side: int) -> None:
    lid = outline(
        [(side * 40, 260), (side * 118, 260)],
        [(side * 118, 260), (side * 116, 284)],
        [(side * 116, 284), (side * 79, 302)],
        [(side * 79, 302), (side * 42, 284)],
        [(side * 42, 284), (side * 40, 260)],
    )
    canvas.shade(shifted(lid, 1, 5), -0.25, soft_px=4)
    canvas.piece(lid, fabric, lift_px=2, edge_px=2, volume_px=1, rides=True, wrinkles=0.3)
    canvas.stitches([(side * 44, 281), (side * 79, 297), (side * 114, 281)], gold, width_px=1.2)
    canvas.button((side * 79, 286), 5.5, plain((176, 132, 96), "metal"))


def _contrast_thread(fabric: Fabric) -> tuple[int, int, int]:
    return (206, 158, 92) if brightness(fabric.dye) > 0.18 else (120, 104, 84)


def wear(canvas: Canvas, places: Sequence[Point], radius: float) -> None:
    """Paler patches where denim is worn."""
    for x, y in places:
        canvas.shade(ellipse((x, y), radius * 0.55, radius * 1.2), 0.20, soft_px=26)


def bomber(canvas: Canvas, cloth: Cloth, *, women: bool = False) -> None:
    """A blouson with ribbed collar, cuffs and hem, and a zip."""
    torso = replace(WOMEN if women else MEN, neck_depth=42)
    rib = cloth.trim.plain("rib")
    draw_back(canvas, torso, cloth.trim)
    draw_sleeves(
        canvas,
        torso,
        cloth.fabric,
        length_px=420,
        angle_deg=18,
        cuff_px=62,
        puff_px=16,
        band=rib,
        band_px=40,
    )
    draw_body(canvas, torso, cloth.fabric, lift_px=11, volume_px=20)
    draw_welt(canvas, torso, rib, height_px=46)
    x, y = torso.neck
    for side in (-1, 1):
        collar = outline(
            [(side * (x + 2), y - 18), (side * (x * 0.66), y + 24), (side * 4, y + 44)],
            [(side * 4, y + 44), (side * 6, y + 70)],
            [(side * 6, y + 70), (side * x, y + 48), (side * (x + 20), y)],
            [(side * (x + 20), y), (side * (x + 2), y - 18)],
        )
        canvas.piece(
            collar,
            rib,
            lift_px=3.5,
            edge_px=4,
            volume_px=4,
            rides=True,
            wrinkles=0.2,
            grain_deg=side * 40,
        )
        pocket = np.array([(side * 84, 444), (side * 112, 520)], float)
        canvas.seam(pocket, width_px=6, depth_px=4)
        canvas.stitches(shifted(pocket, side * 7, 0), thread(cloth.fabric))
    draw_zip(canvas, top=y + 46, bottom=torso.hem[1] + 8)


def puffer(canvas: Canvas, cloth: Cloth, *, women: bool = False, vest: bool = False) -> None:
    """A quilted down jacket, or waistcoat."""
    torso = replace(WOMEN if women else MEN, neck_depth=20, hem=(160, 626))
    if vest:
        torso = replace(torso, shoulder=(138, 176), sleeveless=True, armpit=(156, 330))
    fabric = cloth.fabric
    if not vest:
        draw_sleeves(canvas, torso, fabric, length_px=420, angle_deg=18, cuff_px=78, puff_px=18)
        _quilt_sleeves(canvas, torso)
    baffles = [Fold((-200, y), (200, y), 24, 8) for y in np.arange(240, torso.hem[1] + 20, 48)]
    canvas.piece(
        torso.outline(), fabric, lift_px=12, edge_px=9, volume_px=18, folds=baffles, wrinkles=1.2
    )
    for y in np.arange(216, torso.hem[1] - 10, 48):
        _quilt(canvas, float(y), torso)
    x, y = torso.neck
    collar = symmetric(
        [(0, y - 34), (x * 0.6, y - 36), (x + 4, y - 26)],
        [(x + 4, y - 26), (x + 14, y + 8), (x + 18, y + 30)],
        [(x + 18, y + 30), (x * 0.5, y + 48), (0, y + 52)],
    )
    canvas.piece(collar, fabric, lift_px=16, edge_px=8, volume_px=12, wrinkles=1.2)
    canvas.piece(
        symmetric(
            [(0, y - 30), (x * 0.5, y - 31), (x - 4, y - 24)],
            [(x - 4, y - 24), (x * 0.5, y - 16), (0, y - 14)],
        ),
        cloth.trim.plain("nylon"),
        lift_px=6,
        edge_px=2,
        volume_px=0,
        dim=0.55,
    )
    draw_zip(canvas, top=y - 12, bottom=torso.hem[1] + 4, metal=False)
    for side in (-1, 1):
        canvas.seam([(side * 82, 470), (side * 112, 540)], width_px=5, depth_px=4)


def _quilt(canvas: Canvas, y: float, torso: Torso) -> None:
    half = (
        torso.armpit[0] + 2 if y > torso.armpit[1] else min(torso.armpit[0], torso.shoulder[0]) - 6
    )
    waves = [(x, y + 3 * np.sin(x / 24)) for x in np.linspace(-half, half, 9)]
    canvas.seam(waves, width_px=3, depth_px=4)
    canvas.shade(ribbon(shifted(np.array(waves), 0, 5), 10), -0.22, soft_px=5)


def _quilt_sleeves(canvas: Canvas, torso: Torso) -> None:
    a = np.deg2rad(18)
    down, across = np.array([np.sin(a), np.cos(a)]), np.array([-np.cos(a), np.sin(a)])
    for along in range(52, 410, 48):
        top = np.array(torso.shoulder) + down * along - across * 12
        width = 130 - along * 0.10
        for side in (-1, 1):
            line = np.array([top, top + across * width / 2 + down * 5, top + across * width])
            shape = line if side > 0 else mirror(line)
            canvas.seam(shape, width_px=3, depth_px=4)
            canvas.shade(ribbon(shifted(shape, 0, 5), 9), -0.2, soft_px=5)


def parka(canvas: Canvas, cloth: Cloth, *, women: bool = False, rain: bool = False) -> None:
    """A hooded jacket to the thigh; ``rain`` is the plain, shiny one."""
    torso = Torso(
        neck=(58, 178),
        neck_depth=30,
        shoulder=(146 if women else 160, 208),
        armpit=(142 if women else 154, 330),
        waist=(134 if women else 152, 470),
        hem=(156, 690),
        hem_drop=4,
    )
    fabric = cloth.fabric
    hood = symmetric([(0, 54), (56, 62), (92, 108), (98, 168), (78, 214)], [(78, 214), (0, 232)])
    canvas.piece(hood, fabric, lift_px=10, edge_px=9, volume_px=15)
    inside = symmetric([(0, 82), (40, 90), (62, 130), (60, 180)], [(60, 180), (0, 224)])
    canvas.piece(inside, cloth.trim.plain(), lift_px=3, edge_px=4, volume_px=0, dim=0.6)
    if not rain:
        rim = spline([(62, 214), (78, 172), (70, 110), (40, 74), (0, 66)])
        rim = np.vstack([rim, mirror(rim)[::-1][1:]])
        jag = 5 * canvas.rng.standard_normal((len(rim), 2))
        canvas.piece(
            ribbon(rim + jag, 30),
            cloth.trim.plain("tweed"),
            lift_px=10,
            edge_px=7,
            volume_px=3,
            rides=True,
        )
    draw_sleeves(
        canvas,
        torso,
        fabric,
        length_px=416,
        angle_deg=14,
        cuff_px=74,
        puff_px=8,
        band=fabric,
        band_px=30,
    )
    draw_body(canvas, torso, fabric, lift_px=11, volume_px=17)
    canvas.piece(
        box(-20, 206, 20, 686, 3),
        fabric,
        lift_px=2.2,
        edge_px=3,
        volume_px=1,
        rides=True,
        wrinkles=0.6,
    )
    canvas.stitches([(15, 210), (15, 682)], thread(fabric), width_px=1)
    snap = plain(DYES["silver"], "metal")
    for y in range(236, 680, 74):
        canvas.button((0, y), 6, snap)
    for side in (-1, 1):
        draw_flap_pocket(canvas, fabric, side * 88, 520, width=84)
        canvas.piece(
            box(side * 88 - 40, 546, side * 88 + 40, 624, 6),
            fabric,
            lift_px=1.5,
            edge_px=3,
            volume_px=4,
            rides=True,
            wrinkles=0.6,
        )
        draw_flap_pocket(canvas, fabric, side * 88, 522, width=88)
    if not rain:
        canvas.seam([(-140, 452), (0, 458), (140, 452)], width_px=3, depth_px=3)
    for side in (-1, 1):
        cord = np.array([(side * 24, 214), (side * 30, 260), (side * 27, 300)], float)
        canvas.piece(
            ribbon(cord, 5),
            plain((60, 58, 54), "canvas"),
            lift_px=3,
            edge_px=2,
            volume_px=0,
            rides=True,
            wrinkles=0,
        )


def biker(canvas: Canvas, cloth: Cloth, *, women: bool = False) -> None:
    """A leather jacket: wide lapels, a slanted zip, a belted hem."""
    torso = replace(
        WOMEN if women else MEN,
        neck=(56, 150),
        neck_depth=150,
        sharp_neck=True,
        hem=(142, 580),
    )
    fabric = cloth.fabric
    draw_lining(canvas, torso, cloth.trim, deep=150)
    draw_sleeves(canvas, torso, fabric, length_px=414, angle_deg=14, cuff_px=62, puff_px=5)
    draw_body(canvas, torso, fabric, lift_px=11, volume_px=18)
    draw_lapels(canvas, fabric, neck=(56, 150), low=340, wide=112, notch=0.42)
    silver = plain(DYES["silver"], "metal")
    diagonal = np.array([(104, 236), (52, 330), (34, 420), (30, 560)], float)
    canvas.piece(
        ribbon(diagonal, 13),
        plain((44, 44, 47), "canvas"),
        lift_px=1,
        edge_px=1,
        volume_px=0,
        rides=True,
        wrinkles=0,
    )
    canvas.stitches(diagonal, (200, 202, 206), width_px=4, dash_px=4)
    for start, end in (
        ((-118, 300), (-66, 344)),
        ((-122, 452), (-70, 490)),
        ((120, 452), (72, 490)),
    ):
        canvas.seam([start, end], width_px=9, depth_px=3)
        canvas.stitches([start, end], (200, 202, 206), width_px=3.4, dash_px=4)
    band = np.vstack([torso.whole_bottom(34), torso.whole_bottom(0)[::-1]])
    canvas.piece(band, fabric, lift_px=2, edge_px=3, volume_px=1, rides=True, wrinkles=0.4)
    canvas.piece(
        box(52, 548, 84, 582, 4), silver, lift_px=3, edge_px=2, volume_px=0, rides=True, wrinkles=0
    )
    for x, y in ((100, 214), (-100, 214), (84, 268), (-84, 268)):
        canvas.button((x, y), 4, silver)
