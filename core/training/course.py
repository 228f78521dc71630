"""The whole course of training: from labelled photos to an eye."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.training.aims import Aims
from core.training.calibration import (
    calibrated,
    weighed,
    with_agreement,
    with_fashion,
    with_style,
)
from core.training.drawing import Views
from core.training.finder import Finder, FinderOptions, Learned
from core.training.labels import Labelled, Part, Photos
from core.training.maps import maps_of
from core.training.plain import Plain, plain_of
from core.training.scenes import Scenes
from core.training.trainer import Trainer, TrainOptions
from core.vision.backbone import graph_name
from core.vision.eye import Eye
from core.vision.features import Runtime
from core.vision.tensors import IMAGENET_DIGEST, Tensors
from core.words import families

_TEACHERS = 2  # by different seeds: together they are righter than either
_FURTHER_STEPS = 1000  # from what was learned before, or to say alone what teachers say together
_CLOTHES = 8_000  # photos that are enough to tell them from what is none, and style from kind

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
    start: Eye | None = None,
    on_views: OnViews = lambda *_: None,
    on_steps: OnSteps = lambda *_: None,
) -> Eye:
    """What photos with labels teach.

    ``network`` is ``resnet50_plain``'s, and ``maps_network`` gives ``resnet50_maps``'; with
    ``start`` it goes on from what that eye was taught. What was done is kept in ``cache_dir``: the
    same call goes on where one that was killed had been. A seed draws the same views and batches
    each time; what is learned of them is the same but for rounding. Raises ``ConfigurationError``
    when that folder cannot be written.
    """
    name = graph_name(IMAGENET_DIGEST)
    flats = photos.among({Part.LEARNING}).flats
    used = [
        photo
        for photo in (*photos.labels, *flats, *photos.others)  # others last: numbers stay
        if photo.part is not Part.JUDGING
    ]
    plain = plain_of(used, network, name=name, cache_dir=cache_dir, progress=on_views)
    used, plain = _readable(used, plain)
    without = {photo.path for photo in photos.others}
    labels = [photo for photo in used if photo.path not in without]
    others = [photo for photo in used if photo.path in without]
    aims, views = Aims(labels), Views(labels)
    folder = _run(cache_dir, labels, options, start)
    trainer = Trainer(tensors, views, plain, aims, options=options, folder=folder, start=start)
    trainer.run(progress=on_steps)
    eye = trainer.eye()
    tuning = _numbers(labels, Part.TUNING)
    if len(tuning):
        features = trainer.features(tuning)
        tuned = [labels[number] for number in tuning.tolist()]
        eye = calibrated(eye, features, aims.of(tuning), aims.counts())
        eye = weighed(eye, features, tuned, seed=options.seed)
        eye = with_agreement(eye, features, tuned)
    rng = np.random.default_rng(options.seed)
    learning = _numbers(labels, Part.LEARNING)
    some = np.sort(rng.permutation(learning)[:_CLOTHES])
    features = trainer.features(some)
    if others:
        eye = with_fashion(
            eye, features, trainer.features(np.arange(len(others)), of=Views(others))
        )
    finder = _finder(
        photos,
        eye,
        maps_network,
        cache_dir=cache_dir,
        options=options,
        start=start,
        on_views=on_views,
        on_steps=on_steps,
    )
    if finder:
        eye = eye.but(finders=[finder], families=families())
    seen = [labels[number] for number in some.tolist()]
    rows = [row for row, photo in enumerate(seen) if not photo.own]
    return with_style(eye, eye.see(features[rows])[0], [min(seen[row].kinds) for row in rows])


def _finder(
    photos: Photos,
    eye: Eye,
    maps_network: Callable[[Eye], Runtime],
    *,
    cache_dir: Path,
    options: TrainOptions,
    start: Eye | None,
    on_views: OnViews,
    on_steps: OnSteps,
) -> Learned | None:
    """What it takes to find garments with that eye; None when there is nothing to learn from."""
    scenes = Scenes(photos, families=families(), seed=options.seed)
    if not len(scenes):
        return None
    known = repr([(str(photo.path), photo.boxes, photo.kinds) for photo in photos.worn])
    drawn = _name(eye.graph_digest, known, options.seed, len(scenes))
    maps = maps_of(scenes, maps_network(eye), folder=cache_dir / f"maps-{drawn}", progress=on_views)
    before = start.finders if start and start.families == families() else ()

    def learned(
        seed: int, start: Learned | None = None, teachers: Sequence[Learned] = ()
    ) -> Learned:
        most = _FURTHER_STEPS if start else FinderOptions().steps
        found = FinderOptions(seed=seed, steps=min(4 * options.steps, most))
        folder = cache_dir / f"finder-{_name(drawn, found, bool(start), len(teachers))}"
        finder = Finder(
            maps, families(), options=found, folder=folder, start=start, teachers=teachers
        )
        finder.run(progress=on_steps)
        return finder.learned()

    teachers = [
        learned(options.seed + number, before[number] if number < len(before) else None)
        for number in range(_TEACHERS)
    ]
    return learned(options.seed, teachers[0], teachers)


def _readable(photos: Sequence[Labelled], plain: Plain) -> tuple[list[Labelled], Plain]:
    kept = np.flatnonzero(plain.readable)
    if len(kept) == len(photos):
        return list(photos), plain
    return [photos[number] for number in kept.tolist()], Plain(
        plain.pooled[kept], plain.logits[kept], plain.readable[kept]
    )


def _numbers(labels: Sequence[Labelled], part: Part) -> NDArray[np.intp]:
    return np.flatnonzero([photo.part is part for photo in labels])


def _run(
    cache_dir: Path, labels: Sequence[Labelled], options: TrainOptions, start: Eye | None
) -> Path:
    """A folder for the state of this run and of no other."""
    # Not the labels' own repr: the order of a set of strings is another in each process.
    known = [
        (
            str(photo.path),
            sorted(photo.kinds),
            sorted(photo.shades),
            repr(replace(photo, kinds=frozenset(), shades=frozenset())),
        )
        for photo in labels
    ]
    began = start.graph_digest if start else ""
    return cache_dir / f"training-{_name(options, known, began)}"


def _name(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]
