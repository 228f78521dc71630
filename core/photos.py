"""Bytes that a stranger sent → upright pixels for the network, or an error that says why not."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin
from PIL.ImageFile import ImageFile

from core.bars import Box, within_bars
from core.errors import BrokenPhoto, NotAPhoto, PhotoTooHeavy, PhotoTooLarge, UnsupportedFormat

SIDE_PX = 224
PREPROCESSING = "upright, bars cut, letterboxed on white, 224 px, bilinear; 2"
"""Part of an embedding space's name: change it whenever the same bytes become other pixels."""
MAX_BYTES = 20_000_000
MAX_PIXELS = 64_000_000

Frame = tuple[float, float, float, float]

_WORKING_SIDE_PX = 320
_WORKING_LENGTH_PX = 2048
_ORIENTATION_TAG = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_STARTS = {
    b"GIF8": "GIF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"8BPS": "Photoshop",
    b"\0\0\1\0": "Icon",
    b"\0\0\0\x0cJXL ": "JPEG XL",
    b"\0\0\0\x0cjP  ": "JPEG 2000",
}
_BRANDS = {
    b"avif": "AVIF",
    b"avis": "AVIF",
    b"heic": "HEIC",
    b"heix": "HEIC",
    b"hevc": "HEIC",
    b"heim": "HEIC",
    b"heis": "HEIC",
    b"mif1": "HEIC",
    b"msf1": "HEIC",
}


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """A checked photo: ``pixels`` are uint8[224, 224, 3] RGB, letterboxed on white.

    ``width`` and ``height`` are the upright original's, in pixels. ``frame`` is where the sides of
    the original come to lie in ``pixels``, left, top, right and bottom: within them, or beyond
    where bars were cut.
    """

    pixels: NDArray[np.uint8]
    width: int
    height: int
    frame: Frame = (0.0, 0.0, SIDE_PX, SIDE_PX)


def open_photo(data: bytes) -> Photo:
    """Read a JPEG, PNG or WebP (of a moving one, its first picture).

    Size, format and pixel count are checked before anything is decoded. The photo is turned
    upright by its EXIF, laid on white where it is transparent, freed of bars, and scaled to
    fit. Raises a ``PhotoError`` and nothing else.
    """
    image, width, height = _read(data, side_px=_WORKING_SIDE_PX)
    square, frame = _letterboxed(image, within_bars(image))
    pixels = np.asarray(square)
    pixels.setflags(write=False)
    return Photo(pixels, width, height, frame)


def to_jpeg(data: bytes, *, max_side_px: int = 1280) -> bytes:
    """The same picture as a plain upright RGB JPEG, no side longer than ``max_side_px``.

    Nothing that the file said about its maker or place is kept. Raises ``PhotoError``.
    """
    image, _, _ = _read(data, side_px=max_side_px)
    image.thumbnail((max_side_px, max_side_px), Image.Resampling.BICUBIC)
    out = BytesIO()
    image.save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()


def _read(data: bytes, *, side_px: int) -> tuple[Image.Image, int, int]:
    """An upright RGB image of about ``side_px`` or more, and the original's width and height."""
    if len(data) > MAX_BYTES:
        raise PhotoTooHeavy(size_bytes=len(data), limit_bytes=MAX_BYTES)
    reader = _reader(data)
    try:
        if reader is WebPImagePlugin.WebPImageFile:
            _check_pixels(*_webp_size(data))
        # Not Image.open: its bomb check warns through the process's warning filters,
        # and its JPEG factory looks for further pictures in the file.
        with reader(BytesIO(data)) as image:
            _check_pixels(*image.size)
            return _decoded(image, side_px)
    except PhotoTooLarge:
        raise
    except Exception as error:
        # Decoders raise anything on hostile bytes.
        raise BrokenPhoto("The picture is damaged or ends early.") from error


def _check_pixels(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise PhotoTooLarge(pixels=width * height, limit_pixels=MAX_PIXELS)


def _webp_size(data: bytes) -> tuple[int, int]:
    """Canvas of a WebP, before its decoder allocates it (RFC 9649, sections 2.5 to 2.7)."""
    if data[12:16] == b"VP8X":
        return (
            int.from_bytes(data[24:27], "little") + 1,
            int.from_bytes(data[27:30], "little") + 1,
        )
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return (
        int.from_bytes(data[26:28], "little") & 0x3FFF,
        int.from_bytes(data[28:30], "little") & 0x3FFF,
    )


def _decoded(image: ImageFile, side_px: int) -> tuple[Image.Image, int, int]:
    width, height = image.size
    image.draft(None, (side_px, side_px))
    image.load()
    turn = _UPRIGHT.get(_orientation(image))
    plain = _on_white(_shrunk(image, side_px))
    if turn is not None:
        plain = plain.transpose(turn)
    if turn in {_UPRIGHT[5], _UPRIGHT[6], _UPRIGHT[7], _UPRIGHT[8]}:
        width, height = height, width
    return plain, width, height


def _reader(data: bytes) -> type[ImageFile]:
    if data.startswith(b"\xff\xd8\xff"):
        return JpegImagePlugin.JpegImageFile
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PngImagePlugin.PngImageFile
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WebPImagePlugin.WebPImageFile
    other = _other_format(data)
    if other is None:
        raise NotAPhoto("This is not a picture.")
    raise UnsupportedFormat(other)


def _other_format(data: bytes) -> str | None:
    for start, name in _STARTS.items():
        if data.startswith(start):
            return name
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12])
    if data[:2] == b"BM" and data[6:10] == bytes(4):
        return "BMP"
    if b"<svg" in data[:2048].lower():
        return "SVG"
    return None


def _orientation(image: Image.Image) -> int:
    try:
        value: object = image.getexif().get(_ORIENTATION_TAG, 1)
    except Exception:  # noqa: BLE001 - a damaged EXIF block leaves the picture itself readable
        return 1
    return value if isinstance(value, int) else 1


def _shrunk(image: Image.Image, side_px: int) -> Image.Image:
    """Thin out by a whole factor, so that all that follows is quick."""
    short, long = sorted(image.size)
    factor = max(short // side_px, long // max(_WORKING_LENGTH_PX, side_px))
    if factor < 2:
        return image
    if image.mode in {"1", "P", "PA"}:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image.reduce(factor)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        return Image.fromarray(_eight_bits(np.asarray(image))).convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    rgba = image.convert("RGBA")
    white = Image.new("RGBA", rgba.size, "white")
    return Image.alpha_composite(white, rgba).convert("RGB")


def _eight_bits(values: NDArray[np.generic]) -> NDArray[np.uint8]:
    return (values.astype(np.int64).clip(0, 65535) >> 8).astype(np.uint8)


def _letterboxed(image: Image.Image, box: Box) -> tuple[Image.Image, Frame]:
    """What is in the box, as the network takes it, and the frame of the whole image."""
    inside = (box[2] - box[0], box[3] - box[1])
    scale = SIDE_PX / max(inside)
    width, height = (max(1, round(side * scale)) for side in inside)
    small = image.resize((width, height), Image.Resampling.BILINEAR, box=box)
    left, top = (SIDE_PX - width) // 2, (SIDE_PX - height) // 2
    square = Image.new("RGB", (SIDE_PX, SIDE_PX), "white")
    square.paste(small, (left, top))
    across, down = width / inside[0], height / inside[1]
    return square, (
        left - box[0] * across,
        top - box[1] * down,
        left + (image.width - box[0]) * across,
        top + (image.height - box[1]) * down,
    )
