"""Dresses in several cuts and lengths."""

from dataclasses import dataclass

import numpy as np

from data.demo_shop.canvas import Canvas, Fold
from data.demo_shop.fabrics import Fabric, plain
from data.demo_shop.garments.shirts import pearl
from data.demo_shop.garments.tops import draw_collar, draw_edges
from data.demo_shop.garments.torso import (
    Cloth,
    Torso,
    body_folds,
    draw_neckband,
    draw_sleeves,
    thread,
)
from data.demo_shop.shapes import Outline, box, mirror, outline, ribbon, shifted, spline, symmetric

_LENGTHS = {"short": 600.0, "knee": 650.0, "midi": 700.0, "maxi": 752.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """How a dress is shaped: where its waist is and how wide it ends."""

    neck: str = "scoop"  # scoop, v, crew, straps, collar
    sleeve: str = "none"  # none, short, long, puff
    length: str = "knee"
    waist: float = 98
    hem: float = 178
    seam: bool = True
    flares: int = 9
    belt: bool = False
    wrap: bool = False
    tiers: int = 0
    buttons: bool = False


CUTS: dict[str, Cut] = {
    "skater": Cut(hem=206, length="knee", flares=12),
    "shift": Cut(neck="crew", waist=120, hem=158, length="knee", seam=False, flares=4),
    "tee": Cut(
        neck="crew", sleeve="short", waist=126, hem=150, length="short", seam=False, flares=4
    ),
    "bodycon": Cut(neck="scoop", waist=92, hem=106, length="knee", seam=False, flares=2),
    "wrap": Cut(neck="v", sleeve="short", hem=180, length="midi", wrap=True, belt=True, flares=8),
    "shirt": Cut(
        neck="collar",
        sleeve="long",
        waist=112,
        hem=158,
        length="knee",
        belt=True,
        buttons=True,
        flares=6,
    ),
    "slip": Cut(neck="straps", waist=112, hem=152, length="midi", seam=False, flares=6),
    "sun": Cut(neck="straps", hem=206, length="knee", flares=12),
    "maxi": Cut(neck="v", hem=212, length="maxi", flares=13),
    "boho": Cut(neck="v", sleeve="puff", hem=216, length="maxi", flares=12, tiers=2),
    "evening": Cut(neck="straps", waist=88, hem=190, length="maxi", flares=9),
    "knit": Cut(
        neck="crew", sleeve="long", waist=118, hem=134, length="knee", seam=False, flares=3
    ),
    "tea": Cut(neck="v", sleeve="puff", hem=196, length="midi", buttons=True, flares=10),
}


def dress(canvas: Canvas, cloth: Cloth, *, cut: str) -> None:
    """A dress of a named cut."""
    shape = CUTS[cut]
    top = 78.0 if shape.length in {"maxi", "midi"} else 112.0
    bottom = _LENGTHS[shape.length]
    torso = _torso(shape, top, bottom)
    fabric = cloth.fabric
    if shape.neck == "straps":
        _straps(canvas, fabric, top)
    else:
        rise = 40 if shape.sleeve == "none" else 8
        canvas.piece(
            torso.inside(rise), fabric.plain(), lift_px=2, edge_px=2, volume_px=0, dim=0.66
        )
    _sleeves(canvas, torso, shape, cloth)
    waist_y = torso.waist[1]
    body = _outline(torso, shape, bottom)
    canvas.piece(
        body,
        fabric,
        lift_px=9,
        edge_px=5,
        volume_px=15,
        folds=[
            *_skirt_folds(canvas, shape, waist_y, bottom),
            *body_folds(canvas.rng, Torso(armpit=torso.armpit, hem=(shape.waist, waist_y + 30)))[
                :6
            ],
        ],
    )
    _details(canvas, cloth, shape, torso, bottom)


def _torso(shape: Cut, top: float, bottom: float) -> Torso:
    neck = {"crew": (60.0, 46.0), "v": (62.0, 116.0), "collar": (52.0, 40.0)}.get(
        shape.neck, (74.0, 84.0)
    )
    sleeveless = shape.sleeve == "none"
    return Torso(
        neck=(neck[0], top),
        neck_depth=neck[1],
        sharp_neck=shape.neck == "v",
        shoulder=(112, top + 20) if sleeveless else (136, top + 30),
        armpit=(122, top + 146),
        waist=(shape.waist, top + 268),
        hem=(shape.hem, bottom),
        hem_drop=16,
        sleeveless=sleeveless,
    )


def _outline(torso: Torso, shape: Cut, bottom: float) -> Outline:
    wx, wy = torso.waist
    hip = (wx + (shape.hem - wx) * 0.42 + 12, wy + (bottom - wy) * 0.34)
    if not shape.seam:
        hip = (wx + (shape.hem - wx) * 0.5 + 2, wy + (bottom - wy) * 0.42)
    wave = shape.flares * 0.6
    hem = [
        (float(shape.hem * t), bottom + 18 * (1 - t * t) + wave * np.sin(t * shape.flares * 1.7))
        for t in np.linspace(1, 0, 14)
    ]
    top = (
        [
            [(0, torso.neck[1] + 128), (36, torso.neck[1] + 116), (74, torso.neck[1] + 86)],
            [(74, torso.neck[1] + 86), (100, torso.neck[1] + 122), torso.armpit],
        ]
        if shape.neck == "straps"
        else [torso.neckline, [torso.neck, torso.shoulder], torso.armhole]
    )
    if shape.seam:
        return symmetric(
            *top,
            [torso.armpit, (wx + 6, wy - 50), (wx, wy)],
            [(wx, wy), hip, (shape.hem, bottom)],
            hem,
        )
    return symmetric(*top, [torso.armpit, (wx, wy), hip, (shape.hem, bottom)], hem)


def _straps(canvas: Canvas, fabric: Fabric, top: float) -> None:
    for side in (1, -1):
        front = np.array(
            [(side * 72, top + 96), (side * 64, top + 40), (side * 52, top - 8)], float
        )
        back = np.array(
            [(side * 52, top - 8), (side * 44, top + 60), (side * 42, top + 116)], float
        )
        canvas.piece(ribbon(back, 7), fabric.plain(), lift_px=2, edge_px=2, volume_px=0, dim=0.75)
        canvas.piece(ribbon(front, 9), fabric.plain(), lift_px=5, edge_px=3, volume_px=0)
    inside = symmetric(
        [(0, top + 98), (50, top + 100), (108, top + 132)],
        [(108, top + 132), (60, top + 150), (0, top + 152)],
    )
    canvas.piece(inside, fabric.plain(), lift_px=2, edge_px=2, volume_px=0, dim=0.66)


def _sleeves(canvas: Canvas, torso: Torso, shape: Cut, cloth: Cloth) -> None:
    fabric = cloth.fabric
    if shape.sleeve == "short":
        draw_sleeves(canvas, torso, fabric, length_px=136, angle_deg=36, cuff_px=82)
    elif shape.sleeve == "long":
        draw_sleeves(
            canvas,
            torso,
            fabric,
            length_px=370,
            angle_deg=17,
            cuff_px=54,
            puff_px=6,
            band=fabric.plain(),
            band_px=30,
        )
    elif shape.sleeve == "puff":
        draw_sleeves(
            canvas,
            torso,
            fabric,
            length_px=178,
            angle_deg=34,
            cuff_px=70,
            puff_px=30,
            band=fabric.plain(),
            band_px=14,
        )


def _skirt_folds(canvas: Canvas, shape: Cut, waist_y: float, bottom: float) -> list[Fold]:
    rng = canvas.rng
    folds = []
    for share in np.linspace(-0.9, 0.9, shape.flares):
        start = (float((share + rng.uniform(-0.05, 0.05)) * shape.hem), bottom + 16)
        end = (float(share * shape.waist * 0.9), waist_y + rng.uniform(6, 90))
        width = shape.hem / shape.flares * rng.uniform(0.55, 1.0)
        folds.append(Fold(start, end, max(width, 12), rng.uniform(4, 8)))
    return folds


def _details(canvas: Canvas, cloth: Cloth, shape: Cut, torso: Torso, bottom: float) -> None:
    fabric, top = cloth.fabric, torso.neck[1]
    wx, wy = torso.waist
    if shape.seam:
        canvas.seam([(-wx, wy), (0, wy + 5), (wx, wy)], width_px=2.6, depth_px=3)
        for x in np.linspace(-wx * 0.9, wx * 0.9, 13):
            canvas.shade(ribbon([(x, wy + 4), (x * 1.15, wy + 52)], 5, 1), -0.15, soft_px=2)
    for tier in range(shape.tiers):
        y = wy + (bottom - wy) * (0.36 + 0.32 * tier)
        half = wx + (shape.hem - wx) * (0.52 + 0.26 * tier)
        canvas.seam([(-half, y - 5), (0, y + 8), (half, y - 5)], width_px=4, depth_px=4)
        for x in np.linspace(-half * 0.95, half * 0.95, 25):
            canvas.shade(ribbon([(x, y + 4), (x * 1.05, y + 40)], 6, 1), -0.17, soft_px=2)
    _neck(canvas, cloth, shape, torso)
    if shape.wrap:
        canvas.seam([(-56, top + 4), (-6, top + 110), (60, wy - 10)], width_px=3, depth_px=3)
        canvas.seam([(58, wy + 10), (74, wy + 190), (66, bottom + 14)], width_px=3.4, depth_px=4)
    if shape.buttons:
        start = top + (60 if shape.neck == "collar" else 128)
        canvas.seam([(9, start - 6), (9, bottom + 14)], width_px=1.6)
        for y in np.arange(start, bottom - 20, 52):
            canvas.button((0, float(y)), 5.5, pearl(fabric))
    if shape.belt:
        line = np.array([(-wx - 4, wy), (0, wy + 6), (wx + 4, wy)], float)
        canvas.shade(ribbon(shifted(line, 0, 5), 24), -0.26, soft_px=4)
        canvas.piece(
            ribbon(line, 24), fabric.plain(), lift_px=3, edge_px=3, volume_px=2, rides=True
        )
        for reach, drop in ((44, 118), (70, 92)):
            tie = np.array([(36, wy + 4), (reach, wy + drop * 0.5), (reach - 6, wy + drop)], float)
            canvas.shade(ribbon(shifted(tie, 3, 3), 15), -0.25, soft_px=4)
            canvas.piece(
                ribbon(tie, 13, 17), fabric.plain(), lift_px=4, edge_px=3, volume_px=1, rides=True
            )
        canvas.piece(
            box(26, wy - 10, 48, wy + 18, 8),
            fabric.plain(),
            lift_px=6,
            edge_px=4,
            volume_px=2,
            rides=True,
        )
    hem = [
        (float(shape.hem * 0.97 * t), bottom + 18 * (1 - t * t) - 12) for t in (1, 0.5, 0, -0.5, -1)
    ]
    canvas.stitches(hem, thread(fabric), width_px=0.9, dash_px=4)


def _neck(canvas: Canvas, cloth: Cloth, shape: Cut, torso: Torso) -> None:
    fabric, top = cloth.fabric, torso.neck[1]
    if shape.neck == "collar":
        canvas.piece(
            box(-13, top + 40, 13, top + 300),
            fabric,
            lift_px=1.2,
            edge_px=2,
            volume_px=0,
            rides=True,
            wrinkles=0.2,
        )
        draw_collar(canvas, fabric, neck=torso.neck, front_y=top + 46, point=(60, top + 98))
    elif shape.neck == "straps":
        edge = spline([(74, top + 89), (36, top + 119), (0, top + 131)])
        whole = np.vstack([edge, mirror(edge)[::-1][1:]])
        canvas.piece(
            ribbon(whole, 9),
            cloth.trim.plain(),
            lift_px=1.5,
            edge_px=2,
            volume_px=1,
            rides=True,
            wrinkles=0,
        )
        for side in (1, -1):
            dart = [(side * 70, top + 190), (side * 46, top + 150)]
            canvas.seam(dart, width_px=1.6)
    elif torso.sleeveless:
        draw_edges(canvas, torso, fabric, width_px=7)
    else:
        draw_neckband(canvas, torso, fabric.plain(), width_px=9)


def dungarees(canvas: Canvas, cloth: Cloth) -> None:
    """A pinafore dress of denim or cord with a bib and metal clasps."""
    fabric = cloth.fabric
    gold = (210, 152, 80)
    for side in (1, -1):
        strap = np.array([(side * 52, 210), (side * 62, 150), (side * 46, 84)], float)
        canvas.piece(ribbon(strap, 26, 22), fabric, lift_px=6, edge_px=3, volume_px=2)
    bib = outline(
        [(-74, 196), (74, 196)],
        [(74, 196), (84, 270), (112, 330)],
        [(112, 330), (-112, 330)],
        [(-112, 330), (-84, 270), (-74, 196)],
    )
    canvas.piece(bib, fabric, lift_px=8, edge_px=4, volume_px=8)
    skirt = symmetric(
        [(0, 332), (112, 328)],
        [(112, 328), (150, 450), (178, 640)],
        [(178, 640), (90, 656), (0, 660)],
    )
    folds = [Fold((x, 656), (x * 0.5, 400), 24, 6) for x in (-140.0, -60.0, 20.0, 110.0)]
    canvas.piece(skirt, fabric, lift_px=8, edge_px=5, volume_px=16, folds=folds)
    canvas.piece(box(-114, 316, 114, 350, 3), fabric, lift_px=3, edge_px=3, volume_px=1, rides=True)
    canvas.piece(box(-42, 226, 42, 296, 5), fabric, lift_px=2, edge_px=2, volume_px=2, rides=True)
    canvas.stitches(box(-38, 230, 38, 292, 5), gold, width_px=1.1)
    for y in (321, 345):
        canvas.stitches([(-110, y), (110, y)], gold, width_px=1.1)
    canvas.seam([(0, 352), (0, 656)], width_px=2.2)
    for side in (1, -1):
        canvas.stitches([(side * 70, 200), (side * 80, 268), (side * 106, 316)], gold, width_px=1.1)
        canvas.button((side * 54, 214), 9, plain((190, 160, 110), "metal"))
        canvas.button((side * 104, 334), 7, plain((190, 160, 110), "metal"))
