"""How what is found is ranked, as far as operators turn it, and experiments with that."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from core.storage.signals import Owner

LONGEST = 21
"""Days of an experiment; its messages are kept for 30, so that some are left to read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """What may be turned.

    ``news`` speaks for a pick that is new, reduced or back, as cosine to what is liked. On
    ``surprises`` of the days, 0 to 1, the last pick is farther off. With ``cheaper_first`` the
    matches of a photo that are strong begin with the cheapest, not the likest.
    """

    news: float = 0.03
    surprises: float = 0.3
    cheaper_first: bool = False


PICKS = frozenset({"news", "surprises"})
"""The settings that are for picks; the others are for answers to photos."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """Half of the people are ranked for by ``b``, the others by ``a``; they differ in ``setting``.

    From the ``first`` day to the ``last``, both whole days of UTC.
    """

    name: str
    setting: str
    a: Ranking
    b: Ranking
    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.first, time(), UTC)

    @property
    def ends(self) -> datetime:
        """The moment after the last."""
        return datetime.combine(self.last + timedelta(days=1), time(), UTC)

    @property
    def is_of_picks(self) -> bool:
        """Whether picks are ranked otherwise; else answers to photos are."""
        return self.setting in PICKS

    def has_b(self, platform: str, owner: Owner) -> bool:
        """Whether a person, or a group, is in B's half: the same wherever and whenever asked."""
        who = f"{self.name}\n{platform}\n{owner.person_id}\n{owner.chat_id}"
        return bool(sha256(who.encode()).digest()[0] & 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rankings:
    """Who is ranked for how: as ``usual``, or as an experiment has it."""

    usual: Ranking = field(default_factory=Ranking)
    experiment: Experiment | None = None

    def of(self, platform: str, owner: Owner, at: datetime) -> Ranking:
        """The ranking for a person, or a group, at a moment."""
        tried = self.experiment
        if tried and tried.begins <= at < tried.ends:
            return tried.b if tried.has_b(platform, owner) else tried.a
        return self.usual
