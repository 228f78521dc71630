"""What tells of tastes: likes, dislikes and photos' traces, of people and groups."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, and_, delete, or_, select, update

from core.storage.answers import Trace
from core.storage.chunks import chunks
from core.storage.database import Database
from core.storage.tables import answers, likes, signals
from core.storage.types import utc_now
from core.storage.upserts import insert_if_missing


class Sort(StrEnum):
    """What a signal is.

    ``SENT`` is a photo, ``OPENED`` a product whose shop was looked at, ``IGNORED`` a pick that
    nothing came of, ``LESS`` the wish that a product's other signals count half.
    """

    LIKED = "liked"
    SENT = "sent"
    OPENED = "opened"
    IGNORED = "ignored"
    DISLIKED = "disliked"
    LESS = "less"


class Owner(NamedTuple):
    """Whose taste: a person's in every chat, or a group's, without any person."""

    person_id: str
    chat_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One thing that somebody did, ``times`` over, last ``at``: to a product, or with a photo."""

    sort: Sort
    at: datetime
    product_id: int | None = None
    trace: Trace | None = None
    times: int = 1


_PHOTOS = 20
_SIGNALS = 400  # of a person, the latest; more than that tell nothing new


class SignalStore:
    """Signals by platform and owner. A person's likes are where ``PeopleStore`` keeps them."""

    def __init__(self, database: Database, *, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def note(self, platform: str, owner: Owner, sort: Sort, product_id: int) -> None:
        """One more signal of that product, which exists."""
        row = {"times": 1, "at": self._now()}
        key = _key(platform, owner, sort, product_id)
        async with self._database.write() as connection:
            if not await insert_if_missing(connection, signals, {**key, **row}):
                again = {"times": signals.c.times + 1, "at": row["at"]}
                await connection.execute(update(signals).where(_is(key)).values(again))

    async def take_back(self, platform: str, owner: Owner, sort: Sort, product_id: int) -> bool:
        """One less; False when there was none."""
        which = _is(_key(platform, owner, sort, product_id))
        async with self._database.write() as connection:
            less = await connection.execute(
                update(signals).where(which).values(times=signals.c.times - 1)
            )
            await connection.execute(delete(signals).where(which, signals.c.times < 1))
            return bool(less.rowcount)

    async def erase(self, platform: str, owner: Owner, sort: Sort, product_id: int) -> None:
        """All of them, however often."""
        async with self._database.write() as connection:
            await connection.execute(
                delete(signals).where(_is(_key(platform, owner, sort, product_id)))
            )

    async def of(self, platform: str, owner: Owner) -> list[Signal]:
        """All of one, the latest first."""
        return (await self.of_all(platform, [owner]))[owner]

    async def of_all(self, platform: str, owners: Collection[Owner]) -> dict[Owner, list[Signal]]:
        """All of each, the latest first; an empty list for whom nothing is known.

        What was answered in a group is of no person; a photo counts for as long as its answer.
        """
        found: dict[Owner, list[Signal]] = {owner: [] for owner in owners}
        for chunk in chunks(owners, 250):
            people = [owner.person_id for owner in chunk if owner.person_id]
            groups = [owner.chat_id for owner in chunk if not owner.person_id]
            for owner, signal in await self._read(platform, people, groups):
                if owner in found:
                    found[owner].append(signal)
        for some in found.values():
            some.sort(key=lambda signal: signal.at, reverse=True)
            del some[_SIGNALS:]
        return found

    async def _read(
        self, platform: str, people: list[str], groups: list[str]
    ) -> list[tuple[Owner, Signal]]:
        liked = select(likes.c.person_id, likes.c.product_id, likes.c.liked_at).where(
            likes.c.platform == platform, likes.c.person_id.in_(people)
        )
        noted = select(signals).where(
            signals.c.platform == platform,
            or_(
                signals.c.person_id.in_(people),
                and_(signals.c.person_id == "", signals.c.chat_id.in_(groups)),
            ),
        )
        photos = select(
            answers.c.person_id, answers.c.space, answers.c.trace, answers.c.created_at
        ).where(
            answers.c.platform == platform,
            answers.c.person_id.in_(people),
            answers.c.trace.is_not(None),
            answers.c.shown > 0,
        )
        read: list[tuple[Owner, Signal]] = []
        async with self._database.read() as connection:
            for row in await connection.execute(liked):
                like = Signal(sort=Sort.LIKED, product_id=row.product_id, at=row.liked_at)
                read.append((Owner(row.person_id), like))
            for row in await connection.execute(noted):
                signal = Signal(
                    sort=Sort(row.kind), product_id=row.product_id, at=row.at, times=row.times
                )
                read.append((Owner(row.person_id, row.chat_id), signal))
            sent: defaultdict[str, int] = defaultdict(int)
            for row in await connection.execute(photos.order_by(answers.c.created_at.desc())):
                sent[row.person_id] += 1
                if sent[row.person_id] <= _PHOTOS:
                    trace = Trace(row.space, row.trace)
                    photo = Signal(sort=Sort.SENT, trace=trace, at=row.created_at)
                    read.append((Owner(row.person_id), photo))
        return read

    async def forget_products(
        self, platform: str, owner: Owner, product_ids: Collection[int]
    ) -> None:
        """Erase what tells of these products, a person's likes of them too."""
        ids = list(product_ids)
        async with self._database.write() as connection:
            for table in (signals, likes) if owner.person_id else (signals,):
                await connection.execute(
                    delete(table).where(_of(table, platform, owner), table.c.product_id.in_(ids))
                )

    async def forget_photos(
        self, platform: str, owner: Owner, traces: Collection[bytes] | None = None
    ) -> None:
        """Erase photos' numbers, those given or all; the answers to them stay."""
        which = [_of(answers, platform, owner), answers.c.trace.is_not(None)]
        if traces is not None:
            which.append(answers.c.trace.in_(list(traces)))
        async with self._database.write() as connection:
            await connection.execute(update(answers).where(*which).values(trace=None, space=None))

    async def reset(self, platform: str, owner: Owner) -> None:
        """Erase all of one: signals, likes, and photos' numbers."""
        async with self._database.write() as connection:
            for table in (signals, likes) if owner.person_id else (signals,):
                await connection.execute(delete(table).where(_of(table, platform, owner)))
        if owner.person_id:
            await self.forget_photos(platform, owner)


def _key(platform: str, owner: Owner, sort: Sort, product_id: int) -> dict[str, object]:
    return {
        "platform": platform,
        "person_id": owner.person_id,
        "chat_id": owner.chat_id,
        "kind": sort.value,
        "product_id": product_id,
    }


def _is(key: dict[str, object]) -> ColumnElement[bool]:
    return and_(*(signals.c[name] == value for name, value in key.items()))


def _of(table: Table, platform: str, owner: Owner) -> ColumnElement[bool]:
    whose = [table.c.platform == platform, table.c.person_id == owner.person_id]
    if not owner.person_id:
        whose.append(table.c.chat_id == owner.chat_id)
    return and_(*whose)
