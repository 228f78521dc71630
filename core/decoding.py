"""Picture files → upright RGB images; every size is checked before anything is decoded."""

from io import BytesIO

from PIL import (
    AvifImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)
from PIL.ImageFile import ImageFile

from core.errors import BrokenPhoto, NotAPhoto, PhotoTooHeavy, PhotoTooLarge, UnsupportedFormat

MAX_BYTES = 20_000_000
MAX_PIXELS = 64_000_000

Decoded = tuple[Image.Image, int, int]
"""An upright RGB image, and the upright original's width and height."""

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
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"GIF8": "GIF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"8BPS": "Photoshop",
    b"\0\0\1\0": "Icon",
    b"\0\0\0\x0cJXL ": "JPEG XL",
    b"\0\0\0\x0cjP  ": "JPEG 2000",
}
_BRANDS = {
    "AVIF": {b"avif", b"avis"},
    "HEIC": {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"},
}
_READERS: dict[str, type[ImageFile]] = {
    "JPEG": JpegImagePlugin.JpegImageFile,
    "PNG": PngImagePlugin.PngImageFile,
    "WebP": WebPImagePlugin.WebPImageFile,
    "GIF": GifImagePlugin.GifImageFile,
    "AVIF": AvifImagePlugin.AvifImageFile,
}


def format_of(data: bytes) -> str:
    """The name of the format, by content, of bytes that can be decoded.

    Raises ``PhotoTooHeavy``, ``NotAPhoto`` and ``UnsupportedFormat``.
    """
    if len(data) > MAX_BYTES:
        raise PhotoTooHeavy(size_bytes=len(data), limit_bytes=MAX_BYTES)
    name = _name(data)
    if name is None:
        raise NotAPhoto("This is not a picture.")
    if name not in {*_READERS, "HEIC"}:
        raise UnsupportedFormat(name)
    return name


def decode(data: bytes, name: str, *, side_px: int) -> Decoded:
    """The picture, no shorter than about ``side_px``; of a moving one the first.

    ``name`` is ``format_of(data)``. Raises ``PhotoTooLarge`` and ``BrokenPhoto``.
    """
    try:
        if name == "WebP":
            _check_pixels(*_webp_size(data))
        # Not Image.open: its bomb check warns through the process's warning filters,
        # and its JPEG factory looks for further pictures in the file.
        with _reader(name)(BytesIO(data)) as image:
            _check_pixels(*image.size)
            return _decoded(image, side_px)
    except PhotoTooLarge:
        raise
    except Exception as error:
        # Decoders raise anything on hostile bytes.
        raise BrokenPhoto("The picture is damaged or ends early.") from error


def _name(data: bytes) -> str | None:
    for start, name in _STARTS.items():
        if data.startswith(start):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[4:8] == b"ftyp":
        return _branded(data)
    if data[:2] == b"BM" and data[6:10] == bytes(4):
        return "BMP"
    if b"<svg" in data[:2048].lower():
        return "SVG"
    return None


def _branded(data: bytes) -> str | None:
    """By the brands of an ISO base media file (ISO/IEC 14496-12, section 4.3), the rarer first."""
    end = min(int.from_bytes(data[:4]), 256)
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, end, 4))}
    return next((name for name, own in _BRANDS.items() if own & brands), None)


def _reader(name: str) -> type[ImageFile]:
    if name in _READERS:
        return _READERS[name]
    from pillow_heif.as_plugin import HeifImageFile  # noqa: PLC0415 - wanted in processes apart

    reader: type[ImageFile] = HeifImageFile
    return reader


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


def _decoded(image: ImageFile, side_px: int) -> Decoded:
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
    elif image.mode.startswith("I;"):
        image = image.convert("I")
    return image.reduce(factor)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        eight_bits = image.convert("I").point(lambda value: value * (1 / 256))
        return eight_bits.convert("L").convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    rgba = image.convert("RGBA")
    white = Image.new("RGBA", rgba.size, "white")
    return Image.alpha_composite(white, rgba).convert("RGB")
