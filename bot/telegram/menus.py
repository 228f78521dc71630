"""The commands that Telegram shows, chat by chat, in every language."""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.conversation.texts import Texts, texts_in
from bot.conversation.wording import LANGUAGES
from bot.telegram.commands import COMMANDS, FOR_ADMINS, FOR_OPERATORS, IN_GROUPS
from bot.telegram.errors import is_gone, is_passing, retry_after_s
from bot.telegram.pace import BACKOFF
from bot.telegram.updates import PLATFORM

_log = logging.getLogger(__name__)

_LONGEST_PAUSE_S = 60.0

Commands = tuple[BotCommand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """What is shown in the chats of a scope, by language code; ``where`` is that in words."""

    where: str
    scope: BotCommandScope
    commands: Mapping[str | None, Commands]


def menus(operators: Iterable[str]) -> list[Menu]:
    """Everybody's, groups', their admins', and one for each of ours in ``platform:person``."""
    platforms = (name.partition(":") for name in sorted(operators))
    ids = [person for platform, _, person in platforms if platform == PLATFORM and person.isdigit()]
    return [
        Menu(where="everybody", scope=BotCommandScopeDefault(), commands=_told(COMMANDS)),
        Menu(where="groups", scope=BotCommandScopeAllGroupChats(), commands=_told(IN_GROUPS)),
        Menu(
            where="groups' admins",
            scope=BotCommandScopeAllChatAdministrators(),
            commands=_told([*IN_GROUPS, *FOR_ADMINS]),
        ),
        *(
            Menu(
                where=f"operator {person}",
                scope=BotCommandScopeChat(int(person)),
                commands=_told([*COMMANDS, *FOR_OPERATORS]),
            )
            for person in ids
        ),
    ]


def by_language() -> Iterator[tuple[str | None, Texts]]:
    """The texts for each of Telegram's language codes; None is for whoever has none of them."""
    for language in LANGUAGES:
        yield None if language == LANGUAGES[0] else language, texts_in(language)


def _told(names: Sequence[str]) -> dict[str | None, Commands]:
    return {
        code: tuple(BotCommand(name, say.command(name)) for name in names)
        for code, say in by_language()
    }


async def publish(bot: Bot, menu: Menu) -> bool:
    """Have a menu shown; False where that chat is not open to the bot, or not yet.

    Raises ``TelegramError`` for everything else.
    """
    try:
        for code, commands in menu.commands.items():
            await bot.set_my_commands(commands, scope=menu.scope, language_code=code)
    except (BadRequest, Forbidden) as error:
        if is_gone(error):
            return False
        raise
    return True


async def publish_all(bot: Bot, menus: Iterable[Menu], *, pause_s: float) -> None:
    """Have the menus shown, however long Telegram has that wait; nobody waits for it.

    A failure that may pass is tried again after ``pause_s``, then after longer. What Telegram
    refuses is logged and left.
    """
    for menu in menus:
        next_s = pause_s
        while (wait_s := await _next_try_s(bot, menu, next_s)) is not None:
            await asyncio.sleep(wait_s)
            next_s = min(next_s * BACKOFF, _LONGEST_PAUSE_S)


async def _next_try_s(bot: Bot, menu: Menu, pause_s: float) -> float | None:
    """Publish a menu; return after how many seconds to try again, None where there is no need."""
    try:
        if not await publish(bot, menu):
            _log.info("Telegram: no commands for %s yet", menu.where)
    except RetryAfter as error:
        wait_s = retry_after_s(error)
    except TelegramError as error:
        if not is_passing(error):
            _log.warning("Telegram keeps the commands for %s: %s", menu.where, error.message)
            return None
        wait_s = pause_s
    else:
        return None
    _log.warning("Telegram: no commands for %s now, again in %.2f s", menu.where, wait_s)
    return wait_s
