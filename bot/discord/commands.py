"""The commands as Discord shows them, in the language of each person's client."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.conversation.languages import own_name
from bot.conversation.links import link_in
from bot.conversation.texts import texts_in
from bot.conversation.wording import LANGUAGES
from bot.discord.downloads import Downloads
from bot.discord.incoming import attached, shown_in
from bot.discord.interactions import Interactions

Interaction = discord.Interaction[Any]

_log = logging.getLogger(__name__)

_CLIENTS = {
    discord.Locale.german: "de",
    discord.Locale.spain_spanish: "es",
    discord.Locale.latin_american_spanish: "es",
    discord.Locale.french: "fr",
    discord.Locale.russian: "ru",
    discord.Locale.hindi: "hi",
}


class Translator(app_commands.Translator):
    """Gives Discord the texts of every other language; what has no text of ours stays."""

    async def translate(
        self,
        string: locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 - the library's signature
    ) -> str | None:
        """What ``said`` made, in a client's language; None for any other."""
        name = string.extras.get("text")
        return texts_in(_CLIENTS[locale]).say(name) if name and locale in _CLIENTS else None


def said(text: str) -> locale_str:
    """A text by its id, for everybody in their own language."""
    return locale_str(texts_in(LANGUAGES[0]).say(text), text=text)


def command_tree(  # noqa: C901  a command each
    client: discord.Client, interactions: Interactions, downloads: Downloads
) -> app_commands.CommandTree[discord.Client]:
    """Every command; usable in servers, in direct messages and, installed by a person, anywhere.

    A command's name is the same in every language: sentences name it.
    """
    tree = app_commands.CommandTree(
        client,
        allowed_contexts=app_commands.AppCommandContext(
            guild=True, dm_channel=True, private_channel=True
        ),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
    )

    @app_commands.rename(
        photo=said("photo-option"), link=said("link-option"), wish=said("wish-option")
    )
    @app_commands.describe(
        photo=said("photo-about"), link=said("link-about"), wish=said("wish-about")
    )
    async def similar(
        interaction: Interaction,
        photo: discord.Attachment | None = None,
        link: str = "",
        wish: str = "",
    ) -> None:
        shown = [attached(photo, downloads)] if photo else []
        argument = f"{link} {wish}".strip()
        await interactions.command(interaction, "similar", argument=argument, shown=shown)

    @app_commands.rename(
        photo=said("photo-option"), link=said("link-option"), number=said("number-option")
    )
    @app_commands.describe(
        photo=said("photo-about"), link=said("link-about"), number=said("number-about")
    )
    async def outfit(
        interaction: Interaction,
        photo: discord.Attachment | None = None,
        link: str = "",
        number: app_commands.Range[int, 1, 60] | None = None,
    ) -> None:
        shown = [attached(photo, downloads)] if photo else []
        argument = link or str(number or "")
        await interactions.command(interaction, "outfit", argument=argument, shown=shown)

    @app_commands.rename(words=said("words-option"))
    @app_commands.describe(words=said("words-about"))
    async def find(interaction: Interaction, words: str) -> None:
        await interactions.command(interaction, "find", argument=words)

    @app_commands.rename(words=said("filters-option"))
    @app_commands.describe(words=said("filters-about"))
    async def filters(interaction: Interaction, words: str = "") -> None:
        await interactions.command(interaction, "filters", argument=words)

    @app_commands.rename(at=said("at-option"))
    @app_commands.describe(at=said("at-about"))
    async def subscribe(interaction: Interaction, at: str = "") -> None:
        await interactions.command(interaction, "subscribe", argument=at)

    @app_commands.rename(what=said("alerts-option"))
    @app_commands.describe(what=said("alerts-about"))
    async def alerts(interaction: Interaction, what: str = "") -> None:
        await interactions.command(interaction, "alerts", argument=what)

    @app_commands.rename(language=said("language-option"))
    @app_commands.describe(language=said("language-about"))
    @app_commands.choices(
        language=[app_commands.Choice(name=own_name(code), value=code) for code in LANGUAGES]
    )
    async def choose_language(interaction: Interaction, language: str = "") -> None:
        await interactions.command(interaction, "language", argument=language)

    @app_commands.rename(text=said("text-option"))
    @app_commands.describe(text=said("text-about"))
    @app_commands.allowed_contexts(guilds=False, dms=True, private_channels=False)
    async def broadcast(interaction: Interaction, text: str = "") -> None:
        await interactions.command(interaction, "broadcast", argument=text)

    async def find_similar(interaction: Interaction, message: discord.Message) -> None:
        shown = shown_in(message, downloads, previews=True)
        # Its words are another's, and no wish of who asks; a link in them will do for a photo.
        link = link_in(message.content) or ""
        await interactions.command(interaction, "similar", argument=link, shown=shown)

    def add(name: str, callback: Callable[..., Coroutine[Any, Any, None]]) -> None:
        description = said(f"command-{name}")
        tree.add_command(
            app_commands.Command(name=name, description=description, callback=callback)
        )

    def plain(name: str) -> Callable[[Interaction], Coroutine[Any, Any, None]]:
        async def answer(interaction: Interaction) -> None:
            await interactions.command(interaction, name)

        return answer

    add("similar", similar)
    add("find", find)
    add("outfit", outfit)
    add("filters", filters)
    add("subscribe", subscribe)
    add("alerts", alerts)
    add("language", choose_language)
    add("settings", _settings(interactions))
    add("broadcast", broadcast)
    for name in (
        "start",
        "help",
        "unsubscribe",
        "picks",
        "likes",
        "taste",
        "pause",
        "privacy",
        "export",
        "forget",
        "shops",
        "stats",
        "rebuild",
    ):
        add(name, plain(name))
    tree.add_command(app_commands.ContextMenu(name=said("find-similar"), callback=find_similar))
    tree.error(_not_run(interactions))
    return tree


def _not_run(
    interactions: Interactions,
) -> Callable[[Interaction, app_commands.AppCommandError], Coroutine[Any, Any, None]]:
    """What becomes of commands that fail, or that a client has from another version."""

    async def answer(interaction: Interaction, error: app_commands.AppCommandError) -> None:
        if isinstance(error, app_commands.CommandInvokeError):
            _log.error("Discord: a command failed", exc_info=error)
        else:
            name = interaction.command.name if interaction.command else ""
            await interactions.command(interaction, name)

    return answer


def _settings(interactions: Interactions) -> Callable[..., Coroutine[Any, Any, None]]:
    """For those who manage a server that has the bot, or whom they let use it."""

    @app_commands.rename(quiet=said("quiet-option"))
    @app_commands.describe(quiet=said("quiet-about"))
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def settings(interaction: Interaction, quiet: str = "") -> None:
        await interactions.command(interaction, "settings", argument=quiet)

    return settings
