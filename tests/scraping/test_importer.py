"""``import``: once, again, after a kill, after a change."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import ShopError
from core.storage.catalogue import CatalogueStore
from core.storage.database import Database
from core.storage.pictures import PictureStore
from core.storage.vectors import VectorStore
from core.vision.embedder import Embedder, open_embedder
from core.vision.features import Features
from scraping.fetcher import Fetcher
from scraping.importer import Importer, slug
from scraping.pictures import PictureSource
from tests.support.colour_backbone import ColourBackbone
from tests.support.shop_world import ShopWorld, png

COUNT = 150


class CountingBackbone(ColourBackbone):
    """Counts the pictures it sees (those that only fill up a batch are white)."""

    def __init__(self) -> None:
        self.seen: list[bytes] = []

    def forward(self, pixels: NDArray[np.uint8]) -> Features:
        self.seen += [row[112, 112].tobytes() for row in pixels]
        return super().forward(pixels)


@pytest.fixture
def backbone() -> CountingBackbone:
    return CountingBackbone()


@pytest.fixture
async def embedder(backbone: CountingBackbone) -> AsyncIterator[Embedder]:
    async with open_embedder(lambda: backbone) as opened:
        yield opened


@pytest.fixture
def catalogue(database: Database) -> CatalogueStore:
    return CatalogueStore(database)


@pytest.fixture
def importer(database: Database, embedder: Embedder, fetcher: Fetcher, tmp_path: Path) -> Importer:
    return Importer(
        catalogue=CatalogueStore(database),
        vectors=VectorStore(database),
        pictures=PictureSource(PictureStore(tmp_path / "pictures"), fetcher),
        embedder=embedder,
        now=lambda: datetime.now(UTC),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return fill(tmp_path / "My Shop")


def shade(number: int) -> tuple[int, int, int]:
    return (number % 250, number // 2 % 250, 90)


def fill(folder: Path, *, without: int | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    lines = ["id,title,image"]
    for number in range(COUNT):
        path = folder / f"{number}.png"
        if not path.exists():
            path.write_bytes(png(shade(number)))
        if number != without:
            lines.append(f"{number},Dress {number},{number}.png")
    (folder / "products.csv").write_text("\n".join(lines))
    return folder


def own(backbone: CountingBackbone) -> list[bytes]:
    shades = {bytes(shade(number)) for number in range(COUNT)}
    return [pixel for pixel in backbone.seen if pixel in shades]


async def test_a_folder_becomes_a_shop(
    importer: Importer, folder: Path, catalogue: CatalogueStore
) -> None:
    progress: list[tuple[int, int]] = []
    report = await importer.run(folder, on_progress=lambda *done: progress.append(done))
    assert report.shops == ("my-shop",)
    assert report.products == report.saved.new == report.pictures == report.embedded == COUNT
    assert report.skipped == ()
    assert progress[0] == (0, COUNT)
    assert progress[-1] == (COUNT, COUNT)
    assert (await catalogue.counts()).products == COUNT
    assert [(shop.name, shop.title) for shop in await catalogue.shops()] == [("my-shop", "My Shop")]


async def test_a_second_import_has_nothing_to_do(
    importer: Importer, folder: Path, backbone: CountingBackbone
) -> None:
    await importer.run(folder)
    report = await importer.run(folder)
    assert report.saved.unchanged == COUNT
    assert report.pictures == report.embedded == 0
    assert len(own(backbone)) == COUNT


async def test_after_a_kill_it_goes_on_and_embeds_nothing_twice(
    importer: Importer, folder: Path, backbone: CountingBackbone, catalogue: CatalogueStore
) -> None:
    enough = asyncio.Event()

    def watch(done: int, _total: int) -> None:
        if done >= COUNT - 20:
            enough.set()

    task = asyncio.create_task(importer.run(folder, on_progress=watch))
    await enough.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    before = len(own(backbone)) + backbone.batch_sizes[-1]  # one batch may still be running
    report = await importer.run(folder)
    assert 0 < report.embedded < COUNT
    assert len(own(backbone)) <= before + report.embedded
    assert (await catalogue.counts()).products == COUNT


async def test_what_the_table_no_longer_has_is_gone_at_once(
    importer: Importer, folder: Path, catalogue: CatalogueStore
) -> None:
    await importer.run(folder)
    report = await importer.run(fill(folder, without=7))
    assert report.gone == 1
    assert (await catalogue.counts()).products == COUNT - 1
    report = await importer.run(fill(folder))
    assert (report.gone, report.embedded) == (0, 0)
    assert (await catalogue.counts()).products == COUNT


async def test_a_broken_picture_is_reported_by_line_and_taken_when_mended(
    importer: Importer, folder: Path, catalogue: CatalogueStore
) -> None:
    good = (folder / "3.png").read_bytes()
    (folder / "3.png").write_bytes(good[:40])
    (folder / "4.png").write_bytes(b"not a picture")
    report = await importer.run(folder)
    assert [bad.line for bad in report.skipped] == [5, 6]
    assert report.embedded == COUNT - 2
    (folder / "3.png").write_bytes(good)
    report = await importer.run(folder)
    assert (report.embedded, report.skipped) == (1, ())
    assert (await catalogue.counts()).products == COUNT - 1


async def test_a_picture_used_twice_is_embedded_once(
    importer: Importer, folder: Path, backbone: CountingBackbone
) -> None:
    (folder / "3.png").write_bytes((folder / "4.png").read_bytes())
    report = await importer.run(folder)
    assert (report.pictures, report.embedded) == (COUNT, COUNT - 1)
    assert own(backbone).count(bytes(shade(4))) == 1


async def test_pictures_may_lie_on_the_web(
    importer: Importer, tmp_path: Path, world: ShopWorld, catalogue: CatalogueStore
) -> None:
    world.stock(2)
    (tmp_path / "web.csv").write_text(
        "title,image url,shop\n"
        f"A,{world.url}pictures/thing-0.png,First\n"
        f"B,{world.url}pictures/thing-1.png,Second\n"
        f"C,{world.url}pictures/none.png,Second\n"
    )
    report = await importer.run(tmp_path / "web.csv")
    assert report.shops == ("first", "second")
    assert [bad.line for bad in report.skipped] == [4]
    assert (await catalogue.counts()).shops == 2


async def test_a_table_of_nothing_usable_changes_nothing(
    importer: Importer, folder: Path, catalogue: CatalogueStore
) -> None:
    await importer.run(folder)
    (folder / "products.csv").write_text("id,title,image\n1,A,none.png\n")
    with pytest.raises(ShopError, match="no picture"):
        await importer.run(folder)
    assert (await catalogue.counts()).products == COUNT


@pytest.mark.parametrize(
    ("title", "name"), [("My Shop!", "my-shop"), ("Élan & Söhne", "elan-sohne"), ("服", "shop")]
)
def test_a_shop_is_named_by_plain_letters(title: str, name: str) -> None:
    assert slug(title) == name
