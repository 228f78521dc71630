"""Photos to measure with: real ones where there are, drawn ones elsewhere."""

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from data.demo_shop.catalogue import DemoCatalogue, picture

_PHONE_PX = (4000, 3000)
_GRAIN = 6  # of 255: a sensor's noise, which makes up most of a large photo's bytes


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
    return [_enlarged(data, rng) for data in own_photos(folder, count)]


def _enlarged(data: bytes, rng: np.random.Generator) -> bytes:
    with Image.open(BytesIO(data)) as image:
        large = image.convert("RGB").resize(_PHONE_PX, Image.Resampling.BICUBIC)
    tile = rng.normal(0, _GRAIN, (500, 500, 3))
    grain = np.tile(tile, (_PHONE_PX[1] // 500, _PHONE_PX[0] // 500, 1))
    pixels = (np.asarray(large) + grain).clip(0, 255).astype(np.uint8)
    out = BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=88)
    return out.getvalue()
