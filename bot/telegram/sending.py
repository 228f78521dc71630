"""A reply → API calls: the album, then one message with text and buttons."""

import asyncio
import contextlib
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from telegram import (
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ChatAction, FileSizeLimit, MessageLimit, ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.conversation.messages import Button, Card, Document, Pictures, Reply
from bot.telegram import rendering
from bot.telegram.errors import (
    is_gone,
    is_refused_url,
    is_unmodified,
    is_without_topic,
    may_have_arrived,
)
from bot.telegram.pace import Manner, Repeat
from bot.telegram.pictures import FileIds, is_sendable
from bot.telegram.updates import Place

_log = logging.getLogger(__name__)

_T = TypeVar("_T")

Rows = Sequence[Sequence[Button]]

_NO_WORDS = "👇"  # Telegram wants some above buttons
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NUMBERED = re.compile(r"message #(\d+)")


@dataclass(slots=True)
class _Delivery:
    """One reply on its way: where it goes, and the ids of what was sent.

    An id is None for a message that may have arrived and must not be repeated.
    """

    place: Place
    repeat: Repeat
    sent: list[int | None] = field(default_factory=list)

    def target(self) -> dict[str, Any]:
        """Return the arguments that every message of this reply shares."""
        place = self.place
        answers = place.reply_to is not None and not self.sent
        return {
            "chat_id": place.chat_id,
            "message_thread_id": place.thread_id,
            "reply_parameters": ReplyParameters(
                message_id=place.reply_to or 0, allow_sending_without_reply=True
            )
            if answers
            else None,
            "rate_limit_args": Manner(self.repeat, goes_on=bool(self.sent)),
        }

    async def attempt(self, send: Callable[[], Awaitable[_T]]) -> _T | None:
        """Make a call; None where it may have arrived but nobody knows.

        Where its topic is gone, it is made once more, for the chat as a whole.
        """
        try:
            return await send()
        except TelegramError as error:
            if self.place.thread_id is not None and is_without_topic(error):
                self.place = replace(self.place, thread_id=None)
                return await self.attempt(send)
            if self.repeat is Repeat.IF_UNSENT and may_have_arrived(error):
                self.sent.append(None)
                return None
            raise


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A card and its picture: bytes, or the id of a file that Telegram has."""

    card: Card
    picture: bytes | str


class Sender:
    """Sends replies, those of one chat one after the other.

    Raises ``TelegramError`` when a message did not arrive in spite of the pace's repeats.
    """

    def __init__(self, bot: ExtBot[Manner], pictures: Pictures, *, action_every_s: float) -> None:
        self._bot = bot
        self._pictures = pictures
        self._action_every_s = action_every_s
        self._known = FileIds()
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def send(
        self, place: Place, reply: Reply, *, repeat: Repeat = Repeat.ALWAYS
    ) -> list[int | None]:
        """Send a reply and return its messages' ids.

        With ``Repeat.IF_UNSENT`` a message that may have arrived counts as sent, with id None.
        """
        turn = self._turns.setdefault(place.chat_id, asyncio.Lock())
        async with turn:
            delivery = _Delivery(place, repeat)
            try:
                if reply.document:
                    await self._document(delivery, reply.document, reply.text)
                elif reply.picture:
                    await self._picture(delivery, reply.picture, reply)
                else:
                    bare = await self._album(delivery, reply.album) if reply.album else []
                    texts = rendering.messages(reply.text, bare)
                    await self._texts(delivery, texts, reply.buttons)
            except TelegramError as error:
                if repeat is not Repeat.IF_UNSENT or not delivery.sent:
                    raise
                _log.warning("Telegram: a reply was sent in part: %s", error.message)
            return delivery.sent

    async def replace_buttons(self, place: Place, message_id: int, rows: Rows) -> None:
        """Put other buttons under a message; one that is gone, or has them already, is left."""
        for with_urls in (True, False):
            try:
                await self._bot.edit_message_reply_markup(
                    chat_id=place.chat_id,
                    message_id=message_id,
                    reply_markup=rendering.keyboard(rows, with_urls=with_urls),
                )
            except TelegramError as error:
                if with_urls and is_refused_url(error):
                    continue
                if not is_unmodified(error):
                    _log.info("Telegram: buttons stay as they are: %s", error.message)
            return

    async def replace_picture(
        self, place: Place, message_id: int, picture: bytes, reply: Reply
    ) -> bool:
        """Put a reply's picture, words and buttons in the place of a message's.

        False where that cannot be done any more.
        """
        caption = rendering.picture_caption(reply.text, reply.album)
        media = InputMediaPhoto(picture, caption=caption.html, parse_mode=ParseMode.HTML)

        async def edit(markup: InlineKeyboardMarkup | None) -> object:
            return await self._bot.edit_message_media(
                media, chat_id=place.chat_id, message_id=message_id, reply_markup=markup
            )

        turn = self._turns.setdefault(place.chat_id, asyncio.Lock())
        async with turn:
            try:
                await _with_buttons(reply.buttons, edit)
            except TelegramError as error:
                if not is_unmodified(error):
                    _log.info("Telegram: a message stays as it is: %s", error.message)
                    return False
        return True

    @contextlib.asynccontextmanager
    async def showing(
        self, place: Place, action: ChatAction, *, delay_s: float = 0.0
    ) -> AsyncIterator[None]:
        """Show the chat that the bot is at work, from ``delay_s`` after entering until left."""
        task = asyncio.create_task(self._show(place, action, delay_s))
        try:
            yield
        finally:
            task.cancel()

    async def _show(self, place: Place, action: ChatAction, delay_s: float) -> None:
        await asyncio.sleep(delay_s)
        while True:
            with contextlib.suppress(TelegramError):
                await self._bot.send_chat_action(
                    place.chat_id, action, message_thread_id=place.thread_id
                )
            await asyncio.sleep(self._action_every_s)

    async def _album(self, delivery: _Delivery, cards: Sequence[Card]) -> list[Card]:
        """Send the cards whose picture Telegram takes; return the others."""
        async with self.showing(delivery.place, ChatAction.UPLOAD_PHOTO):
            found = await asyncio.gather(*(self._item(card) for card in cards))
            items = [item for item in found if item]
            bare = [card for card, item in zip(cards, found, strict=True) if not item]
            for group in rendering.groups(items):
                bare += await self._group(delivery, group)
        return sorted(bare, key=lambda card: card.rank)

    async def _item(self, card: Card, *, fresh: bool = False) -> _Item | None:
        if not fresh and (file_id := self._known.get(card.match)):
            return _Item(card=card, picture=file_id)
        try:
            picture = await self._pictures.jpeg(card.match)
        except Exception:  # noqa: BLE001 - the card is shown without its picture
            _log.exception("The picture of product %d cannot be had", card.match.product.id)
            return None
        fits = picture is not None and len(picture) <= FileSizeLimit.PHOTOSIZE_UPLOAD
        return _Item(card=card, picture=picture) if picture and fits else None

    async def _group(self, delivery: _Delivery, items: Sequence[_Item]) -> list[Card]:
        """Send one album; return the cards that Telegram refused to show."""
        refused: list[Card] = []
        while items:
            try:
                messages = await delivery.attempt(partial(self._photos, delivery, items))
            except BadRequest as error:
                if is_gone(error):
                    raise
                _log.warning("Telegram: album refused: %s", error.message)
                kept = await self._acceptable(items, error)
                refused += [item.card for item in items if item.card not in _cards(kept)]
                items = kept
                continue
            for item, message in zip(items, messages or (), strict=False):
                delivery.sent.append(message.message_id)
                if message.photo:
                    self._known.learn(item.card.match, message.photo[-1].file_id)
            break
        return refused

    async def _photos(self, delivery: _Delivery, items: Sequence[_Item]) -> Sequence[Message]:
        if len(items) == 1:
            return [
                await self._bot.send_photo(
                    photo=items[0].picture,
                    caption=rendering.caption(items[0].card).html,
                    parse_mode=ParseMode.HTML,
                    **delivery.target(),
                )
            ]
        media = [
            InputMediaPhoto(
                item.picture, caption=rendering.caption(item.card).html, parse_mode=ParseMode.HTML
            )
            for item in items
        ]
        return await self._bot.send_media_group(media=media, **delivery.target())

    async def _acceptable(self, items: Sequence[_Item], error: BadRequest) -> list[_Item]:
        """Return what to try next: as bytes, or without the bad items, or nothing."""
        if any(isinstance(item.picture, str) for item in items):
            for item in items:
                self._known.forget(item.card.match)
            again = await asyncio.gather(*(self._item(item.card, fresh=True) for item in items))
            return [item for item in again if item]
        named = _NUMBERED.search(error.message)
        if named and 1 <= (number := int(named[1])) <= len(items):
            return [*items[: number - 1], *items[number:]]
        good = [
            item
            for item in items
            if isinstance(item.picture, bytes)
            and await asyncio.to_thread(is_sendable, item.picture)
        ]
        return good if len(good) < len(items) else []

    async def _document(self, delivery: _Delivery, document: Document, text: str) -> None:
        message = await delivery.attempt(
            lambda: self._bot.send_document(
                document=document.data,
                filename=document.name,
                caption=rendering.cut(text, MessageLimit.CAPTION_LENGTH),
                **delivery.target(),
            )
        )
        if message:
            delivery.sent.append(message.message_id)

    async def _picture(self, delivery: _Delivery, picture: bytes, reply: Reply) -> None:
        caption = rendering.picture_caption(reply.text, reply.album)

        async def send(markup: InlineKeyboardMarkup | None) -> Message | None:
            return await delivery.attempt(
                lambda: self._bot.send_photo(
                    photo=picture,
                    caption=caption.html,
                    parse_mode=ParseMode.HTML,
                    reply_markup=markup,
                    **delivery.target(),
                )
            )

        if message := await _with_buttons(reply.buttons, send):
            delivery.sent.append(message.message_id)

    async def _texts(
        self, delivery: _Delivery, texts: Sequence[rendering.Words], rows: Rows
    ) -> None:
        if rows and not texts:
            texts = rendering.messages(_NO_WORDS, ())
        for text in texts:
            await self._text(delivery, text, rows if text is texts[-1] else ())

    async def _text(self, delivery: _Delivery, text: rendering.Words, rows: Rows) -> None:
        async def send(markup: InlineKeyboardMarkup | None) -> Message | None:
            return await delivery.attempt(
                lambda: self._bot.send_message(
                    text=text.html,
                    parse_mode=ParseMode.HTML,
                    reply_markup=markup,
                    link_preview_options=_NO_PREVIEW,
                    **delivery.target(),
                )
            )

        if message := await _with_buttons(rows, send):
            delivery.sent.append(message.message_id)


async def _with_buttons(
    rows: Rows, call: Callable[[InlineKeyboardMarkup | None], Awaitable[_T]]
) -> _T:
    """Make a call with a keyboard, or with as much of it as Telegram takes."""
    full, without_urls = rendering.keyboard(rows), rendering.keyboard(rows, with_urls=False)
    markups = [full] if full is None else [full, without_urls, None]
    while True:
        try:
            return await call(markups.pop(0))
        except BadRequest as error:
            if not markups or is_gone(error) or is_unmodified(error):
                raise
            if not is_refused_url(error):
                markups = [None]


def _cards(items: Sequence[_Item]) -> list[Card]:
    return [item.card for item in items]
