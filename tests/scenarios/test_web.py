"""Every scenario, held with the chat page's routes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.scenarios.conversations import SCENARIOS
from tests.scenarios.running import copied_world
from tests.scenarios.scenario import Scenario, play
from tests.scenarios.web import WebHouse, open_visit, open_web

pytestmark = pytest.mark.asyncio(loop_scope="module")

_ABILITIES = frozenset({"album"})


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(stocked: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[WebHouse]:
    directory = tmp_path_factory.mktemp("web")
    async with copied_world(stocked, directory) as world, open_web(world) as house:
        yield house


@pytest.mark.parametrize(
    "scenario",
    [scenario for scenario in SCENARIOS if scenario.needs <= _ABILITIES],
    ids=lambda scenario: scenario.name,
)
async def test_the_page_holds(scenario: Scenario, house: WebHouse) -> None:
    async with open_visit(house) as driver:
        assert driver.abilities == _ABILITIES
        await play(scenario, driver)
