"""Taps on the buttons of earlier answers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation.actions import BARE, Action, Verb, read_action
from bot.conversation.alerts import Alerts
from bot.conversation.broadcasts import Broadcasts
from bot.conversation.filter_pages import FilterPages
from bot.conversation.groups import Groups
from bot.conversation.languages import Languages
from bot.conversation.messages import Button, Reply, Sender, TapMessage
from bot.conversation.offers import true_page
from bot.conversation.outfits import Outfits
from bot.conversation.pages import (
    PAGE,
    Placed,
    cards,
    closed_up,
    keyboard,
    page_of,
    strengths,
    view_of,
)
from bot.conversation.privacy import Privacy
from bot.conversation.refining import Refining
from bot.conversation.samples import Samples
from bot.conversation.sessions import Session, Sessions, taste_owner
from bot.conversation.shopping import Shopping, besides
from bot.conversation.showing import Showing, is_few, likes_shown
from bot.conversation.subscriptions import Subscriptions
from bot.conversation.tastes import Tastes
from bot.conversation.texts import Texts
from bot.conversation.wording import LANGUAGES
from core.alike import Alike
from core.storage.people import PeopleStore
from core.storage.signals import SignalStore, Sort
from core.wishes import Wish

_DOUBLE_TAP = timedelta(seconds=2)

_WITHOUT_ANSWER = (
    BARE
    | {Verb.LANGUAGE, Verb.UNWATCH, Verb.TIMED, Verb.LESS, Verb.DROP}
    | {Verb.SETTINGS, Verb.BAR, Verb.UNBAR, Verb.FILTER, Verb.BROADCAST}
)

_Rows = tuple[tuple[Button, ...], ...]


class Taps:
    """Does what a button says, once, for those whom the button is for."""

    def __init__(
        self,
        *,
        sessions: Sessions,
        people: PeopleStore,
        signals: SignalStore,
        tastes: Tastes,
        subscriptions: Subscriptions,
        privacy: Privacy,
        samples: Samples,
        languages: Languages,
        groups: Groups,
        filters: FilterPages,
        shopping: Shopping,
        alike: Alike,
        showing: Showing,
        refining: Refining,
        outfits: Outfits | None,
        alerts: Alerts,
        broadcasts: Broadcasts,
        now: Callable[[], datetime],
    ) -> None:
        self._sessions = sessions
        self._shopping = shopping
        self._alike = alike
        self._showing = showing
        self._refining = refining
        self._outfits = outfits
        self._alerts = alerts
        self._broadcasts = broadcasts
        self._people = people
        self._signals = signals
        self._tastes = tastes
        self._subscriptions = subscriptions
        self._privacy = privacy
        self._samples = samples
        self._languages = languages
        self._groups = groups
        self._filters = filters
        self._now = now
        self._hearts: dict[tuple[str, str, int], datetime] = {}

    async def answer(self, message: TapMessage, say: Texts) -> list[Reply]:
        """The replies to a tap; a notice where the button means nothing here."""
        action = read_action(message.action)
        if action is None:
            return [Reply(notice=say.NO_LONGER_WORKS)]
        if action.verb in _WITHOUT_ANSWER:
            return await self._without_answer(message.sender, action, say)
        session = await self._sessions.find(message.sender, action.key)
        if session is None or action.view.end > session.answer.shown:
            return [Reply(notice=say.NO_LONGER_WORKS)]
        return await self._on_an_answer(message.sender, session, action, say)

    async def _on_an_answer(  # noqa: PLR0911 - a line a verb
        self, sender: Sender, session: Session, action: Action, say: Texts
    ) -> list[Reply]:
        match action.verb:
            case Verb.SHOPS:
                return await self._search_shops(sender, session, action, say)
            case Verb.MORE | Verb.ANYWAY | Verb.GARMENT:
                return await self._further(sender, session, action, say)
            case Verb.SHARE:
                return await self._refining.share(sender, session, action, say)
            case (
                Verb.CHEAPER | Verb.COLOURS | Verb.COLOUR | Verb.ELSEWHERE
                | Verb.UNFILTERED | Verb.AGAIN
            ):  # fmt: skip
                return await self._refining.tapped(sender, session, action, say)
            case Verb.OUTFIT | Verb.SWAP | Verb.ANOTHER:
                if self._outfits:
                    return await self._outfits.tapped(sender, session, action, say)
                return [Reply(notice=say.NO_LONGER_WORKS)]
            case Verb.ALERT | Verb.BELL | Verb.WATCH:
                return [await self._alerts.tapped(sender, session, action, say)]
            case Verb.DISLIKE:
                return [await self._dislike(sender, session, action, say)]
        return [await self._like(sender, session, action, say)]

    async def _without_answer(  # noqa: C901, PLR0911, PLR0912  a verb each
        self, sender: Sender, action: Action, say: Texts
    ) -> list[Reply]:
        """What is about no answer in particular."""
        match action.verb:
            case Verb.UNSUBSCRIBE:
                return [Reply(notice=await self._subscriptions.stop(sender, say))]
            case Verb.PAUSE:
                return [Reply(notice=await self._subscriptions.pause(sender, "", say))]
            case Verb.LESS:
                return [await self._tastes.less(sender, action.key, say)]
            case Verb.DROP:
                return [await self._tastes.drop(sender, action.key, say)]
            case Verb.ASK_RESET:
                return [self._tastes.ask(sender, say)]
            case Verb.RESET:
                return [await self._tastes.reset(sender, say)]
            case Verb.EXPORT:
                return [await self._privacy.export(sender, say)]
            case Verb.LANGUAGE if action.key in LANGUAGES:
                return [await self._languages.tapped(sender, action.key, say)]
            case Verb.SETTINGS | Verb.BAR | Verb.UNBAR:
                return [await self._groups.tapped(sender, action, say)]
            case Verb.FORGET:
                return [await self._privacy.forget(sender, say)]
            case Verb.FILTERS:
                return [await self._filters.asked(sender, "", say)]
            case Verb.FILTER:
                return [await self._filters.tapped(sender, action.key, say)]
            case Verb.SAMPLE:
                return await self._samples.show(sender, say)
            case Verb.UNWATCH:
                return await self._alerts.ended(sender, action.key, say)
            case Verb.TIMED:
                return await self._alerts.timed(sender, action.key, say)
            case Verb.BROADCAST:
                return [await self._broadcasts.tapped(sender, action.key, say)]
        return [Reply(notice=say.NO_LONGER_WORKS)]

    async def _like(self, sender: Sender, session: Session, action: Action, say: Texts) -> Reply:
        match = session.ranked[action.place]
        if match is None:
            return Reply(notice=say.PRODUCT_GONE)
        placed = Placed(place=action.place, match=match)
        likes = frozenset(await self._people.likes(sender.platform, sender.person_id))
        is_liked = match.product.id in likes
        wish = self._wish(sender, match.product.id, action.verb, is_liked=is_liked)
        if wish != is_liked:
            await self._people.toggle_like(
                sender.platform, sender.person_id, match.product.id, wished=wish
            )
            await self._tell(sender, match.product.id, liked=wish)
        notice = say.liked(placed.title) if wish else say.unliked(placed.title)
        if sender.is_group:
            return Reply(notice=notice)
        return Reply(
            notice=notice,
            buttons=await self._showing.buttons(sender, session, action.view, say),
            replaces_buttons=True,
        )

    async def _tell(self, sender: Sender, product_id: int, *, liked: bool) -> None:
        """What a like means besides: to a group's taste, and to an earlier dislike."""
        platform, owner = sender.platform, taste_owner(sender)
        if liked:
            await self._signals.erase(platform, owner, Sort.DISLIKED, product_id)
        if not sender.is_group:
            return
        if liked:
            await self._signals.note(platform, owner, Sort.LIKED, product_id)
        else:
            await self._signals.take_back(platform, owner, Sort.LIKED, product_id)

    async def _dislike(self, sender: Sender, session: Session, action: Action, say: Texts) -> Reply:
        match = session.ranked[action.place]
        if match is None:
            return Reply(notice=say.PRODUCT_GONE)
        owner, number = taste_owner(sender), match.product.id
        await self._signals.note(sender.platform, owner, Sort.DISLIKED, number)
        return Reply(notice=say.disliked(Placed(place=action.place, match=match).title))

    def _wish(self, sender: Sender, product_id: int, verb: Verb, *, is_liked: bool) -> bool:
        if verb is not Verb.HEART:
            return verb is Verb.LIKE
        now = self._now()
        for heart, at in list(self._hearts.items()):
            if abs(now - at) < _DOUBLE_TAP:
                break
            del self._hearts[heart]
        heart = (sender.platform, sender.person_id, product_id)
        if heart in self._hearts:
            return is_liked
        self._hearts[heart] = now
        return not is_liked

    async def _further(
        self, sender: Sender, session: Session, action: Action, say: Texts
    ) -> list[Reply]:
        answer, start = session.answer, action.view.end
        wish, filters = answer.wish or Wish(), await self._showing.filters(sender, answer)
        standing = filters or Wish()
        within = wish.inside(standing)
        # The list was made by its own wish: in words that is how well each fulfils it.
        beside = replace(standing.beside(wish), barred=standing.barred)
        ranked = await self._showing.within(beside, session.ranked)
        page = await true_page(start, ranked, self._showing.true(within))
        if start == answer.shown and len(page) < PAGE:
            barred = sum(map(bool, session.ranked[start:])) > sum(map(bool, ranked[start:]))
            never = not (start or page)
            # The list was made inside the filters of then; there may be more inside those of now.
            if (barred or never) and (
                further := await self._refining.anew(sender, session, action, say)
            ):
                return [*await self._before(sender, session, action, say), further]
            if not page:
                filtered = barred or (never and not standing.is_empty)
                return [Reply(notice=say.FILTERS_LEAVE_NOTHING if filtered else say.END_OF_LIST)]
        if start < answer.shown or not await self._sessions.advance(session, page):
            return [Reply(notice=say.ALREADY_SHOWN)]
        more, few = any(ranked[view_of(page).end :]), not start and is_few(page, filters, wish)
        page = closed_up(page, start)
        view = view_of(page)
        liked, ways = await likes_shown(self._people, sender), await self._showing.ways_on(session)
        rows = keyboard(
            page,
            say,
            key=answer.key,
            view=view,
            liked=liked,
            shared=sender.is_group,
            share=sender.sees_alone,
            more=more,
            ways=ways,
            filtered=few,
        )
        searched = answer.trace or answer.wish
        text = say.further(strengths(page, answer.look.kind) if searched else (), last=not more)
        if action.verb is Verb.GARMENT:
            text = f"{say.look_line(answer.look)}\n{text}"
        shown = len(page) if few else None
        text = say.within_filters(text, filters or Wish(), own=wish, shown=shown)
        further = Reply(
            text=text, album=cards(page, say, now=self._now()), buttons=rows, look=answer.look
        )
        return [*await self._before(sender, session, action, say), further]

    async def _before(
        self, sender: Sender, session: Session, action: Action, say: Texts
    ) -> list[Reply]:
        """What becomes of the message that led on: a photo's other garments stay to be tapped."""
        if action.verb is Verb.GARMENT:
            return []
        rows: _Rows = ()
        if action.verb is Verb.MORE:
            rows = keyboard(
                page_of(action.view, session.ranked),
                say,
                key=session.answer.key,
                view=action.view,
                liked=await likes_shown(self._people, sender),
                shared=sender.is_group,
                share=sender.sees_alone,
                more=False,
                ways=await self._showing.ways_on(session),
                garments=session.answer.garments,
            )
        return [Reply(buttons=rows, replaces_buttons=True)]

    async def _search_shops(
        self, sender: Sender, session: Session, action: Action, say: Texts
    ) -> list[Reply]:
        """Ask the shops, once; what they have besides becomes an answer of its own."""
        answer, trace, wish = session.answer, session.answer.trace, session.answer.wish
        filters = await self._showing.filters(sender, answer)
        within = (wish or Wish()).inside(filters or Wish())
        if answer.shops_asked:
            return [Reply(notice=say.SHOPS_ASKED_ALREADY)]
        if not trace or not self._shopping.can(answer.look, trace.space):
            return [Reply(notice=say.NO_LONGER_WORKS)]
        asked = await self._alike.asked(trace.embedding, trace.space, within)
        offered = await self._shopping.tapped(answer.look, asked, trace.space)
        if offered.searched.silent == offered.searched.asked:  # the button stays
            return [Reply(text=say.offered(offered.searched, []))]
        if not await self._sessions.note_shops_asked(session):
            return [Reply(notice=say.SHOPS_ASKED_ALREADY)]
        session = replace(session, answer=replace(answer, shops_asked=True))
        before = Reply(
            buttons=await self._showing.buttons(sender, session, action.view, say),
            replaces_buttons=True,
        )
        fitting = await self._alike.within(within, offered.matches)
        reply = await self._showing.first_page(
            sender,
            besides(session.ranked, fitting),
            answer.look,
            say,
            text=lambda page: say.offered(offered.searched, strengths(page, answer.look.kind)),
            trace=trace,
            wish=wish,
            filters=filters,
            shops_asked=True,
        )
        return [before, reply or Reply(text=say.offered(offered.searched, []))]
