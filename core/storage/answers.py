"""Answers whose buttons still work, and updates that were seen before."""

import secrets
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime

from sqlalchemy import delete, select, update

from core.catalogue import Gender
from core.looks import Look
from core.storage.database import Database
from core.storage.tables import answers, seen_updates
from core.storage.upserts import insert_if_missing

MAX_RANKED = 60
"""How many products an answer keeps for *More*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answered photo: the products near it, best first, and how many were shown.

    ``scores`` belong to ``product_ids``, one each. ``garments`` are the photo's others, by name,
    each with the key of the answer to it. ``key`` is made by the store: 8 characters
    that fit a URL, "" before. Nothing of the photo is in it.
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
    key: str = ""


class AnswerStore:
    """Answers by key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, answer: Answer) -> Answer:
        """Keep an answer, its first ``MAX_RANKED`` products, and return it with its key."""
        answer = replace(
            answer,
            key=secrets.token_urlsafe(6),
            product_ids=answer.product_ids[:MAX_RANKED],
            scores=tuple(float(score) for score in answer.scores[:MAX_RANKED]),
        )
        async with self._database.write() as connection:
            while not await insert_if_missing(connection, answers, _row(answer)):
                answer = replace(answer, key=secrets.token_urlsafe(6))
        return answer

    async def get(self, key: str) -> Answer | None:
        """The answer of that key, None when there is none any more."""
        async with self._database.read() as connection:
            row = (
                (await connection.execute(select(answers).where(answers.c.key == key)))
                .mappings()
                .one_or_none()
            )
        if row is None:
            return None
        return Answer(
            **{
                **row,
                "product_ids": tuple(row["product_ids"]),
                "scores": tuple(row["scores"]),
                "look": _look(row["look"]),
                "garments": tuple((name, other) for name, other in row["garments"] or ()),
            }
        )

    async def advance(self, key: str, shown: int) -> bool:
        """Note that more was shown; False when as much was shown already, or no such answer is.

        Of two taps at once only one advances.
        """
        async with self._database.write() as connection:
            result = await connection.execute(
                update(answers)
                .where(answers.c.key == key, answers.c.shown < shown)
                .values(shown=shown)
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


def _row(answer: Answer) -> dict[str, object]:
    return {
        **{field.name: getattr(answer, field.name) for field in fields(answer)},
        "product_ids": list(answer.product_ids),
        "scores": list(answer.scores),
        "look": asdict(answer.look),
        "garments": [list(garment) for garment in answer.garments],
    }


def _look(kept: dict[str, object]) -> Look:
    known = {field.name: kept[field.name] for field in fields(Look) if field.name in kept}
    gender = known.pop("gender", None)
    colours: list[tuple[str, float]] = known.pop("colours", [])  # type: ignore[assignment]  # JSON
    return Look(
        **known,  # type: ignore[arg-type]  # JSON
        gender=Gender(str(gender)) if gender else None,
        colours=tuple((word, share) for word, share in colours),
    )
