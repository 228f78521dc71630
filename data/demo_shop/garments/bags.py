"""Bags: totes, handbags, crossbody bags, backpacks, clutches."""

import numpy as np

from data.demo_shop.canvas import Canvas, Fold
from data.demo_shop.fabrics import DYES, Fabric, plain
from data.demo_shop.garments.tops import draw_motif
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


def _handle(canvas: Canvas, fabric: Fabric, points: Outline, width: float, dim: float = 1) -> None:
    canvas.piece(
        ribbon(points, width), fabric, lift_px=7, edge_px=5, volume_px=2, wrinkles=0.2, dim=dim
    )
    for off in (-width / 2 + 4, width / 2 - 4):
        canvas.stitches(parallel(spline(points), off), thread(fabric), width_px=1)


def _hardware() -> Fabric:
    return plain(DYES["gold"], "metal")


def tote(canvas: Canvas, cloth: Cloth, *, leather: bool = False) -> None:
    """An open bag with two long handles."""
    fabric, handle = cloth.fabric, cloth.trim
    arch = np.array(
        [(-86, 330), (-82, 180), (-50, 96), (0, 76), (50, 96), (82, 180), (86, 330)], float
    )
    _handle(canvas, handle, shifted(arch, 0, 18), 18, dim=0.75)
    inside = symmetric([(0, 296), (186, 290)], [(186, 290), (180, 318), (0, 326)])
    canvas.piece(inside, fabric.plain(), lift_px=3, edge_px=3, volume_px=0, dim=0.6)
    low = 700
    body = symmetric(
        [(0, 310), (100, 309), (190, 304)],
        [(190, 304), (198, 480), (206, 660)],
        [(206, 660), (204, low - 6), (176, low)],
        [(176, low), (90, low + 4), (0, low + 5)],
    )
    canvas.piece(
        body,
        fabric,
        lift_px=12,
        edge_px=7,
        volume_px=26,
        wrinkles=1.1,
        folds=[
            Fold((-80, 330), (-40, 520), 22, 5),
            Fold((84, 330), (60, 560), 22, 5),
            Fold((-200, 680), (-60, 560), 20, 6),
            Fold((200, 680), (80, 600), 20, 6),
        ],
    )
    canvas.stitches([(-186, 322), (0, 328), (186, 322)], thread(fabric))
    for side in (-1, 1):
        tab = np.array([(side * 86, 310), (side * 87, 372)], float)
        canvas.piece(
            ribbon(tab, 24), handle, lift_px=3, edge_px=3, volume_px=0, rides=True, wrinkles=0.2
        )
        canvas.stitches(parallel(ribbon(tab, 24), 4), thread(handle), width_px=1)
    _handle(canvas, handle, arch, 20)
    if leather:
        canvas.seam([(-200, 590), (0, 598), (200, 590)], width_px=2.4)
        canvas.piece(
            ribbon([(100, 330), (112, 390), (108, 440)], 12, 26),
            handle,
            lift_px=4,
            edge_px=3,
            volume_px=1,
            rides=True,
        )
    elif cloth.motif:
        draw_motif(canvas, cloth, centre_y=510)


def handbag(canvas: Canvas, cloth: Cloth, *, style: str = "satchel") -> None:
    """A structured bag; ``style`` is satchel, flap or bucket."""
    fabric = cloth.fabric
    if style == "bucket":
        _bucket(canvas, cloth)
        return
    arch = np.array(
        [(-96, 350), (-92, 236), (-50, 168), (0, 156), (50, 168), (92, 236), (96, 350)], float
    )
    _handle(canvas, fabric.plain(), arch, 22)
    top, low = 330, 640
    body = symmetric(
        [(0, top), (150, top + 2), (176, top + 26)],
        [(176, top + 26), (206, 480), (224, low - 30)],
        [(224, low - 30), (222, low - 4), (190, low)],
        [(190, low), (0, low + 6)],
    )
    canvas.piece(body, fabric, lift_px=14, edge_px=9, volume_px=30, wrinkles=0.5)
    canvas.stitches(parallel(body, 9), thread(fabric), width_px=1.2)
    gold = _hardware()
    if style == "flap":
        flap = symmetric(
            [(0, top - 2), (150, top), (178, top + 24)],
            [(178, top + 24), (188, 420), (176, 470)],
            [(176, 470), (110, 522), (0, 536)],
        )
        canvas.shade(shifted(flap, 2, 9), -0.3, soft_px=8)
        canvas.piece(flap, fabric, lift_px=5, edge_px=5, volume_px=8, rides=True, wrinkles=0.5)
        canvas.stitches(parallel(flap, 8), thread(fabric), width_px=1.2)
        canvas.piece(
            box(-22, 502, 22, 548, 8),
            gold,
            lift_px=6,
            edge_px=4,
            volume_px=0,
            rides=True,
            wrinkles=0,
        )
        canvas.shade(box(-10, 516, 10, 534, 4), -0.4, soft_px=2)
    else:
        canvas.seam([(-176, 376), (0, 382), (176, 376)], width_px=6, depth_px=4)
        canvas.stitches([(-170, 376), (0, 382), (170, 376)], (206, 176, 112), width_px=3, dash_px=4)
        for side in (-1, 1):
            tab = np.array([(side * 96, 340), (side * 100, 436)], float)
            canvas.piece(ribbon(tab, 28), fabric, lift_px=4, edge_px=4, volume_px=1, rides=True)
            canvas.piece(
                ellipse((side * 96, 346), 15, 15),
                gold,
                lift_px=5,
                edge_px=4,
                volume_px=0,
                rides=True,
                wrinkles=0,
            )
            canvas.button((side * 100, 424), 6, gold)
        canvas.seam([(-206, 580), (0, 588), (206, 580)], width_px=2.4)
    for side in (-1, 1):
        canvas.button((side * 150, low - 12), 6, gold)


def _bucket(canvas: Canvas, cloth: Cloth) -> None:
    fabric = cloth.fabric
    arch = np.array(
        [(-150, 350), (-120, 200), (-40, 116), (40, 116), (120, 200), (150, 350)], float
    )
    _handle(canvas, cloth.trim, arch, 20)
    inside = symmetric([(0, 312), (100, 320), (158, 344)], [(158, 344), (90, 368), (0, 374)])
    canvas.piece(inside, fabric.plain(), lift_px=3, edge_px=3, volume_px=0, dim=0.55)
    body = symmetric(
        [(0, 364), (90, 360), (160, 340)],
        [(160, 340), (168, 480), (176, 640)],
        [(176, 640), (120, 668), (0, 676)],
    )
    folds = [Fold((x, 350), (x * 1.05, 520), 13, 6) for x in np.linspace(-130, 130, 8)]
    canvas.piece(body, fabric, lift_px=12, edge_px=8, volume_px=34, folds=folds)
    cord = [(-160, 394), (-80, 404), (0, 408), (80, 404), (160, 394)]
    canvas.stitches(cord, cloth.trim.dye, width_px=5, dash_px=36)
    for side in (-1, 1):
        tail = np.array([(side * 4, 408), (side * 16, 470), (side * 12, 530)], float)
        canvas.piece(ribbon(tail, 7), cloth.trim, lift_px=5, edge_px=3, volume_px=0, rides=True)
    canvas.piece(
        ribbon([(-178, 632), (0, 660), (178, 632)], 32),
        cloth.trim,
        lift_px=2,
        edge_px=3,
        volume_px=0,
        rides=True,
    )


def crossbody(canvas: Canvas, cloth: Cloth, *, clutch: bool = False) -> None:
    """A small flap bag on a long strap, or an envelope ``clutch``."""
    fabric, gold = cloth.fabric, _hardware()
    top, low, half = (360, 590, 216) if clutch else (400, 650, 166)
    if not clutch:
        loop = np.array(
            [(-156, 424), (-170, 250), (-90, 120), (0, 96), (90, 120), (170, 250), (156, 424)]
        )
        canvas.piece(
            ribbon(loop, 13), fabric.plain(), lift_px=6, edge_px=4, volume_px=0, wrinkles=0.2
        )
        for side in (-1, 1):
            canvas.piece(
                ellipse((side * 158, 414), 15, 15),
                gold,
                lift_px=8,
                edge_px=4,
                volume_px=0,
                wrinkles=0,
            )
    canvas.piece(
        box(-half, top, half, low, 26), fabric, lift_px=12, edge_px=8, volume_px=24, wrinkles=0.5
    )
    canvas.stitches(box(-half + 8, top + 8, half - 8, low - 8, 20), thread(fabric), width_px=1.1)
    peak = low - 70 if clutch else low - 96
    flap = (
        outline(
            [(-half, top + 4), (half, top + 4)],
            [(half, top + 4), (half - 4, top + 40)],
            [(half - 4, top + 40), (20, peak)],
            [(20, peak), (0, peak + 6), (-20, peak)],
            [(-20, peak), (-half + 4, top + 40)],
            [(-half + 4, top + 40), (-half, top + 4)],
        )
        if clutch
        else symmetric(
            [(0, top - 2), (half, top + 4)],
            [(half, top + 4), (half + 2, peak - 50)],
            [(half + 2, peak - 50), (half - 30, peak - 4), (0, peak)],
        )
    )
    canvas.shade(shifted(flap, 2, 9), -0.3, soft_px=7)
    canvas.piece(flap, fabric, lift_px=5, edge_px=5, volume_px=7, rides=True, wrinkles=0.5)
    canvas.stitches(parallel(flap, 7), thread(fabric), width_px=1.1)
    canvas.button((0, peak - 16), 15, gold)
    if not clutch:
        canvas.piece(
            ribbon([(120, peak - 30), (128, 640), (122, 690)], 10, 20),
            cloth.trim,
            lift_px=4,
            edge_px=3,
            volume_px=0,
            rides=True,
        )


def backpack(canvas: Canvas, cloth: Cloth, *, style: str = "school") -> None:
    """A backpack from the front; ``style`` is school or roll (a flap with two straps)."""
    fabric, trim = cloth.fabric, cloth.trim
    loop = np.array([(-44, 178), (-36, 116), (0, 100), (36, 116), (44, 178)], float)
    canvas.piece(ribbon(loop, 18), trim, lift_px=6, edge_px=5, volume_px=2)
    for side in (-1, 1):
        strap = np.array([(side * 150, 250), (side * 204, 380), (side * 190, 560)], float)
        canvas.piece(ribbon(strap, 34, 26), trim, lift_px=5, edge_px=6, volume_px=4, dim=0.8)
        pouch = outline(
            [(side * 166, 500), (side * 208, 512)],
            [(side * 208, 512), (side * 214, 600), (side * 196, 664)],
            [(side * 196, 664), (side * 160, 668)],
            [(side * 160, 668), (side * 166, 500)],
        )
        canvas.piece(pouch, fabric, lift_px=6, edge_px=6, volume_px=9, dim=0.85)
    body = symmetric(
        [(0, 152), (90, 160), (152, 222), (172, 330)],
        [(172, 330), (184, 500), (184, 640)],
        [(184, 640), (176, 696), (130, 708), (0, 712)],
    )
    canvas.piece(
        body,
        fabric,
        lift_px=14,
        edge_px=9,
        volume_px=34,
        wrinkles=0.9,
        folds=[Fold((-160, 360), (-60, 320), 16, 5), Fold((160, 380), (50, 350), 16, 5)],
    )
    if style == "roll":
        _flap_top(canvas, fabric, trim)
    else:
        zip_line = spline(
            [(-150, 400), (-140, 268), (-84, 204), (0, 192), (84, 204), (140, 268), (150, 400)]
        )
        canvas.seam(zip_line, width_px=8, depth_px=4)
        canvas.stitches(zip_line, (70, 70, 74), width_px=4, dash_px=4)
        canvas.piece(
            ribbon([(-140, 292), (-146, 330)], 9),
            trim,
            lift_px=6,
            edge_px=2,
            volume_px=0,
            rides=True,
        )
    pocket = symmetric(
        [(0, 452), (100, 452), (136, 474)],
        [(136, 474), (146, 560), (146, 640)],
        [(146, 640), (138, 676), (100, 684), (0, 686)],
    )
    canvas.shade(shifted(pocket, 0, 6), -0.24, soft_px=6)
    canvas.piece(pocket, fabric, lift_px=6, edge_px=7, volume_px=16, rides=True)
    canvas.seam([(-132, 496), (0, 490), (132, 496)], width_px=8, depth_px=4)
    canvas.stitches([(-128, 496), (0, 490), (128, 496)], (70, 70, 74), width_px=4, dash_px=4)
    canvas.piece(
        ribbon([(96, 494), (104, 536)], 9), trim, lift_px=6, edge_px=2, volume_px=0, rides=True
    )
    label = box(-30, 556, 30, 594, 4)
    canvas.piece(
        label, plain((120, 84, 56), "leather"), lift_px=2, edge_px=2, volume_px=0, rides=True
    )
    canvas.stitches(box(-26, 560, 26, 590, 3), (206, 176, 130), width_px=1)


def _flap_top(canvas: Canvas, fabric: Fabric, trim: Fabric) -> None:
    flap = symmetric(
        [(0, 148), (110, 156), (162, 230)],
        [(162, 230), (172, 330), (160, 400)],
        [(160, 400), (90, 424), (0, 430)],
    )
    canvas.shade(shifted(flap, 0, 9), -0.3, soft_px=8)
    canvas.piece(flap, fabric, lift_px=6, edge_px=7, volume_px=10, rides=True)
    canvas.stitches(parallel(flap, 8), thread(fabric), width_px=1.1)
    for side in (-1, 1):
        strap = np.array([(side * 76, 330), (side * 78, 400), (side * 78, 500)], float)
        canvas.shade(ribbon(shifted(strap, 3, 3), 26), -0.25, soft_px=4)
        canvas.piece(ribbon(strap, 24), trim, lift_px=4, edge_px=3, volume_px=0, rides=True)
        canvas.piece(
            box(side * 78 - 18, 440, side * 78 + 18, 474, 4),
            _hardware(),
            lift_px=5,
            edge_px=3,
            volume_px=0,
            rides=True,
            wrinkles=0,
        )


def duffle(canvas: Canvas, cloth: Cloth) -> None:
    """A travel bag: a lying barrel with two handles."""
    fabric, trim = cloth.fabric, cloth.trim
    arch = np.array(
        [(-110, 420), (-100, 290), (-46, 236), (46, 236), (100, 290), (110, 420)], float
    )
    _handle(canvas, trim, shifted(arch, 0, -16), 20, dim=0.75)
    body = symmetric(
        [(0, 356), (160, 360), (244, 400)],
        [(244, 400), (276, 500), (256, 620)],
        [(256, 620), (160, 652), (0, 656)],
    )
    canvas.piece(
        body,
        fabric,
        lift_px=14,
        edge_px=9,
        volume_px=40,
        wrinkles=1.1,
        folds=[Fold((-240, 420), (-120, 520), 20, 6), Fold((240, 430), (130, 520), 20, 6)],
    )
    canvas.seam([(-226, 400), (0, 386), (226, 400)], width_px=7, depth_px=4)
    canvas.stitches([(-220, 400), (0, 386), (220, 400)], (196, 198, 202), width_px=3.4, dash_px=4)
    for side in (-1, 1):
        end = outline(
            [(side * 200, 378), (side * 250, 402), (side * 277, 500), (side * 256, 622)],
            [(side * 256, 622), (side * 196, 644)],
            [(side * 196, 644), (side * 216, 500), (side * 200, 378)],
        )
        canvas.piece(end, trim, lift_px=2, edge_px=4, volume_px=3, rides=True)
        band = np.array([(side * 110, 410), (side * 112, 650)], float)
        canvas.piece(ribbon(band, 24), trim, lift_px=3, edge_px=3, volume_px=0, rides=True)
    _handle(canvas, trim, arch, 22)
    canvas.piece(
        shifted(mirror(box(-26, 316, 26, 344, 8)), 0, -78), trim, lift_px=9, edge_px=4, volume_px=2
    )
