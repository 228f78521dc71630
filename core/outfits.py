"""Outfits: the pieces that a photo or a product lacks, chosen to go together."""

import asyncio
import math
import statistics
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.catalogue import Gender, Money, Product, Said
from core.compatibility import Codes, Compatibility
from core.errors import CatalogueEmpty
from core.index.generation import GenerationInfo
from core.index.index import Index
from core.informed import informed
from core.looks import Look
from core.sameness import is_buyable
from core.storage.catalogue import CatalogueStore
from core.storage.finding import FindStore
from core.storage.vectors import VectorStore
from core.vision.eye import Eye
from core.wardrobe import Hanging, Wardrobe, gender_in, missing, pieces_in
from core.wishes import Wish
from core.words import kind_of, piece_of_kind

Floats = NDArray[np.float32]

_NO_FILTERS = Wish()
_DRAWN = 40  # products a piece that are looked up at first
_OTHERS = 12
_PRICED = 60  # products a piece that tell what such a thing costs
_WORN = 1_000.0  # what each time that it was shown costs a product: more than all else
_FAR_PRICE = (
    0.7  # what a price 2.7 times as far up its shelf costs a product, as ``Codes.beside`` counts
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of an outfit: what it is ("shoes"), and by id the next best for its place."""

    name: str
    product: Product
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outfit:
    """What goes with what was asked about, a ``piece`` itself; the most wanted piece first."""

    piece: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Asked:
    embedding: Floats
    fingerprint: str | None
    kind: str | None
    gender: Gender | None
    price: Money | None = None
    picture: str | None = None
    before: Counter[int]
    filters: Wish


@dataclass(frozen=True, slots=True, eq=False)
class _Opened:
    """A generation of the index as outfits are chosen from it.

    ``levels`` are what a piece costs in a currency: the median of the prices' logarithms.
    """

    info: GenerationInfo
    wardrobe: Wardrobe
    levels: Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True, eq=False)
class _Rack:
    """Products of one piece that may be had, and of each its code and what is against it."""

    products: Sequence[Product]
    codes: Codes
    against: Floats

    def scores(self, worn_with: Floats) -> Floats:
        return self.codes.beside(worn_with) - self.against


class Stylist:
    """Completes outfits from what the shops have.

    What it chooses depends on what is asked and on the catalogue alone, and lies within the
    ``filters`` that it is given. The learned model and the
    eye are of one embedding space; nothing is to be had of an index of another, which is
    ``Unavailable``.
    """

    def __init__(
        self,
        model: Compatibility,
        eye: Eye,
        *,
        index: Index,
        catalogue: CatalogueStore,
        finding: FindStore,
        vectors: VectorStore,
    ) -> None:
        self._model = model
        self._eye = eye
        self._index = index
        self._catalogue = catalogue
        self._finding = finding
        self._vectors = vectors
        self._opening = asyncio.Lock()
        self._opened: _Opened | None = None

    async def prepare(self) -> None:
        """Make ready for the generation of the index that is there now; at once where that is done.

        Until then outfits are chosen from the generation before. Raises ``Unavailable``.
        """
        async with self._opening:
            generation = await asyncio.to_thread(lambda: self._index.current)
            if generation is None or not generation.info.rows:
                raise CatalogueEmpty("There is no product in the index.")
            self._model.must_be_of(generation.info.fingerprint)
            if self._opened and self._opened.info == generation.info:
                return
            ids, vectors = generation.rows
            wardrobe = await asyncio.to_thread(
                Wardrobe, ids, vectors, eye=self._eye, model=self._model
            )
            self._opened = _Opened(generation.info, wardrobe, await self._levels(wardrobe))

    def can(self, kind: str | None, space: str | None) -> bool:
        """Whether what is of that kind may get an outfit in that space, as far as is known."""
        return _may_be_worn(kind) and space in (None, self._model.fingerprint)

    async def of_photo(
        self,
        embedding: Floats,
        space: str | None,
        look: Look,
        *,
        before: Sequence[int] = (),
        filters: Wish = _NO_FILTERS,
    ) -> Outfit | None:
        """What goes with the garment of an embedding; None where that is no piece of an outfit.

        Of products whose ids were ``before`` any other comes first. Raises ``Unavailable``.
        """
        return await self._completed(
            _Asked(
                embedding=embedding,
                fingerprint=space,
                kind=look.kind,
                gender=look.gender,
                before=Counter(before),
                filters=filters,
            )
        )

    async def of_product(
        self, product: Product, *, before: Sequence[int] = (), filters: Wish = _NO_FILTERS
    ) -> Outfit | None:
        """Likewise with a product; None, too, where that has no picture."""
        fingerprint = self._model.fingerprint
        known = await self._vectors.load(fingerprint, [product.picture] if product.picture else [])
        if not known:
            return None
        said = Said(product.kind, product.colour, product.gender)
        (vector,) = informed(self._eye, np.stack(list(known.values())), [said])
        return await self._completed(
            _Asked(
                embedding=vector,
                fingerprint=fingerprint,
                kind=product.kind,
                gender=product.gender,
                price=product.price,
                picture=product.picture,
                before=Counter(before),
                filters=filters,
            )
        )

    async def piece(
        self, name: str, ids: Sequence[int], *, filters: Wish = _NO_FILTERS
    ) -> Piece | None:
        """The first of the products that is such a piece and may be had, the others after it.

        None without any.
        """
        inside: Collection[int] = ids
        if not filters.is_empty:
            inside = (await self._finding.within(filters, among=ids)).tolist()
        found = await self._catalogue.products(inside)
        for number, one in enumerate(ids, 1):
            if one in found and _fits(found[one], name, None):
                return Piece(name=name, product=found[one], others=tuple(ids[number:]))
        return None

    async def _completed(self, asked: _Asked) -> Outfit | None:
        opened = await self._wardrobe(asked.fingerprint)
        if not _may_be_worn(asked.kind):
            return None
        row = asked.embedding[None]
        piece = piece_of_kind(asked.kind) or pieces_in(self._eye, row)[0]
        if piece is None:
            return None
        gender = asked.filters.gender or asked.gender or gender_in(self._eye, row)[0]
        asked = replace(asked, gender=gender)
        inside = None
        if not asked.filters.is_empty:
            inside = await self._finding.within(asked.filters)
        code = self._model.see(row).vectors[0]
        racks: dict[str, _Rack] = {}
        for name in missing(piece, self._model, asked.gender, among=opened.wardrobe.pieces):
            dearness = _dearness(piece, name, asked.price, opened.levels)
            hanging = opened.wardrobe.rack(name, asked.gender, among=inside)
            rack = await self._rack(hanging, code, asked, dearness)
            if rack.products:
                racks[name] = rack
        pieces = await asyncio.to_thread(_chosen, racks, code)
        return Outfit(piece=piece, pieces=tuple(pieces))

    async def _rack(
        self, hanging: Hanging, code: Floats, asked: _Asked, dearness: "_Dearness"
    ) -> _Rack:
        """What goes best with the code alone, as far as it may be had, each picture once."""
        count = _DRAWN
        while True:
            ids, codes = await asyncio.to_thread(hanging.best, code, count)
            found = await self._catalogue.products(ids)
            pictures = {asked.picture}
            rows = []
            for row, number in enumerate(ids):
                product = found.get(number)
                if product is None or product.picture in pictures:
                    continue
                if _fits(product, hanging.piece, asked.gender):
                    pictures.add(product.picture)
                    rows.append(row)
            if len(rows) > _OTHERS or len(ids) < count:
                products = [found[ids[row]] for row in rows]
                against = [dearness.of(one) + _WORN * asked.before[one.id] for one in products]
                return _Rack(products, codes.of(rows), np.array(against, np.float32))
            count *= 4

    async def _wardrobe(self, fingerprint: str | None) -> "_Opened":
        self._model.must_be_of(fingerprint or self._model.fingerprint)
        if self._opened is None:
            await self.prepare()
        assert self._opened is not None  # noqa: S101 - prepared, or raised
        return self._opened

    async def _levels(self, wardrobe: Wardrobe) -> Mapping[tuple[str, str], float]:
        """As in ``_Opened``."""
        prices: dict[tuple[str, str], list[float]] = {}
        for name in wardrobe.pieces:
            for product in (await self._catalogue.products(wardrobe.some(name, _PRICED))).values():
                if product.price:
                    known = prices.setdefault((name, product.price.currency), [])
                    known.append(_logarithm(product.price))
        return {key: statistics.median(some) for key, some in prices.items()}


@dataclass(frozen=True, slots=True)
class _Dearness:
    """What a product's price costs it: how far it is from the level of what was asked about."""

    wanted: float | None
    levels: Mapping[str, float]

    def of(self, product: Product) -> float:
        price = product.price
        if self.wanted is None or not price or price.currency not in self.levels:
            return 0.0
        level = _logarithm(price) - self.levels[price.currency]
        return _FAR_PRICE * abs(level - self.wanted)


def _dearness(
    piece: str, name: str, price: Money | None, levels: Mapping[tuple[str, str], float]
) -> _Dearness:
    usual = levels.get((piece, price.currency)) if price else None
    wanted = _logarithm(price) - usual if price and usual is not None else None
    return _Dearness(
        wanted, {money: level for (one, money), level in levels.items() if one == name}
    )


def _logarithm(price: Money) -> float:
    return math.log(max(float(price.amount), 0.01))


def _may_be_worn(kind: str | None) -> bool:
    """Whether it is a piece of an outfit, or no kind that we know, so that the eye has to tell."""
    return piece_of_kind(kind) is not None or kind_of(kind) is None


def _fits(product: Product, piece: str, gender: Gender | None) -> bool:
    """Whether it may be had, and is not said to be anything else, or for others."""
    others = {Gender.WOMEN, Gender.MEN, Gender.KIDS} - {gender}
    if gender is Gender.UNISEX:
        others = {Gender.KIDS}
    return (
        is_buyable(product)
        and (product.kind is None or piece_of_kind(product.kind) == piece)
        and (gender is None or product.gender not in others)
    )


def _chosen(racks: Mapping[str, _Rack], code: Floats) -> list[Piece]:
    """Of each rack what goes best with what is asked about and with what was chosen before."""
    worn: dict[str, Floats] = {}
    taken: dict[str, int] = {}
    for name, rack in racks.items():
        scores = rack.scores(np.mean([code, *worn.values()], axis=0))
        taken[name] = int(scores.argmax())
        worn[name] = rack.codes.vectors[taken[name]]
    pieces = []
    for name, rack in racks.items():
        others = [vector for other, vector in worn.items() if other != name]
        order = np.argsort(-rack.scores(np.mean([code, *others], axis=0)), kind="stable")
        left = [rack.products[row].id for row in order.tolist() if row != taken[name]]
        pieces.append(
            Piece(name=name, product=rack.products[taken[name]], others=tuple(left[:_OTHERS]))
        )
    return pieces
