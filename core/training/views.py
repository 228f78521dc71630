"""A shop's picture, or a tidy photo, as it might come through a chat."""

from collections.abc import Callable
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from core.photos import SIDE_PX

Rng = np.random.Generator

_WORKING_PX = 256
_WHITE_FROM = 242  # of 255, of a cut-out's ground


def view_of(
    image: Image.Image, *, rng: Rng, ground: Image.Image | None = None, side_px: int = SIDE_PX
) -> NDArray[np.uint8]:
    """uint8[side, side, 3] of one view: the photo changed at random.

    With ``ground``, what stands on white is put onto that picture.
    """
    if ground is not None and stands_on_white(image):
        image = _laid_on(image, ground, rng)
    else:
        image = _cropped(image, rng)
    return _letterboxed(changed(image, rng), side_px)


def plain_view_of(pixels: NDArray[np.uint8], *, side_px: int) -> NDArray[np.uint8]:
    """uint8[side, side, 3] of an opened photo as it is."""
    if side_px == len(pixels):
        return pixels
    small = Image.fromarray(pixels).resize((side_px, side_px), Image.Resampling.BILINEAR)
    return np.asarray(small)


def changed(image: Image.Image, rng: Rng, *, as_often: float = 1.0) -> Image.Image:
    """The picture in other light, blurred, shrunk, compressed, or some of that."""
    for change, chance in _CHANGES:
        if rng.random() < as_often * chance:
            image = change(image, rng)
    return image


def _letterboxed(image: Image.Image, side_px: int) -> NDArray[np.uint8]:
    scale = side_px / max(image.size)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    fitted = image.resize(size, Image.Resampling.BILINEAR)
    square = Image.new("RGB", (side_px, side_px), "white")
    square.paste(fitted, ((side_px - fitted.width) // 2, (side_px - fitted.height) // 2))
    return np.asarray(square)


def stands_on_white(image: Image.Image) -> bool:
    """Whether nearly all of its border is white."""
    pixels = np.asarray(image)
    border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    return bool((border.min(axis=1) >= _WHITE_FROM).mean() > 0.7)


def _laid_on(image: Image.Image, ground: Image.Image, rng: Rng) -> Image.Image:
    """The cut-out, turned and smaller, somewhere on another picture."""
    mask = cut_out(image)
    angle = float(rng.uniform(-20, 20))
    turned = image.rotate(angle, Image.Resampling.BILINEAR, expand=True, fillcolor="white")
    mask = mask.rotate(angle, Image.Resampling.BILINEAR, expand=True)
    if rng.random() < 0.5:
        turned, mask = (one.transpose(Image.Transpose.FLIP_LEFT_RIGHT) for one in (turned, mask))
    box = mask.getbbox() or (0, 0, *mask.size)
    turned, mask = turned.crop(box), mask.crop(box)
    ratio = float(rng.uniform(0.75, 1.33))
    width, height = round(_WORKING_PX * min(1, ratio)), round(_WORKING_PX * min(1, 1 / ratio))
    scale = float(rng.uniform(0.6, 1.0)) * min(width / turned.width, height / turned.height)
    size = (max(1, round(turned.width * scale)), max(1, round(turned.height * scale)))
    turned, mask = (one.resize(size, Image.Resampling.BILINEAR) for one in (turned, mask))
    left = int(rng.integers(0, width - size[0] + 1))
    top = int(rng.integers(0, height - size[1] + 1))
    scene = scrap(ground, (width, height), rng)
    scene.paste(turned, (left, top), mask)
    return scene


def cut_out(image: Image.Image) -> Image.Image:
    """White where the garment is: what no straight line over white from a side reaches."""
    white = np.asarray(image).min(axis=2) >= _WHITE_FROM
    ground = np.zeros_like(white)
    for axis in (0, 1):
        along = np.logical_and.accumulate
        ground |= along(white, axis=axis) | np.flip(along(np.flip(white, axis), axis=axis), axis)
    mask = Image.fromarray(np.where(ground, 0, 255).astype(np.uint8))
    return mask.filter(ImageFilter.GaussianBlur(0.7))


def scrap(ground: Image.Image, size: tuple[int, int], rng: Rng) -> Image.Image:
    """A corner of a picture: carpet, bed or wall rather than what lies in its middle."""
    side = max(8, round(min(ground.size) * float(rng.uniform(0.2, 0.35))))
    left = 0 if rng.random() < 0.5 else ground.width - side
    top = 0 if rng.random() < 0.5 else ground.height - side
    return ground.crop((left, top, left + side, top + side)).resize(size, Image.Resampling.BICUBIC)


def _cropped(image: Image.Image, rng: Rng) -> Image.Image:
    """From three fifths to all of it, turned a little and perhaps mirrored."""
    if rng.random() < 0.5:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if rng.random() < 0.3:
        angle = float(rng.uniform(-20, 20))
        image = image.rotate(angle, Image.Resampling.BILINEAR, fillcolor="white")
    share = float(np.sqrt(rng.uniform(0.6, 1.0)))
    width = max(8, round(image.width * share * float(rng.uniform(0.9, 1.1))))
    height = max(8, round(image.height * share * float(rng.uniform(0.9, 1.1))))
    width, height = min(width, image.width), min(height, image.height)
    left = int(rng.integers(0, image.width - width + 1))
    top = int(rng.integers(0, image.height - height + 1))
    return image.crop((left, top, left + width, top + height))


def _lit(image: Image.Image, rng: Rng) -> Image.Image:
    """Under another lamp: brighter or darker, and a cast that leaves the colour's name alone."""
    brightness = float(rng.uniform(0.75, 1.2))
    casts = brightness * rng.uniform(0.94, 1.06, 3)
    levels = np.minimum(255, np.outer(casts, np.arange(256))).round().astype(int)
    return image.point(levels.ravel().tolist())


def _blurred(image: Image.Image, rng: Rng) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.5, 1.8))))


def _shrunk(image: Image.Image, rng: Rng) -> Image.Image:
    """As small as a thumbnail once was."""
    side = int(rng.integers(60, 140))
    small = image.copy()
    small.thumbnail((side, side), Image.Resampling.BILINEAR)
    return small.resize(image.size, Image.Resampling.BILINEAR)


def _compressed(image: Image.Image, rng: Rng) -> Image.Image:
    out = BytesIO()
    image.save(out, "JPEG", quality=int(rng.integers(30, 85)))
    return Image.open(out).convert("RGB")


def _covered(image: Image.Image, rng: Rng) -> Image.Image:
    """A patch of it hidden (Zhong et al. 2020), as by a hand, a bag or somebody else."""
    share = rng.uniform(0.15, 0.4, 2)
    width, height = max(1, round(image.width * share[0])), max(1, round(image.height * share[1]))
    left = int(rng.integers(0, image.width - width + 1))
    top = int(rng.integers(0, image.height - height + 1))
    covered = image.copy()
    covered.paste(tuple(rng.integers(0, 256, 3).tolist()), (left, top, left + width, top + height))
    return covered


_CHANGES: tuple[tuple[Callable[[Image.Image, Rng], Image.Image], float], ...] = (
    (_covered, 0.2),
    (_lit, 0.8),
    (_blurred, 0.25),
    (_shrunk, 0.3),
    (_compressed, 0.5),
)
