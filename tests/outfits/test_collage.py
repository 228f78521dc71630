"""The collage: one picture of the whole outfit."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from core.collage import collage


def picture(colour: str, size: tuple[int, int] = (90, 120), *, mode: str = "RGB") -> bytes:
    """A thing of one colour on white."""
    image = Image.new("RGB", size, "white")
    width, height = size
    ImageDraw.Draw(image).rectangle(
        (width // 4, height // 4, 3 * width // 4, 3 * height // 4), fill=colour
    )
    out = BytesIO()
    image.convert(mode).save(out, "PNG")
    return out.getvalue()


def pixels(jpeg: bytes) -> np.ndarray:
    with Image.open(BytesIO(jpeg)) as opened:
        assert opened.format == "JPEG"
        return np.asarray(opened.convert("RGB")).astype(int)[::4, ::4]


def middle_of(seen: np.ndarray, colour: tuple[int, int, int]) -> tuple[float, float]:
    """Across and down, as shares, where that colour is."""
    rows, columns = np.nonzero((np.abs(seen - colour) < 60).all(axis=-1))
    assert len(rows) > 20
    return columns.mean() / seen.shape[1], rows.mean() / seen.shape[0]


def test_the_first_is_at_the_left_and_the_largest() -> None:
    seen = pixels(collage([picture("red"), picture("blue"), picture("lime")]))
    reds, blues, greens = (
        (np.abs(seen - colour) < 60).all(axis=-1).sum()
        for colour in ((255, 0, 0), (0, 0, 255), (0, 255, 0))
    )
    assert reds > max(blues, greens)
    assert middle_of(seen, (255, 0, 0))[0] < 0.5
    across, down = middle_of(seen, (0, 0, 255))
    assert across > 0.5
    assert down < middle_of(seen, (0, 255, 0))[1]


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 300), st.integers(1, 300)), min_size=1, max_size=9))
def test_any_number_of_pictures_of_any_shape_makes_one_size(sizes: list[tuple[int, int]]) -> None:
    assert pixels(collage([picture("red", size) for size in sizes])).shape == (240, 320, 3)


def test_the_same_pictures_make_the_same_bytes() -> None:
    pictures = [picture("red"), picture("blue", (300, 40), mode="P")]
    assert collage(pictures) == collage(pictures)


def test_a_picture_that_is_missing_or_broken_leaves_its_place_empty() -> None:
    whole = [picture("red"), picture("blue"), picture("lime")]
    seen = pixels(collage(whole))
    for gap in (None, b"no picture", b""):
        left = pixels(collage([whole[0], gap, whole[2]]))
        for colour in ((255, 0, 0), (0, 255, 0)):
            assert middle_of(left, colour) == pytest.approx(middle_of(seen, colour), abs=0.01)
        assert not (np.abs(left - (0, 0, 255)) < 60).all(axis=-1).any()


def test_what_is_as_light_as_its_ground_is_shown_whole() -> None:
    image = Image.new("RGB", (200, 200), (250, 250, 250))
    ImageDraw.Draw(image).rectangle((60, 60, 140, 140), fill=(255, 0, 0))
    ImageDraw.Draw(image).rectangle((20, 80, 60, 100), fill=(225, 225, 225))
    out = BytesIO()
    image.save(out, "PNG")
    seen = pixels(collage([out.getvalue()]))
    assert (np.abs(seen - 225) < 4).all(axis=-1).sum() > 60


def test_an_outfit_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        collage([])
