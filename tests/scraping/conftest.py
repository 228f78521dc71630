from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.storage.database import Database, database_url, migrate
from scraping.fetcher import Fetcher, open_fetcher
from tests.support.shop_world import ShopWorld, open_world


@pytest.fixture
async def world() -> AsyncIterator[ShopWorld]:
    async with open_world() as opened:
        yield opened


@pytest.fixture
async def fetcher(world: ShopWorld) -> AsyncIterator[Fetcher]:
    async with open_fetcher(
        contact="https://twinset.example/",
        local_origins=[world.origin],
        clock=world.clock,
        sleep=world.clock.sleep,
        total_s=2.0,
    ) as opened:
        yield opened


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = database_url(None, tmp_path / "state")
    await migrate(url)
    async with Database.open(url) as opened:
        yield opened
