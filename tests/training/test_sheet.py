"""The contact sheet shows what went wrong, the worst first, and the boxes that were found."""

from pathlib import Path

import numpy as np
from PIL import Image

from core.training.judging import SeenWorn
from core.training.labels import Labelled, Worn
from core.training.sheet import street_finds, write_sheet, wrong_finds
from core.vision.regions import Region


def photo(folder: Path, name: str, kind: str, *, own: bool = False) -> Labelled:
    path = folder / f"{name}.png"
    Image.new("RGB", (64, 64), "blue").save(path)
    return Labelled(
        path=path, source=name, kinds=frozenset({kind}), own=own, garment=kind if own else ""
    )


def test_the_worst_come_first_and_what_is_right_is_left_out(tmp_path: Path) -> None:
    labels = [
        photo(tmp_path, "half", "Shirts", own=True),
        photo(tmp_path, "none", "Dresses", own=True),
        photo(tmp_path, "all", "Caps", own=True),
        photo(tmp_path, "shirt", "Shirts"),
        photo(tmp_path, "cap", "Caps"),
    ]
    rows = list(wrong_finds(labels, {0: [3, 4], 1: [3, 4], 2: [4], 3: [4]}))
    assert [[words for _, words in row] for row in rows] == [
        ["Dresses", "Shirts", "Caps"],
        ["Shirts", "Shirts", "Caps"],
    ]


def test_a_sheet_is_a_picture_with_boxes(tmp_path: Path) -> None:
    path = tmp_path / "street.png"
    Image.new("RGB", (160, 160), (90, 90, 90)).save(path)
    worn = Worn(path=path, boxes=(), kinds=(), shares=())
    found = Region(
        box=(0.25, 0.25, 0.75, 0.75),
        share=0.25,
        family="dress",
        sure=0.9,
        embedding=np.ones(1),
        readings={},
    )
    write_sheet(tmp_path / "sheet.jpg", street_finds([SeenWorn(worn, (160, 160), [found])]))
    with Image.open(tmp_path / "sheet.jpg") as sheet:
        pixels = np.asarray(sheet.convert("RGB")).astype(int)
    red = pixels[..., 0] - pixels[..., 1] > 60
    assert red[40, 60:100].mean() > 0.9  # the box's upper side
    assert not red[60:100, 60:100].any()


def test_a_photo_that_is_gone_is_a_grey_tile(tmp_path: Path) -> None:
    worn = Worn(path=tmp_path / "gone.png", boxes=(), kinds=(), shares=())
    file = tmp_path / "a new folder" / "sheet.jpg"
    write_sheet(file, street_finds([SeenWorn(worn, (10, 10), [])]))
    assert file.exists()
