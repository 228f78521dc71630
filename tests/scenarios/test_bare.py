"""Every scenario, held with the conversation itself."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.conversation import Conversation
from bot.conversation.messages import Sender
from tests.scenarios.bare import BareDriver
from tests.scenarios.bazaar import open_bazaar
from tests.scenarios.conversations import ADMIN, GROUP, SCENARIOS
from tests.scenarios.scenario import Scenario, play
from tests.scenarios.world import World


async def runs_it() -> bool:
    return True


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
async def test_the_conversation_holds(scenario: Scenario, world: World, tmp_path: Path) -> None:
    async def reborn() -> Conversation:
        return world.conversation()

    sender = None
    if scenario.needs >= GROUP:
        sender = Sender(platform="bare", person_id="ann", chat_id="friends", is_group=True)
        if scenario.needs >= ADMIN:
            sender = replace(sender, is_admin=runs_it)
    async with open_bazaar(world, tmp_path):
        await play(scenario, BareDriver(world.conversation(), sender=sender, reborn=reborn))
