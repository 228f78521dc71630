"""Views: the photo as it is, and as it might come through a chat."""

from io import BytesIO

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from core.photos import open_photo
from core.training.views import plain_view_of, view_of


def garment(ground: str = "white", size: tuple[int, int] = (300, 400)) -> Image.Image:
    image = Image.new("RGB", size, ground)
    ImageDraw.Draw(image).rectangle(
        (size[0] // 3, size[1] // 4, size[0] * 2 // 3, size[1] * 3 // 4), fill="navy"
    )
    return image


def test_a_plain_view_is_what_the_network_sees_of_the_photo() -> None:
    out = BytesIO()
    garment().save(out, "JPEG")
    seen = open_photo(out.getvalue()).pixels
    np.testing.assert_array_equal(plain_view_of(seen, side_px=224), seen)
    small = plain_view_of(seen, side_px=112).astype(int)
    halved = seen.reshape(112, 2, 112, 2, 3).mean(axis=(1, 3))
    assert np.abs(small - halved).mean() < 2


def test_the_same_draw_gives_the_same_view_and_another_one_another() -> None:
    def view(seed: int) -> np.ndarray:
        return view_of(garment(), rng=np.random.default_rng(seed))

    np.testing.assert_array_equal(view(1), view(1))
    assert not np.array_equal(view(1), view(2))


def test_what_stands_on_white_is_laid_on_another_picture() -> None:
    """A green carpet all around, and still some navy in it."""
    carpet = Image.new("RGB", (200, 200), "green")
    for seed in range(8):
        view = view_of(garment(), rng=np.random.default_rng(seed), ground=carpet)
        red, green, blue = (view[..., channel].astype(int) for channel in range(3))
        assert ((green > red + 20) & (green > blue + 20)).mean() > 0.2
        assert ((blue > red + 20) & (blue > green + 20)).mean() > 0.03


def test_what_lies_on_something_stays_where_it_lies() -> None:
    carpet = Image.new("RGB", (200, 200), "green")
    for seed in range(4):
        view = view_of(garment("orange"), rng=np.random.default_rng(seed), ground=carpet)
        red, green, blue = (view[..., channel].astype(int) for channel in range(3))
        assert not ((green > red + 40) & (green > blue + 40)).any()


@settings(max_examples=40, deadline=None)
@given(
    st.tuples(st.integers(1, 60), st.integers(1, 60)),
    st.integers(0, 2**32),
    st.booleans(),
    st.sampled_from([96, 160, 224]),
)
def test_any_picture_gives_a_view_of_any_side(
    size: tuple[int, int], seed: int, on_ground: bool, side: int
) -> None:
    ground = Image.new("RGB", (9, 5), "green") if on_ground else None
    view = view_of(
        Image.new("RGB", size, "white"),
        rng=np.random.default_rng(seed),
        ground=ground,
        side_px=side,
    )
    assert (view.shape, view.dtype) == ((side, side, 3), np.uint8)
