"""Pictures that people attached, fetched when they are wanted."""

import asyncio
from functools import partial
from types import TracebackType
from typing import Self

import aiohttp

from bot.conversation.messages import PhotoRef
from bot.discord.errors import translated
from core.errors import FetchFailed, PhotoTooHeavy
from core.photos import MAX_BYTES

_CHUNK_BYTES = 1 << 16
_PAUSES_S = (0.03, 1.0)
_IN_TROUBLE = 500


class Downloads:
    """Fetches from Discord's own file servers, never more than ``limit_bytes`` a picture."""

    def __init__(self, *, limit_bytes: int = MAX_BYTES, max_wait_s: float = 20.0) -> None:
        self._limit_bytes = limit_bytes
        self._timeout = aiohttp.ClientTimeout(total=max_wait_s)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=self._timeout)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session:
            await self._session.close()

    def ref(self, url: str, *, size_bytes: int | None = None) -> PhotoRef:
        """A photo at one of Discord's addresses; ``size_bytes`` as Discord tells it."""
        return PhotoRef(load=partial(self._load, url, size_bytes), size_bytes=size_bytes)

    async def _load(self, url: str, size_bytes: int | None) -> bytes:
        self._check(size_bytes or 0)
        if self._session is None:
            raise FetchFailed("Pictures cannot be fetched before Discord is started.")
        for pause_s in _PAUSES_S:
            try:
                return await self._once(self._session, url)
            except FetchFailed as error:
                if error.status is not None and error.status < _IN_TROUBLE:
                    raise
            await asyncio.sleep(pause_s)
        return await self._once(self._session, url)

    async def _once(self, session: aiohttp.ClientSession, url: str) -> bytes:
        with translated():
            async with session.get(url) as response:
                if response.status != 200:
                    raise FetchFailed("Discord has lost the picture.", status=response.status)
                self._check(response.content_length or 0)
                data = bytearray()
                async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
                    data += chunk
                    self._check(len(data))
                return bytes(data)

    def _check(self, size_bytes: int) -> None:
        if size_bytes > self._limit_bytes:
            raise PhotoTooHeavy(size_bytes=size_bytes, limit_bytes=self._limit_bytes)
