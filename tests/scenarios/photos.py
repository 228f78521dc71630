"""Small drawings that stand for what people send and shops sell."""

import io
from functools import cache

import pillow_heif
from PIL import Image, ImageDraw

COLOURS = {
    "red": (200, 30, 40),
    "navy": (25, 35, 95),
    "olive": (100, 105, 40),
    "orange": (240, 140, 30),
    "purple": (120, 40, 140),
    "grey": (120, 120, 125),
}
KINDS = ("dress", "shirt", "trousers", "bag")


@cache
def garment(colour: str, kind: str, *, size: int = 224, shift: int = 0) -> bytes:
    """A garment on white, as a PNG; ``shift`` moves it by some pixels."""
    image = Image.new("RGB", (size, size), "white")
    draw, ink = ImageDraw.Draw(image), COLOURS[colour]
    unit = size / 16

    def box(left: float, top: float, right: float, bottom: float) -> None:
        edges = (left * unit + shift, top * unit, right * unit + shift, bottom * unit)
        draw.rectangle(edges, fill=ink)

    match kind:
        case "dress":
            box(6, 2, 10, 7)
            box(4, 7, 12, 15)
        case "shirt":
            box(5, 3, 11, 11)
            box(2, 3, 14, 6)
        case "trousers":
            box(5, 2, 7.6, 15)
            box(8.4, 2, 11, 15)
        case _:
            box(3, 8, 13, 14)
            box(6, 5, 10, 6)
    return _bytes(image, "PNG")


def plain(colour: tuple[int, int, int]) -> bytes:
    """One colour, as PNG."""
    return _bytes(Image.new("RGB", (224, 224), colour), "PNG")


def cat() -> bytes:
    """What the tests' network takes for a tabby cat."""
    return _bytes(Image.new("RGB", (224, 224), (0, 255, 0)), "PNG")


def gif() -> bytes:
    """A red dress that turns into something else."""
    first, then = (Image.open(io.BytesIO(garment("red", kind))) for kind in ("dress", "bag"))
    return _bytes(first, "GIF", save_all=True, append_images=[then], duration=100)


def heic() -> bytes:
    """A red dress, as a telephone would store it."""
    buffer = io.BytesIO()
    image = Image.open(io.BytesIO(garment("red", "dress")))
    pillow_heif.from_pillow(image).save(buffer, format="HEIF")
    return buffer.getvalue()


def bmp() -> bytes:
    """An image of a kind that is not read."""
    return _bytes(Image.new("RGB", (32, 32), "red"), "BMP")


def truncated() -> bytes:
    """A JPEG that ends too early."""
    buffer = io.BytesIO()
    Image.effect_noise((400, 400), 80).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()[: buffer.tell() // 3]


@cache
def huge() -> bytes:
    """A PNG of 200 megapixels in a few kilobytes."""
    return _bytes(Image.new("1", (20_000, 10_000)), "PNG")


def dot() -> bytes:
    """A picture of one pixel."""
    return _bytes(Image.new("RGB", (1, 1), "red"), "PNG")


def line() -> bytes:
    """A picture ten thousand times as wide as it is high."""
    return _bytes(Image.new("RGB", (10_000, 1), "red"), "PNG")


def text_file() -> bytes:
    """No image at all."""
    return b"Dear bot, please find my dress attached.\n" * 20


def _bytes(image: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()
