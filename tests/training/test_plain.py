"""Photos opened, and what plain ResNet-50 makes of them: a row each, kept, never made twice."""

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from core.errors import ConfigurationError
from core.photos import open_photo
from core.training.aims import Aims
from core.training.labels import Labelled, read_labels
from core.training.opened import Opened, open_all
from core.training.plain import Plain, plain_of


class FakeNetwork:
    """One whose outputs are full of each picture's mean."""

    def __init__(self) -> None:
        self.seen = 0
        self.dies_after = 10**9

    def plain(self, pixels: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        self.seen += 1
        if self.seen > self.dies_after:
            raise KeyboardInterrupt
        means = pixels.mean(axis=(1, 2, 3), dtype=np.float32)
        return {
            name: np.broadcast_to(means[:, None], (len(pixels), size))
            for name, size in {"pooled": 2048, "logits": 1000}.items()
        }


@pytest.fixture
def labels(tmp_path: Path) -> list[Labelled]:
    """Seventy products, a few with a large photo, and ten people's own photos."""
    photos = tmp_path / "photos"
    for folder, fields, count in (
        ("shop", ["image", "id", "gender", "articleType", "baseColour", "image_large"], 70),
        ("own", ["image", "id", "label", "kids", "sender"], 10),
    ):
        (photos / folder).mkdir(parents=True)
        with (photos / folder / "labels.csv").open("w", newline="") as file:
            table = csv.writer(file)
            table.writerow(fields)
            for number in range(count):
                grey = Image.new("L", (30, 40), 40 + 2 * number).convert("RGB")
                grey.save(photos / folder / f"{number}.png")
                name = f"{number}.png"
                table.writerow(
                    [name, number, "Men", "Shirts", "Red", name if number < 4 else ""]
                    if folder == "shop"
                    else [name, number, "Shirt", "False", f"s{number}"]
                )
    return read_labels(photos)


def made(labels: list[Labelled], network: FakeNetwork, folder: Path) -> tuple[Opened, Plain]:
    opened = open_all(labels, cache_dir=folder)
    return opened, plain_of(opened, network, name="fake")


def test_each_photo_has_a_row_of_its_own(labels: list[Labelled], tmp_path: Path) -> None:
    opened, plain = made(labels, FakeNetwork(), tmp_path)
    assert opened.sizes.tolist() == [[30, 40]] * len(labels)
    assert opened.readable.all()
    assert plain.pooled.shape == (len(labels), 2048)
    assert plain.logits.shape == (len(labels), 1000)
    for photo, pixels, pooled in zip(labels, opened.pixels, plain.pooled, strict=True):
        np.testing.assert_array_equal(pixels, open_photo(photo.path.read_bytes()).pixels)
        assert pooled[0] == pytest.approx(pixels.mean(), abs=1)


def test_a_killed_run_goes_on_where_it_was(labels: list[Labelled], tmp_path: Path) -> None:
    straight = made(labels, FakeNetwork(), tmp_path / "straight")[1]
    network = FakeNetwork()
    network.dies_after = 1
    with pytest.raises(KeyboardInterrupt):
        made(labels, network, tmp_path / "killed")
    again = FakeNetwork()
    resumed = made(labels, again, tmp_path / "killed")[1]
    assert again.seen == 1  # the second of two batches
    np.testing.assert_array_equal(resumed.pooled, straight.pooled)
    whole = FakeNetwork()
    made(labels, whole, tmp_path / "killed")
    assert whole.seen == 0


def test_what_cannot_be_read_is_left_out_and_named(
    labels: list[Labelled], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    labels[-1].path.write_bytes(b"no photo")
    opened, _ = made(labels, FakeNetwork(), tmp_path)
    assert opened.readable.tolist() == [True] * (len(labels) - 1) + [False]
    assert sum("is left out" in line for line in caplog.messages) == 1
    assert labels[-1].path.name in caplog.text
    aims = Aims(labels, opened.readable)
    drawn = aims.draw(np.random.default_rng(0), 200, own_share=0.5)
    assert len(labels) - 1 not in drawn


def test_a_folder_that_cannot_be_written_gets_a_sentence(
    labels: list[Labelled], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ConfigurationError, match="cannot be written"):
        made(labels, FakeNetwork(), tmp_path / "file")
