"""The raw forward pass: the network on ready arrays, as fast as the product's runtime gives it."""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from core.vision.features import Backbone


def seconds_a_pass(network: Backbone, size: int, *, passes: int) -> list[float]:
    """How long each of some passes over ``size`` photos took, after one that does not count."""
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 255, (size, 224, 224, 3), dtype=np.uint8)
    network.forward(pixels)
    taken = []
    for _ in range(passes):
        started = time.perf_counter()
        network.forward(pixels)
        taken.append(time.perf_counter() - started)
    return taken


def photos_per_s(network: Backbone, *, photos: int = 96) -> float:
    """The rate at the batch size that gives the highest, by medians; every stream computes."""
    return max(_photos_per_s(network, size, photos) for size in network.batch_sizes)


def _photos_per_s(network: Backbone, size: int, photos: int) -> float:
    passes = max(3, photos // size // network.streams)
    with ThreadPoolExecutor(network.streams) as threads:
        taken = threads.map(
            lambda _: seconds_a_pass(network, size, passes=passes), range(network.streams)
        )
    return network.streams * size / float(np.median(list(taken)))
