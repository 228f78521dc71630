"""T-shirts, long sleeves, polos, tank tops, camisoles, bodysuits."""

from dataclasses import replace

import numpy as np

from data.demo_shop.canvas import Canvas, Fold
from data.demo_shop.fabrics import DYES, Fabric, brightness, plain
from data.demo_shop.garments.torso import (
    Cloth,
    Torso,
    body_folds,
    draw_back,
    draw_body,
    draw_hem,
    draw_neckband,
    draw_sleeves,
    thread,
)
from data.demo_shop.motifs import motif
from data.demo_shop.shapes import box, mirror, outline, ribbon, shifted, spline, symmetric

_WOMEN = Torso(
    neck=(70, 150),
    neck_depth=66,
    shoulder=(144, 178),
    armpit=(138, 308),
    waist=(124, 430),
    hem=(142, 584),
)
_MEN = Torso(shoulder=(168, 180), armpit=(158, 318), waist=(158, 470), hem=(162, 626))


def tshirt(
    canvas: Canvas,
    cloth: Cloth,
    *,
    neck: str = "crew",
    women: bool = False,
    long: bool = False,
    pocket: bool = False,
    ringer: bool = False,
) -> None:
    """A T-shirt or, ``long``, its long-sleeved sister; ``neck`` is crew, v or scoop."""
    torso = _WOMEN if women else _MEN
    if neck == "v":
        torso = replace(torso, neck_depth=108 if women else 92, sharp_neck=True)
    elif neck == "scoop":
        torso = replace(torso, neck=(82, torso.neck[1] + 3), neck_depth=96)
    trim = cloth.trim if ringer else cloth.fabric.plain("rib")
    draw_back(canvas, torso, cloth.fabric)
    if long:
        draw_sleeves(
            canvas,
            torso,
            cloth.fabric,
            length_px=430 if women else 450,
            angle_deg=17,
            cuff_px=52,
            puff_px=2,
            band=trim,
            band_px=22,
        )
    elif women:
        draw_sleeves(
            canvas,
            torso,
            cloth.fabric,
            length_px=140,
            angle_deg=38,
            cuff_px=84,
            band=trim if ringer else None,
            band_px=16,
        )
    else:
        draw_sleeves(
            canvas,
            torso,
            cloth.fabric,
            length_px=182,
            angle_deg=36,
            cuff_px=92,
            band=trim if ringer else None,
            band_px=18,
        )
    draw_body(canvas, torso, cloth.fabric)
    draw_neckband(canvas, torso, trim, width_px=12 if women else 15)
    draw_hem(canvas, torso, cloth.fabric)
    if pocket:
        _pocket(canvas, cloth.fabric)
    if cloth.motif:
        draw_motif(canvas, cloth, centre_y=334 if not women else 330)


def draw_motif(canvas: Canvas, cloth: Cloth, *, centre_y: float) -> None:
    """The print on the chest, in inks that show on the fabric."""
    light = brightness(cloth.fabric.dye) < 0.55
    ink = (238, 234, 224) if light else (40, 46, 66)
    second = cloth.trim.dye
    if abs(brightness(second) - brightness(cloth.fabric.dye)) < 0.2:
        second = (226, 160, 70) if light else (196, 66, 60)
    canvas.picture(motif(cloth.motif or "star", ink, second), (0, centre_y))


def _pocket(canvas: Canvas, fabric: Fabric) -> None:
    shape = outline(
        [(48, 262), (116, 262)],
        [(116, 262), (116, 330)],
        [(116, 330), (82, 346)],
        [(82, 346), (48, 330)],
        [(48, 330), (48, 262)],
    )
    canvas.piece(shape, fabric, lift_px=1.2, edge_px=2, volume_px=2, wrinkles=0.3, rides=True)
    canvas.stitches([(52, 274), (112, 274)], thread(fabric), width_px=1)


def polo(canvas: Canvas, cloth: Cloth, *, women: bool = False) -> None:
    """A polo shirt: soft collar, short placket, ribbed sleeve ends."""
    torso = replace(_WOMEN if women else _MEN, neck=(58, 146), neck_depth=34)
    rib = cloth.trim.plain("rib")
    draw_back(canvas, torso, cloth.fabric)
    length, cuff = (142, 82) if women else (178, 90)
    draw_sleeves(
        canvas,
        torso,
        cloth.fabric,
        length_px=length,
        angle_deg=35,
        cuff_px=cuff,
        band=rib,
        band_px=18,
    )
    draw_body(canvas, torso, cloth.fabric)
    draw_hem(canvas, torso, cloth.fabric)
    canvas.piece(
        box(-17, 176, 17, 318, 2),
        cloth.fabric,
        lift_px=1.5,
        edge_px=2,
        volume_px=0,
        wrinkles=0.2,
        rides=True,
    )
    canvas.seam([(3, 178), (3, 312)], width_px=1.6)
    canvas.stitches(box(-13, 302, 13, 314), thread(cloth.fabric), width_px=1)
    pearl = plain((232, 229, 220), "plastic")
    for y in (206, 246, 284):
        canvas.button((-6, y), 5, pearl)
    draw_collar(canvas, rib, neck=(58, 146), front_y=188, point=(62, 226), stand=10)


def draw_collar(
    canvas: Canvas,
    fabric: Fabric,
    *,
    neck: tuple[float, float],
    front_y: float,
    point: tuple[float, float],
    stand: float = 14,
) -> None:
    """A turned-down collar: its fall at the back, its stand, and two leaves at the front."""
    x, y = neck
    back = symmetric(
        [(0, y - 14), (x * 0.6, y - 12), (x + 2, y - 2)],
        [(x + 2, y - 2), (x * 0.55, y + 12), (0, y + 15)],
    )
    canvas.piece(back, fabric, lift_px=10, edge_px=3, volume_px=3, wrinkles=0.2)
    canvas.shade(ribbon([(-x * 0.8, y + 14), (0, y + 18), (x * 0.8, y + 14)], 10), -0.35, soft_px=4)
    for side in (1, -1):
        leaf = outline(
            [(x - 6, y - 10), (x * 0.70, y + 16), (2, front_y)],
            [(2, front_y), (point[0] * 0.5, (front_y + point[1]) / 2 + 5), point],
            [point, (x + 14, (y + point[1]) / 2), (x + 12, y + 4)],
            [(x + 12, y + 4), (x + 4, y - 8), (x - 6, y - 10)],
        )
        shape = leaf if side > 0 else mirror(leaf)
        canvas.shade(shifted(shape, 0, 5), -0.30, soft_px=5)
        canvas.piece(
            shape,
            fabric,
            lift_px=3 + stand * 0.2,
            edge_px=3,
            volume_px=4,
            wrinkles=0.3,
            rides=True,
            grain_deg=side * 28,
        )
        edge = spline(
            [
                (8, front_y + 4),
                (point[0] * 0.52, (front_y + point[1]) / 2 + 1),
                (point[0] - 3, point[1] - 7),
            ]
        )
        canvas.stitches(edge if side > 0 else mirror(edge), thread(fabric), width_px=0.9, dash_px=4)


def tank(canvas: Canvas, cloth: Cloth, *, women: bool = False, racer: bool = False) -> None:
    """A sleeveless top with broad straps."""
    torso = Torso(
        neck=(66 if women else 74, 150),
        neck_depth=112,
        shoulder=(102 if not racer else 92, 158),
        armpit=(130 if women else 152, 312),
        waist=(118 if women else 150, 450),
        hem=(140 if women else 156, 580 if women else 610),
        sleeveless=True,
    )
    canvas.piece(
        torso.inside(rise=52), cloth.fabric.plain(), lift_px=2, edge_px=2, volume_px=0, dim=0.68
    )
    draw_body(canvas, torso, cloth.fabric)
    trim = cloth.trim
    draw_edges(canvas, torso, trim)
    draw_hem(canvas, torso, cloth.fabric)
    if cloth.motif:
        draw_motif(canvas, cloth, centre_y=390)


def draw_edges(canvas: Canvas, torso: Torso, trim: Fabric, *, width_px: float = 9) -> None:
    """Bound neck and armholes of something sleeveless."""
    for line in (torso.whole_neckline(), spline(torso.armhole), mirror(spline(torso.armhole))):
        canvas.piece(
            ribbon(line, width_px),
            trim.plain(),
            lift_px=1.2,
            edge_px=2,
            volume_px=1,
            wrinkles=0,
            rides=True,
        )
        canvas.seam(ribbon(line, width_px * 1.05)[: len(spline(line))], width_px=1, depth_px=0.6)


def camisole(canvas: Canvas, cloth: Cloth) -> None:
    """A top that hangs from two thin straps."""
    for side in (1, -1):
        strap = ribbon(np.array([(side * 66, 262), (side * 58, 190), (side * 50, 128)], float), 7)
        back = ribbon(np.array([(side * 50, 128), (side * 42, 196), (side * 40, 262)], float), 6)
        canvas.piece(back, cloth.fabric.plain(), lift_px=2, edge_px=2, volume_px=0, dim=0.75)
        canvas.piece(strap, cloth.fabric.plain(), lift_px=5, edge_px=3, volume_px=0)
    inside = symmetric([(0, 250), (60, 252), (118, 290)], [(118, 290), (60, 320), (0, 322)])
    canvas.piece(inside, cloth.fabric.plain(), lift_px=2, edge_px=2, volume_px=0, dim=0.66)
    torso = Torso(armpit=(128, 304), waist=(132, 420), hem=(158, 560), neck=(66, 250))
    shape = symmetric(
        [(0, 292), (34, 282), (66, 254)],
        [(66, 254), (92, 288), (128, 306)],
        torso.side,
        torso.bottom,
    )
    canvas.piece(
        shape, cloth.fabric, lift_px=8, edge_px=4, volume_px=12, folds=body_folds(canvas.rng, torso)
    )
    top = spline([(66, 257), (34, 285), (0, 295)])
    canvas.piece(
        ribbon(np.vstack([top, mirror(top)[::-1][1:]]), 8),
        cloth.trim,
        lift_px=1.5,
        edge_px=2,
        volume_px=1,
        rides=True,
        wrinkles=0,
    )
    draw_hem(canvas, torso, cloth.fabric, up_px=10)


def bodysuit(canvas: Canvas, cloth: Cloth, *, long: bool = False) -> None:
    """A baby's bodysuit, closed with snaps between the legs."""
    torso = Torso(
        neck=(78, 186),
        neck_depth=44,
        shoulder=(146, 206),
        armpit=(138, 312),
        waist=(140, 430),
        hem=(146, 520),
    )
    draw_back(canvas, torso, cloth.fabric)
    draw_sleeves(
        canvas,
        torso,
        cloth.fabric,
        length_px=270 if long else 120,
        angle_deg=32 if long else 38,
        cuff_px=58 if long else 78,
        band=cloth.trim.plain("rib"),
        band_px=18,
    )
    shape = symmetric(
        torso.neckline,
        [torso.neck, torso.shoulder],
        torso.armhole,
        [torso.armpit, (140, 430), (146, 540)],
        [(146, 540), (92, 590), (58, 672)],
        [(58, 672), (30, 680), (0, 682)],
    )
    canvas.piece(
        shape,
        cloth.fabric,
        lift_px=9,
        edge_px=5,
        volume_px=14,
        folds=[*body_folds(canvas.rng, torso), Fold((0, 670), (20, 540), 16, 4)],
    )
    draw_neckband(canvas, torso, cloth.trim.plain("rib"), width_px=12)
    for side in (1, -1):
        leg = np.array([(side * 146, 540), (side * 92, 590), (side * 58, 672)], float)
        canvas.piece(
            ribbon(leg, 12),
            cloth.trim.plain("rib"),
            lift_px=1.5,
            edge_px=2,
            volume_px=1,
            rides=True,
            wrinkles=0,
        )
    canvas.piece(
        box(-56, 656, 56, 684, 4),
        cloth.trim.plain("rib"),
        lift_px=2,
        edge_px=3,
        volume_px=1,
        wrinkles=0.2,
    )
    snap = plain(DYES["silver"], "metal")
    for x in (-34, 0, 34):
        canvas.button((x, 670), 5, snap)
    for side in (1, -1):
        lap = np.array([(side * 78, 186), (side * 104, 226), (side * 142, 258)], float)
        canvas.seam(lap, width_px=2.4)
    if cloth.motif:
        draw_motif(canvas, cloth, centre_y=390)
