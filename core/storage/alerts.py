"""Alerts and their notices: what came true is found once, claimed once and sent once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from core.alerts import Alert, AlertKind, Told, comes_true
from core.catalogue import Availability, Money, Product
from core.storage.catalogue import PICTURE_ID, SHOWN
from core.storage.chunks import chunks
from core.storage.database import Database
from core.storage.prices import PricePoint, price_point
from core.storage.tables import alerts, notices, offers, prices, products, shops, subscriptions
from core.storage.upserts import insert_missing

MOST_ALERTS = 20
"""Of one person: as many as one message can offer to end."""
FIRST_DAY = timedelta(days=1)
"""What a shop shows in its first is new to us alone."""

_MOST_NEW = 5  # of one alert a night; the others of that night are not told of
_A_NIGHT = timedelta(hours=20)


class NoticeState(StrEnum):
    """How far a notice came; one that stays claimed may have been sent.

    What was outside of the person's filters when it came is passed over for good.
    """

    FOUND = "found"
    CLAIMED = "claimed"
    SENT = "sent"
    PASSED = "passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """An alert that came true for a product, for the ``times``-th time.

    ``hour`` is when, and by which zone's clocks, daily picks come to that chat, if they do.
    """

    alert: Alert
    product_id: int
    times: int
    found_at: datetime
    hour: tuple[time, str] | None = None


class AlertStore:
    """What people wait for; a person is (platform, person id)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, alert: Alert) -> Alert | None:
        """Keep an alert in place of the person's earlier one of the same, and number it.

        None where the person has ``MOST_ALERTS``.
        """
        row = {
            "platform": alert.platform,
            "chat_id": alert.chat_id,
            "person_id": alert.person_id,
            "kind": alert.kind,
            "product_id": alert.product_id,
            "brand": alert.brand,
            "price": alert.price and alert.price.amount,
            "currency": alert.price and alert.price.currency,
            "most": alert.most,
            "language": alert.language,
            "created_at": alert.created_at,
        }
        same = and_(
            _of(alert.platform, alert.person_id),
            alerts.c.kind == alert.kind,
            alerts.c.product_id.is_not_distinct_from(alert.product_id),
            alerts.c.brand.is_not_distinct_from(alert.brand),
        )
        async with self._database.write() as connection:
            await connection.execute(delete(alerts).where(same))
            query = select(alerts.c.number, alerts.c.daily).where(
                _of(alert.platform, alert.person_id)
            )
            others = (await connection.execute(query)).all()
            free = set(range(1, MOST_ALERTS + 1)) - {other.number for other in others}
            if not free:
                return None
            daily = any(other.daily for other in others)
            row |= {"number": min(free), "daily": daily}
            row_id = await connection.scalar(insert(alerts).values(row).returning(alerts.c.id))
        return replace(alert, id=row_id or 0, number=min(free), daily=daily)

    async def of(self, platform: str, person_id: str) -> list[Alert]:
        """A person's alerts, by number."""
        query = select(alerts).where(_of(platform, person_id)).order_by(alerts.c.number)
        return [_alert(row) for row in await self._database.rows(query)]

    async def remove(self, platform: str, person_id: str, number: int) -> bool:
        """End an alert by its number; False where there is none."""
        async with self._database.write() as connection:
            ended = await connection.execute(
                delete(alerts).where(_of(platform, person_id), alerts.c.number == number)
            )
            return bool(ended.rowcount)

    async def set_daily(self, platform: str, person_id: str, *, daily: bool) -> None:
        """Tell a person at the hour of their daily picks, or at once."""
        async with self._database.write() as connection:
            await connection.execute(
                update(alerts).where(_of(platform, person_id)).values(daily=daily)
            )

    async def brand(self, names: Sequence[str]) -> str | None:
        """The longest of these that is a brand in the shops, as they write it; None without one."""
        query = (
            select(products.c.brand)
            .where(
                or_(
                    products.c.brand.in_(names),
                    func.lower(products.c.brand).in_([name.lower() for name in names]),
                ),
                products.c.gone_at.is_(None),
            )
            .distinct()
        )
        found = [row.brand for row in await self._database.rows(query)]
        return max(found, key=len, default=None)

    # What came true ---------------------------------------------------------------------------

    async def find_offers(self, since: datetime, at: datetime) -> int:
        """Note what came true by offers that changed since then; returns how many.

        What is noted and not sent yet is not noted again.
        """
        waiting = exists().where(
            notices.c.alert_id == alerts.c.id, notices.c.state == NoticeState.FOUND
        )
        changed = exists().where(
            prices.c.product_id == alerts.c.product_id, prices.c.since >= since
        )
        is_low = and_(offers.c.currency == alerts.c.currency, offers.c.price <= alerts.c.most)
        is_back = and_(
            alerts.c.kind == AlertKind.STOCK, offers.c.availability == Availability.IN_STOCK
        )
        query = (
            select(alerts)
            .select_from(alerts)
            .join(products, products.c.id == alerts.c.product_id)
            .join(shops)
            .join(offers)
            .where(SHOWN, or_(is_low, is_back), changed, ~waiting)
        )
        found = [_alert(row) for row in await self._database.rows(query)]
        past = await self._past({alert.product_id or 0 for alert in found})
        told = await self._told([alert.id for alert in found])
        rows = []
        for alert in found:
            times, last = told.get(alert.id, (0, None))
            if comes_true(alert, past[alert.product_id or 0], last):
                rows.append(_found(alert, alert.product_id or 0, times + 1, at))
        await self._note(rows)
        return len(rows)

    async def find_of_brands(self, since: datetime, at: datetime) -> int:
        """Note what is new of brands since then; returns how many."""
        query = (
            select(alerts, products.c.id.label("new_id"))
            .select_from(alerts)
            .join(products, func.lower(products.c.brand) == func.lower(alerts.c.brand))
            .where(alerts.c.kind == AlertKind.BRAND, products.c.first_seen >= since)
            .order_by(alerts.c.id, products.c.id)
        )
        found: dict[int, tuple[Alert, list[int]]] = {}
        for row in await self._database.rows(query):
            found.setdefault(row.id, (_alert(row), []))[1].append(row.new_id)
        return sum([await self.note_new(alert, ids, at) for alert, ids in found.values()])

    async def note_new(self, alert: Alert, product_ids: Sequence[int], at: datetime) -> int:
        """Note those of the products that are news for an alert, the first first; how many.

        That are those in stock that no shop had before the alert was made, or in its first day.
        """
        left, after = await self._room(alert, at)
        noticed = exists().where(
            notices.c.alert_id == alert.id, notices.c.product_id == products.c.id
        )
        query = (
            select(products.c.id, products.c.shop, products.c.first_seen)
            .join(shops)
            .join(offers)
            .where(
                SHOWN,
                products.c.id.in_(product_ids),
                products.c.first_seen > after,
                offers.c.availability != Availability.SOLD_OUT,
                PICTURE_ID.is_not(None),
                ~noticed,
            )
        )
        rows = await self._database.rows(query)
        opened = {shop: await self._opened(shop) for shop in {row.shop for row in rows}}
        new = {row.id for row in rows if row.first_seen > opened[row.shop] + FIRST_DAY}
        chosen = [number for number in product_ids if number in new][:left]
        await self._note([_found(alert, number, 1, at) for number in chosen])
        return len(chosen)

    async def _room(self, alert: Alert, at: datetime) -> tuple[int, datetime]:
        """How many more may be noted tonight, and since when what is news must have been seen.

        What there is in a night beyond the most is no news in the next.
        """
        query = (
            select(notices.c.found_at)
            .where(notices.c.alert_id == alert.id, notices.c.state != NoticeState.PASSED)
            .order_by(notices.c.found_at)
        )
        found = [row.found_at for row in await self._database.rows(query)]
        full = [
            first + _A_NIGHT
            for first, last in zip(found, found[_MOST_NEW - 1 :], strict=False)
            if last - first < _A_NIGHT
        ]
        left = _MOST_NEW - sum(at - one < _A_NIGHT for one in found)
        return max(left, 0), max([alert.created_at, *full])

    async def alike(self) -> list[Alert]:
        """Every alert for what is like a product."""
        query = select(alerts).where(alerts.c.kind == AlertKind.ALIKE).order_by(alerts.c.id)
        return [_alert(row) for row in await self._database.rows(query)]

    # What is sent -----------------------------------------------------------------------------

    async def found(self) -> list[Notice]:
        """What waits to be sent, each person's together."""
        query = (
            select(alerts, notices.c.product_id.label("about"), notices.c.times, notices.c.found_at)
            .add_columns(subscriptions.c.at, subscriptions.c.timezone)
            .join(notices, notices.c.alert_id == alerts.c.id)
            .outerjoin(
                subscriptions,
                and_(
                    subscriptions.c.platform == alerts.c.platform,
                    subscriptions.c.chat_id == alerts.c.chat_id,
                    subscriptions.c.person_id == alerts.c.person_id,
                    subscriptions.c.ended_at.is_(None),
                ),
            )
            .where(notices.c.state == NoticeState.FOUND)
            .order_by(alerts.c.platform, alerts.c.chat_id, alerts.c.person_id, alerts.c.number)
        )
        return [
            Notice(
                alert=_alert(row),
                product_id=row.about,
                times=row.times,
                found_at=row.found_at,
                hour=(row.at, row.timezone) if row.timezone else None,
            )
            for row in await self._database.rows(query)
        ]

    async def still_news(
        self, some: Sequence[tuple[Notice, Product]], at: datetime
    ) -> list[tuple[Notice, Product]]:
        """Those notices of offers that are still news, with the products as they are then."""
        past = await self._past({notice.product_id for notice, _ in some})
        told = await self._told([notice.alert.id for notice, _ in some])
        news = []
        for notice, product in some:
            now = PricePoint(at, product.price, product.availability)
            _, last = told.get(notice.alert.id, (0, None))
            if comes_true(notice.alert, [*past[notice.product_id], now], last):
                news.append((notice, product))
        return news

    async def claim(self, some: Sequence[tuple[Notice, Money | None]], at: datetime) -> list[bool]:
        """Take notices on, each with the price told; False for one that is not there to take."""
        async with self._database.write() as connection:
            return [
                bool(
                    (
                        await connection.execute(
                            update(notices)
                            .where(_is(notice), notices.c.state == NoticeState.FOUND)
                            .values(
                                state=NoticeState.CLAIMED,
                                claimed_at=at,
                                price=price and price.amount,
                            )
                        )
                    ).rowcount
                )
                for notice, price in some
            ]

    async def sent(self, some: Collection[Notice], *, message_id: str, at: datetime) -> None:
        """Note that claimed notices arrived, under this message id."""
        values = {"state": NoticeState.SENT, "message_id": message_id, "settled_at": at}
        await self._settle(some, values)

    async def release(self, some: Collection[Notice]) -> None:
        """Give claimed notices back that surely were not sent."""
        await self._settle(some, {"state": NoticeState.FOUND, "claimed_at": None, "price": None})

    async def withdraw(self, some: Collection[Notice]) -> None:
        """Forget notices that are true no more, and were told to nobody."""
        async with self._database.write() as connection:
            for notice in some:
                await connection.execute(
                    delete(notices).where(_is(notice), notices.c.state == NoticeState.FOUND)
                )

    async def pass_over(self, some: Collection[Notice]) -> None:
        """Never tell these, which were told to nobody."""
        async with self._database.write() as connection:
            for notice in some:
                await connection.execute(
                    update(notices)
                    .where(_is(notice), notices.c.state == NoticeState.FOUND)
                    .values(state=NoticeState.PASSED)
                )

    async def _settle(self, some: Collection[Notice], values: dict[str, Any]) -> None:
        async with self._database.write() as connection:
            for notice in some:
                await connection.execute(
                    update(notices)
                    .where(_is(notice), notices.c.state == NoticeState.CLAIMED)
                    .values(values)
                )

    async def _note(self, rows: Sequence[dict[str, Any]]) -> None:
        for some in chunks(rows):
            async with self._database.write() as connection:
                there = set(
                    await connection.scalars(
                        select(alerts.c.id).where(
                            alerts.c.id.in_({row["alert_id"] for row in some})
                        )
                    )
                )
                kept = [row for row in some if row["alert_id"] in there]
                await insert_missing(connection, notices, kept)

    async def _past(self, product_ids: Collection[int]) -> dict[int, list[Any]]:
        past: defaultdict[int, list[Any]] = defaultdict(list)
        for some in chunks(product_ids):
            query = select(prices).where(prices.c.product_id.in_(some)).order_by(prices.c.since)
            for row in await self._database.rows(query):
                past[row.product_id].append(price_point(row))
        return past

    async def _told(self, alert_ids: Sequence[int]) -> dict[int, tuple[int, Told]]:
        """By alert, how often it came true, and the last time of these."""
        told = {}
        for some in chunks(alert_ids):
            query = (
                select(notices.c.alert_id, notices.c.times, notices.c.claimed_at, notices.c.price)
                .where(notices.c.alert_id.in_(some), notices.c.claimed_at.is_not(None))
                .order_by(notices.c.times)
            )
            for row in await self._database.rows(query):
                told[row.alert_id] = row.times, Told(row.claimed_at, row.price)
        return told

    async def _opened(self, shop: str) -> datetime:
        """When a shop's first product was seen."""
        query = select(func.min(products.c.first_seen).label("at")).where(products.c.shop == shop)
        opened: datetime = (await self._database.rows(query))[0].at
        return opened


def _of(platform: str, person_id: str) -> ColumnElement[bool]:
    return and_(alerts.c.platform == platform, alerts.c.person_id == person_id)


def _is(notice: Notice) -> ColumnElement[bool]:
    return and_(
        notices.c.alert_id == notice.alert.id,
        notices.c.product_id == notice.product_id,
        notices.c.times == notice.times,
    )


def _found(alert: Alert, product_id: int, times: int, at: datetime) -> dict[str, Any]:
    return {
        "alert_id": alert.id,
        "product_id": product_id,
        "times": times,
        "state": NoticeState.FOUND,
        "found_at": at,
    }


def _alert(row: Row[*tuple[Any, ...]]) -> Alert:
    return Alert(
        id=row.id,
        number=row.number,
        platform=row.platform,
        chat_id=row.chat_id,
        person_id=row.person_id,
        kind=AlertKind(row.kind),
        product_id=row.product_id,
        brand=row.brand,
        price=Money(row.price, row.currency) if row.price is not None else None,
        most=row.most,
        language=row.language,
        daily=row.daily,
        created_at=row.created_at,
    )
