"""What plain ResNet-50 makes of photos: a row each, kept and never made twice."""

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from core.errors import ConfigurationError
from core.training.labels import Labelled, read_labels
from core.training.plain import Plain, plain_of


class FakeNetwork:
    """A network with ``PLAIN``'s outputs, each full of the picture's mean."""

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
        return {
            name: np.broadcast_to(means[:, None], (len(pixels), size))
            for name, size in {"pooled": 2048, "logits": 1000}.items()
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


def made(labels: list[Labelled], network: FakeNetwork, folder: Path) -> Plain:
    return plain_of(labels, network, name="fake", cache_dir=folder)


def test_each_photo_has_a_row_of_its_own(labels: list[Labelled], tmp_path: Path) -> None:
    plain = made(labels, FakeNetwork(), tmp_path)
    assert plain.pooled.shape == (len(labels), 2048)
    assert plain.logits.shape == (len(labels), 1000)
    for photo, pooled in zip(labels, plain.pooled, strict=True):
        with Image.open(photo.path) as image:
            grey = image.getpixel((15, 20))[0]
        # 168 columns of 224 are the picture, the rest is white.
        assert pooled[0] == pytest.approx(0.75 * grey + 0.25 * 255, abs=1)


def test_a_killed_run_goes_on_where_it_was(labels: list[Labelled], tmp_path: Path) -> None:
    straight = made(labels, FakeNetwork(), tmp_path / "straight")
    network = FakeNetwork()
    network.dies_after = 20
    with pytest.raises(KeyboardInterrupt):
        made(labels, network, tmp_path / "killed")
    again = FakeNetwork()
    resumed = made(labels, again, tmp_path / "killed")
    assert 0 < again.seen < len(labels)
    np.testing.assert_array_equal(resumed.pooled, straight.pooled)
    whole = FakeNetwork()
    made(labels, whole, tmp_path / "killed")
    assert whole.seen == 0


def test_what_cannot_be_read_is_left_out_and_named(
    labels: list[Labelled], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    labels[-1].path.write_bytes(b"no photo")
    plain = made(labels, FakeNetwork(), tmp_path)
    assert plain.readable.tolist() == [True] * (len(labels) - 1) + [False]
    assert sum("is left out" in line for line in caplog.messages) == 1
    assert labels[-1].path.name in caplog.text


def test_a_folder_that_cannot_be_written_gets_a_sentence(
    labels: list[Labelled], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ConfigurationError, match="cannot be written"):
        made(labels, FakeNetwork(), tmp_path / "file")
