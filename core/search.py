"""Search: an embedding in, products that can be bought out."""

import asyncio
from collections.abc import Collection
from decimal import Decimal
from enum import StrEnum
from functools import partial

import numpy as np
from numpy.typing import NDArray

from core.catalogue import Availability, Match, Product
from core.index.index import Index
from core.storage.catalogue import CatalogueStore

STRONG_FROM = 0.70
FAIR_FROM = 0.60
"""Cosines. Of the shop's products near people's own photos the kind was right in 95 % from 0.70
on, in 80 % between the two, in 68 % below (held out from training; data/eye/README.md)."""

_FIRST_DRAW = 1.5  # times what is wanted: few are sold out or the same picture again
_NEXT_DRAW = 4


class Strength(StrEnum):
    """How much a match deserves to be called one."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


def strength(score: float) -> Strength:
    """What a cosine between a photo and a product's picture is worth."""
    if score >= STRONG_FROM:
        return Strength.STRONG
    return Strength.FAIR if score >= FAIR_FROM else Strength.WEAK


class Search:
    """Answers from the index with what the catalogue still has."""

    def __init__(self, index: Index, catalogue: CatalogueStore) -> None:
        self._index = index
        self._catalogue = catalogue

    async def similar(
        self,
        embedding: NDArray[np.float32],
        *,
        k: int = 5,
        exclude: Collection[int] = frozenset(),
        fingerprint: str | None = None,
    ) -> list[Match]:
        """The ``k`` nearest products to float32[d], best first; what is sold out comes last.

        No product and no picture twice, none of ``exclude``, none that is gone. Fewer than ``k``
        only when no more exist. ``fingerprint`` is the embedding's space, as in ``Index.search``.
        Raises ``CatalogueEmpty``.
        """
        search = partial(self._index.search, fingerprint=fingerprint)
        known: dict[int, Product] = {}
        asked: set[int] = set()
        draw = int(_FIRST_DRAW * k) + len(exclude)
        while True:
            ranked = await asyncio.to_thread(search, embedding, draw)
            new = [found for found, _ in ranked if found not in asked and found not in exclude]
            asked.update(new)
            known |= await self._catalogue.products(new)
            matches = _distinct(
                [
                    Match(product=known[found], score=score)
                    for found, score in ranked
                    if found in known
                ]
            )
            buyable = [match for match in matches if is_buyable(match.product)]
            if len(buyable) >= k:
                return buyable[:k]
            if len(ranked) < draw:
                sold_out = [match for match in matches if not is_buyable(match.product)]
                return [*buyable, *sold_out][:k]
            draw *= _NEXT_DRAW


def is_buyable(product: Product) -> bool:
    """Whether it may be had now, as far as is known."""
    return product.availability is not Availability.SOLD_OUT


def _distinct(ranked: list[Match]) -> list[Match]:
    """Of matches with the same picture the best offer, in the place of the nearest."""
    offers: dict[str, Match] = {}
    for match in ranked:
        picture = match.product.picture or f"product {match.product.id}"
        known = offers.get(picture)
        if known is None or _offer(match.product) < _offer(known.product):
            offers[picture] = match
    return list(offers.values())


def _offer(product: Product) -> tuple[bool, str, Decimal]:
    """Sorts what can be bought first, then the cheapest of a currency."""
    price = product.price
    return (
        not is_buyable(product),
        price.currency if price else "~",
        price.amount if price else Decimal(0),
    )
