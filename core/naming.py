"""What a photo without clothes shows, by the network as ImageNet taught it."""

import asyncio
import logging

import numpy as np

from core.looks import imagenet_word
from core.photos import Photo
from core.vision.features import Backbone, Network

logger = logging.getLogger(__name__)


class Namer:
    """Names photos with ResNet-50's own classes.

    Teaching it clothes made the network forget most else, so a second one, untaught, is asked
    about what is no clothes (docs/decisions/0043). It is loaded when it is first needed.
    """

    def __init__(self, network: Network, *, within_s: float = 3.0) -> None:
        """A name is waited for ``within_s`` at most."""
        self._network = network
        self._within_s = within_s
        self._backbone: asyncio.Task[Backbone] | None = None
        self._turn = asyncio.Lock()  # what is being made ahead is not made twice

    async def prepare(self) -> None:
        """Make what loading starts from, so that nobody waits for that; raises what it raises."""
        async with self._turn:
            await asyncio.to_thread(self._network.prepare)

    async def name(self, photo: Photo) -> str:
        """What the photo shows, in a word or two ("tabby cat").

        Empty when that cannot be told in time, or at all: an answer never fails for want of it.
        """
        try:
            async with asyncio.timeout(self._within_s):
                backbone = await asyncio.shield(self._loading())
                seen = await asyncio.to_thread(backbone.forward, photo.pixels[np.newaxis])
        except TimeoutError:
            return ""
        except Exception:
            logger.exception("what a photo shows could not be named")
            return ""
        return imagenet_word(seen.logits[0])

    def _loading(self) -> "asyncio.Task[Backbone]":
        task = self._backbone
        if task is None or (task.done() and task.exception()):
            task = self._backbone = asyncio.create_task(self._loaded())
        return task

    async def _loaded(self) -> Backbone:
        async with self._turn:
            return await asyncio.to_thread(self._network.load)
