"""The demo shop on a free loopback port, and a client for it."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from data.demo_shop.catalogue import DemoCatalogue
from data.demo_shop.site import serve


@pytest.fixture
def catalogue() -> DemoCatalogue:
    return DemoCatalogue()


@pytest.fixture
async def shop() -> AsyncIterator[str]:
    async with serve(0) as base_url:
        yield base_url


@pytest.fixture
async def client() -> AsyncIterator[ClientSession]:
    async with ClientSession(auto_decompress=True) as session:
        yield session
