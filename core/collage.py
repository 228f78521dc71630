"""One picture of a whole outfit."""

from collections.abc import Iterator, Sequence
from io import BytesIO

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFont

from core.errors import PhotoError
from core.photos import to_jpeg

_WIDTH_PX, _HEIGHT_PX = 1280, 960
_GAP_PX = 16
_PADDING_PX = 20
_BADGE_PX = 44
_NOTICED = 14  # levels of grey: less may be ground
_LIGHT = 200  # of 255: a darker ground is somebody's floor, and stays within the picture
_MARGIN, _LEAST = 0.06, 0.5  # of a picture's side
_GROUND, _EMPTY = (255, 255, 255), (236, 235, 233)
_INK, _PAPER = (40, 40, 40), (255, 255, 255)

Box = tuple[int, int, int, int]
Colour = tuple[int, int, int]


def collage(pictures: Sequence[bytes | None]) -> bytes:
    """A JPEG of 1280 × 960 pixels: the first picture large at the left, the others beside it.

    Each whole, whatever its shape, and numbered from 1. One that is None or cannot be read leaves
    its place empty. Raises ``ValueError`` without any picture.
    """
    if not pictures:
        raise ValueError("An outfit has at least one piece.")
    sheet = Image.new("RGB", (_WIDTH_PX, _HEIGHT_PX), _GROUND)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(_BADGE_PX // 2)
    for number, (box, picture) in enumerate(zip(_places(len(pictures)), pictures, strict=True), 1):
        shown, ground = _fitted(picture, box) if picture else (None, _EMPTY)
        draw.rounded_rectangle(box, radius=12, fill=ground)
        if shown:
            left = (box[0] + box[2] - shown.width) // 2
            top = (box[1] + box[3] - shown.height) // 2
            sheet.paste(shown, (left, top))
        corner = (box[0] + 10, box[1] + 10)
        badge = (*corner, corner[0] + _BADGE_PX, corner[1] + _BADGE_PX)
        draw.ellipse(badge, fill=_PAPER, outline=_INK, width=2)
        middle = (corner[0] + _BADGE_PX / 2, corner[1] + _BADGE_PX / 2)
        draw.text(middle, str(number), fill=_INK, font=font, anchor="mm")
    out = BytesIO()
    sheet.save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()


def _places(count: int) -> Iterator[Box]:
    """Left, top, right and bottom of each picture's place."""
    others = count - 1
    columns = 0 if not others else 1 if others <= 2 else 2 if others <= 6 else 3
    split = _WIDTH_PX if not columns else _WIDTH_PX * (5 - columns) // 8
    yield (_GAP_PX, _GAP_PX, split - _GAP_PX, _HEIGHT_PX - _GAP_PX)
    rows = -(-others // max(columns, 1))
    for number in range(others):
        row, column = divmod(number, columns)
        in_row = min(columns, others - row * columns)  # a last one alone has the row to itself
        width = (_WIDTH_PX - split) / in_row
        height = (_HEIGHT_PX - _GAP_PX) / rows
        left, top = split + column * width, _GAP_PX + row * height
        yield (
            round(left),
            round(top),
            round(left + width) - _GAP_PX,
            round(top + height) - _GAP_PX,
        )


def _fitted(picture: bytes, box: Box) -> tuple[Image.Image | None, Colour]:
    """The picture as large as its place allows, and a ground for it; None when it is unreadable."""
    width, height = box[2] - box[0] - 2 * _PADDING_PX, box[3] - box[1] - 2 * _PADDING_PX
    try:
        jpeg = to_jpeg(picture)
    except PhotoError:
        return None, _EMPTY
    with Image.open(BytesIO(jpeg)) as opened:
        whole = opened.convert("RGB")
    ground = _ground(whole)
    things = whole.crop(_things(whole, ground))
    scale = min(width / things.width, height / things.height)
    size = (max(1, int(things.width * scale)), max(1, int(things.height * scale)))
    quiet = ground if min(ground) >= _LIGHT else _EMPTY
    return things.resize(size, Image.Resampling.BICUBIC), quiet


def _ground(picture: Image.Image) -> Colour:
    """The colour around what is shown: the median along the picture's sides."""
    pixels = np.asarray(picture)
    edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    red, green, blue = np.median(edge, axis=0).astype(int).tolist()
    return (red, green, blue)


def _things(picture: Image.Image, ground: Colour) -> Box:
    """Around all that is not ground, at least ``_LEAST`` of each side of the picture."""
    off = ImageChops.difference(picture, Image.new("RGB", picture.size, ground))
    found = off.convert("L").point(lambda level: 255 * (level > _NOTICED)).getbbox()
    left, top, right, bottom = found or (0, 0, *picture.size)
    left, right = _widened(left, right, picture.width)
    top, bottom = _widened(top, bottom, picture.height)
    return left, top, right, bottom


def _widened(start: int, end: int, side: int) -> tuple[int, int]:
    missing = max(2 * _MARGIN * side, _LEAST * side - (end - start))
    return max(0, round(start - missing / 2)), min(side, round(end + missing / 2))
