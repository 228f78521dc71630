"""The bot as a process, at 45,000 products and with a warm cache: time to ready, and memory."""

import asyncio
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from core.memory import read_memory
from core.vision.embedder import open_embedder
from core.vision.loading import resnet50
from tests.benchmarks.bars import Bar, emit, say
from tests.benchmarks.catalogue import fill
from tests.benchmarks.network import dimension_of
from tests.benchmarks.reference import CACHE_DIR, measure_reference
from tests.e2e.process import PROJECT, environment, free_port

_STARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How long until the bot said that it was ready, and what it held then."""

    ready_s: float
    resident_mb: float


async def main(photos: Path) -> None:
    """Measure and emit."""
    say("the reference: TensorFlow and Keras")
    reference = measure_reference(photos)
    with TemporaryDirectory(prefix="twinset-benchmark-") as name:
        state = Path(name)
        async with open_embedder(resnet50(path=None, cache_dir=CACHE_DIR)) as embedder:
            fingerprint, dimension = embedder.fingerprint, await dimension_of(embedder)
        say("a catalogue of 45,000 products")
        await fill(state, fingerprint, dimension=dimension)
        say("starting the bot")
        starts = [await started(state) for _ in range(_STARTS)]
    ready_s = float(np.median([one.ready_s for one in starts]))
    held_mb = float(np.median([one.resident_mb for one in starts]))
    emit(
        [
            Bar(
                name="the bot's time to ready, of TensorFlow's to a frozen network",
                measured=ready_s / reference.ready_s,
                sense="at most",
                limit=0.25,
                details={"ready s": ready_s, "TensorFlow s": reference.ready_s},
                bound="Python's imports; the network and the index are there in half a second",
            ),
            Bar(
                name="the bot's resident memory, of that process's",
                measured=held_mb / reference.resident_mb,
                sense="at most",
                limit=1 / 3,
                details={"bot MB": held_mb, "TensorFlow MB": reference.resident_mb},
                bound="two plans of the network in bfloat16, the index's vectors, Python's modules",
            ),
        ]
    )


async def started(state: Path) -> Start:
    """Start the bot on that state, wait until it is ready, and stop it."""
    settings = environment(
        state, TWINSET_CACHE_DIR=CACHE_DIR, TWINSET_DEMO_SHOP="off", PORT=free_port()
    )
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=PROJECT,
        env=settings,
    )
    assert process.stdout is not None
    try:
        while line := await process.stdout.readline():
            if b"is ready" in line:
                ready_s = time.perf_counter() - begun
                return Start(ready_s=ready_s, resident_mb=read_memory(process.pid).resident_mb)
        raise RuntimeError("The bot ended before it was ready.")
    finally:
        process.terminate()
        await process.wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
