"""The labels of a folder of photos: what a shop says of its products, people of their own."""

import csv
import hashlib
import tomllib
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path

from core.catalogue import Said
from core.errors import ConfigurationError
from core.words import colour_of, gender_of, kind_of

_DRAW = "d"  # of some letters the one that leaves every part people of nearly every class


class Part(StrEnum):
    """What a photo is used for."""

    LEARNING = "learning"
    TUNING = "tuning"
    JUDGING = "judging"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One photo. ``kinds`` are the shop's kinds that people would call alike to what it shows.

    ``source`` is what must not be split between training and judging: a product, or a sender.
    ``large`` tells a product's picture of a few hundred pixels from its thumbnail. ``colour`` is
    the family of ``shade``, or ``shades`` are those that may be right where none is given;
    ``pattern`` is what the title names; ``garment`` is what the person calls it. What is not known
    is empty.
    """

    path: Path
    source: str
    kinds: frozenset[str]
    own: bool = False
    large: bool = False
    gender: str = ""
    colour: str = ""
    shade: str = ""
    shades: frozenset[str] = frozenset()
    pattern: str = ""
    usage: str = ""
    garment: str = ""

    @property
    def said(self) -> Said:
        """What a shop with this product would say of it, in our words."""
        if self.own:
            return Said()
        kind = kind_of(min(self.kinds, default=""))
        return Said(kind, colour_of(self.shade), gender_of(self.gender))

    @property
    def part(self) -> Part:
        """Whether it is for learning, for tuning what was learned, or for judging it.

        By its source alone, so that every run and every command agrees.
        """
        return part_of(self.source)


def part_of(source: str) -> Part:
    """The part of what has that source."""
    drawn = hashlib.sha256(f"{_DRAW}{source}".encode()).digest()
    place = int.from_bytes(drawn[:4], "big") % 12
    return Part.TUNING if place == 0 else Part.JUDGING if place < 3 else Part.LEARNING


@dataclass(frozen=True, slots=True, kw_only=True)
class Worn:
    """A photo of a dressed person, with a box in pixels around each garment.

    ``boxes`` are left, top, right and bottom, ``kinds`` what each is called, and ``shares`` what
    it covers of the picture, 0 to 1.
    """

    path: Path
    boxes: tuple[tuple[float, float, float, float], ...]
    kinds: tuple[str, ...]
    shares: tuple[float, ...]

    @property
    def part(self) -> Part:
        """As ``Labelled.part``."""
        return part_of(f"street {self.path.name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Photos:
    """All that is learned from: photos with labels, ``others`` without clothes, people dressed.

    ``flats`` are products of a shop with words of its own, never judged by.
    """

    labels: Sequence[Labelled]
    flats: Sequence[Labelled] = ()
    others: Sequence[Labelled] = ()
    worn: Sequence[Worn] = ()

    def among(self, parts: Container[Part]) -> "Photos":
        """Only those of some parts."""
        return Photos(
            labels=[photo for photo in self.labels if photo.part in parts],
            flats=[photo for photo in self.flats if photo.part in parts],
            others=[photo for photo in self.others if photo.part in parts],
            worn=[photo for photo in self.worn if photo.part in parts],
        )


def read_photos(folder: Path) -> Photos:
    """All of a folder: ``read_labels``, ``read_flats``, ``read_others`` and ``read_worn``."""
    return Photos(
        labels=read_labels(folder),
        flats=read_flats(folder),
        others=read_others(folder),
        worn=read_worn(folder),
    )


def read_labels(folder: Path) -> list[Labelled]:
    """The photos of ``shop/labels.csv``, or ``labels.csv``, and of ``own/labels.csv``.

    The columns are those of Kaggle's "Fashion Product Images" and of the clothing dataset; of a
    shop's own table "image" and "kind" are enough, and "title", "colour" and "gender" help.
    Raises ``ConfigurationError`` for a folder without a shop's table.
    """
    folder = folder.resolve()  # what is kept of a run goes by the paths, however they are given
    shop = folder if (folder / "labels.csv").is_file() else folder / "shop"
    photos = [*_shop(shop), *_own(folder / "own")]
    if not photos:
        raise ConfigurationError(f"{shop / 'labels.csv'} names no photo with a kind.")
    return photos


def read_flats(folder: Path) -> list[Labelled]:
    """The products of ``outfits/labels.csv``, in the words of the other shop's labels.

    Only those whose type has such words (``data/vocabulary/training.toml``); none without the file.
    """
    file = folder.resolve() / "outfits" / "labels.csv"
    if not file.is_file():
        return []
    types, colours = _vocabulary()["types"], _vocabulary()["colours"]
    genders = {"Female": "Women", "Male": "Men", "Unisex": "Unisex"}
    return [
        Labelled(
            path=file.parent / row["image"],
            source=f"flat {row['image']}",
            kinds=frozenset(types[row["type"]]),
            large=True,
            gender=genders.get(row.get("sex", ""), ""),
            shades=frozenset(colours.get(row.get("colour", ""), ())),
        )
        for row in rows_of(file)
        if row.get("type") in types
    ]


def read_others(folder: Path) -> list[Labelled]:
    """The photos of ``other/labels.csv``, that show nothing to wear; none without the file."""
    file = folder.resolve() / "other" / "labels.csv"
    if not file.is_file():
        return []
    return [
        Labelled(path=file.parent / row["image"], source=f"other {row['image']}", kinds=frozenset())
        for row in rows_of(file)
    ]


def _shop(folder: Path) -> Iterator[Labelled]:
    for row in rows_of(folder / "labels.csv"):
        kind = row.get("articleType") or row.get("kind")
        shade = row.get("baseColour") or row.get("colour") or ""
        for column in ("image", "image_large"):
            if row.get(column) and kind:
                yield Labelled(
                    path=folder / row[column],
                    source=f"product {row.get('id') or row['image']}",
                    kinds=frozenset({kind}),
                    large=column == "image_large" or "image_large" not in row,
                    gender=row.get("gender") or "",
                    colour=family_of(shade),
                    shade=shade,
                    pattern=_pattern(row.get("productDisplayName") or row.get("title") or ""),
                    usage=row.get("usage") or "",
                )


def _own(folder: Path) -> Iterator[Labelled]:
    if not (folder / "labels.csv").is_file():
        return
    kinds = _vocabulary()["kinds"]
    for row in rows_of(folder / "labels.csv"):
        if row.get("label") in kinds and row.get("kids") != "True":
            yield Labelled(
                path=folder / row["image"],
                source=f"sender {row['sender']}",
                kinds=frozenset(kinds[row["label"]]),
                own=True,
                garment=row["label"],
            )


def read_worn(folder: Path) -> list[Worn]:
    """The photos of ``street/labels.csv``, a garment a line; none without the file."""
    file = folder.resolve() / "street" / "labels.csv"
    if not file.is_file():
        return []
    photos: dict[str, list[dict[str, str]]] = {}
    for row in rows_of(file):
        photos.setdefault(row["image"], []).append(row)
    try:
        return [_worn(file.parent / image, rows) for image, rows in photos.items()]
    except (KeyError, ValueError) as error:
        raise ConfigurationError(f"The labels {file} cannot be read: {error}") from None


def _worn(path: Path, rows: list[dict[str, str]]) -> Worn:
    return Worn(
        path=path,
        boxes=tuple(
            (float(row["x0"]), float(row["y0"]), float(row["x1"]), float(row["y1"])) for row in rows
        ),
        kinds=tuple(row["label"] for row in rows),
        shares=tuple(float(row["area_frac"]) for row in rows),
    )


def family_of(shade: str) -> str:
    """The colour family of a shop's colour; itself where none is known."""
    return _vocabulary()["families"].get(shade, shade)


def _pattern(title: str) -> str:
    words = set(title.lower().replace("-", " ").split())
    patterns = _vocabulary()["patterns"]
    return next((pattern for pattern, names in patterns.items() if words & set(names)), "")


def rows_of(file: Path, column: str = "image") -> list[dict[str, str]]:
    """A table's rows by column; ``ConfigurationError`` where it is none."""
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigurationError(f"The labels {file} cannot be read: {error}") from None
    if rows and column not in rows[0]:
        raise ConfigurationError(f"The labels {file} have no column {column!r}.")
    return rows


@cache
def _vocabulary() -> Mapping[str, dict[str, str]]:
    text = files("data").joinpath("vocabulary", "training.toml").read_text("utf-8")
    table = tomllib.loads(text)
    families = {name: family for family, names in table["families"].items() for name in names}
    return {**table, "families": families}
