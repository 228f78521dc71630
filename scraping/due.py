"""Which shops a night is for: most are scraped every night, some every few."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.storage.runs import RunStore
from scraping.refresh import JOB
from scraping.shops import ShopConfig

_SLACK = timedelta(hours=6)
"""A night may begin or end a little earlier than the one before."""


async def due(
    shops: Sequence[ShopConfig], *, runs: RunStore, now: datetime
) -> Sequence[ShopConfig]:
    """Those of the shops whose last run lies as long ago as their file asks for."""
    return [shop for shop in shops if await _is_due(shop, runs, now)]


async def _is_due(shop: ShopConfig, runs: RunStore, now: datetime) -> bool:
    if shop.every_days == 1:
        return True
    last = await runs.last_finished(JOB, shop.name)
    return last is None or now - last >= timedelta(days=shop.every_days) - _SLACK
