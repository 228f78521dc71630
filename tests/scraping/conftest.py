from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.storage.catalogue import CatalogueStore
from core.storage.database import Database
from core.storage.pages import PageStore
from core.storage.pictures import PictureStore
from core.storage.runs import RunStore
from core.storage.sitemaps import SitemapStore
from core.storage.staging import StagingStore
from scraping.fetcher import Fetcher, open_fetcher
from scraping.pictures import PictureSource
from scraping.refresh import ShopRefresher
from tests.scraping.nights import Calendar
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


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def catalogue(database: Database, calendar: Calendar) -> CatalogueStore:
    return CatalogueStore(database, now=calendar)


@pytest.fixture
def runs(database: Database) -> RunStore:
    return RunStore(database)


@pytest.fixture
def refresher(
    database: Database, fetcher: Fetcher, calendar: Calendar, tmp_path: Path
) -> ShopRefresher:
    pictures = PictureSource(PictureStore(tmp_path / "pictures"), fetcher)
    return ShopRefresher(
        catalogue=CatalogueStore(database, now=calendar),
        pages=PageStore(database),
        sitemaps=SitemapStore(database, now=calendar),
        staging=StagingStore(database),
        runs=RunStore(database),
        fetcher=fetcher,
        pictures=pictures,
        now=calendar,
    )
