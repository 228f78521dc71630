"""An operator's numbers, with an experiment under way, on loopback platforms."""

from datetime import date

import pytest

from core.ranking import Experiment, Ranking, Rankings
from tests.scenarios.discord import DiscordDriver, open_discord
from tests.scenarios.photos import garment
from tests.scenarios.telegram import TelegramDriver, open_telegram
from tests.scenarios.world import Clock, World

CHEAPER = Experiment(
    name="cheaper",
    setting="cheaper_first",
    a=Ranking(),
    b=Ranking(cheaper_first=True),
    first=date(2026, 5, 4),
    last=date(2026, 5, 10),
)
PLATFORMS = {"telegram": (open_telegram, TelegramDriver), "discord": (open_discord, DiscordDriver)}


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_an_operator_reads_the_numbers_and_the_experiment_and_nobody_else_does(
    platform: str, world: World, clock: Clock
) -> None:
    opened, driver = PLATFORMS[platform]
    world.rankings = Rankings(experiment=CHEAPER)
    async with opened(world) as house:
        olga, ann = driver(house), driver(house)
        world.operators.append(olga.name)
        await olga.restart()
        await ann.send_photos([garment("red", "dress")])
        clock.go(minutes=5)
        seen = await olga.send_command("stats", "", None)
        assert seen.texts[-1].splitlines()[0] == "Experiment cheaper, May 4, 2026 to May 10, 2026"
        halves = [line for line in seen.texts[-1].splitlines() if "people and groups: 1" in line]
        assert len(halves) == 1
        seen = await ann.send_command("stats", "", None)
        assert "xperiment" not in "\n".join(seen.texts)
        # The poll that was broken off by the restart is answered with a conflict.
        assert [one for one in house.server.refused if one.status != 409] == []
