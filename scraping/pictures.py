"""Product pictures: from the store, else from where they were found."""

import asyncio
import logging
from pathlib import Path
from urllib.parse import unquote, urlsplit

from core.catalogue import Product
from core.errors import FetchError, FetchFailed, FetchRefused, StorageFailed
from core.photos import MAX_BYTES
from core.storage.pictures import PictureStore
from scraping.fetcher import PICTURE, Fetcher

logger = logging.getLogger(__name__)

_PATIENCE_S = 8.0


class PictureSource:
    """The original bytes of product pictures.

    The store's directory may be lost with a throw-away disk; then a picture is fetched again
    from its address (http, or ``file:`` for what was imported) and kept.
    """

    def __init__(self, store: PictureStore, fetcher: Fetcher) -> None:
        self._store = store
        self._fetcher = fetcher

    async def original(self, product: Product) -> bytes | None:
        """A product's picture, None when there is none or it cannot be had within seconds."""
        if product.picture and (kept := await self.stored(product.picture)):
            return kept
        if not product.picture_url:
            return None
        try:
            async with asyncio.timeout(_PATIENCE_S):
                return (await self.fetch(product.picture_url))[0]
        except (FetchError, StorageFailed, TimeoutError) as error:
            logger.info("No picture of product %s: %s", product.id, error or "too slow")
            return None

    async def stored(self, content_hash: str) -> bytes | None:
        """What the store has under this hash."""
        return await asyncio.to_thread(self._store.get, content_hash)

    async def fetch(self, url: str, *, pace_per_s: float | None = None) -> tuple[bytes, str]:
        """A picture from its address, and its content hash; it is in the store afterwards.

        Raises ``FetchError`` and ``StorageFailed``.
        """
        if url.startswith("file:"):
            data = await asyncio.to_thread(read_file_url, url)
        else:
            answer = await self._fetcher.fetch(url, PICTURE, pace_per_s=pace_per_s, max_wait_s=60.0)
            data = answer.body
        return data, await asyncio.to_thread(self._store.put, data)


def file_url(path: Path) -> str:
    """The ``file:`` address of a picture; its fragment changes when the file does."""
    stat = path.stat()
    return f"{path.absolute().as_uri()}#{stat.st_size}-{stat.st_mtime_ns // 1_000_000}"


def read_file_url(url: str) -> bytes:
    """The bytes of a ``file:`` address.

    Raises ``FetchRefused`` for more than are read, ``FetchFailed`` where there are none.
    """
    path = Path(unquote(urlsplit(url).path))
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FetchFailed(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) > MAX_BYTES:
        raise FetchRefused(f"{path} is larger than {MAX_BYTES / 1e6:.0f} MB.")
    return data
