"""What is kept of people: what they like, and when they want their picks. Never a photo."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, exists, select, tuple_, update

from core.storage.chunks import chunks
from core.storage.database import Database
from core.storage.tables import (
    alerts,
    answers,
    broadcast_chats,
    broadcast_refusals,
    broadcasts,
    deliveries,
    filters,
    languages,
    likes,
    notices,
    opens,
    products,
    signals,
    subscriptions,
)
from core.storage.transactions import Transaction
from core.storage.types import utc_now
from core.storage.upserts import insert_if_missing, upsert

EVERY_DAY = 0b1111111

PERSONAL = (
    *(likes, signals, subscriptions, alerts, answers, languages, filters),
    *(broadcast_chats, broadcast_refusals),
)
"""Every table that tells of a person by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Picks at a local hour, for one person in one chat.

    ``timezone`` is an IANA name, ``at`` that zone's wall clock; ``days`` has a bit for each day of
    the week on which they come, Monday's being 1. None come before ``paused_until``. ``language``
    is the one in which it was asked for, if that is known; ``id`` is 0 until it is stored.
    """

    platform: str
    chat_id: str
    person_id: str
    at: time
    timezone: str
    created_at: datetime
    language: str | None = None
    days: int = EVERY_DAY
    paused_until: datetime | None = None
    id: int = 0


class PeopleStore:
    """Likes and subscriptions; a person is (platform, person id)."""

    def __init__(self, database: Database, *, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def toggle_like(
        self, platform: str, person_id: str, product_id: int, *, wished: bool | None = None
    ) -> bool:
        """Like a product, or take that back; True when it is liked now.

        What is ``wished`` and is so already stays so. A product that does not exist is not liked.
        """
        like = {"platform": platform, "person_id": person_id, "product_id": product_id}
        async with self._database.write() as connection:
            if not wished:
                taken_back = await connection.execute(
                    delete(likes).where(*(likes.c[name] == value for name, value in like.items()))
                )
                if taken_back.rowcount or wished is False:
                    return False
            if not await connection.scalar(select(exists().where(products.c.id == product_id))):
                return False
            await insert_if_missing(connection, likes, {**like, "liked_at": self._now()})
            return True

    async def likes(self, platform: str, person_id: str) -> list[int]:
        """The ids of the products that a person likes, the latest first."""
        query = (
            select(likes.c.product_id)
            .where(likes.c.platform == platform, likes.c.person_id == person_id)
            .order_by(likes.c.id.desc())
        )
        async with self._database.read() as connection:
            return list(await connection.scalars(query))

    async def subscribe(self, subscription: Subscription) -> Subscription:
        """Keep a subscription in place of this person's earlier one in this chat.

        Returns it with its id, which stays the same for a person in a chat, so that what was
        delivered under an earlier one is still known.
        """
        row = {
            "platform": subscription.platform,
            "chat_id": subscription.chat_id,
            "person_id": subscription.person_id,
            "at": subscription.at,
            "timezone": subscription.timezone,
            "days": subscription.days,
            "language": subscription.language,
            "created_at": subscription.created_at,
            "paused_until": subscription.paused_until,
            "ended_at": None,
        }
        key = ["platform", "chat_id", "person_id"]
        async with self._database.write() as connection:
            await upsert(connection, subscriptions, row, key=key)
            stored = await connection.scalar(
                select(subscriptions.c.id).where(
                    *(subscriptions.c[name] == row[name] for name in key)
                )
            )
        return replace(subscription, id=stored or 0)

    async def subscription(
        self, platform: str, chat_id: str, person_id: str
    ) -> Subscription | None:
        """This person's subscription in this chat, if there is one."""
        found = await self._subscriptions(
            _in_chat(platform, chat_id), subscriptions.c.person_id == person_id
        )
        return found[0] if found else None

    async def unsubscribe(self, platform: str, chat_id: str, person_id: str) -> bool:
        """End a subscription; False when there was none."""
        async with self._database.write() as connection:
            ended = await connection.execute(
                update(subscriptions)
                .where(
                    _in_chat(platform, chat_id),
                    subscriptions.c.person_id == person_id,
                    subscriptions.c.ended_at.is_(None),
                )
                .values(ended_at=self._now())
            )
            return bool(ended.rowcount)

    async def pause(
        self, platform: str, chat_id: str, person_id: str, until: datetime | None
    ) -> bool:
        """Send nothing before then, or go on at once; False when there is no subscription."""
        async with self._database.write() as connection:
            paused = await connection.execute(
                update(subscriptions)
                .where(
                    _in_chat(platform, chat_id),
                    subscriptions.c.person_id == person_id,
                    subscriptions.c.ended_at.is_(None),
                )
                .values(paused_until=until)
            )
            return bool(paused.rowcount)

    async def drop_chat(self, platform: str, chat_id: str) -> int:
        """End every subscription of a chat that cannot be written to; returns how many.

        Its alerts, a group's choice of language, its filters, and what it liked go too.
        """
        async with self._database.write() as connection:
            await connection.execute(
                delete(alerts).where(alerts.c.platform == platform, alerts.c.chat_id == chat_id)
            )
            await connection.execute(delete(languages).where(_spoken_in(platform, chat_id)))
            await connection.execute(delete(filters).where(_filtered_in(platform, chat_id)))
            await connection.execute(delete(signals).where(_of_group(platform, chat_id)))
            ended = await connection.execute(
                update(subscriptions)
                .where(_in_chat(platform, chat_id), subscriptions.c.ended_at.is_(None))
                .values(ended_at=self._now())
            )
            return ended.rowcount

    async def move_chat(self, platform: str, old: str, new: str) -> None:
        """Carry a chat's subscriptions, answers, likes, language and filters over.

        Harmless when repeated. Who is subscribed under the new id already stays so, and has had
        what was delivered under either; a language chosen there stays, too, with its filters and
        what was liked there.
        """
        if old == new:
            return
        async with self._database.write() as connection:
            await _join_subscriptions(connection, platform, old, new)
            there = select(languages.c.language).where(_spoken_in(platform, new))
            if await connection.scalar(there) is not None:
                await connection.execute(delete(languages).where(_spoken_in(platform, old)))
            if await connection.scalar(select(exists().where(_filtered_in(platform, new)))):
                await connection.execute(delete(filters).where(_filtered_in(platform, old)))
            there = select(signals.c.product_id).where(_of_group(platform, new))
            known = list(await connection.scalars(there))
            await connection.execute(
                delete(signals).where(_of_group(platform, old), signals.c.product_id.in_(known))
            )
            for table in (subscriptions, answers, languages, filters, signals):
                await connection.execute(
                    update(table)
                    .where(table.c.platform == platform, table.c.chat_id == old)
                    .values(chat_id=new)
                )

    async def subscriptions(self) -> list[Subscription]:
        """All that have not ended, the oldest first."""
        return await self._subscriptions()

    async def hours(self) -> list[tuple[time, str]]:
        """The different (local hour, time zone) of all that have not ended."""
        query = (
            select(subscriptions.c.at, subscriptions.c.timezone)
            .where(subscriptions.c.ended_at.is_(None))
            .distinct()
        )
        return [(row.at, row.timezone) for row in await self._database.rows(query)]

    async def waiting(
        self, hours: Collection[tuple[time, str]], local_date: date, kind: str
    ) -> list[Subscription]:
        """Those at one of these hours that have no delivery of that kind and day, oldest first.

        One that failed and may be tried again is none.
        """
        delivered = exists().where(
            deliveries.c.subscription_id == subscriptions.c.id,
            deliveries.c.local_date == local_date,
            deliveries.c.kind == kind,
            ~deliveries.c.may_retry,
        )
        hour = tuple_(subscriptions.c.at, subscriptions.c.timezone)
        found = [
            one
            for some in chunks(hours)
            for one in await self._subscriptions(hour.in_(some), ~delivered)
        ]
        return sorted(found, key=lambda one: one.id)

    async def forget(self, platform: str, person_id: str) -> int:
        """Erase all that is kept of a person; returns how many rows that were.

        With subscriptions go the deliveries under them, with alerts their notices, with answers
        what was opened of them.
        """
        async with self._database.write() as connection:
            erased = 0
            for table in PERSONAL:
                result = await connection.execute(
                    delete(table).where(_of_person(table, platform, person_id))
                )
                erased += result.rowcount
            return erased

    async def export(self, platform: str, person_id: str) -> dict[str, list[dict[str, Any]]]:
        """All that is kept of a person: by table the rows, each with what its columns hold.

        What was delivered is under "deliveries" and "notices", what was opened of answers under
        "opens"; a product that is liked, or not, has its title and address with it, and what
        operators wrote its text.
        """
        queries = {
            table.name: select(table).where(_of_person(table, platform, person_id))
            for table in PERSONAL
        }
        for table in (likes, signals):
            queries[table.name] = (
                select(table, products.c.title, products.c.url)
                .join(products)
                .where(_of_person(table, platform, person_id))
            )
        queries["broadcast_chats"] = (
            select(broadcast_chats, broadcasts.c.text)
            .join(broadcasts)
            .where(_of_person(broadcast_chats, platform, person_id))
        )
        queries["deliveries"] = (
            select(deliveries)
            .join(subscriptions)
            .where(_of_person(subscriptions, platform, person_id))
        )
        queries["notices"] = (
            select(notices).join(alerts).where(_of_person(alerts, platform, person_id))
        )
        queries["opens"] = (
            select(opens).join(answers).where(_of_person(answers, platform, person_id))
        )
        async with self._database.read() as connection:
            return {
                name: [dict(row) for row in (await connection.execute(query)).mappings()]
                for name, query in queries.items()
            }

    async def purge(self, before: datetime) -> int:
        """Erase subscriptions that ended before; returns how many."""
        async with self._database.write() as connection:
            result = await connection.execute(
                delete(subscriptions).where(subscriptions.c.ended_at < before)
            )
            return result.rowcount

    async def _subscriptions(self, *where: ColumnElement[bool]) -> list[Subscription]:
        columns = [column for column in subscriptions.c if column.name != "ended_at"]
        query = select(*columns).where(subscriptions.c.ended_at.is_(None), *where)
        rows = await self._database.rows(query.order_by(subscriptions.c.id))
        return [Subscription(**row._mapping) for row in rows]  # noqa: SLF001  its public name


async def _join_subscriptions(connection: Transaction, platform: str, old: str, new: str) -> None:
    """Of who has one under either id keep one, with what was delivered under both.

    That is the new one, unless it has ended.
    """
    before, there = subscriptions.alias(), subscriptions.alias()
    query = select(before.c.id.label("before"), there.c.id.label("there"), there.c.ended_at).where(
        *(before.c.platform == platform, before.c.chat_id == old),
        *(there.c.platform == platform, there.c.chat_id == new),
        before.c.person_id == there.c.person_id,
    )
    for row in (await connection.execute(query)).all():
        kept, dropped = row.there, row.before
        if row.ended_at is not None:
            kept, dropped = dropped, kept
        await _join_deliveries(connection, kept, dropped)
        await connection.execute(delete(subscriptions).where(subscriptions.c.id == dropped))


async def _join_deliveries(connection: Transaction, kept: int, dropped: int) -> None:
    """Carry over what was delivered, rather than what of the same day is to be tried again."""
    other = deliveries.alias()

    def has(subscription_id: int, *where: ColumnElement[bool]) -> ColumnElement[bool]:
        return exists().where(
            other.c.subscription_id == subscription_id,
            other.c.local_date == deliveries.c.local_date,
            other.c.kind == deliveries.c.kind,
            *where,
        )

    await connection.execute(
        delete(deliveries).where(
            deliveries.c.subscription_id == kept,
            deliveries.c.may_retry,
            has(dropped, ~other.c.may_retry),
        )
    )
    await connection.execute(
        update(deliveries)
        .where(deliveries.c.subscription_id == dropped, ~has(kept))
        .values(subscription_id=kept)
    )


def _of_person(table: Table, platform: str, person_id: str) -> ColumnElement[bool]:
    return and_(table.c.platform == platform, table.c.person_id == person_id)


def _in_chat(platform: str, chat_id: str) -> ColumnElement[bool]:
    return and_(subscriptions.c.platform == platform, subscriptions.c.chat_id == chat_id)


def _of_group(platform: str, chat_id: str) -> ColumnElement[bool]:
    return and_(
        signals.c.platform == platform, signals.c.person_id == "", signals.c.chat_id == chat_id
    )


def _filtered_in(platform: str, chat_id: str) -> ColumnElement[bool]:
    return and_(filters.c.platform == platform, filters.c.chat_id == chat_id)


def _spoken_in(platform: str, chat_id: str) -> ColumnElement[bool]:
    return and_(languages.c.platform == platform, languages.c.chat_id == chat_id)
