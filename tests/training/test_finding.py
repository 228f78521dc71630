"""Finding garments: the scenes that it is learned from, and that it is learned."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from core.errors import ConfigurationError
from core.training.judging import SeenWorn, judge_worn
from core.training.labels import Labelled, Part, Photos, Worn, read_worn
from core.training.maps import SceneMaps, maps_of
from core.training.scenes import Scenes
from core.vision.regions import Region, found
from core.words import families

RED = (200, 20, 20)
FAMILIES = families()
TOP, BAG = FAMILIES.index("top"), FAMILIES.index("bag")


def street(folder: Path, count: int = 12) -> list[Worn]:
    """Grey streets, in each a red shirt."""
    photos = []
    for number in range(count):
        image = Image.new("RGB", (160, 240), (120, 120, 120))
        ImageDraw.Draw(image).rectangle((40, 60, 119, 159), fill=RED)
        path = folder / f"{number}.png"
        image.save(path)
        photos.append(Worn(path=path, boxes=((40, 60, 120, 160),), kinds=("shirt",), shares=(0.2,)))
    return photos


def cut_outs(folder: Path, count: int = 12) -> list[Labelled]:
    """Red bags on white."""
    photos = []
    for number in range(count):
        image = Image.new("RGB", (120, 160), "white")
        ImageDraw.Draw(image).rectangle((20, 40, 99, 119), fill=RED)
        path = folder / f"bag{number}.png"
        image.save(path)
        photos.append(
            Labelled(path=path, source=f"bag {number}", kinds=frozenset({"Handbags"}), large=True)
        )
    return photos


def red_box(pixels: np.ndarray) -> list[int]:
    """Around what is red in any light."""
    red, green, blue = (pixels[..., channel].astype(int) for channel in range(3))
    rows, columns = np.nonzero((red > 60) & (red > 2 * green) & (red > 2 * blue))
    return [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]


def test_boxes_stay_with_their_garments_in_every_view(tmp_path: Path) -> None:
    scenes = Scenes(Photos(labels=[], worn=street(tmp_path)), families=FAMILIES, seed=1)
    near = []
    for number in range(0, len(scenes), 3):
        scene = scenes[number]
        if len(scene.boxes):
            near.append(np.abs(scene.boxes[0] - red_box(scene.pixels)).max() < 6)
            assert scene.families.tolist() == [TOP]
    assert len(near) > 20
    assert np.mean(near) > 0.9  # a few stand on a ground that is red itself


def test_cut_outs_lie_where_their_boxes_say(tmp_path: Path) -> None:
    scenes = Scenes(Photos(labels=cut_outs(tmp_path)), families=FAMILIES, seed=1)
    drawn = [scenes[number] for number in range(len(scenes))]
    alone = [scene for scene in drawn if len(scene.boxes) == 1]
    assert len(alone) > 10
    for scene in alone:
        np.testing.assert_allclose(scene.boxes[0], red_box(scene.pixels), atol=12)
        assert scene.families.tolist() == [BAG]


def test_a_scene_is_the_same_each_time(tmp_path: Path) -> None:
    photos = Photos(labels=cut_outs(tmp_path), worn=street(tmp_path))
    first, again = (Scenes(photos, families=FAMILIES, seed=1) for _ in range(2))
    for number in (1, 30, len(first) - 1):
        np.testing.assert_array_equal(first[number].pixels, again[number].pixels)


def test_nothing_that_judges_is_learned_from(tmp_path: Path) -> None:
    photos = Photos(labels=cut_outs(tmp_path), worn=street(tmp_path))
    kept_out = photos.among({Part.TUNING, Part.JUDGING})
    assert kept_out.labels
    assert kept_out.worn
    assert len(Scenes(kept_out, families=FAMILIES, seed=1)) == 0


class FakeNetwork:
    """Says in conv4's first channel where it is red; notes how much it was asked."""

    batch_sizes = (1, 4)
    streams = 1

    def __init__(self) -> None:
        self.seen = 0

    def run(self, pixels: np.ndarray) -> dict[str, np.ndarray]:
        self.seen += len(pixels)
        red = ((pixels[..., 0] > 60) & (pixels[..., 0] > 2.0 * pixels[..., 1])).astype(np.float32)
        conv4 = np.zeros((len(pixels), 14, 14, 1024), np.float32)
        conv4[..., 0] = 4 * red.reshape(-1, 14, 16, 14, 16).mean(axis=(2, 4))
        return {"conv4": conv4, "cells": np.zeros((len(pixels), 7, 7, 2048), np.float32)}


def test_maps_are_kept_and_what_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    worn = street(tmp_path)
    scenes = Scenes(Photos(labels=[], worn=worn), families=FAMILIES, seed=1)
    next(photo for photo in worn if photo.part is Part.LEARNING).path.write_bytes(b"broken")
    network = FakeNetwork()
    maps = maps_of(scenes, network, folder=tmp_path / "maps")
    assert len(maps.conv4) == len(scenes) - 24  # the views of one photo
    assert network.seen >= len(maps.conv4)
    asked = network.seen
    again = maps_of(scenes, network, folder=tmp_path / "maps")
    assert network.seen == asked
    np.testing.assert_array_equal(again.conv4, maps.conv4)


def test_maps_need_a_folder_that_can_be_written(tmp_path: Path) -> None:
    scenes = Scenes(Photos(labels=[], worn=street(tmp_path)), families=FAMILIES, seed=1)
    (tmp_path / "maps").write_text("in the way")
    with pytest.raises(ConfigurationError, match="cannot be written"):
        maps_of(scenes, FakeNetwork(), folder=tmp_path / "maps")


def planted(count: int) -> SceneMaps:
    """One garment of the first family a scene: where the first channel is high."""
    rng = np.random.default_rng(2)
    conv4 = rng.random((count, 14, 14, 1024)).astype(np.float16) * np.float16(0.1)
    boxes = np.full((count, 4, 5), -1, np.float32)
    for row in range(count):
        left, top = rng.integers(1, 5, 2)
        width, height = rng.integers(4, 8, 2)
        conv4[row, top : top + height, left : left + width, :40] += 1
        boxes[row, 0] = [16 * left, 16 * top, 16 * (left + width), 16 * (top + height), 0]
    return SceneMaps(conv4, np.zeros((count, 7, 7, 2048), np.float16), boxes)


def test_it_learns_and_a_killed_run_ends_as_a_straight_one(tmp_path: Path) -> None:
    from core.training.finder import Finder, FinderOptions  # noqa: PLC0415 - imports TensorFlow
    from core.vision.tensorflow_runtime import found_in  # noqa: PLC0415 - likewise

    maps = planted(32)
    options = FinderOptions(steps=120, batch=8, width=16, rate=1e-2, dropout=0.05, seed=3)

    def finder(folder: str, **more: object) -> Finder:
        return Finder(maps, ("top", "bag"), options=options, folder=tmp_path / folder, **more)

    straight = finder("straight")
    straight.run()
    finder("killed").run(until=60)
    resumed = finder("killed")
    assert resumed.step == 60
    resumed.run()
    after, again = straight.learned(), resumed.learned()
    for name, values in after.items():
        np.testing.assert_allclose(again[name], values, atol=0.05)

    unseen = planted(40)
    scores = found_in(
        unseen.conv4[32:].astype(np.float32), unseen.cells[32:].astype(np.float32), [after]
    ).numpy()
    right = 0
    for row, box in zip(scores, unseen.boxes[32:, 0, :4], strict=True):
        boxes, kinds, _ = found(row)
        if len(boxes):
            right += kinds[0] == 0 and np.abs(boxes[0] - box).max() < 24
    assert right >= 4  # by chance, none

    begun = finder("begun", start=after).learned()
    np.testing.assert_array_equal(begun["out/kernel"], after["out/kernel"])

    def said(learned: dict[str, np.ndarray]) -> np.ndarray:
        inputs = (some.astype(np.float32) for some in (unseen.conv4, unseen.cells))
        return 1 / (1 + np.exp(-found_in(*inputs, [learned]).numpy()[..., 0].ravel()))

    backwards = dict(after)  # a teacher that takes each family for the other
    for part in ("out/kernel", "out/bias"):
        backwards[part] = np.roll(after[part], 6, axis=-1)
    pupil = finder("pupil", teachers=[backwards])
    pupil.run()
    as_told, as_drawn = (
        np.corrcoef(said(pupil.learned()), said(one))[0, 1] for one in (backwards, after)
    )
    assert as_told > as_drawn + 0.1


def test_street_labels_are_read_a_garment_a_line(tmp_path: Path) -> None:
    assert read_worn(tmp_path) == []
    (tmp_path / "street").mkdir()
    table = tmp_path / "street" / "labels.csv"
    head = "image,id,label,x0,y0,x1,y1,area_frac\n"
    table.write_text(head + "a.jpg,a,coat,1,2,30,40,0.2\na.jpg,a,bag,5,6,9,9,0.01\n")
    (photo,) = read_worn(tmp_path)
    assert photo.path.name == "a.jpg"
    assert photo.kinds == ("coat", "bag")
    assert photo.boxes[0] == (1, 2, 30, 40)
    table.write_text(head + "a.jpg,a,coat,one,2,30,40,0.2\n")
    with pytest.raises(ConfigurationError, match=r"labels\.csv cannot be read"):
        read_worn(tmp_path)


def region(family: str, box: tuple[float, float, float, float], sure: float = 0.9) -> Region:
    return Region(box=box, share=0.1, family=family, sure=sure, embedding=np.ones(1), readings={})


def test_a_garment_counts_once_and_only_in_its_family(tmp_path: Path) -> None:
    worn = Worn(
        path=tmp_path / "a.jpg",
        boxes=((0, 0, 50, 50), (50, 50, 100, 100), (0, 90, 10, 100)),
        kinds=("shirt", "jeans", "bag"),
        shares=(0.2, 0.2, 0.01),  # the bag is too small to be asked for
    )
    regions = [
        region("top", (0, 0, 0.5, 0.5)),
        region("top", (0, 0, 0.5, 0.45), sure=0.5),  # the same again
        region("skirt", (0.5, 0.5, 1, 1)),
        region("bag", (0, 0.9, 0.1, 1)),
    ]
    figures = judge_worn([SeenWorn(worn, (100, 100), regions)])
    there = figures["street: garments found in their family"]
    right = figures["street: garments reported that are there"]
    assert (there.share, there.count) == (0.5, 2)
    assert (right.share, right.count) == (0.5, 4)
