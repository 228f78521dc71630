"""The command that sets up the platforms, and says what only their owner can mend."""

import argparse
import logging
from collections.abc import AsyncIterator, Iterator

from bot.checks import Check
from bot.outputs import say
from bot.settings import Settings
from core.errors import ConfigurationError

_log = logging.getLogger(__name__)


async def setup(settings: Settings, options: argparse.Namespace) -> int:
    """Set what can be set and look at the rest; 1 when something is left to mend.

    With ``--check`` nothing is changed.
    """
    to_mend = 0
    for platform, checks in _platforms(settings, options):
        say(platform)
        async for check in _guarded(platform, checks):
            for line in _lines(check):
                say(_without(settings.secrets(), line))
            to_mend += check.mend is not None
    things = "1 thing is" if to_mend == 1 else f"{to_mend} things are"
    say(f"{things} to mend." if to_mend else "All is well.")
    return 1 if to_mend else 0


def _platforms(
    settings: Settings, options: argparse.Namespace
) -> Iterator[tuple[str, AsyncIterator[Check]]]:
    change = not options.check
    if not (settings.telegram.token or settings.discord.token):
        raise ConfigurationError(
            "There is no bot to set up yet: put its token into TWINSET_TELEGRAM_TOKEN or "
            "TWINSET_DISCORD_TOKEN. README.md says where tokens come from."
        )
    if settings.telegram.token:
        from bot.telegram.setup import telegram_checks  # noqa: PLC0415 - a fifth of a second

        operators = settings.operator_names()
        yield (
            "Telegram",
            telegram_checks(
                settings.telegram, operators=operators, name=options.name, change=change
            ),
        )
    if settings.discord.token:
        from bot.discord.setup import discord_checks  # noqa: PLC0415 - likewise

        yield "Discord", discord_checks(settings.discord, change=change)


async def _guarded(platform: str, checks: AsyncIterator[Check]) -> AsyncIterator[Check]:
    """The same; a platform that answers what nobody foresaw keeps no other from its turn."""
    try:
        async for check in checks:
            yield check
    except Exception as error:  # noqa: BLE001 - whatever its library trips over
        _log.debug("%s", platform, exc_info=error)
        yield Check(
            what="answer",
            found=f"not to be understood ({type(error).__name__})",
            mend=f"Is TWINSET_{platform.upper()}_API_BASE, where it is set, {platform}'s API? "
            "TWINSET_LOG_LEVEL=DEBUG tells more.",
        )


def _lines(check: Check) -> list[str]:
    """As they stand below the platform's name, the mending under what it mends."""
    if check.mend is None:
        return [f"  ok       {check.what}: {check.found}"]
    return [f"  to mend  {check.what}: {check.found}", f"           {check.mend}"]


def _without(secrets: list[str], line: str) -> str:
    for secret in filter(None, secrets):
        line = line.replace(secret, "***")
    return line
