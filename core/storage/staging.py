"""What a night has read of a shop, kept beside the catalogue until the night is judged."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import delete, select

from core.catalogue import ProductRecord
from core.storage.chunks import chunks
from core.storage.database import Database
from core.storage.pages import KnownPage, sendable
from core.storage.saving import normalised, stored_key
from core.storage.tables import staged_pages
from core.storage.upserts import upsert_all

CHUNK = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedPage:
    """A page that answered: ``records`` is what it shows, None where it is as it was.

    ``gone`` is one that answered that it is no more.
    """

    page: KnownPage
    records: tuple[ProductRecord, ...] | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedSoFar:
    """The addresses that a run has had answers for, each with the products that it showed.

    ``unread`` of them were as they had been, ``gone`` are no more.
    """

    shown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unread: int = 0
    gone: tuple[str, ...] = ()


class StagingStore:
    """The pages of runs that are not at their end."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(
        self, shop: str, run_id: int, staged: Sequence[StagedPage], *, seen_at: datetime
    ) -> None:
        """Keep pages that answered just now; of one address the latest answer counts."""
        rows = {
            stored_key(one.page.url): {
                "shop": shop,
                "url": stored_key(one.page.url),
                "run_id": run_id,
                "content": one.page.content,
                "product_keys": [stored_key(key) for key in one.page.keys],
                "etag": sendable(one.page.etag),
                "last_modified": sendable(one.page.last_modified),
                "records": _written(one.records),
                "gone": one.gone,
                "seen_at": seen_at,
            }
            for one in staged
        }
        for chunk in chunks(rows.values()):
            async with self._database.write() as connection:
                await upsert_all(connection, staged_pages, chunk, key=["shop", "url"])

    async def so_far(self, shop: str, run_id: int) -> StagedSoFar:
        """What a run can go on from."""
        query = select(
            staged_pages.c.url,
            staged_pages.c.product_keys,
            staged_pages.c.gone,
            staged_pages.c.records.is_(None).label("unread"),
        ).where(staged_pages.c.shop == shop, staged_pages.c.run_id == run_id)
        async with self._database.read() as connection:
            rows = list(await connection.execute(query))
        return StagedSoFar(
            shown={row.url: tuple(row.product_keys) for row in rows},
            unread=sum(1 for row in rows if row.unread and not row.gone),
            gone=tuple(row.url for row in rows if row.gone),
        )

    async def pages(
        self, shop: str, run_id: int
    ) -> AsyncIterator[tuple[datetime, Sequence[StagedPage]]]:
        """Every page of a run in the order of its answers, by the dozen, with their first date."""
        of_shop = staged_pages.c.shop == shop
        in_order = select(staged_pages.c.url).where(of_shop, staged_pages.c.run_id == run_id)
        async with self._database.read() as connection:
            urls = list(
                await connection.scalars(
                    in_order.order_by(staged_pages.c.seen_at, staged_pages.c.url)
                )
            )
        for chunk in chunks(urls, CHUNK):
            # Not by the run as well: SQLite would go through all of it for every dozen.
            query = select(staged_pages).where(of_shop, staged_pages.c.url.in_(chunk))
            rows = [row for row in await self._database.rows(query) if row.run_id == run_id]
            if rows:
                yield min(row.seen_at for row in rows), [_read(row) for row in rows]

    async def clear(self, shop: str, *, but: int | None = None) -> None:
        """Forget what runs over a shop have staged; that of the run ``but`` stays."""
        other = staged_pages.c.shop == shop
        if but is not None:
            other &= staged_pages.c.run_id != but
        async with self._database.write() as connection:
            await connection.execute(delete(staged_pages).where(other))


@cache
def _records() -> TypeAdapter[tuple[ProductRecord, ...]]:
    return TypeAdapter(tuple[ProductRecord, ...])


def _written(records: tuple[ProductRecord, ...] | None) -> list[Mapping[str, Any]] | None:
    if records is None:
        return None
    clean = tuple(normalised(record) for record in records)
    written: list[Mapping[str, Any]] = _records().dump_python(clean, mode="json")
    return written


def _read(row: Any) -> StagedPage:  # noqa: ANN401  a row of the query above
    records = None if row.records is None else _records().validate_python(row.records)
    return StagedPage(
        page=KnownPage(
            url=row.url,
            content=row.content,
            keys=tuple(row.product_keys),
            etag=row.etag,
            last_modified=row.last_modified,
        ),
        records=records,
        gone=row.gone,
    )
