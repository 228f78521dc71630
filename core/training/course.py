"""The whole course of training: from labelled photos to an eye."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.training.aims import Aims
from core.training.calibration import calibrated, weighed, with_fashion, with_style
from core.training.finder import Finder, FinderOptions
from core.training.labels import Labelled, Part, Photos
from core.training.maps import maps_of
from core.training.scenes import Scenes
from core.training.stems import Stems, stems_of
from core.training.trainer import Trainer, TrainOptions
from core.vision.backbone import graph_name
from core.vision.eye import Eye
from core.vision.features import Runtime
from core.vision.tensors import IMAGENET_DIGEST, Tensors
from core.words import families

_FINDERS = 2  # by different seeds; together they are righter than either
_CLOTHES = 4_000  # views that are enough to tell them from what is none

OnViews = Callable[[int, int], None]
OnSteps = Callable[[int, int, Mapping[str, float]], None]


def learn(
    photos: Photos,
    *,
    network: Runtime,
    maps_network: Callable[[Eye], Runtime],
    tensors: Tensors,
    cache_dir: Path,
    options: TrainOptions,
    on_views: OnViews = lambda *_: None,
    on_steps: OnSteps = lambda *_: None,
) -> Eye:
    """What photos with labels teach.

    ``network`` is ``resnet50_stem``'s, and ``maps_network`` gives ``resnet50_maps``'. What was
    done is kept in ``cache_dir``: the same call goes on where one that was killed had been. A seed
    draws the same views and batches each time; what is learned of them is the same but for
    rounding. Raises ``ConfigurationError`` when that folder cannot be written.
    """
    labels, others = photos.labels, photos.others
    name = graph_name(IMAGENET_DIGEST)
    stems = stems_of(
        labels, network, name=name, cache_dir=cache_dir, seed=options.seed, progress=on_views
    )
    aims = Aims(labels, stems)
    folder = _run(cache_dir, labels, options)
    trainer = Trainer(tensors, stems, aims, options=options, folder=folder)
    trainer.run(progress=on_steps)
    eye = trainer.eye()
    tuning = _rows(labels, stems, Part.TUNING)
    if len(tuning):
        features = trainer.features(tuning)
        tuned = [labels[number] for number in stems.photo[tuning]]
        eye = calibrated(eye, features, aims.of(tuning), aims.counts())
        eye = weighed(eye, features, tuned, seed=options.seed)
    if others:
        without = stems_of(others, network, name=name, cache_dir=cache_dir, seed=options.seed)
        learning = _rows(labels, stems, Part.LEARNING, every_view=True)
        rng = np.random.default_rng(options.seed)
        some = rng.choice(learning, min(_CLOTHES, len(learning)), replace=False)
        not_judged = np.flatnonzero([others[n].part is not Part.JUDGING for n in without.photo])
        eye = with_fashion(
            eye, trainer.features(np.sort(some)), trainer.features(not_judged, of=without)
        )
    finders = _finders(
        photos,
        eye,
        maps_network,
        cache_dir=cache_dir,
        options=options,
        on_views=on_views,
        on_steps=on_steps,
    )
    if finders:
        eye = eye.but(finders=finders, families=families())
    products = [
        row for row in _rows(labels, stems, Part.LEARNING) if not labels[stems.photo[row]].own
    ]
    return with_style(
        eye,
        eye.see(trainer.features(np.array(products)))[0],
        [min(labels[number].kinds) for number in stems.photo[products]],
    )


def _finders(
    photos: Photos,
    eye: Eye,
    maps_network: Callable[[Eye], Runtime],
    *,
    cache_dir: Path,
    options: TrainOptions,
    on_views: OnViews,
    on_steps: OnSteps,
) -> Sequence[Mapping[str, NDArray[np.float32]]]:
    """What it takes to find garments with that eye; empty when there is nothing to learn from."""
    scenes = Scenes(photos, families=families(), seed=options.seed)
    if not len(scenes):
        return []
    known = repr([(str(photo.path), photo.boxes, photo.kinds) for photo in photos.worn])
    drawn = _name(eye.graph_digest, known, options.seed, len(scenes))
    maps = maps_of(scenes, maps_network(eye), folder=cache_dir / f"maps-{drawn}", progress=on_views)
    learned = []
    for number in range(_FINDERS):
        steps = min(4 * options.steps, FinderOptions().steps)
        found = FinderOptions(seed=options.seed + number, steps=steps)
        folder = cache_dir / f"finder-{_name(drawn, found)}"
        finder = Finder(maps, families(), options=found, folder=folder)
        finder.run(progress=on_steps)
        learned.append(finder.learned())
    return learned


def _rows(
    labels: Sequence[Labelled], stems: Stems, part: Part, *, every_view: bool = False
) -> NDArray[np.intp]:
    return np.flatnonzero(
        [
            labels[number].part is part and (every_view or place == 0)
            for number, place in zip(stems.photo, stems.place, strict=True)
        ]
    )


def _run(cache_dir: Path, labels: Sequence[Labelled], options: TrainOptions) -> Path:
    """A folder for the state of this run and of no other."""
    # Not the labels' own repr: the order of a set of strings is another in each process.
    known = [
        (str(photo.path), sorted(photo.kinds), repr(replace(photo, kinds=frozenset())))
        for photo in labels
    ]
    return cache_dir / f"training-{_name(options, known)}"


def _name(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]
