"""A colour is named as people would."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.colours import MANY, colour_shares, name_colour, to_lab

WHITE = (255, 255, 255)


def garment(
    colour: tuple[int, int, int], *, on: tuple[int, int, int] = WHITE, width: int = 110
) -> np.ndarray:
    """A plain thing in the middle of a photo of 224 pixels a side."""
    pixels = np.full((224, 224, 3), on, dtype=np.uint8)
    left = (224 - width) // 2
    pixels[40:190, left : left + width] = colour
    return pixels


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ((12, 12, 14), "black"),
        ((250, 250, 248), "white"),
        ((128, 128, 130), "grey"),
        ((25, 32, 70), "navy"),
        ((20, 80, 190), "blue"),
        ((160, 205, 235), "light blue"),
        ((20, 160, 160), "turquoise"),
        ((40, 140, 60), "green"),
        ((95, 95, 50), "olive"),
        ((205, 25, 35), "red"),
        ((100, 25, 40), "burgundy"),
        ((240, 130, 170), "pink"),
        ((95, 45, 135), "purple"),
        ((240, 125, 30), "orange"),
        ((245, 220, 50), "yellow"),
        ((105, 65, 40), "brown"),
        ((220, 200, 165), "beige"),
    ],
)
@pytest.mark.parametrize("on", [WHITE, (150, 120, 95), (60, 70, 60)])
def test_a_plain_garment_is_named_whatever_it_lies_on(
    colour: tuple[int, int, int], name: str, on: tuple[int, int, int]
) -> None:
    assert name_colour(garment(colour, on=on)) == name


def test_stripes_of_many_colours_are_many() -> None:
    pixels = garment((255, 255, 255))
    colours = [(220, 20, 30), (30, 80, 200), (240, 220, 40), (30, 150, 60), (120, 40, 140)]
    for row in range(15):
        pixels[40 + 10 * row : 50 + 10 * row, 57:167] = colours[row % 5]
    assert name_colour(pixels) == MANY


def test_letterbox_bars_are_no_background() -> None:
    """A photo filled by a white shirt on a dark wall stays white between its bars."""
    photo = garment((245, 245, 245), on=(70, 60, 50), width=90)
    photo[:, :50] = photo[:, -50:] = 255
    assert name_colour(photo) == "white"


@given(arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 40), st.just(3))))
def test_any_pixels_have_a_name_or_none(pixels: np.ndarray) -> None:
    name = name_colour(pixels)
    assert name is None or name


def test_lab_is_that_of_the_standard() -> None:
    """White, and sRGB's red, after CIE 15 and IEC 61966-2-1."""
    lab = to_lab(np.array([[255, 255, 255], [255, 0, 0]], np.uint8))
    assert lab[0] == pytest.approx([100, 0, 0], abs=0.05)
    assert lab[1] == pytest.approx([53.24, 80.09, 67.20], abs=0.1)


def test_the_shares_are_those_of_the_garment_in_the_box_and_not_of_what_it_lies_on() -> None:
    pixels = np.full((224, 224, 3), (150, 120, 95), dtype=np.uint8)  # a carpet
    pixels[24:104, 16:96] = (205, 25, 35)
    pixels[104:184, 16:96] = (25, 32, 70)
    pixels[60:180, 130:200] = (40, 140, 60)  # another garment
    shares = colour_shares(pixels, (16, 24, 96, 184))
    first, second = list(shares)[:2]
    assert {first, second} == {"red", "navy"}
    assert shares["red"] == pytest.approx(0.5, abs=0.1)
    assert shares["green"] < 0.02
    assert sum(shares.values()) == pytest.approx(1)
    assert next(iter(colour_shares(pixels, (130, 60, 200, 180)))) == "green"
