"""The bot as Telegram has it: what is set from here, and what takes its owner and @BotFather."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from telegram import User, WebhookInfo
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.checks import Check
from bot.settings import TelegramSettings
from bot.telegram.client import BAD_TOKEN, Client, token_of
from bot.telegram.errors import is_gone, is_passing, translated
from bot.telegram.intake import Webhook
from bot.telegram.menus import Menu, by_language, menus, publish
from bot.telegram.pace import Limits, Pace
from bot.telegram.redaction import Redaction
from core.errors import ConfigurationError

_LIMITS = Limits(retries=4, patience_s=20.0)  # somebody sits and waits
_TIMEOUT_S = 20.0

_TOKEN = f"{BAD_TOKEN} @BotFather shows it: /mybots, the bot, API Token."
_ADDRESS = (
    "Telegram delivers to https addresses at port 443, 80, 88 or 8443 that it can reach: give "
    "TWINSET_TELEGRAM_WEBHOOK_URL that of this bot's web server, or leave it empty."
)


async def telegram_checks(
    settings: TelegramSettings, *, operators: Iterable[str], name: str | None, change: bool
) -> AsyncIterator[Check]:
    """Yield what there is to say of the bot; the token comes first, and alone if it is wrong.

    ``name`` is what people shall see the bot called, None for what it is called now. With
    ``change``, what can be set from here is set.
    """
    try:
        token = token_of(settings)
    except ConfigurationError:
        yield Check(what="token", found="this can be none", mend=_TOKEN)
        return
    with Redaction(token):
        client = Client(
            token,
            api_base=settings.api_base,
            file_base=settings.file_base,
            pace=Pace(_LIMITS),
            connections=1,
            timeout_s=_TIMEOUT_S,
        )
        try:
            await client.initialize()
        except InvalidToken:
            yield Check(what="token", found="refused", mend=_TOKEN)
        except TelegramError as error:
            yield _failed("connection", error)
        else:
            yield Check(what="token", found=f"@{client.bot.username}, {client.bot.full_name}")
            for text in _texts(client, menus(operators), name):
                yield await _tried(text.what, _set(text, change=change))
            looking = _webhook(client, settings.webhook_url, change=change)
            yield await _tried("webhook", looking)
            for check in _by_botfather(client.bot):
                yield check
        finally:
            await client.shutdown()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """Something that Telegram shows of the bot; ``set`` is False where there is no such chat."""

    what: str
    is_set: Callable[[], Awaitable[bool]]
    set: Callable[[], Awaitable[bool]]


def _texts(client: Client, menus: Iterable[Menu], name: str | None) -> list[_Text]:
    async def description(code: str | None) -> str:
        return (await client.get_my_description(code)).description

    async def short_description(code: str | None) -> str:
        return (await client.get_my_short_description(code)).short_description

    async def is_named() -> bool:
        return (await client.get_my_name()).name == name

    texts = [
        _Text(
            what=f"commands for {menu.where}",
            is_set=partial(_shows, client, menu),
            set=partial(publish, client, menu),
        )
        for menu in menus
    ]
    texts += [
        _in_every_language(
            "description",
            {code: say.DESCRIPTION for code, say in by_language()},
            description,
            client.set_my_description,
        ),
        _in_every_language(
            "short description",
            {code: say.SHORT_DESCRIPTION for code, say in by_language()},
            short_description,
            client.set_my_short_description,
        ),
    ]
    if name:
        texts.append(_Text(what="name", is_set=is_named, set=partial(client.set_my_name, name)))
    return texts


def _in_every_language(
    what: str,
    wanted: Mapping[str | None, str],
    shown: Callable[[str | None], Awaitable[str]],
    show: Callable[[str, str | None], Awaitable[bool]],
) -> _Text:
    async def is_set() -> bool:
        for code, words in wanted.items():
            if await shown(code) != words:
                return False
        return True

    async def set_all() -> bool:
        return all([await show(words, code) for code, words in wanted.items()])

    return _Text(what=what, is_set=is_set, set=set_all)


async def _shows(client: Client, menu: Menu) -> bool:
    try:
        for code, commands in menu.commands.items():
            if await client.get_my_commands(scope=menu.scope, language_code=code) != commands:
                return False
    except TelegramError as error:
        if is_gone(error):
            return False
        raise
    return True


async def _set(text: _Text, *, change: bool) -> Check:
    if await text.is_set():
        return Check(what=text.what, found="as this version has it")
    if not change:
        mend = "Run python -m bot setup without --check: it sets that."
        return Check(what=text.what, found="not as this version has it", mend=mend)
    if await text.set():
        return Check(what=text.what, found="set")
    return Check(
        what=text.what,
        found="not set, for want of a chat with them",
        mend="They must send the bot /start first; then run this again. Is the number in "
        "TWINSET_OPERATORS theirs?",
    )


async def _webhook(client: Client, url: str | None, *, change: bool) -> Check:
    """What delivers the updates; it is set as the setting says, but never taken away."""
    info = await client.get_webhook_info()
    webhook = Webhook(client, url, waiting=1) if url else None
    if webhook is None or webhook.url == info.url or not change:
        return _delivery(info, webhook.url if webhook else "")
    try:
        await webhook.open()
    except ConfigurationError as error:
        return Check(what="webhook", found=str(error), mend=_ADDRESS)
    return Check(what="webhook", found=f"set to {_origin(webhook.url)}")


def _delivery(info: WebhookInfo, wanted: str) -> Check:
    """What Telegram says of the webhook, beside the one that the bot would set ("" for none)."""
    waiting = f"{info.pending_update_count} waiting"
    there = f"Telegram delivers to {_origin(info.url)}" if info.url else "none is set"
    if not wanted and not info.url:
        return Check(what="webhook", found=f"none; the bot asks for updates, {waiting}")
    if not wanted:
        return Check(
            what="webhook",
            found=f"{there}, and TWINSET_TELEGRAM_WEBHOOK_URL is empty",
            mend="If this bot answers there, put that address into the setting. If nobody does, "
            "start the bot: it ends the webhook and asks for updates itself.",
        )
    if info.url != wanted:
        return Check(
            what="webhook",
            found=f"{there}, not {_origin(wanted)} as TWINSET_TELEGRAM_WEBHOOK_URL has it",
            mend="Start the bot, or run python -m bot setup without --check: both set it.",
        )
    if info.last_error_message and info.last_error_date and info.pending_update_count:
        when = f"{info.last_error_date:%Y-%m-%d %H:%M} UTC"
        return Check(
            what="webhook",
            found=f"{there}, {waiting}; at {when} it failed: {info.last_error_message}",
            mend=f"{_origin(wanted)}/healthz must answer from outside, with a valid certificate. "
            "Is the bot running, with TWINSET_WEB_HOST=0.0.0.0 and the PORT that the host names?",
        )
    return Check(what="webhook", found=f"{there}, {waiting}")


def _by_botfather(me: User) -> list[Check]:
    """What only @BotFather can change."""
    bot = f"@{me.username}"
    checks = [
        Check(
            what="privacy mode",
            found="on; in groups the bot gets commands and replies to it; to have every photo "
            "answered, a group makes it an admin",
        ),
        Check(what="groups", found="the bot can be added to them"),
        Check(
            what="inline mode",
            found=f"off; for {bot} black midi dress in any chat, send @BotFather /setinline, "
            f"{bot}, and a few words such as: black midi dress",
        ),
    ]
    if me.can_read_all_group_messages:
        checks[0] = Check(
            what="privacy mode",
            found="off; the bot gets all that is said in its groups, and needs none of it but "
            "where every photo is to be answered: there it can be made an admin",
            mend=f"Send @BotFather /setprivacy, {bot}, Enable; then remove the bot from its "
            "groups and add it again.",
        )
    if not me.can_join_groups:
        checks[1] = Check(
            what="groups",
            found="the bot cannot be added to any",
            mend=f"Send @BotFather /setjoingroups, {bot}, Enable.",
        )
    if me.supports_inline_queries:
        checks[2] = Check(what="inline mode", found=f"on; {bot} black midi dress, in any chat")
    return checks


async def _tried(what: str, looking: Awaitable[Check]) -> Check:
    """One thing that fails is said to fail, and the next is looked at."""
    try:
        return await looking
    except TelegramError as error:
        return _failed(what, error)


def _failed(what: str, error: TelegramError) -> Check:
    mend = "Change what Telegram objects to, and run this again."
    if is_passing(error):
        mend = (
            "Run this again in a while. Is this machine online, and is "
            "TWINSET_TELEGRAM_API_BASE, where it is set, an API server's address?"
        )
    elif isinstance(error, RetryAfter):
        mend = "Run this again then."
    return Check(what=what, found=str(translated(error)), mend=mend)


def _origin(url: str) -> str:
    """An address without its path, where people like to put a token."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
