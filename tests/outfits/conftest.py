import pytest

from tests.support.databases import SqliteMaker, sqlite_maker  # noqa: F401  fixtures, by name


@pytest.fixture
async def url(sqlite_maker: SqliteMaker) -> str:  # noqa: F811  the fixture of that name
    return await sqlite_maker.migrated()
