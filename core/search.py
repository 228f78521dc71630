"""Search: an embedding in, products that can be bought out."""

import asyncio
import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

import numpy as np
from numpy.typing import NDArray

from core.catalogue import Match, Product
from core.index.index import Index
from core.sameness import is_buyable, one_card_each
from core.storage.catalogue import CatalogueStore
from core.vision.eye import Agreement
from core.words import family_of_kind

STRONG_FROM = 0.94
FAIR_FROM = 0.7
"""Scores in an answer: how likely people would call a product like their photo."""

_FIRST_DRAW = 1.5  # times what is wanted: few are sold out or the same picture again
_NEXT_DRAW = 4


class Strength(StrEnum):
    """How much a match deserves to be called one."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


def strength(score: float) -> Strength:
    """What to call a match with that score in an answer."""
    if score >= STRONG_FROM:
        return Strength.STRONG
    return Strength.FAIR if score >= FAIR_FROM else Strength.WEAK


def strength_of(match: Match, shown: str | None) -> Strength:
    """What to call a match in an answer to a photo of a garment of that kind.

    One of another family is weak, however near: where a shop has nothing nearer, half of such are
    wrong (docs/decisions/0033).
    """
    families = {family_of_kind(match.product.kind), family_of_kind(shown)} - {None}
    return Strength.WEAK if len(families) > 1 else strength(match.score)


@dataclass(frozen=True, slots=True)
class Found:
    """What is near, best first: ``matches`` to show, and after them ``rest``, ids with scores.

    Nothing of the rest has been looked up: some may be gone, sold out, or the same picture again.
    """

    matches: list[Match]
    rest: tuple[tuple[int, float], ...] = ()

    def worth(self, agreement: Agreement) -> "Found":
        """The same with the scores that an answer has, for cosines."""
        return Found(
            [replace(match, score=agreement.at(match.score)) for match in self.matches],
            tuple((number, agreement.at(cosine)) for number, cosine in self.rest),
        )

    def joined(self, others: Sequence[Match], *, k: int) -> "Found":
        """The same with others at their places, and ``k`` to show."""
        if not others:
            return self
        ranked = sorted(
            [*self.matches, *others],
            key=lambda match: (not is_buyable(match.product), -match.score),
        )
        pool = [card for card in one_card_each(ranked) if card]
        left = [(match.product.id, match.score) for match in pool[k:]]
        rest = sorted([*left, *self.rest], key=lambda one: -one[1])
        return Found(pool[:k], tuple(rest))


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
        """The ``matches`` of ``find``."""
        found = await self.find(embedding, k=k, exclude=exclude, fingerprint=fingerprint)
        return found.matches

    async def find(
        self,
        embedding: NDArray[np.float32],
        *,
        k: int = 5,
        in_all: int = 0,
        exclude: Collection[int] = frozenset(),
        allowed: NDArray[np.int64] | None = None,
        fingerprint: str | None = None,
    ) -> Found:
        """The ``k`` products nearest to float32[d], best first; what is sold out comes last.

        No product and no picture twice, none of ``exclude``, none that is gone, and where some ids
        are ``allowed`` none but those. Fewer than ``k`` only when no more exist. With the rest they
        are ``in_all``, as far as there are so many. ``fingerprint`` is the embedding's space, as in
        ``Index.search``. Raises ``CatalogueEmpty``.
        """
        search = partial(self._index.search, fingerprint=fingerprint, allowed=allowed)
        known: dict[int, Product] = {}
        draw = max(int(_FIRST_DRAW * k), in_all) + len(exclude)
        looked_up = int(_FIRST_DRAW * k)
        while True:
            drawn = await asyncio.to_thread(search, embedding, draw)
            ranked = [(number, score) for number, score in drawn if number not in exclude]
            while True:
                here = ranked[:looked_up]
                known |= await self._catalogue.products([n for n, _ in here if n not in known])
                cards = one_card_each(
                    [Match(product=known[n], score=score) for n, score in here if n in known]
                )
                matches = [card for card in cards if card is not None]
                buyable = [match for match in matches if is_buyable(match.product)]
                if len(buyable) >= k or looked_up >= len(ranked):
                    break
                looked_up *= _NEXT_DRAW
            if len(buyable) < k and len(drawn) == draw:
                draw *= _NEXT_DRAW
                continue
            sold_out = [match for match in matches if not is_buyable(match.product)]
            shown = (buyable if len(buyable) >= k else [*buyable, *sold_out])[:k]
            return Found(shown, _after(shown, ranked, known, count=in_all - len(shown)))


def _after(
    shown: Sequence[Match],
    ranked: Sequence[tuple[int, float]],
    known: Mapping[int, Product],
    *,
    count: int,
) -> tuple[tuple[int, float], ...]:
    """Those that are not shown, without what was looked up and is a shown product or gone."""
    pictures = {match.product.picture for match in shown if match.product.picture}
    ids = {one.id for match in shown for one in (match.product, *match.also)}
    left = (
        (number, score)
        for number, score in ranked
        if number not in ids and (number not in known or known[number].picture not in pictures)
    )
    return tuple(itertools.islice(left, max(count, 0)))
