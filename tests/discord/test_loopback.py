"""The loopback Discord itself: it refuses what Discord refuses."""

import json
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import aiohttp
import discord
import pytest
import pytest_asyncio
from discord import app_commands

from bot.conversation.messages import Reply
from bot.discord.adapter import DiscordBot
from tests.discord.conftest import Pictures, settings_for
from tests.support.answers import ScriptedAnswerer
from tests.support.discord_server import DiscordServer

pytestmark = pytest.mark.asyncio(loop_scope="module")
Api = tuple[DiscordServer, aiohttp.ClientSession]
LINK = {"type": 2, "style": 5, "label": "Buy", "url": "https://a.example/"}
ACTION = {"type": 2, "style": 2, "label": "More", "custom_id": "tw:more"}


def rows(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"components": [{"type": 1, "components": list(buttons)}]}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def api() -> AsyncIterator[Api]:
    headers = {"Authorization": "Bot discord-token"}
    async with DiscordServer() as server, aiohttp.ClientSession(headers=headers) as session:
        yield server, session


async def refusal(api: Api, payload: dict[str, Any], files: list[bytes] | None = None) -> int:
    """The error code for a message; 0 when it is taken."""
    server, session = api
    url = f"{server.api_base}/channels/{server.channel.id}/messages"
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("payload_json", json.dumps(payload))
    for number, data in enumerate(files or ()):
        form.add_field(f"files[{number}]", BytesIO(data), filename=f"{number + 1}.jpg")
    sent = {"data": form} if files else {"json": payload}
    async with session.post(url, **sent) as response:
        answer = await response.json()
        return 0 if response.status == 200 else int(answer["code"])


@pytest.mark.parametrize(
    "payload",
    [
        {"content": "x" * 2000},
        {"embeds": [{"title": "x" * 256, "description": "y" * 4096}]},
        {"content": "x", **rows(LINK, ACTION)},
        rows(ACTION),
    ],
)
async def test_what_is_within_the_limits_is_taken(api: Api, payload: dict[str, Any]) -> None:
    assert await refusal(api, payload) == 0


@pytest.mark.parametrize(
    "payload",
    [
        {"content": "x" * 2001},
        {"content": "x", "colour": "red"},
        {"content": "x", "flags": 1 << 15},
        {"embeds": [{"title": "x"}] * 11},
        {"embeds": [{"title": "x" * 257}]},
        {"embeds": [{"description": "x" * 4097}]},
        {"embeds": [{"description": "x" * 3001}] * 2},
        {"embeds": [{"title": "x", "url": "javascript:x"}]},
        {"embeds": [{"title": "x", "image": {"url": "attachment://1.jpg"}}]},
        {"content": "x", "attachments": [{"id": 0}]},
        {"content": "x", "components": rows(ACTION)["components"] * 6},
        {"content": "x", "components": [ACTION]},
        rows(*({**ACTION, "custom_id": f"{n}"} for n in range(6))),
        rows(),
        rows(ACTION, ACTION),
        rows({**ACTION, "label": "x" * 81}),
        rows({**ACTION, "label": ""}),
        rows({**ACTION, "custom_id": "x" * 101}),
        rows({**ACTION, "url": "https://a.example/"}),
        rows({**LINK, "style": 2}),
        rows({**LINK, "url": "https://a.example/" + "x" * 512}),
        rows({**LINK, "url": "nowhere"}),
    ],
)
async def test_what_breaks_a_limit_is_an_invalid_form(api: Api, payload: dict[str, Any]) -> None:
    assert await refusal(api, payload) == 50035


async def test_files_are_counted_and_weighed(api: Api) -> None:
    assert await refusal(api, {}, [b"x"] * 10) == 0
    assert await refusal(api, {}, [b"x"] * 11) == 50035
    assert await refusal(api, {}, [bytes(10 * 1024 * 1024 + 1)]) == 40005


async def test_an_empty_message_is_refused(api: Api) -> None:
    assert await refusal(api, {"content": ""}) == 50006


@pytest.mark.parametrize(
    "command",
    [
        {"name": "Upper", "description": "x"},
        {"name": "two words", "description": "x"},
        {"name": "x" * 33, "description": "x"},
        {"name": "ok"},
        {"name": "ok", "description": "x" * 101},
        {"name": "ok", "description": "x", "contexts": [7]},
        {"name": "ok", "description": "x", "options": [{"name": "a", "description": ""}]},
        {"name": "Find similar", "type": 3, "description": "x"},
        {"name": "x" * 33, "type": 3},
    ],
)
async def test_a_command_that_breaks_a_rule_is_refused(api: Api, command: dict[str, Any]) -> None:
    server, session = api
    url = f"{server.api_base}/applications/{server.world.bot['id']}/commands"
    async with session.put(url, json=[command]) as response:
        assert (response.status, (await response.json())["code"]) == (400, 50035)
    six = [{"name": f"menu {number}", "type": 3} for number in range(6)]
    async with session.put(url, json=six) as response:
        assert (await response.json())["code"] == 30032


async def test_a_stranger_is_not_let_in(api: Api) -> None:
    server, session = api
    headers = {"Authorization": "Bot wrong"}
    async with session.get(f"{server.api_base}/users/@me", headers=headers) as response:
        assert response.status == 401
        assert response.headers["Content-Type"] == "application/json"


async def test_an_interaction_is_answered_once_and_may_bring_a_form() -> None:
    seen: list[tuple[int, int]] = []

    class Form(discord.ui.Modal, title="How do you dress?"):
        colour: discord.ui.TextInput["Form"] = discord.ui.TextInput(label="Colour")

        async def on_submit(self, interaction: discord.Interaction) -> None:
            await interaction.response.send_message(f"You like {self.colour.value}")

    async with DiscordServer() as server:
        # The adapter, entered and left, is what points the library at the server.
        settings = settings_for(server)
        async with DiscordBot(settings, ScriptedAnswerer(lambda _: [Reply()]), Pictures()):
            pass
        client = discord.Client(intents=discord.Intents.none())
        tree = app_commands.CommandTree(
            client, allowed_contexts=app_commands.AppCommandContext(dm_channel=True)
        )

        @tree.command(name="form", description="A form")
        async def form(interaction: discord.Interaction) -> None:
            await interaction.response.send_modal(Form())
            other = discord.InteractionResponse(interaction)
            try:
                await other.send_message("Twice")
            except discord.HTTPException as error:
                seen.append((error.status, error.code))

        async with client:
            await client.login(server.token)
            await tree.sync()
            connected = client.loop.create_task(client.connect())
            ann = server.person()
            exchange = await ann.slash("form")
            await server.until(lambda: exchange.modal is not None and bool(seen))
            custom_id = Form.colour.custom_id
            done = await ann.submit(exchange, {custom_id: "navy"})
            assert (await done.reply()).text == "You like navy"
        await connected
    assert seen == [(400, 40060)]
