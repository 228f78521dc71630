"""Annoy: the one module that knows it.

Its trees are over the vectors' longest axes: the first 64 of some 300 hold nine tenths of what
the vectors hold, and a walk costs a third (docs/decisions/0030-scan-small-walk-large.md).
Whoever asks ranks what it is given by the whole vectors, and does not ask for what is rare: the
axes are those of what there is much of.
"""

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
from core.index.exact import CHUNK_ROWS

_AXES = 64
_SAMPLE = 20_000
_HELD_FROM = 0.5  # of the square of its length; most hold 0.8, and what is rare 0.35
_BEAT_S = 0.2


class Graph:
    """Annoy's trees, opened for reading and never changed."""

    def __init__(self, path: Path, *, axes: NDArray[np.float32]) -> None:
        """Map the file, made with float32[d, m] ``axes``; ``IndexInvalid`` when it is no trees."""
        self._axes = axes
        self._trees = annoy.AnnoyIndex(axes.shape[1], "dot")
        try:
            self._trees.load(str(path))
        except OSError as error:
            raise IndexInvalid(f"{path.name} cannot be opened: {error}") from error

    def __len__(self) -> int:
        return int(self._trees.get_n_items())

    def reaches(self, query: NDArray[np.float32]) -> bool:
        """Whether the axes hold so much of float32[d], of length 1, that a walk finds its like."""
        along = query @ self._axes
        return float(along @ along) >= _HELD_FROM

    def nearest(self, query: NDArray[np.float32], count: int, *, search_k: int) -> NDArray[np.intp]:
        """At most ``count`` rows near float32[d], looking at about ``search_k`` candidates."""
        along = query @ self._axes
        rows = self._trees.get_nns_by_vector(along.tolist(), count, search_k)
        return np.asarray(rows, dtype=np.intp)


def longest_axes(vectors: NDArray[np.float32], *, seed: int) -> NDArray[np.float32]:
    """The orthogonal axes that float32[n, d] reach farthest along, as float32[d, at most 64]."""
    rows = np.arange(len(vectors))
    if len(rows) > _SAMPLE:
        rows = np.sort(np.random.default_rng(seed).choice(len(rows), _SAMPLE, replace=False))
    moments = np.zeros((vectors.shape[1], vectors.shape[1]))
    for start in range(0, len(rows), CHUNK_ROWS):
        chunk = vectors[rows[start : start + CHUNK_ROWS]].astype(np.float64)
        moments += chunk.T @ chunk
    axes = np.linalg.eigh(moments).eigenvectors[:, ::-1][:, :_AXES]
    return np.ascontiguousarray(axes, dtype=np.float32)


def write_graph(
    path: Path,
    vectors: Path,
    axes: Path,
    *,
    trees: int,
    seed: int,
    jobs: int,
    step: Callable[[int], None],
) -> None:
    """Build the trees over float32[n, d] along float32[d, m], each a ``.npy`` file.

    ``step`` hears the rows so far.

    In a process of its own: Annoy holds the interpreter's lock while it writes, and writes
    through a memory map, where a full disk is a SIGBUS. Whatever ``step`` raises ends that
    process. The same vectors, seed and ``jobs=1`` give the same trees. Raises ``StorageFailed``.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(
        target=_grow,
        args=(theirs, path, vectors, axes),
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
    parent: Connection,
    path: Path,
    vectors: Path,
    axes: Path,
    *,
    trees: int,
    seed: int,
    jobs: int,
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent's to answer
    rows, along = np.load(vectors, mmap_mode="r"), np.load(axes)
    index = annoy.AnnoyIndex(along.shape[1], "dot")
    index.set_seed(seed)
    index.on_disk_build(str(path))
    for start in range(0, len(rows), CHUNK_ROWS):
        parent.send(start)
        for row, vector in enumerate((rows[start : start + CHUNK_ROWS] @ along).tolist(), start):
            index.add_item(row, vector)
    parent.send(len(rows))
    index.build(trees, n_jobs=jobs)
