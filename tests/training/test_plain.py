"""Stems: several views of what is learned from, one of the rest, kept and never made twice."""

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from core.errors import ConfigurationError
from core.training.labels import Labelled, Part, read_labels
from core.training.stems import Stems, stems_of


class FakeStem:
    """A network with a stem's outputs, each full of the picture's mean."""

    batch_sizes = (1, 4)
    streams = 2

    def __init__(self) -> None:
        self.seen = 0
        self.dies_after = 10**9

    def run(self, pixels: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        assert len(pixels) in self.batch_sizes
        self.seen += len(pixels)
        if self.seen > self.dies_after:
            raise KeyboardInterrupt
        means = pixels.mean(axis=(1, 2, 3), dtype=np.float32)
        shapes = {"stem": (7, 7, 1024), "tiles": (28, 28, 3), "pooled": (2048,), "logits": (1000,)}
        return {
            name: np.broadcast_to(means.reshape(-1, *(1 for _ in shape)), (len(pixels), *shape))
            for name, shape in shapes.items()
        }


@pytest.fixture
def labels(tmp_path: Path) -> list[Labelled]:
    """Forty products, a few with a large photo, and ten people's own photos."""
    photos = tmp_path / "photos"
    for folder, fields, count in (
        ("shop", ["image", "id", "gender", "articleType", "baseColour", "image_large"], 40),
        ("own", ["image", "id", "label", "kids", "sender"], 10),
    ):
        (photos / folder).mkdir(parents=True)
        with (photos / folder / "labels.csv").open("w", newline="") as file:
            table = csv.writer(file)
            table.writerow(fields)
            for number in range(count):
                grey = Image.new("L", (30, 40), 40 + 5 * number).convert("RGB")
                grey.save(photos / folder / f"{number}.png")
                name = f"{number}.png"
                table.writerow(
                    [name, number, "Men", "Shirts", "Red", name if number < 4 else ""]
                    if folder == "shop"
                    else [name, number, "Shirt", "False", f"s{number}"]
                )
    return read_labels(photos)


def made(labels: list[Labelled], network: FakeStem, folder: Path) -> Stems:
    return stems_of(labels, network, name="fake", cache_dir=folder, seed=1)


def test_what_is_learned_from_has_several_views_and_the_rest_one(
    labels: list[Labelled], tmp_path: Path
) -> None:
    stems = made(labels, FakeStem(), tmp_path)
    counts = np.bincount(stems.photo, minlength=len(labels))
    for photo, count in zip(labels, counts, strict=True):
        wanted = 7 if photo.own else 4 if photo.large else 2
        assert count == (wanted if photo.part is Part.LEARNING else 1)
    assert {photo.part for photo in labels} == set(Part)
    assert stems.stem.shape == (len(stems.photo), 7, 7, 1024)
    plain = stems.place == 0
    seen = stems.pooled[plain, 0].astype(float)
    assert np.unique(seen).size > 30  # each photo its own


def test_a_killed_run_goes_on_where_it_was(labels: list[Labelled], tmp_path: Path) -> None:
    straight = made(labels, FakeStem(), tmp_path / "straight")
    network = FakeStem()
    network.dies_after = 60
    with pytest.raises(KeyboardInterrupt):
        made(labels, network, tmp_path / "killed")
    again = FakeStem()
    resumed = made(labels, again, tmp_path / "killed")
    assert 0 < again.seen < len(straight.photo)
    np.testing.assert_array_equal(resumed.pooled, straight.pooled)
    whole = FakeStem()
    made(labels, whole, tmp_path / "killed")
    assert whole.seen == 0


def test_what_cannot_be_read_is_left_out_and_named(
    labels: list[Labelled], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    labels[-1].path.write_bytes(b"no photo")
    stems = made(labels, FakeStem(), tmp_path)
    assert len(labels) - 1 not in stems.photo
    assert len(stems.stem) == len(stems.photo) == len(stems.place)
    assert sum("is left out" in line for line in caplog.messages) == 1
    assert labels[-1].path.name in caplog.text


def test_a_folder_that_cannot_be_written_gets_a_sentence(
    labels: list[Labelled], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ConfigurationError, match="cannot be written"):
        made(labels, FakeStem(), tmp_path / "file")
