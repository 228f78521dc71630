"""Fitting light heads to what a catalogue says of its products, and judging them."""

import asyncio
import hashlib
import math
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.catalogue import Said
from core.heads import Head, in_words, named_parts, reading_of
from core.vision.eye import Eye, softmax
from core.words import WORDS

Floats = NDArray[np.float32]
Rows = AsyncIterator[tuple[NDArray[np.int64], Floats, Sequence[Said]]]

_MOST = 20_000  # pictures
_LEAST = 20  # pictures of a name
_FEWEST = 2  # names
_HELD_OUT = 5  # one picture in so many
_RIDGE = 50.0  # times the mean variance: as much as so many pictures
_STEPS = 60  # on real photos 20 came as far
_DOUBT = 5.0  # pictures: a name that the eye saw so often is half covered
_WARMTHS = tuple(2 ** (step / 8) for step in range(-16, 17))
_SURE = 1.64  # standard deviations: one fit in twenty is better by chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What came of fitting one head; ``head`` is None where the eye's own reading stays.

    ``before`` and ``after`` are the shares of ``held_out`` pictures whose likeliest word is the
    one that their shop gives; ``gained`` and ``lost`` are how many became right and wrong.
    """

    of: str
    names: int
    held_out: int = 0
    before: float = 0.0
    after: float = 0.0
    gained: int = 0
    lost: int = 0
    head: Head | None = None

    def __str__(self) -> str:
        if not self.held_out:
            return f"{self.of} left alone: names with {_LEAST} pictures or more: {self.names}"
        what = "adopted" if self.head else "left alone"
        why = "" if self.head or self.gained <= self.lost else ", which may be chance"
        return (
            f"{self.of} {what}: {self.names} names, right in {self.before:.3f} before and "
            f"{self.after:.3f} after (+{self.gained} -{self.lost}{why}) of {self.held_out} held out"
        )


async def fit_heads(rows: Rows, eye: Eye) -> list[Fit]:
    """A fit for each of kind, colour and gender, from what ``VectorStore.rows`` gives.

    The same products in another order give the same. At most 20,000 pictures are learned from
    and judged by: with more products, those of the lowest hashes. The work is done in a thread;
    numpy uses no others while an embedder is open.
    """
    pictures: list[_Picture] = []
    async for _, embeddings, said in rows:
        await asyncio.to_thread(_take_in, pictures, embeddings, said)
    return await asyncio.to_thread(_fits, eye, pictures) if pictures else []


class _Picture(NamedTuple):
    """``drawn`` is a hash of the embedding, which equal pictures have in common."""

    drawn: int
    said: Said
    embedding: NDArray[np.float16]


def _take_in(pictures: list[_Picture], embeddings: Floats, said: Sequence[Said]) -> None:
    for embedding, words in zip(embeddings, said, strict=True):
        stored = embedding.astype(np.float16)
        pictures.append(_Picture(_drawn(stored), words, stored))
    if len(pictures) > 1.5 * _MOST:
        _thin(pictures)


def _drawn(row: NDArray[np.float16]) -> int:
    return int.from_bytes(hashlib.blake2b(row.tobytes(), digest_size=8).digest(), "big")


def _thin(pictures: list[_Picture]) -> None:
    pictures.sort(key=lambda picture: (picture.drawn, str(picture.said)))
    del pictures[_MOST:]


def _fits(eye: Eye, pictures: list[_Picture]) -> list[Fit]:
    _thin(pictures)
    embeddings = np.array([picture.embedding for picture in pictures], np.float32)
    held_out = np.array([picture.drawn % _HELD_OUT == 0 for picture in pictures])
    return [
        _fit(
            eye,
            name,
            embeddings,
            np.array([getattr(picture.said, name) or "" for picture in pictures]),
            held_out,
        )
        for name in WORDS
        if name in eye.slices
    ]


def _fit(
    eye: Eye, of: str, embeddings: Floats, words: NDArray[np.str_], held_out: NDArray[np.bool_]
) -> Fit:
    """Fit a head to float32[n, d] and the word for each ("" = none), but for those held out.

    It is adopted where it does better on these, by more than chance would have it.
    """
    known = words != ""
    names, counts = np.unique(words[known], return_counts=True)
    names = names[counts >= _LEAST]
    own = np.isin(words, names)
    learning, judging = known & ~held_out, known & held_out
    if len(names) < _FEWEST or not (own & learning).any() or not (own & judging).any():
        return Fit(of=of, names=len(names))
    parts, wanted = named_parts(eye, embeddings), np.searchsorted(names, words)
    kernel, bias = _logistic(parts[own & learning], wanted[own & learning], len(names))
    warmth = _warmth(parts[own & judging] @ kernel + bias, wanted[own & judging])
    head = Head(
        names=tuple(names.tolist()),
        kernel=kernel / warmth,
        bias=bias / warmth,
        covered=_covered(reading_of(eye, of, embeddings[learning]), own[learning]),
    )
    before, after = (
        _right(in_words(eye, of, embeddings[judging], some), words[judging])
        for some in (None, head)
    )
    gained, lost = int((after & ~before).sum()), int((before & ~after).sum())
    return Fit(
        of=of,
        names=len(names),
        held_out=int(judging.sum()),
        before=float(before.mean()),
        after=float(after.mean()),
        gained=gained,
        lost=lost,
        head=head if gained - lost > _SURE * math.sqrt(gained + lost) else None,
    )


def _logistic(rows: Floats, wanted: NDArray[np.intp], classes: int) -> tuple[Floats, Floats]:
    """Kernel float32[d, classes] and bias of a multinomial logistic regression with a ridge.

    Newton's steps with the curvature that is nowhere less (Boehning 1992), so that they need no
    length, and Nesterov's momentum, begun anew when it leads uphill (O'Donoghue, Candes 2015).
    """
    mean = rows.mean(axis=0)
    inputs = np.ones((len(rows), rows.shape[1] + 1), np.float32)
    np.subtract(rows, mean, out=inputs[:, :-1])
    ridge = np.full(inputs.shape[1], _RIDGE * max(float(rows.var(axis=0).mean()), 1e-9))
    ridge[-1] = 1e-3  # the bias is free
    curvature = (inputs.T @ inputs).astype(np.float64) / 2 + np.diag(ridge)
    step, pull = np.linalg.inv(curvature).astype(np.float32), ridge[:, None].astype(np.float32)
    found = ahead = np.zeros((inputs.shape[1], classes), np.float32)
    pace = 1.0
    for _ in range(_STEPS):
        off = softmax(inputs @ ahead)
        off[np.arange(len(rows)), wanted] -= 1
        slope = inputs.T @ off + pull * ahead
        following = ahead - step @ slope
        if (slope * (following - found)).sum() > 0:
            pace = 1.0
        faster = (1 + math.sqrt(1 + 4 * pace**2)) / 2
        ahead = following + np.float32((pace - 1) / faster) * (following - found)
        found, pace = following, faster
    return found[:-1], found[-1] - mean @ found[:-1]


def _warmth(scores: Floats, wanted: NDArray[np.intp]) -> float:
    """What scores are divided by to make what is right as likely as can be (Guo et al. 2017)."""

    def surprise(warmth: float) -> float:
        likely = softmax(scores / np.float32(warmth))[np.arange(len(wanted)), wanted]
        return -float(np.log(likely + 1e-30).mean())

    return min(_WARMTHS, key=surprise)


def _covered(likely: Floats, own: NDArray[np.bool_]) -> Floats:
    """As ``Head.covered``, from float32[n, classes] and whether each picture has a head's name."""
    made: Floats = likely[own].sum(axis=0) / (likely.sum(axis=0) + np.float32(_DOUBT))
    return made


def _right(likely: Mapping[str, Floats], words: NDArray[np.str_]) -> NDArray[np.bool_]:
    found = np.array(list(likely))[np.stack(list(likely.values())).argmax(axis=0)]
    return np.array(found == words)
