"""Where updates come from: long polling or the webhook. Both hand on raw updates."""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import AsyncIterator
from typing import Protocol

from aiohttp import web
from telegram.error import Conflict, RetryAfter, TelegramError

from bot.telegram.client import Client, Raw
from bot.telegram.errors import retry_after_s
from bot.telegram.pace import BACKOFF
from bot.telegram.updates import KINDS_OF_UPDATE
from core.errors import ConfigurationError

_log = logging.getLogger(__name__)

PATH = "/telegram"
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
_LONGEST_PAUSE_S = 30.0


class Intake(Protocol):
    """A source of updates. One is confirmed to Telegram once the next is asked for."""

    async def open(self) -> None:
        """Tell Telegram where updates shall go; raises ``TelegramError``."""
        ...

    def updates(self) -> AsyncIterator[Raw]:
        """Yield updates for good; failures on the way are waited out."""
        ...

    async def close(self) -> None:
        """Confirm what was yielded, as far as Telegram can be reached."""
        ...


class Polling:
    """Asks for updates. One is confirmed once the next is asked for, so none is lost."""

    def __init__(self, client: Client, *, poll_s: int, timeout_s: float, pause_s: float) -> None:
        self._client = client
        self._poll_s = poll_s
        self._timeout_s = timeout_s
        self._pause_s = pause_s
        self._next: int | None = None

    async def open(self) -> None:
        """End a webhook that was set before: with one, Telegram refuses to be asked."""
        await self._client.delete_webhook()

    async def updates(self) -> AsyncIterator[Raw]:
        """Yield updates as they come."""
        pause_s = self._pause_s
        while True:
            try:
                batch = await self._ask(self._poll_s)
            except TelegramError as error:
                wait_s = retry_after_s(error) if isinstance(error, RetryAfter) else pause_s
                if isinstance(error, Conflict):
                    _log.warning("Telegram: another process polls with this token")
                else:
                    _log.warning("Telegram: no updates, again in %.2f s: %s", wait_s, error.message)
                await asyncio.sleep(wait_s)
                pause_s = min(pause_s * BACKOFF, _LONGEST_PAUSE_S)
                continue
            pause_s = self._pause_s
            for raw in batch:
                yield raw
                self._next = int(raw["update_id"]) + 1

    async def close(self) -> None:
        """Confirm what was yielded."""
        if self._next is not None:
            try:
                await self._ask(0, limit=1)
            except TelegramError as error:
                _log.info("Telegram: the last updates may come again: %s", error.message)

    async def _ask(self, poll_s: int, *, limit: int = 100) -> list[Raw]:
        return await self._client.raw_updates(
            offset=self._next,
            poll_s=poll_s,
            limit=limit,
            kinds=KINDS_OF_UPDATE,
            timeout_s=self._timeout_s,
        )


class Webhook:
    """Is told updates over HTTP, and acknowledges each once it was taken.

    At most ``waiting`` of them wait for that.
    """

    def __init__(self, client: Client, url: str, *, waiting: int) -> None:
        self._client = client
        self.url = url.rstrip("/") + PATH
        # Only Telegram and we know the token, so what is made of it proves who calls.
        self._secret = hashlib.sha256(b"twinset webhook " + client.token.encode()).hexdigest()
        self._waiting: asyncio.Queue[tuple[Raw, asyncio.Future[bool]]] = asyncio.Queue(waiting)
        self._unconfirmed: set[asyncio.Future[bool]] = set()
        self._closed = False

    async def open(self) -> None:
        """Set the webhook; ``ConfigurationError`` when Telegram refuses the address."""
        try:
            await self._client.set_webhook(
                self.url, secret_token=self._secret, allowed_updates=KINDS_OF_UPDATE
            )
        except TelegramError as error:
            if "webhook" not in error.message.lower():
                raise
            raise ConfigurationError(
                f"TWINSET_TELEGRAM_WEBHOOK_URL: Telegram says: {error.message}"
            ) from None

    async def updates(self) -> AsyncIterator[Raw]:
        """Yield updates as they come."""
        while True:
            raw, taken = await self._waiting.get()
            yield raw
            taken.set_result(True)

    async def close(self) -> None:
        """Leave the webhook set: Telegram keeps what comes while the bot is away."""
        self._closed = True
        for taken in self._unconfirmed:
            if not taken.done():
                taken.set_result(False)

    def routes(self) -> list[web.RouteDef]:
        """Return what the app's web server mounts."""
        return [web.post(PATH, self._receive)]

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), self._secret.encode()):
            return web.Response(status=403)
        try:
            raw = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
            return web.Response(status=400)
        return web.Response(status=200 if await self._takes(raw) else 503)

    async def _takes(self, raw: Raw) -> bool:
        """Whether an update was taken; else Telegram sends it again later."""
        if self._closed or self._waiting.full():
            return False
        taken: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._unconfirmed.add(taken)
        taken.add_done_callback(self._unconfirmed.discard)
        self._waiting.put_nowait((raw, taken))
        return await taken
