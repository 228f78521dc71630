"""The pictures of an album, as the platforms want them."""

import asyncio

from core.catalogue import Match, Product
from core.errors import PhotoError
from core.photos import to_jpeg
from core.storage.catalogue import CatalogueStore
from scraping.pictures import PictureSource


class AlbumPictures:
    """Product pictures as JPEG, from the store or, where that lost them, from the shop."""

    def __init__(self, source: PictureSource, catalogue: CatalogueStore) -> None:
        self._source = source
        self._catalogue = catalogue

    async def jpeg(self, match: Match) -> bytes | None:
        """The product's picture, None when there is none that can be read."""
        return await self._of(match.product)

    async def of_product(self, product_id: int) -> bytes | None:
        """The same by the product's id; None too for an id that is not known."""
        product = await self._catalogue.product(product_id)
        return await self._of(product) if product else None

    async def _of(self, product: Product) -> bytes | None:
        original = await self._source.original(product)
        if original is None:
            return None
        try:
            return await asyncio.to_thread(to_jpeg, original)
        except PhotoError:
            return None
