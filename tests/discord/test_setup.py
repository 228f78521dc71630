"""What `setup` sets at Discord, what it finds there, and what it says to do about it."""

import logging
from typing import Any
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.checks import Check
from bot.discord.setup import discord_checks, intents_check
from tests.discord.conftest import settings_for
from tests.support.discord_server import DiscordServer

READY = {
    "0": {
        "oauth2_install_params": {
            "scopes": ["applications.commands", "bot"],
            "permissions": str(discord.Permissions.all().value),
        }
    },
    "1": {"oauth2_install_params": {"scopes": ["applications.commands"], "permissions": "0"}},
}


async def look(
    server: DiscordServer, *, change: bool = True, token: str | None = None
) -> dict[str, Check]:
    checks = discord_checks(settings_for(server, token=token), change=change)
    return {check.what: check async for check in checks}


def to_mend(checks: dict[str, Check]) -> set[str]:
    return {check.what for check in checks.values() if check.mend}


def link_in(check: Check) -> dict[str, list[str]]:
    address = next(word for word in check.found.split() if word.startswith("https://"))
    assert address.startswith("https://discord.com/oauth2/authorize?")
    return parse_qs(urlsplit(address).query)


async def test_commands_and_installing_are_set_once_and_then_found() -> None:
    async with DiscordServer() as server:
        first = await look(server)
        assert to_mend(first) == set()
        assert "Twinset" in first["token"].found
        assert (1, "similar") in server.world.commands
        installs = server.rest.application["integration_types_config"]
        assert set(installs) == {"0", "1"}
        done = len(server.requests)
        assert to_mend(await look(server)) == set()
        assert {method for method, _ in server.requests[done:]} == {"GET"}
        assert server.refused == []


async def test_looking_changes_nothing() -> None:
    async with DiscordServer() as server:
        checks = await look(server, change=False)
        assert to_mend(checks) == {"commands", "servers", "people"}
        assert "Guild Install" in (checks["servers"].mend or "")
        assert "User Install" in (checks["people"].mend or "")
        assert {method for method, _ in server.requests} == {"GET"}


async def test_a_command_that_was_changed_is_noticed() -> None:
    async with DiscordServer() as server:
        await look(server)
        server.world.commands[1, "help"]["description"] = "As it was last year"
        assert "commands" in to_mend(await look(server, change=False))
        assert to_mend(await look(server)) == set()
        assert server.world.commands[1, "help"]["description"] != "As it was last year"


async def test_the_links_ask_for_what_the_bot_needs() -> None:
    async with DiscordServer() as server:
        checks = await look(server)
    servers, people = link_in(checks["servers"]), link_in(checks["people"])
    assert servers["client_id"] == people["client_id"] == [server.world.bot["id"]]
    assert set(servers["scope"][0].split()) == {"bot", "applications.commands"}
    assert people["scope"] == ["applications.commands"]
    may = discord.Permissions(int(servers["permissions"][0]))
    assert may.send_messages
    assert may.attach_files
    assert not may.administrator


async def test_what_the_portal_has_beyond_the_needs_is_kept() -> None:
    async with DiscordServer() as server:
        kept = {
            "scopes": ["bot"],
            "permissions": str(discord.Permissions(add_reactions=True).value),
        }
        server.rest.application["integration_types_config"] = {"0": {"oauth2_install_params": kept}}
        assert to_mend(await look(server)) == set()
        params = server.rest.application["integration_types_config"]["0"]["oauth2_install_params"]
        assert discord.Permissions(int(params["permissions"])).add_reactions


async def test_a_portal_that_takes_no_changes_is_mended_by_hand() -> None:
    async with DiscordServer() as server:
        server.fail("/applications/@me", method="PATCH", status=403, code=20012)
        checks = await look(server)
        assert to_mend(checks) == {"servers", "people"}
        assert "403" in checks["servers"].found


@pytest.mark.parametrize(
    ("change", "what", "says"),
    [
        ({"interactions_endpoint_url": "https://old.example/x"}, "interactions", "Endpoint URL"),
        ({"bot_require_code_grant": True}, "servers", "OAuth2 Code Grant"),
    ],
)
async def test_what_only_the_portal_can_mend_is_said(
    change: dict[str, Any], what: str, says: str
) -> None:
    async with DiscordServer() as server:
        server.rest.application |= {"integration_types_config": READY, **change}
        checks = await look(server)
    assert to_mend(checks) == {what}
    assert says in (checks[what].mend or "")


def test_an_intent_that_is_asked_for_must_be_on() -> None:
    asked = discord.Intents(message_content=True)
    check = intents_check(asked, discord.ApplicationFlags())
    assert "Message Content Intent" in check.found
    assert "Privileged Gateway Intents" in (check.mend or "")
    for flag in ("gateway_message_content", "gateway_message_content_limited"):
        assert intents_check(asked, discord.ApplicationFlags(**{flag: True})).mend is None


def test_an_intent_that_nobody_asks_for_is_named_and_harmless() -> None:
    on = discord.ApplicationFlags(gateway_guild_members_limited=True)
    check = intents_check(discord.Intents.none(), on)
    assert "Server Members Intent" in check.found
    assert check.mend is None


async def test_a_wrong_token_is_all_there_is_to_say(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with DiscordServer() as server:
        checks = await look(server, token="very-secret")
    assert to_mend(checks) == set(checks) == {"token"}
    assert "Reset Token" in (checks["token"].mend or "")
    assert "very-secret" not in f"{checks} {caplog.text}"


async def test_a_discord_that_is_away_is_a_sentence() -> None:
    async with DiscordServer() as server:
        await server.stop()
        checks = await look(server)
    assert to_mend(checks) == set(checks) == {"connection"}


async def test_commands_that_are_refused_keep_nothing_else_from_being_looked_at() -> None:
    async with DiscordServer() as server:
        server.fail("/applications/*/commands", method="PUT", status=400, code=50035)
        checks = await look(server)
        assert to_mend(checks) == {"commands"}
        assert server.rest.application["integration_types_config"].keys() == {"0", "1"}
