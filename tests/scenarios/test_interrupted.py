"""A killed bot apologises after its restart for what was under way; nothing is answered twice."""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from core.storage.begun import BegunStore
from core.storage.database import Database, database_url
from tests.scenarios.photos import garment
from tests.support.discord_server import DiscordServer
from tests.support.english import texts
from tests.support.telegram_server import TelegramServer
from tests.telegram.conftest import SPEED

PROJECT = Path(__file__).parents[2]
DRESS, BAG = garment("red", "dress", shift=2), garment("navy", "bag")


@asynccontextmanager
async def running(
    directory: Path, telegram: TelegramServer, discord: DiscordServer
) -> AsyncIterator[None]:
    """The bot in a process of its own, killed at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.scenarios.killable", str(directory)),
        *(telegram.root, discord.api_base, discord.gateway, str(SPEED)),
        cwd=PROJECT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout
        async with asyncio.timeout(60):
            assert await process.stdout.readline() == b"ready\n"
        yield
    finally:
        process.kill()
        await process.wait()


async def test_killed_at_any_step_it_apologises_once_and_answers_nothing_twice(
    stocked: Path, tmp_path: Path
) -> None:
    shutil.copytree(stocked, tmp_path, dirs_exist_ok=True)
    async with TelegramServer(speed=SPEED) as telegram, DiscordServer() as discord:
        done, loading, drawing, album, words = (telegram.private() for _ in range(5))
        ann, bob = discord.person(), discord.person()
        async with running(tmp_path, telegram, discord):
            await discord.connected()
            await done.send_photo(DRESS)
            await done.got(6)
            telegram.fail("download", delay_s=60)
            await loading.send_photo(DRESS)
            await telegram.until(lambda: not telegram.failures)
            await drawing.send_photo(BAG)
            await drawing.send_text("and now?")
            telegram.fail("sendMediaGroup", chat_id=album.id, delay_s=60)
            telegram.fail("sendMessage", chat_id=words.id, delay_s=60)
            for chat in (album, words):
                await chat.send_photo(DRESS)
            await telegram.until(lambda: not telegram.failures)
            thinking = await ann.slash("similar", photo=BAG)
            await thinking.acknowledged()
            asked = await bob.dm(photo=BAG)
            await discord.until(lambda: len(discord.downloads) == 2)
            await telegram.until(lambda: "upload_photo" in drawing.actions)
            await asyncio.sleep(0.2)
        cut = (loading, drawing, album, words)
        assert [len(chat.received) for chat in (done, *cut)] == [6, 0, 0, 0, 5]
        async with running(tmp_path, telegram, discord):
            for chat, before in zip(cut, (0, 0, 0, 5), strict=True):
                await chat.got(before + 1)
                assert chat.received[-1].text.plain == texts.INTERRUPTED
            assert (await thinking.reply()).text == texts.INTERRUPTED
            [apology] = await bob.sees()
            assert apology.text == texts.INTERRUPTED
            assert apology.payload["message_reference"]["message_id"] == int(asked["id"])
            await loading.send_photo(DRESS)
            await loading.got(7)
        assert [len(chat.received) for chat in (done, *cut)] == [6, 7, 1, 1, 6]
        assert (len(thinking.messages), len(bob.received)) == (1, 1)
        # The poll of a killed bot is still open when its successor polls.
        assert [fault for fault in telegram.faults if fault.status != 409] == []
        assert discord.refused == []
    async with Database.open(database_url(None, tmp_path)) as database:
        begun = BegunStore(database)
        assert await begun.left("discord") == []
