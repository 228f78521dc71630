"""What is printed on a T-shirt's chest: small RGBA pictures."""

import math
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFont

from data.demo_shop.fabrics import Rgb, mixed

_SIDE = 170
_SCALE = 3

Draw = ImageDraw.ImageDraw


def motif(name: str, ink: Rgb, second: Rgb) -> Image.Image:
    """The named print in two inks, RGBA."""
    image = Image.new("RGBA", (_SIDE * _SCALE, _SIDE * _SCALE), (*ink, 0))
    MOTIFS[name](ImageDraw.Draw(image), ink, second)
    return image.reduce(_SCALE)


def _sunset(draw: Draw, ink: Rgb, second: Rgb) -> None:
    _disc(draw, 85, 70, 58, second)
    for i in range(6):
        y = 74 + i * 10
        gap = (20, y, 150, y + 2 + i)
        draw.rectangle([edge * _SCALE for edge in gap], fill=(0, 0, 0, 0))
    _words(draw, 150, "PACIFIC COAST", 19, ink)


def _mountains(draw: Draw, ink: Rgb, second: Rgb) -> None:
    _disc(draw, 112, 42, 20, second)
    _shape(draw, [(8, 120), (62, 34), (92, 82), (108, 62), (160, 120)], ink)
    _shape(draw, [(62, 34), (48, 56), (58, 52), (66, 60), (75, 54)], (245, 244, 240))
    _words(draw, 146, "HIGH TRAIL", 22, ink)


def _college(draw: Draw, ink: Rgb, second: Rgb) -> None:
    _words(draw, 40, "HARBOUR", 34, ink)
    _words(draw, 88, "84", 62, second)
    _words(draw, 138, "ATHLETICS", 27, ink)


def _slogan(draw: Draw, ink: Rgb, second: Rgb) -> None:
    for i, (word, size) in enumerate((("good", 44), ("days", 44), ("ahead", 44))):
        _words(draw, 38 + i * 44, word, size, second if i == 1 else ink)


def _star(draw: Draw, ink: Rgb, second: Rgb) -> None:
    points = []
    for i in range(10):
        r, a = (72 if i % 2 == 0 else 30), math.pi * i / 5 - math.pi / 2
        points.append((85 + r * math.cos(a), 85 + r * math.sin(a)))
    _shape(draw, points, ink)
    _shape(draw, [(85 + (x - 85) * 0.6, 85 + (y - 85) * 0.6) for x, y in points], second)


def _heart(draw: Draw, ink: Rgb, second: Rgb) -> None:
    points = []
    for i in range(60):
        t = math.tau * i / 60
        x = 16 * math.sin(t) ** 3
        y = 13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)
        points.append((85 + 4.2 * x, 78 - 4.2 * y))
    _shape(draw, points, ink)
    _words(draw, 74, "amour", 30, second)


def _palm(draw: Draw, ink: Rgb, second: Rgb) -> None:
    _disc(draw, 85, 76, 64, second)
    _shape(draw, [(80, 140), (92, 140), (96, 66), (89, 64)], ink)
    for a in (-2.9, -2.3, -1.6, -0.9, -0.3, 0.3, 2.8):
        tip = (92 + 52 * math.cos(a), 66 + 40 * math.sin(a) + 18)
        middle = (92 + 28 * math.cos(a), 62 + 30 * math.sin(a))
        _shape(draw, [(92, 64), middle, tip, (middle[0] + 4, middle[1] + 13)], ink)
    _words(draw, 156, "ISLA VERDE", 19, ink)


def _rocket(draw: Draw, ink: Rgb, second: Rgb) -> None:
    _shape(draw, [(66, 116), (42, 136), (62, 84)], second)
    _shape(draw, [(104, 116), (128, 136), (108, 84)], second)
    _shape(draw, [(85, 14), (106, 48), (108, 112), (62, 112), (64, 48)], ink)
    _disc(draw, 85, 62, 13, mixed(second, (255, 255, 255), 0.6))
    _shape(draw, [(70, 116), (100, 116), (85, 158)], (232, 150, 60))


def _bear(draw: Draw, ink: Rgb, second: Rgb) -> None:
    for x in (45, 125):
        _disc(draw, x, 46, 24, ink)
        _disc(draw, x, 46, 13, second)
    _disc(draw, 85, 92, 60, ink)
    _disc(draw, 85, 112, 28, second)
    for x in (62, 108):
        _disc(draw, x, 82, 7, (24, 24, 26))
    _disc(draw, 85, 102, 9, (24, 24, 26))


MOTIFS: dict[str, Callable[[Draw, Rgb, Rgb], None]] = {
    "sunset": _sunset,
    "mountains": _mountains,
    "college": _college,
    "slogan": _slogan,
    "star": _star,
    "heart": _heart,
    "palm": _palm,
    "rocket": _rocket,
    "bear": _bear,
}


def _disc(draw: Draw, x: float, y: float, r: float, colour: Rgb) -> None:
    s = _SCALE
    draw.ellipse(((x - r) * s, (y - r) * s, (x + r) * s, (y + r) * s), fill=(*colour, 255))


def _shape(draw: Draw, points: list[tuple[float, float]], colour: Rgb) -> None:
    draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=(*colour, 255))


def _words(draw: Draw, y: float, text: str, size: int, colour: Rgb) -> None:
    font = ImageFont.load_default(size * _SCALE)
    while draw.textlength(text, font) > (_SIDE - 4) * _SCALE:
        size -= 1
        font = ImageFont.load_default(size * _SCALE)
    draw.text(
        (_SIDE * _SCALE / 2, y * _SCALE),
        text,
        fill=(*colour, 255),
        font=font,
        anchor="mm",
        stroke_width=_SCALE,
        stroke_fill=(*colour, 255),
    )
