"""What the shops' pages were when last read, so that an unchanged one is not read again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from core.storage.chunks import chunks
from core.storage.database import Database
from core.storage.saving import SaveCounts, stored_key, touch
from core.storage.tables import pages, products
from core.storage.upserts import upsert_all

_LONGEST_VALIDATOR = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """A page as it was read; ``keys`` are the products that it showed.

    ``content`` names what was read, ``etag`` and ``last_modified`` are what the shop gave to ask
    "changed since?" by.
    """

    url: str
    content: str
    keys: tuple[str, ...]
    etag: str | None = None
    last_modified: str | None = None


class PageStore:
    """The pages of every shop, by address."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def known(self, shop: str, urls: Collection[str], *, reader: str) -> dict[str, KnownPage]:
        """Those of the pages that need no reading while they stay as they are.

        They were read by this ``reader``, and the catalogue still shows all that they showed.
        """
        by_key = {stored_key(url): url for url in urls}
        found: list[KnownPage] = []
        shown: set[str] = set()
        async with self._database.read() as connection:
            for chunk in chunks(by_key):
                query = select(
                    pages.c.url,
                    pages.c.content,
                    pages.c.product_keys,
                    pages.c.etag,
                    pages.c.last_modified,
                ).where(pages.c.shop == shop, pages.c.reader == reader, pages.c.url.in_(chunk))
                found += [
                    KnownPage(
                        url=by_key[row.url],
                        content=row.content,
                        keys=tuple(row.product_keys),
                        etag=row.etag,
                        last_modified=row.last_modified,
                    )
                    for row in await connection.execute(query)
                ]
            for chunk in chunks({key for page in found for key in page.keys}):
                live = select(products.c.key).where(
                    products.c.shop == shop, products.c.key.in_(chunk), products.c.gone_at.is_(None)
                )
                shown.update(await connection.scalars(live))
        return {page.url: page for page in found if shown.issuperset(page.keys)}

    async def save(
        self, shop: str, read: Sequence[KnownPage], *, reader: str, seen_at: datetime
    ) -> None:
        """Remember pages that this reader has just read, whose products have been saved."""
        for chunk in chunks({stored_key(page.url): page for page in read}.items()):
            rows = [
                {
                    "shop": shop,
                    "url": key,
                    "reader": reader,
                    "content": page.content,
                    "product_keys": [stored_key(product) for product in page.keys],
                    "etag": sendable(page.etag),
                    "last_modified": sendable(page.last_modified),
                    "seen_at": seen_at,
                }
                for key, page in chunk
            ]
            async with self._database.write() as connection:
                await upsert_all(connection, pages, rows, key=["shop", "url"])

    async def seen_again(
        self, shop: str, unchanged: Sequence[KnownPage], *, seen_at: datetime
    ) -> SaveCounts:
        """Note that pages are as they were, and so is all that they show."""
        keys = {stored_key(page.url) for page in unchanged}
        product_keys = {stored_key(key) for page in unchanged for key in page.keys}
        touched = 0
        for chunk in chunks(product_keys):
            async with self._database.write() as connection:
                query = select(products.c.id).where(
                    products.c.shop == shop, products.c.key.in_(chunk)
                )
                ids = list(await connection.scalars(query))
                await touch(connection, ids, seen_at)
                touched += len(ids)
        for chunk in chunks(keys):
            async with self._database.write() as connection:
                await connection.execute(
                    update(pages)
                    .where(pages.c.shop == shop, pages.c.url.in_(chunk))
                    .values(seen_at=seen_at)
                )
        return SaveCounts(unchanged=touched)

    async def keys_of(self, shop: str, urls: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The products that these pages showed when they were last read, whoever read them."""
        by_key = {stored_key(url): url for url in urls}
        shown: dict[str, tuple[str, ...]] = {}
        async with self._database.read() as connection:
            for chunk in chunks(by_key):
                query = select(pages.c.url, pages.c.product_keys).where(
                    pages.c.shop == shop, pages.c.url.in_(chunk)
                )
                for row in await connection.execute(query):
                    shown[by_key[row.url]] = tuple(row.product_keys)
        return shown

    async def keys_since(
        self, shop: str, url: str, *, reader: str, since: datetime
    ) -> tuple[str, ...] | None:
        """The products that a page showed if this reader has read it since then, else None."""
        query = select(pages.c.product_keys).where(
            pages.c.shop == shop,
            pages.c.url == stored_key(url),
            pages.c.reader == reader,
            pages.c.seen_at >= since,
        )
        async with self._database.read() as connection:
            keys: list[str] | None = await connection.scalar(query)
        return None if keys is None else tuple(keys)

    async def forget(self, shop: str, before: datetime) -> None:
        """Forget the pages of a shop that were last seen before then."""
        async with self._database.write() as connection:
            await connection.execute(
                delete(pages).where(pages.c.shop == shop, pages.c.seen_at < before)
            )


def sendable(validator: str | None) -> str | None:
    """A validator where it can be sent back as it came; None where it is not worth keeping."""
    if validator is None or len(validator) > _LONGEST_VALIDATOR:
        return None
    return validator if validator.isascii() and validator.isprintable() else None
