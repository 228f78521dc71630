"""ResNet-50's ImageNet weights: fetched once by the first way that is open, kept, checked."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.errors import WeightsUnavailable
from core.vision.kept import write_atomically
from core.vision.sources import SourceError, Way, ways
from core.vision.tensors import IMAGENET_DIGEST, Tensors, canonical, digest, flat, unflat

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The tensors by Keras's names, in canonical order, and the digest over them."""

    tensors: Tensors
    digest: str


def load_weights(
    *,
    path: Path | None,
    cache_dir: Path,
    pinned: str = IMAGENET_DIGEST,
    sources: Mapping[str, Way] | None = None,
) -> Weights:
    """The weights whose digest is ``pinned``: from the cache, else by the first way open.

    ``path`` is a Keras ``.h5`` of the operator's own; ``sources`` are by default the three
    ways of ``core.vision.sources``. Raises ``WeightsUnavailable``, which names every way and
    what it said.
    """
    cache = cache_dir / f"resnet50-{pinned[:12]}.f32"
    kept = _from_cache(cache, pinned)
    if kept is not None:
        return Weights(kept, pinned)
    said = []
    for name, way in (ways(path) if sources is None else sources).items():
        try:
            tensors = _checked(way(), pinned)
        except SourceError as error:
            logger.info("Weights: %s: %s", name, error)
            said.append(f"{name}: {error}")
            continue
        logger.info("Weights: came from %s", name)
        _keep(tensors, cache)
        return Weights(tensors, pinned)
    raise WeightsUnavailable("No way to ResNet-50's weights is open. " + "; ".join(said) + ".")


def _checked(tensors: Tensors, pinned: str) -> Tensors:
    try:
        ordered = canonical(tensors)
    except ValueError as error:
        raise SourceError(f"it holds another network ({error})") from error
    found = digest(ordered)
    if found != pinned:
        raise SourceError(f"its weights are others (SHA-256 {found[:12]}, not {pinned[:12]})")
    return ordered


def _from_cache(file: Path, pinned: str) -> Tensors | None:
    try:
        tensors = unflat(np.fromfile(file, dtype="<f4"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        logger.warning("%s is damaged and fetched again: %s", file, error)
        return None
    if digest(tensors) != pinned:
        logger.warning("%s is damaged and fetched again: its checksum is wrong", file)
        return None
    return tensors


def _keep(tensors: Tensors, file: Path) -> None:
    """Write beside and rename: a reader, or a second writer, never meets half a file."""
    try:
        write_atomically(file, flat(tensors).data)
    except OSError as error:
        logger.warning(
            "The weights cannot be kept in %s and will be fetched again: %s", file, error
        )
