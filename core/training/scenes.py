"""Pictures with boxes around the garments in them, to learn finding garments from.

Dressed people in the street, each in several views; shops' cut-outs, alone on white or several on
the corners of people's own photos; and pictures with nothing to wear.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.photos import SIDE_PX
from core.training.labels import Part, Photos, Worn
from core.training.views import Rng, changed, cut_out, scrap, stands_on_white
from core.words import family_of_kind, kind_of

Boxes = NDArray[np.float32]
Canvas = tuple[Image.Image, Boxes, NDArray[np.intp]]
"""A picture, float32[m, 4] left, top, right and bottom in pixels, and the number of each family."""

_STREET_VIEWS = 24  # of each photo
_LAID_OF_EACH, _LAID, _PLAIN = 6, 2500, 1400  # at most
_STILL_SEEN = 0.4  # of a garment, or it does not count as one in the picture
_TRIES = 12
_APART = 0.12  # what two that lie side by side may cover of each other
_SKIN_FROM = 0.05  # of a cut-out: somebody wears it, and there is more in it than the garment
_SMALL = frozenset({"shoes", "bag", "accessory"})


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What the network sees, uint8[224, 224, 3], and in it boxes, in pixels, and families."""

    pixels: NDArray[np.uint8]
    boxes: Boxes
    families: NDArray[np.intp]


Draw = Callable[[Rng], Canvas]


class Scenes:
    """All pictures to learn from, by number, each drawn when it is asked for."""

    def __init__(
        self,
        photos: Photos,
        *,
        families: Sequence[str],
        seed: int,
    ) -> None:
        """Nothing of the parts for tuning and judging is used."""
        self._seed = seed
        self._families = list(families)
        self._grounds = [
            photo.path for photo in photos.labels if photo.own and photo.part is Part.LEARNING
        ]
        self._by_family: dict[str, list[Path]] = defaultdict(list)
        for photo in (*photos.labels, *photos.flats):
            family = family_of_kind(kind_of(min(photo.kinds, default="")))
            if family and family in families and photo.large and photo.part is Part.LEARNING:
                self._by_family[family].append(photo.path)
        products = [(path, family) for family, some in self._by_family.items() for path in some]
        rng = np.random.default_rng(seed)
        plain = [products[number] for number in rng.permutation(len(products))[:_PLAIN]]
        self._draws: list[Draw] = [
            *(
                partial(self._street, photo, as_it_is=view == 0)
                for photo in photos.worn
                if photo.part is Part.LEARNING
                for view in range(_STREET_VIEWS)
            ),
            *([self._laid] * min(_LAID, _LAID_OF_EACH * len(products))),
            *(partial(self._plain, path, family) for path, family in plain),
            *(
                partial(self._empty, photo.path)
                for photo in photos.others
                if photo.part is Part.LEARNING
            ),
        ]

    def __len__(self) -> int:
        return len(self._draws)

    def __getitem__(self, number: int) -> Scene:
        """The same picture each time; ``OSError`` when one that it is made of cannot be read."""
        rng = np.random.default_rng((self._seed, number))
        image, boxes, families = self._draws[number](rng)
        pixels, placed = _letterboxed(image, boxes)
        return Scene(pixels, placed, families)

    def _street(self, photo: Worn, rng: Rng, *, as_it_is: bool) -> Canvas:
        image = _opened(photo.path)
        boxes, families, _ = boxes_of(photo, self._families)
        if as_it_is:
            return image, boxes, families
        image, moved = _viewed(image, boxes, rng)
        left = _areas(moved) / np.maximum(_areas(boxes), 1)
        seen = left > _STILL_SEEN
        return changed(image, rng, as_often=0.7), moved[seen], families[seen]

    def _plain(self, path: Path, family: str, rng: Rng) -> Canvas:
        """A product on white as a shop shows it, with more or less room around it."""
        image = _opened(path)
        if not _is_cut_out(image, family):
            return self._laid(rng)
        box = cut_out(image).getbbox() or (0, 0, *image.size)
        room = float(rng.uniform(1, 1.8))
        size = round(image.width * room), round(image.height * float(rng.uniform(1, room)))
        canvas = Image.new("RGB", size, "white")
        left = int(rng.integers(0, size[0] - image.width + 1))
        top = int(rng.integers(0, size[1] - image.height + 1))
        canvas.paste(image, (left, top))
        boxes = np.array([box], np.float32) + np.array([left, top, left, top], np.float32)
        return canvas, boxes, np.array([self._families.index(family)])

    def _laid(self, rng: Rng) -> Canvas:
        """One to four cut-outs, side by side on a plain colour or a corner of somebody's photo."""
        size = int(rng.integers(200, 330)), int(rng.integers(200, 400))
        canvas = self._ground(size, rng)
        boxes: list[tuple[int, int, int, int]] = []
        families: list[int] = []
        count = int(rng.choice([1, 1, 2, 3, 4]))
        for _ in range(count):
            family = str(rng.choice(sorted(self._by_family)))
            paths = self._by_family[family]
            image = _opened(paths[int(rng.integers(len(paths)))])
            if not _is_cut_out(image, family):
                continue
            image, mask = _turned(image, rng)
            few = (0.2, 0.6) if family in _SMALL else (0.35, 0.9)
            share = float(rng.uniform(*(few if count > 1 else (0.4, 1.0))))
            scale = share * min(size[0] / image.width, size[1] / image.height)
            laid = max(8, round(image.width * scale)), max(8, round(image.height * scale))
            if box := _free(size, laid, boxes, rng):
                image, mask = (one.resize(laid, Image.Resampling.BILINEAR) for one in (image, mask))
                canvas.paste(image, box[:2], mask)
                boxes.append(box)
                families.append(self._families.index(family))
        placed = np.array(boxes, np.float32).reshape(-1, 4)
        return changed(canvas, rng, as_often=0.7), placed, np.array(families, np.intp)

    def _ground(self, size: tuple[int, int], rng: Rng) -> Image.Image:
        if not self._grounds or rng.random() < 0.25:
            red, green, blue = rng.integers(200, 256, 3).tolist()
            return Image.new("RGB", size, (red, green, blue))
        return scrap(_opened(self._grounds[int(rng.integers(len(self._grounds)))]), size, rng)

    def _empty(self, path: Path, _rng: Rng) -> Canvas:
        return _opened(path), np.zeros((0, 4), np.float32), np.zeros(0, np.intp)


def boxes_of(
    photo: Worn, families: Sequence[str]
) -> tuple[Boxes, NDArray[np.intp], NDArray[np.float32]]:
    """Of the garments whose family is known the boxes in pixels, its number, and the shares."""
    known = [
        (box, families.index(family), share)
        for box, kind, share in zip(photo.boxes, photo.kinds, photo.shares, strict=True)
        if (family := family_of_kind(kind_of(kind))) in families
    ]
    boxes = np.array([box for box, _, _ in known], np.float32).reshape(-1, 4)
    numbers = np.array([number for _, number, _ in known], np.intp)
    return boxes, numbers, np.array([share for _, _, share in known], np.float32)


def _opened(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("RGB")


def _letterboxed(image: Image.Image, boxes: Boxes) -> tuple[NDArray[np.uint8], Boxes]:
    scale = SIDE_PX / max(image.size)
    width, height = (max(1, round(side * scale)) for side in image.size)
    left, top = (SIDE_PX - width) // 2, (SIDE_PX - height) // 2
    square = Image.new("RGB", (SIDE_PX, SIDE_PX), "white")
    square.paste(image.resize((width, height), Image.Resampling.BILINEAR), (left, top))
    across, down = width / image.width, height / image.height
    placed = boxes * np.array([across, down, across, down]) + np.array([left, top, left, top])
    return np.asarray(square), placed.astype(np.float32)


def _viewed(image: Image.Image, boxes: Boxes, rng: Rng) -> tuple[Image.Image, Boxes]:
    """Perhaps mirrored, and cropped or with room around it."""
    boxes = boxes.copy()
    if rng.random() < 0.5:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        boxes[:, [0, 2]] = image.width - boxes[:, [2, 0]]
    if rng.random() < 0.75:
        across, down = (float(np.sqrt(rng.uniform(0.35, 1))) for _ in range(2))
        if rng.random() < 0.4:
            across = 1.0
        width = min(image.width, max(40, round(image.width * across)))
        height = min(image.height, max(40, round(image.height * down)))
        left = int(rng.integers(0, image.width - width + 1))
        top = int(rng.integers(0, image.height - height + 1))
        image = image.crop((left, top, left + width, top + height))
        boxes -= np.array([left, top, left, top], np.float32)
        return image, boxes.clip(0, np.array([width, height] * 2, np.float32))
    if rng.random() < 0.5:
        room = float(rng.uniform(1.05, 1.5))
        size = round(image.width * room), round(image.height * float(rng.uniform(1, room)))
        red, green, blue = rng.integers(0, 256, 3).tolist()
        canvas = Image.new("RGB", size, (red, green, blue))
        left = int(rng.integers(0, size[0] - image.width + 1))
        top = int(rng.integers(0, size[1] - image.height + 1))
        canvas.paste(image, (left, top))
        return canvas, boxes + np.array([left, top, left, top], np.float32)
    return image, boxes


def _is_cut_out(image: Image.Image, family: str) -> bool:
    """Whether nothing but the garment stands on white."""
    if not stands_on_white(image):
        return False
    return family in _SMALL or _skin(image) < _SKIN_FROM


def _skin(image: Image.Image) -> float:
    """The share of what is not white that has a skin's colour, after Chai and Ngan (1999)."""
    inside = np.asarray(cut_out(image)) > 127
    seen = np.asarray(image.convert("YCbCr"))[inside].astype(np.int16)
    if not len(seen):
        return 0.0
    light, blue, red = seen.T
    skin = (light > 60) & (blue >= 77) & (blue <= 127) & (red >= 133) & (red <= 173)
    return float(skin.mean())


def _turned(image: Image.Image, rng: Rng) -> tuple[Image.Image, Image.Image]:
    """The cut-out without its margins, perhaps turned and mirrored, and its mask."""
    mask = cut_out(image)
    if rng.random() < 0.3:
        angle = float(rng.uniform(-25, 25))
        image = image.rotate(angle, Image.Resampling.BILINEAR, expand=True, fillcolor="white")
        mask = mask.rotate(angle, Image.Resampling.BILINEAR, expand=True)
    box = mask.getbbox() or (0, 0, *mask.size)
    image, mask = image.crop(box), mask.crop(box)
    if rng.random() < 0.5:
        image, mask = (one.transpose(Image.Transpose.FLIP_LEFT_RIGHT) for one in (image, mask))
    return image, mask


def _free(
    size: tuple[int, int],
    laid: tuple[int, int],
    boxes: Sequence[tuple[int, int, int, int]],
    rng: Rng,
) -> tuple[int, int, int, int] | None:
    """A place of that size beside the others, where chance finds one."""
    for _ in range(_TRIES):
        left = int(rng.integers(0, size[0] - laid[0] + 1))
        top = int(rng.integers(0, size[1] - laid[1] + 1))
        box = (left, top, left + laid[0], top + laid[1])
        if all(_common(box, other) < _APART for other in boxes):
            return box
    return None


def _common(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> float:
    """What both cover, of the smaller one."""
    width = max(0, min(one[2], other[2]) - max(one[0], other[0]))
    height = max(0, min(one[3], other[3]) - max(one[1], other[1]))
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return width * height / min(areas)


def _areas(boxes: Boxes) -> NDArray[np.float32]:
    areas: NDArray[np.float32] = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return areas
