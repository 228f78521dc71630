"""Which of the matches that are equally strong come first."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from core.catalogue import Match
from core.ranking import Rankings
from core.rates import Rates
from core.sameness import is_buyable, one_card_each
from core.search import Found, Strength, strength
from core.storage.catalogue import CatalogueStore
from core.storage.rates import RateStore
from core.storage.signals import Owner


class Preferring:
    """Ranks the strong matches as it is wanted for somebody."""

    def __init__(
        self,
        rankings: Rankings,
        *,
        catalogue: CatalogueStore,
        rates: RateStore,
        now: Callable[[], datetime],
    ) -> None:
        self._rankings = rankings
        self._catalogue = catalogue
        self._rates = rates
        self._now = now

    async def ranked(self, platform: str, owner: Owner, found: Found, *, k: int) -> Found:
        """The same, ``k`` of it to show: as it is, or all that is strong from the cheapest on.

        Scores are as in an answer. What has no price, or none that can be compared, comes after
        what has, and what is sold out last.
        """
        if not self._rankings.of(platform, owner, self._now()).cheaper_first:
            return found
        near = [one for one in found.rest if _is_strong(one[1])]
        known = await self._catalogue.products([number for number, _ in near])
        matches = [match for match in found.matches if _is_strong(match.score)]
        matches += [Match(product=known[number], score=s) for number, s in near if number in known]
        strong = [card for card in one_card_each(matches) if card]
        ahead = [card for card in strong if is_buyable(card.product)]
        sold_out = [card for card in strong if not is_buyable(card.product)]
        weaker = [match for match in found.matches if not _is_strong(match.score)]
        ranked = [*_cheapest_first(ahead, await self._rates.latest()), *weaker, *sold_out]
        rest = [(match.product.id, match.score) for match in ranked[k:]]
        return Found(ranked[:k], (*rest, *(one for one in found.rest if one not in near)))


def _is_strong(score: float) -> bool:
    return strength(score) is Strength.STRONG


def _cheapest_first(matches: list[Match], rates: Rates) -> list[Match]:
    """In the currency of the first that has a price."""
    currencies = [match.product.price.currency for match in matches if match.product.price]

    def price(match: Match) -> tuple[bool, Decimal]:
        asked = match.product.price
        told = rates.convert(asked, currencies[0]) if asked else None
        return told is None, told.amount if told else Decimal(0)

    return sorted(matches, key=price)
