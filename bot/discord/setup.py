"""The bot as Discord has it: what is set from here, and what takes its owner and the portal."""

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

import discord
from discord.appinfo import IntegrationTypeConfig
from discord.http import Route

from bot.checks import Check
from bot.conversation.messages import Incoming, Reply
from bot.conversation.unfinished import Forgetful
from bot.discord.client import Client, asked_intents, prepare_library
from bot.discord.commands import Translator
from bot.discord.downloads import Downloads
from bot.discord.errors import translated
from bot.discord.sending import Answering
from bot.settings import DiscordSettings
from core.catalogue import Match
from core.errors import ConfigurationError, TwinsetError

_PORTAL = "In discord.com/developers/applications, at the application,"
_SET_IT = "Run python -m bot setup without --check: it sets that."
_SERVER_SCOPES = ("applications.commands", "bot")
_PERSON_SCOPES = ("applications.commands",)
_PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
_PERMISSIONS_IN_WORDS = (
    "View Channels, Send Messages, Send Messages in Threads, Embed Links, Attach Files, "
    "Read Message History"
)
_TOLD = ("description", "name_localizations", "description_localizations")
_PRIVILEGED = {
    "presences": ("gateway_presence", "Presence Intent"),
    "members": ("gateway_guild_members", "Server Members Intent"),
    "message_content": ("gateway_message_content", "Message Content Intent"),
}


class _Nobody:
    """Here nobody is answered: the gateway stays closed."""

    async def answer(self, message: Incoming) -> list[Reply]:  # noqa: ARG002 - a protocol's
        return []

    async def jpeg(self, match: Match) -> bytes | None:  # noqa: ARG002 - likewise
        return None


async def discord_checks(settings: DiscordSettings, *, change: bool) -> AsyncIterator[Check]:
    """Yield what there is to say of the bot; the token comes first, and alone if it is wrong.

    With ``change``, what can be set from here is set.
    """
    prepare_library(settings)
    token = settings.token.get_secret_value() if settings.token else ""
    client = Client(_Nobody(), _Nobody(), Downloads(), Answering(), Forgetful())
    try:
        with translated():
            await client.login(token)
            info = await client.application_info()
    except ConfigurationError as error:
        mend = f"{_PORTAL} Bot: Reset Token gives a new one."
        yield Check(what="token", found=str(error), mend=mend)
    except TwinsetError as error:
        yield _failed("connection", error)
    else:
        count = info.approximate_guild_count
        servers = "1 server" if count == 1 else f"{count} servers"
        yield Check(what="token", found=f"{info.name}, in {servers}")
        yield intents_check(asked_intents(info.flags), info.flags)
        yield _endpoint(info)
        yield await _commands(client, info.id, change=change)
        for check in await _installing(info, change=change):
            yield check
    finally:
        await client.close()


def intents_check(asked: discord.Intents, flags: discord.ApplicationFlags) -> Check:
    """The privileged intents that are asked for, against those switched on in the portal."""
    missing, idle = [], []
    for intent, (flag, title) in _PRIVILEGED.items():
        is_on = getattr(flags, flag) or getattr(flags, f"{flag}_limited")
        if getattr(asked, intent) and not is_on:
            missing.append(title)
        if is_on and not getattr(asked, intent):
            idle.append(title)
    if missing:
        return Check(
            what="intents",
            found=f"off, though the bot asks for it: {', '.join(missing)}",
            mend=f"{_PORTAL} Bot, Privileged Gateway Intents: switch it on.",
        )
    more = f"; on without need: {', '.join(idle)}" if idle else ""
    if not asked.message_content:
        more += (
            f"; servers that want every photo answered need {_PRIVILEGED['message_content'][1]} too"
        )
    return Check(what="intents", found=f"the bot gets all that it asks for{more}")


def _endpoint(info: discord.AppInfo) -> Check:
    if not info.interactions_endpoint_url:
        return Check(what="interactions", found="come by the gateway, to this bot")
    return Check(
        what="interactions",
        found="go to another address, so that the bot hears no command and no tap",
        mend=f"{_PORTAL} General Information: empty Interactions Endpoint URL.",
    )


async def _commands(client: Client, application_id: int, *, change: bool) -> Check:
    tree = client.tree
    translator = Translator()
    commands = [await one.get_translated_payload(tree, translator) for one in tree.get_commands()]
    try:
        with translated():
            # As data: the library's own form of it loses where commands may be used.
            published = await client.http.request(
                Route("GET", "/applications/{id}/commands", id=application_id),
                params={"with_localizations": "true"},
            )
            if _shapes(published) == _shapes(commands):
                return Check(what="commands", found="as this version has them")
            if change:
                await tree.sync()
                return Check(what="commands", found="set")
    except TwinsetError as error:
        return _failed("commands", error)
    return Check(what="commands", found="not as this version has them", mend=_SET_IT)


async def _installing(info: discord.AppInfo, *, change: bool) -> list[Check]:
    """Whether servers and people can add the bot, with the links to do so."""
    by_hand = _PORTAL if change else f"{_SET_IT} Or by hand: {_PORTAL}"
    trouble = ""
    if change and not (_suits_servers(info) and _suits_people(info)):
        try:
            with translated():
                info = await _widened(info)
        except TwinsetError as error:
            trouble = f" ({error})"
    return [_servers(info, by_hand, trouble), _people(info, by_hand, trouble)]


async def _widened(info: discord.AppInfo) -> discord.AppInfo:
    """Add what is needed to what the portal has."""
    servers = _params(info.guild_integration_config)
    people = _params(info.user_integration_config)
    return await info.edit(
        guild_install_scopes=sorted({*_SERVER_SCOPES, *servers.scopes}),
        guild_install_permissions=_PERMISSIONS | servers.permissions,
        user_install_scopes=sorted({*_PERSON_SCOPES, *people.scopes}),
    )


def _servers(info: discord.AppInfo, by_hand: str, trouble: str) -> Check:
    what = "servers"
    if not _suits_servers(info):
        return Check(
            what=what,
            found=f"the portal has not all that they need to add it{trouble}",
            mend=f"{by_hand} Installation: tick Guild Install, with the scopes "
            f"{' and '.join(_SERVER_SCOPES)} and the permissions {_PERMISSIONS_IN_WORDS}.",
        )
    if info.bot_require_code_grant:
        return Check(
            what=what,
            found="cannot add it by a link alone",
            mend=f"{_PORTAL} Bot: switch Requires OAuth2 Code Grant off.",
        )
    link = discord.utils.oauth_url(info.id, permissions=_PERMISSIONS, scopes=_SERVER_SCOPES)
    return Check(what=what, found=f"can add it: {link}&integration_type=0")


def _people(info: discord.AppInfo, by_hand: str, trouble: str) -> Check:
    what = "people"
    if not _suits_people(info):
        return Check(
            what=what,
            found=f"cannot bring it along to where it is not{trouble}",
            mend=f"{by_hand} Installation: tick User Install, with the scope {_PERSON_SCOPES[0]}.",
        )
    link = discord.utils.oauth_url(info.id, scopes=_PERSON_SCOPES)
    return Check(what=what, found=f"can add it: {link}&integration_type=1")


def _suits_servers(info: discord.AppInfo) -> bool:
    params = _params(info.guild_integration_config)
    enough = params.permissions.administrator or params.permissions >= _PERMISSIONS
    return enough and set(_SERVER_SCOPES) <= set(params.scopes)


def _suits_people(info: discord.AppInfo) -> bool:
    return set(_PERSON_SCOPES) <= set(_params(info.user_integration_config).scopes)


def _params(config: IntegrationTypeConfig | None) -> discord.AppInstallParams:
    """What is asked of those who install the bot; nothing where there is no such way."""
    params = config.oauth2_install_params if config else None
    return params or discord.AppInstallParams({"scopes": [], "permissions": "0"})


def _shapes(commands: Iterable[Mapping[str, Any]]) -> dict[tuple[int, str], object]:
    """What people see of each command, in every language, and where."""
    return {
        (command["type"], command["name"]): (
            *(command.get(field) or "" for field in _TOLD),
            str(command.get("default_member_permissions") or ""),
            sorted(command.get("contexts") or ()),
            sorted(command.get("integration_types") or ()),
            [
                tuple(option.get(field) for field in ("name", "type", "required", *_TOLD))
                for option in command.get("options") or ()
            ],
        )
        for command in commands
    }


def _failed(what: str, error: TwinsetError) -> Check:
    return Check(
        what=what,
        found=str(error),
        mend="Run this again in a while. Is this machine online, and is TWINSET_DISCORD_API_BASE, "
        "where it is set, Discord's address?",
    )
