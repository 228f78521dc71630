"""The commands that Telegram shows, chat by chat."""

from collections.abc import Iterable
from dataclasses import dataclass

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, Forbidden

from bot.telegram.errors import is_gone
from bot.telegram.updates import PLATFORM
from bot.telegram.words import COMMANDS, FOR_OPERATORS, IN_GROUPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """What is shown in the chats of a scope; ``where`` is that in words."""

    where: str
    scope: BotCommandScope
    commands: tuple[BotCommand, ...]


def menus(operators: Iterable[str]) -> list[Menu]:
    """Everybody's, groups', and one for each of Telegram's among the ``platform:person``."""
    everybody = tuple(BotCommand(name, words) for name, words in COMMANDS.items())
    more = tuple(BotCommand(name, words) for name, words in FOR_OPERATORS.items())
    platforms = (name.partition(":") for name in sorted(operators))
    ids = [person for platform, _, person in platforms if platform == PLATFORM and person.isdigit()]
    return [
        Menu(where="everybody", scope=BotCommandScopeDefault(), commands=everybody),
        Menu(
            where="groups",
            scope=BotCommandScopeAllGroupChats(),
            commands=tuple(one for one in everybody if one.command in IN_GROUPS),
        ),
        *(
            Menu(
                where=f"operator {person}",
                scope=BotCommandScopeChat(int(person)),
                commands=(*everybody, *more),
            )
            for person in ids
        ),
    ]


async def publish(bot: Bot, menu: Menu) -> bool:
    """Have a menu shown; False where that chat is not open to the bot, or not yet.

    Raises ``TelegramError`` for everything else.
    """
    try:
        return await bot.set_my_commands(menu.commands, scope=menu.scope)
    except (BadRequest, Forbidden) as error:
        if is_gone(error):
            return False
        raise
