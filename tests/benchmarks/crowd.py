"""500 chats for ten simulated minutes, with 429s, dropped connections, resumes and repeats."""

import asyncio
import tempfile
from pathlib import Path

from tests.benchmarks.bars import Bar, emit, say
from tests.scenarios.crowd import Crowd
from tests.scenarios.world import open_world
from tests.support.discord_server import DiscordServer
from tests.support.telegram_server import TelegramServer

_SPEED = 3.0
_CHATS = 500
_MINUTES = 10
_GAP_S = 200.0  # of Telegram's seconds, so that half of them stay within its thirty messages


async def main() -> None:
    """Measure and emit."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        async with open_world(directory) as world:
            await world.stock()
        async with TelegramServer(speed=_SPEED) as telegram, DiscordServer() as discord:
            say(f"{_CHATS} chats for {_MINUTES} minutes, {_SPEED:g} times as fast")
            crowd = Crowd(
                telegram,
                discord,
                chats=_CHATS,
                seconds=_MINUTES * 60 / _SPEED,
                gap_s=_GAP_S / _SPEED,
            )
            met = await crowd.run(directory, speed=_SPEED)
    for wrong in met.wrong[:20]:
        say(wrong)
    emit(
        [
            Bar(
                name="500 chats, answered otherwise than once",
                measured=len(met.wrong),
                sense="at most",
                limit=0,
                unit="",
                details={
                    "photos": len(met.waits),
                    "troubles": met.troubles,
                    "repeated updates": met.repeated,
                    "resumes": met.resumes,
                },
            ),
            Bar(
                name="500 chats, p99 of the median wait",
                measured=met.p99_s / met.median_s,
                sense="at most",
                limit=3,
                details={"median ms": 1000 * met.median_s, "p99 ms": 1000 * met.p99_s},
                bound="a failed call is made again after Telegram's or Discord's own wait",
            ),
            Bar(
                name="500 chats, the bot's memory in the second half of that in the first",
                measured=met.growth,
                sense="at most",
                limit=1.1,
                details={"first MB": met.memory_mb[0], "last MB": met.memory_mb[-1]},
            ),
        ]
    )


if __name__ == "__main__":
    asyncio.run(main())
