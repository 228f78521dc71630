"""The conversation on Telegram and Discord, in a process that may be killed.

``python -m tests.scenarios.killable DIRECTORY TELEGRAM DISCORD GATEWAY [SPEED]``: the world's
directory, the servers' addresses, and how much shorter Telegram's seconds are there; without that
it is as patient as the bot that is shipped. It says "ready" and runs until it is ended.
"""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot.conversation.unfinished import Unfinished
from bot.discord.adapter import DiscordBot
from bot.settings import DiscordSettings, TelegramSettings
from bot.telegram.adapter import TelegramBot, Tuning
from core.catalogue import Match
from core.storage.begun import BegunStore
from tests.scenarios.running import Drawn
from tests.scenarios.telegram import tuning
from tests.scenarios.world import open_world

SETTLE_S = 0.3


@dataclass(frozen=True, slots=True)
class Stuck:
    """Pictures that never come for bags, so that such an answer is under way for ever."""

    drawn: Drawn

    async def jpeg(self, match: Match) -> bytes | None:
        if match.product.kind == "bag":
            await asyncio.Event().wait()
        return await self.drawn.jpeg(match)


async def main(
    directory: Path, telegram: str, discord: str, gateway: str, speed: str | None = None
) -> None:
    telegram_tuning = (
        tuning(float(speed), request_s=60, start_s=20, drain_s=SETTLE_S) if speed else Tuning()
    )
    async with open_world(directory) as world:
        journal = Unfinished(BegunStore(world.database), now=world.clock)
        conversation, pictures = world.conversation(), Stuck(Drawn(world))
        async with (
            TelegramBot(
                TelegramSettings(
                    token=SecretStr("4242:a-token-of-nobody"),
                    api_base=f"{telegram}/bot",
                    file_base=f"{telegram}/file/bot",
                ),
                conversation,
                pictures,
                journal=journal,
                tuning=telegram_tuning,
            ),
            DiscordBot(
                DiscordSettings(
                    token=SecretStr("discord-token"), api_base=discord, gateway=gateway
                ),
                conversation,
                pictures,
                journal=journal,
                drain_s=SETTLE_S,
            ),
        ):
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), *sys.argv[2:]))
