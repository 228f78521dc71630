"""What strangers send becomes upright pixels, or an error that says why not."""

import struct
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from core.errors import (
    BrokenPhoto,
    NotAPhoto,
    PhotoError,
    PhotoTooHeavy,
    PhotoTooLarge,
    UnsupportedFormat,
)
from core.photos import MAX_BYTES, MAX_PIXELS, Photo, open_photo, to_jpeg

RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 60), (40, 60, 200), (230, 210, 40)


def quarters(width: int = 160, height: int = 120, mode: str = "RGB") -> Image.Image:
    """Four colours, so that each way of lying is told apart."""
    image = Image.new("RGB", (2, 2))
    image.putdata([RED, GREEN, BLUE, YELLOW])
    return image.resize((width, height), Image.Resampling.NEAREST).convert(mode)


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def png(width: int, height: int, *, pixels: bytes = b"") -> bytes:
    """A PNG that says it has that size."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(pixels)), chunk(b"IEND", b"")]
    )


def webp(width: int, height: int) -> bytes:
    """A WebP that says it has that canvas."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + size
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_letterboxed_on_white_in_the_middle(kind: str) -> None:
    photo = open_photo(encoded(quarters(200, 100), kind, quality=95))
    assert (photo.width, photo.height) == (200, 100)
    assert photo.pixels.shape == (224, 224, 3)
    assert photo.pixels.dtype == np.uint8
    assert (photo.pixels[:55] == 255).all()
    assert (photo.pixels[-55:] == 255).all()
    for y, x, colour in ((80, 50, RED), (80, 170, GREEN), (140, 50, BLUE), (140, 170, YELLOW)):
        assert np.abs(photo.pixels[y, x].astype(int) - colour).max() < 12


def test_pixels_cannot_be_changed_by_who_gets_them() -> None:
    with pytest.raises(ValueError, match="read-only"):
        open_photo(encoded(quarters())).pixels[0, 0] = 0


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_stands_upright_whatever_its_camera_held(kind: str, orientation: int) -> None:
    """Each of the eight EXIF orientations."""
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    upright = quarters()
    lying = upright.transpose(undo[orientation]) if orientation in undo else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(lying, kind, exif=exif, quality=95)
    photo, plain = open_photo(data), open_photo(encoded(upright))
    assert (photo.width, photo.height) == (160, 120)
    assert np.abs(photo.pixels.astype(int) - plain.pixels).mean() < 2
    with Image.open(BytesIO(to_jpeg(data))) as shown:
        assert shown.size == (160, 120)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF:UserWarning")
def test_a_damaged_exif_block_is_passed_over() -> None:
    photo = open_photo(encoded(quarters(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff junk"))
    assert photo.width == 160


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "PA"])
def test_what_is_transparent_lies_on_white(mode: str) -> None:
    image = quarters(mode="RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    if mode in {"P", "PA"}:
        image = Image.new("P", (160, 120), 0)
        image.putpalette([*RED, *GREEN])
        data = encoded(image, transparency=0)
    else:
        data = encoded(image.convert(mode))
    assert (open_photo(data).pixels == 255).all()
    with Image.open(BytesIO(to_jpeg(data))) as shown:
        assert shown.mode == "RGB"
        assert min(shown.getpixel((80, 60))) > 250


def test_a_half_transparent_picture_is_half_white_when_it_is_shrunk_too() -> None:
    image = Image.new("RGBA", (2000, 2000), (0, 0, 0, 128))
    assert abs(int(open_photo(encoded(image)).pixels.mean()) - 127) <= 1


@pytest.mark.parametrize("side", [200, 1300])
def test_sixteen_bits_keep_their_shades(side: int) -> None:
    values = np.linspace(0, 65535, side, dtype=np.uint16).repeat(side).reshape(side, side)
    photo = open_photo(encoded(Image.fromarray(values)))
    shades = photo.pixels[:, 112, 0].astype(int)
    assert shades[5] < 12
    assert 120 < shades[112] < 136
    assert shades[-5] > 243


@pytest.mark.parametrize("mode", ["1", "L", "CMYK", "YCbCr"])
def test_other_colour_modes_are_read(mode: str) -> None:
    kind = "PNG" if mode == "1" else "JPEG"
    assert open_photo(encoded(quarters(mode=mode), kind)).width == 160


def test_cmyk_keeps_its_colours() -> None:
    photo = open_photo(encoded(Image.new("RGB", (60, 60), RED).convert("CMYK"), "JPEG"))
    assert np.abs(photo.pixels[112, 112].astype(int) - RED).max() < 12


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_of_a_moving_picture_the_first_is_taken(kind: str) -> None:
    frames = [Image.new("RGB", (80, 80), colour) for colour in (RED, BLUE, GREEN)]
    data = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    assert np.abs(open_photo(data).pixels[112, 112].astype(int) - RED).max() < 12


@pytest.mark.parametrize("size", [(1, 10_000), (10_000, 1), (1, 1), (3, 2_000_000)])
def test_absurd_shapes_are_photos_too(size: tuple[int, int]) -> None:
    photo = open_photo(encoded(Image.new("RGB", size, RED)))
    assert (photo.width, photo.height) == size


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (encoded(quarters(), "BMP"), "BMP"),
        (encoded(quarters(), "TIFF"), "TIFF"),
        (encoded(quarters(64, 64), "ICO"), "Icon"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    ],
)
def test_a_format_that_is_not_read_is_named(data: bytes, name: str) -> None:
    with pytest.raises(UnsupportedFormat) as caught:
        open_photo(data)
    assert caught.value.format_name == name


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7", b"<html>no photo</html>", bytes(100)])
def test_junk_is_no_photo(data: bytes) -> None:
    with pytest.raises(NotAPhoto):
        open_photo(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_truncated_photo_is_broken(kind: str, share: float) -> None:
    rng = np.random.default_rng(1)
    data = encoded(Image.fromarray(rng.integers(0, 255, (90, 90, 3), dtype=np.uint8)), kind)
    with pytest.raises(BrokenPhoto):
        open_photo(data[: int(len(data) * share)])


def test_too_many_bytes_are_refused_unread() -> None:
    with pytest.raises(PhotoTooHeavy) as caught:
        open_photo(bytes(MAX_BYTES + 1))
    assert caught.value.size_bytes == MAX_BYTES + 1


@pytest.mark.parametrize("data", [png(20_000, 10_000), png(60_000, 60_000), webp(16_000, 16_000)])
def test_too_many_pixels_are_refused_before_they_are_decoded(data: bytes) -> None:
    """Also beyond the sizes at which Pillow itself warns or raises."""
    started = time.perf_counter()
    with pytest.raises(PhotoTooLarge) as caught:
        open_photo(data)
    assert caught.value.pixels > MAX_PIXELS
    assert time.perf_counter() - started < 0.5


def test_the_largest_webp_headers_of_each_kind_are_understood() -> None:
    for options in ({"lossless": True}, {"quality": 80}):
        data = encoded(quarters(321, 123), "WEBP", **options)
        assert open_photo(data).width == 321


def test_many_threads_open_photos_at_once() -> None:
    """And nobody changes the warning filters under the others."""
    jobs = [encoded(quarters()), png(10_000, 10_000), b"junk", encoded(quarters(), "JPEG")] * 20

    def outcome(data: bytes) -> str:
        try:
            return type(open_photo(data)).__name__
        except PhotoError as error:
            return type(error).__name__

    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(outcome, jobs))
    assert names == ["Photo", "PhotoTooLarge", "NotAPhoto", "Photo"] * 20


def test_the_jpeg_to_show_is_small_plain_and_tells_nothing() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    exif[0x8825] = {1: "N"}
    shown = to_jpeg(encoded(quarters(3000, 2000), "JPEG", exif=exif))
    with Image.open(BytesIO(shown)) as image:
        assert image.format == "JPEG"
        assert image.size == (1280, 853)
        assert not image.getexif()
    with Image.open(BytesIO(to_jpeg(encoded(quarters(300, 200)), max_side_px=640))) as image:
        assert image.size == (300, 200)


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF"])
)
def test_any_bytes_are_a_photo_or_a_photo_error(data: bytes, start: bytes) -> None:
    check_any(start + data)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.sampled_from(["JPEG", "PNG", "WEBP"]),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=6),
    st.floats(0, 1),
)
def test_any_damage_to_a_photo_leaves_a_photo_or_a_photo_error(
    kind: str, changes: list[tuple[float, int]], kept: float
) -> None:
    data = bytearray(encoded(quarters(40, 30), kind))
    for place, value in changes:
        data[int(place * len(data))] = value
    check_any(bytes(data[: int(kept * len(data))]))


@settings(deadline=None)
@given(
    st.integers(1, 700),
    st.integers(1, 700),
    st.sampled_from(["1", "L", "LA", "P", "RGB", "RGBA", "I;16"]),
    st.sampled_from(["PNG", "WEBP", "JPEG"]),
    st.integers(0, 9),
)
def test_any_size_mode_and_orientation_is_a_photo(
    width: int, height: int, mode: str, kind: str, orientation: int
) -> None:
    image = Image.new(mode, (width, height))
    if kind != "PNG":
        image = image.convert("L").convert("RGB") if mode == "I;16" else image.convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = open_photo(encoded(image, kind, exif=exif))
    turned = orientation in {5, 6, 7, 8}
    assert (photo.width, photo.height) == ((height, width) if turned else (width, height))


def check_any(data: bytes) -> None:
    try:
        photo = open_photo(data)
    except PhotoError:
        with pytest.raises(PhotoError):
            to_jpeg(data)
    else:
        assert isinstance(photo, Photo)
        assert photo.pixels.shape == (224, 224, 3)
        assert to_jpeg(data)
