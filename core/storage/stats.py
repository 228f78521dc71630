"""How the bot is used: numbers, without any person in them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, distinct, func, select

from core.storage.database import Database
from core.storage.deliveries import PICKS, DeliveryState
from core.storage.tables import answers, deliveries, likes, opens, subscriptions

_RANKS = range(1, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Counts since a moment, as far as what they count is still kept.

    ``people`` were answered in private, ``groups`` as such. ``places`` are, for each rank from 1
    to 5, how many answers showed a product there and in how many of them it was opened. Of picks
    ``picks_opened`` counts the messages.
    """

    people: int
    groups: int
    answers: int
    likes: int
    opens: int
    places: tuple[tuple[int, int], ...]
    picks_sent: int
    picks_opened: int
    subscribers: int
    unsubscribed: int


class StatsStore:
    """Counts what the other stores keep; what is purged or erased is counted no more."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def since(self, moment: datetime) -> Stats:
        """What there was from that moment on; ``subscribers`` are those of now."""
        in_private = answers.c.person_id != ""
        person = answers.c.platform + " " + answers.c.person_id
        group = answers.c.platform + " " + answers.c.chat_id
        shown = [answers.c.created_at >= moment, answers.c.shown > 0]
        # All that is counted of answers in one go, and from the index, as there are many.
        of_answers = select(
            func.count(distinct(case((in_private, person)))).label("people"),
            func.count(distinct(case((~in_private, group)))).label("groups"),
            func.count().label("answers"),
            *(func.count(case((answers.c.shown >= rank, 1))).label(f"{rank}") for rank in _RANKS),
        ).where(*shown)
        of_places = (
            select(opens.c.rank, func.count(distinct(opens.c.key)).label("opened"))
            .select_from(opens.join(answers))
            # No opening is older than its answer. It has SQLite begin with those.
            .where(*shown, opens.c.rank.in_(_RANKS), opens.c.at >= moment)
            .group_by(opens.c.rank)
        )
        opened = opens.c.at >= moment
        counts: dict[str, Select[tuple[int]]] = {
            "likes": _count(likes.c.id).where(likes.c.liked_at >= moment),
            "opens": _count(opens.c.key).where(opened),
            "picks_sent": _count(deliveries.c.subscription_id).where(
                deliveries.c.kind == PICKS,
                deliveries.c.state == DeliveryState.SENT,
                deliveries.c.claimed_at >= moment,  # seconds before it was sent, and in an index
            ),
            "picks_opened": _count(distinct(opens.c.key)).where(opened, opens.c.picks),
            "subscribers": _count(subscriptions.c.id).where(subscriptions.c.ended_at.is_(None)),
            "unsubscribed": _count(subscriptions.c.id).where(subscriptions.c.ended_at >= moment),
        }
        async with self._database.read() as connection:
            answered = (await connection.execute(of_answers)).mappings().one()
            rows = await connection.execute(of_places)
            places = {row.rank: row.opened for row in rows}
            found = {name: await connection.scalar(query) for name, query in counts.items()}
        return Stats(
            people=answered["people"],
            groups=answered["groups"],
            answers=answered["answers"],
            places=tuple((answered[f"{rank}"], places.get(rank, 0)) for rank in _RANKS),
            **found,
        )


def _count(column: ColumnElement[object]) -> Select[tuple[int]]:
    return select(func.count(column))
