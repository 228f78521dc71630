"""Products by words: what fits a wish best, counted by the database."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, case, literal, or_, select

from core.catalogue import Gender
from core.storage.database import Database
from core.storage.tables import offers, products, shops
from core.wishes import Wish
from core.words import kinds_of_family

_KIND, _COLOUR, _OTHER = 8, 6, 4
"""What it counts that the kind, the colour, or anything else that is wished for is right."""

_Clause = ColumnElement[bool]
_Points = ColumnElement[int]


class FindStore:
    """What the shops sell, by words."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ranked(self, wish: Wish, *, limit: int) -> list[tuple[int, float]]:
        """Ids of products that are shown, and the share of the wish that each fulfils, 0 to 1.

        What fulfils all comes first, then what fulfils most; of equals the newest. Price and
        shops hold for all, and so does the kind: where a family of kinds is named ("shoes"), its
        others fulfil half of it. What says nothing of its colour or gender, or is for all, fulfils
        half of that too. Where the wish names no kind, its colour, gender or pattern has to be
        right outright, and where it names no thing at all, each of its words.
        """
        parts = list(_parts(wish))
        points = sum((got for _, got in parts), literal(0))
        query = (
            select(products.c.id, points.label("points"))
            .where(
                products.c.gone_at.is_(None),
                products.c.shop.in_(select(shops.c.name).where(shops.c.enabled)),
                *_conditions(wish),
            )
            .order_by(points.desc(), products.c.first_seen.desc(), products.c.id.desc())
            .limit(limit)
        )
        if wish.most is not None:
            query = query.join(offers)
        most = sum(most for most, _ in parts) or 1
        rows = await self._database.rows(query)
        return [(row.id, row.points / most if parts else 1.0) for row in rows]


def _conditions(wish: Wish) -> Iterator[_Clause]:
    if wish.kind:
        yield products.c.kind.in_({wish.kind, *kinds_of_family(wish.kind)})
    if wish.most is not None:
        yield offers.c.price <= wish.most
    if wish.currency:
        yield offers.c.currency == wish.currency
    if wish.shops:
        yield products.c.shop.in_([name for name, _ in wish.shops])
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
