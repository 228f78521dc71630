"""GIF, HEIC and AVIF: what phones, chats and shops send besides, some of it decoded apart."""

import base64
import struct
import time
import zlib
from io import BytesIO

import numpy as np
import pillow_heif
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from core.apart import decode_apart
from core.errors import BrokenPhoto, PhotoError, PhotoTooLarge, UnsupportedFormat
from core.photos import MAX_PIXELS, open_photo, to_jpeg
from tests.photos.test_photos import BLUE, GREEN, RED, YELLOW, encoded, quarters

_FLAT = zlib.decompress(
    base64.b64decode(
        "eNpjYGBQSCupLEgsy0xjAAIQnZuZZpibmZjm62joBBR6nZtaksgAAYoZKTlFUDZDQWZyCQMa4CvILMkFsxiBWC4z"
        "Jz8ZxHEB8RkhoozCDAxc9kC2RmZmXhpcrRSQk8oE5SWWGRg65+fkg+3KyiwoKgDS3pkFyflAWiSzuCAVYp3VDAhm"
        "ECjIrMgEiTBzcHAAKZ7EMkPnRnkekJBwcn5OUV5yTgXQZF4GtgagkHhmQS7MT0CHsTAyNbMAXeWem5JYIsTAxS3/"
        "vWr6q9hFTFK8HEZrRQTYlA8fevdy2azE5AQGhoDzp/Sirsrz+bJIObfOeaIcz/mfI4NXLHbHcwPt+Xu7ripo/xDJ"
        "PKAiw6bZEaA4J3vW2Qci9rKfhRbrNoX1vv+l161jV79Do//K1PRXy86o5y5PnxsyFEz0J9JEQ2PtEqGYVfv+3Cl7"
        "fcyqZM29emlrnosvuAPlP72P/OuWcX63wtQ3C54d+DYajKPBOBqMo8E4GoyjwTgajIM5GL2o5sQVBwarWVQLswkA"
        "fCu/fw=="
    )
)
"""An AVIF of 15,000 × 15,000 grey pixels in 3 kB, made with Pillow."""


def written(image: Image.Image, kind: str, **options: object) -> bytes:
    """Encoded; HEIC by its own library, so that Pillow does not learn it."""
    if kind != "HEIC":
        return encoded(image, kind, **options)
    out = BytesIO()
    pillow_heif.from_pillow(image).save(out, format="HEIF", **options)
    return out.getvalue()


def saying(data: bytes, sides: tuple[int, int], others: tuple[int, int]) -> bytes:
    """The same HEIC or AVIF, which says that it has other sides."""
    changed = data.replace(struct.pack(">II", *sides), struct.pack(">II", *others))
    assert changed != data
    return changed


@pytest.mark.parametrize("kind", ["GIF", "AVIF", "HEIC"])
def test_a_photo_is_letterboxed_on_white_in_the_middle(kind: str) -> None:
    photo = open_photo(written(quarters(200, 100), kind))
    assert (photo.width, photo.height) == (200, 100)
    assert (photo.pixels[:55] == 255).all()
    for y, x, colour in ((80, 50, RED), (80, 170, GREEN), (140, 50, BLUE), (140, 170, YELLOW)):
        assert np.abs(photo.pixels[y, x].astype(int) - colour).max() < 25
    assert to_jpeg(written(quarters(200, 100), kind)).startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("kind", ["AVIF", "HEIC"])
@pytest.mark.parametrize("orientation", [3, 6, 7])
def test_a_photo_stands_upright_whatever_its_camera_held(kind: str, orientation: int) -> None:
    lying = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90,
             7: Image.Transpose.TRANSVERSE}[orientation]  # fmt: skip
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = open_photo(written(quarters().transpose(lying), kind, exif=exif.tobytes()))
    assert (photo.width, photo.height) == (160, 120)
    assert np.abs(photo.pixels.astype(int) - open_photo(encoded(quarters())).pixels).mean() < 6


@pytest.mark.parametrize("kind", ["GIF", "AVIF", "HEIC"])
def test_what_is_transparent_lies_on_white(kind: str) -> None:
    image = Image.new("RGBA", (120, 120))
    ImageDraw.Draw(image).rectangle((40, 40, 80, 80), fill=RED)
    pixels = open_photo(written(image, kind)).pixels.astype(int)
    assert np.abs(pixels[10, 10] - 255).max() < 6
    assert np.abs(pixels[112, 112] - RED).max() < 25


@pytest.mark.parametrize("kind", ["GIF", "AVIF"])
def test_of_a_moving_picture_the_first_is_taken(kind: str) -> None:
    frames = [Image.new("RGB", (80, 80), colour) for colour in (RED, BLUE, GREEN)]
    data = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    assert np.abs(open_photo(data).pixels[112, 112].astype(int) - RED).max() < 12


def test_ten_bits_keep_their_shades() -> None:
    values = np.linspace(0, 65535, 64, dtype=np.uint16).repeat(64 * 3).reshape(64, 64, 3)
    out = BytesIO()
    pillow_heif.encode("RGB;16", (64, 64), values.tobytes(), out, format="HEIF", quality=90)
    shades = open_photo(out.getvalue()).pixels[:, 112, 0].astype(int)
    assert shades[5] < 20
    assert 112 < shades[112] < 144
    assert shades[-5] > 235


@pytest.mark.parametrize("kind", ["GIF", "AVIF", "HEIC"])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_truncated_photo_is_broken(kind: str, share: float) -> None:
    rng = np.random.default_rng(1)
    data = written(Image.fromarray(rng.integers(0, 255, (90, 90, 3), dtype=np.uint8)), kind)
    with pytest.raises(BrokenPhoto):
        open_photo(data[: int(len(data) * share)])


@pytest.mark.parametrize(
    "data",
    [
        saying(written(quarters(), "AVIF"), (160, 120), (12_000, 12_000)),
        saying(written(quarters(), "HEIC"), (160, 120), (9_000, 9_000)),
        b"GIF89a" + struct.pack("<HH", 30_000, 30_000) + encoded(quarters(), "GIF")[10:],
        _FLAT,
    ],
)
def test_too_many_pixels_are_refused_before_they_are_decoded(data: bytes) -> None:
    started = time.perf_counter()
    with pytest.raises(PhotoTooLarge) as caught:
        open_photo(data)
    assert caught.value.pixels > MAX_PIXELS
    assert time.perf_counter() - started < 5


def test_a_picture_that_is_larger_than_it_says_meets_a_bound() -> None:
    """The decoder alone knows, when it allocates: here half a gigabyte for 100 pixels."""
    lying = saying(_FLAT, (15_000, 15_000), (10, 10))
    started = time.perf_counter()
    with pytest.raises(BrokenPhoto):
        decode_apart(lying, "AVIF", side_px=320, memory_bytes=300_000_000)
    assert time.perf_counter() - started < 5
    _, *size = decode_apart(lying, "AVIF", side_px=320)  # so it was the bound
    assert size == [10, 10]
    with pytest.raises(BrokenPhoto):
        open_photo(saying(written(quarters(640, 480), "HEIC"), (640, 480), (16, 12)))
    gif = encoded(quarters(), "GIF")
    head, frame = (struct.pack("<HHHH", 0, 0, *sides) for sides in ((160, 120), (60_000, 60_000)))
    with pytest.raises(BrokenPhoto):
        open_photo(gif.replace(head, frame))


def test_a_brand_among_the_compatible_ones_tells_the_format() -> None:
    data = written(quarters(), "AVIF")
    assert open_photo(data.replace(b"ftypavif", b"ftypmif1", 1)).width == 160
    with pytest.raises(UnsupportedFormat):
        open_photo(b"\0\0\0\x0cJXL \r\n\x87\n")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=30)
@given(
    st.sampled_from(["GIF", "GIF", "GIF", "AVIF", "HEIC"]),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=6),
    st.floats(0, 1),
)
def test_any_damage_to_a_photo_leaves_a_photo_or_a_photo_error(
    kind: str, changes: list[tuple[float, int]], kept: float
) -> None:
    data = bytearray(written(quarters(40, 30), kind))
    for place, value in changes:
        data[int(place * len(data))] = value
    try:
        photo = open_photo(bytes(data[: int(kept * len(data))]))
    except PhotoError:
        return
    assert photo.pixels.shape == (224, 224, 3)
