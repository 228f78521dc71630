"""What goes together: learned from a folder of outfits, judged by it, and shown for one photo."""

import argparse
import asyncio
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from bot.app import Core, open_core
from bot.commands import fill_if_quick, progress
from bot.outputs import say
from bot.settings import Settings
from core.catalogue import Match, Product
from core.collage import collage
from core.compatibility import SHIPPED, Compatibility
from core.errors import ConfigurationError, Unavailable
from core.informed import informed
from core.looks import recognise
from core.outfits import Outfit
from core.training.figures import Figure
from core.training.labels import Part
from core.training.outfit_figures import judge_outfits
from core.training.outfit_learning import LearnOptions, learn_outfits
from core.training.outfits import Outfits, read_outfits, see_items
from core.vision.embedder import Embedder
from core.vision.eye import Eye
from core.wardrobe import pieces_in
from core.words import piece_of_kind

_UNTAUGHT = "Outfits need a network that was taught clothes."

Columns = Mapping[str, Mapping[str, Figure]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seen:
    """Outfits, and what a network made of their things: a row of ``embeddings`` for each.

    ``pieces`` are what each is of an outfit, as far as that is told or seen.
    """

    outfits: Outfits
    embeddings: NDArray[np.float32]
    pieces: Sequence[str | None]
    eye: Eye
    fingerprint: str

    @property
    def families(self) -> list[str]:
        """What each thing may be taken for: what the shop says, or else what is seen."""
        return [
            item.family or piece or ""
            for item, piece in zip(self.outfits.items, self.pieces, strict=True)
        ]


async def see(folder: Path, embedder: Embedder, *, settings: Settings) -> Seen:
    """A folder's outfits, without what cannot be read."""
    outfits = await asyncio.to_thread(read_outfits, folder)
    if (eye := embedder.eye) is None:
        raise Unavailable(_UNTAUGHT)
    with progress("photos") as on_photos:
        embeddings, readable = await see_items(
            outfits.items,
            embedder,
            dimension=eye.dimension,
            cache_dir=settings.cache_dir,
            progress=on_photos,
            unreadable=lambda path, error: tqdm.write(f"{path} is left out: {error}"),
        )
    read = await asyncio.to_thread(pieces_in, eye, embeddings)
    return Seen(
        outfits=outfits.of(readable),
        embeddings=embeddings,
        pieces=[
            piece_of_kind(item.said.kind) or piece
            for item, piece in zip(outfits.items, read, strict=True)
        ],
        eye=eye,
        fingerprint=embedder.fingerprint,
    )


async def learn(seen: Seen, out: Path, *, options: LearnOptions) -> Columns:
    """Learn what goes together from outfits, write it, and judge it.

    Of the things in them a quarter is kept out of the training, most of it for the figures.
    """
    looks = seen.outfits.among({Part.LEARNING})
    say(f"{len(seen.outfits.looks)} outfits; {len(looks)} of them are learned from.")
    said = [item.said for item in seen.outfits.items]
    with progress("steps") as on_steps:
        model = await asyncio.to_thread(
            learn_outfits,
            looks,
            [seen.embeddings, informed(seen.eye, seen.embeddings, said)],
            families=seen.families,
            pieces=seen.pieces,
            fingerprint=seen.fingerprint,
            options=options,
            progress=on_steps,
        )
    try:
        await asyncio.to_thread(model.write, out)
    except OSError as error:
        raise ConfigurationError(f"{out} cannot be written: {error.strerror}.") from None
    return await judge(seen, out, held_out=True)


async def judge(seen: Seen, file: Path | None, *, held_out: bool) -> Columns:
    """The figures of what was learned; none, and a word on why, where that was by another eye."""
    model = await asyncio.to_thread(Compatibility.read_file, file or SHIPPED)
    try:
        model.must_be_of(seen.fingerprint)
    except Unavailable as error:
        tqdm.write(str(error), file=sys.stderr)
        return {}
    items = seen.outfits.items
    return await asyncio.to_thread(
        judge_outfits,
        seen.outfits,
        seen.embeddings,
        eye=seen.eye,
        model=model,
        families=seen.families,
        held=np.array([not held_out or item.part is Part.JUDGING for item in items]),
    )


async def outfit(settings: Settings, options: argparse.Namespace) -> int:
    """Complete the outfit of one photo, and draw it."""
    try:
        data = await asyncio.to_thread(options.photo.read_bytes)
    except OSError as error:
        raise ConfigurationError(f"{options.photo} cannot be read: {error.strerror}.") from None
    async with open_core(settings) as core:
        await fill_if_quick(core)
        if core.stylist is None:
            raise Unavailable(_UNTAUGHT)
        sight = (await core.embedder.see(data)).garments[0]
        look = recognise(sight, [])
        found = await core.stylist.of_photo(sight.embedding, sight.fingerprint, look)
        if found is None:
            say("This is nothing that an outfit is made of.")
            return 1
        say("\n".join(_lines(found)) or "The shops have nothing that goes with it.")
        if options.out:
            await _draw(core, data, found, options.out)
    return 0


def _lines(found: Outfit) -> list[str]:
    return [
        f"{number}. {piece.name}: {_told(piece.product)}"
        for number, piece in enumerate(found.pieces, 2)
    ]


def _told(product: Product) -> str:
    price = product.price
    said = [product.title, f"{price.amount} {price.currency}" if price else "", product.shop_title]
    return " · ".join(filter(None, said)) + (f"\n   {product.url}" if product.url else "")


async def _draw(core: Core, photo: bytes, found: Outfit, out: Path) -> None:
    matches = [Match(product=piece.product, score=0.0) for piece in found.pieces]
    pictures = [await core.pictures.jpeg(match) for match in matches]
    drawn = await asyncio.to_thread(collage, [photo, *pictures])
    try:
        await asyncio.to_thread(out.write_bytes, drawn)
    except OSError as error:
        raise ConfigurationError(f"{out} cannot be written: {error.strerror}.") from None
