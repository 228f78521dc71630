"""Finding by words: a wish in, products that can be bought out."""

from collections.abc import Collection
from dataclasses import replace

from core.catalogue import Match
from core.sameness import is_buyable, one_card_each
from core.storage.catalogue import CatalogueStore
from core.storage.finding import FindStore
from core.wishes import Wish, wish_of

_NONE = Wish()
_DRAW = 2  # times what is wanted: some are the same product, or have no picture yet


class Finding:
    """Answers words with what the catalogue has."""

    def __init__(self, store: FindStore, catalogue: CatalogueStore) -> None:
        self._store = store
        self._catalogue = catalogue

    async def understood(self, text: str, *, currency: str | None = None) -> Wish:
        """What the text wishes for, of the shops that are open.

        Amounts are in that ``currency`` where it names none.
        """
        if not text.strip():
            return Wish()
        shops = await self._catalogue.shops()
        wish = wish_of(text, {shop.name: shop.title for shop in shops if shop.enabled})
        return replace(wish, currency=wish.currency or currency) if wish.is_priced else wish

    async def any_called(self, words: Collection[str]) -> bool:
        """Whether the shops have anything that is called by one of the words."""
        return await self._store.any_called(words)

    async def find(self, wish: Wish, *, most: int, filters: Wish = _NONE) -> list[Match]:
        """At most so many products with a picture, what fulfils most of the wish first.

        None is outside the ``filters``. Each once, by its cheapest offer; ``score`` is the share
        that it fulfils. Of what fulfils as much, what is sold out comes last.
        """
        ranked = await self._store.ranked(wish, limit=_DRAW * most, filters=filters)
        known = await self._catalogue.products([number for number, _ in ranked])
        matches = [
            Match(product=known[number], score=score)
            for number, score in ranked
            if number in known and known[number].picture
        ]
        matches.sort(key=lambda match: (-match.score, not is_buyable(match.product)))
        return [card for card in one_card_each(matches) if card is not None][:most]
