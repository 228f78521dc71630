"""Taps on the buttons of earlier answers."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.conversation import texts
from bot.conversation.actions import Action, Verb, View, read_action
from bot.conversation.answering import likes_shown
from bot.conversation.messages import Button, Reply, Sender, TapMessage
from bot.conversation.offers import Offers, true_page
from bot.conversation.pages import (
    Placed,
    cards,
    keyboard,
    page_of,
    strengths,
    view_of,
)
from bot.conversation.privacy import Privacy
from bot.conversation.samples import Samples
from bot.conversation.sessions import Session, Sessions
from bot.conversation.subscriptions import Subscriptions
from core.storage.people import PeopleStore

_DOUBLE_TAP = timedelta(seconds=2)

_Rows = tuple[tuple[Button, ...], ...]


class Taps:
    """Does what a button says, once, for those whom the button is for."""

    def __init__(
        self,
        *,
        sessions: Sessions,
        people: PeopleStore,
        subscriptions: Subscriptions,
        privacy: Privacy,
        samples: Samples,
        offers: Offers,
        now: Callable[[], datetime],
    ) -> None:
        self._sessions = sessions
        self._offers = offers
        self._people = people
        self._subscriptions = subscriptions
        self._privacy = privacy
        self._samples = samples
        self._now = now
        self._hearts: dict[tuple[str, str, int], datetime] = {}

    async def answer(self, message: TapMessage) -> list[Reply]:
        """The replies to a tap; a notice where the button means nothing here."""
        action = read_action(message.action)
        if action is None:
            return [Reply(notice=texts.NO_LONGER_WORKS)]
        if not action.key:
            return await self._without_key(message.sender, action.verb)
        session = await self._sessions.find(message.sender, action.key)
        if session is None or action.view.end > session.answer.shown:
            return [Reply(notice=texts.NO_LONGER_WORKS)]
        if action.verb in {Verb.MORE, Verb.ANYWAY, Verb.GARMENT}:
            return await self._further(message.sender, session, action)
        return [await self._like(message.sender, session, action)]

    async def _without_key(self, sender: Sender, verb: Verb) -> list[Reply]:
        """What is about no answer in particular."""
        match verb:
            case Verb.UNSUBSCRIBE:
                return [Reply(notice=await self._subscriptions.stop(sender))]
            case Verb.FORGET:
                return [await self._privacy.forget(sender)]
        return await self._samples.show(sender)

    async def _like(self, sender: Sender, session: Session, action: Action) -> Reply:
        match = session.ranked[action.place]
        if match is None:
            return Reply(notice=texts.PRODUCT_GONE)
        placed = Placed(place=action.place, match=match)
        likes = frozenset(await self._people.likes(sender.platform, sender.person_id))
        is_liked = match.product.id in likes
        wish = self._wish(sender, match.product.id, action.verb, is_liked=is_liked)
        if wish != is_liked:
            await self._people.toggle_like(sender.platform, sender.person_id, match.product.id)
        notice = texts.liked(placed.title) if wish else texts.unliked(placed.title)
        if sender.is_group:
            return Reply(notice=notice)
        return Reply(
            notice=notice,
            buttons=await self._buttons(sender, session, action.view),
            replaces_buttons=True,
        )

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

    async def _further(self, sender: Sender, session: Session, action: Action) -> list[Reply]:
        answer, start = session.answer, action.view.end
        page = await true_page(start, session.ranked, self._offers)
        if start == answer.shown and not page:
            return [Reply(notice=texts.END_OF_LIST)]
        if start < answer.shown or not await self._sessions.advance(session, view_of(page).end):
            return [Reply(notice=texts.ALREADY_SHOWN)]
        view = view_of(page)
        more = view.end < len(session.ranked)
        liked = await likes_shown(self._people, sender)
        rows = keyboard(
            page, key=answer.key, view=view, liked=liked, shared=sender.is_group, more=more
        )
        before: _Rows = ()
        if action.verb is Verb.MORE:
            before = keyboard(
                page_of(action.view, session.ranked),
                key=answer.key,
                view=action.view,
                liked=liked,
                shared=sender.is_group,
                more=False,
                garments=answer.garments,
            )
        text = texts.further(strengths(page), last=not more)
        if action.verb is Verb.GARMENT:
            text = f"{texts.look_line(answer.look)}\n{text}"
        further = Reply(
            text=text, album=cards(page, now=self._now()), buttons=rows, look=answer.look
        )
        if action.verb is Verb.GARMENT:  # the photo's other buttons stay
            return [further]
        return [Reply(buttons=before, replaces_buttons=True), further]

    async def _buttons(self, sender: Sender, session: Session, view: View) -> _Rows:
        answer = session.answer
        return keyboard(
            page_of(view, session.ranked),
            key=answer.key,
            view=view,
            liked=await likes_shown(self._people, sender),
            shared=sender.is_group,
            more=view.end == answer.shown < len(answer.product_ids),
            garments=answer.garments,
        )
