"""The shops' sitemaps as they were last sent, so that an unchanged one need not come again."""

import asyncio
import gzip
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from core.storage.database import Database
from core.storage.pages import sendable
from core.storage.saving import stored_key
from core.storage.tables import sitemaps
from core.storage.types import utc_now
from core.storage.upserts import upsert

KEPT_FOR = timedelta(days=7)
"""Then one is asked for anew: some servers say "not modified" for ever."""

MOST_BYTES = 2_000_000
"""Packed; a larger one is not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSitemap:
    """A sitemap as it came; ``etag`` and ``last_modified`` are for asking "changed since?" by."""

    url: str
    body: bytes
    etag: str | None = None
    last_modified: str | None = None


class SitemapStore:
    """The sitemaps of every shop, by address."""

    def __init__(self, database: Database, *, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def kept(self, shop: str, url: str) -> KeptSitemap | None:
        """The sitemap where it came within ``KEPT_FOR``."""
        query = select(sitemaps.c.packed, sitemaps.c.etag, sitemaps.c.last_modified).where(
            sitemaps.c.shop == shop,
            sitemaps.c.url == stored_key(url),
            sitemaps.c.sent_at > self._now() - KEPT_FOR,
        )
        for packed, etag, last_modified in await self._database.rows(query):
            body = await asyncio.to_thread(gzip.decompress, packed)
            return KeptSitemap(url=url, body=body, etag=etag, last_modified=last_modified)
        return None

    async def keep(self, shop: str, sitemap: KeptSitemap) -> None:
        """Keep one that was sent just now, if it can be asked for by what it came with.

        Those of the shop that were sent too long ago are let go.
        """
        etag, last_modified = sendable(sitemap.etag), sendable(sitemap.last_modified)
        if etag is None and last_modified is None:
            return
        packed = await asyncio.to_thread(gzip.compress, sitemap.body, 6, mtime=0)
        if len(packed) > MOST_BYTES:
            return
        at = self._now()
        row = {
            "shop": shop,
            "url": stored_key(sitemap.url),
            "packed": packed,
            "etag": etag,
            "last_modified": last_modified,
            "sent_at": at,
        }
        async with self._database.write() as connection:
            await connection.execute(
                delete(sitemaps).where(sitemaps.c.shop == shop, sitemaps.c.sent_at < at - KEPT_FOR)
            )
            await upsert(connection, sitemaps, row, key=["shop", "url"])
