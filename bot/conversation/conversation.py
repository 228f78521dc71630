"""What a message means, and what to answer: the same on every platform."""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime

from bot.conversation.actions import Verb, read_action
from bot.conversation.alerts import Alerts
from bot.conversation.answering import PhotoAnswers, Recognise
from bot.conversation.broadcasts import Broadcasts
from bot.conversation.counts import Counts
from bot.conversation.filter_pages import FilterPages
from bot.conversation.filters import Filters
from bot.conversation.finding import WordAnswers
from bot.conversation.groups import Groups
from bot.conversation.languages import Languages, language_of
from bot.conversation.likes import Likes
from bot.conversation.lines import ChatLines
from bot.conversation.links import Links, link_in, without_link
from bot.conversation.messages import (
    CommandMessage,
    Departure,
    Incoming,
    Interrupted,
    LookupMessage,
    Migration,
    OtherMessage,
    PhotoMessage,
    PhotoRef,
    Pictures,
    Reply,
    Sender,
    TapMessage,
    TextMessage,
)
from bot.conversation.offers import Offers
from bot.conversation.operators import Operators
from bot.conversation.outfits import Outfits
from bot.conversation.picks import PicksPages
from bot.conversation.privacy import Privacy
from bot.conversation.refining import Refining
from bot.conversation.samples import Samples
from bot.conversation.sessions import Sessions
from bot.conversation.shopping import Shopping
from bot.conversation.showing import Showing
from bot.conversation.subscriptions import Subscriptions
from bot.conversation.taps import Taps
from bot.conversation.tastes import Tastes
from bot.conversation.texts import Texts, texts_in
from core.alike import Alike
from core.errors import StorageFailed, TwinsetError
from core.finding import Finding
from core.naming import Namer
from core.outfits import Stylist
from core.picks import Picker
from core.preferring import Preferring
from core.remarks import is_courtesy
from core.storage.alerts import AlertStore
from core.storage.answers import AnswerStore, SeenUpdates
from core.storage.broadcasts import BroadcastStore
from core.storage.catalogue import CatalogueStore
from core.storage.chats import ChatStore
from core.storage.deliveries import DeliveryStore
from core.storage.filters import FilterStore
from core.storage.languages import LanguageStore
from core.storage.people import PeopleStore
from core.storage.rates import RateStore
from core.storage.signals import SignalStore
from core.vision.embedder import Embedder

_log = logging.getLogger(__name__)


class Conversation:
    """Answers everybody; implements ``Answerer``.

    In one chat, photos and words are answered one after the other, and so are taps; chats never
    wait for each other. An update is answered once, however often it comes.
    """

    def __init__(
        self,
        *,
        embedder: Embedder,
        alike: Alike,
        finding: Finding,
        recognise: Recognise,
        namer: Namer,
        picker: Picker,
        people: PeopleStore,
        deliveries: DeliveryStore,
        alerts: AlertStore,
        signals: SignalStore,
        languages: LanguageStore,
        chats: ChatStore,
        filters: FilterStore,
        rates: RateStore,
        answers: AnswerStore,
        seen: SeenUpdates,
        catalogue: CatalogueStore,
        offers: Offers,
        links: Links,
        shopping: Shopping,
        operators: Operators,
        broadcasts: BroadcastStore,
        stylist: Stylist | None,
        preferring: Preferring,
        pictures: Pictures,
        now: Callable[[], datetime],
        max_line: int = 10,
        max_photos: int = 64,
        photos_at_once: int = 16,
        load_within_s: float = 30.0,
    ) -> None:
        """Without a ``stylist`` there are no outfits.

        ``max_line`` messages of one chat may wait, ``max_photos`` are held at once.
        """
        counts = Counts(catalogue, now=now)
        sessions = Sessions(answers=answers, catalogue=catalogue, now=now)
        self._links = links
        self._operators = operators
        self._broadcasts = Broadcasts(broadcasts, operators=operators, now=now)
        self._languages = Languages(languages)
        self._chats = chats
        self._groups = Groups(chats=chats, languages=self._languages, catalogue=catalogue, now=now)
        self._left_to_asked = max_line // 2
        self._filters = Filters(filters, rates=rates, chats=chats)
        self._people = people
        self._seen = seen
        self._now = now
        self._messages = ChatLines(max_length=max_line)
        self._touches = ChatLines(max_length=max_line)
        showing = Showing(
            alike=alike,
            counts=counts,
            people=people,
            sessions=sessions,
            offers=offers,
            shopping=shopping,
            stylist=stylist,
            filters=self._filters,
            rates=rates,
            now=now,
        )
        self._photos = PhotoAnswers(
            embedder=embedder,
            alike=alike,
            finding=finding,
            recognise=recognise,
            namer=namer,
            counts=counts,
            sessions=sessions,
            shopping=shopping,
            filters=self._filters,
            showing=showing,
            preferring=preferring,
            now=now,
            max_photos=max_photos,
            at_once=photos_at_once,
            load_within_s=load_within_s,
        )
        self._words = WordAnswers(finding=finding, filters=self._filters, showing=showing, now=now)
        self._refining = Refining(
            alike=alike,
            finding=finding,
            filters=self._filters,
            sessions=sessions,
            showing=showing,
        )
        self._filter_pages = FilterPages(
            self._filters,
            rates=rates,
            finding=finding,
            catalogue=catalogue,
            refining=self._refining,
        )
        self._outfits = (
            Outfits(
                stylist,
                photos=self._photos,
                pictures=pictures,
                alike=alike,
                finding=finding,
                people=people,
                sessions=sessions,
                offers=offers,
                filters=self._filters,
                rates=rates,
                now=now,
            )
            if stylist
            else None
        )
        self._alerts = Alerts(
            alerts=alerts,
            catalogue=catalogue,
            people=people,
            finding=finding,
            sessions=sessions,
            showing=showing,
            now=now,
        )
        self._subscriptions = Subscriptions(
            people=people, deliveries=deliveries, chats=chats, now=now
        )
        self._likes = Likes(people, catalogue=catalogue, showing=showing)
        self._privacy = Privacy(people)
        self._samples = Samples(self._photos, now=now)
        self._picks = PicksPages(
            picker=picker,
            people=people,
            deliveries=deliveries,
            sessions=sessions,
            languages=self._languages,
            filters=self._filters,
            now=now,
        )
        self._tastes = Tastes(
            picker=picker, signals=signals, catalogue=catalogue, pictures=pictures
        )
        self._taps = Taps(
            sessions=sessions,
            people=people,
            signals=signals,
            tastes=self._tastes,
            subscriptions=self._subscriptions,
            privacy=self._privacy,
            samples=self._samples,
            languages=self._languages,
            groups=self._groups,
            filters=self._filter_pages,
            shopping=shopping,
            alike=alike,
            showing=showing,
            refining=self._refining,
            outfits=self._outfits,
            alerts=self._alerts,
            broadcasts=self._broadcasts,
            now=now,
        )

    async def answer(self, message: Incoming) -> list[Reply]:
        """The replies to a message, in order; empty when silence is right. Never raises."""
        if isinstance(message, PhotoMessage) and not message.addressed:
            return await self._unasked(message)
        say = texts_in(language_of(message.sender.language))
        try:
            say = await self._languages.of(message.sender)
            say = await self._filters.told(message.sender, say)
            return await self._answer(message, say)
        except TwinsetError as error:
            sentence = say.trouble(error)
            return _say(message, sentence or self._unforeseen(message, error, say))
        except Exception as error:  # noqa: BLE001 - whatever it is, the person hears of it
            return _say(message, self._unforeseen(message, error, say))

    async def _unasked(self, message: PhotoMessage) -> list[Reply]:
        """What is like a photo that members show each other, where their admins want that.

        Silence where it is not, and whatever there is to say instead. What is asked for has the
        other half of the chat's line.
        """
        sender = message.sender
        try:
            if not await self._groups.want_answers(sender):
                return []
            if not await self._seen.first_time(sender.platform, message.update_id, self._now()):
                return []
            say = await self._filters.told(sender, await self._languages.of(sender))
            async with self._messages.turn(
                sender.platform, sender.chat_id, leaving=self._left_to_asked
            ):
                reply = await self._photos.answer(sender, message.photos, say)
        except TwinsetError as error:
            _log.info("%s: a photo that nobody asked about: %s", sender.platform, error)
            return []
        except Exception:  # noqa: BLE001 - whatever it is, nobody waits for an answer
            _log.exception("%s: a photo that nobody asked about", sender.platform)
            return []
        return [reply] if reply.album else []

    async def _answer(self, message: Incoming, say: Texts) -> list[Reply]:
        sender = message.sender
        if isinstance(message, LookupMessage):  # keeps nothing, so that a repeat is harmless
            return [await self._words.listed(message.text, message.start, say)]
        if not await self._seen.first_time(sender.platform, message.update_id, self._now()):
            return []
        chat = (sender.platform, sender.chat_id)
        lines = self._touches if isinstance(message, TapMessage) else self._messages
        # Nobody tells again that a group has another id, or has put the bot out.
        is_told_once = isinstance(message, Departure | Migration)
        async with lines.turn(*chat, always=is_told_once):
            if not _erases(message):
                return await self._dispatch(message, say)
            # What is being answered is kept first, so that it is erased with the rest.
            async with self._messages.turn(*chat, always=True):
                return await self._dispatch(message, say)

    async def _dispatch(  # noqa: PLR0911  a case each
        self, message: Incoming, say: Texts
    ) -> list[Reply]:
        sender = message.sender
        match message:
            case PhotoMessage():
                words = without_link(message.caption)
                return [await self._photos.answer(sender, message.photos, say, words=words)]
            case CommandMessage():
                return await self._command(message, say)
            case TapMessage():
                return await self._taps.answer(message, say)
            case TextMessage():
                return await self._text(message, say)
            case OtherMessage():
                return _say(message, say.other(message.what))
            case Interrupted():
                return _say(message, say.INTERRUPTED)
            case Departure():
                await self._people.drop_chat(sender.platform, sender.chat_id)
                await self._chats.left(sender.platform, sender.chat_id, self._now())
            case Migration():
                await self._people.move_chat(sender.platform, sender.chat_id, message.new_chat_id)
                await self._chats.move(sender.platform, sender.chat_id, message.new_chat_id)
                await self._broadcasts.move(sender, message.new_chat_id)
        return []

    async def _text(self, message: TextMessage, say: Texts) -> list[Reply]:
        sender = message.sender
        if link := _link(message):
            words = without_link(message.text, link)
            return [await self._linked(sender, link, words, say)]
        if alert := await self._alerts.said(sender, message, say):
            return [alert]
        if refined := await self._refining.said(sender, message, say):
            return [refined]
        if is_courtesy(message.text):
            return _say(message, say.COURTESY)
        found = None if sender.is_group else await self._words.answer(sender, message.text, say)
        return [found] if found else _say(message, say.HOW_TO)

    async def _command(  # noqa: C901, PLR0912  a case each
        self, message: CommandMessage, say: Texts
    ) -> list[Reply]:
        sender = message.sender
        reply: Reply | None
        match message.name:
            case "start":
                reply = self._samples.hello(sender, say)
            case "similar":
                return await self._similar(message, say)
            case "find" if message.argument:
                reply = await self._words.answer(sender, message.argument, say)
                reply = reply or Reply(text=say.FOUND_NO_WORDS)
            case "outfit":
                reply = await self._outfit(message, say)
            case "picks":
                subscription = await self._subscriptions.current(sender)
                reply = await self._picks.now(sender, subscription, say)
            case "subscribe":
                reply = Reply(text=await self._subscriptions.start(sender, message.argument, say))
            case "unsubscribe":
                reply = Reply(text=await self._subscriptions.stop(sender, say))
            case "alerts" | "alert":
                reply = await self._alerts.command(sender, message.argument, say)
            case "pause":
                reply = Reply(text=await self._subscriptions.pause(sender, message.argument, say))
            case "taste":
                return await self._tastes.told(sender, say)
            case "likes":
                reply = await self._likes.told(sender, say)
            case "privacy":
                reply = self._privacy.told(sender, say)
            case "export":
                reply = await self._privacy.export(sender, say)
            case "forget":
                reply = self._privacy.ask(sender, say)
            case "filters":
                reply = await self._filter_pages.asked(sender, message.argument, say)
            case "language":
                reply = await self._languages.asked(sender, message.argument, say)
            case "settings":
                reply = await self._groups.asked(sender, message.argument, say)
            case "shops":
                reply = await self._operators.shops(sender, say)
            case "rebuild":
                reply = await self._operators.rebuild(sender, say)
            case "stats":
                return await self._operators.stats(sender, say)
            case "broadcast":
                return await self._broadcasts.command(sender, message.argument, say)
            case _:
                return _say(message, say.about(message.name, in_group=sender.is_group))
        return [reply]

    async def _similar(self, message: CommandMessage, say: Texts) -> list[Reply]:
        sender = message.sender
        if message.photos:
            words = without_link(message.argument)
            return [await self._photos.answer(sender, message.photos, say, words=words)]
        if link := _link(message):
            words = without_link(message.argument, link)
            return [await self._linked(sender, link, words, say)]
        return _say(message, say.about(message.name, in_group=sender.is_group))

    async def _outfit(self, message: CommandMessage, say: Texts) -> Reply:
        sender = message.sender
        if self._outfits is None:
            return Reply(text=say.NO_OUTFITS)
        if message.photos:
            return await self._outfits.of_photos(
                sender, message.photos, say, words=message.argument
            )
        if link := _link(message):
            linked = await self._links.open(link)
            if linked.product:
                return await self._outfits.of_product(sender, linked.product, say)
            return await self._outfits.of_photos(sender, [_there(linked.picture)], say)
        return await self._outfits.of_latest(sender, message.argument.strip(), say)

    async def _linked(self, sender: Sender, link: str, words: str, say: Texts) -> Reply:
        linked = await self._links.open(link)
        photo = _there(linked.picture)
        return await self._photos.answer(sender, [photo], say, words=words, linked=linked)

    def _unforeseen(self, message: Incoming, error: Exception, say: Texts) -> str:
        error_id = secrets.token_hex(4)
        known = isinstance(error, StorageFailed)
        _log.error(
            "%s: %s %s: %s",
            error_id,
            message.sender.platform,
            type(message).__name__,
            error if known else type(error).__name__,
            exc_info=None if known else error,
        )
        return say.unforeseen(error_id)


def _there(picture: bytes) -> PhotoRef:
    """A photo that is loaded already."""

    async def load() -> bytes:
        return picture

    return PhotoRef(load=load)


def _link(message: TextMessage | CommandMessage) -> str | None:
    words = message.text if isinstance(message, TextMessage) else message.argument
    return message.link or link_in(words)


def _erases(message: Incoming) -> bool:
    action = read_action(message.action) if isinstance(message, TapMessage) else None
    return action is not None and action.verb in {Verb.FORGET, Verb.RESET}


def _say(message: Incoming, sentence: str) -> list[Reply]:
    """One sentence, in the form that suits what it answers."""
    if isinstance(message, Departure | Migration):
        return []
    if isinstance(message, TapMessage):
        return [Reply(notice=sentence)]
    return [Reply(text=sentence, private=message.sender.is_group)]
