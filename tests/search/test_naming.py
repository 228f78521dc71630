"""Photos without clothes get a name, if one is to be had in time."""

import asyncio
import threading
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from core.errors import Unavailable
from core.naming import Namer
from core.photos import SIDE_PX, Photo
from core.vision.features import Backbone, Features, Network
from tests.support.colour_backbone import ColourBackbone

GREEN = Photo(np.full((SIDE_PX, SIDE_PX, 3), (0, 255, 0), np.uint8), SIDE_PX, SIDE_PX)


def namer(load: Callable[[], Backbone], *, within_s: float = 10.0) -> Namer:
    return Namer(Network("colour-1", None, load), within_s=within_s)


class Broken(ColourBackbone):
    def forward(self, _pixels: NDArray[np.uint8]) -> Features:
        raise MemoryError


async def test_a_photo_is_named_by_a_network_that_is_loaded_once() -> None:
    loaded: list[Backbone] = []

    def load() -> Backbone:
        loaded.append(ColourBackbone())
        return loaded[-1]

    names = namer(load)
    assert await asyncio.gather(*(names.name(GREEN) for _ in range(3))) == ["tabby cat"] * 3
    assert len(loaded) == 1


async def test_a_network_that_is_not_there_in_time_names_the_next_photo() -> None:
    may_load = threading.Event()

    def load() -> Backbone:
        assert may_load.wait(10)
        return ColourBackbone()

    names = namer(load, within_s=0.05)
    assert await names.name(GREEN) == ""
    may_load.set()
    async with asyncio.timeout(10):
        while not await names.name(GREEN):
            pass
    assert await names.name(GREEN) == "tabby cat"


async def test_without_a_network_there_is_no_name_and_it_is_tried_again() -> None:
    failures = [Unavailable("no weights")]

    def load() -> Backbone:
        if failures:
            raise failures.pop()
        return ColourBackbone()

    names = namer(load)
    assert await names.name(GREEN) == ""
    assert await names.name(GREEN) == "tabby cat"


async def test_a_network_that_breaks_costs_only_the_name() -> None:
    assert await namer(Broken).name(GREEN) == ""
