"""What Telegram's errors mean here; the one place where they become ours."""

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from core.errors import FetchFailed, TwinsetError, Undeliverable

_GONE = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "peer_id_invalid",
    "chat_write_forbidden",
    "group chat was deactivated",
    "have no rights to send a message",
    "not enough rights to send text messages",
    "bot is not a member",
)
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def translated(error: TelegramError) -> TwinsetError:
    """Return our error for one of theirs: ``Undeliverable`` for good, else ``FetchFailed``."""
    if is_gone(error):
        return Undeliverable("Telegram: this chat cannot be written to.")
    if isinstance(error, RetryAfter):
        wait_s = retry_after_s(error)
        return FetchFailed(
            f"Telegram asks to wait {wait_s:.0f} s.", status=429, retry_after_s=wait_s
        )
    status = 400 if isinstance(error, BadRequest) else None
    return FetchFailed(f"Telegram: {error.message}", status=status)


def is_gone(error: TelegramError) -> bool:
    """Whether the chat cannot be written to any more."""
    return isinstance(error, Forbidden | ChatMigrated) or _says(error, *_GONE)


def retry_after_s(error: RetryAfter) -> float:
    """Return how many seconds Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()


def is_passing(error: TelegramError) -> bool:
    """Whether the connection or the server failed, rather than the request."""
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest)


def may_have_arrived(error: TelegramError) -> bool:
    """Whether Telegram may have done what was asked although no answer came."""
    return isinstance(error.__cause__, httpx.HTTPError) and not isinstance(error.__cause__, _UNSENT)


def is_refused_url(error: TelegramError) -> bool:
    """Whether a button's address was refused, as ``http://localhost`` is."""
    return _says(error, "button_url_invalid", "wrong http url", "button url")


def is_without_topic(error: TelegramError) -> bool:
    """Whether the topic that a message was for is no more."""
    return _says(error, "message thread not found", "topic_deleted")


def is_unmodified(error: TelegramError) -> bool:
    """Whether an edit changed nothing."""
    return _says(error, "message is not modified")


def is_too_big(error: TelegramError) -> bool:
    """Whether a file is larger than bots may download."""
    return _says(error, "file is too big")


def _says(error: TelegramError, *phrases: str) -> bool:
    message = error.message.lower()
    return any(phrase in message for phrase in phrases)
