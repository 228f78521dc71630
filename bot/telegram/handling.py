"""One understood update → the conversation → the answer on its way, many at a time."""

import asyncio
import json
import logging
import secrets
from collections import Counter
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final
from weakref import WeakValueDictionary

from telegram import CallbackQuery, InlineQuery
from telegram.constants import CallbackQueryLimit, ChatAction
from telegram.error import ChatMigrated, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.conversation.languages import language_of
from bot.conversation.messages import (
    Answerer,
    CommandMessage,
    Departure,
    Incoming,
    LookupMessage,
    Migration,
    PhotoMessage,
    Reply,
    TapMessage,
)
from bot.conversation.messages import Sender as Author
from bot.conversation.texts import texts_in
from bot.conversation.unfinished import Journal, Left
from bot.telegram import rendering
from bot.telegram.errors import retry_after_s
from bot.telegram.pace import Manner, Repeat
from bot.telegram.sending import Rows, Sender
from bot.telegram.updates import PLATFORM, Place, Received

_log = logging.getLogger(__name__)

_Line = tuple[str, str, type[Incoming] | None]

_NOTICE = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)
_MOST_OF_ONE_CHAT = 32
_MOST_UNASKED = 8
_LIST_FOR_S: Final = 300
_PAUSE_BEFORE_TYPING_S = 0.5
_BUSY_S = 20.0


class Handler:
    """Answers updates side by side, at most ``most`` at once.

    What one person writes in one chat is answered in its order; taps do not wait for photos. Of
    one chat at most 32 updates wait, eight where some are photos that nobody asked about; more are
    dropped, which is said once, so that neither a person nor a group fills the line alone. Of what
    a person is typing only the latest is looked up. A tapped button spins for at most
    ``tap_patience_s`` seconds.
    """

    def __init__(
        self,
        bot: ExtBot[Manner],
        answerer: Answerer,
        sender: Sender,
        *,
        journal: Journal,
        most: int,
        tap_patience_s: float,
    ) -> None:
        self._bot = bot
        self._answerer = answerer
        self._sender = sender
        self._journal = journal
        self._most = most
        self._tap_patience_s = tap_patience_s
        self._tasks: set[asyncio.Task[None]] = set()
        self._lines: WeakValueDictionary[_Line, asyncio.Lock] = WeakValueDictionary()
        self._waiting: Counter[str] = Counter()
        self._flooded: set[str] = set()
        self._typed: dict[int, str] = {}
        self._lists_from = 0.0

    def admits(self, received: Received) -> bool:
        """Whether there is room in this chat's line; the first who finds none is told so."""
        incoming, chat_id = received.incoming, received.incoming.sender.chat_id
        if isinstance(incoming, Departure | Migration):  # told once, and quickly done
            return True
        most = _MOST_UNASKED if _is_unasked(incoming) else _MOST_OF_ONE_CHAT
        if self._waiting[chat_id] < most:
            return True
        if chat_id not in self._flooded and not _is_silent(incoming):
            self._flooded.add(chat_id)
            _log.warning("Telegram: a flood, dropped from %s on", incoming.update_id)
            say = texts_in(language_of(incoming.sender.language))
            self._spawn(self._refuse(received, say.busy(_BUSY_S)))
        return False

    async def noted(self, received: Received) -> Received:
        """The same, noted as begun; what is answered by silence needs no note."""
        if _is_silent(received.incoming):
            return received
        place = json.dumps([received.place.thread_id, received.place.reply_to])
        note = await self._journal.begin(received.incoming, place)
        return replace(received, notes=(note,))

    async def own_up(self, left: Sequence[Left]) -> None:
        """Apologise for what an earlier process left, once to each person in a chat."""
        told: set[_Line] = set()
        for one in left:
            line = _line(one.message)
            if await self._journal.end(PLATFORM, one.note) and line not in told:
                told.add(line)
                thread_id, reply_to = json.loads(one.place)
                place = Place(chat_id=int(line[0]), thread_id=thread_id, reply_to=reply_to)
                self._spawn(self._apologise(place, one.message))

    def take(self, received: Received) -> None:
        """Begin to answer."""
        line, query = _line(received.incoming), received.query
        chat_id = received.incoming.sender.chat_id
        self._waiting[chat_id] += 1
        if isinstance(query, InlineQuery):
            self._typed[query.from_user.id] = query.id
        task = self._spawn(self._in_line(line, received))
        task.add_done_callback(lambda _: self._leave(chat_id))

    async def has_room(self) -> None:
        """Wait until there is room for one more chat."""
        while len(self._waiting) >= self._most:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)

    async def drain(self, timeout_s: float) -> None:
        """Let everything begun come to its end, then cancel what has not."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                while self._tasks:  # what ends may have begun more
                    await asyncio.wait(self._tasks)
        late = [*self._tasks]
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def migrated(self, old_chat_id: int, new_chat_id: int) -> None:
        """Tell the conversation of a group's new id that became known while sending.

        Each time anew: what was being answered has come to be kept under the old one since.
        """
        old = str(old_chat_id)
        await self._answerer.answer(
            Migration(
                sender=Author(platform=PLATFORM, person_id=old, chat_id=old, is_group=True),
                update_id=f"migrated:{old}:{new_chat_id}:{secrets.token_hex(4)}",
                new_chat_id=str(new_chat_id),
            )
        )

    def _spawn(self, doing: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _leave(self, chat_id: str) -> None:
        self._waiting[chat_id] -= 1
        if not self._waiting[chat_id]:
            del self._waiting[chat_id]
            self._flooded.discard(chat_id)

    async def _apologise(self, place: Place, message: Incoming) -> None:
        try:
            for reply in await self._answerer.answer(message):
                await self._sender.send(place, reply, repeat=Repeat.IF_UNSENT)
        except TelegramError as error:
            _log.info("Telegram: an apology was not sent: %s", error.message)

    async def _refuse(self, received: Received, sentence: str) -> None:
        try:
            if isinstance(received.query, CallbackQuery):
                await self._acknowledge(received.query, sentence)
            else:
                await self._sender.send(received.place, Reply(text=sentence))
        except TelegramError as error:
            _log.info("Telegram: a refusal was not sent: %s", error.message)

    async def _in_line(self, line: _Line, received: Received) -> None:
        turn = self._lines.setdefault(line, asyncio.Lock())
        async with turn:
            await self._handle(received)

    async def _handle(self, received: Received) -> None:
        update_id = received.incoming.update_id
        try:
            match received.query:
                case CallbackQuery() as tap:
                    await self._tap(received, tap)
                case InlineQuery() as typed:
                    await self._list(received.incoming, typed)
                case None:
                    await self._message(received)
        except TelegramError as error:
            _log.warning("Telegram: update %s: no answer sent: %s", update_id, error.message)
        except Exception:  # noqa: BLE001 - the last stop of a task nobody awaits
            _log.exception("Telegram: update %s", update_id)
        for note in received.notes:
            await self._journal.end(PLATFORM, note)

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
            notice = _notice(answering.result()) if in_time and not failed else None
            # What a tap brings does not wait until its button has stopped to spin.
            self._spawn(self._acknowledge(query, notice))
            replies = await answering
        finally:
            answering.cancel()
        if not in_time:
            replies = [_spoken(reply) for reply in replies]
        if query.message:
            await self._change(received.place, query.message.message_id, replies)
        else:
            await self._send(received.place, replies)

    async def _change(self, place: Place, message_id: int, replies: Sequence[Reply]) -> None:
        """Do to a tapped message what the replies ask for, and send what is left of them."""
        keyboards, left = [], []
        for reply in replies:
            if (
                reply.replaces_message
                and reply.picture
                and await self._sender.replace_picture(place, message_id, reply.picture, reply)
            ):
                continue
            if reply.replaces_buttons:
                keyboards.append(reply.buttons)
            left.append(replace(reply, buttons=()) if reply.replaces_buttons else reply)
        # Beside the sending: what is told to wait, or fails, must not hold up an answer.
        redrawing = self._spawn(self._redraw(place, message_id, keyboards))
        await self._send(place, left)
        await redrawing  # so that the next tap's buttons come after these

    async def _redraw(self, place: Place, message_id: int, keyboards: Sequence[Rows]) -> None:
        for rows in keyboards:
            await self._sender.replace_buttons(place, message_id, rows)

    async def _list(self, incoming: Incoming, typed: InlineQuery) -> None:
        """Show what there is of the words in passing; of words that were typed on, nothing."""
        person, now = typed.from_user.id, asyncio.get_running_loop().time
        if self._typed.get(person) != typed.id:
            return
        del self._typed[person]
        if now() < self._lists_from:
            return
        (reply,) = await self._answerer.answer(incoming)
        try:
            # Everybody who types the same is shown the list, but words are in one's own language.
            await self._bot.answer_inline_query(
                typed.id,
                rendering.choices(reply.album),
                cache_time=_LIST_FOR_S,
                is_personal=not reply.album,
                next_offset=str(reply.album[-1].rank) if reply.more else "",
                button=rendering.explanation(reply.text) if reply.text else None,
            )
        except RetryAfter as error:
            self._lists_from = now() + retry_after_s(error)
            raise

    async def _acknowledge(self, query: CallbackQuery, notice: str | None) -> None:
        try:
            await self._bot.answer_callback_query(
                query.id, text=rendering.cut(notice, _NOTICE) if notice else None
            )
        except TelegramError as error:
            # Old taps cannot be acknowledged any more; what they ask for is done all the same.
            _log.info("Telegram: a tap was not acknowledged: %s", error.message)

    async def _send(self, place: Place, replies: Sequence[Reply]) -> None:
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
    lane = type(incoming) if isinstance(incoming, TapMessage | LookupMessage) else None
    return sender.chat_id, sender.person_id, lane


def _has_photos(incoming: Incoming) -> bool:
    return isinstance(incoming, PhotoMessage | CommandMessage) and bool(incoming.photos)


def _is_unasked(incoming: Incoming) -> bool:
    return isinstance(incoming, PhotoMessage) and not incoming.addressed


def _is_silent(incoming: Incoming) -> bool:
    return _is_unasked(incoming) or isinstance(incoming, Departure | LookupMessage | Migration)


def _notice(replies: list[Reply]) -> str | None:
    return next((reply.notice for reply in replies if reply.notice), None)


def _spoken(reply: Reply) -> Reply:
    """A notice that came too late for the button is said in the chat."""
    return replace(reply, text=reply.notice) if reply.notice and not reply.text else reply
