"""One understood update → the conversation → the answer on its way, many at a time."""

import asyncio
import logging
from collections import Counter
from dataclasses import replace
from weakref import WeakValueDictionary

from telegram import CallbackQuery
from telegram.constants import CallbackQueryLimit, ChatAction
from telegram.error import ChatMigrated, TelegramError
from telegram.ext import ExtBot

from bot.conversation.messages import (
    Answerer,
    CommandMessage,
    Departure,
    Incoming,
    Migration,
    PhotoMessage,
    Reply,
    TapMessage,
)
from bot.conversation.messages import Sender as Author
from bot.telegram import rendering
from bot.telegram.pace import Repeat
from bot.telegram.sending import Sender
from bot.telegram.updates import PLATFORM, Place, Received

_log = logging.getLogger(__name__)

_Line = tuple[str, str, bool]

_NOTICE = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)
_MOST_OF_ONE_PERSON = 32
_PAUSE_BEFORE_TYPING_S = 0.5


class Handler:
    """Answers updates side by side, at most ``most`` at once.

    What one person writes in one chat is answered in its order; taps do not wait for photos. Of
    one person at most 32 updates wait; more are dropped, so that nobody fills the line alone. A
    tapped button spins for at most ``tap_patience_s`` seconds.
    """

    def __init__(
        self,
        bot: ExtBot[Repeat],
        answerer: Answerer,
        sender: Sender,
        *,
        most: int,
        tap_patience_s: float,
    ) -> None:
        self._bot = bot
        self._answerer = answerer
        self._sender = sender
        self._most = most
        self._tap_patience_s = tap_patience_s
        self._tasks: set[asyncio.Task[None]] = set()
        self._lines: WeakValueDictionary[_Line, asyncio.Lock] = WeakValueDictionary()
        self._waiting: Counter[_Line] = Counter()

    def take(self, received: Received) -> None:
        """Begin to answer."""
        line = _line(received.incoming)
        if self._waiting[line] >= _MOST_OF_ONE_PERSON:
            _log.warning("Telegram: update %s dropped: a flood", received.incoming.update_id)
            return
        self._waiting[line] += 1
        task = asyncio.create_task(self._in_line(line, received))
        self._tasks.add(task)
        task.add_done_callback(lambda task: self._done(line, task))

    async def has_room(self) -> None:
        """Wait until there is room for one more."""
        while len(self._tasks) >= self._most:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)

    async def drain(self, timeout_s: float) -> None:
        """Let everything begun come to its end, then cancel what has not."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=timeout_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def migrated(self, old_chat_id: int, new_chat_id: int) -> None:
        """Tell the conversation of a group's new id that became known while sending."""
        old = str(old_chat_id)
        await self._answerer.answer(
            Migration(
                sender=Author(platform=PLATFORM, person_id=old, chat_id=old, is_group=True),
                update_id=f"migrated:{old}:{new_chat_id}",
                new_chat_id=str(new_chat_id),
            )
        )

    def _done(self, line: _Line, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._waiting[line] -= 1
        if not self._waiting[line]:
            del self._waiting[line]

    async def _in_line(self, line: _Line, received: Received) -> None:
        turn = self._lines.setdefault(line, asyncio.Lock())
        async with turn:
            await self._handle(received)

    async def _handle(self, received: Received) -> None:
        update_id = received.incoming.update_id
        try:
            if received.query:
                await self._tap(received, received.query)
            else:
                await self._message(received)
        except TelegramError as error:
            _log.warning("Telegram: update %s: no answer sent: %s", update_id, error.message)
        except Exception:  # noqa: BLE001 - the last stop of a task nobody awaits
            _log.exception("Telegram: update %s", update_id)

    async def _message(self, received: Received) -> None:
        incoming = received.incoming
        if _is_silent(incoming):
            replies = await self._answerer.answer(incoming)
        else:
            delay_s = 0.0 if _has_photos(incoming) else _PAUSE_BEFORE_TYPING_S
            async with self._sender.showing(received.place, ChatAction.TYPING, delay_s=delay_s):
                replies = await self._answerer.answer(incoming)
        await self._send(received.place, replies)

    async def _tap(self, received: Received, query: CallbackQuery) -> None:
        answering = asyncio.ensure_future(self._answerer.answer(received.incoming))
        try:
            in_time, _ = await asyncio.wait({answering}, timeout=self._tap_patience_s)
            failed = in_time and answering.exception()
            await self._acknowledge(
                query, _notice(answering.result()) if in_time and not failed else None
            )
            replies = await answering
        finally:
            answering.cancel()
        if not in_time:
            replies = [_spoken(reply) for reply in replies]
        if query.message:
            replies = [
                left
                for reply in replies
                if (left := await self._change(received.place, query.message.message_id, reply))
            ]
        await self._send(received.place, replies)

    async def _change(self, place: Place, message_id: int, reply: Reply) -> Reply | None:
        """Do to a tapped message what a reply asks for; return what is left to send."""
        if (
            reply.replaces_message
            and reply.picture
            and await self._sender.replace_picture(place, message_id, reply.picture, reply)
        ):
            return None
        if reply.replaces_buttons:
            await self._sender.replace_buttons(place, message_id, reply.buttons)
            return replace(reply, buttons=())
        return reply

    async def _acknowledge(self, query: CallbackQuery, notice: str | None) -> None:
        try:
            await self._bot.answer_callback_query(
                query.id, text=rendering.cut(notice, _NOTICE) if notice else None
            )
        except TelegramError as error:
            # Old taps cannot be acknowledged any more; what they ask for is done all the same.
            _log.info("Telegram: a tap was not acknowledged: %s", error.message)

    async def _send(self, place: Place, replies: list[Reply]) -> None:
        for reply in replies:
            if not (reply.text or reply.album or reply.buttons):
                continue
            try:
                await self._sender.send(place, reply)
            except ChatMigrated as error:
                await self.migrated(place.chat_id, error.new_chat_id)
                place = Place(chat_id=error.new_chat_id)
                await self._sender.send(place, reply)


def _line(incoming: Incoming) -> _Line:
    sender = incoming.sender
    return sender.chat_id, sender.person_id, isinstance(incoming, TapMessage)


def _has_photos(incoming: Incoming) -> bool:
    return isinstance(incoming, PhotoMessage | CommandMessage) and bool(incoming.photos)


def _is_silent(incoming: Incoming) -> bool:
    unasked = isinstance(incoming, PhotoMessage) and not incoming.addressed
    return unasked or isinstance(incoming, Departure | Migration)


def _notice(replies: list[Reply]) -> str | None:
    return next((reply.notice for reply in replies if reply.notice), None)


def _spoken(reply: Reply) -> Reply:
    """A notice that came too late for the button is said in the chat."""
    return replace(reply, text=reply.notice) if reply.notice and not reply.text else reply
