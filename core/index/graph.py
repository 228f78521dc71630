"""Annoy: the one module that knows it."""

import multiprocessing
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import annoy
import numpy as np
from numpy.typing import NDArray

from core.errors import IndexInvalid, StorageFailed

_ROWS_A_STEP = 512
_BEAT_S = 0.2


class Graph:
    """Annoy's trees over a set of vectors, opened for reading and never changed."""

    def __init__(self, path: Path, *, dimension: int) -> None:
        """Map the file; ``IndexInvalid`` when it is none of Annoy's."""
        self._trees = annoy.AnnoyIndex(dimension, "angular")
        try:
            self._trees.load(str(path))
        except OSError as error:
            raise IndexInvalid(f"{path.name} cannot be opened: {error}") from error

    def __len__(self) -> int:
        return int(self._trees.get_n_items())

    def nearest(self, query: NDArray[np.float32], count: int, *, search_k: int) -> NDArray[np.intp]:
        """At most ``count`` rows near float32[d], looking at about ``search_k`` candidates."""
        rows = self._trees.get_nns_by_vector(query.tolist(), count, search_k)
        return np.asarray(rows, dtype=np.intp)


def write_graph(
    path: Path,
    vectors: Path,
    *,
    trees: int,
    seed: int,
    jobs: int,
    step: Callable[[int], None],
) -> None:
    """Build the trees over the float32[n, d] of a ``.npy`` file; ``step`` hears the rows so far.

    In a process of its own: Annoy holds the interpreter's lock while it writes, and writes
    through a memory map, where a full disk is a SIGBUS. Whatever ``step`` raises ends that
    process. The same vectors, seed and ``jobs=1`` give the same trees. Raises ``StorageFailed``.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(
        target=_grow,
        args=(theirs, path, vectors),
        kwargs={"trees": trees, "seed": seed, "jobs": jobs},
        daemon=True,
    )
    worker.start()
    theirs.close()
    rows = 0
    try:
        with suppress(EOFError):
            while True:
                if ours.poll(_BEAT_S):
                    rows = ours.recv()
                step(rows)
        worker.join()
    finally:
        worker.kill()
        worker.join()
        ours.close()
    if worker.exitcode:
        raise StorageFailed(
            f"{path.name} could not be built (exit {worker.exitcode}); is the disk full?"
        )


def _grow(
    parent: Connection, path: Path, vectors: Path, *, trees: int, seed: int, jobs: int
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent's to answer
    rows = np.load(vectors, mmap_mode="r")
    index = annoy.AnnoyIndex(rows.shape[1], "angular")
    index.set_seed(seed)
    index.on_disk_build(str(path))
    for row, vector in enumerate(rows):
        index.add_item(row, vector.tolist())
        if row % _ROWS_A_STEP == 0:
            parent.send(row)
    parent.send(len(rows))
    index.build(trees, n_jobs=jobs)
