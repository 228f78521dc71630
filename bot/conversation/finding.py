"""Words → an album of what they wish for."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.conversation.filters import Filters
from bot.conversation.messages import Reply, Sender
from bot.conversation.pages import Placed, cards, strengths
from bot.conversation.showing import Showing
from bot.conversation.texts import Texts
from core.finding import Finding
from core.looks import Look
from core.sameness import is_buyable
from core.storage.answers import MAX_RANKED
from core.storage.saving import searchable
from core.wishes import Wish

_LISTED = 20


class WordAnswers:
    """Answers words; keeps the ranked list for the buttons."""

    def __init__(
        self,
        *,
        finding: Finding,
        filters: Filters,
        showing: Showing,
        now: Callable[[], datetime],
    ) -> None:
        self._finding = finding
        self._filters = filters
        self._showing = showing
        self._now = now

    async def answer(self, sender: Sender, text: str, say: Texts) -> Reply | None:
        """What the shops have of it; None where the words wish for nothing that we know.

        Words that no kind, colour, price or shop stands beside count only where a title has them.
        """
        filters = await self._filters.of(sender)
        wish = await self._finding.understood(text, currency=filters.currency)
        if wish.is_empty:
            return None
        matches = await self._finding.find(wish, most=MAX_RANKED, filters=filters)
        reply = await self._showing.first_page(
            sender,
            matches,
            look_of(wish),
            say,
            text=lambda page: say.found(wish, strengths(page), unsaid=unsaid(wish, page)),
            wish=wish,
            filters=filters,
        )
        if reply:
            return reply
        only_words = wish == Wish(words=wish.words)
        if only_words and (filters.is_empty or not await self._finding.find(wish, most=1)):
            return None
        return await self._showing.nothing(sender, look_of(wish), say, wish=wish, filters=filters)

    async def listed(self, text: str, start: int, say: Texts) -> Reply:
        """What can be bought of it, from a place of the list on; kept for no buttons."""
        wish = await self._finding.understood(text)
        if wish.is_empty:
            return Reply(text=say.LOOKUP_HOW_TO)
        found = await self._finding.find(wish, most=MAX_RANKED)
        matches = [match for match in found if is_buyable(match.product)]
        if not matches:
            return Reply(text=say.FOUND_NO_WORDS)
        placed = [Placed(place=place, match=match) for place, match in enumerate(matches)]
        end = start + _LISTED
        return Reply(album=cards(placed[start:end], say, now=self._now()), more=end < len(placed))


def look_of(wish: Wish) -> Look:
    """What a photo of the wish would show."""
    return Look(
        fashion=1.0,
        seen="",
        kind=wish.kind,
        colour=wish.colours[0] if wish.colours else None,
        pattern=wish.pattern,
        gender=wish.gender,
    )


def unsaid(wish: Wish, page: Sequence[Placed]) -> list[str]:
    """The words that none of the products is called by."""
    products = [one.match.product for one in page]
    called = [searchable(one.title, one.brand, one.kind) for one in products]
    return [word for word in wish.words if not any(f" {word}" in words for words in called)]
