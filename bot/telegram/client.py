"""The library's bot, set up for us."""

import asyncio
import contextlib
import json
import os
import re
from collections.abc import Sequence
from typing import Any, Final

import httpx
from telegram.constants import ChatMemberStatus
from telegram.error import NetworkError, TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.settings import TelegramSettings
from bot.telegram.pace import Manner, Pace
from core.errors import ConfigurationError

Raw = dict[str, Any]

_ADMIN_FOR_S = 60.0
_MOST_KNOWN = 4096
_ADMINS = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})

BAD_TOKEN: Final = (
    "Telegram does not know this bot token: check TWINSET_TELEGRAM_TOKEN, "  # noqa: S105 - words
    "and TWINSET_TELEGRAM_API_BASE where it is set."
)
_TOKEN = re.compile(r"[\w:-]+", re.ASCII)


def token_of(settings: TelegramSettings) -> str:
    """The token; ``ConfigurationError`` for what can be none."""
    token = settings.token.get_secret_value().strip() if settings.token else ""
    if not _TOKEN.fullmatch(token):
        raise ConfigurationError(BAD_TOKEN)
    return token


class Client(ExtBot[Manner]):
    """Calls the Bot API at the pace's rhythm, ``connections`` at a time."""

    def __init__(
        self,
        token: str,
        *,
        api_base: str,
        file_base: str,
        pace: Pace,
        connections: int,
        timeout_s: float,
    ) -> None:
        # The library's way to opt into its future type of durations; without it every
        # "retry after" comes with a deprecation warning.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        super().__init__(
            token,
            base_url=api_base,
            base_file_url=file_base,
            request=_http(connections, timeout_s),
            get_updates_request=_http(2, timeout_s),
            rate_limiter=pace,
        )
        self._roles: dict[tuple[int, int], tuple[bool, float]] = {}

    async def raw_updates(
        self, *, offset: int | None, poll_s: int, limit: int, kinds: Sequence[str], timeout_s: float
    ) -> list[Raw]:
        """Ask for updates as they are: one that cannot be read must not hold up the others."""
        updates: list[Raw] = await self._post(
            "getUpdates",
            {"offset": offset, "timeout": poll_s, "limit": limit, "allowed_updates": kinds},
            read_timeout=poll_s + timeout_s,
        )
        if not isinstance(updates, list):
            raise NetworkError("Invalid server response")
        return updates

    async def is_admin(self, chat_id: int, author_id: int) -> bool:
        """Whether the author runs the group; one who writes as the group itself does.

        What Telegram says is believed for a minute.
        """
        if author_id == chat_id:
            return True
        now = asyncio.get_running_loop().time()
        runs_it, until = self._roles.get((chat_id, author_id), (False, now))
        if until > now:
            return runs_it
        try:
            member = await self.get_chat_member(chat_id, author_id)
        except TelegramError:
            return False
        if len(self._roles) >= _MOST_KNOWN:
            self._roles.clear()
        runs_it = member.status in _ADMINS
        self._roles[chat_id, author_id] = runs_it, now + _ADMIN_FOR_S
        return runs_it

    async def hears_all(self, chat_id: int) -> bool:
        """Whether the bot gets to see what a group's members do not send to it."""
        return bool(self.bot.can_read_all_group_messages) or await self.is_admin(
            chat_id, self.bot.id
        )


class _Http(HTTPXRequest):
    @staticmethod
    def parse_json_payload(payload: bytes) -> Raw:
        """As the library does, but what is not the Bot API's is a failure on the way.

        A gateway's error page is no traceback in the log.
        """
        with contextlib.suppress(ValueError):
            answer = json.loads(payload)
            if isinstance(answer, dict) and ("result" in answer or "description" in answer):
                return answer
        # Telegram may have done all the same what was asked.
        raise NetworkError("Invalid server response") from httpx.DecodingError("not the Bot API's")


def _http(connections: int, timeout_s: float) -> HTTPXRequest:
    return _Http(
        connection_pool_size=connections,
        connect_timeout=min(5.0, timeout_s),
        read_timeout=timeout_s,
        write_timeout=timeout_s,
        media_write_timeout=3 * timeout_s,
        pool_timeout=timeout_s,
    )
