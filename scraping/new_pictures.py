"""The pictures of one shop whose content is not known yet."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from core.errors import FetchError, FetchFailed, PhotoError
from core.photos import open_photo
from core.storage.catalogue import CatalogueStore, ImageRow
from scraping.pictures import PictureSource
from scraping.shops import ShopConfig

logger = logging.getLogger(__name__)

MAX_FAILURES_IN_A_ROW = 20
_CHUNK = 50
_NOTE_EVERY = timedelta(seconds=2)

_Outcome = tuple[ImageRow, str | FetchError | PhotoError]
_AT_ONCE = 4


class NewPictures:
    """Fetches them, each address once a run; ``counts`` gets "pictures" and "pictures_failed"."""

    def __init__(
        self,
        shop: ShopConfig,
        catalogue: CatalogueStore,
        pictures: PictureSource,
        counts: Counter[str],
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._shop = shop
        self._catalogue = catalogue
        self._pictures = pictures
        self._counts = counts
        self._now = now
        self._limit = asyncio.Semaphore(_AT_ONCE)
        self._tried: set[int] = set()
        self._hashes: dict[str, str] = {}
        self._failures_in_a_row = 0

    async def fetch(self, on_done: Callable[[int], None]) -> None:
        """Fetch until none is left that was not tried; gives up where all fail in a row.

        What has come is noted every two seconds, so that little is lost to a kill.
        """
        while rows := await self._next_rows():
            tasks = [asyncio.create_task(self._one(row)) for row in rows]
            try:
                await self._note(tasks)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
            on_done(self._counts["pictures"] + self._counts["pictures_failed"])
            if self._failures_in_a_row >= MAX_FAILURES_IN_A_ROW:
                return

    async def _note(self, tasks: Sequence[asyncio.Task[_Outcome]]) -> None:
        contents: dict[int, str] = {}
        noted_at = self._now()
        for coming in asyncio.as_completed(tasks):
            row, outcome = await coming
            if isinstance(outcome, str):
                contents[row.id] = outcome
            elif is_final(outcome):
                why = str(outcome)[:300]
                await self._catalogue.set_image_content(row.id, None, error=why)
            if self._now() - noted_at >= _NOTE_EVERY:
                await self._catalogue.set_image_contents(contents)
                contents.clear()
                noted_at = self._now()
        await self._catalogue.set_image_contents(contents)

    async def _next_rows(self) -> Sequence[ImageRow]:
        """Pictures not tried in this run; those before them may have been, and failed."""
        after = 0
        while rows := await self._catalogue.pending_images(self._shop.name, _CHUNK, after=after):
            after = rows[-1].id
            fresh = [row for row in rows if row.id not in self._tried]
            if fresh:
                self._tried.update(row.id for row in fresh)
                return fresh
        return []

    async def _one(self, row: ImageRow) -> _Outcome:
        """The content hash, or what kept it from being known."""
        async with self._limit:
            if row.url in self._hashes:
                return row, self._hashes[row.url]
            try:
                data, content_hash = await self._pictures.fetch(
                    row.url, pace_per_s=self._shop.pace_per_s
                )
                await asyncio.to_thread(open_photo, data)
            except (FetchError, PhotoError) as error:
                level = logging.DEBUG if self._counts["pictures_failed"] else logging.WARNING
                logger.log(level, "%s: a picture: %s: %s", self._shop.name, row.url, error)
                self._counts["pictures_failed"] += 1
                self._failures_in_a_row += not is_final(error)
                return row, error
            self._counts["pictures"] += 1
            self._failures_in_a_row = 0
            self._hashes[row.url] = content_hash
            return row, content_hash


def is_final(error: FetchError | PhotoError) -> bool:
    """Whether asking again is useless as long as the picture's address stays the same."""
    if isinstance(error, FetchFailed):
        return error.status in {404, 410}
    return isinstance(error, PhotoError)
