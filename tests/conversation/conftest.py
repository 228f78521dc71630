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


@pytest.fixture
async def world(empty_world: World) -> World:
    await empty_world.stock()
    return empty_world


@pytest.fixture
def ann(world: World) -> BareDriver:
    return BareDriver(world.conversation())
