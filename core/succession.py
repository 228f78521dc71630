"""One network after another: the one before answers from its index until the next has one."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from core.errors import TwinsetError
from core.index.generation import GenerationInfo
from core.index.index import Index, Rows, space_of
from core.vision.embedder import Embedder, open_embedder
from core.vision.features import Backbone, Network
from core.vision.networks import Networks

logger = logging.getLogger(__name__)


class Succession:
    """An embedder and an index that answer in the same space, whatever is being built.

    While ``embedder.changing``, chats are answered as by the version before; the first
    generation that ``rebuild`` brings ends that.
    """

    def __init__(self, embedder: Embedder, index: Index, networks: Networks) -> None:
        self.embedder = embedder
        self.index = index
        self._networks = networks

    async def rebuild(self, rows: Rows, *, allow_shrink: bool = False) -> GenerationInfo:
        """As ``Index.rebuild``; then the catalogue's network answers chats too.

        A question that the network before has seen is still searched in the index before. Raises
        what loading the network raises, and nothing has changed then.
        """
        await self.embedder.prepare()
        changing = self.embedder.changing
        info = await self.index.rebuild(rows, allow_shrink=allow_shrink)
        self.embedder.switch()
        self.index.settle()
        if changing:
            logger.info("The network %s answers now", info.fingerprint)
        await asyncio.to_thread(self._networks.keep, info.fingerprint, self.embedder.eye)
        return info


@asynccontextmanager
async def open_succession(
    directory: Path, networks: Networks, *, queue: int, decoders: int
) -> AsyncIterator[Succession]:
    """Open the network that the index in this directory was made with, or else the shipped one.

    ``queue`` and ``decoders`` are those of ``open_embedder``.
    """
    shipped = await asyncio.to_thread(networks.shipped)
    async with AsyncExitStack() as stack:

        async def opened(load: Callable[[], Backbone], coming: Network | None = None) -> Embedder:
            embedder = open_embedder(load, coming=coming, queue=queue, decoders=decoders)
            return await stack.enter_async_context(embedder)

        if before := await _before(directory, networks, shipped):
            load, index = before
            try:
                embedder = await opened(load, shipped)
            except TwinsetError as error:
                logger.warning("The network before cannot be loaded: %s", error)
            else:
                yield Succession(embedder, index, networks)
                return
        index = Index(directory, fingerprint=shipped.fingerprint)
        yield Succession(await opened(shipped.load), index, networks)


async def _before(
    directory: Path, networks: Networks, shipped: Network
) -> tuple[Callable[[], Backbone], Index] | None:
    """What loads the network before, and its index; None where either is not to be had whole."""
    space = await asyncio.to_thread(space_of, directory)
    if space is None or space == shipped.fingerprint:
        return None
    load = await asyncio.to_thread(networks.kept, space)
    if load is None:
        return None
    index = Index(directory, fingerprint=shipped.fingerprint, still=space)
    info = await index.ready()
    if info is None or info.fingerprint != space or not info.products:
        return None
    logger.info("The network %s answers until %s has an index", space, shipped.fingerprint)
    return load, index
