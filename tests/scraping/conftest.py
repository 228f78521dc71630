from collections.abc import AsyncIterator

import pytest

from core.storage.database import Database
from scraping.fetcher import Fetcher, open_fetcher
from tests.support.databases import SqliteMaker
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


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteMaker:
    return SqliteMaker(tmp_path_factory.mktemp("databases"))


@pytest.fixture
async def database(databases: SqliteMaker) -> AsyncIterator[Database]:
    async with Database.open(await databases.migrated()) as opened:
        yield opened
