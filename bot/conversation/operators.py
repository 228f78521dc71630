"""What only the bot's operators may ask: how shops and usage are, and for a new index."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime, timedelta

from bot.conversation.messages import Reply, Sender
from bot.conversation.texts import Texts
from core.difference import Difference, Tally, difference
from core.errors import TwinsetError
from core.ranking import Experiment
from core.storage.catalogue import CatalogueStore
from core.storage.outcomes import OutcomeStore, Who
from core.storage.runs import RunStore
from core.storage.stats import StatsStore
from scraping.refresh import JOB
from scraping.report import ShopReport

_LONGEST = 1900
"""Characters; Discord takes 2,000 in a message."""
_LOOK_BACK = timedelta(days=30)
_PERIODS = (1, 7, 30)  # days; answers are kept no longer


class Operators:
    """Answers those whose ``platform:person`` is among the operators."""

    def __init__(
        self,
        operators: Collection[str],
        *,
        catalogue: CatalogueStore,
        runs: RunStore,
        stats: StatsStore,
        rebuild: Callable[[], Awaitable[int]],
        outcomes: OutcomeStore,
        experiment: Experiment | None,
        now: Callable[[], datetime],
        counts_opens: bool,
    ) -> None:
        """``rebuild`` builds the index and returns how many products it has.

        ``counts_opens`` where buy links lead through the bot.
        """
        self._operators = frozenset(operators)
        self._catalogue = catalogue
        self._runs = runs
        self._stats = stats
        self._rebuild = rebuild
        self._outcomes = outcomes
        self._experiment = experiment
        self._counts_opens = counts_opens
        self._now = now

    async def shops(self, sender: Sender, say: Texts) -> Reply:
        """How each shop's last night went, those with a problem first."""
        if refusal := self.refusal(sender, say):
            return refusal
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

    async def stats(self, sender: Sender, say: Texts) -> list[Reply]:
        """How it was used in the last day, week and 30 days; and an experiment, if there is one."""
        if refusal := self.refusal(sender, say):
            return [refusal]
        now = self._now()
        parts = [
            say.stats(
                await self._stats.since(now - timedelta(days=days)),
                days=days,
                opens=self._counts_opens,
            )
            for days in _PERIODS
        ]
        if not self._counts_opens:
            parts.append(say.STATS_NO_OPENS)
        messages = ["\n\n".join(parts)]
        if self._experiment:
            messages.append(await self._compared(self._experiment, say))
        return [Reply(text=text, private=sender.is_group) for text in messages]

    async def _compared(self, experiment: Experiment, say: Texts) -> str:
        """What the experiment shows so far."""
        now = self._now()
        if now - experiment.begins > _LOOK_BACK:
            return say.experiment_is_over(experiment)
        outcomes = self._outcomes
        count = outcomes.of_picks if experiment.is_of_picks else outcomes.of_answers
        tallies = await count(experiment.begins, min(now, experiment.ends))
        found = await asyncio.to_thread(_difference, experiment, tallies)
        return say.experiment(
            experiment, found, is_done=now >= experiment.ends, opens=self._counts_opens
        )

    async def rebuild(self, sender: Sender, say: Texts) -> Reply:
        """Build the index anew; the old one answers meanwhile, and after a failure."""
        if refusal := self.refusal(sender, say):
            return refusal
        try:
            text = say.rebuilt(await self._rebuild())
        except TwinsetError as error:
            text = say.not_rebuilt(str(error))
        return Reply(text=text, private=sender.is_group)

    def refusal(self, sender: Sender, say: Texts) -> Reply | None:
        """What others are told; None for an operator."""
        name = f"{sender.platform}:{sender.person_id}"
        if name in self._operators:
            return None
        return Reply(text=say.for_operators(name), private=sender.is_group)


def _difference(experiment: Experiment, tallies: Mapping[Who, Tally]) -> Difference:
    halves: tuple[list[Tally], list[Tally]] = ([], [])
    for who, tally in tallies.items():
        halves[experiment.has_b(*who)].append(tally)
    return difference(*halves)


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
