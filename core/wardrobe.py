"""The catalogue as outfits are chosen from it: of each row its piece, whom it is for, its code."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.catalogue import Gender
from core.compatibility import Codes, Compatibility
from core.heads import in_words
from core.index.exact import best
from core.vision.eye import Eye
from core.words import piece_of_kind, pieces

Floats = NDArray[np.float32]
Name = TypeVar("Name")

_LEAST_SURE = 0.5  # of what a row is, and for whom
_PIECES = 4  # beside what is asked about, which makes five
_OFTEN = 0.2  # of the looks with the one piece have the other: it belongs to them
_SEEN = 20  # looks with a piece tell what belongs to it
_BODY = frozenset({"dress", "top", "bottom"})


def pieces_in(eye: Eye, embeddings: Floats) -> list[str | None]:
    """Of float32[n, d] embeddings the piece that each shows; None where it is none, surely."""
    likely = {name: np.zeros(len(embeddings), np.float32) for name in pieces()}
    for kind, shares in in_words(eye, "kind", embeddings).items():
        if piece := piece_of_kind(kind):
            likely[piece] += shares
    return _surest(likely)


def gender_in(eye: Eye, embeddings: Floats) -> list[Gender | None]:
    """Likewise whom each is for."""
    return _surest(_genders(eye, embeddings)) or [None] * len(embeddings)


def _surest(likely: Mapping[Name, Floats]) -> list[Name | None]:
    """Empty without any name."""
    names, shares = list(likely), np.array(list(likely.values()))
    return (
        [
            names[best] if sure >= _LEAST_SURE else None
            for best, sure in zip(shares.argmax(axis=0).tolist(), shares.max(axis=0), strict=True)
        ]
        if names
        else []
    )


def missing(
    piece: str, model: Compatibility, gender: Gender | None, *, among: Collection[str]
) -> list[str]:
    """The pieces that an outfit with that one lacks, the most wanted first; at most four.

    What covers the body comes first, and shoes: a dress, or a top and a bottom, whichever goes
    with it more often. Then what the looks that were learned from have with such a piece. Of
    pieces only those ``among`` are had.
    """
    shares = model.together.get(piece, {})
    if model.looks.get(piece, 0) < _SEEN or gender is Gender.MEN:
        extra = _table()["usual"]["men" if gender is Gender.MEN else "women"]
    else:
        often = [name for name, share in shares.items() if share >= _OFTEN]
        extra = sorted(often, key=lambda name: -shares[name])
    wanted = [
        *_body(piece, shares, gender, among),
        "shoes",
        *(name for name in extra if name not in _BODY),
    ]
    wanted = [name for name in dict.fromkeys(wanted) if name != piece and name in among]
    return wanted[:_PIECES]


def _body(
    piece: str, shares: Mapping[str, float], gender: Gender | None, among: Collection[str]
) -> Sequence[str]:
    """What covers the body beside that piece."""
    if piece in _BODY:
        return {"dress": (), "top": ("bottom",), "bottom": ("top",)}[piece]
    ways = [("top", "bottom"), ("dress",)]
    if gender is not Gender.MEN and shares.get("dress", 0) > shares.get("bottom", 0):
        ways.reverse()
    return next((way for way in ways if set(way) <= set(among)), ())


class Wardrobe:
    """One generation's rows, by piece; made in a thread, then read from any."""

    def __init__(
        self, ids: NDArray[np.int64], embeddings: Floats, *, eye: Eye, model: Compatibility
    ) -> None:
        """``ids`` int64[n] and ``embeddings`` float32[n, d] are a generation's ``rows``."""
        shown = np.array(pieces_in(eye, embeddings), dtype=object)
        self._ids = ids
        self._for = _whom(eye, embeddings)
        self._codes = model.see(embeddings)
        rows = {name: np.flatnonzero(shown == name) for name in pieces()}
        self._rows = {name: some for name, some in rows.items() if len(some)}

    @property
    def pieces(self) -> Collection[str]:
        """Those that there are."""
        return self._rows.keys()

    def some(self, piece: str, count: int) -> list[int]:
        """At most ``count`` products that are such a piece, from all over the catalogue."""
        rows = self._rows[piece]
        ids: list[int] = self._ids[rows[:: -(-len(rows) // count)]].tolist()
        return ids

    def rack(
        self, piece: str, gender: Gender | None, *, among: NDArray[np.int64] | None = None
    ) -> "Hanging":
        """All that is such a piece, for ``gender`` or for everybody.

        That is read off the pictures and what shops say. Only of the ids ``among``, if given.
        """
        rows = self._rows[piece]
        if gender and gender in self._for:
            rows = rows[self._for[gender][rows] >= _LEAST_SURE]
        if among is not None:
            rows = rows[np.isin(self._ids[rows], among)]
        return Hanging(piece, self._ids[rows], self._codes.of(rows))


@dataclass(frozen=True, slots=True, eq=False)
class Hanging:
    """Products that are one piece by id, int64[n], and their codes."""

    piece: str
    ids: NDArray[np.int64]
    codes: Codes

    def best(self, worn_with: Floats, count: int) -> tuple[list[int], Codes]:
        """The ``count`` that go best with a code, float32[k], best first, and the code of each."""
        order = best(self.codes.beside(worn_with), count)
        ids: list[int] = self.ids[order].tolist()
        return ids, self.codes.of(order)


def _whom(eye: Eye, embeddings: Floats) -> Mapping[Gender, Floats]:
    """How likely each is for that gender, or for everybody; empty where that is not read."""
    likely = _genders(eye, embeddings)
    everybody = likely.get(Gender.UNISEX, np.float32(0))
    return {gender: everybody + some for gender, some in likely.items() if gender != Gender.UNISEX}


def _genders(eye: Eye, embeddings: Floats) -> dict[Gender, Floats]:
    if "gender" not in eye.slices:
        return {}
    return {Gender(name): some for name, some in in_words(eye, "gender", embeddings).items()}


@cache
def _table() -> Mapping[str, Any]:
    text = files("data").joinpath("vocabulary", "outfits.toml").read_text("utf-8")
    return tomllib.loads(text)
