"""The picture on a page is found; things on plain ground, and pages of several, stay whole."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from core.insets import inset_in
from core.photos import open_photo

PAPER, NIGHT, WHITE = (236, 229, 221), (11, 20, 26), (255, 255, 255)


def picture(width: int, height: int) -> Image.Image:
    rng = np.random.default_rng(4)
    coarse = rng.integers(60, 200, (8, 8, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)


def page(ground: tuple[int, int, int], *, words: int = 3) -> Image.Image:
    """A chat: a header as wide as the screen, and messages of some words each."""
    image = Image.new("RGB", (432, 936), ground)
    draw = ImageDraw.Draw(image)
    if words:
        draw.rectangle((0, 0, 432, 90), fill=(0, 128, 105))
    for number in range(words):
        draw.text((40, 640 + 60 * number), "look at this one", fill=(128, 128, 128), font_size=24)
    return image


def box_of(image: Image.Image) -> tuple[int, int, int, int] | None:
    return inset_in(image, (0, 0, *image.size))


@pytest.mark.parametrize("ground", [PAPER, NIGHT, WHITE])
def test_the_picture_in_a_chat_is_found(ground: tuple[int, int, int]) -> None:
    chat = page(ground)
    chat.paste(picture(280, 360), (30, 200))
    assert box_of(chat) == pytest.approx((30, 200, 310, 560), abs=6)


def test_it_is_what_the_network_sees_without_the_bubble_around_it() -> None:
    alone, chat, out = BytesIO(), page(PAPER), BytesIO()
    picture(280, 360).save(alone, "PNG")
    ImageDraw.Draw(chat).rounded_rectangle((24, 194, 316, 600), 10, fill=WHITE)
    ImageDraw.Draw(chat).text((40, 570), "the red one", fill=(90, 90, 90), font_size=20)
    chat.paste(picture(280, 360), (30, 200))
    chat.save(out, "JPEG", quality=85)
    there, here = (open_photo(one.getvalue()).pixels.astype(int) for one in (alone, out))
    assert np.abs(there - here).mean() < 8


def test_a_picture_on_plain_ground_without_words_stays_as_it_is() -> None:
    wallet = page(WHITE, words=0)
    wallet.paste(picture(280, 360), (30, 200))
    assert box_of(wallet) is None


def garment(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon(
        [(60, 180), (150, 130), (250, 130), (340, 180), (290, 560), (110, 560)], fill=(30, 60, 150)
    )


def test_a_garment_on_a_screens_own_ground_is_found_with_some_room() -> None:
    app = page(WHITE, words=4)
    garment(ImageDraw.Draw(app))
    left, top, right, bottom = box_of(app) or (0, 0, 0, 0)
    assert 20 <= left < 60
    assert 92 < top < 130
    assert 340 < right <= 380
    assert 560 < bottom <= 600


def test_a_garment_beside_few_words_stays_as_it_is() -> None:
    advert = page(WHITE, words=2)
    garment(ImageDraw.Draw(advert))
    assert box_of(advert) is None


def test_a_garment_in_pieces_that_fills_no_screen_stays_as_it_is() -> None:
    """A shop's picture: straps lie apart, and it is not as long as a screen."""
    product = page(WHITE, words=5).crop((0, 276, 432, 936))
    garment(ImageDraw.Draw(product))
    assert box_of(product) is None


def test_of_several_pictures_none_is_meant_above_all() -> None:
    results = page(WHITE)
    for left in (20, 226):
        results.paste(picture(186, 300), (left, 200))
    assert box_of(results) is None


@given(
    st.tuples(st.integers(1, 200), st.integers(1, 200)),
    st.lists(st.tuples(*[st.integers(0, 200)] * 4), max_size=8),
)
def test_whatever_is_drawn_a_box_lies_within_the_image(
    size: tuple[int, int], rectangles: list[tuple[int, int, int, int]]
) -> None:
    image = Image.new("RGB", size, WHITE)
    draw = ImageDraw.Draw(image)
    for number, (left, top, width, height) in enumerate(rectangles):
        shade = (30 * number, 90, 10)
        draw.rectangle((left, top, left + width, top + height), fill=shade)
    if box := box_of(image):
        left, top, right, bottom = box
        assert 0 <= left < right <= size[0]
        assert 0 <= top < bottom <= size[1]
