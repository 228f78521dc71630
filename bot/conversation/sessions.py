"""Answers whose buttons still work: the ranked list behind each, found by its key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.conversation.messages import Sender
from bot.conversation.pages import Placed, view_of
from core.catalogue import Match
from core.looks import Look
from core.sameness import one_card_each
from core.storage.answers import Answer, AnswerStore, Ensemble, Trace
from core.storage.catalogue import CatalogueStore
from core.storage.signals import Owner
from core.wishes import Wish

LIFETIME = timedelta(days=30)
"""How long buttons work."""
SPOKEN_OF = timedelta(hours=1)
"""How long "in red" means what was shown last."""


class AlreadyKept(Exception):
    """What is to be kept once was kept before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """An answer and its matches as the catalogue has them now.

    None where one is gone, or is the same product as one before it. What is not on show yet has
    its best offer.
    """

    answer: Answer
    ranked: tuple[Match | None, ...]


class Sessions:
    """Keeps answers for their buttons; of a group, not who asked.

    Who in a group sees an answer alone is in memory alone, for as long as it is spoken of.
    """

    def __init__(
        self, *, answers: AnswerStore, catalogue: CatalogueStore, now: Callable[[], datetime]
    ) -> None:
        self._answers = answers
        self._catalogue = catalogue
        self._now = now
        self._alone: dict[str, tuple[tuple[str, str, str], datetime]] = {}

    async def keep(
        self,
        sender: Sender,
        matches: Sequence[Match],
        look: Look,
        *,
        shown: int,
        rest: Sequence[tuple[int, float]] = (),
        garments: Sequence[tuple[str, str]] = (),
        trace: Trace | None = None,
        wish: Wish | None = None,
        shops_asked: bool = False,
        ensemble: Ensemble | None = None,
        unfiltered: bool = False,
        told: bool = False,
        key: str = "",
    ) -> str:
        """Keep an answer and return its key; ``shown`` of its matches are on show already.

        ``rest`` is as in ``Found``, ``garments`` to ``unfiltered`` as in ``Answer``. That there is
        nothing to show is ``told``. Raises ``AlreadyKept`` where a ``key`` is given and there is an
        answer of it.
        """
        ranked = [*((match.product.id, match.score) for match in matches), *rest]
        now = self._now()
        answer = Answer(
            platform=sender.platform,
            chat_id=sender.chat_id,
            person_id=owner_of(sender),
            product_ids=tuple(number for number, _ in ranked),
            scores=tuple(score for _, score in ranked),
            shown=shown,
            look=look,
            garments=tuple(garments),
            trace=trace,
            wish=wish,
            shops_asked=shops_asked,
            unfiltered=unfiltered,
            shown_at=now if shown or told else None,
            ensemble=ensemble,
            language=None if sender.is_group else sender.language,
            created_at=now,
            key=key,
        )
        if not key:
            key = (await self._answers.save(answer)).key
        elif not await self._answers.add(answer):
            raise AlreadyKept
        self._note_alone(sender, key)
        return key

    async def find(self, sender: Sender, key: str) -> Session | None:
        """The answer that this person may use in this chat; None when there is none (any more)."""
        answer = await self._answers.get(key)
        if answer is None or not self._may_use(sender, answer):
            return None
        self._note_alone(sender, key)
        return await self._opened(answer)

    async def latest(
        self, sender: Sender, *, shown: int = 1, goes_on: bool = True
    ) -> Session | None:
        """What this person, or this group, was shown last, as long as that is what is spoken of.

        What another member sees alone is not the group's. With 0 ``shown`` also that there is
        nothing; where it need not be one that ``goes_on``, also picks, likes and news.
        """
        answer = await self.latest_answer(sender, shown=shown, goes_on=goes_on)
        return await self._opened(answer) if answer else None

    async def latest_answer(
        self, sender: Sender, *, shown: int = 1, goes_on: bool = True
    ) -> Answer | None:
        """The answer of ``latest``, without its products."""
        return await self._answers.latest(
            sender.platform,
            sender.chat_id,
            owner_of(sender),
            since=self._now() - SPOKEN_OF,
            shown=shown,
            goes_on=goes_on,
            besides=self._seen_by_others(sender),
        )

    def _note_alone(self, sender: Sender, key: str) -> None:
        if not sender.sees_alone:
            return
        now = self._now()
        self._alone.pop(key, None)  # so that the oldest stay first
        self._alone[key] = (sender.platform, sender.chat_id, sender.person_id), now
        while now - self._alone[oldest := next(iter(self._alone))][1] > SPOKEN_OF:
            del self._alone[oldest]

    def _seen_by_others(self, sender: Sender) -> list[str]:
        here, me = (sender.platform, sender.chat_id), sender.person_id
        return [
            key
            for key, ((*where, who), _) in self._alone.items()
            if (*where,) == here and who != me
        ]

    async def _opened(self, answer: Answer) -> Session:
        products = await self._catalogue.products(answer.product_ids)
        stored = [
            Match(product=products[number], score=score) if number in products else None
            for number, score in zip(answer.product_ids, answer.scores, strict=True)
        ]
        cards = one_card_each(stored)
        shown = [one if card else None for one, card in zip(stored, cards, strict=True)]
        ranked = (*shown[: answer.shown], *cards[answer.shown :])
        return Session(answer=answer, ranked=ranked)

    async def advance(self, session: Session, page: Sequence[Placed]) -> bool:
        """Note that this page is on show after those before; False when it was already.

        What it passes over goes from the list, so that its places are those that are on show.
        """
        answer, end = session.answer, view_of(page).end
        start = answer.shown
        products = (one.match.product.id for one in page)
        scores = (one.match.score for one in page)
        return await self._answers.advance(
            answer.key,
            start + len(page),
            product_ids=[*answer.product_ids[:start], *products, *answer.product_ids[end:]],
            scores=[*answer.scores[:start], *scores, *answer.scores[end:]],
            at=self._now(),
        )

    async def change(self, session: Session, matches: Sequence[Match], ensemble: Ensemble) -> bool:
        """Keep an outfit as it is now; False when somebody else has changed it meanwhile."""
        answer = replace(
            session.answer,
            product_ids=tuple(match.product.id for match in matches),
            scores=tuple(match.score for match in matches),
            shown=len(matches),
            ensemble=ensemble,
        )
        return await self._answers.change(answer, was=session.answer.product_ids)

    async def note_shops_asked(self, session: Session) -> bool:
        """Note that the shops were asked; False when that was done already."""
        return await self._answers.note_shops_asked(session.answer.key)

    def _may_use(self, sender: Sender, answer: Answer) -> bool:
        same_chat = (answer.platform, answer.chat_id) == (sender.platform, sender.chat_id)
        return (
            same_chat
            and answer.person_id == owner_of(sender)
            and self._now() - answer.created_at < LIFETIME
        )


def owner_of(sender: Sender) -> str:
    """Whose an answer or a subscription is: the person's, or in a group nobody's in person."""
    return "" if sender.is_group else sender.person_id


def taste_owner(sender: Sender) -> Owner:
    """Whose taste it is about: the person's, or the group's."""
    return Owner("", sender.chat_id) if sender.is_group else Owner(sender.person_id)
