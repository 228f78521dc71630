"""Flat shoes and sandals: a pair seen from above."""

from collections.abc import Callable

import numpy as np

from data.demo_shop.canvas import Canvas
from data.demo_shop.fabrics import DYES, plain
from data.demo_shop.garments.lasts import INSOLE, RUBBER, part
from data.demo_shop.garments.torso import Cloth, thread
from data.demo_shop.shapes import Outline, Point, box, ellipse, outline, ribbon, shifted, spline


def top_pair(canvas: Canvas, draw: Callable[[], None]) -> None:
    """Left and right from above, the toes up and a little apart."""
    with canvas.moved((-96, 0), turn_deg=-5, flip=True, soft=0.25):
        draw()
    with canvas.moved((96, 4), turn_deg=5, soft=0.25):
        draw()


def _footprint(grow: float = 0) -> Outline:
    """A right shoe from above, toe up."""
    g = grow
    return outline(
        [
            (0, 172 - g),
            (34 + g * 0.5, 184 - g * 0.6),
            (66 + g, 236),
            (78 + g, 304),
            (70 + g, 390),
            (58 + g, 470),
            (62 + g, 560),
            (40 + g * 0.7, 622),
            (0, 640 + g),
        ],
        [
            (0, 640 + g),
            (-40 - g * 0.7, 622),
            (-60 - g, 560),
            (-54 - g, 470),
            (-62 - g, 390),
            (-74 - g, 306),
            (-64 - g, 240),
            (-36 - g * 0.5, 186 - g * 0.6),
            (0, 172 - g),
        ],
    )


def slip_on(canvas: Canvas, cloth: Cloth, *, style: str = "flat") -> None:
    """A pair from above; ``style`` is flat (ballerina), loafer, slipper, plimsoll or clog."""
    top_pair(canvas, lambda: _slip_on(canvas, cloth, style))


def _slip_on(canvas: Canvas, cloth: Cloth, style: str) -> None:
    fabric = cloth.fabric
    white = style in {"plimsoll", "slipper", "clog"}
    rim = plain(RUBBER, "rubber") if white else plain((70, 56, 46), "rubber")
    canvas.piece(_footprint(6 if white else 3), rim, lift_px=8, edge_px=6, volume_px=4, wrinkles=0)
    canvas.piece(_footprint(-2), fabric, lift_px=12, edge_px=9, volume_px=34, wrinkles=0.5)
    start = {"flat": 300, "loafer": 372, "slipper": 380, "plimsoll": 400, "clog": 350}[style]
    hole = outline(
        [
            (0, start - (26 if style == "flat" else 4)),
            (44, start + 14),
            (48, 440),
            (46, 540),
            (30, 600),
            (0, 616),
        ],
        [
            (0, 616),
            (-30, 600),
            (-46, 540),
            (-46, 440),
            (-42, start + 14),
            (0, start - (26 if style == "flat" else 4)),
        ],
    )
    if style in {"slipper", "clog"}:
        hole = np.vstack([hole[: len(hole) // 2] * (1.12, 1), hole[len(hole) // 2 :] * (1.12, 1)])
    canvas.shade(hole, -0.25, soft_px=4)
    canvas.piece(
        hole, plain(INSOLE, "leather"), lift_px=3, edge_px=3, volume_px=0, wrinkles=0, dim=0.72
    )
    canvas.shade(ellipse((0, start + 16), 44, 46), -0.5, soft_px=12)
    canvas.shade(ellipse((0, 560), 20, 30), 0.14, soft_px=8)
    canvas.stitches(
        shifted(np.vstack([hole[4:], hole[:4]]) * (1.08, 1), 0, -3), thread(fabric), width_px=1
    )
    if style == "flat":
        for side in (1, -1):
            loop = ellipse((side * 15, 258), 15, 9, side * -18)
            part(canvas, loop, cloth.trim, lift=5)
        part(canvas, box(-5, 250, 5, 266, 3), cloth.trim, lift=7)
    elif style == "loafer":
        apron = spline(
            [(-52, 380), (-54, 290), (-30, 226), (0, 214), (32, 226), (56, 290), (52, 380)]
        )
        canvas.seam(apron, width_px=4, depth_px=3)
        canvas.stitches(shifted(apron * (0.9, 1), 0, 5), thread(fabric), width_px=1.4)
        part(canvas, ribbon([(-66, 352), (0, 338), (66, 352)], 30), fabric, lift=4)
        canvas.shade(ellipse((0, 340), 22, 6), -0.55, soft_px=2)
    elif style == "plimsoll":
        for y in (300, 328, 356, 384):
            lace = np.array([(-30, y + 6), (0, y), (30, y + 6)], float)
            canvas.shade(ribbon(shifted(lace, 0, 4), 8), -0.3, soft_px=2)
            part(canvas, ribbon(lace, 8), plain(RUBBER, "canvas"), lift=3)
        cap = outline([(-56, 224), (0, 178), (52, 216)], [(52, 216), (0, 240), (-56, 224)])
        part(canvas, cap, plain(RUBBER, "rubber"), lift=3)
    elif style == "clog":
        for y, xs in ((224, (-20, 20)), (256, (-38, 0, 38)), (288, (-22, 22)), (316, (-44, 0, 44))):
            for x in xs:
                canvas.shade(ellipse((x, y), 7, 8), -0.6, soft_px=1)


def sandal(canvas: Canvas, cloth: Cloth, *, style: str = "slide") -> None:
    """A pair from above; ``style`` is slide, thong, cross or buckle."""
    top_pair(canvas, lambda: _sandal(canvas, cloth, style))


def _sandal(canvas: Canvas, cloth: Cloth, style: str) -> None:
    fabric = cloth.fabric
    sole = cloth.trim if style in {"slide", "thong"} else plain((92, 74, 58), "rubber")
    canvas.piece(_footprint(2), sole.plain("rubber"), lift_px=8, edge_px=6, volume_px=6, wrinkles=0)
    bed = sole.plain("canvas") if style in {"slide", "thong"} else plain(INSOLE, "suede")
    canvas.piece(_footprint(-6), bed, lift_px=2, edge_px=3, volume_px=0, wrinkles=0, rides=True)
    for x, y, rx, ry in ((0, 560, 34, 44), (0, 300, 44, 54)):
        canvas.shade(ellipse((x, y), rx, ry), -0.14, soft_px=14)
    straps: dict[str, list[tuple[list[Point], float]]] = {
        "slide": [([(-82, 338), (-40, 318), (40, 318), (84, 338)], 100)],
        "thong": [
            ([(-6, 244), (10, 300), (46, 360), (70, 420)], 17),
            ([(-6, 244), (-18, 300), (-46, 360), (-62, 420)], 17),
        ],
        "cross": [([(-78, 300), (0, 340), (74, 410)], 50), ([(82, 290), (0, 340), (-66, 410)], 50)],
        "buckle": [
            ([(-80, 290), (0, 262), (84, 290)], 46),
            ([(-70, 402), (0, 376), (76, 402)], 46),
        ],
    }
    for line, width in straps[style]:
        canvas.shade(ribbon(shifted(np.array(line, float), 3, 8), width + 4), -0.35, soft_px=6)
        part(canvas, ribbon(line, width), fabric, lift=12, edge=7, volume=8)
        if width > 20:
            for off in (-width / 2 + 6, width / 2 - 6):
                edge = shifted(np.array(line, float), 0, off)
                canvas.stitches(edge, thread(fabric), width_px=1.1)
    if style == "thong":
        canvas.button((-6, 244), 9, fabric)
    if style == "buckle":
        silver = plain(DYES["gold"], "metal")
        for y in (268, 384):
            part(canvas, box(34, y - 16, 62, y + 18, 3), silver, lift=5)
            part(canvas, box(40, y - 10, 56, y + 12, 2), fabric, lift=-2, volume=0)
