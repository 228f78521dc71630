"""Worlds and people for tests; a conftest imports what it needs."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.bare import BareDriver
from tests.scenarios.world import Clock, World, open_world


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def empty_world(tmp_path: Path, clock: Clock) -> AsyncIterator[World]:
    async with open_world(tmp_path, clock=clock) as world:
        yield world


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state of a world with full shops, made once, to be copied."""
    directory = tmp_path_factory.mktemp("stocked")

    async def fill() -> None:
        async with open_world(directory) as world:
            await world.stock()

    asyncio.run(fill())
    return directory


@pytest.fixture
async def world(stocked: Path, tmp_path: Path, clock: Clock) -> AsyncIterator[World]:
    shutil.copytree(stocked, tmp_path, dirs_exist_ok=True)
    async with open_world(tmp_path, clock=clock) as world:
        yield world


@pytest.fixture
def ann(world: World) -> BareDriver:
    return BareDriver(world.conversation())
