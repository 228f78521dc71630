"""Answers whose buttons still work, and updates that were seen before."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, delete, or_, select, update

from core.catalogue import Gender
from core.looks import Look
from core.storage.database import Database
from core.storage.tables import answers, seen_updates
from core.storage.upserts import insert_if_missing
from core.storage.wishes import read_wish, written_wish
from core.wishes import Wish

Floats = NDArray[np.float32]

MAX_RANKED = 60
"""How many products an answer keeps for *More*."""
_NO_WISH = Wish()
_LEVELS = 127


@dataclass(frozen=True, slots=True)
class Trace:
    """What a garment can be compared by once more: its embedding, a signed byte a number.

    ``space`` is the embedding's. A cosine is right to some 0.003.
    """

    space: str
    numbers: bytes

    @classmethod
    def of(cls, embedding: Floats, space: str) -> "Trace":
        """Of a unit vector float32[d]."""
        scaled = embedding * (_LEVELS / max(float(np.abs(embedding).max()), 1e-12))
        return cls(space, np.rint(scaled).astype(np.int8).tobytes())

    @property
    def embedding(self) -> Floats:
        """The unit vector float32[d]."""
        numbers = np.frombuffer(self.numbers, np.int8).astype(np.float32)
        unit: Floats = numbers / max(float(np.linalg.norm(numbers)), 1e-12)
        return unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Ensemble:
    """How the products of an answer make an outfit.

    ``names`` are what each is of it ("shoes"), ``others`` the ids of what comes next in its place.
    It was made around a ``piece``: where that is the first of the names, its product is in the
    outfit. ``before`` are the ids of those in the outfits that this one came after. Each piece was
    to lie ``within`` what was said of it, besides the filters.
    """

    piece: str
    names: tuple[str, ...]
    others: tuple[tuple[int, ...], ...]
    before: tuple[int, ...] = ()
    within: Wish = _NO_WISH


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: its products, best first, and how many were shown.

    ``scores`` belong to ``product_ids``, one each. ``garments`` are the photo's others, by name,
    each with the key of the answer to it. To go on from it there are its ``trace``, or for words
    none, and the ``wish`` that it is within; ``unfiltered`` where its person's filters are left
    aside. ``shown_at`` is when its latest page was, or that there is nothing. Of an outfit there is
    an ``ensemble``. ``language`` is the tag that the person's client told; None of a group's.
    ``key`` is made by the store: 8 characters that fit a URL, "" before. No photo is in it.
    """

    platform: str
    chat_id: str
    person_id: str
    product_ids: tuple[int, ...]
    scores: tuple[float, ...]
    shown: int
    look: Look
    created_at: datetime
    garments: tuple[tuple[str, str], ...] = ()
    trace: Trace | None = None
    wish: Wish | None = None
    shops_asked: bool = False
    unfiltered: bool = False
    shown_at: datetime | None = None
    ensemble: Ensemble | None = None
    language: str | None = None
    key: str = ""


class AnswerStore:
    """Answers by key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, answer: Answer) -> Answer:
        """Keep an answer, its first ``MAX_RANKED`` products, and return it with its key."""
        answer = replace(_cut(answer), key=secrets.token_urlsafe(6))
        async with self._database.write() as connection:
            while not await insert_if_missing(connection, answers, _row(answer)):
                answer = replace(answer, key=secrets.token_urlsafe(6))
        return answer

    async def erase(self, key: str) -> None:
        """Forget an answer that did not arrive."""
        async with self._database.write() as connection:
            await connection.execute(delete(answers).where(answers.c.key == key))

    async def add(self, answer: Answer) -> bool:
        """Keep an answer under the key that it has; False when there is one of that key."""
        async with self._database.write() as connection:
            return await insert_if_missing(connection, answers, _row(_cut(answer)))

    async def get(self, key: str) -> Answer | None:
        """The answer of that key, None when there is none any more."""
        return await self._first(answers.c.key == key)

    async def latest(
        self,
        platform: str,
        chat_id: str,
        person_id: str,
        *,
        since: datetime,
        shown: int = 1,
        goes_on: bool = True,
        besides: Collection[str] = (),
    ) -> Answer | None:
        """The answer that was given last since then; no outfit, and none of the keys ``besides``.

        One that can be gone on from in words, where it ``goes_on``; picks and likes are none. At
        least ``shown`` of it were on show.
        """
        can_go_on = or_(answers.c.trace.is_not(None), answers.c.wish.is_not(None))
        return await self._first(
            answers.c.platform == platform,
            answers.c.chat_id == chat_id,
            answers.c.person_id == person_id,
            answers.c.shown_at >= since,
            answers.c.shown >= shown,
            answers.c.ensemble.is_(None),
            answers.c.key.not_in(besides),
            *([can_go_on] if goes_on else []),
        )

    async def _first(self, *where: ColumnElement[bool]) -> Answer | None:
        query = select(answers).where(*where).order_by(answers.c.shown_at.desc()).limit(1)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        if row is None:
            return None
        space, numbers = row["space"], row["trace"]
        return Answer(
            **{
                **{name: row[name] for name in row if name != "space"},
                "trace": Trace(space, numbers) if numbers else None,
                "wish": read_wish(row["wish"]),
                "ensemble": _ensemble(row["ensemble"]),
                "product_ids": tuple(row["product_ids"]),
                "scores": tuple(row["scores"]),
                "look": _look(row["look"]),
                "garments": tuple((name, other) for name, other in row["garments"] or ()),
            }
        )

    async def advance(
        self,
        key: str,
        shown: int,
        *,
        product_ids: Sequence[int] | None = None,
        scores: Sequence[float] | None = None,
        at: datetime | None = None,
    ) -> bool:
        """Note that more was shown; False when as much was shown already, or no such answer is.

        Of two taps at once only one advances. ``product_ids`` and their ``scores`` take the place
        of the answer's, where other offers were shown than those that stood there.
        """
        values: dict[str, object] = {"shown": shown}
        if at is not None:
            values["shown_at"] = at
        if product_ids is not None:
            values["product_ids"] = list(product_ids)
        if scores is not None:
            values["scores"] = list(scores)
        async with self._database.write() as connection:
            result = await connection.execute(
                update(answers).where(answers.c.key == key, answers.c.shown < shown).values(values)
            )
            return bool(result.rowcount)

    async def change(self, answer: Answer, *, was: Sequence[int]) -> bool:
        """Keep an outfit's products and ensemble as they are now.

        False, and nothing is changed, where it does not have the products ``was`` any more.
        """
        this = answers.c.key == answer.key
        row = _row(answer)
        changed = {name: row[name] for name in ("product_ids", "scores", "shown", "ensemble")}
        async with self._database.write() as connection:
            kept = await connection.scalar(select(answers.c.product_ids).where(this))
            if kept != list(was):
                return False
            await connection.execute(update(answers).where(this).values(changed))
            return True

    async def note_shops_asked(self, key: str) -> bool:
        """Note that the shops were asked; False when they were before. Of two at once one does."""
        async with self._database.write() as connection:
            result = await connection.execute(
                update(answers)
                .where(answers.c.key == key, answers.c.shops_asked.is_(False))
                .values(shops_asked=True)
            )
            return bool(result.rowcount)

    async def purge(self, before: datetime) -> int:
        """Erase answers given before; returns how many."""
        async with self._database.write() as connection:
            result = await connection.execute(delete(answers).where(answers.c.created_at < before))
            return result.rowcount


class SeenUpdates:
    """Which updates of a platform came already, for those that are sent again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def first_time(self, platform: str, update_id: str, at: datetime) -> bool:
        """Note an update; False when it was noted before."""
        row = {"platform": platform, "update_id": update_id, "at": at}
        async with self._database.write() as connection:
            return await insert_if_missing(connection, seen_updates, row)

    async def purge(self, before: datetime) -> int:
        """Forget updates that came before; returns how many."""
        async with self._database.write() as connection:
            result = await connection.execute(
                delete(seen_updates).where(seen_updates.c.at < before)
            )
            return result.rowcount


def _cut(answer: Answer) -> Answer:
    return replace(
        answer,
        product_ids=answer.product_ids[:MAX_RANKED],
        scores=tuple(float(score) for score in answer.scores[:MAX_RANKED]),
    )


def _row(answer: Answer) -> dict[str, object]:
    return {
        **{field.name: getattr(answer, field.name) for field in fields(answer)},
        "product_ids": list(answer.product_ids),
        "scores": list(answer.scores),
        "look": asdict(answer.look),
        "garments": [list(garment) for garment in answer.garments],
        "trace": answer.trace.numbers if answer.trace else None,
        "space": answer.trace.space if answer.trace else None,
        "wish": written_wish(answer.wish) if answer.wish else None,
        "ensemble": _written(answer.ensemble) if answer.ensemble else None,
    }


def _written(ensemble: Ensemble) -> dict[str, Any]:
    return {**asdict(ensemble), "within": written_wish(ensemble.within)}


def _ensemble(kept: dict[str, Any] | None) -> Ensemble | None:
    if kept is None:
        return None
    return Ensemble(
        piece=kept["piece"],
        names=tuple(kept["names"]),
        others=tuple(tuple(some) for some in kept["others"]),
        before=tuple(kept["before"]),
        within=read_wish(kept.get("within")) or _NO_WISH,
    )


def _look(kept: dict[str, object]) -> Look:
    known = {field.name: kept[field.name] for field in fields(Look) if field.name in kept}
    gender = known.pop("gender", None)
    colours: list[tuple[str, float]] = known.pop("colours", [])  # type: ignore[assignment]  # JSON
    return Look(
        **known,  # type: ignore[arg-type]  # JSON
        gender=Gender(str(gender)) if gender else None,
        colours=tuple((word, share) for word, share in colours),
    )
