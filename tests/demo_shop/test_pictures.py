"""The pictures that the demo shop draws."""

import io
from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image

from data.demo_shop.catalogue import DemoCatalogue, DemoProduct, picture
from data.demo_shop.models import load_range


def _one_of_each_kind() -> Sequence[DemoProduct]:
    products = DemoCatalogue().products
    return list({product.kind: product for product in products}.values())


def _pixels(data: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "JPEG"
        assert image.size == (640, 800)
        return np.asarray(image.convert("RGB"), np.float32)


def test_pictures_are_jpegs_that_differ_and_show_something() -> None:
    seen = set()
    for product in _one_of_each_kind():
        data = picture(product)
        assert len(data) < 200_000
        seen.add(data)
        pixels = _pixels(data)
        ground = np.median(pixels[:, :12], axis=(0, 1))
        different = np.abs(pixels - ground).sum(2) > 60
        assert 0.04 < different.mean() < 0.85, product.slug
    assert len(seen) == len(_one_of_each_kind())


def test_the_same_product_is_drawn_with_the_same_bytes() -> None:
    for product in _one_of_each_kind()[::9]:
        assert picture(product) == picture(product)


@pytest.mark.parametrize(
    ("slug", "strongest"),
    [("tee-print-red-sunset", 0), ("tee-v-blue", 2), ("skirt-aline-black", None)],
)
def test_the_cloth_has_the_colour_that_the_title_names(slug: str, strongest: int | None) -> None:
    product = DemoCatalogue().by_slug[slug]
    middle = _pixels(picture(product))[480:540, 290:350].mean((0, 1))
    if strongest is None:
        assert middle.max() < 90
    else:
        assert int(middle.argmax()) == strongest
        assert middle.max() > np.delete(middle, strongest).max() + 30


def test_every_model_of_the_range_can_be_drawn() -> None:
    """One picture for each way of drawing, in the rarest of its cuts and fabrics."""
    wanted = {}
    for product in DemoCatalogue().products:
        model = product.model
        wanted.setdefault((model.draw.func.__name__, str(model.draw.keywords)), product)  # type: ignore[attr-defined]
    assert len(wanted) > 80
    sample = list(wanted.values())[::4]
    assert len({picture(product) for product in sample}) == len(sample)
    assert {product.model.key for product in sample} <= {model.key for model in load_range()}
