"""Product pictures: kept, or fetched again."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.catalogue import Availability, Product
from core.errors import FetchFailed, FetchRefused
from core.storage.pictures import PictureStore
from scraping.fetcher import Fetcher
from scraping.pictures import PictureSource, file_url, read_file_url
from tests.support.shop_world import ShopWorld, png, status


def product(picture: str | None, picture_url: str | None) -> Product:
    return Product(
        id=1, shop="s", shop_title="S", key="k", title="T", url=None, brand=None, kind=None,
        colour=None, gender=None, price=None, availability=Availability.UNKNOWN,
        checked_at=datetime.now(UTC), picture=picture, picture_url=picture_url,
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> PictureStore:
    return PictureStore(tmp_path / "pictures")


@pytest.fixture
def source(store: PictureStore, fetcher: Fetcher) -> PictureSource:
    return PictureSource(store, fetcher)


async def test_a_kept_picture_is_not_fetched(
    world: ShopWorld, store: PictureStore, source: PictureSource
) -> None:
    kept = store.put(png((1, 2, 3)))
    assert await source.original(product(kept, f"{world.url}pictures/x.png")) == png((1, 2, 3))
    assert world.asked == []


async def test_a_lost_picture_is_fetched_once_and_kept(
    world: ShopWorld, source: PictureSource
) -> None:
    world.stock(1)
    data, content = await source.fetch(f"{world.url}pictures/thing-0.png")
    lost = product("0" * 64, f"{world.url}pictures/thing-0.png")
    assert await source.original(lost) == data
    assert await source.stored(content) == data


async def test_an_imported_picture_is_read_from_its_file(
    tmp_path: Path, source: PictureSource
) -> None:
    path = tmp_path / "ä #1.png"
    path.write_bytes(png((1, 2, 3)))
    assert await source.original(product(None, file_url(path))) == path.read_bytes()


async def test_no_picture_to_be_had_is_none(world: ShopWorld, source: PictureSource) -> None:
    world.fail("/pictures/a.png", status(500), times=9)
    for url in (None, f"{world.url}pictures/a.png", "file:///nowhere/b.png", "http://10.0.0.1/c"):
        assert await source.original(product(None, url)) is None


def test_a_file_too_large_is_refused_and_a_missing_one_has_failed(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(FetchRefused):
        read_file_url(file_url(path))
    with pytest.raises(FetchFailed):
        read_file_url(path.with_name("none.png").as_uri())
