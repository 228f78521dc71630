"""Products by wishes: what fits one best, and what lies within one, found by the database."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeVarTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, Text, case, cast, func, literal, or_, select

from core.catalogue import Availability, Gender
from core.rates import NO_RATES, Rates
from core.sizes import names_asked
from core.storage.database import Database
from core.storage.rates import RateStore
from core.storage.saving import BAR
from core.storage.tables import offers, products, shops
from core.storage.types import Amount, utc_now
from core.wishes import Wish
from core.words import kinds_of_family

_KIND, _COLOUR, _OTHER = 8, 6, 4
"""What it counts that the kind, the colour, or anything else that is wished for is right."""

NEW = timedelta(days=14)
"""How long after it was first seen a product is new."""

_NONE = Wish()
_Clause = ColumnElement[bool]
_Points = ColumnElement[int]
_Columns = TypeVarTuple("_Columns")


class FindStore:
    """What the shops sell, by wishes."""

    def __init__(self, database: Database, *, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._rates = RateStore(database, now=now)
        self._now = now

    async def ranked(
        self, wish: Wish, *, limit: int, filters: Wish = _NONE
    ) -> list[tuple[int, float]]:
        """Ids of products that are shown, and the share of the wish that each fulfils, 0 to 1.

        None is outside the ``filters`` as far as the wish does not go before them. What fulfils
        all comes first, then what fulfils most; of equals the newest. Price, shops, sizes, stock
        and being new hold for all, and so does the kind: where a family of kinds is named
        ("shoes"), its others fulfil half of it. What says nothing of its colour or gender, or is
        for all, fulfils half of that too. Where the wish names no kind, its colour, gender or
        pattern has to be right outright, and where it names no thing at all, each of its words.
        """
        parts = list(_parts(wish))
        points = sum((got for _, got in parts), literal(0))
        both = wish.inside(filters)
        query = (
            _joined(select(products.c.id, points.label("points")), both)
            .where(
                *await self._within(both),
                *_not_otherwise(replace(filters.beside(wish), but=wish.but)),
                *_conditions(wish),
            )
            .order_by(points.desc(), products.c.first_seen.desc(), products.c.id.desc())
            .limit(limit)
        )
        most = sum(most for most, _ in parts) or 1
        rows = await self._database.rows(query)
        return [(row.id, row.points / most if parts else 1.0) for row in rows]

    async def any_called(self, words: Collection[str]) -> bool:
        """Whether any product that is shown is called by one of the words."""
        if not words:
            return False
        query = select(products.c.id).where(*await self._within(_NONE), or_(*map(_says, words)))
        return bool(await self._database.rows(query.limit(1)))

    async def within(
        self, wish: Wish, *, among: Collection[int] | None = None
    ) -> NDArray[np.int64]:
        """Ids of all products that are shown and lie within the wish; ``among`` these, if given.

        Price, shops, sizes, stock and being new hold, and a kind that something is to be as; of
        colour and gender, that the shop says no other.
        """
        # In one row, as making many takes five times as long as finding them.
        listed = func.aggregate_strings(cast(products.c.id, Text), ",").label("listed")
        query = _joined(select(listed), wish)
        query = query.where(*await self._within(wish), *_not_otherwise(wish))
        if among is not None:
            query = query.where(products.c.id.in_(among))
        (row,) = await self._database.rows(query)
        return np.fromstring(row.listed or "", np.int64, sep=",")

    async def colours(
        self, wish: Wish, *, kind: str | None, most: int, but: Collection[str] = ()
    ) -> list[str]:
        """The colours that most of what lies within the wish has, whatever colour that names.

        None of these, nor of those in ``but``; of one kind, where that is known.
        """
        query = (
            _joined(select(products.c.colour), wish)
            .where(
                *await self._within(wish),
                *_not_otherwise(replace(wish, colours=())),
                products.c.colour.is_not(None),
                products.c.colour.not_in({*but, *wish.colours}),
            )
            .group_by(products.c.colour)
            .order_by(func.count().desc(), products.c.colour)
            .limit(most)
        )
        if kind:
            query = query.where(products.c.kind == kind)
        return [row.colour for row in await self._database.rows(query)]

    async def _within(self, wish: Wish) -> list[_Clause]:
        """What holds for all, besides that a product is shown."""
        rates = await self._rates.latest() if wish.is_priced and wish.currency else NO_RATES
        return [
            products.c.gone_at.is_(None),
            products.c.shop.in_(select(shops.c.name).where(shops.c.enabled)),
            *_pays(wish, rates),
            *self._is_offered(wish),
        ]

    def _is_offered(self, wish: Wish) -> Iterator[_Clause]:
        if wish.shops:
            yield products.c.shop.in_([name for name, _ in wish.shops])
        if wish.elsewhere or wish.barred:
            yield products.c.shop.not_in({*wish.elsewhere, *wish.barred})
        if wish.sizes:
            worn = [_comes_in(name) for name in names_asked(wish.sizes)]
            yield or_(*worn) if wish.sure_size else or_(offers.c.sizes.is_(None), *worn)
        if wish.in_stock:
            yield offers.c.availability == Availability.IN_STOCK
        if wish.new:
            yield products.c.first_seen >= self._now() - NEW


def _pays(wish: Wish, rates: Rates) -> Iterator[_Clause]:
    """What it may cost; in another currency by the rates, in one without a rate nothing."""

    def limit(amount: Decimal) -> ColumnElement[Decimal]:
        limits = wish.limits(amount, rates)
        if limits is None:
            return literal(amount, Amount)
        told = {name: literal(most, Amount) for name, most in limits.items()}
        return case(told, value=offers.c.currency)

    if wish.least is not None:
        yield offers.c.price >= limit(wish.least)
    if wish.most is not None:
        yield offers.c.price <= limit(wish.most)


def _comes_in(size: str) -> _Clause:
    return offers.c.sizes.contains(f"{BAR}{size}{BAR}", autoescape=True)


def _joined(query: Select[*_Columns], wish: Wish) -> Select[*_Columns]:
    """With the offers where they matter."""
    offered = wish.is_priced or wish.in_stock or wish.sizes
    return query.join(offers) if offered else query


def _not_otherwise(wish: Wish) -> Iterator[_Clause]:
    if wish.as_kind:
        yield products.c.kind == wish.kind
    if wish.colours:
        yield or_(products.c.colour.is_(None), products.c.colour.in_(wish.colours))
    if wish.but:
        for column in (products.c.colour, products.c.pattern):
            yield or_(column.is_(None), column.not_in(wish.but))
    if wish.gender:
        yield or_(products.c.gender.is_(None), products.c.gender.in_({wish.gender, Gender.UNISEX}))


def _conditions(wish: Wish) -> Iterator[_Clause]:
    if wish.kind:
        yield products.c.kind.in_({wish.kind, *kinds_of_family(wish.kind)})
    if not wish.names_a_thing:
        yield from map(_says, wish.words)
    elif not wish.kind:
        yield or_(*_outright(wish))


def _outright(wish: Wish) -> Iterator[_Clause]:
    """Of what is wished for besides a kind, that each is right."""
    if wish.colours:
        yield products.c.colour.in_(wish.colours)
    if wish.gender:
        yield products.c.gender == wish.gender
    if wish.pattern:
        yield products.c.pattern == wish.pattern


def _parts(wish: Wish) -> Iterator[tuple[int, _Points]]:
    """Of each thing wished for the most points that it gives, and those that a product gets."""
    if wish.kind:
        yield _points(_KIND, products.c.kind == wish.kind, half=products.c.kind != wish.kind)
    if wish.colours:
        right = products.c.colour.in_(wish.colours)
        yield _points(_COLOUR, right, half=products.c.colour.is_(None))
    if wish.gender:
        for_all = or_(products.c.gender.is_(None), products.c.gender == Gender.UNISEX)
        yield _points(_OTHER, products.c.gender == wish.gender, half=for_all)
    if wish.pattern:
        yield _points(_OTHER, products.c.pattern == wish.pattern)
    for word in wish.words:
        yield _points(_OTHER, _says(word))


def _points(most: int, right: _Clause, *, half: _Clause | None = None) -> tuple[int, _Points]:
    whens = [(right, most)] if half is None else [(right, most), (half, most // 2)]
    return most, case(*whens, else_=0)


def _says(word: str) -> _Clause:
    """Whether a product's title, brand or kind has a word that begins so."""
    return products.c.words.contains(f" {word}", autoescape=True)
