"""What came of the messages that people got: whether something of each was opened or liked."""

import asyncio
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Text, cast, literal, null, select

from core.difference import Tally
from core.storage.database import Database
from core.storage.deliveries import PICKS, DeliveryState
from core.storage.signals import Owner, Sort
from core.storage.tables import answers, deliveries, likes, opens, signals, subscriptions

Who = tuple[str, Owner]
"""A platform, and a person or a group on it."""

_Key = tuple[str, str, str]
_Done = dict[_Key, dict[int, datetime]]

_AT_ONCE = timedelta(hours=6)  # messages of so long are in memory; their rows are long


class OutcomeStore:
    """Counts what the other stores keep, person by person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_answers(self, since: datetime, until: datetime) -> dict[Who, Tally]:
        """Of each the answers to photos that were given in that time.

        One is good where a product on show in it was opened, or was liked since.
        """
        query = select(
            answers.c.platform,
            answers.c.person_id,
            answers.c.chat_id,
            answers.c.created_at.label("at"),
            answers.c.shown,
            cast(answers.c.product_ids, Text),
        ).where(answers.c.shown > 0, answers.c.trace.is_not(None))
        done = await self._done(since, opens.c.picks.is_(False))
        return await self._tallies(query, answers.c.created_at, since, until, done)

    async def of_picks(self, since: datetime, until: datetime) -> dict[Who, Tally]:
        """Of each the daily picks that were sent in that time; good as with answers."""
        query = (
            select(
                subscriptions.c.platform,
                subscriptions.c.person_id,
                subscriptions.c.chat_id,
                deliveries.c.claimed_at.label("at"),
                null().label("shown"),  # all of them
                cast(deliveries.c.product_ids, Text),
            )
            .select_from(deliveries.join(subscriptions))
            .where(deliveries.c.kind == PICKS, deliveries.c.state == DeliveryState.SENT)
        )
        done = await self._done(since, opens.c.picks)
        return await self._tallies(query, deliveries.c.claimed_at, since, until, done)

    async def _done(self, since: datetime, opened: ColumnElement[bool]) -> _Done:
        """When each last did something to a product, by its id."""
        queries = (
            select(likes.c.platform, likes.c.person_id, literal("").label("chat_id"))
            .add_columns(likes.c.product_id, likes.c.liked_at.label("at"))
            .where(likes.c.liked_at >= since),
            select(signals.c.platform, signals.c.person_id, signals.c.chat_id)
            .add_columns(signals.c.product_id, signals.c.at)
            .where(signals.c.person_id == "", signals.c.kind == Sort.LIKED, signals.c.at >= since),
            select(answers.c.platform, answers.c.person_id, answers.c.chat_id)
            .add_columns(opens.c.product_id, opens.c.at)
            .select_from(opens.join(answers))
            .where(opened, opens.c.at >= since),
        )
        done: _Done = {}
        for query in queries:
            rows = await self._database.rows(query)
            await asyncio.to_thread(_note, rows, done)
        return done

    async def _tallies(
        self,
        query: Select[Any],
        at: ColumnElement[datetime],
        since: datetime,
        until: datetime,
        done: _Done,
    ) -> dict[Who, Tally]:
        counted: dict[_Key, list[int]] = {}
        while since < until:
            start, since = since, min(since + _AT_ONCE, until)
            rows = await self._database.rows(query.where(at >= start, at < since))
            await asyncio.to_thread(_count, rows, done, counted)
        return {
            (platform, Owner(*who)): Tally(*numbers)
            for (platform, *who), numbers in counted.items()
        }


def _note(rows: Iterable[Row[*tuple[Any, ...]]], done: _Done) -> None:
    for platform, person_id, chat_id, product_id, at in rows:
        known = done.setdefault((platform, person_id, "" if person_id else chat_id), {})
        known[product_id] = max(at, known.get(product_id, at))


def _count(
    rows: Iterable[Row[*tuple[Any, ...]]], done: _Done, counted: dict[_Key, list[int]]
) -> None:
    for platform, person_id, chat_id, at, shown, product_ids in rows:
        who = platform, person_id, "" if person_id else chat_id
        numbers = counted.setdefault(who, [0, 0])
        numbers[0] += 1
        if known := done.get(who):
            numbers[1] += any(
                number in known and known[number] >= at
                for number in json.loads(product_ids)[:shown]
            )
