"""The commands that make the network's eye from labelled photos, and that judge it."""

import argparse
import asyncio
import itertools
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TypedDict

from tqdm import tqdm

from bot import dressing
from bot.commands import progress
from bot.outputs import say
from bot.settings import Settings
from core.errors import ConfigurationError
from core.training.figures import Figure, nearest
from core.training.judging import (
    Seen,
    SeenWorn,
    as_asked,
    judge,
    judge_search,
    judge_worn,
    see_all,
    see_worn,
)
from core.training.labels import Labelled, Part, Photos, read_photos
from core.training.outfit_learning import LearnOptions
from core.training.outfits import folder_of_outfits
from core.training.sheet import street_finds, write_sheet, wrong_finds
from core.vision.embedder import Embedder, open_embedder
from core.vision.eye import SHIPPED, Eye
from core.vision.loading import resnet50, resnet50_maps
from core.vision.weights import load_weights

_STEPS = 1500

Columns = Mapping[str, Mapping[str, Figure]]


class _Files(TypedDict):
    path: Path | None
    cache_dir: Path
    precision: str
    runtime: str


async def train(settings: Settings, options: argparse.Namespace) -> int:
    """Teach the network clothes from a folder of labelled photos, and judge it on some of them.

    A quarter of the products and senders is kept out of the training, most of it for the figures.
    A folder with an ``outfits.csv`` teaches what goes together instead.
    """
    if options.seed < 0:
        raise ConfigurationError("--seed must be 0 or more.")
    if (options.directory / "outfits.csv").is_file():
        learning = LearnOptions(seed=options.seed)
        if options.steps is not None:
            learning = replace(learning, steps=options.steps)
        if learning.steps < 1:
            raise ConfigurationError("--steps must be more than 0.")
        seen = await _outfits(settings, options.directory, options.eye)
        figures = await dressing.learn(seen, options.out, options=learning)
        say(_table(figures))
        return 0
    options.steps = _STEPS if options.steps is None else options.steps
    if options.steps < 0 or (options.steps == 0 and not options.start):
        raise ConfigurationError("--steps must be more than 0, or 0 with a --start to go on from.")
    if options.batch < 2 or options.batch % 2:
        raise ConfigurationError("--batch must be even, as a step sees each thing twice.")
    photos = await asyncio.to_thread(read_photos, options.directory)
    parts = [f"{len(photos.among({part}).labels)} for {part}" for part in Part]
    say(f"{len(photos.labels)} photos: {', '.join(parts)}.")
    await asyncio.to_thread(_learn, settings, options, photos)
    judging = photos.among({Part.JUDGING})
    if judging.labels:
        say(_table(await _judged(settings, judging, options.out)))
    else:
        say("There are too few photos to keep some out for judging.")
    return 0


async def evaluate(settings: Settings, options: argparse.Namespace) -> int:
    """Judge the shipped eye, beside plain ResNet-50, on any folder of labelled photos."""
    tables: list[Columns] = []
    outfits = await asyncio.to_thread(folder_of_outfits, options.directory)
    if outfits != options.directory.resolve():
        photos = await asyncio.to_thread(read_photos, options.directory)
        if options.held_out:
            photos = photos.among({Part.JUDGING})
        tables.append(await _judged(settings, photos, options.eye or SHIPPED, sheet=options.sheet))
    if outfits:
        seen = await _outfits(settings, outfits, options.eye)
        tables.append(await dressing.judge(seen, options.outfits, held_out=options.held_out))
    say(
        _as_json(tables)
        if options.json
        else "\n\n".join(_table(table) for table in tables if table)
    )
    return 0


async def _outfits(settings: Settings, folder: Path, eye: Path | None) -> dressing.Seen:
    async with open_embedder(resnet50(**_files(settings), eye=eye or SHIPPED)) as embedder:
        return await dressing.see(folder, embedder, settings=settings)


def _learn(
    settings: Settings,
    options: argparse.Namespace,
    photos: Photos,
) -> None:
    from core.training.course import folder_of_run, learn  # noqa: PLC0415 - imports TensorFlow
    from core.training.trainer import TrainOptions  # noqa: PLC0415 - likewise

    files = _files(settings)
    finding = os.environ.get("KERAS_BACKEND", "tensorflow") == "tensorflow"
    if not finding:
        say("Finding garments is TensorFlow's; learn it in another run: --start FILE --steps 0.")
    tensors = load_weights(path=settings.weights, cache_dir=settings.cache_dir).tensors
    chosen = TrainOptions(
        seed=options.seed, steps=options.steps, stages=options.stages, batch=options.batch
    )
    start = Eye.read_file(options.start) if options.start else None
    folder = folder_of_run(settings.cache_dir, photos, chosen, start)
    with progress("views") as on_views, tqdm(unit=" steps", disable=None) as bar:

        def on_steps(done: int, total: int, losses: Mapping[str, float]) -> None:
            bar.total = total
            bar.set_postfix({name: f"{loss:.2f}" for name, loss in losses.items()}, refresh=False)
            bar.update(done - bar.n)

        eye = learn(
            photos,
            maps_network=(lambda eye: resnet50_maps(eye, **files)) if finding else None,
            tensors=tensors,
            cache_dir=settings.cache_dir,
            folder=folder,
            options=chosen,
            start=start,
            on_views=on_views,
            on_steps=on_steps,
        )
    try:
        eye.write(options.out)
    except OSError as error:
        raise ConfigurationError(f"{options.out} cannot be written: {error.strerror}.") from None
    shutil.rmtree(folder, ignore_errors=True)  # gigabytes


async def _judged(
    settings: Settings, photos: Photos, file: Path, *, sheet: Path | None = None
) -> Columns:
    """The figures of plain ResNet-50, of the network with an eye, and of the search by it."""
    if not photos.labels:
        raise ConfigurationError("There is no photo to judge by.")
    files = _files(settings)
    async with open_embedder(resnet50(**files, eye=None)) as embedder:
        plain = await _seen(photos.labels, embedder)
    async with open_embedder(resnet50(**files, eye=file)) as embedder:
        clothes = await _seen(photos.labels, embedder)
        without = await see_all(photos.others, embedder) if photos.others else None
        asked = await as_asked(clothes, embedder)
        dressed = await see_worn(photos.worn, embedder)
    eye = await asyncio.to_thread(Eye.read_file, file)
    if sheet:
        await asyncio.to_thread(_draw, sheet, clothes, dressed)
    return {
        "ResNet-50": await asyncio.to_thread(judge, plain),
        "Twinset": await asyncio.to_thread(judge, clothes, without, style=eye.style_of)
        | judge_worn(dressed),
        "as the bot searches": await asyncio.to_thread(judge_search, asked, clothes, eye),
    }


async def _seen(labels: Sequence[Labelled], embedder: Embedder) -> Seen:
    with progress("photos") as on_progress:
        return await see_all(labels, embedder, progress=on_progress, unreadable=_say_unreadable)


def _draw(sheet: Path, clothes: Seen, dressed: Sequence[SeenWorn]) -> None:
    found = nearest(clothes.embeddings, clothes.labels)
    try:
        write_sheet(
            sheet, itertools.chain(street_finds(dressed), wrong_finds(clothes.labels, found))
        )
    except OSError as error:
        raise ConfigurationError(f"{sheet} cannot be written: {error.strerror}.") from None


def _files(settings: Settings) -> _Files:
    return {
        "path": settings.weights,
        "cache_dir": settings.cache_dir,
        "precision": settings.embedder.precision,
        "runtime": settings.embedder.runtime,
    }


def _say_unreadable(path: Path, error: Exception) -> None:
    tqdm.write(f"{path} is left out: {error}")


def _table(found: Columns) -> str:
    names = list(dict.fromkeys(name for column in found.values() for name in column))
    lines = [f"| share (photos) | {' | '.join(found)} |", "| --- |" + " --- |" * len(found)]
    for name in names:
        shares = " | ".join(str(column.get(name, "")) for column in found.values())
        lines.append(f"| {name} | {shares} |")
    return "\n".join(lines)


def _as_json(tables: Sequence[Columns]) -> str:
    found: dict[str, dict[str, object]] = {}
    for table in tables:
        for column, figures in table.items():
            found.setdefault(column, {}).update({n: asdict(one) for n, one in figures.items()})
    return json.dumps(found, indent=2)
