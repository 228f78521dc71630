"""What only the bot's operators may ask: how the shops' last nights went."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from bot.conversation.messages import Reply, Sender
from bot.conversation.texts import Texts
from core.storage.catalogue import CatalogueStore
from core.storage.runs import RunStore
from scraping.refresh import JOB
from scraping.report import ShopReport

_LONGEST = 1900
"""Characters; Discord takes 2,000 in a message."""
_LOOK_BACK = timedelta(days=30)


class Operators:
    """Answers those whose ``platform:person`` is among the operators."""

    def __init__(
        self,
        operators: Collection[str],
        *,
        catalogue: CatalogueStore,
        runs: RunStore,
        now: Callable[[], datetime],
    ) -> None:
        self._operators = frozenset(operators)
        self._catalogue = catalogue
        self._runs = runs
        self._now = now

    async def shops(self, sender: Sender, say: Texts) -> Reply:
        """How each shop's last night went, those with a problem first."""
        name = f"{sender.platform}:{sender.person_id}"
        if name not in self._operators:
            return Reply(text=say.for_operators(name), private=sender.is_group)
        now = self._now()
        runs = await self._runs.finished(JOB, since=now - _LOOK_BACK)
        shops = [shop for shop in await self._catalogue.shops() if shop.enabled]
        bad, good = list[str](), list[str]()
        for shop in shops:
            run = runs.get(shop.name)
            if run is None or run.finished_at is None:
                good.append(say.shop_without_news(shop.title))
                continue
            report = ShopReport.of(shop.name, run)
            line = say.shop_news(shop.title, report, ago=now - run.finished_at)
            (good if report.complete else bad).append(line)
        return Reply(text=_fitting([*bad, *good], say), private=sender.is_group)


def _fitting(lines: list[str], say: Texts) -> str:
    """As many of the lines as one message takes on every platform."""
    if not lines:
        return say.NO_SHOPS
    text = lines[0][:_LONGEST]
    for number, line in enumerate(lines[1:], start=1):
        if len(text) + len(line) + 1 > _LONGEST:
            return f"{text}\n{say.and_more_shops(len(lines) - number)}"
        text += f"\n{line}"
    return text
