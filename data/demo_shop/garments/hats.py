"""Hats and caps, and what else is worn about the head and neck."""

import numpy as np

from data.demo_shop.canvas import Canvas, Fold
from data.demo_shop.fabrics import plain
from data.demo_shop.garments.tops import draw_motif
from data.demo_shop.garments.torso import Cloth, thread
from data.demo_shop.shapes import (
    Point,
    ellipse,
    mirror,
    outline,
    ribbon,
    shifted,
    spline,
    symmetric,
)


def cap(canvas: Canvas, cloth: Cloth, *, mesh: bool = False) -> None:
    """A baseball cap from the front; ``mesh`` ones have pale sides."""
    fabric, peak = cloth.fabric, cloth.trim
    crown = symmetric(
        [(0, 196), (90, 210), (160, 290), (184, 420)],
        [(184, 420), (186, 450), (176, 470)],
        [(176, 470), (90, 452), (0, 446)],
    )
    canvas.piece(
        crown,
        plain((226, 224, 218), "canvas") if mesh else fabric,
        lift_px=16,
        edge_px=9,
        volume_px=60,
        wrinkles=0.5,
    )
    if mesh:
        front = symmetric([(0, 200), (60, 220), (104, 320), (112, 452)], [(112, 452), (0, 446)])
        canvas.piece(front, fabric, lift_px=2, edge_px=2, volume_px=2, rides=True)
    for side in (-1, 1):
        for x, bend in ((58, 0.7), (122, 0.9)):
            line = [(side * 2, 204), (side * x * bend, 270), (side * x, 360), (side * (x + 4), 452)]
            canvas.seam(line, width_px=2.4)
            canvas.stitches(shifted(np.array(line, float), side * 5, 0), thread(fabric), width_px=1)
        canvas.shade(ellipse((side * 44, 256), 5, 6), -0.6, soft_px=1.4)
    canvas.seam([(0, 206), (0, 446)], width_px=2)
    canvas.button((0, 200), 13, peak)
    if cloth.motif:
        with canvas.moved((0, 0), soft=0):
            draw_motif(canvas, cloth, centre_y=348)
    brim = symmetric(
        [(0, 436), (100, 440), (178, 462)],
        [(178, 462), (206, 520), (150, 578)],
        [(150, 578), (80, 606), (0, 612)],
    )
    canvas.shade(ribbon([(-180, 456), (0, 432), (180, 456)], 22), -0.35, soft_px=8)
    canvas.piece(brim, peak, lift_px=24, edge_px=7, volume_px=14, wrinkles=0.2)
    canvas.shade(ellipse((60, 560), 120, 26), -0.14, soft_px=18)
    for share in (0.25, 0.42, 0.59, 0.76, 0.92):
        y = 444 + 164 * share
        half = 172 + 12 * np.sin(np.pi * share) - 44 * max(0.0, share - 0.5)
        row: list[Point] = [
            (-half, y - 12 - 30 * share),
            (-half * 0.5, y - 4),
            (0, y),
            (half * 0.5, y - 4),
            (half, y - 12 - 30 * share),
        ]
        canvas.stitches(row, thread(peak), width_px=1.1, dash_px=5)


def side_cap(canvas: Canvas, cloth: Cloth) -> None:
    """A baseball cap from the side, its peak to the left."""
    with canvas.moved((16, 0), zoom=0.8):
        _side_cap(canvas, cloth)


def _side_cap(canvas: Canvas, cloth: Cloth) -> None:
    fabric, peak = cloth.fabric, cloth.trim
    brim = outline(
        [(-70, 430), (-150, 440), (-240, 478), (-286, 520)],
        [(-286, 520), (-262, 536), (-180, 520)],
        [(-180, 520), (-80, 490), (-20, 478)],
        [(-20, 478), (-70, 430)],
    )
    canvas.piece(brim, peak, lift_px=10, edge_px=6, volume_px=12, wrinkles=0.2)
    for shift in (14, 26):
        canvas.stitches(
            [(-272 + shift, 516), (-170, 494 + shift / 3), (-60, 470 + shift / 3)],
            thread(peak),
            width_px=1.1,
        )
    crown = outline(
        [(-112, 452), (-104, 330), (-20, 236), (70, 220)],
        [(70, 220), (180, 250), (222, 350), (226, 470)],
        [(226, 470), (100, 486), (-40, 478), (-112, 452)],
    )
    canvas.piece(crown, fabric, lift_px=16, edge_px=9, volume_px=60, wrinkles=0.6)
    for line in ([(70, 224), (10, 300), (-8, 476)], [(70, 224), (120, 320), (118, 482)]):
        canvas.seam(line, width_px=2.4)
        canvas.stitches(shifted(np.array(line, float), 5, 0), thread(fabric), width_px=1)
    for x, y in ((34, 288), (128, 296)):
        canvas.shade(ellipse((x, y), 5, 6), -0.6, soft_px=1.4)
    canvas.button((72, 222), 13, peak)
    canvas.seam([(-108, 440), (0, 462), (110, 470), (226, 456)], width_px=2)
    canvas.shade(ribbon([(-104, 462), (-40, 484), (20, 486)], 12), -0.3, soft_px=5)


def beanie(canvas: Canvas, cloth: Cloth, *, pompom: bool = False) -> None:
    """A knitted cap with a turned-up edge."""
    fabric = cloth.fabric
    if pompom:
        ring = ellipse((0, 176), 62, 58)
        canvas.piece(
            ring + 4 * canvas.rng.standard_normal(ring.shape),
            cloth.trim.plain("tweed"),
            lift_px=12,
            edge_px=14,
            volume_px=34,
            wrinkles=1.4,
        )
        for _ in range(160):
            a, r = canvas.rng.uniform(0, 6.28), canvas.rng.uniform(0, 52)
            x, y = r * np.cos(a), 176 + r * np.sin(a)
            canvas.seam([(x, y), (x * 1.15, 176 + (y - 176) * 1.15)], width_px=2, depth_px=2)
    dome = symmetric(
        [(0, 214), (80, 226), (150, 310), (168, 470)], [(168, 470), (90, 486), (0, 488)]
    )
    folds = [Fold((x, 480), (x * 0.2, 226), 10, 4) for x in np.linspace(-150, 150, 9)]
    canvas.piece(dome, fabric, lift_px=14, edge_px=9, volume_px=50, folds=folds, wrinkles=0.5)
    cuff = symmetric(
        [(0, 452), (90, 450), (172, 438)],
        [(172, 438), (184, 500), (178, 574)],
        [(178, 574), (90, 590), (0, 594)],
    )
    canvas.shade(ribbon([(-172, 438), (0, 452), (172, 438)], 16), -0.35, soft_px=6)
    canvas.piece(cuff, fabric.plain("rib"), lift_px=22, edge_px=9, volume_px=40, wrinkles=0.4)


def bucket_hat(canvas: Canvas, cloth: Cloth) -> None:
    """A soft hat whose brim slopes down all round."""
    fabric = cloth.fabric
    brim = symmetric(
        [(0, 420), (120, 424), (172, 430)],
        [(172, 430), (226, 510), (262, 568)],
        [(262, 568), (150, 612), (0, 624)],
    )
    canvas.piece(
        brim,
        fabric,
        lift_px=8,
        edge_px=6,
        volume_px=18,
        folds=[Fold((x, 610), (x * 0.7, 450), 22, 5) for x in (-190.0, -70.0, 60.0, 180.0)],
    )
    for share in (0.3, 0.5, 0.7, 0.9):
        half, y = 176 + 84 * share, 438 + 178 * share
        canvas.stitches([(-half, y - 42 * share), (0, y), (half, y - 42 * share)], thread(fabric))
    crown = symmetric(
        [(0, 232), (104, 238), (142, 256)],
        [(142, 256), (164, 350), (174, 446)],
        [(174, 446), (90, 462), (0, 466)],
    )
    canvas.piece(crown, fabric, lift_px=18, edge_px=9, volume_px=36)
    canvas.shade(ribbon([(-172, 452), (0, 472), (172, 452)], 14), -0.3, soft_px=6)
    top = symmetric([(0, 232), (100, 238), (140, 256)], [(140, 256), (90, 282), (0, 290)])
    canvas.shade(top, 0.10, soft_px=3)
    canvas.seam([(-142, 258), (0, 292), (142, 258)], width_px=2.4)
    for side in (-1, 1):
        canvas.seam([(side * 96, 282), (side * 112, 460)], width_px=1.6)
        canvas.button((side * 60, 400), 5, plain((150, 150, 152), "metal"))


def brimmed_hat(canvas: Canvas, cloth: Cloth, *, wide: bool = False) -> None:
    """A straw sun hat (``wide``) or a felt fedora, with a ribbon."""
    fabric = cloth.fabric
    rx, ry = (286.0, 92.0) if wide else (244.0, 66.0)
    canvas.piece(
        ellipse((0, 506), rx, ry), fabric, lift_px=8, edge_px=7, volume_px=10, wrinkles=0.6
    )
    for share in (0.72, 0.84, 0.95):
        ring = ellipse((0, 506), rx * share, ry * share)
        if wide:
            canvas.seam(np.vstack([ring, ring[:1]]), width_px=1.8, depth_px=1)
    canvas.shade(ellipse((10, 512), 176, 46), -0.45, soft_px=14)
    crown = (
        symmetric([(0, 284), (90, 292), (140, 356), (156, 500)], [(156, 500), (90, 530), (0, 538)])
        if wide
        else symmetric(
            [(0, 292), (50, 270), (104, 286), (132, 356), (148, 500)],
            [(148, 500), (90, 528), (0, 534)],
        )
    )
    folds = [] if wide else [Fold((0, 290), (10, 420), 34, -14), Fold((90, 330), (80, 440), 30, -8)]
    canvas.piece(crown, fabric, lift_px=20, edge_px=9, volume_px=52, folds=folds, wrinkles=0.5)
    band = spline([(-152, 476), (-80, 504), (0, 512), (80, 504), (152, 476)])
    canvas.piece(
        ribbon(band, 38),
        cloth.trim.plain("satin"),
        lift_px=2,
        edge_px=3,
        volume_px=2,
        rides=True,
        wrinkles=0.3,
    )
    for reach in (26, 44):
        bow = ribbon([(-112, 486), (-112 - reach * 0.6, 500), (-112 - reach, 476)], 20, 26)
        canvas.piece(bow, cloth.trim.plain("satin"), lift_px=4, edge_px=3, volume_px=2, rides=True)


def scarf(canvas: Canvas, cloth: Cloth) -> None:
    """A scarf, looped, its two ends hanging with fringes."""
    fabric = cloth.fabric
    loop = spline([(-96, 330), (-150, 210), (-70, 112), (70, 112), (150, 210), (96, 330)])
    canvas.piece(
        ribbon(loop, 96),
        fabric,
        lift_px=10,
        edge_px=8,
        volume_px=16,
        folds=[Fold((-120, 200), (-20, 130), 14, 6), Fold((120, 220), (30, 130), 14, 6)],
    )
    for side, bottom in ((-1, 640), (1, 690)):
        end = outline(
            [(side * 20, 300), (side * 130, 316)],
            [(side * 130, 316), (side * 128, 480), (side * 140, bottom)],
            [(side * 140, bottom), (side * 26, bottom + 6)],
            [(side * 26, bottom + 6), (side * 14, 480), (side * 20, 300)],
        )
        for x in np.linspace(30, 136, 16):
            fringe = np.array(
                [(side * x, bottom), (side * (x + canvas.rng.uniform(-4, 4)), bottom + 52)]
            )
            canvas.piece(ribbon(fringe, 4), fabric.plain(), lift_px=4, edge_px=2, volume_px=0)
        canvas.shade(shifted(end, 4, 4), -0.25, soft_px=6)
        canvas.piece(
            end,
            fabric,
            lift_px=14,
            edge_px=6,
            volume_px=12,
            folds=[
                Fold((side * 60, 320), (side * 80, bottom), 18, 6),
                Fold((side * 100, 330), (side * 110, bottom - 60), 16, 5),
            ],
        )
    knot = outline(
        [(-90, 300), (0, 268), (96, 296)],
        [(96, 296), (104, 350), (70, 386)],
        [(70, 386), (0, 396), (-76, 372)],
        [(-76, 372), (-104, 340), (-90, 300)],
    )
    canvas.shade(shifted(knot, 2, 8), -0.35, soft_px=8)
    canvas.piece(
        mirror(knot),
        fabric,
        lift_px=24,
        edge_px=9,
        volume_px=20,
        grain_deg=70,
        folds=[Fold((-80, 330), (80, 320), 14, 6), Fold((-70, 360), (60, 356), 12, 5)],
    )
