"""The commands that make the network's head from labelled photos, and that judge it."""

import argparse
import asyncio
import json
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.commands import progress, say
from bot.settings import Settings
from core.errors import ConfigurationError
from core.training.features import features_of
from core.training.figures import figures
from core.training.labels import Labelled, read_labels
from core.training.projection import FitOptions, fit
from core.vision.embedder import open_embedder
from core.vision.head import Head, unit
from core.vision.loading import resnet50


async def train(settings: Settings, options: argparse.Namespace) -> int:
    """Learn a head from a folder of labelled photos, and say what it does to photos held out.

    Half of the products and senders is held out for the figures; the head that is written has
    learned from all.
    """
    labels, features = await _seen(settings, options.directory)
    learning = FitOptions(seed=options.seed, steps=options.steps)
    held_out = _held_out(labels, options.seed)
    known = np.array([not held for held in held_out])
    say(f"{len(labels)} photos; {held_out.sum()} of them are held out for the figures.")
    trial = await _fitted(features[known], _those(labels, known), learning)
    judged = _those(labels, held_out)
    before = figures(features[held_out], judged)
    after = figures(trial.apply(features[held_out]), judged)
    head = await _fitted(features, labels, learning)
    try:
        await asyncio.to_thread(head.write, options.out)
    except OSError as error:
        raise ConfigurationError(f"{options.out} cannot be written: {error.strerror}.") from None
    say(_table({"ResNet-50": before, "with the head": after}))
    return 0


async def evaluate(settings: Settings, options: argparse.Namespace) -> int:
    """Judge the shipped head, beside plain ResNet-50, on any folder of labelled photos."""
    labels, features = await _seen(settings, options.directory)
    found = {
        "ResNet-50": figures(features, labels),
        "with the head": figures(Head.read().apply(features), labels),
    }
    say(json.dumps(found, indent=2) if options.json else _table(found))
    return 0


async def _seen(settings: Settings, directory: Path) -> tuple[list[Labelled], NDArray[np.float32]]:
    """The photos that can be read, and ResNet-50's unit features float32[n, 2048] of them."""
    labels = await asyncio.to_thread(read_labels, directory)
    async with AsyncExitStack() as stack:
        load = resnet50(
            path=settings.weights,
            cache_dir=settings.cache_dir,
            precision=settings.embedder.precision,
            runtime=settings.embedder.runtime,
            head=None,
        )
        embedder = await stack.enter_async_context(open_embedder(load))
        on_progress = stack.enter_context(progress("photos"))
        features = await features_of(
            [photo.path for photo in labels],
            embedder,
            cache_dir=settings.cache_dir,
            progress=on_progress,
        )
    readable = np.array([np.isfinite(row).all() for row in features])
    if not readable.any():
        raise ConfigurationError("None of the photos could be read.")
    return _those(labels, readable), unit(features[readable].astype(np.float32))


async def _fitted(
    features: NDArray[np.float32], labels: Sequence[Labelled], options: FitOptions
) -> Head:
    with progress("steps") as on_progress:
        return Head(
            await asyncio.to_thread(fit, features, labels, options=options, progress=on_progress)
        )


def _held_out(labels: Sequence[Labelled], seed: int) -> NDArray[np.bool_]:
    sources = sorted({photo.source for photo in labels})
    drawn = set(np.random.default_rng(seed).permutation(sources)[: len(sources) // 2].tolist())
    return np.array([photo.source in drawn for photo in labels])


def _those(labels: Sequence[Labelled], which: NDArray[np.bool_]) -> list[Labelled]:
    return [photo for photo, wanted in zip(labels, which, strict=True) if wanted]


def _table(found: Mapping[str, Mapping[str, float]]) -> str:
    names = list(next(iter(found.values())))
    lines = [f"| right among five | {' | '.join(found)} |", "| --- |" + " --- |" * len(found)]
    for name in names:
        shares = " | ".join(f"{column[name]:.3f}" for column in found.values())
        lines.append(f"| {name} | {shares} |")
    return "\n".join(lines)
