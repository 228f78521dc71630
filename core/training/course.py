"""The whole course of training: from labelled photos to an eye."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.errors import ConfigurationError
from core.training.aims import Aims
from core.training.calibration import (
    calibrated,
    weighed,
    with_agreement,
    with_fashion,
    with_style,
)
from core.training.drawing import Views
from core.training.labels import Part, Photos
from core.training.maps import maps_of
from core.training.network import PlainNetwork
from core.training.opened import open_all
from core.training.plain import plain_of
from core.training.scenes import Scenes
from core.training.trainer import Trainer, TrainOptions
from core.vision.backbone import graph_name
from core.vision.eye import Eye
from core.vision.features import MAPS_VERSION, Runtime
from core.vision.tensors import IMAGENET_DIGEST, Tensors
from core.words import families

if TYPE_CHECKING:
    from core.training.finder import Learned

_LEAST = 6  # photos of products: three, or nothing is named, of either of two kinds
_TEACHERS = 2  # by different seeds: together they are righter than either
_FURTHER_STEPS = 1000  # from what was learned before, or to say alone what teachers say together

OnViews = Callable[[int, int], None]
OnSteps = Callable[[int, int, Mapping[str, float]], None]


def folder_of_run(
    cache_dir: Path, photos: Photos, options: TrainOptions, start: Eye | None
) -> Path:
    """A folder for the state of this run and of no other; of no use once the run has ended."""
    # Not the labels' own repr: the order of a set of strings is another in each process.
    known = [
        (
            str(photo.path),
            sorted(photo.kinds),
            sorted(photo.shades),
            repr(replace(photo, kinds=frozenset(), shades=frozenset())),
        )
        for photo in (*photos.labels, *photos.flats, *photos.others)
    ]
    began = start.graph_digest if start else ""
    return cache_dir / f"training-{_name(options, known, began)}"


def learn(
    photos: Photos,
    *,
    maps_network: Callable[[Eye], Runtime] | None,
    tensors: Tensors,
    cache_dir: Path,
    folder: Path,
    options: TrainOptions,
    start: Eye | None = None,
    on_views: OnViews = lambda *_: None,
    on_steps: OnSteps = lambda *_: None,
) -> Eye:
    """What photos with labels teach.

    ``maps_network`` gives ``resnet50_maps``', to learn to find garments with; without it that is
    left out. With ``start`` it goes on from what that eye was taught, and with no steps only what
    finds garments is learned. What was done is kept in ``folder``, see ``folder_of_run``: the same
    call goes on where one that was killed had been. What is of use to other runs on the same photos
    is kept in ``cache_dir``. A seed draws the same views and batches each time; what is
    learned of them is the same but for rounding. Raises ``ConfigurationError`` when those cannot be
    written, or too few of the photos read.
    """
    eye = start
    if not eye or options.steps:
        eye = _taught(
            photos,
            tensors=tensors,
            cache_dir=cache_dir,
            folder=folder,
            options=options,
            start=start,
            on_views=on_views,
            on_steps=on_steps,
        )
    if not maps_network:
        return eye
    finder = _finder(
        photos,
        eye,
        maps_network,
        folder=folder,
        options=options,
        start=start,
        on_views=on_views,
        on_steps=on_steps,
    )
    if finder:
        return eye.but(finders=[finder], families=families())
    if eye is start:
        raise ConfigurationError("No photo to learn finding garments from can be read.")
    return eye


def _taught(
    photos: Photos,
    *,
    tensors: Tensors,
    cache_dir: Path,
    folder: Path,
    options: TrainOptions,
    start: Eye | None,
    on_views: OnViews,
    on_steps: OnSteps,
) -> Eye:
    """The network, what is read off it, and how sure that is."""
    flats = photos.among({Part.LEARNING}).flats
    used = [
        photo
        for photo in (*photos.labels, *flats, *photos.others)  # others last: numbers stay
        if photo.part is not Part.JUDGING
    ]
    opened = open_all(used, cache_dir=cache_dir, progress=on_views)
    count = len(used) - sum(photo.part is not Part.JUDGING for photo in photos.others)
    labels, readable = used[:count], opened.readable
    aims = Aims(labels, readable[:count])
    own = np.array([photo.own for photo in used])
    learning, tuning = (
        np.flatnonzero(readable[:count] & [photo.part is part for photo in labels])
        for part in (Part.LEARNING, Part.TUNING)
    )
    products = learning[~own[learning] & (learning < count - len(flats))]
    if len(products) < _LEAST:
        raise ConfigurationError(
            f"{len(products)} photos of products for learning and {len(tuning)} photos for tuning "
            f"can be read; at least {_LEAST} for learning are needed."
        )
    grounds = learning[own[learning]].tolist()
    name = graph_name(IMAGENET_DIGEST)
    plain = plain_of(opened, PlainNetwork(tensors), name=name, progress=on_views)
    with Views(opened, own=own, grounds=grounds) as views:
        trainer = Trainer(
            tensors,
            views,
            plain,
            aims,
            options=options,
            folder=folder / "network",
            start=start,
        )
        trainer.run(progress=on_steps)
        eye = trainer.eye()
        # What was learned from is known by heart: how sure it may be is seen on other photos.
        unseen = tuning if len(tuning) else learning
        features = trainer.features(unseen)
        others = trainer.features(np.flatnonzero(readable[count:]) + count)
        style = trainer.features(products)
    if len(tuning):
        shown = [labels[number] for number in tuning.tolist()]
        eye = calibrated(eye, features, aims.of(tuning), aims.counts())
        eye = weighed(eye, features, shown, seed=options.seed)
        eye = with_agreement(eye, features, shown)
    if len(others):
        eye = with_fashion(eye, features, others, own=own[unseen])
    return with_style(
        eye, eye.see(style)[0], [min(labels[number].kinds) for number in products.tolist()]
    )


def _finder(
    photos: Photos,
    eye: Eye,
    maps_network: Callable[[Eye], Runtime],
    *,
    folder: Path,
    options: TrainOptions,
    start: Eye | None,
    on_views: OnViews,
    on_steps: OnSteps,
) -> "Learned | None":
    """What it takes to find garments with that eye; None when nothing that is read shows any."""
    from core.training.finder import Finder, FinderOptions  # noqa: PLC0415 - TensorFlow's own

    scenes = Scenes(photos, families=families(), seed=options.seed)
    if not len(scenes):
        return None
    known = repr([(str(photo.path), photo.boxes, photo.kinds) for photo in photos.worn])
    drawn = _name(MAPS_VERSION, eye.graph_digest, known, options.seed, len(scenes))
    maps = maps_of(scenes, maps_network(eye), folder=folder / f"maps-{drawn}", progress=on_views)
    if not len(maps.boxes):
        return None
    before = start.finders if start and start.families == families() else ()

    def learned(
        seed: int, start: "Learned | None" = None, teachers: "Sequence[Learned]" = ()
    ) -> "Learned":
        most = _FURTHER_STEPS if start else FinderOptions().steps
        found = FinderOptions(seed=seed, steps=min(4 * options.steps or most, most))
        finder = Finder(
            maps,
            families(),
            options=found,
            folder=folder / f"finder-{_name(drawn, found, bool(start), len(teachers))}",
            start=start,
            teachers=teachers,
        )
        finder.run(progress=on_steps)
        return finder.learned()

    teachers = [
        learned(options.seed + number, before[number] if number < len(before) else None)
        for number in range(_TEACHERS)
    ]
    return learned(options.seed, teachers[0], teachers)


def _name(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]
