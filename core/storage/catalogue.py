"""What the shops sell: saved as scraped, read as it may be shown."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, func, select, update

from core.catalogue import Availability, Gender, Money, Product, ProductRecord
from core.errors import ShopError
from core.storage.chunks import chunks
from core.storage.database import Database
from core.storage.saving import BAR, SaveCounts, normalised, save_chunk, stored_key
from core.storage.tables import images, offers, products, shops, vectors
from core.storage.types import utc_now
from core.storage.upserts import upsert

MISSES_TO_GO = 2
"""A product that as many complete runs in a row have not seen is gone."""


@dataclass(frozen=True, slots=True)
class ShopRow:
    """A shop that the catalogue knows; a disabled one is kept and not shown."""

    name: str
    title: str
    url: str | None
    enabled: bool


@dataclass(frozen=True, slots=True)
class ImageRow:
    """A product's picture; ``content_hash`` is None until it has been fetched."""

    id: int
    product_id: int
    url: str
    content_hash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """What is known of a product that is not gone; enough to compare a night with."""

    url: str | None
    price: Money | None
    has_picture: bool


@dataclass(frozen=True, slots=True)
class CatalogueCounts:
    """How many products can be shown with a picture, and of how many shops."""

    products: int
    shops: int


# A product is shown while its shop is enabled and it is not gone.
SHOWN = and_(products.c.gone_at.is_(None), shops.c.enabled)

_other = images.alias("other")
#: The id of a product's picture: the first of its images that could be read.
PICTURE_ID = (
    select(_other.c.id)
    .where(_other.c.product_id == products.c.id, _other.c.content_hash.is_not(None))
    .order_by(_other.c.position)
    .limit(1)
    .scalar_subquery()
)


class CatalogueStore:
    """The shops and their products."""

    def __init__(self, database: Database, *, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def shop_seen(self, name: str, title: str, url: str | None) -> None:
        """Announce a shop, or its new title and address; it keeps whether it is enabled."""
        async with self._database.write() as connection:
            row = {"name": name, "title": title, "url": url}
            await upsert(connection, shops, row, key=["name"])

    async def set_enabled(self, name: str, enabled: bool) -> None:
        """Show a shop's products, or hide them all. A shop not known is left at that."""
        async with self._database.write() as connection:
            await connection.execute(
                update(shops).where(shops.c.name == name).values(enabled=enabled)
            )

    async def shops(self) -> list[ShopRow]:
        """Every shop ever announced, by name."""
        query = select(shops.c.name, shops.c.title, shops.c.url, shops.c.enabled)
        async with self._database.read() as connection:
            return [ShopRow(*row) for row in await connection.execute(query.order_by(shops.c.name))]

    async def pictured(self) -> frozenset[str]:
        """The shops, disabled ones too, that sell something whose picture could be read."""
        sells = exists().where(
            products.c.shop == shops.c.name, products.c.gone_at.is_(None), PICTURE_ID.is_not(None)
        )
        async with self._database.read() as connection:
            return frozenset(await connection.scalars(select(shops.c.name).where(sells)))

    async def save(
        self, shop: str, records: Sequence[ProductRecord], *, seen_at: datetime
    ) -> SaveCounts:
        """Keep what a shop shows now; of two records with one key the later one counts.

        An unchanged record only moves its product's dates. One that comes back after it was gone
        counts as changed. Written in short transactions, so that chats need not wait; an error
        leaves the earlier ones, and saving again is harmless. Raises ``ShopError`` for a shop
        that was not announced.
        """
        counts = SaveCounts()
        distinct: dict[str, ProductRecord] = {}
        for record in records:
            distinct[stored_key(record.key)] = record
        for chunk in chunks(distinct.values()):
            clean = [normalised(record) for record in chunk]
            async with self._database.write() as connection:
                known = select(exists().where(shops.c.name == shop))
                if not await connection.scalar(known):
                    raise ShopError(f"The shop {shop!r} is not in the catalogue.")
                counts += await save_chunk(connection, shop, clean, seen_at)
        return counts

    async def ids(self, shop: str, keys: Iterable[str]) -> dict[str, int]:
        """By key, the ids of those of a shop's products that are known and not gone."""
        found: dict[str, int] = {}
        async with self._database.read() as connection:
            for chunk in chunks({stored_key(key): key for key in keys}.items()):
                by_stored = dict(chunk)
                query = select(products.c.key, products.c.id).where(
                    products.c.shop == shop,
                    products.c.key.in_(by_stored),
                    products.c.gone_at.is_(None),
                )
                for row in await connection.execute(query):
                    found[by_stored[row.key]] = row.id
        return found

    async def size(self, shop: str) -> int:
        """How many products of a shop are not gone."""
        query = select(func.count()).where(products.c.shop == shop, products.c.gone_at.is_(None))
        async with self._database.read() as connection:
            return int(await connection.scalar(query) or 0)

    async def sold(self, shop: str) -> dict[str, Sold]:
        """Every product of a shop that is not gone, by key."""
        pictured = exists().where(images.c.product_id == products.c.id).label("pictured")
        query = (
            select(products.c.key, products.c.url, offers.c.price, offers.c.currency, pictured)
            .join(offers)
            .where(products.c.shop == shop, products.c.gone_at.is_(None))
        )
        async with self._database.read() as connection:
            return {
                row.key: Sold(
                    url=row.url,
                    price=_money(row.price, row.currency),
                    has_picture=bool(row.pictured),
                )
                for row in await connection.execute(query)
            }

    async def finish_run(
        self,
        shop: str,
        *,
        started_at: datetime,
        complete: bool,
        misses_to_go: int = MISSES_TO_GO,
        spared: Collection[str] = (),
    ) -> int:
        """Close a run over a shop, and return how many products it showed to be gone.

        Only a complete run counts, and each once, however often it is closed. A product not seen
        since the start of ``misses_to_go`` complete runs in a row is gone. The keys ``spared``
        are of products that could not be looked at: for them, this run never was.
        """
        if not complete:
            return 0
        async with self._database.write() as connection:
            counted = await connection.execute(
                update(shops)
                .where(
                    shops.c.name == shop,
                    shops.c.counted_run.is_(None) | (shops.c.counted_run < started_at),
                )
                .values(counted_run=started_at)
            )
            if not counted.rowcount:
                return 0
            here = and_(products.c.shop == shop, products.c.gone_at.is_(None))
            missed = update(products).where(here, products.c.last_seen < started_at)
            await connection.execute(missed.values(missed_runs=products.c.missed_runs + 1))
            for chunk in chunks(stored_key(key) for key in spared):
                seen_not = missed.where(products.c.key.in_(chunk))
                await connection.execute(seen_not.values(missed_runs=products.c.missed_runs - 1))
            gone = await connection.execute(
                update(products)
                .where(here, products.c.missed_runs >= misses_to_go)
                .values(gone_at=started_at)
            )
            return gone.rowcount

    async def mark_gone(self, shop: str, keys: Iterable[str]) -> int:
        """Delist products whose pages are gone (404, 410), and return how many there were."""
        count = 0
        async with self._database.write() as connection:
            for chunk in chunks(stored_key(key) for key in keys):
                result = await connection.execute(
                    update(products)
                    .where(
                        products.c.shop == shop,
                        products.c.key.in_(chunk),
                        products.c.gone_at.is_(None),
                    )
                    .values(gone_at=self._now())
                )
                count += result.rowcount
        return count

    async def pending_images(
        self,
        shop: str | None = None,
        limit: int = 1000,
        *,
        after: int = 0,
        of: Collection[int] | None = None,
    ) -> list[ImageRow]:
        """Pictures to fetch: of each product shown, the first that is not known to be unreadable.

        In the order of their ids, from the one above ``after``, so that who could not fetch some
        goes on behind them. ``of`` are the only products that are wanted, a few by their ids.
        """
        earlier = images.alias("earlier")
        query = (
            select(images.c.id, images.c.product_id, images.c.url)
            .join(products, products.c.id == images.c.product_id)
            .join(shops)
            .where(
                SHOWN,
                images.c.content_hash.is_(None),
                images.c.error.is_(None),
                images.c.id > after,
                ~exists().where(
                    earlier.c.product_id == images.c.product_id,
                    earlier.c.position < images.c.position,
                    earlier.c.error.is_(None),
                ),
            )
            .order_by(images.c.id)
            .limit(limit)
        )
        if shop is not None:
            query = query.where(products.c.shop == shop)
        if of is not None:
            query = query.where(products.c.id.in_(of))
        async with self._database.read() as connection:
            return [ImageRow(*row) for row in await connection.execute(query)]

    async def set_image_content(
        self, image_id: int, content_hash: str | None, *, error: str | None = None
    ) -> None:
        """Note what a picture's URL held; with None and an error it is not asked for again."""
        if (content_hash is None) == (error is None):
            raise ValueError("Either a content hash or an error.")
        async with self._database.write() as connection:
            await connection.execute(
                update(images)
                .where(images.c.id == image_id)
                .values(content_hash=content_hash, error=error, fetched_at=self._now())
            )

    async def set_image_contents(self, contents: Mapping[int, str]) -> None:
        """Note many content hashes at once, by image id."""
        at = self._now()
        for chunk in chunks(contents.items()):
            async with self._database.write() as connection:
                await connection.execute(
                    update(images).where(images.c.id == bindparam("b_id")),
                    [
                        {"b_id": key, "content_hash": value, "error": None, "fetched_at": at}
                        for key, value in chunk
                    ],
                )

    async def images_without_vector(
        self, fingerprint: str, *, limit: int | None = None
    ) -> list[ImageRow]:
        """Pictures that the index needs and has no vector of; each content once."""
        known = exists().where(
            vectors.c.content_hash == images.c.content_hash, vectors.c.fingerprint == fingerprint
        )
        first = (
            select(func.min(images.c.id))
            .select_from(products)
            .join(shops)
            .join(images, images.c.id == PICTURE_ID)
            .where(SHOWN, ~known)
            .group_by(images.c.content_hash)
        )
        query = (
            select(images.c.id, images.c.product_id, images.c.url, images.c.content_hash)
            .where(images.c.id.in_(first))
            .order_by(images.c.id)
            .limit(limit)
        )
        async with self._database.read() as connection:
            return [ImageRow(*row) for row in await connection.execute(query)]

    async def product(self, product_id: int) -> Product | None:
        """One product, None when it is not known or not shown any more."""
        return (await self.products([product_id])).get(product_id)

    async def products(
        self, ids: Iterable[int], *, include_gone: bool = False
    ) -> dict[int, Product]:
        """Products by id, without those that are gone or of a disabled shop unless asked for."""
        query = _BY_ID if include_gone else _SHOWN_BY_ID
        found: dict[int, Product] = {}
        for chunk in chunks(dict.fromkeys(ids)):
            for row in await self._database.rows(query, {"ids": chunk}):
                product = _product(row)
                found[product.id] = product
        return found

    async def with_key(self, keys: Collection[str]) -> Product | None:
        """A product that has one of these keys in its shop, None when none is shown."""
        every_shop = select(shops.c.name)  # so that the index of shop and key serves
        query = (
            _products()
            .where(SHOWN, products.c.shop.in_(every_shop), products.c.key.in_(keys))
            .limit(1)
        )
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return _product(row) if row else None

    async def counts(self) -> CatalogueCounts:
        """What a photo is compared with."""
        query = (
            select(func.count(), func.count(products.c.shop.distinct()))
            .select_from(products)
            .join(shops)
            .where(
                SHOWN,
                exists().where(
                    images.c.product_id == products.c.id, images.c.content_hash.is_not(None)
                ),
            )
        )
        async with self._database.read() as connection:
            return CatalogueCounts(*(await connection.execute(query)).one())

    async def newest(self, limit: int, exclude: Collection[int] = ()) -> list[Product]:
        """The products seen first last, with a picture and not sold out, newest first."""
        query = (
            _products()
            .where(
                SHOWN,
                images.c.id.is_not(None),
                offers.c.availability != Availability.SOLD_OUT,
            )
            .order_by(products.c.first_seen.desc(), products.c.id.desc())
            .limit(limit + len(exclude))
        )
        async with self._database.read() as connection:
            rows = [row for row in await connection.execute(query) if row.id not in exclude]
        return [_product(row) for row in rows[:limit]]


def _products() -> Select[tuple[object, ...]]:
    return (
        select(
            products.c.id,
            products.c.shop,
            shops.c.title.label("shop_title"),
            products.c.key,
            products.c.title,
            products.c.url,
            products.c.brand,
            products.c.kind,
            products.c.colour,
            products.c.gender,
            offers.c.price,
            offers.c.currency,
            offers.c.availability,
            offers.c.sizes,
            offers.c.checked_at,
            images.c.content_hash.label("picture"),
            images.c.url.label("picture_url"),
        )
        .select_from(products)
        .join(shops)
        .join(offers)
        .outerjoin(images, images.c.id == PICTURE_ID)
    )


# Made once: every answer asks them, and making them takes as long as what they ask for.
_BY_ID = _products().where(products.c.id.in_(bindparam("ids", expanding=True)))
_SHOWN_BY_ID = _BY_ID.where(SHOWN)


def _product(row: Sequence[Any]) -> Product:
    id_, shop, shop_title, key, title, url, brand, kind, colour, gender, *offer = row
    price, currency, availability, sizes, checked_at, picture, picture_url = offer
    return Product(
        id=id_,
        shop=shop,
        shop_title=shop_title,
        key=key,
        title=title,
        url=url,
        brand=brand,
        kind=kind,
        colour=colour,
        gender=Gender(gender) if gender else None,
        price=_money(price, currency),
        availability=Availability(availability),
        checked_at=checked_at,
        picture=picture,
        picture_url=picture_url,
        sizes=tuple(sizes.strip(BAR).split(BAR)) if sizes else None,
    )


def _money(price: Decimal | None, currency: str | None) -> Money | None:
    return Money(price, currency) if price is not None and currency else None
