"""The European Central Bank's daily reference rates, kept for want of newer ones."""

import logging
from datetime import date
from decimal import Decimal, InvalidOperation

from core.errors import FetchError, FetchFailed
from core.rates import EURO, Rates
from core.storage.rates import RateStore
from scraping.elements import elements
from scraping.fetcher import Fetcher, Wanted

logger = logging.getLogger(__name__)

_FEED = Wanted("rates", ("application/xml", "text/xml", "application/octet-stream"), 200_000)


class RateFeed:
    """Brings the rates up to date; they come out on working days, in the afternoon."""

    def __init__(self, url: str, *, fetcher: Fetcher, store: RateStore) -> None:
        self._url = url
        self._fetcher = fetcher
        self._store = store

    async def refresh(self) -> bool:
        """Fetch and keep the latest rates; False, and a line in the log, where that fails."""
        try:
            answer = await self._fetcher.fetch(self._url, _FEED, max_wait_s=60.0)
            latest = read_rates(answer.body)
        except FetchError as error:
            logger.warning("rates: %s", error)
            return False
        await self._store.save(latest)
        logger.info("rates: day=%s currencies=%d", latest.day, len(latest.per_euro))
        return True


def read_rates(body: bytes) -> Rates:
    """What the feed's XML says; raises ``FetchFailed`` for what is no such feed."""
    day: date | None = None
    per_euro: dict[str, Decimal] = {}
    for cube in elements(body, "{*}Cube"):
        currency, rate, time = (cube.get(name) for name in ("currency", "rate", "time"))
        if currency and rate:
            if (amount := _positive(rate)) and len(currency) == 3 and currency != EURO:
                per_euro[currency.upper()] = amount
        elif time:
            day = _day(time)
    if day is None or not per_euro:
        raise FetchFailed("The feed of exchange rates has no rates.")
    return Rates(day=day, per_euro=per_euro)


def _positive(number: str) -> Decimal | None:
    try:
        amount = Decimal(number)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and Decimal("1e-6") < amount < Decimal("1e7") else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
