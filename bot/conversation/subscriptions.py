"""Daily picks on and off, as people ask for them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.conversation.days import read_days, read_span
from bot.conversation.messages import Sender
from bot.conversation.sessions import owner_of
from bot.conversation.texts import Texts
from bot.conversation.times import Hour, is_filler, next_time, read_hour
from core.storage.chats import ChatStore
from core.storage.deliveries import PICKS, DeliveryStore
from core.storage.people import EVERY_DAY, PeopleStore, Subscription


class Subscriptions:
    """One subscription a person and chat; in a group, one for all of it."""

    def __init__(
        self,
        *,
        people: PeopleStore,
        deliveries: DeliveryStore,
        chats: ChatStore,
        now: Callable[[], datetime],
    ) -> None:
        self._people = people
        self._chats = chats
        self._deliveries = deliveries
        self._now = now

    async def start(self, sender: Sender, argument: str, say: Texts) -> str:
        """Subscribe as the argument says; returns what to say."""
        current = await self.current(sender)
        if not argument.strip():
            return await self._go_on(current, say) if current else say.SUBSCRIBE_HOW_TO
        hour = read_hour(argument)
        if hour is None:
            days, rest = read_days(argument)
            if days is None or current is None or not is_filler(rest):
                return say.SUBSCRIBE_HOW_TO
            hour = Hour(at=current.at, days=days)
        written = f"{hour.at:%H:%M}"
        if hour.unknown:
            return say.unknown_zone(hour.unknown, written, hour.choices)
        zone = hour.zone or (current.timezone if current else None)
        if zone is None:
            return say.which_zone(written)
        wanted = Subscription(
            platform=sender.platform,
            chat_id=sender.chat_id,
            person_id=owner_of(sender),
            at=hour.at,
            timezone=zone,
            created_at=self._now(),
            language=say.language,
            days=hour.days or (current.days if current else EVERY_DAY),
        )
        if sender.is_group and await self._stays_quiet(wanted):
            return say.subscribed_in_vain(written, zone)
        kept = await self._people.subscribe(wanted)
        return say.subscribed(kept, **await self._next(kept))

    async def _go_on(self, current: Subscription, say: Texts) -> str:
        if current.paused_until and current.paused_until > self._now():
            current = replace(current, paused_until=None)
            await self._people.pause(*_whose(current), None)
        return say.subscribed_already(current, **await self._next(current))

    async def pause(self, sender: Sender, argument: str, say: Texts) -> str:
        """Send nothing for so long; returns what to say."""
        current, span = await self.current(sender), read_span(argument)
        if current is None:
            return say.NOT_SUBSCRIBED
        if span is None:
            return say.PAUSE_HOW_TO
        paused = replace(current, paused_until=self._now() + span)
        await self._people.pause(*_whose(paused), paused.paused_until)
        return say.paused(**await self._next(paused))

    async def stop(self, sender: Sender, say: Texts) -> str:
        """Unsubscribe; returns what to say."""
        stopped = await self._people.unsubscribe(sender.platform, sender.chat_id, owner_of(sender))
        return say.STOPPED if stopped else say.NOT_SUBSCRIBED

    async def current(self, sender: Sender) -> Subscription | None:
        """The subscription of this person in this chat."""
        return await self._people.subscription(sender.platform, sender.chat_id, owner_of(sender))

    async def _stays_quiet(self, wanted: Subscription) -> bool:
        """Whether the group's quiet hours hold from then to the end of that day."""
        settings = await self._chats.of(wanted.platform, wanted.chat_id)
        place = ZoneInfo(wanted.timezone)
        at = next_time(wanted.at, wanted.timezone, after=self._now()).astimezone(place)
        left = timedelta(hours=23, minutes=59) - timedelta(hours=at.hour, minutes=at.minute)
        return all(settings.is_quiet(at + past) for past in _steps(left))

    async def _next(self, subscription: Subscription) -> dict[str, datetime]:
        """Now and the next time, by that zone's clocks; none on a day that has had its picks."""
        now, place = self._now(), ZoneInfo(subscription.timezone)
        next_at = max(now, subscription.paused_until or now)
        while True:
            next_at = next_time(
                subscription.at, subscription.timezone, after=next_at, days=subscription.days
            ).astimezone(place)
            day = next_at.date()
            if await self._deliveries.products_of(subscription.id, day, PICKS) is None:
                return {"now": now.astimezone(place), "next_at": next_at}


def _steps(span: timedelta) -> Iterator[timedelta]:
    """Every quarter of an hour of it, and its end."""
    yield from (timedelta(minutes=15) * number for number in range(span // timedelta(minutes=15)))
    yield span


def _whose(subscription: Subscription) -> tuple[str, str, str]:
    return subscription.platform, subscription.chat_id, subscription.person_id
