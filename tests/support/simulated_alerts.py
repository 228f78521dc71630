"""The simulated year's people watch products, whose prices and stock move: what they were told.

Beside them lives a second account of what is owed: it takes each change as it happens, and shares
nothing with the rule in ``core.alerts``.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.conversation.alerts_delivery import AlertPost
from bot.conversation.filters import Filters
from bot.conversation.messages import Reply
from core.alerts import Alert, AlertKind
from core.catalogue import Availability, Money, Product, ProductRecord
from core.newness import Newness
from core.storage.alerts import AlertStore, NoticeState
from core.storage.answers import AnswerStore
from core.storage.catalogue import CatalogueStore
from core.storage.chats import ChatStore
from core.storage.database import Database
from core.storage.filters import FilterStore
from core.storage.languages import LanguageStore
from core.storage.people import PeopleStore
from core.storage.rates import RateStore
from core.storage.tables import alerts, notices
from tests.support.simulated_year import (
    PLATFORM,
    Letters,
    Person,
    Process,
    Simulation,
    Year,
    promised,
)

_SHOP, _BRANDS = "moving", ("Adler", "Birke", "Cedar")
_MOVING = 30
_MOVES_EVERY = timedelta(days=1.5)  # each product
_NEW_EVERY = timedelta(days=4)  # of any brand
_ASKS_EVERY = timedelta(hours=12)  # each person who watches too little
_LOOKS_BACK = timedelta(days=3)
_REST = timedelta(days=7)
_FIRST_DAY = timedelta(days=1)  # of a shop, in which nothing is new
_WATCHES = 4  # of each person
_FACTORS = ("1", "1", "1.1", "0.97", "0.93", "0.9", "0.85", "0.78", "0.6", "0.01", "0")
_CURRENCIES = (*["EUR"] * 15, "USD")
_ROUNDS = 3  # in which what is owed and does not come is missed; a worker may die in one of them


@dataclass(slots=True, kw_only=True)
class Told:
    """What came of the alerts; ``untrue`` or ``not_quiet`` is what should not have been said."""

    owed: int = 0
    sent: int = 0
    twice: int = 0
    untrue: int = 0
    not_quiet: int = 0
    at_a_wrong_hour: int = 0
    missed: int = 0
    in_flight: int = 0


@dataclass(slots=True, kw_only=True)
class _Offer:
    """A product as its shop shows it now."""

    record: ProductRecord
    since: datetime
    first_seen: datetime
    id: int = 0
    gone: bool = False

    @property
    def price(self) -> Decimal | None:
        """What it costs in euros, if it may be had and that is no mistake by itself."""
        price = self.record.price
        return price.amount if price and price.currency == "EUR" and price.amount > 0 else None

    @property
    def is_there(self) -> bool:
        return not self.gone and self.record.availability is not Availability.SOLD_OUT


@dataclass(slots=True, kw_only=True)
class _Watch:
    """One product that one person waits for; of a brand, one that is new of it."""

    alert: Alert
    offer: _Offer
    told_at: datetime | None = None
    told_price: Decimal | None = None
    untrue_since: datetime | None = None
    rested: bool = False
    holds_since: datetime | None = None
    rounds: int = 0

    def is_true(self) -> bool:
        """Whether it is now what was asked for."""
        if not self.offer.is_there:
            return False
        if self.alert.kind is AlertKind.STOCK:
            return self.offer.record.availability is Availability.IN_STOCK
        return self.alert.kind is AlertKind.BRAND or self._is_low() is True

    def is_news(self) -> bool:
        """Whether it is not what was told already."""
        if self.told_at is None or self.alert.kind is AlertKind.BRAND:
            return self.told_at is None
        if self.rested or self.alert.kind is AlertKind.STOCK:
            return self.rested
        share = Decimal("0.8") if self.alert.kind is AlertKind.FIFTH else Decimal("0.95")
        price = self.offer.price
        return bool(price and self.told_price and price <= share * self.told_price)

    def changed(self, now: datetime) -> None:
        """Note for how long the opposite held, after the offer became another."""
        if self.alert.kind is AlertKind.STOCK:
            opposite = self.offer.record.availability is Availability.SOLD_OUT
        else:
            opposite = self._is_low() is False
        began = self.untrue_since
        self.rested |= began is not None and now - began >= _REST
        self.untrue_since = (began or now) if opposite else None

    def was_told(self, now: datetime) -> None:
        self.told_at, self.told_price = now, self.offer.price
        self.rested, self.untrue_since = False, None
        self.stop()

    def stop(self) -> None:
        self.holds_since, self.rounds = None, 0

    def _is_low(self) -> bool | None:
        """None where nothing credible is known of the price."""
        price, asked, most = self.offer.price, self.alert.price, self.alert.most
        if price is None or asked is None or most is None or price * 10 <= asked.amount:
            return None
        return price < most if self.alert.kind is AlertKind.CHEAPER else price <= most


class AlertSimulation(Simulation):
    """The year with alerts; ``told`` is what came of these."""

    def __init__(
        self, url: str, *, people: int, start: datetime, tick: timedelta, seed: int
    ) -> None:
        super().__init__(url, people=people, start=start, tick=tick, seed=seed)
        self.told = Told()
        self._offers: dict[str, _Offer] = {}
        self._by_id: dict[int, _Offer] = {}
        self._watches: dict[str, dict[int, _Watch]] = {}
        self._brands: dict[str, Alert] = {}

    # What shops and people do -----------------------------------------------------------------

    async def live(self, days: float, *, say: Callable[[str], None] = lambda _: None) -> Year:
        """So many days from now on."""
        async with Database.open(self._url) as self._database:
            self._catalogue = CatalogueStore(self._database, now=lambda: self.now)
            self._alerts = AlertStore(self._database)
            self._opened = self.now
            await self._catalogue.shop_seen(_SHOP, "Moving", None)
            for number in range(_MOVING):
                await self._show_new(number)
            return await super().live(days, say=lambda line: say(f"{line} {self.told}"))

    async def _round(self) -> None:
        await self._move()
        await self._watch()
        if any(process.down_until <= self.now for process in self._processes):
            self._owe_alerts()
        await super()._round()
        await self._settle()

    async def _move(self) -> None:
        for offer in list(self._offers.values()):
            if self._dice.random() < self._tick / _MOVES_EVERY:
                await self._change(offer)
        if self._dice.random() < self._tick / _NEW_EVERY:
            await self._show_new(len(self._offers))

    async def _show_new(self, number: int) -> None:
        url = f"https://moving.example/{number}"
        offer = _Offer(
            record=ProductRecord(
                key=f"{number}",
                title=f"Moving {number}",
                url=url,
                brand=_BRANDS[number % len(_BRANDS)],
                price=Money(Decimal(100), "EUR"),
                availability=Availability.IN_STOCK,
                image_urls=(f"{url}.jpg",),
            ),
            since=self.now,
            first_seen=self.now,
        )
        await self._catalogue.save(_SHOP, [offer.record], seen_at=self.now)
        offer.id = (await self._catalogue.ids(_SHOP, [offer.record.key]))[offer.record.key]
        for image in await self._catalogue.pending_images():
            await self._catalogue.set_image_contents({image.id: f"{10**6 + image.id:064x}"})
        self._offers[offer.record.key] = self._by_id[offer.id] = offer
        for person, alert in self._brands.items():
            if alert.brand == offer.record.brand and self.now > self._opened + _FIRST_DAY:
                watch = _Watch(alert=alert, offer=offer)
                self._watches[person].setdefault(offer.id, watch)

    async def _change(self, offer: _Offer) -> None:
        kind = self._dice.randrange(12)
        if kind == 0:
            offer.gone = True
            await self._catalogue.mark_gone(_SHOP, [offer.record.key])
        else:
            before = offer.record
            amount = 100 * Decimal(self._dice.choice(_FACTORS))
            offer.record = replace(
                before,
                price=None if kind == 1 else Money(amount, self._dice.choice(_CURRENCIES)),
                availability=self._dice.choice(
                    [Availability.IN_STOCK, Availability.IN_STOCK, *Availability]
                ),
            )
            offer.gone = False
            if offer.record != before:
                offer.since = self.now
            await self._catalogue.save(_SHOP, [offer.record], seen_at=self.now)
        for watches in self._watches.values():
            if watch := watches.get(offer.id):
                watch.changed(self.now)

    async def _watch(self) -> None:
        """Some ask to be told of something."""
        for one in self._people:
            if self._dice.random() < self._tick / _ASKS_EVERY:
                await self._ask(one)

    async def _ask(self, one: Person) -> None:
        watches = self._watches.setdefault(one.chat, {})
        offer = self._dice.choice(list(self._offers.values()))
        if not one.person or one.since is None or len(watches) >= _WATCHES or offer.id in watches:
            return
        alert = Alert(
            platform=PLATFORM,
            chat_id=one.chat,
            person_id=one.person,
            kind=AlertKind.STOCK,
            created_at=self.now,
            product_id=offer.id,
        )
        price = offer.record.price
        if one.chat not in self._brands:
            brand = self._dice.choice(_BRANDS)
            kept = await self._alerts.add(
                replace(alert, kind=AlertKind.BRAND, product_id=None, brand=brand)
            )
            if kept:
                self._brands[one.chat] = kept
        elif offer.price and price and offer.price > 50 and offer.is_there:
            kind, share = self._dice.choice(
                [
                    (AlertKind.CHEAPER, "1"),
                    (AlertKind.FIFTH, "0.8"),
                    (AlertKind.UNDER, "0.92"),
                ]
            )
            most = offer.price * Decimal(share)
            await self._add(replace(alert, kind=kind, price=price, most=most), offer)
        elif not offer.is_there and not offer.gone:
            await self._add(alert, offer)
        # Every other person has theirs come with the day's picks.
        await self._alerts.set_daily(PLATFORM, one.person, daily=int(one.person[1:]) % 2 == 0)

    async def _add(self, alert: Alert, offer: _Offer) -> None:
        if kept := await self._alerts.add(alert):
            watch = _Watch(alert=kept, offer=offer)
            watch.changed(self.now)
            self._watches[kept.chat_id][offer.id] = watch

    def _left(self, one: Person) -> None:
        super()._left(one)
        if one.blocks:
            self._watches.pop(one.chat, None)
            self._brands.pop(one.chat, None)

    # What is owed -----------------------------------------------------------------------------

    def _owe_alerts(self) -> None:
        """Count the rounds in which something is true, news, and may be told."""
        for one in self._people:
            for watch in self._watches.get(one.chat, {}).values():
                if not (watch.is_true() and watch.is_news()):
                    watch.stop()
                    continue
                since = watch.offer.since
                if watch.alert.kind is AlertKind.BRAND:
                    since = watch.offer.first_seen
                if watch.holds_since is None and self.now - since <= _LOOKS_BACK:
                    watch.holds_since = self.now
                if watch.holds_since and one.trouble_until <= self.now and not one.blocks:
                    watch.rounds += self._may_come(one, watch.holds_since)

    def _may_come(self, one: Person, since: datetime) -> bool:
        if one.since is None:
            return _is_day(self.now)
        if int(one.person[1:]) % 2:
            return self._is_day_of(one)
        return since <= self._last_hour(one) and self._hour_or_day(one)

    def _is_day_of(self, one: Person) -> bool:
        return _is_day(self.now.astimezone(ZoneInfo(one.zone)))

    def _hour_or_day(self, one: Person) -> bool:
        late = self.now - self._last_hour(one)
        return late <= timedelta(hours=1) or self._is_day_of(one)

    def _last_hour(self, one: Person) -> datetime:
        today = self.now.astimezone(ZoneInfo(one.zone)).date()
        hours = [promised(today - timedelta(days=ago), one.at, one.zone) for ago in (0, 1)]
        return max(hour for hour in hours if hour <= self.now)

    async def _settle(self) -> None:
        """What did not come in so many rounds is missed, but for what a killed worker had."""
        for watches in self._watches.values():
            for watch in watches.values():
                if watch.rounds < _ROUNDS:
                    continue
                query = (
                    select(notices.c.claimed_at)
                    .join(alerts)
                    .where(
                        notices.c.alert_id == watch.alert.id,
                        notices.c.product_id == watch.offer.id,
                        notices.c.state == NoticeState.CLAIMED,
                    )
                )
                since = watch.told_at or watch.alert.created_at
                lost = any(row.claimed_at > since for row in await self._database.rows(query))
                self.told.owed += 1
                self.told.in_flight += lost
                self.told.missed += not lost
                watch.was_told(self.now)

    def told_of(self, chat: str, reply: Reply) -> None:
        """News reached a chat."""
        one = self._by_chat[chat]
        daily = one.since is not None and int(one.person[1:]) % 2 == 0
        by_day = self._is_day_of(one) if one.since else _is_day(self.now)
        self.told.at_a_wrong_hour += not (by_day or (daily and self._hour_or_day(one)))
        for card in reply.album:
            watch = self._watches[chat][card.match.product.id]
            self.told.sent += 1
            self.told.owed += 1
            self.told.untrue += not watch.is_true()
            self.told.twice += watch.told_at == self.now
            self.told.not_quiet += not watch.is_news()
            watch.was_told(self.now)

    # What the workers do ----------------------------------------------------------------------

    def _work(self, process: Process, database: Database) -> Callable[[], Awaitable[object]]:
        picks = super()._work(process, database)
        catalogue, rates = CatalogueStore(database), RateStore(database)
        post = AlertPost(
            alerts=AlertStore(database),
            newness=_NothingCompared(),
            people=PeopleStore(database, now=process),
            answers=AnswerStore(database),
            catalogue=catalogue,
            languages=LanguageStore(database),
            filters=Filters(FilterStore(database), rates=rates, chats=ChatStore(database)),
            rates=rates,
            offers=_Pages(catalogue),
            couriers={PLATFORM: Letters(self.trouble_of, self.told_of, process)},
            now=process,
            timezone="UTC",
        )

        async def both() -> None:
            await picks()
            await post.run_due()

        return both


class _NothingCompared(Newness):
    """There is no network and no index here: nothing is like anything."""

    def __init__(self) -> None:
        pass

    async def find(self, at: datetime) -> int:  # noqa: ARG002
        return 0


class _Pages:
    """The shops' pages show what the catalogue has: it is as new as they are."""

    def __init__(self, catalogue: CatalogueStore) -> None:
        self._catalogue = catalogue

    async def now(self, products: Sequence[Product]) -> Mapping[int, Product]:
        return await self._catalogue.products([product.id for product in products])


def _is_day(local: datetime) -> bool:
    return time(8) <= local.time() < time(22)
