"""A small crowd, for a few seconds; ``python -m tests.benchmarks crowd`` has the large one."""

import shutil
from pathlib import Path

from tests.scenarios.crowd import Crowd
from tests.support.discord_server import DiscordServer
from tests.support.telegram_server import TelegramServer

SPEED = 20


async def test_in_a_crowd_each_is_answered_once_whatever_fails(
    stocked: Path, tmp_path: Path
) -> None:
    shutil.copytree(stocked, tmp_path, dirs_exist_ok=True)
    async with TelegramServer(speed=SPEED) as telegram, DiscordServer() as discord:
        crowd = Crowd(
            telegram,
            discord,
            chats=24,
            seconds=3,
            gap_s=1.5,
            looks_s=0.5,
            trouble_every_s=0.5 / SPEED,
            throttled_every_s=1 / SPEED,
        )
        met = await crowd.run(tmp_path, speed=SPEED)
        # Conflicts are polls that a failure left open.
        assert [one for one in telegram.faults if one.status != 409] == []
        assert [one for one in discord.refused if one.status != 429] == []
    assert met.wrong == []
    assert len(met.waits) > 5
