"""Pages of offers that are true now, as far as that can be known in time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from bot.conversation.pages import Placed, page_from
from core.catalogue import Match, Product
from core.rates import NO_RATES
from core.sameness import is_buyable
from core.storage.rates import RateStore
from core.wishes import Wish

_ROUNDS = 3  # then what nobody has checked goes out with its age


class Offers(Protocol):
    """Knows, or finds out within seconds, what products cost now."""

    async def now(self, products: Sequence[Product]) -> Mapping[int, Product]:
        """By id, as they are now, those whose pages still show them; the others are missing."""
        ...


class Within:
    """The same, without what does not hold to a wish as it is now."""

    def __init__(self, offers: Offers, wish: Wish, rates: RateStore) -> None:
        self._offers = offers
        self._wish = wish
        self._rates = rates

    async def now(self, products: Sequence[Product]) -> Mapping[int, Product]:
        """As ``Offers``."""
        known = await self._offers.now(products)
        rates = await self._rates.latest() if self._wish.is_priced else NO_RATES
        return {number: one for number, one in known.items() if self._wish.holds(one, rates)}


async def true_page(
    start: int, ranked: Sequence[Match | None], offers: Offers
) -> tuple[Placed, ...]:
    """``page_from``, where what is gone or sold out by now made room for the next best.

    That is the same product in another shop, where there is one.
    """
    left = list(ranked)
    for _ in range(_ROUNDS):
        page = page_from(start, left)
        known = await offers.now([one.match.product for one in page])
        for one in page:
            left[one.place] = _as_it_is(one.match, known.get(one.match.product.id))
        if not lost([one.match for one in page], known):
            break
    return page_from(start, left)


def _as_it_is(match: Match, product: Product | None) -> Match | None:
    """The match with its product as it is now, or the next shop's, None where nothing is left."""
    if match.also and (product is None or not is_buyable(product)):
        return replace(match, product=match.also[0], also=match.also[1:])
    return replace(match, product=product) if product else None


def lost(matches: Sequence[Match], known: Mapping[int, Product]) -> bool:
    """Whether one of them cannot be bought any more that could be."""
    return any(
        match.product.id not in known
        or (is_buyable(match.product) and not is_buyable(known[match.product.id]))
        for match in matches
    )
