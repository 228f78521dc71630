"""What is like a garment, as a wish has it: in red, under 50 €, for men, as a skirt."""

import asyncio
from collections.abc import Collection
from decimal import Decimal
from math import ceil
from statistics import median_low

import numpy as np
from numpy.typing import NDArray

from core.catalogue import Match, Product
from core.informed import asked
from core.rates import Conversion
from core.search import Found, Search
from core.storage.finding import FindStore
from core.vision.embedder import Embedder
from core.wishes import Wish

Floats = NDArray[np.float32]

_WHOLE_FROM = 10  # amounts from here on are said without cents


class Alike:
    """Searches by a garment and a wish."""

    def __init__(self, search: Search, store: FindStore, embedder: Embedder) -> None:
        self._search = search
        self._store = store
        self._embedder = embedder

    async def find(
        self,
        embedding: Floats,
        space: str | None,
        wish: Wish,
        *,
        k: int,
        in_all: int,
        exclude: Collection[int] = (),
    ) -> Found:
        """``Search.find`` among what lies within the wish, for the garment as the wish has it.

        ``matches`` have cosines. Raises ``CatalogueEmpty``.
        """
        allowed = None if wish.is_empty else await self._store.within(wish)
        return await self._search.find(
            await self.asked(embedding, space, wish),
            k=k,
            in_all=in_all,
            exclude=exclude,
            allowed=allowed,
            fingerprint=space,
        )

    async def within(self, wish: Wish, matches: Collection[Match]) -> list[Match]:
        """Those of the matches that lie within the wish."""
        if wish.is_empty or not matches:
            return list(matches)
        among = {match.product.id for match in matches}
        allowed = set((await self._store.within(wish, among=among)).tolist())
        return [match for match in matches if match.product.id in allowed]

    async def asked(self, embedding: Floats, space: str | None, wish: Wish) -> Floats:
        """The float32[d] that asks for the same in the wish's colours, for its gender, as its kind.

        As it is where the network tells none of these, or is not at hand.
        """
        eye = self._embedder.eye_in(space)
        kinds = (wish.kind,) if wish.as_kind and wish.kind else ()
        if eye is None or not (wish.colours or wish.gender or kinds):
            return embedding
        genders = (wish.gender,) if wish.gender else ()
        words = {"colour": wish.colours, "gender": genders, "kind": kinds}
        return await asyncio.to_thread(asked, eye, embedding, words)

    async def scored(
        self,
        embedding: Floats,
        space: str,
        wish: Wish,
        *,
        k: int,
        in_all: int,
        exclude: Collection[int] = (),
    ) -> Found:
        """The same with the scores that an answer has, in a space that it ``measures``."""
        found = await self.find(embedding, space, wish, k=k, in_all=in_all, exclude=exclude)
        eye = self._embedder.eye_in(space)
        return found.worth(eye.agreement) if eye and eye.agreement else found

    def measures(self, space: str) -> bool:
        """Whether chats are answered in that space now; not that of a network before."""
        return space == self._embedder.backbone.fingerprint

    async def colours(self, wish: Wish, *, kind: str | None, but: Collection[str]) -> list[str]:
        """The likeliest five colours in which there is something else of that kind."""
        return await self._store.colours(wish, kind=kind, but=but, most=5)


def cheaper(products: Collection[Product], told: Conversion | None = None) -> Wish | None:
    """A wish for less than half of the products cost, None where no price is known.

    In the currency in which they are ``told``, else in that which most of them have: amounts of
    several say nothing together.
    """
    priced = [product.price for product in products if product.price]
    prices = [(told and told.of(price)) or price for price in priced]
    if not prices:
        return None
    currencies = [price.currency for price in prices]
    currency = max(currencies, key=currencies.count)
    middle = median_low(price.amount for price in prices if price.currency == currency)
    less = ceil(middle) - 1 if middle >= _WHOLE_FROM else middle - Decimal("0.01")
    return Wish(most=Decimal(less), currency=currency)
