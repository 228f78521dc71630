"""The shops' own search pages, for a photo whose garment is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.catalogue import Match
from core.looks import Look
from core.nearness import Nearness
from core.queries import words_for
from core.sameness import is_buyable, one_card_each
from scraping.searching import Searched

_IN_ANSWERS = 4  # photos that may wait for shops at the same time; the others have the button


class SearchesShops(Protocol):
    """Asks shops for words and takes in what they show."""

    @property
    def shops(self) -> int:
        """How many can be asked."""
        ...

    async def find(self, words: Mapping[str, str], *, within_s: float) -> Searched:
        """What they have for the words in their language, and how many did not answer in time.

        Never raises.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What shops offer for a look: what came of asking, and their products, the nearest first."""

    searched: Searched
    matches: Sequence[Match]


class Shopping:
    """Asks the shops for a look, and ranks what they offer by the photo."""

    def __init__(
        self,
        search: SearchesShops,
        nearness: Nearness,
        *,
        in_answer_s: float = 2.5,
        tapped_s: float = 8.0,
    ) -> None:
        """The shops have ``in_answer_s`` within a photo's answer, ``tapped_s`` after a tap."""
        self._search = search
        self._nearness = nearness
        self._in_answer_s = in_answer_s
        self._tapped_s = tapped_s
        self._in_answers = 0

    def can(self, look: Look, space: str | None) -> bool:
        """Whether there is a shop to ask, a word to ask it for, and a way to rank its answer."""
        asked = self._search.shops > 0 and bool(words_for(look))
        return asked and self._nearness.measures(space)

    async def in_answer(
        self, look: Look, embedding: NDArray[np.float32], space: str
    ) -> Offered | None:
        """Within a photo's answer; None where that is no time for it."""
        if not self._in_answer_s or self._in_answers >= _IN_ANSWERS or not self.can(look, space):
            return None
        self._in_answers += 1
        try:
            return await self._offered(look, embedding, space, within_s=self._in_answer_s)
        finally:
            self._in_answers -= 1

    async def tapped(self, look: Look, embedding: NDArray[np.float32], space: str) -> Offered:
        """After a tap, for what ``can`` be asked for."""
        return await self._offered(look, embedding, space, within_s=self._tapped_s)

    async def _offered(
        self, look: Look, embedding: NDArray[np.float32], space: str, *, within_s: float
    ) -> Offered:
        searched = await self._search.find(words_for(look), within_s=within_s)
        matches = await self._nearness.rank(embedding, space, searched.products)
        return Offered(searched=searched, matches=matches)


def besides(ranked: Sequence[Match | None], matches: Sequence[Match]) -> list[Match]:
    """Those of the matches, the best first, that are no product of the ranked ones, or cheaper."""
    known = {one.product.id for one in ranked if one}
    cards = [card for card in one_card_each([*ranked, *matches]) if card]
    fresh = [card for card in cards if card.product.id not in known]
    return sorted(fresh, key=lambda card: (not is_buyable(card.product), -card.score))
