"""Going on from an answer: in red, under 50 €, as a skirt, cheaper, from other shops."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.conversation.actions import Action, Verb, View, read_action, write_action
from bot.conversation.filters import Filters
from bot.conversation.finding import look_of, unsaid
from bot.conversation.messages import Reply, Sender, TextMessage
from bot.conversation.pages import PAGE, Placed, page_of, strengths
from bot.conversation.sessions import AlreadyKept, Session, Sessions
from bot.conversation.showing import Showing
from bot.conversation.texts import Texts
from core.alike import Alike, cheaper
from core.finding import Finding
from core.looks import Look
from core.remarks import points_at, step_in
from core.search import Found
from core.storage.answers import MAX_RANKED, Answer
from core.wishes import Wish
from core.words import colours

_LOOKED_UP = 3 * PAGE  # so that there is another for what turns out to be gone


class Refining:
    """Answers what is said, or tapped, about an earlier answer with a further one."""

    def __init__(
        self,
        *,
        alike: Alike,
        finding: Finding,
        filters: Filters,
        sessions: Sessions,
        showing: Showing,
    ) -> None:
        self._filters = filters
        self._alike = alike
        self._finding = finding
        self._sessions = sessions
        self._showing = showing

    async def said(self, sender: Sender, message: TextMessage, say: Texts) -> Reply | None:
        """A further answer for words about an earlier one; None where they are about none.

        They are about the one that they reply to unless they name another kind of thing, but not
        as what it should be, and about what was shown last where they say nothing but how that
        should be otherwise, or ask for one of the ways on ("cheaper").
        """
        if step := step_in(message.text):
            return await self._stepped(sender, message, step, say)
        currency = (await self._filters.of(sender)).currency
        wish = await self._finding.understood(message.text, currency=currency)
        if wish.narrowing.is_empty:
            return None
        action = read_action(message.about) if message.about else None
        if action and action.key:
            session = await self._sessions.find(sender, action.key)
            kinds = {None, session.answer.look.kind} if session else set()
            is_about = session and (wish.kind in kinds or wish.narrowing.as_kind)
        else:
            session = await self._sessions.latest(sender, shown=0)
            is_about = session and await self._is_about(session, wish, message.text)
        if session is None or not is_about or not self._goes_on(session.answer):
            return None
        answer = session.answer
        wish = (answer.wish or Wish()).refined(wish.narrowing)
        filters = await self._showing.filters(sender, answer)
        if reply := await self._answer(sender, answer, wish, say, filters=filters):
            return reply
        return await self._showing.nothing(
            sender, answer.look, say, wish=wish, filters=filters or Wish(), trace=answer.trace
        )

    async def _is_about(self, session: Session, wish: Wish, text: str) -> bool:
        """Whether words in reply to nothing say how what was shown should be otherwise.

        Either they name its kind as "this", and all else is understood; or they name no kind, and
        what is not understood is nothing that shops have.
        """
        if wish.kind and wish.kind == session.answer.look.kind and points_at(text):
            return replace(wish, kind=None) == wish.narrowing
        about = replace(wish, words=()) == wish.narrowing
        return about and not await self._finding.any_called(wish.words)

    async def _stepped(
        self, sender: Sender, message: TextMessage, step: str, say: Texts
    ) -> Reply | None:
        """What a button brings, for its words beside an answer, or about what was shown last."""
        about = read_action(message.about) if message.about else None
        session = await (
            self._sessions.find(sender, about.key)
            if about and about.key
            else self._sessions.latest(sender)
        )
        if session is None or not self._goes_on(session.answer):
            return None
        shown = session.answer.shown
        view = View(start=max(0, shown - PAGE), end=shown)
        if about and about.view.end:
            view = about.view
        if step == "colour":
            return await self._in_another_colour(sender, session, view, say)
        action = Action(verb=Verb(step), key=session.answer.key, place=view.start, view=view)
        (reply,) = await self.tapped(sender, session, action, say)
        return Reply(text=reply.notice) if reply.notice else reply

    async def _in_another_colour(
        self, sender: Sender, session: Session, view: View, say: Texts
    ) -> Reply:
        """The same in any colour but those of the look, and of the first on show that says one."""
        answer = session.answer
        shown = (one.match.product.colour for one in page_of(view, session.ranked))
        seen = {answer.look.colour, *dict(answer.look.colours), next(filter(None, shown), None)}
        but = Wish(but=tuple(sorted(filter(None, seen))))
        if but.is_empty:
            return Reply(text=say.NO_OTHER_COLOUR)
        wish = replace((answer.wish or Wish()).refined(but), colours=())
        filters = await self._showing.filters(sender, answer)
        found = await self._answer(sender, answer, wish, say, filters=filters)
        return found or Reply(text=say.NO_OTHER_COLOUR)

    async def spoken_of(self, sender: Sender) -> str:
        """The key of what was searched last, where that can be searched once more; else ""."""
        answer = await self._sessions.latest_answer(sender, shown=0)
        return answer.key if answer and self._goes_on(answer) else ""

    async def tapped(
        self, sender: Sender, session: Session, action: Action, say: Texts
    ) -> list[Reply]:
        """What a tap on one of the ways on brings, each once."""
        answer = session.answer
        leaves_aside = action.verb is Verb.UNFILTERED  # what a group's admins set holds for all
        if not self._goes_on(answer) or (leaves_aside and sender.is_group):
            return [Reply(notice=say.NO_LONGER_WORKS)]
        match action.verb:
            case Verb.CHEAPER:
                page = page_of(action.view, session.ranked)
                products = [one.match.product for one in page]
                then, nothing = cheaper(products, say.conversion), say.NOTHING_CHEAPER
            case Verb.ELSEWHERE:
                then, nothing = Wish(elsewhere=_shops_shown(session)), say.NO_OTHER_SHOP
            case Verb.UNFILTERED:
                then, nothing = Wish(), say.NOTHING_AT_ALL
            case Verb.AGAIN:
                then, nothing = Wish(), say.FILTERS_LEAVE_NOTHING
            case Verb.COLOUR if action.word in colours().values():
                then, nothing = Wish(colours=(action.word,)), say.NO_OTHER_COLOUR
            case _:
                return [await self._choice(sender, session, action, say)]
        further = await self._once(sender, session, action, say, then=then)
        replies = [further or Reply(notice=nothing)]
        if action.verb is Verb.COLOUR:
            rows = await self._showing.buttons(sender, session, action.view, say)
            replies.insert(0, Reply(buttons=rows, replaces_buttons=True))
        return replies

    async def anew(
        self, sender: Sender, session: Session, action: Action, say: Texts
    ) -> Reply | None:
        """What there is besides what was shown, by the filters of now, once; None for nothing."""
        if not self._goes_on(session.answer):
            return None
        return await self._once(sender, session, action, say, then=Wish())

    async def share(
        self, sender: Sender, session: Session, action: Action, say: Texts
    ) -> list[Reply]:
        """What one member was shown, for all of the group, once; an answer of its own."""
        answer, view = session.answer, action.view
        everybody = replace(sender, sees_alone=False)
        wish = answer.wish or Wish()
        try:
            shown = await self._showing.first_page(
                everybody,
                session.ranked[view.start :],
                answer.look,
                say,
                text=lambda page: say.refined(answer.look, wish, strengths(page, answer.look.kind)),
                trace=answer.trace,
                wish=answer.wish,
                filters=await self._showing.filters(sender, answer),
                shops_asked=answer.shops_asked,
                key=key_after(action),
            )
        except AlreadyKept:
            return [Reply(notice=say.SHARED_ALREADY)]
        if shown is None:
            return [Reply(notice=say.PRODUCT_GONE)]
        rows = await self._showing.buttons(everybody, session, view, say)
        return [Reply(buttons=rows, replaces_buttons=True), replace(shown, shared=True)]

    async def _choice(self, sender: Sender, session: Session, action: Action, say: Texts) -> Reply:
        """The colours to choose from, in the place of the buttons that led there."""
        answer = session.answer
        but = [answer.look.colour] if answer.look.colour else []
        filters = await self._showing.filters(sender, answer) or Wish()
        within = (answer.wish or Wish()).inside(filters)
        names = await self._alike.colours(within, kind=answer.look.kind, but=but)
        if not names:
            return Reply(notice=say.NO_OTHER_COLOUR)
        rows = await self._showing.buttons(sender, session, action.view, say, colours=names)
        return Reply(buttons=rows, replaces_buttons=True)

    async def _once(
        self, sender: Sender, session: Session, action: Action, say: Texts, *, then: Wish | None
    ) -> Reply | None:
        """The further answer to a tap, the first time; None where nothing is so."""
        if then is None:
            return None
        answer = session.answer
        anew = action.verb in {Verb.COLOUR, Verb.UNFILTERED, Verb.AGAIN}
        seen = () if anew else session.ranked[: answer.shown]
        is_again = action.verb is Verb.AGAIN
        filters = await (
            self._filters.of(sender) if is_again else self._showing.filters(sender, answer)
        )
        try:
            return await self._answer(
                sender,
                answer,
                (answer.wish or Wish()).refined(then),
                say,
                filters=None if action.verb is Verb.UNFILTERED else filters,
                exclude={one.product.id for one in seen if one},
                # By other filters it is another answer.
                key=key_after(action, repr(filters) if is_again else ""),
            )
        except AlreadyKept:
            return Reply(notice=say.ALREADY_SHOWN)

    async def _answer(
        self,
        sender: Sender,
        answer: Answer,
        wish: Wish,
        say: Texts,
        *,
        filters: Wish | None,
        exclude: Collection[int] = (),
        key: str = "",
    ) -> Reply | None:
        within = wish.inside(filters or Wish())
        if answer.trace:
            look = look_as(answer.look, within)
            found = await self._alike.scored(
                answer.trace.embedding,
                answer.trace.space,
                within,
                k=_LOOKED_UP,
                in_all=MAX_RANKED,
                exclude=exclude,
            )
        else:
            look = look_of(wish)
            matches = await self._finding.find(wish, most=MAX_RANKED, filters=filters or Wish())
            found = Found([one for one in matches if one.product.id not in exclude])

        def text(page: Sequence[Placed]) -> str:
            if answer.trace:
                return say.refined(look, wish, strengths(page, look.kind))
            return say.found(wish, strengths(page), unsaid=unsaid(wish, page))

        return await self._showing.first_page(
            sender,
            found.matches,
            look,
            say,
            text=text,
            rest=found.rest,
            trace=answer.trace,
            wish=wish,
            filters=filters,
            key=key,
        )

    def _goes_on(self, answer: Answer) -> bool:
        return self._showing.goes_on(answer.trace, answer.wish)


def look_as(look: Look, wish: Wish) -> Look:
    """The look as the wish has it: in its colour, for its gender, as its kind."""
    shares = tuple((name, 1 / len(wish.colours)) for name in wish.colours)
    return replace(
        look,
        kind=wish.kind if wish.as_kind else look.kind,
        colour=wish.colours[0] if wish.colours else look.colour,
        colours=shares or look.colours,
        gender=wish.gender or look.gender,
    )


def _shops_shown(session: Session) -> tuple[str, ...]:
    """The names of the shops that were on show so far, and of those before them."""
    shown = (one for one in session.ranked[: session.answer.shown] if one)
    names = {product.shop for one in shown for product in (one.product, *one.also)}
    before = session.answer.wish.elsewhere if session.answer.wish else ()
    return tuple(sorted(names.union(before)))


def key_after(action: Action, within: str = "") -> str:
    """The key of the answer to a tap: always the same, so that it is given once."""
    digest = hashlib.sha256(f"{write_action(action)}{within}".encode()).digest()
    return urlsafe_b64encode(digest[:6]).decode()
