"""Boots and high heels, from the side."""

from data.demo_shop.canvas import Canvas, Fold
from data.demo_shop.fabrics import DYES, brightness, plain, tinted
from data.demo_shop.garments.lasts import INSOLE, laces, mouth, part, side_pair
from data.demo_shop.garments.torso import Cloth, thread
from data.demo_shop.shapes import box, outline, ribbon


def boot(canvas: Canvas, cloth: Cloth, *, style: str = "chelsea") -> None:
    """A boot from the side; ``style`` is chelsea, lace, knee or heeled."""
    side_pair(canvas, lambda: _boot(canvas, cloth, style), rise=76 if style == "knee" else 46)


def _boot(canvas: Canvas, cloth: Cloth, style: str) -> None:
    fabric = cloth.fabric
    top = {"chelsea": 236.0, "lace": 196.0, "knee": 116.0, "heeled": 220.0}[style]
    heel = 62.0 if style == "heeled" else 34.0
    front = 24.0
    mouth(canvas, plain(tinted(fabric.dye, 0.8), "leather"), (front, top + 2), (188, top), 16)
    upper = outline(
        [(-222, 506), (-212, 474), (-150, 448)],
        [(-150, 448), (-60, 424), (6, 372), (front + 4, 320), (front - 2, top)],
        [(front - 2, top), (100, top + 8), (190, top)],
        [(190, top), (192, (top + 400) / 2), (180, 400), (204, 500)],
        [(204, 500), (0, 510), (-222, 506)],
    )
    canvas.piece(
        upper,
        fabric,
        lift_px=14,
        edge_px=8,
        volume_px=36,
        wrinkles=0.6,
        folds=[
            Fold((14, 380), (120, 400), 12, 5),
            Fold((184, 392), (70, 360), 13, 5),
            Fold((6, 350), (120, 346), 12, 4),
            Fold((-80, 430), (-60, 490), 10, 3),
        ],
    )
    if style == "chelsea":
        gore = outline(
            [(74, top + 6), (140, top + 7)],
            [(140, top + 7), (134, 320), (112, 388)],
            [(112, 388), (84, 320), (74, top + 6)],
        )
        part(canvas, gore, plain(tinted(fabric.dye, 0.62), "rib"), lift=-1.5, edge=1, volume=0)
        part(canvas, ribbon([(196, top + 36), (206, top - 6), (190, top - 30)], 12), fabric)
    elif style == "lace":
        stay = outline(
            [(-96, 436), (-30, 398), (22, 330), (24, top + 4)],
            [(24, top + 4), (62, top + 8)],
            [(62, top + 8), (60, 340), (10, 420), (-60, 462)],
            [(-60, 462), (-96, 436)],
        )
        part(canvas, stay, fabric, lift=3)
        lace = plain((216, 186, 130) if brightness(fabric.dye) < 0.45 else (90, 70, 50), "canvas")
        laces(canvas, (-66, 436), (10, 376), count=3, half=18, colour=lace)
        laces(canvas, (26, 350), (42, top + 24), count=5, half=20, colour=lace)
        part(
            canvas,
            ribbon([(30, top + 2), (110, top + 10), (188, top + 2)], 24),
            cloth.trim,
            lift=4,
            edge=6,
        )
        canvas.seam([(130, 330), (96, 420), (120, 506)], width_px=2.4)
    elif style == "knee":
        canvas.seam([(110, top + 10), (112, 300), (100, 420), (104, 506)], width_px=2.4)
        canvas.stitches([(116, top + 14), (118, 300), (106, 420), (110, 504)], thread(fabric))
    else:
        canvas.stitches([(130, top + 10), (128, 330), (136, 480)], (196, 198, 202), width_px=3)
    dark = plain((46, 40, 38), "rubber")
    thick = 34 if style == "lace" else 20
    sole = outline(
        [(-228, 500), (0, 506), (206, 496)],
        [(206, 496), (206, 496 + thick)],
        [(206, 496 + thick), (-100, 506 + thick), (-212, 498 + thick)],
        [(-212, 498 + thick), (-228, 500)],
    )
    canvas.piece(sole, dark, lift_px=16, edge_px=4, volume_px=4, wrinkles=0)
    block = outline(
        [(112, 506), (206, 500)],
        [(206, 500), (200, 516 + heel)],
        [(200, 516 + heel), (122, 516 + heel)],
        [(122, 516 + heel), (112, 506)],
    )
    canvas.piece(block, dark, lift_px=16, edge_px=4, volume_px=4, wrinkles=0)
    if style == "lace":
        for x in range(-200, 200, 22):
            canvas.shade(box(x, 524, x + 9, 546), -0.5, soft_px=1)


def heels(canvas: Canvas, cloth: Cloth, *, style: str = "pump") -> None:
    """High heels from the side; ``style`` is pump, strap or block."""
    side_pair(canvas, lambda: _heel(canvas, cloth, style), rise=-10)


def _heel(canvas: Canvas, cloth: Cloth, style: str) -> None:
    fabric = cloth.fabric
    inner = plain(INSOLE, "leather")
    width = 40 if style == "block" else 9
    stem = outline(
        [(138, 440), (206, 404)],
        [(206, 404), (198, 480), (188 + width / 3, 574)],
        [(188 + width / 3, 574), (188 - width, 574)],
        [(188 - width, 574), (176 - width * 0.4, 500), (138, 440)],
    )
    canvas.piece(stem, fabric, lift_px=12, edge_px=5, volume_px=6, wrinkles=0)
    foot = outline(
        [(-218, 552), (-120, 538), (-20, 500), (60, 446), (140, 400), (206, 384)],
        [(206, 384), (208, 416)],
        [(208, 416), (140, 440), (60, 488), (-20, 548), (-120, 570)],
        [(-120, 570), (-190, 570), (-218, 552)],
    )
    canvas.piece(foot, inner, lift_px=10, edge_px=4, volume_px=3, wrinkles=0, dim=0.9)
    if style == "strap":
        for line, w in (
            ([(-196, 560), (-176, 508), (-136, 500), (-100, 556)], 24),
            ([(200, 396), (150, 318), (86, 330), (76, 436)], 13),
        ):
            part(canvas, ribbon(line, w), fabric, lift=6, volume=4)
        counter = outline(
            [(208, 414), (206, 330), (190, 320)],
            [(190, 320), (150, 380), (96, 442)],
            [(96, 442), (150, 444), (208, 414)],
        )
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
        rim = outline(
            [(-100, 494), (-40, 476), (40, 436), (120, 372), (188, 322)],
            [(188, 322), (120, 396), (40, 456), (-40, 494), (-100, 494)],
        )
        canvas.piece(rim, inner, lift_px=8, edge_px=3, volume_px=0, wrinkles=0, dim=0.72)
        canvas.piece(upper, fabric, lift_px=14, edge_px=7, volume_px=24, wrinkles=0.2)
        canvas.stitches(
            [(-98, 499), (-40, 501), (42, 463), (122, 403), (188, 332)],
            thread(fabric),
            width_px=0.9,
            dash_px=4,
        )
    sole = plain((60, 48, 42), "leather")
    canvas.piece(
        ribbon([(-224, 572), (-120, 577), (-26, 555), (50, 503)], 8, 5),
        sole,
        lift_px=12,
        edge_px=2,
        volume_px=0,
        wrinkles=0,
    )
