"""Shirts and blouses: woven, with a collar, a placket and cuffs."""

from dataclasses import replace

import numpy as np

from data.demo_shop.canvas import Canvas, Fold
from data.demo_shop.fabrics import Fabric, brightness, plain, tinted
from data.demo_shop.garments.tops import draw_collar
from data.demo_shop.garments.torso import (
    Cloth,
    Torso,
    body_folds,
    draw_back,
    draw_body,
    draw_neckband,
    draw_sleeves,
    thread,
)
from data.demo_shop.shapes import Outline, box, mirror, outline, parallel, ribbon, shifted, spline

_MEN = Torso(
    neck=(56, 148),
    neck_depth=34,
    shoulder=(166, 184),
    armpit=(156, 316),
    waist=(152, 460),
    hem=(158, 612),
    hem_drop=34,
)
_WOMEN = Torso(
    neck=(54, 150),
    neck_depth=40,
    shoulder=(144, 184),
    armpit=(136, 306),
    waist=(128, 440),
    hem=(144, 588),
    hem_drop=30,
)


def pearl(fabric: Fabric) -> Fabric:
    """Buttons that go with a shirt."""
    dark = brightness(fabric.dye) < 0.28
    return plain(tinted(fabric.dye, 1.9) if dark else (236, 232, 222), "plastic")


def shirt(
    canvas: Canvas,
    cloth: Cloth,
    *,
    women: bool = False,
    short: bool = False,
    pockets: int = 1,
    flaps: bool = False,
) -> None:
    """A button-up shirt; denim and flannel ones have ``flaps`` on two ``pockets``."""
    torso = _WOMEN if women else _MEN
    fabric = cloth.fabric
    draw_back(canvas, torso, fabric)
    if short:
        draw_sleeves(canvas, torso, fabric, length_px=176, angle_deg=34, cuff_px=98)
    else:
        draw_sleeves(
            canvas,
            torso,
            fabric,
            length_px=424,
            angle_deg=15,
            cuff_px=62,
            puff_px=4,
            band=fabric,
            band_px=46,
        )
        _cuff_buttons(canvas, torso, fabric)
    draw_body(canvas, torso, fabric, volume_px=12)
    line = torso.whole_bottom(9)[2:-2]
    canvas.stitches(line, thread(fabric), width_px=0.9, dash_px=4)
    for side in (1, -1):
        yoke = np.array([(side * 58, 190), (side * 110, 206), (side * 160, 214)], float)
        canvas.seam(yoke, width_px=1.5, depth_px=0.9)
        if (pockets == 1 and side == 1) or pockets == 2:
            _pocket(canvas, fabric, side=side, flap=flaps)
    _placket(canvas, fabric, top=186, bottom=torso.hem[1] + torso.hem_drop - 2)
    draw_collar(canvas, fabric, neck=torso.neck, front_y=196, point=(66, 252))
    canvas.button((0, 200), 5.5, pearl(fabric))


def _placket(canvas: Canvas, fabric: Fabric, *, top: float, bottom: float) -> None:
    canvas.piece(
        box(-15, top, 15, bottom),
        fabric,
        lift_px=1.4,
        edge_px=2,
        volume_px=0,
        wrinkles=0.25,
        rides=True,
    )
    for x in (-11, 11):
        canvas.stitches([(x, top + 4), (x, bottom - 4)], thread(fabric), width_px=0.9, dash_px=4)
    for y in np.arange(top + 62, bottom - 40, 66):
        canvas.button((0, float(y)), 5.5, pearl(fabric))


def _cuff_buttons(canvas: Canvas, torso: Torso, fabric: Fabric) -> None:
    a = np.deg2rad(15)
    x = torso.shoulder[0] + np.sin(a) * 398 - 44
    y = torso.shoulder[1] + np.cos(a) * 398 + 8
    for side in (1, -1):
        canvas.button((side * float(x), float(y)), 4.5, pearl(fabric))


def _pocket(canvas: Canvas, fabric: Fabric, *, side: int, flap: bool) -> None:
    x0, x1, y0, y1 = 42, 116, 276, 352

    def place(shape: Outline) -> Outline:
        return shape if side > 0 else mirror(shape)

    shape = outline(
        [(x0, y0), (x1, y0)],
        [(x1, y0), (x1, y1)],
        [(x1, y1), ((x0 + x1) / 2, y1 + 14)],
        [((x0 + x1) / 2, y1 + 14), (x0, y1)],
        [(x0, y1), (x0, y0)],
    )
    canvas.piece(
        place(shape), fabric, lift_px=1.3, edge_px=2, volume_px=3, wrinkles=0.3, rides=True
    )
    canvas.stitches(place(parallel(shape, 3.0)), thread(fabric), width_px=0.9, dash_px=4)
    if flap:
        lid = outline(
            [(x0 - 3, y0 - 6), (x1 + 3, y0 - 6)],
            [(x1 + 3, y0 - 6), (x1 + 3, y0 + 20)],
            [(x1 + 3, y0 + 20), ((x0 + x1) / 2, y0 + 32), (x0 - 3, y0 + 20)],
            [(x0 - 3, y0 + 20), (x0 - 3, y0 - 6)],
        )
        canvas.piece(
            place(lid), fabric, lift_px=1.6, edge_px=2, volume_px=2, wrinkles=0.3, rides=True
        )
        canvas.stitches(place(parallel(lid, 3.0)), thread(fabric), width_px=0.9, dash_px=4)
        canvas.button((side * (x0 + x1) / 2, y0 + 20), 4.5, pearl(fabric))
    else:
        canvas.stitches(
            place(np.array([(x0 + 3, y0 + 12), (x1 - 3, y0 + 12)], float)),
            thread(fabric),
            width_px=0.9,
            dash_px=4,
        )


def blouse(canvas: Canvas, cloth: Cloth, *, style: str = "bow") -> None:
    """A woman's blouse; ``style`` is bow, wrap, peasant or ruffle."""
    fabric = cloth.fabric
    torso = replace(
        _WOMEN, neck=(62, 152), neck_depth=70, waist=(132, 460), hem=(152, 580), hem_drop=8
    )
    if style in {"wrap", "ruffle"}:
        torso = replace(torso, neck_depth=128 if style == "wrap" else 96, sharp_neck=True)
    if style == "peasant":
        torso = replace(torso, neck=(92, 168), neck_depth=62, shoulder=(146, 190))
    draw_back(canvas, torso, fabric)
    wide = style == "peasant"
    draw_sleeves(
        canvas,
        torso,
        fabric,
        length_px=250 if style == "ruffle" else 392,
        angle_deg=24 if wide else 18,
        cuff_px=118 if style == "ruffle" else 60,
        puff_px=34 if wide else 22,
        band=fabric.plain() if style != "ruffle" else None,
        band_px=26,
    )
    draw_body(canvas, torso, fabric, volume_px=12)
    _gathers(canvas, torso, fabric, style)
    if style == "bow":
        draw_neckband(canvas, torso, fabric, width_px=18)
        _bow(canvas, fabric)
        for y in (330, 390, 450, 510, 560):
            canvas.button((0, y), 4.5, pearl(fabric))
        canvas.seam([(8, 300), (8, 582)], width_px=1.5)
    elif style == "wrap":
        canvas.seam([(-60, 154), (-10, 262), (62, 420), (128, 470)], width_px=3, depth_px=3)
        draw_neckband(canvas, torso, fabric.plain(), width_px=10)
        canvas.piece(
            ribbon([(-132, 470), (0, 484), (132, 474)], 26),
            fabric,
            lift_px=2,
            edge_px=3,
            volume_px=2,
            rides=True,
        )
        canvas.piece(
            ribbon([(112, 476), (136, 540), (126, 610)], 18, 26),
            fabric,
            lift_px=4,
            edge_px=3,
            volume_px=3,
            rides=True,
        )
    elif style == "ruffle":
        draw_neckband(canvas, torso, fabric.plain(), width_px=10)
        for side in (1, -1):
            _ruffle(canvas, fabric, side)
    else:
        draw_neckband(canvas, torso, cloth.trim.plain(), width_px=14)
        for side in (1, -1):
            tie = np.array([(side * 3, 230), (side * 12, 280), (side * 22, 336)], float)
            canvas.piece(
                ribbon(tie, 5),
                cloth.trim.plain(),
                lift_px=3,
                edge_px=2,
                volume_px=0,
                rides=True,
                wrinkles=0,
            )
        canvas.seam([(0, 234), (0, 330)], width_px=2.4, depth_px=2.4)


def _gathers(canvas: Canvas, torso: Torso, fabric: Fabric, style: str) -> None:
    """Small pleats below the neck of a loose blouse."""
    if style not in {"peasant", "bow"}:
        return
    y = torso.neck[1] + torso.neck_depth * 0.75
    for x in np.linspace(-torso.neck[0] * 0.9, torso.neck[0] * 0.9, 9):
        line = [(float(x), y + 10), (float(x) * 1.15, y + 60), (float(x) * 1.3, y + 110)]
        canvas.shade(ribbon(line, 5, 1), -0.16 if fabric.gloss < 0.1 else -0.12, soft_px=2)


def _bow(canvas: Canvas, fabric: Fabric) -> None:
    knot = 232
    for side in (1, -1):
        tail = outline(
            [(side * 2, knot), (side * 26, knot + 70), (side * 34, knot + 150)],
            [(side * 34, knot + 150), (side * 4, knot + 160)],
            [(side * 4, knot + 160), (side * 6, knot + 70), (side * -4, knot)],
        )
        canvas.shade(shifted(tail, 3, 5), -0.28, soft_px=4)
        canvas.piece(
            tail,
            fabric,
            lift_px=4,
            edge_px=3,
            volume_px=5,
            rides=True,
            folds=[Fold((side * 4, knot), (side * 18, knot + 150), 7, 3)],
        )
    for side in (1, -1):
        loop = outline(
            [(side * 2, knot - 4), (side * 40, knot - 34), (side * 76, knot - 20)],
            [(side * 76, knot - 20), (side * 80, knot + 10), (side * 66, knot + 26)],
            [(side * 66, knot + 26), (side * 34, knot + 18), (side * 2, knot + 8)],
        )
        canvas.shade(shifted(loop, 3, 6), -0.28, soft_px=4)
        canvas.piece(
            loop,
            fabric,
            lift_px=6,
            edge_px=4,
            volume_px=7,
            rides=True,
            folds=[Fold((side * 4, knot), (side * 60, knot - 4), 8, 3)],
        )
    canvas.piece(
        box(-12, knot - 12, 12, knot + 14, 7), fabric, lift_px=8, edge_px=4, volume_px=3, rides=True
    )


def _ruffle(canvas: Canvas, fabric: Fabric, side: int) -> None:
    """A frill along each side of a deep neck."""
    inner = spline([(side * 60, 156), (side * 34, 214), (side * 4, 262), (side * 2, 360)])
    t = np.linspace(0, 1, len(inner))
    reach = 40 * np.sin(np.pi * np.clip(t * 0.9 + 0.1, 0, 1)) + 7 * np.sin(t * 26)
    outer = inner + np.stack([side * reach, 6 + 0 * reach], axis=1)
    shape = np.vstack([inner, outer[::-1]])
    canvas.shade(shifted(shape, 2, 6), -0.25, soft_px=5)
    folds = [
        Fold((float(a[0]), float(a[1])), (float(b[0]), float(b[1])), 6, 3)
        for a, b in zip(inner[3::6], outer[5::6], strict=False)
    ]
    canvas.piece(shape, fabric, lift_px=4, edge_px=3, volume_px=3, rides=True, folds=folds)


def tunic(canvas: Canvas, cloth: Cloth) -> None:
    """A long loose top with a slit neck and wide three-quarter sleeves."""
    fabric = cloth.fabric
    torso = Torso(
        neck=(60, 130),
        neck_depth=40,
        shoulder=(146, 158),
        armpit=(140, 276),
        waist=(136, 440),
        hem=(176, 714),
        hem_drop=4,
    )
    draw_back(canvas, torso, fabric)
    draw_sleeves(
        canvas,
        torso,
        fabric,
        length_px=290,
        angle_deg=28,
        cuff_px=104,
        puff_px=4,
        band=cloth.trim,
        band_px=20,
    )
    canvas.piece(
        torso.outline(),
        fabric,
        lift_px=9,
        edge_px=5,
        volume_px=12,
        folds=body_folds(canvas.rng, torso),
    )
    draw_neckband(canvas, torso, cloth.trim.plain(), width_px=16)
    canvas.piece(
        box(-14, 176, 14, 300, 3),
        cloth.trim,
        lift_px=1.4,
        edge_px=2,
        volume_px=0,
        rides=True,
        wrinkles=0.2,
    )
    canvas.seam([(0, 178), (0, 290)], width_px=2.4, depth_px=2)
    canvas.piece(
        ribbon(torso.whole_bottom(12), 24),
        cloth.trim,
        lift_px=1,
        edge_px=2,
        volume_px=1,
        rides=True,
        wrinkles=0.2,
    )
