"""What `setup` sets at Telegram, what it finds there, and what it says to do about it."""

import logging
from collections.abc import Collection

import pytest
from pydantic import SecretStr

from bot.checks import Check
from bot.conversation.texts import texts_in
from bot.conversation.wording import LANGUAGES
from bot.settings import TelegramSettings
from bot.telegram.commands import COMMANDS, FOR_OPERATORS
from bot.telegram.setup import telegram_checks
from tests.support.english import texts
from tests.support.telegram_server import TOKEN, TelegramServer
from tests.telegram.conftest import Launch, settings

HOOK = "https://bot.example"


async def look(
    telegram: TelegramServer,
    given: TelegramSettings | None = None,
    *,
    change: bool = True,
    name: str | None = None,
    operators: Collection[str] = (),
) -> dict[str, Check]:
    given = given or settings(telegram)
    checks = telegram_checks(given, operators=operators, name=name, change=change)
    return {check.what: check async for check in checks}


def to_mend(checks: dict[str, Check]) -> set[str]:
    return {check.what for check in checks.values() if check.mend}


def names(telegram: TelegramServer, scope: str, chat_id: int | None = None) -> set[str]:
    return {command["command"] for command in telegram.commands[scope, chat_id, None]}


async def test_all_that_people_read_is_set_once_and_then_found(telegram: TelegramServer) -> None:
    first = await look(telegram)
    assert to_mend(first) == set()
    assert "@twin_bot" in first["token"].found
    assert telegram.texts["description", None] == texts.DESCRIPTION
    assert telegram.texts["short_description", None] == texts.SHORT_DESCRIPTION
    assert telegram.texts["description", "de"] == texts_in("de").DESCRIPTION
    assert names(telegram, "default") == set(COMMANDS)
    calls = len(telegram.calls)
    assert to_mend(await look(telegram)) == set()
    assert {name[:3] for name, _ in telegram.calls[calls:]} == {"get"}
    assert telegram.refused == []


async def test_looking_changes_nothing(telegram: TelegramServer) -> None:
    telegram.webhook = {"url": "https://old.example/telegram"}
    given = settings(telegram, webhook_url=HOOK)
    checks = await look(telegram, given, change=False, name="Twinset")
    told = {"commands for everybody", "commands for groups", "commands for groups' admins"}
    told |= {"description", "short description"}
    assert to_mend(checks) == {*told, "name", "webhook"}
    assert {name[:3] for name, _ in telegram.calls} == {"get"}


async def test_groups_are_offered_what_groups_use(telegram: TelegramServer) -> None:
    await look(telegram)
    assert names(telegram, "all_group_chats") == {
        "similar", "find", "outfit", "subscribe", "picks", "pause", "unsubscribe", "language",
        "help",
    }  # fmt: skip


async def test_operators_see_their_own_commands_too(telegram: TelegramServer) -> None:
    olga = telegram.private("Olga")
    checks = await look(telegram, operators={f"telegram:{olga.id}", "discord:77"})
    assert to_mend(checks) == set()
    assert names(telegram, "chat", olga.id) == {*COMMANDS, *FOR_OPERATORS}
    assert "commands for operator 77" not in checks


async def test_an_operator_who_never_wrote_is_told_to(telegram: TelegramServer) -> None:
    checks = await look(telegram, operators={"telegram:31"})
    assert to_mend(checks) == {"commands for operator 31"}
    assert "/start" in (checks["commands for operator 31"].mend or "")


async def test_starting_publishes_the_same_commands(
    telegram: TelegramServer, launch: Launch
) -> None:
    """An operator whom the bot does not know yet is in nobody's way."""
    olga = telegram.private("Olga")
    operators = (f"telegram:{olga.id}", "telegram:31")
    await launch(operators=operators)
    await telegram.until(lambda: len(telegram.commands) == 4 * len(LANGUAGES))
    started = dict(telegram.commands)
    telegram.commands.clear()
    await look(telegram, operators=operators)
    assert telegram.commands == started


async def test_the_name_is_changed_only_when_asked(telegram: TelegramServer) -> None:
    assert "name" not in await look(telegram)
    assert telegram.texts["name", None] == "Twin"
    assert to_mend(await look(telegram, name="Twinset")) == set()
    assert telegram.texts["name", None] == "Twinset"


async def test_a_name_that_telegram_refuses_is_said_and_the_rest_is_done(
    telegram: TelegramServer,
) -> None:
    checks = await look(telegram, name="T" * 65)
    assert to_mend(checks) == {"name"}
    assert "too long" in checks["name"].found
    assert "privacy mode" in checks


@pytest.mark.parametrize(
    ("switch", "value", "what", "command"),
    [
        ("can_read_all_group_messages", True, "privacy mode", "/setprivacy"),
        ("can_join_groups", False, "groups", "/setjoingroups"),
    ],
)
async def test_what_only_botfather_can_mend_is_said_with_his_command(
    telegram: TelegramServer, switch: str, value: bool, what: str, command: str
) -> None:
    telegram.switches[switch] = value
    checks = await look(telegram)
    assert to_mend(checks) == {what}
    assert command in (checks[what].mend or "")
    assert "@twin_bot" in (checks[what].mend or "")


async def test_how_inline_mode_is_switched_on_is_said_and_left_to_the_owner(
    telegram: TelegramServer,
) -> None:
    checks = await look(telegram)
    assert to_mend(checks) == set()
    assert "@BotFather /setinline, @twin_bot" in checks["inline mode"].found
    telegram.switches["supports_inline_queries"] = True
    assert "/setinline" not in (await look(telegram))["inline mode"].found


async def test_the_webhook_is_set_as_the_setting_says(telegram: TelegramServer) -> None:
    given = settings(telegram, webhook_url=f"{HOOK}/")
    assert to_mend(await look(telegram, given)) == set()
    assert telegram.webhook["url"] == f"{HOOK}/telegram"
    again = await look(telegram, given, change=False)
    assert HOOK in again["webhook"].found
    assert again["webhook"].mend is None


async def test_an_address_that_telegram_refuses_is_said(telegram: TelegramServer) -> None:
    checks = await look(telegram, settings(telegram, webhook_url="http://bot.example"))
    assert to_mend(checks) == {"webhook"}
    assert "https" in checks["webhook"].found


async def test_anybodys_webhook_is_left_alone_and_its_path_unsaid(
    telegram: TelegramServer,
) -> None:
    telegram.webhook = {"url": f"https://me:secret@old.example/{TOKEN}"}
    checks = await look(telegram)
    assert to_mend(checks) == {"webhook"}
    assert "https://old.example," in checks["webhook"].found
    assert "TWINSET_TELEGRAM_WEBHOOK_URL" in checks["webhook"].found
    assert telegram.webhook
    assert not any("secret" in f"{check}" or TOKEN in f"{check}" for check in checks.values())


async def test_a_delivery_that_fails_is_told_in_words(telegram: TelegramServer) -> None:
    given = settings(telegram, webhook_url=HOOK)
    await look(telegram, given)
    telegram.webhook_error = {
        "last_error_date": 1_780_000_000,
        "last_error_message": "Wrong response from the webhook: 502 Bad Gateway",
        "pending_update_count": 3,
    }
    webhook = (await look(telegram, given))["webhook"]
    assert "3 waiting" in webhook.found
    assert "2026-05-28" in webhook.found
    assert "502 Bad Gateway" in webhook.found
    assert f"{HOOK}/healthz" in (webhook.mend or "")
    telegram.webhook_error["pending_update_count"] = 0
    assert to_mend(await look(telegram, given)) == set()


@pytest.mark.parametrize("token", ["42:a-wrong-secret", "two words"])
async def test_a_wrong_token_is_all_there_is_to_say(
    telegram: TelegramServer, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    given = settings(telegram).model_copy(update={"token": SecretStr(token)})
    checks = await look(telegram, given)
    assert to_mend(checks) == set(checks) == {"token"}
    assert "@BotFather" in (checks["token"].mend or "")
    assert token not in f"{checks} {caplog.text}"


async def test_a_telegram_that_is_away_is_a_sentence() -> None:
    async with TelegramServer() as telegram:
        given = settings(telegram)
    checks = await look(telegram, given)
    assert to_mend(checks) == set(checks) == {"connection"}


async def test_what_fails_on_the_way_keeps_nothing_else_from_being_set(
    telegram: TelegramServer,
) -> None:
    telegram.fail("setMyDescription", status=400, description="Bad Request: not today")
    checks = await look(telegram)
    assert to_mend(checks) == {"description"}
    assert "Not today" in checks["description"].found
    assert telegram.texts["short_description", None] == texts.SHORT_DESCRIPTION


async def test_what_is_not_told_in_one_language_is_told_anew(telegram: TelegramServer) -> None:
    await look(telegram)
    telegram.texts["description", "ru"] = "Something else"
    telegram.commands["default", None, "hi"] = []
    checks = await look(telegram, change=False)
    assert to_mend(checks) == {"description", "commands for everybody"}
    assert to_mend(await look(telegram)) == set()
    assert telegram.texts["description", "ru"] == texts_in("ru").DESCRIPTION
    assert telegram.commands["default", None, "hi"]
