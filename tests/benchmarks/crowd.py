"""500 chats for ten minutes, with 429s, dropped connections, resumes and repeats.

By the platforms' own seconds and with the bot as it is tuned when shipped, so it takes ten minutes.
Each call to them takes a round trip, as over the internet; what people send is recognised by the
tests' own small network. Beside the folder of photos, which it does not need, it takes how many
seconds lie between two things that one of them does, with 35 of which Telegram is asked for more
than it takes, and how many between two 429s.
"""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

from tests.benchmarks.bars import Bar, emit, say
from tests.scenarios.crowd import Crowd
from tests.scenarios.world import open_world
from tests.support.discord_server import DiscordServer
from tests.support.telegram_server import TelegramServer

_CHATS = 500
_MINUTES = 10
# Half of the people together stay within Telegram's thirty messages a second, and each within what
# a chat may get, ten in ten seconds.
_GAP_S = 120.0
_LOOKS_S = 20.0
_TROUBLE_EVERY_S = 1.0
# Fewer than one photo in a hundred meets a 429, as its two seconds are longer than any answer.
_THROTTLED_EVERY_S = 60.0
_ROUND_TRIP_S = 0.05


async def main(gap_s: float = _GAP_S, throttled_every_s: float = _THROTTLED_EVERY_S) -> None:
    """Measure and emit."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        async with open_world(directory) as world:
            await world.stock()
        async with TelegramServer() as telegram, DiscordServer() as discord:
            telegram.round_trip_s = discord.rest.round_trip_s = _ROUND_TRIP_S
            say(f"{_CHATS} chats for {_MINUTES} minutes")
            crowd = Crowd(
                telegram,
                discord,
                chats=_CHATS,
                seconds=_MINUTES * 60,
                gap_s=gap_s,
                looks_s=_LOOKS_S,
                trouble_every_s=_TROUBLE_EVERY_S,
                throttled_every_s=throttled_every_s,
            )
            met = await crowd.run(directory)
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
                    "429s": met.throttled,
                    "repeated updates": met.repeated,
                    "resumes": met.resumes,
                },
            ),
            _waited("500 chats, p99 of the median wait", met.waits),
            _waited("the same without the waits that they tell the bot", met.own_waits),
            Bar(
                name="500 chats, the bot's memory in the second half of that in the first",
                measured=met.growth,
                sense="at most",
                limit=1.1,
                details={"first MB": met.memory_mb[0], "last MB": met.memory_mb[-1]},
            ),
        ]
    )


def _waited(name: str, waits: Sequence[float]) -> Bar:
    middle, most = median(waits), quantiles(waits, n=100)[98]
    return Bar(
        name=name,
        measured=most / middle,
        sense="at most",
        limit=3,
        details={"median ms": 1000 * middle, "p99 ms": 1000 * most},
        bound="a failed call is made again after Telegram's or Discord's own wait",
    )


if __name__ == "__main__":
    asyncio.run(main(*map(float, sys.argv[2:4])))
