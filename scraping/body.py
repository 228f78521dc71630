"""Response bodies, read piece by piece, with a cap on what they unpack to."""

import zlib
from collections.abc import AsyncIterator, Iterator

from core.errors import FetchFailed, FetchRefused

_PIECE = 65_536


async def read_capped(
    pieces: AsyncIterator[bytes], *, encoding: str, max_bytes: int, cut: bool = False
) -> bytes:
    """The decoded body; at most ``max_bytes`` and one piece are ever held.

    ``encoding`` is the ``Content-Encoding``. A longer body is ``FetchRefused``, or ends there
    with ``cut``. ``FetchFailed`` for a body that is not so encoded or breaks off.
    """
    decoder = Inflater() if encoding.strip().lower() in {"gzip", "x-gzip", "deflate"} else None
    if decoder is None and encoding.strip().lower() not in {"", "identity"}:
        raise FetchFailed(f"The answer is encoded as {encoding[:40]!r}, which was not asked for.")
    body = bytearray()
    async for piece in pieces:
        for plain in decoder.feed(piece) if decoder else (piece,):
            body += plain
            if len(body) > max_bytes:
                if cut:
                    return bytes(body[:max_bytes])
                raise FetchRefused(f"The answer is larger than {max_bytes / 1e6:.1f} MB.")
    if decoder and body and not decoder.complete:
        raise FetchFailed("The answer breaks off.")
    return bytes(body)


def gunzip(data: bytes, *, max_bytes: int) -> bytes:
    """A gzip file's content; ``FetchRefused`` beyond ``max_bytes``, ``FetchFailed`` when broken."""
    decoder = Inflater()
    body = bytearray()
    for plain in decoder.feed(data):
        body += plain
        if len(body) > max_bytes:
            raise FetchRefused(f"The file unpacks to more than {max_bytes / 1e6:.1f} MB.")
    if not decoder.complete:
        raise FetchFailed("The file breaks off.")
    return bytes(body)


class Inflater:
    """Decodes gzip (of any number of members), zlib and bare deflate in small steps."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=47)  # gzip or zlib, told by its head
        self._fresh = True
        self.complete = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What ``data`` decodes to, in pieces of at most 64 KiB; ``FetchFailed`` when broken."""
        while data:
            try:
                plain = self._stream.decompress(data, _PIECE)
            except zlib.error as error:
                if not self._fresh:
                    raise FetchFailed("The answer is not packed as it says.") from error
                self._fresh = False
                self._stream = zlib.decompressobj(wbits=-15)  # what some servers call deflate
                continue
            self._fresh = False
            if plain:
                yield plain
            data = self._stream.unconsumed_tail
            if self._stream.eof:
                self.complete = True
                data = self._stream.unused_data
                if not data.startswith(b"\x1f\x8b"):
                    return  # padding after the end
                self._stream = zlib.decompressobj(wbits=47)
                self.complete = False
