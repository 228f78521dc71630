"""The labels of a folder of photos: what a shop says of its products, people of their own."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from core.errors import ConfigurationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One photo. ``kinds`` are the shop's kinds that people would call alike to what it shows.

    ``source`` is what must not be split between training and judging: a product, or a sender.
    ``large`` tells a product's picture of a few hundred pixels from its thumbnail.
    """

    path: Path
    source: str
    kinds: frozenset[str]
    own: bool = False
    large: bool = False
    gender: str = ""
    colour: str = ""


def read_labels(folder: Path) -> list[Labelled]:
    """The photos of ``shop/labels.csv`` and, where there is one, of ``own/labels.csv``.

    The columns are those of Kaggle's "Fashion Product Images" and of the clothing dataset.
    Raises ``ConfigurationError`` for a folder without the first.
    """
    photos = [*_shop(folder / "shop"), *_own(folder / "own")]
    if not photos:
        raise ConfigurationError(f"{folder / 'shop' / 'labels.csv'} names no photo.")
    return photos


def _shop(folder: Path) -> Iterator[Labelled]:
    families = _vocabulary()["families"]
    for row in _rows(folder / "labels.csv"):
        for column in ("image", "image_large"):
            if row.get(column) and row.get("articleType"):
                yield Labelled(
                    path=folder / row[column],
                    source=f"product {row['id']}",
                    kinds=frozenset({row["articleType"]}),
                    large=column == "image_large",
                    gender=row.get("gender", ""),
                    colour=families.get(row.get("baseColour", ""), row.get("baseColour", "")),
                )


def _own(folder: Path) -> Iterator[Labelled]:
    if not (folder / "labels.csv").is_file():
        return
    kinds = _vocabulary()["kinds"]
    for row in _rows(folder / "labels.csv"):
        if row.get("label") in kinds and row.get("kids") != "True":
            yield Labelled(
                path=folder / row["image"],
                source=f"sender {row['sender']}",
                kinds=frozenset(kinds[row["label"]]),
                own=True,
            )


def _rows(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigurationError(f"The labels {file} cannot be read: {error}") from None
    if rows and not {"image"} <= set(rows[0]):
        raise ConfigurationError(f"The labels {file} have no column 'image'.")
    return rows


@cache
def _vocabulary() -> Mapping[str, dict[str, str]]:
    text = files("data").joinpath("vocabulary", "training.toml").read_text("utf-8")
    table = tomllib.loads(text)
    families = {name: family for family, names in table["families"].items() for name in names}
    return {"families": families, "kinds": table["kinds"]}
