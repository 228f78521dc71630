"""Shoes: from the side with the other one behind, or a pair seen from above."""

from collections.abc import Callable

import numpy as np

from data.demo_shop.canvas import Canvas, Fold
from data.demo_shop.fabrics import DYES, Fabric, brightness, plain, tinted
from data.demo_shop.garments.torso import Cloth, thread
from data.demo_shop.shapes import Outline, Point, box, ellipse, outline, ribbon, spline

_RUBBER = (236, 234, 228)
_INSOLE = (196, 170, 134)


def side_pair(canvas: Canvas, draw: Callable[[], None], *, rise: float = 0) -> None:
    """One shoe in front and its fellow behind, a little higher and further right."""
    with canvas.moved((46, -74 + rise), soft=0.25):
        draw()
    with canvas.moved((-34, 34 + rise), soft=0.25):
        draw()


def top_pair(canvas: Canvas, draw: Callable[[], None]) -> None:
    """Left and right from above, the toes up and a little apart."""
    with canvas.moved((-96, 0), turn_deg=-5, flip=True, soft=0.25):
        draw()
    with canvas.moved((96, 4), turn_deg=5, soft=0.25):
        draw()


def _part(
    canvas: Canvas, shape: Outline, fabric: Fabric, *, lift: float = 2.0, edge: float = 3.0,
    volume: float = 3.0, dim: float = 1.0, folds: tuple[Fold, ...] = (),
) -> None:  # fmt: skip
    canvas.piece(shape, fabric, lift_px=lift, edge_px=edge, volume_px=volume, rides=True, dim=dim,
                 wrinkles=0.3, folds=folds)  # fmt: skip


def sneaker(canvas: Canvas, cloth: Cloth, *, style: str = "low") -> None:
    """A sneaker from the side; ``style`` is low, high (canvas) or running."""
    draws = {"low": _low_sneaker, "high": _high_sneaker, "running": _running_shoe}
    side_pair(canvas, lambda: draws[style](canvas, cloth))


def _sole(canvas: Canvas, colour: Fabric, *, thick: float, heel: float, toe_up: float = 10) -> None:
    top = 492.0
    shape = outline(
        [(-222, top - toe_up), (-120, top + 4), (60, top + 2), (212, top - heel)],
        [(212, top - heel), (222, top + thick * 0.4), (208, top + thick)],
        [
            (208, top + thick),
            (60, top + thick + 2),
            (-120, top + thick + 2),
            (-196, top + thick - 6),
        ],
        [(-196, top + thick - 6), (-224, top + thick * 0.5), (-222, top - toe_up)],
    )
    canvas.piece(shape, colour, lift_px=16, edge_px=6, volume_px=8, wrinkles=0)


def _mouth(canvas: Canvas, lining: Fabric, a: Point, b: Point, depth: float) -> None:
    """The far rim of the opening, seen over the near one."""
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    shape = outline([a, (middle[0], middle[1] - depth), b], [b, (middle[0], middle[1] + 26), a])
    canvas.piece(shape, lining, lift_px=6, edge_px=4, volume_px=2, wrinkles=0, dim=0.62)


def _laces(
    canvas: Canvas, start: Point, end: Point, *, count: int, half: float, colour: Fabric
) -> None:
    for t in np.linspace(0, 1, count):
        x, y = start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t
        lace = np.array([(x - half, y - half * 0.55), (x, y + 2), (x + half, y + half * 0.75)])
        canvas.shade(ribbon(lace + (1, 4), 9), -0.3, soft_px=2)
        _part(canvas, ribbon(lace, 8), colour, lift=3, edge=2, volume=1)


def _low_upper() -> Outline:
    return outline(
        [(-216, 500), (-214, 462), (-176, 436), (-110, 420)],
        [(-110, 420), (-50, 392), (20, 342), (54, 312)],
        [(54, 312), (74, 306), (84, 324)],
        [(84, 324), (128, 352), (168, 346), (196, 320)],
        [(196, 320), (212, 318), (214, 350), (206, 420), (212, 500)],
        [(212, 500), (0, 508), (-216, 500)],
    )


def _low_sneaker(canvas: Canvas, cloth: Cloth) -> None:
    fabric, trim = cloth.fabric, cloth.trim
    white = plain(_RUBBER, "rubber")
    _mouth(canvas, trim.plain(), (62, 314), (204, 324), 20)
    canvas.piece(_low_upper(), fabric, lift_px=14, edge_px=8, volume_px=34, wrinkles=0.5,
                 folds=[Fold((-130, 426), (-96, 476), 10, 4), Fold((-96, 410), (-66, 470), 10, 4)])  # fmt: skip
    toe = outline([(-216, 496), (-214, 462), (-178, 438)], [(-178, 438), (-146, 462), (-138, 500)],
                  [(-138, 500), (-216, 496)])  # fmt: skip
    _part(canvas, toe, fabric, lift=2)
    canvas.stitches([(-176, 440), (-144, 462), (-136, 496)], thread(fabric), width_px=1.1)
    stay = outline([(-112, 420), (-40, 386), (22, 340), (58, 312)], [(58, 312), (74, 330)],
                   [(74, 330), (40, 374), (-20, 422), (-78, 450)], [(-78, 450), (-112, 420)])  # fmt: skip
    _part(canvas, stay, fabric, lift=3)
    canvas.stitches([(-74, 446), (-18, 416), (40, 368), (70, 332)], thread(fabric), width_px=1.1)
    heel = outline([(196, 322), (212, 320), (214, 360), (207, 424), (212, 498)],
                   [(212, 498), (150, 500)], [(150, 500), (160, 440), (176, 380), (196, 322)])  # fmt: skip
    _part(canvas, heel, trim, lift=3)
    wave = outline([(-60, 470), (40, 470), (110, 420), (158, 372)],
                   [(158, 372), (146, 408), (100, 456), (50, 492)], [(50, 492), (-30, 494), (-60, 470)])  # fmt: skip
    _part(canvas, wave, trim, lift=2)
    _laces(canvas, (-82, 424), (46, 328), count=6, half=19, colour=white)
    _sole(canvas, white, thick=40, heel=10)
    canvas.seam([(-206, 512), (0, 516), (208, 508)], width_px=2)


def _high_sneaker(canvas: Canvas, cloth: Cloth) -> None:
    fabric = cloth.fabric
    white = plain(_RUBBER, "rubber")
    upper = outline(
        [(-212, 500), (-206, 456), (-150, 434)],
        [(-150, 434), (-70, 404), (-6, 330), (10, 200)],
        [(10, 200), (40, 190), (120, 204), (186, 196)],
        [(186, 196), (200, 280), (196, 400), (208, 500)],
        [(208, 500), (0, 508), (-212, 500)],
    )
    _mouth(canvas, cloth.trim.plain(), (16, 198), (184, 198), 18)
    canvas.piece(upper, fabric, lift_px=14, edge_px=8, volume_px=32, wrinkles=0.9,
                 folds=[Fold((10, 360), (110, 390), 12, 5), Fold((190, 400), (80, 420), 12, 4)])  # fmt: skip
    stay = outline([(-132, 428), (-62, 396), (4, 318), (14, 206)], [(14, 206), (46, 208)],
                   [(46, 208), (38, 330), (-20, 420), (-86, 456)], [(-86, 456), (-132, 428)])  # fmt: skip
    _part(canvas, stay, fabric, lift=2.5)
    canvas.stitches([(-84, 450), (-22, 416), (34, 328), (42, 212)], thread(fabric), width_px=1.1)
    canvas.piece(ribbon([(192, 204), (196, 320), (202, 480)], 16), white, lift_px=2, edge_px=2,
                 volume_px=0, rides=True, wrinkles=0)  # fmt: skip
    _part(canvas, ellipse((122, 300), 34, 34), white, lift=2)
    canvas.stain(ellipse((122, 300), 27, 27), cloth.trim.dye)
    for p in np.linspace(0, 2 * np.pi, 5, endpoint=False):
        canvas.stain(ellipse((122 + 12 * np.sin(p), 300 - 12 * np.cos(p)), 5, 5), _RUBBER)
    cap = outline([(-214, 500), (-206, 458), (-166, 440)], [(-166, 440), (-128, 462), (-120, 502)],
                  [(-120, 502), (-214, 500)])  # fmt: skip
    _part(canvas, cap, white, lift=4, volume=8)
    _laces(canvas, (-100, 426), (-6, 352), count=4, half=19, colour=white)
    _laces(canvas, (6, 330), (28, 220), count=5, half=20, colour=white)
    _sole(canvas, white, thick=38, heel=2, toe_up=2)
    canvas.stain(ribbon([(-214, 508), (0, 512), (214, 506)], 5), cloth.trim.dye)


def _running_shoe(canvas: Canvas, cloth: Cloth) -> None:
    fabric, trim = cloth.fabric, cloth.trim
    white = plain(_RUBBER, "rubber")
    _mouth(canvas, trim.plain(), (58, 322), (206, 318), 22)
    canvas.piece(
        _low_upper(), fabric.plain("canvas"), lift_px=14, edge_px=8, volume_px=36, wrinkles=0.5
    )
    for shift in (0, 34, 68):
        bar = np.array([(-40 + shift, 402 - shift * 0.7), (-8 + shift, 446 - shift * 0.3),
                        (10 + shift, 494)], float)  # fmt: skip
        _part(canvas, ribbon(bar, 15, 19), trim, lift=2.5)
    toe = outline([(-218, 500), (-216, 466), (-182, 446)], [(-182, 446), (-120, 470), (-60, 500)],
                  [(-60, 500), (-218, 500)])  # fmt: skip
    _part(canvas, toe, trim, lift=2.5)
    heel = outline([(176, 360), (214, 344), (207, 424), (214, 500)], [(214, 500), (110, 502)],
                   [(110, 502), (140, 420), (176, 360)])  # fmt: skip
    _part(canvas, heel, trim, lift=3)
    _part(canvas, ribbon([(206, 356), (216, 330), (222, 312)], 15), trim, lift=3)
    stay = outline([(-108, 422), (-40, 386), (22, 340), (58, 314)], [(58, 314), (72, 330)],
                   [(72, 330), (30, 370), (-30, 414), (-84, 440)], [(-84, 440), (-108, 422)])  # fmt: skip
    _part(canvas, stay, fabric.darker(0.86), lift=3)
    _laces(canvas, (-76, 420), (46, 330), count=6, half=18, colour=white)
    _sole(canvas, white, thick=50, heel=20, toe_up=16)
    sole = spline([(-214, 516), (-60, 526), (80, 516), (214, 496)])
    canvas.stain(ribbon(sole, 9), trim.dye)
    tread = plain((58, 58, 60), "rubber")
    canvas.piece(ribbon([(-190, 540), (0, 545), (204, 541)], 11), tread, lift_px=14, edge_px=3,
                 volume_px=0, wrinkles=0)  # fmt: skip


def formal(canvas: Canvas, cloth: Cloth, *, style: str = "derby") -> None:
    """A leather shoe from the side; ``style`` is derby, oxford or loafer."""
    side_pair(canvas, lambda: _formal(canvas, cloth, style), rise=-6)


def _formal(canvas: Canvas, cloth: Cloth, style: str) -> None:
    fabric = cloth.fabric
    dark = plain((52, 42, 36), "rubber")
    low = style == "loafer"
    _mouth(
        canvas,
        plain(_INSOLE, "leather"),
        (20 if low else 42, 388 if low else 376),
        (196, 356 if low else 372),
        18,
    )
    upper = outline(
        [(-228, 506), (-216, 478), (-150, 452)],
        [(-150, 452), (-90, 436), (-24, 396), (28, 380)] if low
        else [(-150, 456), (-90, 442), (-20, 398), (34, 366)],
        [(28, 380), (100, 396), (160, 376), (196, 344)] if low
        else [(34, 366), (100, 400), (160, 392), (198, 366)],
        [(196, 344) if low else (198, 366), (208, 380), (203, 430), (208, 500)],
        [(208, 500), (0, 512), (-228, 506)],
    )  # fmt: skip
    canvas.piece(upper, fabric, lift_px=14, edge_px=8, volume_px=38, wrinkles=0.35,
                 folds=[Fold((-96, 440), (-70, 490), 9, 3), Fold((-70, 430), (-48, 486), 9, 3)])  # fmt: skip
    if low:
        apron = [
            (-46, 412),
            (-110, 452),
            (-166, 470),
            (-190, 486),
            (-130, 484),
            (-60, 470),
            (-6, 446),
        ]
        canvas.seam(apron, width_px=3, depth_px=3)
        canvas.stitches(np.array(apron, float) + (0, 5), thread(fabric), width_px=1.4)
        band = outline([(-46, 408), (10, 378), (44, 384)], [(44, 384), (66, 440), (70, 504)],
                       [(70, 504), (6, 506)], [(6, 506), (-14, 452), (-46, 408)])  # fmt: skip
        _part(canvas, band, fabric, lift=4)
        canvas.shade(ellipse((2, 424), 22, 7, -34), -0.5, soft_px=2)
    else:
        cap = [(-160, 450), (-140, 480), (-136, 508)]
        canvas.seam(cap, width_px=2.4)
        for gap in (0, 5):
            canvas.stitches(np.array(cap, float) + (5 + gap, 0), thread(fabric), width_px=1.1)
        quarter = outline([(-72, 434), (-18, 400), (32, 369)], [(32, 369), (54, 380)],
                          [(54, 380), (36, 430), (-6, 464), (-52, 472)], [(-52, 472), (-72, 434)])  # fmt: skip
        _part(canvas, quarter, fabric, lift=2.5 if style == "oxford" else 4)
        lace = plain(tinted(fabric.dye, 0.7), "canvas")
        _laces(canvas, (-42, 428), (24, 386), count=4, half=16, colour=lace)
        heel_seam = [(120, 398), (104, 440), (140, 506)]
        canvas.seam(heel_seam, width_px=2)
        canvas.stitches(np.array(heel_seam, float) - (5, 0), thread(fabric), width_px=1.1)
    sole = outline([(-232, 500), (0, 506), (210, 494)], [(210, 494), (212, 516)],
                   [(212, 516), (80, 526), (-100, 526), (-214, 518)], [(-214, 518), (-232, 500)])  # fmt: skip
    canvas.piece(sole, dark, lift_px=16, edge_px=4, volume_px=3, wrinkles=0)
    canvas.piece(box(104, 514, 212, 548, 3), dark, lift_px=16, edge_px=4, volume_px=4, wrinkles=0)


def boot(canvas: Canvas, cloth: Cloth, *, style: str = "chelsea") -> None:
    """A boot from the side; ``style`` is chelsea, lace, knee or heeled."""
    side_pair(canvas, lambda: _boot(canvas, cloth, style), rise=76 if style == "knee" else 46)


def _boot(canvas: Canvas, cloth: Cloth, style: str) -> None:
    fabric = cloth.fabric
    top = {"chelsea": 236.0, "lace": 196.0, "knee": 116.0, "heeled": 220.0}[style]
    heel = 62.0 if style in {"heeled"} else 34.0
    front = 24.0
    _mouth(canvas, plain(tinted(fabric.dye, 0.8), "leather"), (front, top + 2), (188, top), 16)
    upper = outline(
        [(-222, 506), (-212, 474), (-150, 448)],
        [(-150, 448), (-60, 424), (6, 372), (front + 4, 320), (front - 2, top)],
        [(front - 2, top), (100, top + 8), (190, top)],
        [(190, top), (192, (top + 400) / 2), (180, 400), (204, 500)],
        [(204, 500), (0, 510), (-222, 506)],
    )
    canvas.piece(upper, fabric, lift_px=14, edge_px=8, volume_px=36, wrinkles=0.6,
                 folds=[Fold((14, 380), (120, 400), 12, 5), Fold((184, 392), (70, 360), 13, 5),
                        Fold((6, 350), (120, 346), 12, 4), Fold((-80, 430), (-60, 490), 10, 3)])  # fmt: skip
    if style == "chelsea":
        gore = outline([(74, top + 6), (140, top + 7)], [(140, top + 7), (134, 320), (112, 388)],
                       [(112, 388), (84, 320), (74, top + 6)])  # fmt: skip
        _part(canvas, gore, plain(tinted(fabric.dye, 0.62), "rib"), lift=-1.5, edge=1, volume=0)
        _part(canvas, ribbon([(196, top + 36), (206, top - 6), (190, top - 30)], 12), fabric)
    elif style == "lace":
        stay = outline([(-96, 436), (-30, 398), (22, 330), (24, top + 4)], [(24, top + 4), (62, top + 8)],
                       [(62, top + 8), (60, 340), (10, 420), (-60, 462)], [(-60, 462), (-96, 436)])  # fmt: skip
        _part(canvas, stay, fabric, lift=3)
        lace = plain((216, 186, 130) if brightness(fabric.dye) < 0.45 else (90, 70, 50), "canvas")
        _laces(canvas, (-66, 436), (10, 376), count=3, half=18, colour=lace)
        _laces(canvas, (26, 350), (42, top + 24), count=5, half=20, colour=lace)
        _part(canvas, ribbon([(30, top + 2), (110, top + 10), (188, top + 2)], 24), cloth.trim, lift=4,
              edge=6)  # fmt: skip
        canvas.seam([(130, 330), (96, 420), (120, 506)], width_px=2.4)
    elif style == "knee":
        canvas.seam([(110, top + 10), (112, 300), (100, 420), (104, 506)], width_px=2.4)
        canvas.stitches([(116, top + 14), (118, 300), (106, 420), (110, 504)], thread(fabric))
    else:
        canvas.stitches([(130, top + 10), (128, 330), (136, 480)], (196, 198, 202), width_px=3)
    dark = plain((46, 40, 38), "rubber")
    thick = 34 if style == "lace" else 20
    sole = outline([(-228, 500), (0, 506), (206, 496)], [(206, 496), (206, 496 + thick)],
                   [(206, 496 + thick), (-100, 506 + thick), (-212, 498 + thick)],
                   [(-212, 498 + thick), (-228, 500)])  # fmt: skip
    canvas.piece(sole, dark, lift_px=16, edge_px=4, volume_px=4, wrinkles=0)
    block = outline([(112, 506), (206, 500)], [(206, 500), (200, 516 + heel)],
                    [(200, 516 + heel), (122, 516 + heel)], [(122, 516 + heel), (112, 506)])  # fmt: skip
    canvas.piece(block, dark, lift_px=16, edge_px=4, volume_px=4, wrinkles=0)
    if style == "lace":
        for x in range(-200, 200, 22):
            canvas.shade(box(x, 524, x + 9, 546), -0.5, soft_px=1)


def heels(canvas: Canvas, cloth: Cloth, *, style: str = "pump") -> None:
    """High heels from the side; ``style`` is pump, strap or block."""
    side_pair(canvas, lambda: _heel(canvas, cloth, style), rise=-10)


def _heel(canvas: Canvas, cloth: Cloth, style: str) -> None:
    fabric = cloth.fabric
    inner = plain(_INSOLE, "leather")
    width = 40 if style == "block" else 9
    stem = outline([(138, 440), (206, 404)], [(206, 404), (198, 480), (188 + width / 3, 574)],
                   [(188 + width / 3, 574), (188 - width, 574)],
                   [(188 - width, 574), (176 - width * 0.4, 500), (138, 440)])  # fmt: skip
    canvas.piece(stem, fabric, lift_px=12, edge_px=5, volume_px=6, wrinkles=0)
    foot = outline([(-218, 552), (-120, 538), (-20, 500), (60, 446), (140, 400), (206, 384)],
                   [(206, 384), (208, 416)], [(208, 416), (140, 440), (60, 488), (-20, 548), (-120, 570)],
                   [(-120, 570), (-190, 570), (-218, 552)])  # fmt: skip
    canvas.piece(foot, inner, lift_px=10, edge_px=4, volume_px=3, wrinkles=0, dim=0.9)
    if style == "strap":
        for line, w in (
            ([(-196, 560), (-176, 508), (-136, 500), (-100, 556)], 24),
            ([(200, 396), (150, 318), (86, 330), (76, 436)], 13),
        ):
            _part(canvas, ribbon(line, w), fabric, lift=6, volume=4)
        counter = outline([(208, 414), (206, 330), (190, 320)], [(190, 320), (150, 380), (96, 442)],
                          [(96, 442), (150, 444), (208, 414)])  # fmt: skip
        canvas.piece(counter, fabric, lift_px=15, edge_px=5, volume_px=10, wrinkles=0.2)
        canvas.button((92, 342), 6, plain(DYES["gold"], "metal"))
    else:
        upper = outline(
            [(-232, 562), (-214, 532), (-160, 506), (-100, 492)],
            [(-100, 492), (-40, 494), (40, 456), (120, 396), (190, 322)],
            [(190, 322), (206, 328), (204, 380), (208, 418)],
            [(208, 418), (140, 446), (60, 494), (-20, 550), (-120, 572)],
            [(-120, 572), (-200, 574), (-232, 562)],
        )
        rim = outline([(-100, 494), (-40, 476), (40, 436), (120, 372), (188, 322)],
                      [(188, 322), (120, 396), (40, 456), (-40, 494), (-100, 494)])  # fmt: skip
        canvas.piece(rim, inner, lift_px=8, edge_px=3, volume_px=0, wrinkles=0, dim=0.72)
        canvas.piece(upper, fabric, lift_px=14, edge_px=7, volume_px=24, wrinkles=0.2)
        canvas.stitches([(-98, 499), (-40, 501), (42, 463), (122, 403), (188, 332)],
                        thread(fabric), width_px=0.9, dash_px=4)  # fmt: skip
    sole = plain((60, 48, 42), "leather")
    canvas.piece(ribbon([(-224, 572), (-120, 577), (-26, 555), (50, 503)], 8, 5), sole, lift_px=12,
                 edge_px=2, volume_px=0, wrinkles=0)  # fmt: skip


def _footprint(grow: float = 0) -> Outline:
    """A right shoe from above, toe up."""
    g = grow
    return outline(
        [(0, 172 - g), (34 + g * 0.5, 184 - g * 0.6), (66 + g, 236), (78 + g, 304), (70 + g, 390), (58 + g, 470),
         (62 + g, 560), (40 + g * 0.7, 622), (0, 640 + g)],
        [(0, 640 + g), (-40 - g * 0.7, 622), (-60 - g, 560), (-54 - g, 470), (-62 - g, 390),
         (-74 - g, 306), (-64 - g, 240), (-36 - g * 0.5, 186 - g * 0.6), (0, 172 - g)],
    )  # fmt: skip


def slip_on(canvas: Canvas, cloth: Cloth, *, style: str = "flat") -> None:
    """A pair from above; ``style`` is flat (ballerina), loafer, slipper, plimsoll or clog."""
    top_pair(canvas, lambda: _slip_on(canvas, cloth, style))


def _slip_on(canvas: Canvas, cloth: Cloth, style: str) -> None:
    fabric = cloth.fabric
    white = style in {"plimsoll", "slipper", "clog"}
    rim = plain(_RUBBER, "rubber") if white else plain((70, 56, 46), "rubber")
    canvas.piece(_footprint(6 if white else 3), rim, lift_px=8, edge_px=6, volume_px=4, wrinkles=0)
    canvas.piece(_footprint(-2), fabric, lift_px=12, edge_px=9, volume_px=34, wrinkles=0.5)
    start = {"flat": 300, "loafer": 372, "slipper": 380, "plimsoll": 400, "clog": 350}[style]
    hole = outline([(0, start - (26 if style == "flat" else 4)), (44, start + 14), (48, 440),
                    (46, 540), (30, 600), (0, 616)],
                   [(0, 616), (-30, 600), (-46, 540), (-46, 440), (-42, start + 14),
                    (0, start - (26 if style == "flat" else 4))])  # fmt: skip
    if style in {"slipper", "clog"}:
        hole = np.vstack([hole[: len(hole) // 2] * (1.12, 1), hole[len(hole) // 2 :] * (1.12, 1)])
    canvas.shade(hole, -0.25, soft_px=4)
    canvas.piece(hole, plain(_INSOLE, "leather"), lift_px=3, edge_px=3, volume_px=0, wrinkles=0,
                 dim=0.72)  # fmt: skip
    canvas.shade(ellipse((0, start + 16), 44, 46), -0.5, soft_px=12)
    canvas.shade(ellipse((0, 560), 20, 30), 0.14, soft_px=8)
    canvas.stitches(
        np.vstack([hole[4:], hole[:4]]) * (1.08, 1) + (0, -3), thread(fabric), width_px=1
    )
    if style == "flat":
        for side in (1, -1):
            loop = ellipse((side * 15, 258), 15, 9, side * -18)
            _part(canvas, loop, cloth.trim, lift=5)
        _part(canvas, box(-5, 250, 5, 266, 3), cloth.trim, lift=7)
    elif style == "loafer":
        apron = spline(
            [(-52, 380), (-54, 290), (-30, 226), (0, 214), (32, 226), (56, 290), (52, 380)]
        )
        canvas.seam(apron, width_px=4, depth_px=3)
        canvas.stitches(apron * (0.9, 1) + (0, 5), thread(fabric), width_px=1.4)
        _part(canvas, ribbon([(-66, 352), (0, 338), (66, 352)], 30), fabric, lift=4)
        canvas.shade(ellipse((0, 340), 22, 6), -0.55, soft_px=2)
    elif style == "plimsoll":
        for y in (300, 328, 356, 384):
            lace = np.array([(-30, y + 6), (0, y), (30, y + 6)], float)
            canvas.shade(ribbon(lace + (0, 4), 8), -0.3, soft_px=2)
            _part(canvas, ribbon(lace, 8), plain(_RUBBER, "canvas"), lift=3)
        cap = outline([(-56, 224), (0, 178), (52, 216)], [(52, 216), (0, 240), (-56, 224)])
        _part(canvas, cap, plain(_RUBBER, "rubber"), lift=3)
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
    bed = sole.plain("canvas") if style in {"slide", "thong"} else plain(_INSOLE, "suede")
    canvas.piece(_footprint(-6), bed, lift_px=2, edge_px=3, volume_px=0, wrinkles=0, rides=True)
    for x, y, rx, ry in ((0, 560, 34, 44), (0, 300, 44, 54)):
        canvas.shade(ellipse((x, y), rx, ry), -0.14, soft_px=14)
    straps: dict[str, list[tuple[list[Point], float]]] = {
        "slide": [([(-82, 338), (-40, 318), (40, 318), (84, 338)], 100)],
        "thong": [([(-6, 244), (10, 300), (46, 360), (70, 420)], 17),
                  ([(-6, 244), (-18, 300), (-46, 360), (-62, 420)], 17)],
        "cross": [([(-78, 300), (0, 340), (74, 410)], 50), ([(82, 290), (0, 340), (-66, 410)], 50)],
        "buckle": [([(-80, 290), (0, 262), (84, 290)], 46), ([(-70, 402), (0, 376), (76, 402)], 46)],
    }  # fmt: skip
    for line, width in straps[style]:
        canvas.shade(ribbon(np.array(line, float) + (3, 8), width + 4), -0.35, soft_px=6)
        _part(canvas, ribbon(line, width), fabric, lift=12, edge=7, volume=8)
        if width > 20:
            for off in (-width / 2 + 6, width / 2 - 6):
                shifted = np.array(line, float) + (0, off)
                canvas.stitches(shifted, thread(fabric), width_px=1.1)
    if style == "thong":
        canvas.button((-6, 244), 9, fabric)
    if style == "buckle":
        silver = plain(DYES["gold"], "metal")
        for y in (268, 384):
            _part(canvas, box(34, y - 16, 62, y + 18, 3), silver, lift=5)
            _part(canvas, box(40, y - 10, 56, y + 12, 2), fabric, lift=-2, volume=0)
