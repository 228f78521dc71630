"""``import``: a folder of product photos with a table becomes a shop in the catalogue."""

import asyncio
import logging
import re
import unicodedata
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from core.errors import FetchError, PhotoError, ShopError
from core.storage.catalogue import CatalogueStore, ImageRow
from core.storage.chunks import chunks
from core.storage.saving import SaveCounts
from core.storage.vectors import Floats, VectorStore
from core.vision.embedder import Embedder, Sight
from scraping.new_pictures import is_final
from scraping.pictures import PictureSource
from scraping.table import BadRow, Row, read_table

logger = logging.getLogger(__name__)

_CHUNK = 64

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import came to.

    ``pictures`` are those that were read this time, ``embedded`` those of them that were new to
    the network. ``skipped`` are the rows passed over, by line; ``notes`` are remarks on the
    whole table.
    """

    table: Path
    shops: tuple[str, ...]
    products: int
    saved: SaveCounts
    gone: int
    pictures: int
    embedded: int
    skipped: tuple[BadRow, ...]
    notes: tuple[str, ...]


class Importer:
    """Takes tables in, with what it is given."""

    def __init__(
        self,
        *,
        catalogue: CatalogueStore,
        vectors: VectorStore,
        pictures: PictureSource,
        embedder: Embedder,
        now: Callable[[], datetime],
    ) -> None:
        self._catalogue = catalogue
        self._vectors = vectors
        self._pictures = pictures
        self._embedder = embedder
        self._now = now

    async def run(
        self,
        folder: Path,
        *,
        shop: str | None = None,
        currency: str | None = None,
        on_progress: OnProgress = lambda _done, _total: None,
    ) -> ImportReport:
        """Import a folder (or one CSV) as ``shop``, which by default is called like the folder.

        A table with a column of shops makes one shop of each. What the catalogue has of these
        shops and the table has not is gone. Killed and started again, it goes on where it was:
        no picture is embedded twice. ``on_progress`` gets how many pictures are done, of how
        many to do. Raises ``ShopError`` for a folder without a usable table.
        """
        table = await asyncio.to_thread(read_table, folder, currency=currency)
        folder = await asyncio.to_thread(folder.resolve)
        if not table.rows:
            first = f" (line {table.bad[0].line}: {table.bad[0].reason})" if table.bad else ""
            raise ShopError(f"{table.path} has no product that can be used{first}.")
        shops: dict[str, list[Row]] = {}
        titles: dict[str, str] = {}
        own = shop or (folder.stem if folder == table.path else folder.name)
        for row in table.rows:
            title = row.shop or own
            name = slug(title)
            titles.setdefault(name, title)
            shops.setdefault(name, []).append(row)
        saved, gone = SaveCounts(), 0
        for name, rows in shops.items():
            counts, absent = await self._save(name, titles[name], rows)
            saved, gone = saved + counts, gone + absent
        lines = {(row.record.image_urls[0]): row.line for row in table.rows}
        run = _Pictures(self._catalogue, self._vectors, self._pictures, self._embedder)
        await run.take_in(tuple(shops), lines, on_progress)
        report = ImportReport(
            table=table.path,
            shops=tuple(shops),
            products=len(table.rows),
            saved=saved,
            gone=gone,
            pictures=run.done,
            embedded=run.embedded,
            skipped=tuple(sorted((*table.bad, *run.bad), key=lambda bad: bad.line)),
            notes=table.notes,
        )
        logger.info(
            "import %s: products=%d new=%d changed=%d gone=%d embedded=%d skipped=%d",
            table.path.name,
            report.products,
            saved.new,
            saved.changed,
            gone,
            report.embedded,
            len(report.skipped),
        )
        return report

    async def _save(self, name: str, title: str, rows: Sequence[Row]) -> tuple[SaveCounts, int]:
        started_at = self._now()
        await self._catalogue.shop_seen(name, title, None)
        counts = await self._catalogue.save(name, [row.record for row in rows], seen_at=started_at)
        gone = await self._catalogue.finish_run(
            name, started_at=started_at, complete=True, misses_to_go=1
        )
        return counts, gone


class _Pictures:
    """The pictures of one import on their way to the network."""

    def __init__(
        self,
        catalogue: CatalogueStore,
        vectors: VectorStore,
        pictures: PictureSource,
        embedder: Embedder,
    ) -> None:
        self._catalogue = catalogue
        self._vectors = vectors
        self._pictures = pictures
        self._embedder = embedder
        self._lines: dict[str, int] = {}
        self._on_its_way: set[str] = set()
        self._on_done: Callable[[], None] = lambda: None
        self.bad: list[BadRow] = []
        self.done = 0
        self.embedded = 0

    async def take_in(
        self, shops: Sequence[str], lines: dict[str, int], on_progress: OnProgress
    ) -> None:
        """Read and embed every picture of the shops that is not known yet."""
        rows = [
            row for shop in shops for row in await self._catalogue.pending_images(shop, limit=_ALL)
        ]
        self._lines = lines
        self._on_done = lambda: on_progress(self.done, len(rows))
        self._on_done()
        chunk: dict[int, tuple[str, Floats]] = {}
        async with aclosing(self._embedder.see_many(self._to_see(rows))) as seen:
            async for row, sight in seen:
                if isinstance(sight, Sight):
                    chunk[row.id] = (row.content_hash or "", sight.embedding)
                    self.embedded += 1
                else:
                    await self._refuse(row, sight)
                if len(chunk) >= _CHUNK:
                    await self._keep(chunk)
                self._count()
        await self._keep(chunk)

    async def _to_see(
        self, rows: Sequence[ImageRow]
    ) -> AsyncGenerator[tuple[ImageRow, Callable[[], Awaitable[bytes]]], None]:
        """Those whose content has no vector yet; the others are noted at once."""
        for some in chunks(rows, _CHUNK):
            hashes = await asyncio.gather(*(self._content(row) for row in some))
            read = [
                replace(row, content_hash=content)
                for row, content in zip(some, hashes, strict=True)
                if content
            ]
            contents = {row.content_hash for row in read if row.content_hash}
            missing = await self._vectors.missing(contents, self._embedder.fingerprint)
            known: dict[int, str] = {}
            for row in read:
                content = row.content_hash or ""
                if content in missing and content not in self._on_its_way:
                    self._on_its_way.add(content)
                    yield row, self._loader(row)
                else:
                    known[row.id] = content
                    self._count()
            await self._catalogue.set_image_contents(known)

    async def _content(self, row: ImageRow) -> str | None:
        """The content hash of a picture, which is in the store then."""
        try:
            return (await self._pictures.fetch(row.url))[1]
        except FetchError as error:
            await self._refuse(row, error)
            self._count()
            return None

    def _loader(self, row: ImageRow) -> Callable[[], Awaitable[bytes]]:
        # Not the bytes read before: many pictures are on their way at once, and some are large.
        async def load() -> bytes:
            kept = await self._pictures.stored(row.content_hash or "")
            return kept if kept is not None else (await self._pictures.fetch(row.url))[0]

        return load

    async def _keep(self, chunk: dict[int, tuple[str, Floats]]) -> None:
        """Vectors first: a content hash without one is looked after by the next night only."""
        await self._vectors.save(self._embedder.fingerprint, dict(chunk.values()))
        contents = {image_id: content for image_id, (content, _) in chunk.items()}
        await self._catalogue.set_image_contents(contents)
        chunk.clear()

    async def _refuse(self, row: ImageRow, error: FetchError | PhotoError) -> None:
        self.bad.append(BadRow(self._lines.get(row.url, 0), str(error)))
        if is_final(error):
            await self._catalogue.set_image_content(row.id, None, error=str(error)[:300])

    def _count(self) -> None:
        self.done += 1
        self._on_done()


_ALL = 10_000_000


def slug(title: str) -> str:
    """A shop's name made of its title: a-z, 0-9 and -, at most 64 of them."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64].strip("-") or "shop"
