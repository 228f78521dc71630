"""Every scenario, held on Telegram."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.scenarios.conversations import ADMIN, GROUP, SCENARIOS
from tests.scenarios.running import copied_world
from tests.scenarios.scenario import Scenario, play
from tests.scenarios.telegram import TelegramDriver, TelegramHouse, open_telegram

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(
    stocked: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[TelegramHouse]:
    directory = tmp_path_factory.mktemp("telegram")
    async with copied_world(stocked, directory) as world, open_telegram(world) as house:
        yield house


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
async def test_telegram_holds(scenario: Scenario, house: TelegramHouse) -> None:
    driver = TelegramDriver(
        house, in_group=scenario.needs >= GROUP, is_admin=scenario.needs >= ADMIN
    )
    assert scenario.needs <= driver.abilities
    await play(scenario, driver)
    assert house.server.refused == []
