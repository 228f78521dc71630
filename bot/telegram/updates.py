"""An update from Telegram → what it means, and where an answer goes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial

from telegram import (
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    InlineQuery,
    Message,
    MessageEntity,
    Update,
    User,
)
from telegram.constants import ChatMemberStatus, ChatType

from bot.conversation.messages import (
    CommandMessage,
    Departure,
    Incoming,
    LookupMessage,
    Migration,
    OtherKind,
    OtherMessage,
    PhotoMessage,
    PhotoRef,
    Sender,
    TapMessage,
    TextMessage,
)
from bot.telegram.commands import COMMANDS, FOR_ADMINS
from bot.telegram.files import Files

PLATFORM = "telegram"
KINDS_OF_UPDATE = ("message", "callback_query", "inline_query", "my_chat_member")

_GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an answer goes: the chat, its topic, and the message it replies to."""

    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One update, understood. ``album`` groups the messages of one album.

    ``notes`` are what the journal has of it.
    """

    incoming: Incoming
    place: Place
    album: str | None = None
    query: CallbackQuery | InlineQuery | None = None
    notes: tuple[str, ...] = ()


class Reader:
    """Understands updates for the bot ``me``.

    ``is_admin`` asks Telegram whether a person, or who writes as a chat, runs a group,
    ``hears_all`` whether the bot sees all that is sent there.
    """

    def __init__(
        self,
        me: User,
        files: Files,
        *,
        is_admin: Callable[[int, int], Awaitable[bool]],
        hears_all: Callable[[int], Awaitable[bool]],
    ) -> None:
        self._me = me
        self._is_admin = is_admin
        self._hears_all = hears_all
        self._handle = f"@{me.username}".lower()
        self._files = files

    def read(self, update: Update) -> Received | None:
        """Return what the update means, None where it is not for the bot."""
        if update.callback_query:
            return self._tap(update, update.callback_query)
        if update.inline_query:
            return _lookup(update, update.inline_query)
        if update.my_chat_member:
            return _departure(update, update.my_chat_member)
        message = update.message
        if message is None or message.chat.type == ChatType.CHANNEL or _is_bots(message):
            return None
        incoming = self._message(update, message)
        if incoming is None:
            return None
        return Received(incoming=incoming, place=_place(message), album=message.media_group_id)

    def _tap(self, update: Update, query: CallbackQuery) -> Received | None:
        message = query.message
        if message is None or query.data is None:
            return None  # from an inline message or a game: none of ours
        is_group = message.chat.type in _GROUPS
        return Received(
            incoming=TapMessage(
                sender=self._sender(message.chat, query.from_user),
                update_id=str(update.update_id),
                action=query.data,
            ),
            place=Place(
                chat_id=message.chat.id,
                thread_id=_thread(message) if isinstance(message, Message) else None,
                reply_to=message.message_id if is_group else None,
            ),
            query=query,
        )

    def _message(self, update: Update, message: Message) -> Incoming | None:
        update_id = str(update.update_id)
        sender = self._sender(message.chat, message.sender_chat or message.from_user)
        if message.migrate_to_chat_id:
            new = str(message.migrate_to_chat_id)
            return Migration(sender=sender, update_id=update_id, new_chat_id=new)

        photos = self._files.of(message)
        if command := _command(message):
            return self._command(sender, update_id, message, photos, command)

        words, named = self._words(message)
        # A sticker in reply to an answer is what people think of it.
        replies = self._replies_to_me(message) and not message.sticker
        addressed = named or not sender.is_group or replies
        if not photos and named and message.reply_to_message:
            photos = self._files.of(message.reply_to_message)
        # These are what members say something with, not what they show each other.
        is_talk = not addressed and bool(message.sticker or message.animation)
        if photos and not is_talk:
            return PhotoMessage(
                sender=sender,
                update_id=update_id,
                photos=photos,
                caption=words,
                addressed=addressed,
            )
        if message.text is not None:
            if not addressed:
                return None
            link = _link(message, message.reply_to_message if named else None)
            about = _button(message.reply_to_message)
            return TextMessage(
                sender=sender, update_id=update_id, text=words, link=link, about=about
            )
        what = _other(message) if named or not sender.is_group else None
        return OtherMessage(sender=sender, update_id=update_id, what=what) if what else None

    def _command(
        self,
        sender: Sender,
        update_id: str,
        message: Message,
        photos: tuple[PhotoRef, ...],
        command: tuple[str, str],
    ) -> CommandMessage | None:
        full, argument = command
        name, at, bot = full.removeprefix("/").lower().partition("@")
        if at and f"@{bot}" != self._handle:
            return None
        if sender.is_group and not at and name not in {*COMMANDS, *FOR_ADMINS}:
            return None  # another bot's, most likely
        for source in (message.reply_to_message, message.external_reply):
            photos = photos or (self._files.of(source) if source else ())
        return CommandMessage(
            sender=sender,
            update_id=update_id,
            name=name,
            argument=argument,
            photos=photos,
            link=_link(message, message.reply_to_message),
        )

    def _words(self, message: Message) -> tuple[str, bool]:
        words, named = message.text or message.caption or "", False
        for entity, text in _entities(message).items():
            is_mention = entity.type == MessageEntity.MENTION and text.lower() == self._handle
            if is_mention or (entity.user is not None and entity.user.id == self._me.id):
                words, named = words.replace(text, " ", 1), True
        return " ".join(words.split()) if named else words, named

    def _sender(self, chat: Chat, author: User | Chat | None) -> Sender:
        sender = _sender(chat, author)
        return replace(
            sender,
            is_admin=partial(self._is_admin, chat.id, int(sender.person_id)),
            hears_all=partial(self._hears_all, chat.id),
        )

    def _replies_to_me(self, message: Message) -> bool:
        author = message.reply_to_message and message.reply_to_message.from_user
        return author is not None and author.id == self._me.id


def _sender(chat: Chat, author: User | Chat | None) -> Sender:
    return Sender(
        platform=PLATFORM,
        person_id=str(author.id if author else chat.id),
        chat_id=str(chat.id),
        is_group=chat.type in _GROUPS,
        language=author.language_code if isinstance(author, User) else None,
    )


def _lookup(update: Update, query: InlineQuery) -> Received:
    author = query.from_user
    return Received(
        incoming=LookupMessage(
            sender=Sender(
                platform=PLATFORM,
                person_id=str(author.id),
                chat_id=str(author.id),
                language=author.language_code,
            ),
            update_id=str(update.update_id),
            text=query.query,
            start=int(query.offset) if query.offset.isdecimal() else 0,
        ),
        place=Place(chat_id=author.id),
        query=query,
    )


def _place(message: Message) -> Place:
    is_group = message.chat.type in _GROUPS
    return Place(
        chat_id=message.chat.id,
        thread_id=_thread(message),
        reply_to=message.message_id if is_group else None,
    )


def _thread(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None


def _is_bots(message: Message) -> bool:
    author = message.from_user
    # A group's anonymous administrators write through a bot account of Telegram's.
    return bool(author and author.is_bot and not message.sender_chat)


def _departure(update: Update, change: ChatMemberUpdated) -> Received | None:
    member = change.new_chat_member
    gone = member.status in {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}
    if not gone or change.chat.type == ChatType.CHANNEL:
        return None
    sender = _sender(change.chat, change.from_user)
    return Received(
        incoming=Departure(sender=sender, update_id=str(update.update_id)),
        place=Place(chat_id=change.chat.id),
    )


def _entities(message: Message) -> dict[MessageEntity, str]:
    return message.parse_entities() if message.text else message.parse_caption_entities()


def _link(*messages: Message | None) -> str | None:
    """The first web address in the words, or behind them; a site's mere name is none."""
    for message in filter(None, messages):
        for entity, text in _entities(message).items():
            if entity.type == MessageEntity.TEXT_LINK and (entity.url or "").startswith("http"):
                return entity.url
            if entity.type == MessageEntity.URL and "/" in text:
                return text if "://" in text else f"https://{text}"
    return None


def _button(message: Message | None) -> str | None:
    """What the first of a message's buttons sends back that sends something."""
    markup = message.reply_markup if message else None
    rows = markup.inline_keyboard if markup else ()
    return next((str(one.callback_data) for row in rows for one in row if one.callback_data), None)


def _command(message: Message) -> tuple[str, str] | None:
    for entity, text in _entities(message).items():
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            words = message.text or message.caption or ""
            return text, words[len(text) :].strip()
    return None


def _other(message: Message) -> OtherKind | None:
    kinds = {
        OtherKind.GIF: message.animation,  # comes as a document besides
        OtherKind.STICKER: message.sticker,
        OtherKind.VOICE: message.voice or message.audio,
        OtherKind.VIDEO: message.video or message.video_note,
        OtherKind.FILE: message.document,
        OtherKind.OTHER: message.contact
        or message.location
        or message.poll
        or message.dice
        or message.story
        or message.game
        or message.checklist
        or message.paid_media
        or message.invoice
        or message.giveaway,
    }
    # None for a service message: somebody joined, a title changed.
    return next((kind for kind, found in kinds.items() if found), None)
