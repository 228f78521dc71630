"""The day's picks as a message."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.conversation.filters import Filters
from bot.conversation.languages import Languages
from bot.conversation.messages import Reply, Sender
from bot.conversation.pages import Placed, cards, keyboard, shown_title, view_of
from bot.conversation.sessions import Sessions, taste_owner
from bot.conversation.showing import is_few, likes_shown
from bot.conversation.texts import Texts, Why
from core.catalogue import Match
from core.looks import Look
from core.picks import Pick, Picker, Wanted
from core.storage.deliveries import PICKS, DeliveryStore
from core.storage.people import PeopleStore, Subscription
from core.storage.signals import Owner
from core.wishes import Wish

_NO_LOOK = Look(fashion=1.0, seen="")


class PicksPages:
    """Chooses picks and lays them out."""

    def __init__(
        self,
        *,
        picker: Picker,
        people: PeopleStore,
        deliveries: DeliveryStore,
        sessions: Sessions,
        languages: Languages,
        filters: Filters,
        now: Callable[[], datetime],
    ) -> None:
        self._picker = picker
        self._people = people
        self._deliveries = deliveries
        self._sessions = sessions
        self._languages = languages
        self._filters = filters
        self._now = now

    async def now(self, sender: Sender, subscription: Subscription | None, say: Texts) -> Reply:
        """Today's picks for the sender, at once, or that there are none.

        Once they have come, they are the same; why was told then.
        """
        filters = await self._filters.of(sender)
        day = self._today(subscription.timezone if subscription else "UTC")
        if subscription and (came := await self._came(subscription, day, filters)):
            return (await self._page(sender, came, (), say, filters=filters, stoppable=True))[1]
        wanted = Wanted(
            owner=taste_owner(sender),
            local_date=day,
            subscription_id=subscription.id if subscription else 0,
            filters=filters,
        )
        picks = await self._picker.picks(sender.platform, wanted)
        if not picks:
            return Reply(text=_within(say.NO_PICKS, filters, (), say))
        _, reply = await self._page(
            sender,
            [pick.match for pick in picks],
            [_why(rank, pick) for rank, pick in enumerate(picks, 1)],
            say,
            filters=filters,
            stoppable=subscription is not None,
        )
        return reply

    async def choose(
        self, platform: str, due: Sequence[tuple[Subscription, date]]
    ) -> list[list[Pick]]:
        """Subscribers' picks of their local days; empty for whom there is nothing to send."""
        wanted = [
            Wanted(
                owner=Owner(one.person_id, "" if one.person_id else one.chat_id),
                local_date=day,
                subscription_id=one.id,
                filters=await self._filters.of(_sender_of(one)),
            )
            for one, day in due
        ]
        return await self._picker.picks_of_all(platform, wanted)

    async def page(self, subscription: Subscription, picks: Sequence[Pick]) -> tuple[str, Reply]:
        """Picks as the message that a subscriber gets, and its key; its hearts work for 30 days."""
        sender = _sender_of(subscription)
        filters = await self._filters.of(sender)
        say = await self._filters.priced(await self._languages.of(sender), filters)
        return await self._page(
            sender,
            [pick.match for pick in picks],
            [_why(rank, pick) for rank, pick in enumerate(picks, 1)],
            say,
            filters=filters,
            stoppable=True,
        )

    async def _came(self, subscription: Subscription, day: date, filters: Wish) -> list[Match]:
        """What came that day, as far as it can still be had."""
        numbers = await self._deliveries.products_of(subscription.id, day, PICKS)
        return await self._picker.left_of(numbers, filters) if numbers else []

    async def _page(
        self,
        sender: Sender,
        matches: Sequence[Match],
        reasons: Sequence[Why],
        say: Texts,
        *,
        filters: Wish,
        stoppable: bool,
    ) -> tuple[str, Reply]:
        """Its key, and the message."""
        shown = tuple(Placed(place=place, match=match) for place, match in enumerate(matches))
        view = view_of(shown, picks=stoppable)
        key = await self._sessions.keep(sender, matches, _NO_LOOK, shown=len(matches))
        return key, Reply(
            text=_within(say.picks(reasons), filters, shown, say),
            album=cards(shown, say, now=self._now()),
            buttons=keyboard(
                shown,
                say,
                key=key,
                view=view,
                liked=await likes_shown(self._people, sender),
                shared=sender.is_group,
                more=False,
            ),
        )

    def _today(self, zone: str) -> date:
        return self._now().astimezone(ZoneInfo(zone)).date()


def _sender_of(subscription: Subscription) -> Sender:
    return Sender(
        platform=subscription.platform,
        person_id=subscription.person_id,
        chat_id=subscription.chat_id,
        is_group=not subscription.person_id,
        language=subscription.language,
    )


def _within(text: str, filters: Wish, page: Sequence[Placed], say: Texts) -> str:
    """With the filters that are told, and how little they leave where that is no page."""
    shown = len(page) if is_few(page, filters, None) else None
    return say.within_filters(text, filters, own=Wish(), shown=shown)


def _why(rank: int, pick: Pick) -> Why:
    reason = pick.reason
    return Why(
        rank=rank,
        shop=pick.match.product.shop_title,
        liked=shown_title(reason.liked) if reason.liked else None,
        photo=reason.photo,
        news=reason.news,
        less=reason.less,
        surprise=reason.surprise,
    )
