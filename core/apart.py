"""Decodes what must not be decoded in this process: in one of its own, with bounds.

The decoders of HEIC and AVIF allocate what the coded picture says, whatever size the file says
that it has, and are written in C for video. A process that meets its bounds, or crashes, costs
one photo.
"""

import contextlib
import subprocess
import sys
from pathlib import Path

from PIL import AvifImagePlugin, Image

from core.decoding import Decoded, decode
from core.errors import BrokenPhoto, PhotoTooLarge

APART = frozenset({"AVIF", "HEIC"})

MEMORY_BYTES = 1_200_000_000
"""Address space of a process; twice what it takes to decode ``MAX_PIXELS``."""

_CPU_S = 10
_PATIENCE_S = 20.0
_ROOT = Path(__file__).parents[1]


def decode_apart(
    data: bytes, name: str, *, side_px: int, memory_bytes: int = MEMORY_BYTES
) -> Decoded:
    """As ``decode``, within so much address space and 20 seconds; blocks."""
    command = [sys.executable, "-m", "core.apart", name, str(side_px), str(memory_bytes)]
    try:
        done = subprocess.run(  # noqa: S603 - ourselves
            command, input=data, capture_output=True, cwd=_ROOT, timeout=_PATIENCE_S, check=True
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise BrokenPhoto("The picture is damaged, or decodes to more than it says.") from error
    head, _, pixels = done.stdout.partition(b"\n")
    width, height, *size = map(int, head.split())
    if not size:
        raise PhotoTooLarge(pixels=width, limit_pixels=height)
    return Image.frombytes("RGB", (size[0], size[1]), pixels), width, height


def _bound(memory_bytes: int) -> None:
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):  # not every system takes each of them
        resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def _main(name: str, side_px: str, memory_bytes: str) -> None:
    """Standard input → four sizes on a line and RGB; or two numbers, for too many pixels."""
    _bound(int(memory_bytes))
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # others decode beside us
    out = sys.stdout.buffer
    try:
        image, *sizes = decode(sys.stdin.buffer.read(), name, side_px=int(side_px))
    except PhotoTooLarge as error:
        out.write(b"%d %d\n" % (error.pixels, error.limit_pixels))
        return
    out.write(b"%d %d %d %d\n" % (*sizes, *image.size))
    out.write(image.tobytes())


if __name__ == "__main__":
    _main(*sys.argv[1:])
