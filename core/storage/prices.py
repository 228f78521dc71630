"""What products cost before: a row for each change of price or stock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from core.catalogue import Availability, Money
from core.storage.database import Database
from core.storage.tables import prices


@dataclass(frozen=True, slots=True)
class PricePoint:
    """What a product cost from ``since`` until the next one."""

    since: datetime
    price: Money | None
    availability: Availability


class PriceStore:
    """The history that ``CatalogueStore.save`` writes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def history(self, product_id: int) -> list[PricePoint]:
        """Oldest first; two in a row differ. Empty for a product that is not known."""
        query = (
            select(prices.c.since, prices.c.price, prices.c.currency, prices.c.availability)
            .where(prices.c.product_id == product_id)
            .order_by(prices.c.since)
        )
        return [price_point(row) for row in await self._database.rows(query)]


def price_point(row: Any) -> PricePoint:  # noqa: ANN401  a row of the table
    """A row of the history."""
    return PricePoint(
        since=row.since,
        price=Money(row.price, row.currency) if row.price is not None else None,
        availability=Availability(row.availability),
    )
