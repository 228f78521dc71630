"""Screenshots and letterboxed pictures lose their bars; pictures of clothes lose nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from core.bars import within_bars

BLACK, WHITE, GREY = (0, 0, 0), (255, 255, 255), (32, 33, 36)


def without_bars(image: Image.Image) -> Image.Image:
    return image.crop(within_bars(image))


def picture(width: int, height: int) -> Image.Image:
    """A picture without plain sides."""
    rng = np.random.default_rng(3)
    coarse = rng.integers(60, 200, (8, 8, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)


def framed(
    size: tuple[int, int], box: tuple[int, int, int, int], ground: tuple[int, int, int]
) -> Image.Image:
    image = Image.new("RGB", size, ground)
    left, top, right, bottom = box
    image.paste(picture(right - left, bottom - top), (left, top))
    return image


def shirt(ground: tuple[int, int, int] = WHITE) -> Image.Image:
    image = Image.new("RGB", (300, 400), ground)
    draw = ImageDraw.Draw(image)
    draw.polygon(
        [(60, 80), (120, 60), (180, 60), (240, 80), (230, 340), (70, 340)], fill=(30, 60, 150)
    )
    return image


@pytest.mark.parametrize("ground", [BLACK, WHITE, GREY])
@pytest.mark.parametrize(
    ("size", "box"),
    [
        ((400, 600), (0, 150, 400, 450)),  # above and below
        ((600, 300), (150, 0, 450, 300)),  # at both sides
        ((400, 600), (0, 0, 400, 430)),  # below only
        ((500, 500), (40, 60, 460, 440)),  # all around
    ],
)
def test_bars_are_cut_exactly(
    size: tuple[int, int], box: tuple[int, int, int, int], ground: tuple[int, int, int]
) -> None:
    cut = without_bars(framed(size, box, ground))
    assert cut.size == (box[2] - box[0], box[3] - box[1])
    assert cut.tobytes() == picture(*cut.size).tobytes()


@pytest.mark.parametrize("ground", [BLACK, WHITE])
def test_a_screenshot_of_the_gallery_loses_clock_icons_and_buttons(
    ground: tuple[int, int, int],
) -> None:
    image = framed((432, 936), (0, 260, 432, 700), ground)
    draw = ImageDraw.Draw(image)
    ink = tuple(255 - channel for channel in ground)
    draw.text((20, 14), "12:34", fill=ink)
    draw.rectangle((390, 14, 420, 26), fill=ink)
    for x in (50, 160, 270, 380):
        draw.ellipse((x - 12, 860, x + 12, 884), outline=ink, width=3)
    draw.rectangle((150, 922, 282, 926), fill=ink)
    assert without_bars(image).size == (432, 440)


@pytest.mark.parametrize("ground", [BLACK, WHITE])
@pytest.mark.parametrize("scale", [1.0, 0.6])
def test_a_screenshot_of_a_shop_loses_its_words_and_buttons(
    ground: tuple[int, int, int], scale: float
) -> None:
    """A clock, a header and a bar to buy as wide as the picture, a button with room beside it."""
    image = framed((432, 936), (0, 110, 432, 540), ground)
    draw = ImageDraw.Draw(image)
    ink = tuple(255 - channel for channel in ground)
    draw.text((20, 14), "12:34", fill=ink)
    draw.rectangle((0, 50, 432, 109), fill=(150, 30, 70))
    draw.text((20, 70), "Corner & Thread", fill=WHITE)
    draw.text((20, 570), "Linen dress", fill=ink)
    draw.rounded_rectangle((20, 620, 412, 670), 12, fill=(30, 90, 200))
    draw.text((180, 640), "Choose a size", fill=WHITE)
    draw.rectangle((0, 800, 432, 860), fill=(30, 120, 60))
    draw.text((190, 825), "Buy now", fill=WHITE)
    for x in (50, 160, 270, 380):
        draw.ellipse((x - 12, 885, x + 12, 909), outline=ink, width=3)
    small = image.resize((round(432 * scale), round(936 * scale)), Image.Resampling.BILINEAR)
    _, top, _, bottom = within_bars(small)
    assert (top, bottom) == pytest.approx((110 * scale, 540 * scale), abs=2)


def test_what_is_higher_than_a_button_is_never_cut() -> None:
    """A garment on the page's own ground, above another picture as wide as the page."""
    image = framed((300, 800), (0, 420, 300, 800), WHITE)
    image.paste(shirt(), (0, 0))
    assert within_bars(image) == (0, 0, *image.size)


def test_a_screenshot_survives_compression() -> None:
    image = framed((400, 800), (0, 200, 400, 600), BLACK)
    noise = np.random.default_rng(5).integers(-4, 5, (800, 400, 3))
    noisy = Image.fromarray((np.asarray(image).astype(int) + noise).clip(0, 255).astype(np.uint8))
    height = without_bars(noisy).size[1]
    assert abs(height - 400) <= 2


@pytest.mark.parametrize("ground", [WHITE, (240, 238, 235), (170, 20, 40), BLACK])
def test_a_garment_on_a_plain_ground_stays_as_it_is(ground: tuple[int, int, int]) -> None:
    image = shirt(ground)
    assert within_bars(image) == (0, 0, *image.size)


def test_a_garment_with_a_straight_hem_stays_as_it_is() -> None:
    """Trousers as wide as the picture are no framed picture: they touch their own edge."""
    image = Image.new("RGB", (300, 400), WHITE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((4, 70, 296, 120), fill=(40, 40, 60))
    draw.rectangle((4, 120, 130, 400), fill=(40, 40, 60))
    draw.rectangle((170, 120, 296, 400), fill=(40, 40, 60))
    draw.rectangle((120, 40, 180, 70), fill=(40, 40, 60))
    assert within_bars(image) == (0, 0, *image.size)


def test_a_plain_picture_stays_as_it_is() -> None:
    image = Image.new("RGB", (200, 100), GREY)
    assert within_bars(image) == (0, 0, *image.size)


def test_what_would_leave_next_to_nothing_is_not_cut() -> None:
    image = framed((400, 600), (0, 290, 400, 310), WHITE)
    assert within_bars(image) == (0, 0, *image.size)


@given(st.integers(1, 60), st.integers(1, 60), st.randoms(use_true_random=False))
def test_any_picture_keeps_at_least_one_pixel(width: int, height: int, random: object) -> None:
    rng = np.random.default_rng(random.getrandbits(32))  # type: ignore[attr-defined]
    blocks = rng.integers(0, 2, (height, width, 1), dtype=np.uint8) * rng.integers(
        0, 256, 3, dtype=np.uint8
    )
    cut = without_bars(Image.fromarray(blocks.astype(np.uint8)))
    assert min(cut.size) >= 1
