"""Subscribers, workers that are killed, and a clock: what was delivered, beside what was promised.

Storage, delivery and choice are the real ones; the platform is a list. What is promised is worked
out here once more, minute by minute from what the zone's clocks show.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.conversation.filters import Filters
from bot.conversation.messages import Reply
from bot.conversation.picks_delivery import DailyPicks
from core.catalogue import Availability, Money, ProductRecord
from core.errors import FetchFailed, Undeliverable
from core.index.index import Index
from core.picks import Picker
from core.ranking import Rankings
from core.storage.answers import AnswerStore
from core.storage.assortment import AssortmentStore
from core.storage.catalogue import CatalogueStore
from core.storage.chats import ChatStore
from core.storage.database import Database
from core.storage.deliveries import DeliveryState, DeliveryStore
from core.storage.filters import FilterStore
from core.storage.finding import FindStore
from core.storage.languages import LanguageStore
from core.storage.people import PeopleStore, Subscription
from core.storage.rates import RateStore
from core.storage.signals import SignalStore
from core.storage.tables import deliveries, subscriptions
from core.storage.vectors import VectorStore

ZONES = (
    *("UTC", "Europe/Berlin", "Europe/London", "Europe/Lisbon", "Europe/Athens", "Europe/Moscow"),
    *("Africa/Cairo", "Africa/Casablanca", "America/New_York", "America/Chicago"),
    *("America/Los_Angeles", "America/St_Johns", "America/Sao_Paulo", "America/Santiago"),
    *("America/Havana", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Asia/Beirut"),
    *("Australia/Sydney", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Kiritimati"),
    "Pacific/Honolulu",
)
_CLOCKS = {zone: ZoneInfo(zone) for zone in ZONES}
KEPT_FOR = timedelta(days=30)
PLATFORM = "year"
WORKERS = 3
_PRODUCTS = 200
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_EVENT_EVERY = timedelta(days=50)  # in a person's life


class Killed(BaseException):
    """A process that ends between two of its steps."""


@dataclass(slots=True, kw_only=True)
class Year:
    """What came of it.

    ``owed`` counts the (subscription, local day) whose hour passed while a worker was up, and
    whom nothing kept from being sent to. Of those ``missed`` were not, but for what was on its way
    when a worker was killed (``in_flight``): that may have been sent, and is not sent again.
    ``late`` came, but not in the first round after the hour.
    """

    owed: int = 0
    sent: int = 0
    twice: int = 0
    at_a_wrong_hour: int = 0
    repeated: int = 0
    late: int = 0
    missed: int = 0
    in_flight: int = 0
    kills: int = 0


@dataclass(slots=True, kw_only=True)
class Person:
    chat: str
    person: str
    at: time
    zone: str
    since: datetime | None = None
    blocks: bool = False
    trouble_until: datetime = _LONG_AGO
    got: set[date] = field(default_factory=set)
    owed: dict[date, datetime] = field(default_factory=dict)
    last_seen: dict[int, datetime] = field(default_factory=dict)

    def forget_owed(self) -> None:
        """What came in the way of what was not sent yet excuses it."""
        self.owed = {day: at for day, at in self.owed.items() if day in self.got}


class Process:
    """A worker's life: its clock is asked between all steps, and at one of them it may die."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.steps_left: int | None = None
        self.down_until = _LONG_AGO
        self.run_due: Callable[[], Awaitable[object]] | None = None
        self.opened = AsyncExitStack()

    def __call__(self) -> datetime:
        self.step()
        return self._clock()

    def step(self) -> None:
        if self.steps_left is not None:
            self.steps_left -= 1
            if self.steps_left < 0:
                raise Killed

    async def stop(self) -> None:
        """Leave nothing but what the database has."""
        self.run_due = None
        await self.opened.aclose()


class Simulation:
    """Lives through the days; ``year`` is what came of it so far."""

    def __init__(
        self, url: str, *, people: int, start: datetime, tick: timedelta, seed: int
    ) -> None:
        self.year = Year()
        self.now = start
        self._url = url
        self._tick = tick
        self._dice = random.Random(seed)
        self._people = [self._born(number) for number in range(people)]
        self._by_chat = {one.chat: one for one in self._people}
        self._processes = [Process(lambda: self.now) for _ in range(WORKERS)]
        self._moved = 0

    def _born(self, number: int) -> Person:
        chat = f"c{number}"
        person = "" if number % 5 == 0 else f"p{number}"
        at, zone = self._hour()
        return Person(chat=chat, person=person, at=at, zone=zone)

    def _hour(self) -> tuple[time, str]:
        """Any hour of any zone; half of them at night, when clocks change."""
        hour = self._dice.choice([self._dice.randrange(4), self._dice.randrange(24)])
        return time(hour, self._dice.randrange(0, 60, 5)), self._dice.choice(ZONES)

    async def live(self, days: float, *, say: Callable[[str], None] = lambda _: None) -> Year:
        """So many days from now on."""
        ends = self.now + timedelta(days=days)
        async with Database.open(self._url) as database:
            self._store = PeopleStore(database, now=lambda: self.now)
            for one in self._people:
                await self._subscribe(one)
            try:
                while self.now < ends:
                    midnight = self.now.replace(hour=0, minute=0)
                    if self.now - midnight < self._tick:
                        await self._account(database, self.now.date() - timedelta(days=2))
                        await self._purge(database)
                        self._plan_the_day()
                        say(f"{self.now:%Y-%m-%d}: {self.year}")
                    await self._round()
                    self.now += self._tick
            finally:
                for process in self._processes:
                    await process.stop()
            await self._account(database, self.now.date() + timedelta(days=1))
        return self.year

    # What people do ---------------------------------------------------------------------------

    async def _subscribe(self, one: Person) -> None:
        await self._store.subscribe(
            Subscription(
                platform=PLATFORM,
                chat_id=one.chat,
                person_id=one.person,
                at=one.at,
                timezone=one.zone,
                created_at=self.now,
            )
        )
        one.since = self.now
        one.forget_owed()

    async def _something_happens(self) -> None:
        one = self._dice.choice(self._people)
        match self._dice.randrange(8):
            case 0 | 1:
                one.at, one.zone = self._hour()
                one.blocks = False
                await self._subscribe(one)
            case 2:
                await self._store.unsubscribe(PLATFORM, one.chat, one.person)
                self._left(one)
            case 3:
                one.blocks = True
            case 4 if not one.person:
                await self._migrate(one)
            case 5:
                hours = self._dice.choice([0.3, 2, 30])
                one.trouble_until = self.now + timedelta(hours=hours)
                one.forget_owed()
            case _:
                one.blocks = False
                if one.since is None:
                    await self._subscribe(one)

    async def _migrate(self, one: Person) -> None:
        self._moved += 1
        new = f"{one.chat.partition('-')[0]}-{self._moved}"
        await self._store.move_chat(PLATFORM, one.chat, new)
        self._by_chat[new] = one
        one.chat = new

    def _left(self, one: Person) -> None:
        one.since = None
        one.forget_owed()

    def _plan_the_day(self) -> None:
        """A worker dies at one of today's steps; now and then all are away for hours or days."""
        self._dice.choice(self._processes).steps_left = self._dice.randrange(60)
        if self._dice.random() < 1 / 30:
            away = self.now + timedelta(hours=self._dice.choice([3, 11, 30, 60]))
            for one in self._processes:
                one.down_until = away

    # What the workers do ----------------------------------------------------------------------

    async def _round(self) -> None:
        events = len(self._people) * (self._tick / _EVENT_EVERY)
        for _ in range(int(events + self._dice.random())):
            await self._something_happens()
        up = [process for process in self._processes if process.down_until <= self.now]
        if up:
            for one in self._people:
                self._owe(one)
            await asyncio.gather(*map(self._run, up))

    def _owe(self, one: Person) -> None:
        """Note that the day's picks are due now, where they are and nothing is in their way."""
        if one.since is None or one.trouble_until > self.now:
            return
        today = self.now.astimezone(_CLOCKS[one.zone]).date()
        if today not in one.got and one.since <= promised(today, one.at, one.zone) <= self.now:
            one.owed.setdefault(today, self.now)

    async def _run(self, process: Process) -> None:
        try:
            if process.run_due is None:
                database = await process.opened.enter_async_context(Database.open(self._url))
                process.run_due = self._work(process, database)
            await process.run_due()
        except (Killed, BaseExceptionGroup):
            if process.steps_left is None or process.steps_left >= 0:
                raise
            self.year.kills += 1
            process.steps_left = None
            process.down_until = self.now + timedelta(hours=self._dice.choice([0, 0, 1, 5]))
            await process.stop()

    def _work(self, process: Process, database: Database) -> Callable[[], Awaitable[object]]:
        """What a worker does in each round."""
        catalogue, people = CatalogueStore(database), PeopleStore(database, now=process)
        delivered, chats = DeliveryStore(database), ChatStore(database)
        picks = DailyPicks(
            people=people,
            deliveries=delivered,
            answers=AnswerStore(database),
            catalogue=catalogue,
            picker=Picker(
                catalogue=catalogue,
                signals=SignalStore(database, now=process),
                assortment=AssortmentStore(database, now=process),
                deliveries=delivered,
                finding=FindStore(database, now=process),
                index=Index(Path("no-index"), fingerprint="none"),
                vectors=VectorStore(database),
                rankings=Rankings(),
                now=process,
            ),
            languages=LanguageStore(database),
            chats=chats,
            filters=Filters(FilterStore(database), rates=RateStore(database), chats=chats),
            couriers={PLATFORM: Letters(self.trouble_of, self.arrived, process)},
            now=process,
        )
        return picks.run_due

    def arrived(self, chat: str, reply: Reply) -> None:
        """A message reached a chat."""
        year, one = self.year, self._by_chat[chat]
        today = self.now.astimezone(_CLOCKS[one.zone]).date()
        year.sent += 1
        year.twice += today in one.got
        owed_since = one.owed.get(today)
        year.at_a_wrong_hour += owed_since is None
        year.late += owed_since is not None and owed_since < self.now
        one.got.add(today)
        for card in reply.album:
            seen = one.last_seen.get(card.match.product.id)
            year.repeated += seen is not None and self.now - seen < KEPT_FOR - timedelta(days=1)
            one.last_seen[card.match.product.id] = self.now

    def trouble_of(self, chat: str) -> None:
        """What the platform says to a message for that chat, if it does not take it."""
        one = self._by_chat[chat]
        if chat != one.chat or one.blocks:
            self._left(one)
            raise Undeliverable("blocked")
        if one.trouble_until > self.now:
            raise FetchFailed("busy", status=429, retry_after_s=60)

    # What is counted --------------------------------------------------------------------------

    async def _account(self, database: Database, until: date) -> None:
        """Settle the local days before that one."""
        query = (
            select(subscriptions.c.chat_id, deliveries.c.local_date)
            .join(subscriptions)
            .where(deliveries.c.state == DeliveryState.CLAIMED)
        )
        on_the_way = {(row.chat_id, row.local_date) for row in await database.rows(query)}
        for one in self._people:
            for day in [day for day in one.owed if day < until]:
                del one.owed[day]
                self.year.owed += 1
                if day not in one.got:
                    self.year.in_flight += (one.chat, day) in on_the_way
                    self.year.missed += (one.chat, day) not in on_the_way
            one.got = {day for day in one.got if day >= until - timedelta(days=3)}

    async def _purge(self, database: Database) -> None:
        before = self.now - KEPT_FOR
        for store in (AnswerStore(database), DeliveryStore(database), self._store):
            await store.purge(before)


class Letters:
    """The platform: takes a message, or says why not; the worker may die before or after."""

    platform = PLATFORM

    def __init__(
        self,
        trouble_of: Callable[[str], None],
        arrived: Callable[[str, Reply], None],
        process: Process,
    ) -> None:
        self._trouble_of = trouble_of
        self._arrived = arrived
        self._process = process

    async def deliver(self, chat_id: str, reply: Reply) -> str:
        self._process.step()
        self._trouble_of(chat_id)
        await asyncio.sleep(0)
        self._arrived(chat_id, reply)
        await asyncio.sleep(0)
        self._process.step()
        return chat_id


async def stock(url: str, at: datetime) -> None:
    """Products enough for picks that do not repeat within 30 days."""
    async with Database.open(url) as database:
        catalogue = CatalogueStore(database, now=lambda: at)
        await catalogue.shop_seen("shop", "Shop", None)
        records = [
            ProductRecord(
                key=f"{number}",
                title=f"Product {number}",
                url=f"https://shop.example/{number}",
                price=Money(Decimal(number), "EUR"),
                availability=Availability.IN_STOCK,
                image_urls=(f"https://shop.example/{number}.jpg",),
            )
            for number in range(1, _PRODUCTS + 1)
        ]
        await catalogue.save("shop", records, seen_at=at)
        images = await catalogue.pending_images()
        await catalogue.set_image_contents({one.id: f"{one.id:064x}" for one in images})


@cache
def promised(day: date, at: time, zone: str) -> datetime:
    """The first moment of that day when the clocks there show ``at``, which is whole minutes.

    An hour that they leap over comes as much later as they leap.
    """
    clocks = _CLOCKS[zone]
    noon = datetime.combine(day, time(12), UTC)
    for quarter in range(-4 * 27, 4 * 27):  # every offset is of whole quarters of an hour
        moment = noon + timedelta(minutes=15 * quarter + at.minute % 15)
        shown = moment.astimezone(clocks)
        if (shown.date(), shown.time()) == (day, at):
            return moment
    offset = (noon - timedelta(days=1)).astimezone(clocks).utcoffset() or timedelta()
    return datetime.combine(day, at, UTC) - offset
