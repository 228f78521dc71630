"""How `setup` tells what each platform's checks found."""

from argparse import Namespace
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.settings import DiscordSettings, Settings, TelegramSettings
from bot.setup import setup
from tests.e2e.process import free_port
from tests.support.discord_server import DiscordServer
from tests.support.telegram_server import TelegramServer

OPTIONS = Namespace(check=False, name=None)


@dataclass
class Platforms:
    telegram: TelegramServer
    discord: DiscordServer

    def settings(
        self, *, telegram_api: str | None = None, discord_api: str | None = None
    ) -> Settings:
        return Settings(
            telegram=TelegramSettings(
                token=SecretStr(self.telegram.token),
                api_base=telegram_api or self.telegram.api_base,
            ),
            discord=DiscordSettings(
                token=SecretStr(self.discord.token), api_base=discord_api or self.discord.api_base
            ),
        )


@pytest.fixture
async def platforms() -> AsyncIterator[Platforms]:
    async with TelegramServer() as telegram, DiscordServer() as discord:
        yield Platforms(telegram, discord)


async def test_what_is_to_mend_is_counted_and_said_below_its_line(
    platforms: Platforms, capsys: pytest.CaptureFixture[str]
) -> None:
    platforms.telegram.switches["can_join_groups"] = False
    assert await setup(platforms.settings(), OPTIONS) == 1
    told = capsys.readouterr().out
    assert "  to mend  groups: the bot cannot be added to any\n           Send @BotFather" in told
    assert told.endswith("\n1 thing is to mend.\n")


async def test_a_platform_that_is_away_keeps_no_other_from_its_turn(
    platforms: Platforms, capsys: pytest.CaptureFixture[str]
) -> None:
    nobody = f"http://127.0.0.1:{free_port()}/bot"
    assert await setup(platforms.settings(telegram_api=nobody), OPTIONS) == 1
    told = capsys.readouterr().out
    assert told.startswith("Telegram\n  to mend  connection:")
    assert "TWINSET_TELEGRAM_API_BASE" in told
    assert told.endswith("\n1 thing is to mend.\n")
    assert platforms.discord.world.commands


async def test_an_address_that_is_no_api_is_a_sentence(
    platforms: Platforms, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(text="<h1>Welcome</h1>", content_type="text/html")

    app = web.Application()
    app.router.add_get("/{any:.*}", page)
    async with TestServer(app) as elsewhere:
        given = platforms.settings(discord_api=str(elsewhere.make_url("/")))
        assert await setup(given, OPTIONS) == 1
    told = capsys.readouterr().out
    assert "TWINSET_DISCORD_API_BASE" in told
    assert told.endswith("\n1 thing is to mend.\n")
    assert "Traceback" not in caplog.text


async def test_no_secret_is_told_whatever_a_platform_says(
    platforms: Platforms, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = platforms.telegram.token
    platforms.telegram.fail("setMyDescription", status=400, description=f"Bad Request: {secret}")
    platforms.discord.rest.application["name"] = platforms.discord.token
    await setup(platforms.settings(), OPTIONS)
    told = capsys.readouterr().out
    assert "***" in told
    assert secret not in told
    assert platforms.discord.token not in told
