"""What picks are chosen from: every product that can be had, with what is new about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, func, select

from core.catalogue import Availability
from core.storage.catalogue import PICTURE_ID, SHOWN
from core.storage.database import Database
from core.storage.tables import images, offers, prices, products, shops
from core.storage.types import utc_now

FRESH_FOR = timedelta(days=14)
_FIRST_NIGHT = timedelta(days=1)
_LEAST_CUT = 5  # %; less is no news
_CHUNK = 5_000


class News(StrEnum):
    """What happened to a product lately."""

    NEW = "new"
    REDUCED = "reduced"
    BACK = "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stocked:
    """A product that can be had. ``less`` is by how many % it was ``REDUCED``, else 0."""

    id: int
    shop: str
    brand: str | None
    kind: str | None
    picture: str
    price: Decimal | None
    currency: str | None
    news: News | None
    less: int = 0


class AssortmentStore:
    """Reads all of it, in short reads."""

    def __init__(self, database: Database, *, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def all(self) -> list[Stocked]:
        """Every product shown that has a picture and is not sold out, by id.

        What a shop had on its first night is not new.
        """
        since = self._now() - FRESH_FOR
        reduced, back = await self._changes(since)
        began = await self._began()
        found: list[Stocked] = []
        last = 0
        while rows := await self._rows(last):
            last = rows[-1].id
            for row in rows:
                before = reduced.get(row.id)
                less = _less(before, row.price, row.currency) if before else 0
                new = row.first_seen >= max(since, began[row.shop] + _FIRST_NIGHT)
                news = (
                    News.REDUCED
                    if less >= _LEAST_CUT
                    else News.BACK
                    if row.id in back
                    else News.NEW
                    if new
                    else None
                )
                found.append(
                    Stocked(
                        id=row.id,
                        shop=row.shop,
                        brand=row.brand,
                        kind=row.kind,
                        picture=row.content_hash,
                        price=row.price,
                        currency=row.currency,
                        news=news,
                        less=less if news is News.REDUCED else 0,
                    )
                )
        return found

    async def _rows(self, last: int) -> Sequence[Row[*tuple[Any, ...]]]:
        query = (
            select(
                products.c.id,
                products.c.shop,
                products.c.brand,
                products.c.kind,
                products.c.first_seen,
                offers.c.price,
                offers.c.currency,
                images.c.content_hash,
            )
            .select_from(products)
            .join(shops)
            .join(offers)
            .join(images, images.c.id == PICTURE_ID)
            .where(
                SHOWN,
                offers.c.availability != Availability.SOLD_OUT,
                products.c.id > last,
            )
            .order_by(products.c.id)
            .limit(_CHUNK)
        )
        return await self._database.rows(query)

    async def _began(self) -> dict[str, datetime]:
        query = select(products.c.shop, func.min(products.c.first_seen)).group_by(products.c.shop)
        return {row[0]: row[1] for row in await self._database.rows(query)}

    async def _changes(self, since: datetime) -> tuple[dict[int, tuple[Decimal, str]], set[int]]:
        """By product the price that it had before it was reduced, and what was sold out before."""
        before, between = prices.alias("before"), prices.alias("between")
        latest_before = (
            select(func.max(between.c.since))
            .where(
                between.c.product_id == prices.c.product_id,
                between.c.since < prices.c.since,
            )
            .scalar_subquery()
        )
        query = (
            select(
                prices.c.product_id,
                prices.c.price,
                prices.c.currency,
                prices.c.availability,
                before.c.price.label("price_before"),
                before.c.currency.label("currency_before"),
                before.c.availability.label("availability_before"),
            )
            .select_from(prices)
            .join(
                before,
                (before.c.product_id == prices.c.product_id) & (before.c.since == latest_before),
            )
            .where(prices.c.since >= since)
            .order_by(prices.c.since)
        )
        reduced: dict[int, tuple[Decimal, str]] = {}
        back: set[int] = set()
        for row in await self._database.rows(query):
            known = row.price is not None and row.price_before is not None
            if known and row.price != row.price_before:
                reduced.pop(row.product_id, None)
                if row.currency == row.currency_before and row.price < row.price_before:
                    reduced[row.product_id] = (row.price_before, row.currency)
            if row.availability_before == Availability.SOLD_OUT:
                back.add(row.product_id)
        return reduced, back


def _less(before: tuple[Decimal, str], now: Decimal | None, currency: str | None) -> int:
    """By how many % less a product costs, 0 where that cannot be said."""
    amount, before_currency = before
    if now is None or currency != before_currency or amount <= 0:
        return 0
    return max(0, int(100 * (amount - now) / amount))
