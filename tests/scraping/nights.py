"""A shop through its nights."""

from datetime import UTC, datetime, timedelta

from scraping.refresh import ShopRefresher
from scraping.report import ShopReport
from scraping.shops import Take
from tests.support.shop_world import ShopWorld


class Calendar:
    """A clock that moves a little with every look, and a day when told."""

    def __init__(self) -> None:
        self.at = datetime(2025, 1, 1, 3, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def next_day(self) -> None:
        self.at += timedelta(days=1)


async def night(
    refresher: ShopRefresher, world: ShopWorld, calendar: Calendar, take: Take = Take.SITEMAP
) -> ShopReport:
    calendar.next_day()
    world.clock.now_s += 24 * 3600
    world.asked.clear()
    return await refresher.refresh(world.shop(take=take))
