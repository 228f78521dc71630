"""Whole outfits of which nothing was seen in training: told from others, and filled in.

What is shipped was taught by every look, less the things that are kept out, so of most looks that
it is judged by it has seen a part. Here looks are kept out whole, everything in them with them, and
what goes together is learned anew from what is left of the rest: a quarter of an hour.
"""

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.compatibility import Codes
from core.errors import Unavailable
from core.informed import informed
from core.training.outfit_figures import (
    Scores,
    by_codes,
    by_colours,
    filled,
    questions,
    sets,
    told_apart,
)
from core.training.outfit_learning import LearnOptions, learn_outfits
from core.training.outfits import Outfits, folder_of_outfits, read_outfits, see_items
from core.vision.embedder import open_embedder
from core.vision.eye import Eye
from core.vision.loading import resnet50
from core.words import piece_of_kind
from tests.benchmarks.bars import Bar, emit, say
from tests.benchmarks.reference import CACHE_DIR

Floats = NDArray[np.float32]

_KEPT_OUT = 200  # looks


async def main(photos: Path) -> None:
    """Learn, measure and emit."""
    folder = folder_of_outfits(photos)
    if folder is None:
        say(f"{photos} has no outfits.csv, so there is nothing to learn from.")
        return
    outfits = read_outfits(folder)
    async with open_embedder(resnet50(path=None, cache_dir=CACHE_DIR)) as embedder:
        if (eye := embedder.eye) is None:
            raise Unavailable("Outfits need a network that was taught clothes.")
        embeddings, readable = await see_items(
            outfits.items, embedder, dimension=eye.dimension, cache_dir=CACHE_DIR
        )
    emit([_measured(outfits.of(readable), embeddings, eye, embedder.fingerprint)])


def _measured(outfits: Outfits, embeddings: Floats, eye: Eye, fingerprint: str) -> Bar:
    drawn = np.random.default_rng(0).permutation(len(outfits.looks))[:_KEPT_OUT]
    held = np.zeros(len(outfits.items), dtype=bool)
    for number in drawn:
        held[list(outfits.looks[number])] = True
    learned, judged = (
        outfits.of(~held),
        replace(outfits, looks=[look for look in outfits.looks if held[list(look)].all()]),
    )
    say(f"{len(learned.looks)} looks are learned from; {len(judged.looks)} are whole and unseen")
    families = [item.family for item in outfits.items]
    pieces = [piece_of_kind(item.said.kind) for item in outfits.items]
    said = informed(eye, embeddings, [item.said for item in outfits.items])
    model = learn_outfits(
        learned.looks,
        [embeddings, said],
        families=families,
        pieces=pieces,
        fingerprint=fingerprint,
        options=LearnOptions(),
    )
    here = np.zeros(len(held), dtype=bool)
    here[np.concatenate([*map(np.array, judged.looks)])] = True
    both = sets(judged, families, here, least=2)
    asked = questions(judged, families, here, others=here)
    colours = np.unique([item.said.colour or "" for item in outfits.items], return_inverse=True)[1]
    cosines = by_codes(Codes(embeddings, np.zeros(len(embeddings), np.float32)))
    ways: dict[str, Scores] = {
        "photos": by_codes(model.see(embeddings)),
        "with what the shop says": by_codes(model.see(said)),
        "cosine": cosines,
        "colours worn together": by_colours(outfits, colours, ~held),
    }
    areas = {name: told_apart(both, scores, here) for name, scores in ways.items()}
    return Bar(
        name="outfits, nothing of which was seen in training, told from drawn ones",
        measured=areas["photos"].share,
        sense="at least",
        limit=0.8,
        unit="",
        details={
            "looks": len(judged.looks),
            **{f"area, {name}": area.share for name, area in areas.items()},
            "95 % interval": areas["photos"].margin,
            **{
                f"the right one of four, {name}": filled(asked, scores).share
                for name, scores in ways.items()
            },
        },
    )


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
