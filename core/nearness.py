"""How near products are to a photo that no index generation holds yet."""

import asyncio
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from core.catalogue import Match, Said
from core.informed import informed
from core.sameness import is_buyable, one_card_each
from core.storage.catalogue import CatalogueStore
from core.storage.vectors import VectorStore
from core.vision.embedder import Embedder


class Nearness:
    """Compares with single products, by the same measure as the index."""

    def __init__(
        self, *, catalogue: CatalogueStore, vectors: VectorStore, embedder: Embedder
    ) -> None:
        self._catalogue = catalogue
        self._vectors = vectors
        self._embedder = embedder

    def measures(self, space: str | None) -> bool:
        """Whether products are embedded in that space now; not while the network changes."""
        return space == self._embedder.fingerprint

    async def rank(
        self, embedding: NDArray[np.float32], space: str, ids: Collection[int]
    ) -> list[Match]:
        """Those of the products that have a vector, the nearest to float32[d] first, each once.

        Scored as in an answer; what is sold out comes last. None at all of a space that it does
        not measure.
        """
        if not self.measures(space):
            return []
        eye = self._embedder.eye
        products = await self._catalogue.products(ids)
        pictures = {one.picture for one in products.values() if one.picture}
        vectors = await self._vectors.load(space, pictures)
        there = [one for one in products.values() if one.picture in vectors]
        if not there:
            return []
        rows = np.stack([vectors[one.picture or ""] for one in there])
        if eye:
            said = [Said(one.kind, one.colour, one.gender) for one in there]
            rows = await asyncio.to_thread(informed, eye, rows, said)
        cosines = (rows @ embedding / np.linalg.norm(rows, axis=1)).tolist()
        agreement = eye.agreement if eye else None
        scores = [agreement.at(cosine) if agreement else cosine for cosine in cosines]
        matches = [
            Match(product=product, score=score)
            for product, score in zip(there, scores, strict=True)
        ]
        matches.sort(key=lambda match: (not is_buyable(match.product), -match.score))
        return [card for card in one_card_each(matches) if card is not None]
