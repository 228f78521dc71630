"""Photos to measure with: real ones where there are, drawn ones elsewhere."""

from pathlib import Path

import numpy as np

from core.measuring import phone_photo
from data.demo_shop.catalogue import DemoCatalogue, picture


def product_photos(folder: Path, count: int) -> list[bytes]:
    """JPEGs a few hundred pixels wide, as shops show them; at most ``count``."""
    files = sorted((folder / "shop" / "large").glob("*.jpg"))[:count]
    if files:
        return [file.read_bytes() for file in files]
    return [picture(product) for product in DemoCatalogue().products[:count]]


def own_photos(folder: Path, count: int) -> list[bytes]:
    """JPEGs as people send them through a chat; at most ``count``."""
    files = sorted((folder / "own").rglob("*.jpg"))[:count]
    return [file.read_bytes() for file in files] or product_photos(folder, count)


def phone_photos(folder: Path, count: int) -> list[bytes]:
    """12-megapixel JPEGs as a phone writes them: small photos enlarged, with a sensor's grain."""
    rng = np.random.default_rng(20)
    return [phone_photo(data, rng) for data in own_photos(folder, count)]
