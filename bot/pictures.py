"""The pictures of an album, as the platforms want them."""

import asyncio

from core.catalogue import Match, Product
from core.errors import PhotoError
from core.photos import to_jpeg
from core.storage.catalogue import CatalogueStore
from scraping.pictures import PictureSource

_PAGE_SIDE_PX = 640  # a card at twice its pixels


class AlbumPictures:
    """Product pictures as JPEG, from the store or, where that lost them, from the shop."""

    def __init__(self, source: PictureSource, catalogue: CatalogueStore) -> None:
        self._source = source
        self._catalogue = catalogue

    async def jpeg(self, match: Match) -> bytes | None:
        """The product's picture, None when there is none that can be read."""
        return await self._of(match.product)

    async def for_page(self, product_id: int, version: str) -> bytes | None:
        """A smaller one by the product's id and the first digits of the picture's hash.

        None too where the product has another picture by now.
        """
        product = await self._catalogue.product(product_id)
        if product is None or not (product.picture or "").startswith(version):
            return None
        return await self._of(product, max_side_px=_PAGE_SIDE_PX)

    async def _of(self, product: Product, *, max_side_px: int = 1280) -> bytes | None:
        original = await self._source.original(product)
        if original is None:
            return None
        try:
            return await asyncio.to_thread(to_jpeg, original, max_side_px=max_side_px)
        except PhotoError:
            return None
