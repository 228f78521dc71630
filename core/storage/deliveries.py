"""What was sent unasked: claimed before, settled after, so that nothing is sent twice."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update

from core.storage.chunks import chunks
from core.storage.database import Database
from core.storage.tables import deliveries, subscriptions
from core.storage.upserts import upsert_where

PICKS = "picks"
"""The kind that daily picks are."""


class DeliveryState(StrEnum):
    """How far a delivery came; one that stays claimed may have been sent."""

    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"


class DeliveryStore:
    """Deliveries, one for each (subscription, local date, kind)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(
        self,
        subscription_id: int,
        local_date: date,
        kind: str,
        product_ids: Sequence[int],
        at: datetime,
        *,
        asked_at: datetime | None = None,
    ) -> bool:
        """Take a delivery on; False when it was claimed before, or its subscription has ended.

        Nor is one taken on of a subscription that is paused, or was asked for anew after
        ``asked_at``. Only one that failed with ``retry`` can be claimed again.
        """
        key = {"subscription_id": subscription_id, "local_date": local_date, "kind": kind}
        claim = {
            "state": DeliveryState.CLAIMED,
            "may_retry": False,
            "product_ids": list(product_ids),
            "claimed_at": at,
            "settled_at": None,
        }
        active = exists().where(
            subscriptions.c.id == subscription_id,
            subscriptions.c.ended_at.is_(None),
            or_(subscriptions.c.paused_until.is_(None), subscriptions.c.paused_until <= at),
            *([subscriptions.c.created_at <= asked_at] if asked_at else []),
        )
        async with self._database.write() as connection:
            return await upsert_where(
                connection,
                deliveries,
                {**key, **claim},
                key=list(key),
                where=active,
                replaced_where=deliveries.c.may_retry,
            )

    async def begun(self, kind: str, days: Collection[tuple[int, date]]) -> set[tuple[int, date]]:
        """Of some (subscription, local date) those that cannot be claimed any more."""
        found: set[tuple[int, date]] = set()
        for chunk in chunks(days):
            query = select(deliveries.c.subscription_id, deliveries.c.local_date).where(
                deliveries.c.kind == kind,
                deliveries.c.subscription_id.in_({number for number, _ in chunk}),
                deliveries.c.local_date.in_({day for _, day in chunk}),
                ~deliveries.c.may_retry,
            )
            found |= {tuple(row) for row in await self._database.rows(query)}
        return found & set(days)

    async def products_of(
        self, subscription_id: int, local_date: date, kind: str
    ) -> list[int] | None:
        """What was sent that day, or may have been; None where nothing was that is not retried."""
        query = select(deliveries.c.product_ids).where(
            _is(subscription_id, local_date, kind), ~deliveries.c.may_retry
        )
        rows = await self._database.rows(query)
        return list(rows[0].product_ids) if rows else None

    async def sent(
        self,
        subscription_id: int,
        local_date: date,
        kind: str,
        *,
        message_id: str,
        at: datetime,
    ) -> None:
        """Note that a claimed delivery arrived, under this message id."""
        await self._settle(
            _is(subscription_id, local_date, kind),
            {"state": DeliveryState.SENT, "message_id": message_id, "settled_at": at},
        )

    async def failed(
        self, subscription_id: int, local_date: date, kind: str, *, retry: bool, at: datetime
    ) -> None:
        """Note that a claimed delivery did not arrive; ``retry`` when it surely did not and may."""
        await self._settle(
            _is(subscription_id, local_date, kind),
            {"state": DeliveryState.FAILED, "may_retry": retry, "settled_at": at},
        )

    async def recent(
        self, subscription_ids: Collection[int], since: datetime
    ) -> dict[int, dict[int, datetime]]:
        """By subscription, the products that may have been seen in deliveries claimed since then.

        Each with the time of the latest; those without any are left out.
        """
        found: dict[int, dict[int, datetime]] = {}
        async with self._database.read() as connection:
            for chunk in chunks(subscription_ids):
                query = select(
                    deliveries.c.subscription_id, deliveries.c.product_ids, deliveries.c.claimed_at
                ).where(
                    deliveries.c.subscription_id.in_(chunk),
                    deliveries.c.claimed_at >= since,
                    ~deliveries.c.may_retry,
                )
                for row in await connection.execute(query.order_by(deliveries.c.claimed_at)):
                    seen = found.setdefault(row.subscription_id, {})
                    seen.update(dict.fromkeys(row.product_ids, row.claimed_at))
        return found

    async def purge(self, before: datetime) -> int:
        """Erase deliveries claimed before; returns how many."""
        async with self._database.write() as connection:
            result = await connection.execute(
                delete(deliveries).where(deliveries.c.claimed_at < before)
            )
            return result.rowcount

    async def _settle(self, which: ColumnElement[bool], values: dict[str, Any]) -> None:
        claimed = deliveries.c.state == DeliveryState.CLAIMED
        async with self._database.write() as connection:
            await connection.execute(update(deliveries).where(which, claimed).values(values))


def _is(subscription_id: int, local_date: date, kind: str) -> ColumnElement[bool]:
    return and_(
        deliveries.c.subscription_id == subscription_id,
        deliveries.c.local_date == local_date,
        deliveries.c.kind == kind,
    )
