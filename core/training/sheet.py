"""A contact sheet of what the network gets wrong, to be looked at."""

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from core.errors import PhotoError
from core.photos import open_photo
from core.training.figures import Search
from core.training.judging import SeenWorn
from core.training.labels import Labelled

_TILE_PX, _WORDS_PX = 160, 14
_ROWS = 40

Row = list[tuple[Image.Image, str]]


def wrong_finds(labels: Sequence[Labelled], found: Search) -> Iterator[Row]:
    """Own photos of which least of the products found are right, each before those products."""

    def right(number: int) -> int:
        return sum(bool(labels[number].kinds & labels[row].kinds) for row in found[number])

    own = [number for number in found if labels[number].own]
    for number in sorted(own, key=right):
        if right(number) < len(found[number]):
            photos = [labels[number], *(labels[row] for row in found[number])]
            yield [
                (_tile(photo.path), photo.garment or min(photo.kinds, default=""))
                for photo in photos
            ]


def street_finds(seen: Sequence[SeenWorn]) -> Iterator[Row]:
    """Dressed people six a row, with the boxes that were found."""
    tiles = [(_boxed(one), ", ".join(region.family for region in one.regions)) for one in seen]
    for start in range(0, len(tiles), 6):
        yield tiles[start : start + 6]


def write_sheet(file: Path, rows: Iterator[Row]) -> None:
    """At most 40 rows of pictures with words below, as a JPEG; ``OSError``."""
    some = list(itertools.islice(rows, _ROWS))
    width = max((len(row) for row in some), default=1) * _TILE_PX
    height = _TILE_PX + _WORDS_PX
    sheet = Image.new("RGB", (width, max(1, len(some)) * height), "white")
    draw = ImageDraw.Draw(sheet)
    for down, row in enumerate(some):
        for across, (tile, words) in enumerate(row):
            corner = (across * _TILE_PX, down * height)
            sheet.paste(tile, corner)
            draw.text((corner[0] + 2, corner[1] + _TILE_PX), words[:26], fill="black")
    file.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(file, "JPEG", quality=85)


def _tile(path: Path) -> Image.Image:
    try:
        pixels = open_photo(path.read_bytes()).pixels
    except (OSError, PhotoError):
        return Image.new("RGB", (_TILE_PX, _TILE_PX), "grey")
    return Image.fromarray(pixels).resize((_TILE_PX, _TILE_PX))


def _boxed(seen: SeenWorn) -> Image.Image:
    width, height = seen.size
    scale = _TILE_PX / max(width, height)
    left, top = (_TILE_PX - width * scale) / 2, (_TILE_PX - height * scale) / 2
    tile = _tile(seen.photo.path)
    draw = ImageDraw.Draw(tile)
    for region in seen.regions:
        box = region.box
        draw.rectangle(
            (
                left + box[0] * width * scale,
                top + box[1] * height * scale,
                left + box[2] * width * scale,
                top + box[3] * height * scale,
            ),
            outline="red",
        )
    return tile
