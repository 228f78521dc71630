"""Sending the day's picks: at each subscriber's hour, never twice."""

import asyncio
import logging
import random
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfoNotFoundError

from bot.conversation.days import is_on
from bot.conversation.filters import Filters
from bot.conversation.languages import Languages
from bot.conversation.messages import Courier, Reply
from bot.conversation.picks import PicksPages
from bot.conversation.posting import RETRY_AFTER, post
from bot.conversation.sessions import Sessions
from bot.conversation.times import clocks_of, moment_of
from core.picks import Pick, Picker
from core.storage.answers import AnswerStore
from core.storage.catalogue import CatalogueStore
from core.storage.chats import ChatStore
from core.storage.deliveries import PICKS, DeliveryStore
from core.storage.languages import LanguageStore
from core.storage.people import PeopleStore, Subscription

_NOTHING_YET = timedelta(minutes=30)
_CHOSEN_AT_ONCE = 32  # people; the catalogue is gone through once for all of them

_log = logging.getLogger(__name__)


class DailyPicks:
    """Sends what is due; the deliveries' table is the truth about what was sent.

    A row is claimed before a message goes out. One that stays claimed, because the process died
    in between, may have been sent and is not sent again.
    """

    def __init__(
        self,
        *,
        people: PeopleStore,
        deliveries: DeliveryStore,
        answers: AnswerStore,
        catalogue: CatalogueStore,
        picker: Picker,
        languages: LanguageStore,
        chats: ChatStore,
        filters: Filters,
        couriers: Mapping[str, Courier],
        now: Callable[[], datetime],
        at_once: int = 8,
    ) -> None:
        """``couriers`` by platform; each sends ``at_once`` messages at a time."""
        self._people = people
        self._answers = answers
        self._chats = chats
        self._deliveries = deliveries
        self._couriers = couriers
        self._now = now
        self._at_once = at_once
        self._pages = PicksPages(
            picker=picker,
            people=people,
            deliveries=deliveries,
            sessions=Sessions(answers=answers, catalogue=catalogue, now=now),
            languages=Languages(languages),
            filters=filters,
            now=now,
        )
        self._running = asyncio.Lock()
        # A restart forgets it, and what was not sent is tried a little sooner.
        self._not_before: dict[int, datetime] = {}

    async def run_due(self) -> int:
        """Send to every subscriber whose local hour has passed today; returns how many got it.

        A missed hour, or one of a group's quiet hours, is caught up on the same local day, never
        later. Raises only what makes all of it impossible.
        """
        async with self._running:
            due = await self._due()
            async with asyncio.TaskGroup() as group:
                workers = [
                    group.create_task(self._send_each(self._couriers[platform], waiting))
                    for platform, waiting in due.items()
                    for _ in range(min(self._at_once, len(waiting)))
                ]
        sent = sum(worker.result() for worker in workers)
        if sent:
            _log.info("picks: %d sent", sent)
        return sent

    async def _due(self) -> dict[str, deque[Subscription]]:
        """Whom to send to now, by platform, from anyone on.

        Other processes send to the same people: each begins elsewhere.
        """
        now = self._now()
        self._not_before = {key: at for key, at in self._not_before.items() if at > now}
        passed: defaultdict[date, list[tuple[time, str]]] = defaultdict(list)
        for at, zone in await self._people.hours():
            if (today := _day_of_hour(at, zone, now)) is not None:
                passed[today].append((at, zone))
        due: defaultdict[str, deque[Subscription]] = defaultdict(deque)
        for today, hours in passed.items():
            for subscription in await self._people.waiting(hours, today, PICKS):
                if subscription.platform in self._couriers and self._day_due(subscription, now):
                    due[subscription.platform].append(subscription)
        for waiting in due.values():
            waiting.rotate(random.randrange(len(waiting)))
        return due

    def _day_due(self, subscription: Subscription, now: datetime) -> date | None:
        """The local date whose picks are due now, None when none are."""
        today = _day_of_hour(subscription.at, subscription.timezone, now)
        if today is None or now < self._not_before.get(subscription.id, now):
            return None
        if not is_on(today, subscription.days):
            return None
        moment = moment_of(today, subscription.at, subscription.timezone)
        since = max(subscription.created_at, subscription.paused_until or moment)
        return today if since <= moment else None

    async def _send_each(self, courier: Courier, waiting: deque[Subscription]) -> int:
        sent = 0
        at_once = max(1, min(_CHOSEN_AT_ONCE, len(waiting) // self._at_once))
        while waiting:
            some = [waiting.popleft() for _ in range(min(at_once, len(waiting)))]
            # Asked again, because midnight may have passed while others were served.
            now = self._now()
            due = [
                (one, today)
                for one in some
                if (today := self._day_due(one, now)) and not await self._is_quiet(one, now)
            ]
            for (subscription, today), picks in await self._chosen(courier.platform, due):
                try:
                    if self._day_due(subscription, self._now()) == today:
                        sent += await self._send(courier, subscription, today, picks)
                except Exception:  # noqa: BLE001  one person's trouble is nobody else's
                    _log.exception("picks: subscription %d", subscription.id)
                    self._wait(subscription, RETRY_AFTER)
        return sent

    async def _is_quiet(self, subscription: Subscription, now: datetime) -> bool:
        """Whether it is a group's, whose admins want quiet now."""
        if subscription.person_id:
            return False
        return (await self._chats.of(subscription.platform, subscription.chat_id)).is_quiet(now)

    async def _chosen(
        self, platform: str, due: Sequence[tuple[Subscription, date]]
    ) -> list[tuple[tuple[Subscription, date], list[Pick]]]:
        try:
            left = await self._unclaimed(due)
            picks = await self._pages.choose(platform, left) if left else []
            return list(zip(left, picks, strict=True))
        except Exception:  # noqa: BLE001  nor is that of some people everybody's
            _log.exception("picks: for %d subscriptions", len(due))
            for subscription, _ in due:
                self._wait(subscription, RETRY_AFTER)
            return []

    async def _unclaimed(
        self, due: Sequence[tuple[Subscription, date]]
    ) -> list[tuple[Subscription, date]]:
        """Without whom another process has sent to meanwhile: to choose for them is in vain."""
        begun = await self._deliveries.begun(PICKS, [(one.id, today) for one, today in due])
        return [(one, today) for one, today in due if (one.id, today) not in begun]

    async def _send(
        self, courier: Courier, subscription: Subscription, today: date, picks: Sequence[Pick]
    ) -> bool:
        if not picks:
            self._wait(subscription, _NOTHING_YET)
            return False
        product_ids = [pick.match.product.id for pick in picks]
        # Kept before it is claimed: who erases everything in between is sent nothing.
        key, reply = await self._pages.page(subscription, picks)
        claimed = await self._deliveries.claim(
            subscription.id,
            today,
            PICKS,
            product_ids,
            self._now(),
            asked_at=subscription.created_at,
        )
        if not claimed:
            await self._answers.erase(key)
            return False
        return await self._deliver(courier, subscription, today, reply, key)

    async def _deliver(
        self, courier: Courier, subscription: Subscription, today: date, reply: Reply, key: str
    ) -> bool:
        failed = partial(self._deliveries.failed, subscription.id, today, PICKS)
        match await post(courier, subscription.chat_id, reply):
            case None:
                await self._answers.erase(key)
                await failed(retry=False, at=self._now())
                await self._people.drop_chat(subscription.platform, subscription.chat_id)
                return False
            case timedelta() as wait:
                await self._answers.erase(key)
                await self._again(subscription, failed, wait)
                return False
            case message_id:
                await self._deliveries.sent(
                    subscription.id, today, PICKS, message_id=message_id, at=self._now()
                )
                return True

    async def _again(
        self, subscription: Subscription, failed: Callable[..., Awaitable[None]], wait: timedelta
    ) -> None:
        await failed(retry=True, at=self._now())
        self._wait(subscription, wait)

    def _wait(self, subscription: Subscription, wait: timedelta) -> None:
        self._not_before[subscription.id] = self._now() + wait


def _day_of_hour(at: time, zone: str, now: datetime) -> date | None:
    """That zone's date, where its clocks have shown ``at`` on it; None where they have not.

    None, too, for a zone that this machine's clocks do not know (any more).
    """
    try:
        today = now.astimezone(clocks_of(zone)).date()
        return today if moment_of(today, at, zone) <= now else None
    except ZoneInfoNotFoundError:
        _log.warning("picks: the time zone %s is not known here", zone)
        return None
