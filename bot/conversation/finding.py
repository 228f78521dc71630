"""Words → an album of what they wish for."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.conversation.answering import likes_shown
from bot.conversation.messages import Reply, Sender
from bot.conversation.offers import Offers, true_page
from bot.conversation.pages import Placed, cards, keyboard, page_from, strengths, view_of
from bot.conversation.sessions import Sessions
from bot.conversation.texts import Texts
from core.finding import Finding
from core.looks import Look
from core.storage.answers import MAX_RANKED
from core.storage.people import PeopleStore
from core.storage.saving import searchable
from core.wishes import Wish


class WordAnswers:
    """Answers words; keeps the ranked list for the buttons."""

    def __init__(
        self,
        *,
        finding: Finding,
        people: PeopleStore,
        sessions: Sessions,
        offers: Offers,
        now: Callable[[], datetime],
    ) -> None:
        self._finding = finding
        self._people = people
        self._sessions = sessions
        self._offers = offers
        self._now = now

    async def answer(self, sender: Sender, text: str, say: Texts) -> Reply | None:
        """What the shops have of it; None where the words wish for nothing that we know.

        Words that no kind, colour, price or shop stands beside count only where a title has them.
        """
        wish = await self._finding.understood(text)
        if wish.is_empty:
            return None
        matches = await self._finding.find(wish, most=MAX_RANKED)
        page = await true_page(0, matches, self._offers)
        if not page:
            only_words = wish == Wish(words=wish.words)
            return None if only_words else Reply(text=say.found_nothing(wish))
        matches = [*(one.match for one in page), *matches[view_of(page).end :]]
        page = page_from(0, matches)
        view, look = view_of(page), _look(wish)
        key = await self._sessions.keep(sender, matches, look, shown=view.end)
        return Reply(
            text=say.found(wish, strengths(page), unsaid=_unsaid(wish, page)),
            album=cards(page, say, now=self._now()),
            buttons=keyboard(
                page,
                say,
                key=key,
                view=view,
                liked=await likes_shown(self._people, sender),
                shared=sender.is_group,
                more=view.end < len(matches),
            ),
            look=look,
        )


def _look(wish: Wish) -> Look:
    """What a photo of the wish would show."""
    return Look(
        fashion=1.0,
        seen="",
        kind=wish.kind,
        colour=wish.colours[0] if wish.colours else None,
        pattern=wish.pattern,
        gender=wish.gender,
    )


def _unsaid(wish: Wish, page: Sequence[Placed]) -> list[str]:
    """The words that none of the products is called by."""
    products = [one.match.product for one in page]
    called = [searchable(one.title, one.brand, one.kind) for one in products]
    return [word for word in wish.words if not any(f" {word}" in words for words in called)]
