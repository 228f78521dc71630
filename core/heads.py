"""Light heads: what the eye reads of a photo, in the words of this catalogue."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from core.errors import StorageFailed
from core.vision.eye import Eye, softmax
from core.vision.kept import kept, write_sealed
from core.words import WORDS

logger = logging.getLogger(__name__)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """Tells the catalogue's own ``names`` apart, by all that the eye reads of a picture.

    ``kernel`` is float32[d, names] over ``named_parts``, ``bias`` float32[names]. ``covered`` is
    float32[classes], from 0 to 1: how far the pictures that it was fitted to show what the eye
    calls each of its own names. The rest is left to the eye: what the catalogue hardly sells
    would be taken for something else.
    """

    names: tuple[str, ...]
    kernel: Floats
    bias: Floats
    covered: Floats

    def scores(self, parts: Floats) -> Floats:
        """Float32[n, names], before the softmax, from float32[n, d]."""
        made: Floats = parts @ self.kernel + self.bias
        return made


def named_parts(eye: Eye, embeddings: Floats) -> Floats:
    """Of float32[n, d] embeddings those parts in which the eye's readings are.

    Heads go by these alone. The others know a shop's way of taking pictures too, and a head that
    is fitted to a shop's pictures has to do with people's photos.
    """
    places = [place for name, place in eye.slices.items() if name in eye.readings]
    return np.concatenate([embeddings[:, place] for place in places], axis=1)


def reading_of(eye: Eye, name: str, embeddings: Floats) -> Floats:
    """The probabilities, float32[n, classes], that float32[n, d] embeddings were made of."""
    squares = embeddings[:, eye.slices[name]] ** 2
    likely: Floats = squares / np.maximum(squares.sum(axis=1, keepdims=True), 1e-12)
    return likely


def in_words(
    eye: Eye, name: str, embeddings: Floats, head: Head | None = None
) -> dict[str, Floats]:
    """What pictures show, by "kind", "colour" or "gender": float32[n] probabilities by word.

    The eye's names in our words; with a ``head`` the catalogue's, as far as it covers what the
    eye sees. They add up to 1, but for what we have no word for.
    """
    likely = reading_of(eye, name, embeddings)
    left = likely if head is None else likely * (1 - head.covered)
    words: dict[str, Floats] = {}
    for word, share in zip(_meanings(name, eye.readings[name].names), left.T, strict=True):
        if word:
            words[word] = words.get(word, np.float32(0)) + share
    if head is not None:
        own = softmax(head.scores(named_parts(eye, embeddings)))
        own *= (likely @ head.covered)[:, None]
        for word, share in zip(head.names, own.T, strict=True):
            words[word] = words.get(word, np.float32(0)) + share
    return words


class Heads:
    """The heads in use, by what they tell; they outlive the process in one file."""

    def __init__(self, file: Path, eye: Eye, *, fingerprint: str) -> None:
        self._file = file
        self._eye = eye
        self.fingerprint = fingerprint
        self._heads: Mapping[str, Head] = MappingProxyType({})

    def read(self, name: str, embedding: Floats) -> dict[str, float] | None:
        """The probability of each word for float32[d]; None where no head tells that."""
        if (head := self._heads.get(name)) is None:
            return None
        words = in_words(self._eye, name, embedding[None], head)
        return {word: float(share[0]) for word, share in words.items()}

    def keep(self, heads: Mapping[str, Head]) -> None:
        """Put these in the place of all; ``StorageFailed``, and the old stay, on a full disk."""
        arrays: dict[str, Any] = {"fingerprint": np.array(self.fingerprint)}
        for name, head in heads.items():
            arrays[f"{name}/names"] = np.array(head.names)
            arrays[f"{name}/kernel"] = head.kernel
            arrays[f"{name}/bias"] = head.bias
            arrays[f"{name}/covered"] = head.covered
        out = BytesIO()
        np.savez(out, **arrays)
        try:
            write_sealed(self._file, out.getvalue())
        except OSError as error:
            raise StorageFailed(f"The light heads cannot be kept: {error.strerror}.") from error
        self._heads = MappingProxyType(dict(heads))

    def load(self) -> None:
        """Take up what was kept; a file that is damaged or of another network is a warning."""
        if (found := kept(self._file)) is None:
            return
        try:
            with np.load(BytesIO(found.data.tobytes()), allow_pickle=False) as arrays:
                self._heads = MappingProxyType(self._from(dict(arrays)))
        except (ValueError, KeyError, EOFError, BadZipFile) as error:
            logger.warning("%s is left alone until the next night: %s", self._file, error)

    def _from(self, arrays: Mapping[str, NDArray[Any]]) -> dict[str, Head]:
        if str(arrays["fingerprint"]) != self.fingerprint:
            raise ValueError("it was fitted to another network")
        heads = {}
        for name in WORDS:
            if f"{name}/names" in arrays:
                heads[name] = Head(
                    names=tuple(arrays[f"{name}/names"].tolist()),
                    kernel=arrays[f"{name}/kernel"],
                    bias=arrays[f"{name}/bias"],
                    covered=arrays[f"{name}/covered"],
                )
        return heads


@cache
def _meanings(name: str, names: tuple[str, ...]) -> tuple[str | None, ...]:
    """Our word for each of the network's names."""
    return tuple(WORDS[name](one) for one in names)
