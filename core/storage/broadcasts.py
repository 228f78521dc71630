"""What operators write to everybody: rows made in one go, each claimed and sent once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Table,
    Update,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    union_all,
    update,
)

from core.storage.database import Database
from core.storage.tables import (
    answers,
    broadcast_chats,
    broadcast_refusals,
    broadcasts,
    chats,
    subscriptions,
)
from core.storage.types import UtcDateTime
from core.storage.upserts import insert_if_missing

LASTS = timedelta(days=1)
"""What could not be sent by then is not sent; quiet hours are over by then, too."""

_KNOWN_FOR = timedelta(days=30)


class PostState(StrEnum):
    """How far a chat's message came; one that stays claimed may have been sent."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"


class Begun(StrEnum):
    """What became of the wish to send a draft."""

    YES = "yes"
    BUSY = "busy"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How a broadcast goes, in chats.

    ``left`` are still to be sent to, or were when it was stopped. ``unsure`` are claimed: on
    their way, or broken off by a process's end and perhaps sent.
    """

    id: int
    text: str
    is_going: bool
    is_stopped: bool
    sent: int
    failed: int
    left: int
    unsure: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One chat's message, claimed.

    ``person_id`` is "" for a group. ``language`` is the tag that was told last there, if any;
    ``is_subscribed`` is whether daily picks come there.
    """

    broadcast_id: int
    platform: str
    chat_id: str
    person_id: str
    text: str
    language: str | None
    is_subscribed: bool


class BroadcastStore:
    """Broadcasts by id, and which chats want none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def draft(self, text: str, at: datetime) -> int:
        """Keep a text that nobody is sent yet; returns its id."""
        row = {"text": text, "drafted_at": at}
        async with self._database.write() as connection:
            made = insert(broadcasts).values(row).returning(broadcasts.c.id)
            return int(await connection.scalar(made))

    async def discard(self, broadcast_id: int) -> bool:
        """Erase a draft; False where it is none (any more)."""
        async with self._database.write() as connection:
            erased = await connection.execute(
                delete(broadcasts).where(
                    broadcasts.c.id == broadcast_id, broadcasts.c.begun_at.is_(None)
                )
            )
            return bool(erased.rowcount)

    async def reach(self, at: datetime) -> tuple[int, int]:
        """How many people and how many groups a broadcast would go to."""
        known = _known(at).subquery()
        is_person = case((known.c.person_id != "", 1))
        (row,) = await self._database.rows(
            select(func.count(is_person).label("people"), func.count().label("all")).select_from(
                known
            )
        )
        return row.people, row.all - row.people

    async def begin(self, broadcast_id: int, at: datetime) -> Begun:
        """Make the rows of a draft, unless another is going out; harmless when repeated."""
        async with self._database.write() as connection:
            query = select(broadcasts.c.begun_at).where(broadcasts.c.id == broadcast_id)
            draft = (await connection.execute(query)).one_or_none()
            if draft is None:
                return Begun.UNKNOWN
            if draft.begun_at is not None:
                return Begun.YES
            if await connection.scalar(select(exists(_going(at)))):
                return Begun.BUSY
            await connection.execute(
                update(broadcasts).where(broadcasts.c.id == broadcast_id).values(begun_at=at)
            )
            known = _known(at).subquery()
            row = {
                "broadcast_id": literal(broadcast_id),
                "platform": known.c.platform,
                "chat_id": known.c.chat_id,
                "person_id": known.c.person_id,
                "state": literal(PostState.WAITING.value),
                "not_before": literal(at, UtcDateTime()),
            }
            await connection.execute(
                insert(broadcast_chats).from_select([*row], select(*row.values()))
            )
            return Begun.YES

    async def stop(self, broadcast_id: int, at: datetime) -> bool:
        """Claim nothing more of it from now on; False where it is not going out."""
        async with self._database.write() as connection:
            stopped = await connection.execute(
                update(broadcasts)
                .where(broadcasts.c.id == broadcast_id, broadcasts.c.id.in_(_going(at)))
                .values(stopped_at=at)
            )
            return bool(stopped.rowcount)

    async def is_busy(self, at: datetime) -> bool:
        """Whether one is going out."""
        return bool(await self._database.rows(_going(at)))

    async def latest(self, at: datetime) -> Progress | None:
        """How the one goes that was begun last; None where there is none."""
        query = (
            select(broadcasts)
            .where(broadcasts.c.begun_at.is_not(None))
            .order_by(broadcasts.c.begun_at.desc(), broadcasts.c.id.desc())
            .limit(1)
        )
        counted = select(broadcast_chats.c.state, func.count().label("chats")).group_by(
            broadcast_chats.c.state
        )
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
            if row is None:
                return None
            this = broadcast_chats.c.broadcast_id == row.id
            counts = {one.state: one.chats for one in await connection.execute(counted.where(this))}
        waiting = counts.get(PostState.WAITING, 0)
        is_stopped = row.stopped_at is not None
        is_late = not is_stopped and row.begun_at <= at - LASTS
        return Progress(
            id=row.id,
            text=row.text,
            is_going=waiting > 0 and not is_stopped and not is_late,
            is_stopped=is_stopped,
            sent=counts.get(PostState.SENT, 0),
            failed=counts.get(PostState.FAILED, 0) + (waiting if is_late else 0),
            left=0 if is_late else waiting,
            unsure=counts.get(PostState.CLAIMED, 0),
        )

    # What is sent -----------------------------------------------------------------------------

    async def due(self, at: datetime) -> list[tuple[int, str, int]]:
        """What may be sent now: broadcast, platform, and in how many chats."""
        query = (
            select(
                broadcast_chats.c.broadcast_id,
                broadcast_chats.c.platform,
                func.count().label("chats"),
            )
            .where(broadcast_chats.c.broadcast_id.in_(_begun(at)), _is_due(at))
            .group_by(broadcast_chats.c.broadcast_id, broadcast_chats.c.platform)
        )
        rows = await self._database.rows(query)
        return [(row.broadcast_id, row.platform, row.chats) for row in rows]

    async def claim(self, broadcast_id: int, platform: str, at: datetime) -> Post | None:
        """Take on the next chat's message; None where nothing is left to send there now."""
        this = broadcasts.c.id == broadcast_id
        spoken = (
            select(answers.c.language)
            .where(_same_chat(answers, broadcast_chats), answers.c.shown_at.is_not(None))
            .order_by(answers.c.shown_at.desc())
            .limit(1)
        )
        subscribed = _same_chat(subscriptions, broadcast_chats) & subscriptions.c.ended_at.is_(None)
        chosen = select(subscriptions.c.language).where(subscribed).limit(1)
        query = (
            select(
                broadcast_chats.c.chat_id,
                broadcast_chats.c.person_id,
                broadcasts.c.text,
                func.coalesce(spoken.scalar_subquery(), chosen.scalar_subquery()).label("language"),
                exists().where(subscribed).label("is_subscribed"),
            )
            .join(broadcasts)
            .where(
                this,
                broadcasts.c.id.in_(_begun(at)),
                broadcast_chats.c.platform == platform,
                _is_due(at),
            )
            .order_by(broadcast_chats.c.not_before)
            .limit(1)
        )
        async with self._database.write() as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
            if row is None:
                return None
            post = Post(**row, broadcast_id=broadcast_id, platform=platform)
            claim = {"state": PostState.CLAIMED, "claimed_at": at}
            await connection.execute(update(broadcast_chats).where(_is(post)).values(claim))
        return post

    async def sent(self, post: Post, *, message_id: str, at: datetime) -> None:
        """Note that a claimed message arrived, under this id."""
        values = {"state": PostState.SENT, "message_id": message_id, "settled_at": at}
        await self._settle(post, values)

    async def failed(self, post: Post, at: datetime) -> None:
        """Note that a claimed message cannot arrive."""
        await self._settle(post, {"state": PostState.FAILED, "settled_at": at})

    async def release(self, post: Post, *, until: datetime) -> None:
        """Give a claimed message back that surely was not sent, to be sent later.

        Where it was refused meanwhile it is not.
        """
        values = {"state": PostState.WAITING, "claimed_at": None, "not_before": until}
        refused = exists().where(_same_chat(broadcast_refusals, broadcast_chats))
        async with self._database.write() as connection:
            await connection.execute(_claimed(post).values(values))
            await connection.execute(
                delete(broadcast_chats).where(_waits_in(post.platform, post.chat_id), refused)
            )

    async def _settle(self, post: Post, values: dict[str, Any]) -> None:
        async with self._database.write() as connection:
            await connection.execute(_claimed(post).values(values))

    # Chats ------------------------------------------------------------------------------------

    async def refuse(self, platform: str, chat_id: str, person_id: str) -> None:
        """Send a chat no more of them, not even what waits; a group has no person."""
        row = {"platform": platform, "chat_id": chat_id, "person_id": person_id}
        async with self._database.write() as connection:
            await insert_if_missing(connection, broadcast_refusals, row)
            await connection.execute(delete(broadcast_chats).where(_waits_in(platform, chat_id)))

    async def allow(self, platform: str, chat_id: str) -> None:
        """Send a chat those that are begun from now on."""
        async with self._database.write() as connection:
            await connection.execute(
                delete(broadcast_refusals).where(_in_chat(broadcast_refusals, platform, chat_id))
            )

    async def move(self, platform: str, old: str, new: str) -> None:
        """Carry over a refusal, and what waits, to a chat's new id. Harmless when repeated."""
        if old == new:
            return
        there = broadcast_chats.alias()
        has_it_there = exists().where(
            there.c.broadcast_id == broadcast_chats.c.broadcast_id,
            there.c.platform == platform,
            there.c.chat_id == new,
        )
        async with self._database.write() as connection:
            await connection.execute(
                delete(broadcast_chats).where(_waits_in(platform, old), has_it_there)
            )
            await connection.execute(
                update(broadcast_chats).where(_waits_in(platform, old)).values(chat_id=new)
            )
            refused = exists().where(_in_chat(broadcast_refusals, platform, new))
            if await connection.scalar(select(refused)):
                await connection.execute(
                    delete(broadcast_refusals).where(_in_chat(broadcast_refusals, platform, old))
                )
            await connection.execute(
                update(broadcast_refusals)
                .where(_in_chat(broadcast_refusals, platform, old))
                .values(chat_id=new)
            )

    async def purge(self, before: datetime) -> int:
        """Erase what was written before, and who got it; returns how many broadcasts."""
        async with self._database.write() as connection:
            result = await connection.execute(
                delete(broadcasts).where(
                    func.coalesce(broadcasts.c.begun_at, broadcasts.c.drafted_at) < before
                )
            )
            return result.rowcount


def _known(at: datetime) -> Select[tuple[str, str, str]]:
    """The chats that a broadcast goes to: answered lately or subscribed, and not unwilling.

    A group that the bot has left is known to be in vain.
    """
    # Answers are many and long: the chats come from an index, the person from one row of each.
    recent = (
        select(answers.c.platform, answers.c.chat_id)
        .where(answers.c.shown_at >= at - _KNOWN_FOR)
        .distinct()
        .subquery()
    )
    whose = select(answers.c.person_id).where(_same_chat(answers, recent)).limit(1)
    both = union_all(
        select(recent.c.platform, recent.c.chat_id, whose.scalar_subquery().label("person_id")),
        select(subscriptions.c.platform, subscriptions.c.chat_id, subscriptions.c.person_id).where(
            subscriptions.c.ended_at.is_(None)
        ),
    ).subquery()
    refused = exists().where(_same_chat(broadcast_refusals, both))
    is_left = exists().where(_same_chat(chats, both), chats.c.left_at.is_not(None))
    return (
        select(both.c.platform, both.c.chat_id, func.min(both.c.person_id).label("person_id"))
        .where(~refused, ~is_left)
        .group_by(both.c.platform, both.c.chat_id)
    )


def _begun(at: datetime) -> Select[tuple[int]]:
    """The ids of those that may be sent."""
    return select(broadcasts.c.id).where(
        broadcasts.c.begun_at > at - LASTS, broadcasts.c.stopped_at.is_(None)
    )


def _going(at: datetime) -> Select[tuple[int]]:
    """The ids of those of which something is left to send."""
    left = exists().where(
        broadcast_chats.c.broadcast_id == broadcasts.c.id,
        broadcast_chats.c.state == PostState.WAITING,
    )
    return _begun(at).where(left)


def _is_due(at: datetime) -> ColumnElement[bool]:
    return and_(broadcast_chats.c.state == PostState.WAITING, broadcast_chats.c.not_before <= at)


def _is(post: Post) -> ColumnElement[bool]:
    return and_(
        broadcast_chats.c.broadcast_id == post.broadcast_id,
        broadcast_chats.c.platform == post.platform,
        broadcast_chats.c.chat_id == post.chat_id,
    )


def _claimed(post: Post) -> Update:
    return update(broadcast_chats).where(_is(post), broadcast_chats.c.state == PostState.CLAIMED)


def _waits_in(platform: str, chat_id: str) -> ColumnElement[bool]:
    return and_(
        _in_chat(broadcast_chats, platform, chat_id),
        broadcast_chats.c.state == PostState.WAITING,
    )


def _in_chat(table: Table, platform: str, chat_id: str) -> ColumnElement[bool]:
    return and_(table.c.platform == platform, table.c.chat_id == chat_id)


def _same_chat(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    return and_(one.c.platform == other.c.platform, one.c.chat_id == other.c.chat_id)
