"""`setup`, as somebody types it."""

from pathlib import Path

from tests.e2e.process import command, environment
from tests.support.discord_server import DiscordServer
from tests.support.telegram_server import TelegramServer


async def test_one_command_sets_up_both_platforms_and_looks_first_when_asked(
    tmp_path: Path,
) -> None:
    async with TelegramServer() as telegram, DiscordServer() as discord:
        env = environment(
            tmp_path / "state",
            TWINSET_TELEGRAM_TOKEN=telegram.token,
            TWINSET_TELEGRAM_API_BASE=telegram.api_base,
            TWINSET_DISCORD_TOKEN=discord.token,
            TWINSET_DISCORD_API_BASE=discord.api_base,
        )
        status, out, err = await command("setup", "--check", env=env)
        assert status == 1, err
        assert "things are to mend." in out
        assert not telegram.commands
        assert not discord.world.commands
        status, out, err = await command("setup", "--name", "Twinset", env=env)
        assert status == 0, err
        assert out.startswith("Telegram\n  ok       token: @twin_bot")
        assert "\nDiscord\n  ok       token: Twinset" in out
        assert out.endswith("\nAll is well.\n")
        assert telegram.commands
        assert telegram.texts["name", None] == "Twinset"
        assert discord.world.commands
        assert not any(secret in out + err for secret in (telegram.token, discord.token))
        assert not telegram.refused
        assert not discord.refused


async def test_without_a_token_there_is_nothing_to_set_up(tmp_path: Path) -> None:
    status, out, err = await command("setup", env=environment(tmp_path / "state"))
    assert (status, out) == (1, "")
    assert "TWINSET_TELEGRAM_TOKEN" in err
    assert "Traceback" not in err
