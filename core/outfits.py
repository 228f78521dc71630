"""Outfits: the pieces that a photo or a product lacks, chosen to go together."""

import asyncio
import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.catalogue import Gender, Money, Product, Said
from core.compatibility import Codes, Compatibility
from core.errors import CatalogueEmpty
from core.index.generation import Generation
from core.index.index import Index
from core.informed import informed
from core.looks import Look
from core.sameness import is_buyable
from core.storage.catalogue import CatalogueStore
from core.storage.vectors import VectorStore
from core.vision.embedder import Sight
from core.vision.eye import Eye
from core.wardrobe import Hanging, Wardrobe, gender_in, missing, pieces_in
from core.words import piece_of_kind

Floats = NDArray[np.float32]

_DRAWN = 40  # products a piece that are looked up at first
_OTHERS = 12
_PRICED = 60  # products a piece that tell what such a thing costs
_FAR_PRICE = (
    0.7  # what a price 2.7 times as far up its shelf costs a product, as ``Codes.beside`` counts
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of an outfit: what it is ("shoes"), and after it the next best for its place."""

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


@dataclass(frozen=True, slots=True, eq=False)
class _Rack:
    """Products of one piece that may be had, and of each its code and what its price costs it."""

    products: Sequence[Product]
    codes: Codes
    dear: Floats

    def scores(self, worn_with: Floats) -> Floats:
        return self.codes.beside(worn_with) - self.dear


class Stylist:
    """Completes outfits from what the shops have.

    What it chooses depends on what is asked and on the catalogue alone. The learned model and the
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
        vectors: VectorStore,
    ) -> None:
        self._model = model
        self._eye = eye
        self._index = index
        self._catalogue = catalogue
        self._vectors = vectors
        self._opening = asyncio.Lock()
        self._opened: tuple[Generation, Wardrobe, Mapping[tuple[str, str], float]] | None = None

    async def of_photo(self, sight: Sight, look: Look) -> Outfit | None:
        """What goes with the garment of a sight; None where that is no piece of an outfit.

        Of a photo with several garments pass one of ``sight.garments``. Raises ``Unavailable``.
        """
        return await self._completed(
            _Asked(
                embedding=sight.embedding,
                fingerprint=sight.fingerprint,
                kind=look.kind,
                gender=look.gender,
            )
        )

    async def of_product(self, product: Product) -> Outfit | None:
        """What goes with a product; None where it is no piece of an outfit, or has no picture.

        Raises ``Unavailable``.
        """
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
            )
        )

    async def swap(self, outfit: Outfit, place: int) -> Outfit | None:
        """The same with the next best in that place, from 0; None when there is no other.

        What was there before does not come again.
        """
        piece = outfit.pieces[place]
        found = await self._catalogue.products(piece.others)
        for number, other in enumerate(piece.others, 1):
            if other in found and is_buyable(found[other]):
                new = replace(piece, product=found[other], others=piece.others[number:])
                rest = outfit.pieces
                return replace(outfit, pieces=(*rest[:place], new, *rest[place + 1 :]))
        return None

    async def _completed(self, asked: _Asked) -> Outfit | None:
        wardrobe, levels = await self._wardrobe(asked.fingerprint)
        row = asked.embedding[None]
        piece = piece_of_kind(asked.kind) or pieces_in(self._eye, row)[0]
        if piece is None:
            return None
        asked = replace(asked, gender=asked.gender or gender_in(self._eye, row)[0])
        code = self._model.see(row).vectors[0]
        racks: dict[str, _Rack] = {}
        for name in missing(piece, self._model, asked.gender, among=wardrobe.pieces):
            dearness = _dearness(piece, name, asked.price, levels)
            rack = await self._rack(wardrobe.rack(name, asked.gender), code, asked, dearness)
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
                dear = np.array([dearness.of(product) for product in products], np.float32)
                return _Rack(products, codes.of(rows), dear)
            count *= 4

    async def _wardrobe(
        self, fingerprint: str | None
    ) -> tuple[Wardrobe, Mapping[tuple[str, str], float]]:
        """The catalogue's, made anew with each generation of the index."""
        async with self._opening:
            generation = await asyncio.to_thread(lambda: self._index.current)
            if generation is None or not generation.info.rows:
                raise CatalogueEmpty("There is no product in the index.")
            self._model.must_be_of(
                generation.info.fingerprint, fingerprint or self._model.fingerprint
            )
            if self._opened is None or self._opened[0] is not generation:
                ids, vectors = generation.rows
                wardrobe = await asyncio.to_thread(
                    Wardrobe, ids, vectors, eye=self._eye, model=self._model
                )
                self._opened = generation, wardrobe, await self._levels(wardrobe)
            return self._opened[1:]

    async def _levels(self, wardrobe: Wardrobe) -> Mapping[tuple[str, str], float]:
        """What such a piece costs in that currency: the median of the prices' logarithms."""
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


def _fits(product: Product, piece: str, gender: Gender | None) -> bool:
    """Whether it may be had, and is not said to be anything else, or for others."""
    others = {Gender.WOMEN, Gender.MEN, Gender.KIDS} - {gender}
    return (
        is_buyable(product)
        and (product.kind is None or piece_of_kind(product.kind) == piece)
        and (gender in (None, Gender.UNISEX) or product.gender not in others)
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
