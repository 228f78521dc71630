"""What one chunk of records does to the tables, in a handful of statements."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, overload

from sqlalchemy import bindparam, delete, insert, select, update

from core.catalogue import Availability, ProductRecord
from core.sizes import names_of
from core.storage.chunks import chunks
from core.storage.tables import images, offers, prices, products
from core.storage.transactions import Transaction
from core.storage.types import MAX_AMOUNT, ten_thousandths
from core.storage.upserts import upsert_all
from core.words import folded, pattern_of, words_in

MAX_KEY = 1000
"""Longer keys are cut and closed with their hash: PostgreSQL's indexes take 2,704 bytes."""
BAR = "|"
"""Stands before, between and after the names of an offer's sizes."""


@dataclass(frozen=True, slots=True)
class SaveCounts:
    """What became of the records: not known before (or back again), not as before, as before."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "SaveCounts") -> "SaveCounts":
        return SaveCounts(
            self.new + other.new, self.changed + other.changed, self.unchanged + other.unchanged
        )


def normalised(record: ProductRecord) -> ProductRecord:
    """The record as it can be kept: clean text, no picture twice, no price beyond reason."""
    price = record.price
    if price and not (price.amount.is_finite() and abs(price.amount) <= MAX_AMOUNT):
        price = None
    return replace(
        record,
        key=stored_key(record.key),
        title=_clean(record.title),
        url=_clean(record.url),
        brand=_clean(record.brand),
        kind=_clean(record.kind),
        colour=_clean(record.colour),
        price=price,
        sizes=tuple(map(_clean, record.sizes)),
        image_urls=tuple(dict.fromkeys(_clean(url) for url in record.image_urls)),
    )


def stored_key(key: str) -> str:
    """The key under which a record is kept."""
    key = _clean(key)
    if len(key.encode()) <= MAX_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return key.encode()[: MAX_KEY - len(digest)].decode(errors="ignore") + digest


@overload
def _clean(text: str) -> str: ...
@overload
def _clean(text: None) -> None: ...
def _clean(text: str | None) -> str | None:
    """Without what PostgreSQL does not take and pages do contain: NUL and lone surrogates."""
    if text is None or (text.isascii() and "\0" not in text):
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def record_hash(record: ProductRecord) -> str:
    """Names a normalised record; a product whose record hashes as before has not changed."""
    price = record.price and (ten_thousandths(record.price.amount), record.price.currency)
    fields = (
        record.title,
        record.url,
        record.brand,
        record.kind,
        record.colour,
        record.gender,
        price,
        record.availability,
        record.image_urls,
        *([record.sizes] if record.sizes else ()),
    )
    return hashlib.blake2b(json.dumps(fields).encode(), digest_size=16).hexdigest()


async def save_chunk(
    connection: Transaction, shop: str, records: Iterable[ProductRecord], seen_at: datetime
) -> SaveCounts:
    """Write records of distinct normalised keys, at most ``chunks.SIZE``."""
    by_key = {record.key: record for record in records}
    hashes = {key: record_hash(record) for key, record in by_key.items()}
    known = {
        row.key: row
        for row in await connection.execute(
            select(products.c.id, products.c.key, products.c.record_hash, products.c.gone_at).where(
                products.c.shop == shop, products.c.key.in_(by_key)
            )
        )
    }
    new = [record for key, record in by_key.items() if key not in known]
    same, changed = [], {}
    for key, row in known.items():
        if row.record_hash == hashes[key] and row.gone_at is None:
            same.append(row.id)
        else:
            changed[row.id] = by_key[key]

    if new:
        await _insert(connection, shop, new, hashes, seen_at)
    if changed:
        await _update(connection, changed, hashes, seen_at)
    if same:
        await touch(connection, same, seen_at)
    return SaveCounts(len(new), len(changed), len(same))


async def _insert(
    connection: Transaction,
    shop: str,
    records: Sequence[ProductRecord],
    hashes: dict[str, str],
    seen_at: datetime,
) -> None:
    first = {"shop": shop, "first_seen": seen_at}
    rows = [{**first, "key": record.key, **_product(record, hashes, seen_at)} for record in records]
    inserted = await connection.execute(
        insert(products).returning(products.c.id, products.c.key), rows
    )
    ids = {row.key: row.id for row in inserted}
    await connection.execute(
        insert(offers),
        [{"product_id": ids[record.key], **_offer(record, seen_at)} for record in records],
    )
    await _note_prices(connection, {ids[record.key]: record for record in records}, seen_at)
    pictures = [
        {"product_id": ids[record.key], "position": position, "url": url}
        for record in records
        for position, url in enumerate(record.image_urls)
    ]
    if pictures:
        await connection.execute(insert(images), pictures)


async def _update(
    connection: Transaction,
    records: dict[int, ProductRecord],
    hashes: dict[str, str],
    seen_at: datetime,
) -> None:
    await connection.execute(
        update(products).where(products.c.id == bindparam("b_id")),
        [
            {"b_id": product_id, **_product(record, hashes, seen_at)}
            for product_id, record in records.items()
        ],
    )
    had = {
        row.product_id: (row.price, row.currency, row.availability)
        for row in await connection.execute(select(offers).where(offers.c.product_id.in_(records)))
    }
    other = {
        product_id: record
        for product_id, record in records.items()
        if had.get(product_id) != _terms(record)
    }
    await _note_prices(connection, other, seen_at)
    await connection.execute(
        update(offers).where(offers.c.product_id == bindparam("b_id")),
        [{"b_id": product_id, **_offer(record, seen_at)} for product_id, record in records.items()],
    )
    await _update_images(connection, records)


async def _note_prices(
    connection: Transaction, records: dict[int, ProductRecord], seen_at: datetime
) -> None:
    """Begin a new stretch of history for products that cost something else now."""
    rows = []
    for product_id, record in records.items():
        price, currency, availability = _terms(record)
        terms = {"price": price, "currency": currency, "availability": availability}
        rows.append({"product_id": product_id, "since": seen_at, **terms})
    await upsert_all(connection, prices, rows, key=["product_id", "since"])


async def _update_images(connection: Transaction, records: dict[int, ProductRecord]) -> None:
    """Pictures are the same as long as their URL is: what is known of them stays."""
    had: dict[int, dict[str, Any]] = {product_id: {} for product_id in records}
    for row in await connection.execute(select(images).where(images.c.product_id.in_(records))):
        had[row.product_id][row.url] = row
    added, moved, dropped = [], [], []
    for product_id, record in records.items():
        old = had[product_id]
        for position, url in enumerate(record.image_urls):
            row = old.pop(url, None)
            if row is None:
                added.append({"product_id": product_id, "position": position, "url": url})
            elif row.position != position:
                moved.append({"b_id": row.id, "position": position})
        dropped += [row.id for row in old.values()]
    for ids in chunks(dropped):
        await connection.execute(delete(images).where(images.c.id.in_(ids)))
    if moved:
        await connection.execute(update(images).where(images.c.id == bindparam("b_id")), moved)
    if added:
        await connection.execute(insert(images), added)


async def touch(connection: Transaction, product_ids: Sequence[int], seen_at: datetime) -> None:
    """Move the dates of products that are as they were."""
    await connection.execute(
        update(products)
        .where(products.c.id.in_(product_ids))
        .values(last_seen=seen_at, missed_runs=0)
    )
    await connection.execute(
        update(offers).where(offers.c.product_id.in_(product_ids)).values(checked_at=seen_at)
    )


def _product(record: ProductRecord, hashes: dict[str, str], at: datetime) -> dict[str, Any]:
    return {
        "title": record.title,
        "url": record.url,
        "brand": record.brand,
        "kind": record.kind,
        "colour": record.colour,
        "gender": record.gender,
        "pattern": pattern_of(record.title),
        "words": searchable(record.title, record.brand, record.kind),
        "record_hash": hashes[record.key],
        "last_seen": at,
        "changed_at": at,
        "missed_runs": 0,
        "gone_at": None,
    }


def searchable(*texts: str | None) -> str:
    """The words of the texts, folded, each once and with a blank before it."""
    words = [folded(word) for text in texts for word in words_in(text or "")]
    return "".join(f" {word}" for word in dict.fromkeys(words))


def _offer(record: ProductRecord, at: datetime) -> dict[str, Any]:
    price, currency, availability = _terms(record)
    return {
        "price": price,
        "currency": currency,
        "availability": availability,
        "sizes": BAR + BAR.join(sizes) + BAR if (sizes := names_of(record.sizes)) else None,
        "checked_at": at,
    }


def _terms(record: ProductRecord) -> tuple[Decimal | None, str | None, Availability]:
    if record.price is None:
        return None, None, record.availability
    return record.price.amount, record.price.currency, record.availability
