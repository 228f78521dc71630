"""Albums with their buttons: what is found, put on show and kept to go on from."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.conversation.actions import Verb, View
from bot.conversation.counts import Counts
from bot.conversation.filters import Filters
from bot.conversation.garments import FASHION
from bot.conversation.messages import Button, Reply, Sender
from bot.conversation.offers import Offers, Within, true_page
from bot.conversation.pages import (
    PAGE,
    Placed,
    cards,
    keyboard,
    outfit_keyboard,
    page_from,
    page_of,
    unfiltered_button,
    view_of,
)
from bot.conversation.sessions import Session, Sessions
from bot.conversation.shopping import Shopping
from bot.conversation.texts import Texts
from core.alike import Alike
from core.catalogue import Match
from core.looks import Look
from core.outfits import Stylist
from core.storage.answers import Answer, Trace
from core.storage.people import PeopleStore
from core.storage.rates import RateStore
from core.wishes import Wish


class Showing:
    """Shows ranked lists; what can be tapped under them is the same wherever they come from."""

    def __init__(
        self,
        *,
        alike: Alike,
        counts: Counts,
        people: PeopleStore,
        sessions: Sessions,
        offers: Offers,
        shopping: Shopping,
        stylist: Stylist | None,
        filters: Filters,
        rates: RateStore,
        now: Callable[[], datetime],
    ) -> None:
        """Without a ``stylist`` no outfit is offered."""
        self._alike = alike
        self._counts = counts
        self._people = people
        self._sessions = sessions
        self._offers = offers
        self._shopping = shopping
        self._stylist = stylist
        self._filters = filters
        self._rates = rates
        self._now = now

    async def first_page(
        self,
        sender: Sender,
        matches: Sequence[Match | None],
        look: Look,
        say: Texts,
        *,
        text: Callable[[Sequence[Placed]], str],
        rest: Sequence[tuple[int, float]] = (),
        trace: Trace | None = None,
        wish: Wish | None = None,
        filters: Wish | None,
        shops_asked: bool = False,
        key: str = "",
    ) -> Reply | None:
        """An answer that begins a list of its own; None where nothing of it can be shown.

        ``text`` makes its words, ``filters`` are those that it is within, None where they are left
        aside. Keeps it as ``Sessions.keep`` does, and raises what that raises.
        """
        within = (wish or Wish()).inside(filters or Wish())
        page = await true_page(0, matches, self.true(within))
        if not page:
            return None
        left = [*(one.match for one in page), *filter(None, matches[view_of(page).end :])]
        page = page_from(0, left)
        view = view_of(page)
        key = await self._sessions.keep(
            sender,
            left,
            look,
            shown=view.end,
            rest=rest,
            trace=trace,
            wish=wish,
            shops_asked=shops_asked,
            unfiltered=filters is None,
            key=key,
        )
        return await self.page(
            sender,
            page,
            look,
            say,
            text=text(page),
            key=key,
            more=view.end < len(left) + len(rest),
            ways=await self.ways(look, trace, wish, shops_asked=shops_asked),
            wish=wish,
            filters=filters,
        )

    async def page(
        self,
        sender: Sender,
        page: Sequence[Placed],
        look: Look,
        say: Texts,
        *,
        text: str,
        key: str,
        more: bool,
        ways: Sequence[Verb],
        wish: Wish | None,
        filters: Wish | None,
        garments: Sequence[tuple[str, str]] = (),
    ) -> Reply:
        """The album, words and buttons of the first page of an answer that is kept."""
        few = is_few(page, filters, wish)
        return Reply(
            text=say.within_filters(
                text,
                filters or Wish(),
                own=wish or Wish(),
                shown=len(page) if few else None,
            ),
            album=cards(page, say, now=self._now()),
            buttons=keyboard(
                page,
                say,
                key=key,
                view=view_of(page),
                liked=await likes_shown(self._people, sender),
                shared=sender.is_group,
                share=sender.sees_alone,
                more=more,
                ways=ways,
                garments=garments,
                filtered=few,
            ),
            look=look,
        )

    async def nothing(
        self,
        sender: Sender,
        look: Look,
        say: Texts,
        *,
        wish: Wish,
        filters: Wish,
        trace: Trace | None = None,
    ) -> Reply:
        """That nothing is as it is wished for; with a button to do without one's own filters."""
        shown = replace(wish, kind=wish.kind or look.kind)
        if filters.beside(wish).is_empty:
            return Reply(text=say.found_nothing(shown), look=look)
        text = say.within_filters(say.wish_line(shown), filters, own=wish, shown=0)
        if sender.is_group:
            return Reply(text=text, look=look)
        key = await self._sessions.keep(
            sender, [], look, shown=0, told=True, trace=trace, wish=wish
        )
        return Reply(text=text, buttons=((unfiltered_button(key, say),),), look=look)

    def true(self, within: Wish) -> Within:
        """Offers as they are now, without what is outside of the wish by now."""
        return Within(self._offers, within, self._rates)

    async def filters(self, sender: Sender, answer: Answer) -> Wish | None:
        """The filters that the answer is to be within now; None where they are left aside."""
        return None if answer.unfiltered else await self._filters.of(sender)

    async def within(self, wish: Wish, ranked: Sequence[Match | None]) -> list[Match | None]:
        """The same list, with None for what lies outside of the wish."""
        inside = await self._alike.within(wish, [one for one in ranked if one])
        numbers = {one.product.id for one in inside}
        return [one if one and one.product.id in numbers else None for one in ranked]

    async def buttons(
        self,
        sender: Sender,
        session: Session,
        view: View,
        say: Texts,
        *,
        colours: Sequence[str] = (),
        bells: bool = False,
    ) -> tuple[tuple[Button, ...], ...]:
        """The buttons of a message that shows such a part of an answer, as they are to be now."""
        answer = session.answer
        page = page_of(view, session.ranked)
        if answer.ensemble:
            return outfit_keyboard(
                page,
                say,
                key=answer.key,
                ensemble=answer.ensemble,
                liked=await likes_shown(self._people, sender),
                shared=sender.is_group,
            )
        filters = await self.filters(sender, answer)
        return keyboard(
            page,
            say,
            key=answer.key,
            view=view,
            liked=await likes_shown(self._people, sender),
            shared=sender.is_group,
            share=sender.sees_alone,
            more=view.end == answer.shown < len(answer.product_ids),
            ways=await self.ways_on(session),
            colours=colours,
            bells=bells,
            garments=answer.garments,
            filtered=is_few(page, filters, answer.wish) and view.end == answer.shown,
        )

    async def ways_on(self, session: Session) -> list[Verb]:
        """``ways`` of an answer that is kept."""
        answer = session.answer
        return await self.ways(
            answer.look, answer.trace, answer.wish, shops_asked=answer.shops_asked
        )

    async def ways(
        self, look: Look, trace: Trace | None, wish: Wish | None, *, shops_asked: bool = False
    ) -> list[Verb]:
        """What can be tapped besides *More*, of the verbs that go on from what is shown."""
        ways = [Verb.ALERT]
        if trace and not shops_asked and self._shopping.can(look, trace.space):
            ways.append(Verb.SHOPS)
        if self.goes_on(trace, wish):
            ways += [Verb.CHEAPER, Verb.COLOURS]
            if (await self._counts.now()).shops > 1:
                ways.append(Verb.ELSEWHERE)
        can_be_worn = look.fashion >= FASHION and (trace or wish is not None)
        space = trace.space if trace else None
        if can_be_worn and self._stylist and self._stylist.can(look.kind, space):
            ways.append(Verb.OUTFIT)
        return ways

    def goes_on(self, trace: Trace | None, wish: Wish | None) -> bool:
        """Whether the like of it can be searched once more, by its trace or by its words."""
        return self._alike.measures(trace.space) if trace else wish is not None


def is_few(page: Sequence[Placed], filters: Wish | None, own: Wish | None) -> bool:
    """Whether filters that stand beside a wish of its own leave less than a page."""
    standing = (filters or Wish()).beside(own or Wish())
    return len(page) < PAGE and not standing.is_empty


async def likes_shown(people: PeopleStore, sender: Sender) -> frozenset[int]:
    """The product ids whose hearts are full for the sender; in a group everybody's are empty."""
    if sender.is_group:
        return frozenset()
    return frozenset(await people.likes(sender.platform, sender.person_id))
