"""Daily picks on and off, as people ask for them."""

from collections.abc import Callable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.conversation.messages import Sender
from bot.conversation.sessions import owner_of
from bot.conversation.texts import Texts
from bot.conversation.times import next_time, read_hour
from core.storage.people import PeopleStore, Subscription


class Subscriptions:
    """One subscription a person and chat; in a group, one for all of it."""

    def __init__(self, *, people: PeopleStore, now: Callable[[], datetime]) -> None:
        self._people = people
        self._now = now

    async def start(self, sender: Sender, argument: str, say: Texts) -> str:
        """Subscribe as the argument says; returns what to say."""
        current = await self.current(sender)
        if not argument.strip():
            return say.SUBSCRIBE_HOW_TO if current is None else self._already(current, say)
        hour = read_hour(argument)
        if hour is None:
            return say.SUBSCRIBE_HOW_TO
        written = f"{hour.at:%H:%M}"
        if hour.unknown:
            return say.unknown_zone(hour.unknown, written, hour.choices)
        zone = hour.zone or (current.timezone if current else None)
        if zone is None:
            return say.which_zone(written)
        now = self._now()
        await self._people.subscribe(
            Subscription(
                platform=sender.platform,
                chat_id=sender.chat_id,
                person_id=owner_of(sender),
                at=hour.at,
                timezone=zone,
                created_at=now,
                language=say.language,
            )
        )
        return say.subscribed(at=written, zone=zone, **self._next(hour.at, zone))

    async def stop(self, sender: Sender, say: Texts) -> str:
        """Unsubscribe; returns what to say."""
        stopped = await self._people.unsubscribe(sender.platform, sender.chat_id, owner_of(sender))
        return say.STOPPED if stopped else say.NOT_SUBSCRIBED

    async def current(self, sender: Sender) -> Subscription | None:
        """The subscription of this person in this chat."""
        return await self._people.subscription(sender.platform, sender.chat_id, owner_of(sender))

    def _already(self, current: Subscription, say: Texts) -> str:
        return say.subscribed_already(
            at=f"{current.at:%H:%M}",
            zone=current.timezone,
            **self._next(current.at, current.timezone),
        )

    def _next(self, at: time, zone: str) -> dict[str, datetime]:
        """Now and the next time, by that zone's clocks."""
        now, place = self._now(), ZoneInfo(zone)
        upcoming = next_time(at, zone, after=now)
        return {"now": now.astimezone(place), "next_at": upcoming.astimezone(place)}
