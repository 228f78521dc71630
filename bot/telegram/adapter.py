"""Telegram, from start to stop; and as a courier."""

import asyncio
import contextlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from aiohttp import web
from telegram import Update
from telegram.error import ChatMigrated, InvalidToken, TelegramError

from bot.conversation.messages import Answerer, Pictures, Reply
from bot.conversation.unfinished import Forgetful, Journal, Left
from bot.recent import Recent
from bot.settings import TelegramSettings
from bot.telegram.albums import Albums
from bot.telegram.client import BAD_TOKEN, Client, Raw, token_of
from bot.telegram.errors import translated
from bot.telegram.files import Files
from bot.telegram.handling import Handler
from bot.telegram.intake import Intake, Polling, Webhook
from bot.telegram.menus import menus, publish_all
from bot.telegram.pace import BACKOFF, Limits, Pace, Repeat
from bot.telegram.redaction import Redaction
from bot.telegram.sending import Sender
from bot.telegram.updates import PLATFORM, Place, Reader, Received
from core.errors import ConfigurationError, Undeliverable

_log = logging.getLogger(__name__)

_LONGEST_PAUSE_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """How patient the bot is, and how much it does at once.

    Starting waits ``start_s`` for Telegram, then goes on trying in the background.
    """

    limits: Limits = field(default_factory=Limits)
    handlers: int = 256
    album_quiet_s: float = 0.7
    poll_s: int = 25
    request_s: float = 20.0
    download_s: float = 60.0
    action_every_s: float = 4.5
    tap_patience_s: float = 5.0
    pause_s: float = 0.03
    drain_s: float = 10.0
    start_s: float = 8.0


class TelegramBot:
    """The bot on Telegram: an asynchronous context manager, and a ``Courier``.

    Entering raises ``ConfigurationError`` when Telegram does not know the token. When Telegram
    cannot be reached, the bot goes on trying while everything else runs.
    """

    def __init__(
        self,
        settings: TelegramSettings,
        answerer: Answerer,
        pictures: Pictures,
        *,
        operators: Iterable[str] = (),
        journal: Journal | None = None,
        tuning: Tuning | None = None,
    ) -> None:
        """``operators`` are as in the settings; Telegram's see their own commands, too.

        What a process left unanswered is known to the next by the ``journal``.
        """
        token = token_of(settings)
        self._operators = tuple(operators)
        self._tuning = tuning = tuning or Tuning()
        self._journal = journal or Forgetful()
        self._redaction = Redaction(token)
        pace = Pace(tuning.limits)
        with self._redaction:  # the library writes its addresses at DEBUG
            self._bot = Client(
                token,
                api_base=settings.api_base,
                file_base=settings.file_base,
                pace=pace,
                connections=tuning.handlers,
                timeout_s=tuning.request_s,
            )
        self._files = Files(self._bot, pace, timeout_s=tuning.download_s)
        self._sender = Sender(self._bot, pictures, action_every_s=tuning.action_every_s)
        self._handler = Handler(
            self._bot,
            answerer,
            self._sender,
            journal=self._journal,
            most=tuning.handlers,
            tap_patience_s=tuning.tap_patience_s,
        )
        self._albums = Albums(self._handler.take, quiet_s=tuning.album_quiet_s)
        self._webhook = (
            Webhook(self._bot, settings.webhook_url, waiting=4 * tuning.handlers)
            if settings.webhook_url
            else None
        )
        self._intake: Intake = self._webhook or Polling(
            self._bot, poll_s=tuning.poll_s, timeout_s=tuning.request_s, pause_s=tuning.pause_s
        )
        self._seen = Recent()
        self._running: asyncio.Task[None] | None = None
        self._beside: list[asyncio.Task[None]] = []

    @property
    def platform(self) -> str:
        """Its name in ``Sender.platform``."""
        return PLATFORM

    def webhook_routes(self) -> list[web.RouteDef]:
        """Return what the app's web server mounts at its root; empty when polling."""
        return self._webhook.routes() if self._webhook else []

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Connect and begin to answer; when Telegram cannot be reached, go on trying."""
        self._redaction.__enter__()
        connected = False
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._tuning.start_s):
                    connected = await self._connected()
        except BaseException:
            await self._close()
            raise
        self._running = asyncio.create_task(self._run(connected=connected))
        self._running.add_done_callback(_report)

    async def stop(self) -> None:
        """Take no more updates, finish the answers begun, close the connections."""
        if self._running is None:
            return
        ending = [self._running, *self._beside]
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)
        self._running, self._beside = None, []
        self._albums.close_all()
        await self._handler.drain(self._tuning.drain_s)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._tuning.request_s):
                await self._intake.close()
        await self._close()

    async def deliver(self, chat_id: str, reply: Reply) -> str:
        """Send the reply and return the id of its last message.

        The id is "" when the message may have arrived and Telegram did not say so; it is not
        sent twice. Raises ``Undeliverable`` and ``FetchFailed`` as every courier.
        """
        place = Place(chat_id=_number(chat_id))
        try:
            try:
                sent = await self._sender.send(place, reply, repeat=Repeat.IF_UNSENT)
            except ChatMigrated as error:
                await self._handler.migrated(place.chat_id, error.new_chat_id)
                place = Place(chat_id=error.new_chat_id)
                sent = await self._sender.send(place, reply, repeat=Repeat.IF_UNSENT)
        except TelegramError as error:
            raise translated(error) from None
        return str(sent[-1] or "") if sent else ""

    async def _run(self, *, connected: bool) -> None:
        pause_s = self._tuning.pause_s
        while not connected:
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * BACKOFF, _LONGEST_PAUSE_S)
            try:
                connected = await self._connected()
            except ConfigurationError as error:
                _log.error("%s", error)
        reader = Reader(
            self._bot.bot,
            self._files,
            is_admin=self._bot.is_admin,
            hears_all=self._bot.hears_all,
        )
        _log.info("Telegram: @%s is listening", self._bot.bot.username)
        left = await self._journal.left(PLATFORM)
        # One that comes again was noted before it was confirmed; it is apologised for.
        self._seen.note(int(one.update_id) for one in left)
        publishing = publish_all(self._bot, menus(self._operators), pause_s=self._tuning.pause_s)
        self._beside = [asyncio.create_task(self._own_up(left)), asyncio.create_task(publishing)]
        async for raw in self._intake.updates():
            await self._handler.has_room()
            received = self._received(reader, raw)
            if received and self._handler.admits(received):
                received = await self._handler.noted(received)
                take = self._albums.add if received.album else self._handler.take
                take(received)

    async def _own_up(self, left: Sequence[Left]) -> None:
        # Where two versions overlap, the one before has this long to finish.
        await asyncio.sleep(self._tuning.drain_s)
        await self._handler.own_up(left)

    async def _connected(self) -> bool:
        """Say who we are; False when Telegram cannot be reached now."""
        try:
            await self._bot.initialize()
            await self._intake.open()
        except InvalidToken:
            raise ConfigurationError(BAD_TOKEN) from None
        except TelegramError as error:
            _log.warning("Telegram cannot be reached, trying again: %s", error.message)
            return False
        return True

    def _received(self, reader: Reader, raw: Raw) -> Received | None:
        update_id = int(raw["update_id"])
        if not self._seen.is_new(update_id):
            return None
        try:
            return reader.read(Update.de_json(raw, self._bot))
        except Exception:  # noqa: BLE001 - one strange update must not end the intake
            _log.exception("Telegram: update %d cannot be read", update_id)
            return None

    async def _close(self) -> None:
        await self._bot.shutdown()
        self._redaction.__exit__(None, None, None)


def _report(running: asyncio.Task[None]) -> None:
    if not running.cancelled() and (error := running.exception()):
        _log.critical("Telegram: no more updates are taken", exc_info=error)


def _number(chat_id: str) -> int:
    try:
        return int(chat_id)
    except ValueError:
        raise Undeliverable(f"{chat_id!r} is no Telegram chat.") from None
