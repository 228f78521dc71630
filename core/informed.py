"""What shops say of their products, brought into the vectors that their pictures have."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from core.catalogue import Said
from core.vision.eye import Eye, moved, unit
from core.words import WORDS

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]

_TRUST = 0.9  # shops mislabel: of equal pictures one in twelve has another colour
_EMPHASIS = {"colour": 2.0, "gender": 2.0}


async def told(
    rows: AsyncIterator[tuple[Ids, Floats, Sequence[Said]]], eye: Eye | None
) -> AsyncIterator[tuple[Ids, Floats]]:
    """``VectorStore.rows`` as ``Index.rebuild`` takes them, with what is said of them brought in.

    Without an eye nothing can be.
    """
    async for ids, embeddings, said in rows:
        yield ids, await asyncio.to_thread(informed, eye, embeddings, said) if eye else embeddings


def informed(eye: Eye, embeddings: Floats, said: Sequence[Said]) -> Floats:
    """Float32[n, d] embeddings of products' pictures, with what is said of each taken for true.

    Where the shop gives a kind, ``_TRUST`` of its probability is moved to those names of the
    network's that mean it, as the network shares it among them; likewise colour and gender.
    """
    made = embeddings.copy()
    for name in WORDS.keys() & eye.slices.keys():
        place, names = eye.slices[name], eye.readings[name].names
        for word in {getattr(one, name) for one in said} - {None}:
            meant = _meaning(name, names, word)
            if not meant.any():
                continue
            rows = np.array([getattr(one, name) == word for one in said])
            made[rows, place] = np.sqrt(moved(made[rows, place] ** 2, meant, trust=_TRUST))
    return made


def asked(eye: Eye, embedding: Floats, words: Mapping[str, Collection[str]]) -> Floats:
    """The float32[d] of length 1 that asks for the same with any of those words of each sort.

    As ``informed`` takes what is said of products, but without a doubt, and so that colours and
    genders count more than what was seen (docs/decisions/0068). What the network has no name for
    stays.
    """
    made = embedding.copy()
    for name, some in words.items():
        if name not in eye.slices:
            continue
        place, names = eye.slices[name], eye.readings[name].names
        meant = np.zeros(len(names), np.bool_)
        for word in some:
            meant |= _meaning(name, names, word)
        if meant.any():
            wished = moved(made[None, place] ** 2, meant, trust=1.0)[0]
            made[place] = np.float32(_EMPHASIS.get(name, 1.0)) * np.sqrt(wished)
    return unit(made[None]).reshape(-1)


@cache
def _meaning(name: str, names: tuple[str, ...], word: str) -> NDArray[np.bool_]:
    """Bool[classes]: which of the network's names mean that word of ours."""
    return np.array([WORDS[name](one) == word for one in names])
