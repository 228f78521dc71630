"""Sneakers and leather shoes, from the side with the other one behind."""

import numpy as np

from data.demo_shop.canvas import Canvas, Fold
from data.demo_shop.fabrics import Fabric, plain, tinted
from data.demo_shop.garments.lasts import INSOLE, RUBBER, laces, mouth, part, side_pair
from data.demo_shop.garments.torso import Cloth, thread
from data.demo_shop.shapes import Outline, box, ellipse, outline, ribbon, shifted, spline


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
    white = plain(RUBBER, "rubber")
    mouth(canvas, trim.plain(), (62, 314), (204, 324), 20)
    canvas.piece(
        _low_upper(),
        fabric,
        lift_px=14,
        edge_px=8,
        volume_px=34,
        wrinkles=0.5,
        folds=[Fold((-130, 426), (-96, 476), 10, 4), Fold((-96, 410), (-66, 470), 10, 4)],
    )
    toe = outline(
        [(-216, 496), (-214, 462), (-178, 438)],
        [(-178, 438), (-146, 462), (-138, 500)],
        [(-138, 500), (-216, 496)],
    )
    part(canvas, toe, fabric, lift=2)
    canvas.stitches([(-176, 440), (-144, 462), (-136, 496)], thread(fabric), width_px=1.1)
    stay = outline(
        [(-112, 420), (-40, 386), (22, 340), (58, 312)],
        [(58, 312), (74, 330)],
        [(74, 330), (40, 374), (-20, 422), (-78, 450)],
        [(-78, 450), (-112, 420)],
    )
    part(canvas, stay, fabric, lift=3)
    canvas.stitches([(-74, 446), (-18, 416), (40, 368), (70, 332)], thread(fabric), width_px=1.1)
    heel = outline(
        [(196, 322), (212, 320), (214, 360), (207, 424), (212, 498)],
        [(212, 498), (150, 500)],
        [(150, 500), (160, 440), (176, 380), (196, 322)],
    )
    part(canvas, heel, trim, lift=3)
    wave = outline(
        [(-60, 470), (40, 470), (110, 420), (158, 372)],
        [(158, 372), (146, 408), (100, 456), (50, 492)],
        [(50, 492), (-30, 494), (-60, 470)],
    )
    part(canvas, wave, trim, lift=2)
    laces(canvas, (-82, 424), (46, 328), count=6, half=19, colour=white)
    _sole(canvas, white, thick=40, heel=10)
    canvas.seam([(-206, 512), (0, 516), (208, 508)], width_px=2)


def _high_sneaker(canvas: Canvas, cloth: Cloth) -> None:
    fabric = cloth.fabric
    white = plain(RUBBER, "rubber")
    upper = outline(
        [(-212, 500), (-206, 456), (-150, 434)],
        [(-150, 434), (-70, 404), (-6, 330), (10, 200)],
        [(10, 200), (40, 190), (120, 204), (186, 196)],
        [(186, 196), (200, 280), (196, 400), (208, 500)],
        [(208, 500), (0, 508), (-212, 500)],
    )
    mouth(canvas, cloth.trim.plain(), (16, 198), (184, 198), 18)
    canvas.piece(
        upper,
        fabric,
        lift_px=14,
        edge_px=8,
        volume_px=32,
        wrinkles=0.9,
        folds=[Fold((10, 360), (110, 390), 12, 5), Fold((190, 400), (80, 420), 12, 4)],
    )
    stay = outline(
        [(-132, 428), (-62, 396), (4, 318), (14, 206)],
        [(14, 206), (46, 208)],
        [(46, 208), (38, 330), (-20, 420), (-86, 456)],
        [(-86, 456), (-132, 428)],
    )
    part(canvas, stay, fabric, lift=2.5)
    canvas.stitches([(-84, 450), (-22, 416), (34, 328), (42, 212)], thread(fabric), width_px=1.1)
    canvas.piece(
        ribbon([(192, 204), (196, 320), (202, 480)], 16),
        white,
        lift_px=2,
        edge_px=2,
        volume_px=0,
        rides=True,
        wrinkles=0,
    )
    part(canvas, ellipse((122, 300), 34, 34), white, lift=2)
    canvas.stain(ellipse((122, 300), 27, 27), cloth.trim.dye)
    for p in np.linspace(0, 2 * np.pi, 5, endpoint=False):
        canvas.stain(ellipse((122 + 12 * np.sin(p), 300 - 12 * np.cos(p)), 5, 5), RUBBER)
    cap = outline(
        [(-214, 500), (-206, 458), (-166, 440)],
        [(-166, 440), (-128, 462), (-120, 502)],
        [(-120, 502), (-214, 500)],
    )
    part(canvas, cap, white, lift=4, volume=8)
    laces(canvas, (-100, 426), (-6, 352), count=4, half=19, colour=white)
    laces(canvas, (6, 330), (28, 220), count=5, half=20, colour=white)
    _sole(canvas, white, thick=38, heel=2, toe_up=2)
    canvas.stain(ribbon([(-214, 508), (0, 512), (214, 506)], 5), cloth.trim.dye)


def _running_shoe(canvas: Canvas, cloth: Cloth) -> None:
    fabric, trim = cloth.fabric, cloth.trim
    white = plain(RUBBER, "rubber")
    mouth(canvas, trim.plain(), (58, 322), (206, 318), 22)
    canvas.piece(
        _low_upper(), fabric.plain("canvas"), lift_px=14, edge_px=8, volume_px=36, wrinkles=0.5
    )
    for shift in (0, 34, 68):
        bar = np.array(
            [(-40 + shift, 402 - shift * 0.7), (-8 + shift, 446 - shift * 0.3), (10 + shift, 494)],
            float,
        )
        part(canvas, ribbon(bar, 15, 19), trim, lift=2.5)
    toe = outline(
        [(-218, 500), (-216, 466), (-182, 446)],
        [(-182, 446), (-120, 470), (-60, 500)],
        [(-60, 500), (-218, 500)],
    )
    part(canvas, toe, trim, lift=2.5)
    heel = outline(
        [(176, 360), (214, 344), (207, 424), (214, 500)],
        [(214, 500), (110, 502)],
        [(110, 502), (140, 420), (176, 360)],
    )
    part(canvas, heel, trim, lift=3)
    part(canvas, ribbon([(206, 356), (216, 330), (222, 312)], 15), trim, lift=3)
    stay = outline(
        [(-108, 422), (-40, 386), (22, 340), (58, 314)],
        [(58, 314), (72, 330)],
        [(72, 330), (30, 370), (-30, 414), (-84, 440)],
        [(-84, 440), (-108, 422)],
    )
    part(canvas, stay, fabric.darker(0.86), lift=3)
    laces(canvas, (-76, 420), (46, 330), count=6, half=18, colour=white)
    _sole(canvas, white, thick=50, heel=20, toe_up=16)
    sole = spline([(-214, 516), (-60, 526), (80, 516), (214, 496)])
    canvas.stain(ribbon(sole, 9), trim.dye)
    tread = plain((58, 58, 60), "rubber")
    canvas.piece(
        ribbon([(-190, 540), (0, 545), (204, 541)], 11),
        tread,
        lift_px=14,
        edge_px=3,
        volume_px=0,
        wrinkles=0,
    )


def formal(canvas: Canvas, cloth: Cloth, *, style: str = "derby") -> None:
    """A leather shoe from the side; ``style`` is derby, oxford or loafer."""
    side_pair(canvas, lambda: _formal(canvas, cloth, style), rise=-6)


def _formal(canvas: Canvas, cloth: Cloth, style: str) -> None:
    fabric = cloth.fabric
    dark = plain((52, 42, 36), "rubber")
    low = style == "loafer"
    mouth(
        canvas,
        plain(INSOLE, "leather"),
        (20 if low else 42, 388 if low else 376),
        (196, 356 if low else 372),
        18,
    )
    upper = outline(
        [(-228, 506), (-216, 478), (-150, 452)],
        [(-150, 452), (-90, 436), (-24, 396), (28, 380)]
        if low
        else [(-150, 456), (-90, 442), (-20, 398), (34, 366)],
        [(28, 380), (100, 396), (160, 376), (196, 344)]
        if low
        else [(34, 366), (100, 400), (160, 392), (198, 366)],
        [(196, 344) if low else (198, 366), (208, 380), (203, 430), (208, 500)],
        [(208, 500), (0, 512), (-228, 506)],
    )
    canvas.piece(
        upper,
        fabric,
        lift_px=14,
        edge_px=8,
        volume_px=38,
        wrinkles=0.35,
        folds=[Fold((-96, 440), (-70, 490), 9, 3), Fold((-70, 430), (-48, 486), 9, 3)],
    )
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
        canvas.stitches(shifted(np.array(apron, float), 0, 5), thread(fabric), width_px=1.4)
        band = outline(
            [(-46, 408), (10, 378), (44, 384)],
            [(44, 384), (66, 440), (70, 504)],
            [(70, 504), (6, 506)],
            [(6, 506), (-14, 452), (-46, 408)],
        )
        part(canvas, band, fabric, lift=4)
        canvas.shade(ellipse((2, 424), 22, 7, -34), -0.5, soft_px=2)
    else:
        cap = [(-160, 450), (-140, 480), (-136, 508)]
        canvas.seam(cap, width_px=2.4)
        for gap in (0, 5):
            canvas.stitches(shifted(np.array(cap, float), 5 + gap, 0), thread(fabric), width_px=1.1)
        quarter = outline(
            [(-72, 434), (-18, 400), (32, 369)],
            [(32, 369), (54, 380)],
            [(54, 380), (36, 430), (-6, 464), (-52, 472)],
            [(-52, 472), (-72, 434)],
        )
        part(canvas, quarter, fabric, lift=2.5 if style == "oxford" else 4)
        lace = plain(tinted(fabric.dye, 0.7), "canvas")
        laces(canvas, (-42, 428), (24, 386), count=4, half=16, colour=lace)
        heel_seam = [(120, 398), (104, 440), (140, 506)]
        canvas.seam(heel_seam, width_px=2)
        canvas.stitches(np.array(heel_seam, float) - (5, 0), thread(fabric), width_px=1.1)
    sole = outline(
        [(-232, 500), (0, 506), (210, 494)],
        [(210, 494), (212, 516)],
        [(212, 516), (80, 526), (-100, 526), (-214, 518)],
        [(-214, 518), (-232, 500)],
    )
    canvas.piece(sole, dark, lift_px=16, edge_px=4, volume_px=3, wrinkles=0)
    canvas.piece(box(104, 514, 212, 548, 3), dark, lift_px=16, edge_px=4, volume_px=4, wrinkles=0)
