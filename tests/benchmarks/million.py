"""The index at a million products: built in bounded memory, answering in milliseconds."""

import asyncio
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from threadpoolctl import threadpool_limits

from core.index.index import Index
from core.measuring import NEAREST, recall, timed
from core.memory import read_memory
from tests.benchmarks.bars import Bar, emit, say
from tests.benchmarks.vectors import real_vectors, rows

PRODUCTS = 1_000_000
_ASKED = 100


async def main(photos: Path) -> None:
    """Measure and emit."""
    say("vectors of real photos")
    base, own = await real_vectors(photos)
    own = own[:: max(1, len(own) // _ASKED)]
    with TemporaryDirectory(prefix="twinset-benchmark-") as name, threadpool_limits(1, "blas"):
        index = Index(Path(name), fingerprint="f")
        say("building, which takes some minutes")
        started = time.perf_counter()
        before_mb = read_memory().anonymous_mb
        with watched_memory() as memory:
            info = await index.rebuild(rows(base, PRODUCTS))
        build_s = time.perf_counter() - started
        say("asking")
        generation = index.current
        assert generation is not None
        exact = [timed(lambda q=q: generation.search(q, NEAREST, exact=True)) for q in own]
        for query in own:  # the pages of trees that a first walk brings in
            generation.search(query, NEAREST)
        found = [timed(lambda q=q: generation.search(q, NEAREST)) for q in own]
    ms, scan_ms = (median(taken for _, taken in one) for one in (found, exact))
    emit(
        [
            Bar(
                name="1,000,000 products: resident while building, beyond mapped files",
                measured=(max(memory) - before_mb) / 1024,
                sense="at most",
                limit=2,
                unit="GiB",
                details={"build s": build_s},
                bound="one chunk of rows at a time; Annoy writes into a mapped file",
            ),
            Bar(
                name="1,000,000 products: recall@5 for people's own photos",
                measured=recall([hit for hit, _ in found], [hit for hit, _ in exact]),
                sense="at least",
                limit=0.95,
                unit="",
                details={"search_k": float(info.search_k or 0)},
            ),
            Bar(
                name="1,000,000 products: a query, of the exact scan",
                measured=ms / scan_ms,
                sense="at most",
                limit=0.05,
                details={"Annoy ms": ms, "scan ms": scan_ms},
                bound="Annoy's candidates, as many as the recall needs",
            ),
        ]
    )


@contextmanager
def watched_memory() -> Iterator[list[float]]:
    """The megabytes of this process and its children, without mapped files, ten times a second."""
    held, ended = [read_memory().anonymous_mb], threading.Event()

    def watch() -> None:
        while not ended.wait(0.1):
            with suppress(OSError):  # a child that is just ending
                held.append(
                    read_memory().anonymous_mb
                    + sum(read_memory(pid).anonymous_mb for pid in children())
                )

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield held
    finally:
        ended.set()
        thread.join()


def children() -> list[int]:
    """The processes that this one has started."""
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return [int(pid) for file in tasks for pid in file.read_text().split()]


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
