"""The commands as Discord shows them."""

from collections.abc import Callable, Coroutine
from typing import Any

import discord
from discord import app_commands

from bot.discord.downloads import Downloads
from bot.discord.incoming import attached, shown_in
from bot.discord.interactions import Interactions

Interaction = discord.Interaction[Any]
FIND_SIMILAR = "Find similar"


def command_tree(
    client: discord.Client, interactions: Interactions, downloads: Downloads
) -> app_commands.CommandTree[discord.Client]:
    """Every command; usable in servers, in direct messages and, installed by a person, anywhere."""
    tree = app_commands.CommandTree(
        client,
        allowed_contexts=app_commands.AppCommandContext(
            guild=True, dm_channel=True, private_channel=True
        ),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
    )

    @app_commands.describe(
        photo="The garment, as a photo or a screenshot", link="Or where it is shown: https://…"
    )
    async def similar(
        interaction: Interaction, photo: discord.Attachment | None = None, link: str = ""
    ) -> None:
        shown = [attached(photo, downloads)] if photo else []
        await interactions.command(interaction, "similar", argument=link, shown=shown)

    @app_commands.describe(words="What you look for: black midi dress under 50 €")
    async def find(interaction: Interaction, words: str) -> None:
        await interactions.command(interaction, "find", argument=words)

    @app_commands.describe(at="When, and where you live: 09:00 Europe/Berlin")
    async def subscribe(interaction: Interaction, at: str = "") -> None:
        await interactions.command(interaction, "subscribe", argument=at)

    async def find_similar(interaction: Interaction, message: discord.Message) -> None:
        shown = shown_in(message, downloads, previews=True)
        await interactions.command(interaction, "similar", argument=message.content, shown=shown)

    def add(
        name: str, description: str, callback: Callable[..., Coroutine[Any, Any, None]]
    ) -> None:
        tree.add_command(
            app_commands.Command(name=name, description=description, callback=callback)
        )

    def plain(name: str) -> Callable[[Interaction], Coroutine[Any, Any, None]]:
        async def answer(interaction: Interaction) -> None:
            await interactions.command(interaction, name)

        return answer

    add("similar", "Find products like the one in a photo", similar)
    add("find", "Find products by words", find)
    add("start", "What this bot does", plain("start"))
    add("help", "How to search, and every command", plain("help"))
    add("subscribe", "Five picks a day, at your hour", subscribe)
    add("unsubscribe", "No more daily picks", plain("unsubscribe"))
    add("picks", "Today's picks, now", plain("picks"))
    add("privacy", "What I keep of you", plain("privacy"))
    add("export", "All that I keep of you, as a file", plain("export"))
    add("forget", "Have all of it erased", plain("forget"))
    add("shops", "For those who run this bot: how the shops are", plain("shops"))
    tree.add_command(app_commands.ContextMenu(name=FIND_SIMILAR, callback=find_similar))
    return tree
