"""The exchange rates as they were last published."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import delete, select

from core.rates import NO_RATES, Rates
from core.storage.database import Database
from core.storage.tables import rates
from core.storage.types import utc_now
from core.storage.upserts import upsert

GOOD_FOR = timedelta(days=14)
"""How long old rates will do where no newer ones come; currencies move a percent or two in it."""


class RateStore:
    """The latest day's rates; those before it are of no use."""

    def __init__(self, database: Database, *, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def latest(self) -> Rates:
        """The latest rates with their day; none where those are older than ``GOOD_FOR``."""
        query = select(rates.c.day, rates.c.per_euro).order_by(rates.c.day.desc()).limit(1)
        found = await self._database.rows(query)
        if not found or self._now().date() - found[0].day > GOOD_FOR:
            return NO_RATES
        per_euro = {name: Decimal(rate) for name, rate in found[0].per_euro.items()}
        return Rates(day=found[0].day, per_euro=per_euro)

    async def save(self, latest: Rates) -> None:
        """Keep a day's rates in the place of earlier ones; those of an older day are not kept."""
        if latest.day is None:
            return
        per_euro = {name: str(rate) for name, rate in latest.per_euro.items()}
        async with self._database.write() as connection:
            await upsert(connection, rates, {"day": latest.day, "per_euro": per_euro}, key=["day"])
            newest = select(rates.c.day).order_by(rates.c.day.desc()).limit(1).scalar_subquery()
            await connection.execute(delete(rates).where(rates.c.day != newest))
