"""Building a generation: rows in, files out, checked before anybody uses them."""

import logging
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from core.errors import IndexInvalid
from core.index.exact import CHUNK_ROWS
from core.index.generation import (
    AXES,
    GRAPH,
    META,
    PRODUCTS,
    RANKED,
    VECTORS,
    GenerationInfo,
    seal_of,
    write_info,
)
from core.index.graph import Graph, longest_axes, write_graph
from core.index.queries import hard_queries

_log = logging.getLogger(__name__)
_UNIT = 0.01  # half floats keep a unit vector's length to 0.0005
_RECALL_AT = 5
_SEARCH_K, _SEARCH_K_GROWS = 31.0, 0.45  # 3,850 at 45,000 rows, 15,500 at a million
_LEAST_SEARCH_K = 3_000
_MOST = 3  # times that
_NEXT_SEARCH_K = 1.2
_GAIN = 0.004  # in recall: less is not worth a fifth more
_RECIPE = 1  # to be counted up with every change of what is made of the same rows


class Stage(StrEnum):
    """Where a build is."""

    READ = "read"
    TREES = "trees"
    CHECK = "check"


Progress = Callable[[Stage, int, int | None], None]
"""Hears the stage, the rows done in it, and of how many (None while that is unknown)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How generations are built.

    Up to ``scan_rows`` there are no trees: the exact scan is as quick there and misses nothing
    (docs/decisions/0030-scan-small-walk-large.md). A walk through the trees is to find ``recall``
    of the five nearest, or ``least_recall`` where more would cost too much for what it gains; a
    query for what is rare is a scan, at most all but ``least_walked`` of them.
    ``jobs=1`` makes a build repeatable. At most ``bad_share`` of the rows may be no unit vectors.
    """

    scan_rows: int = 10_000
    trees: int = 50
    jobs: int = 1
    seed: int = 20
    recall: float = 0.99
    least_recall: float = 0.95
    least_walked: float = 0.75
    sample: int = 100
    bad_share: float = 0.01

    @property
    def recipe(self) -> str:
        """What a generation is built by, besides its rows."""
        return f"{_RECIPE} {self}"


class BuildStopped(Exception):
    """The build was told to stop."""


class Builder:
    """Writes one generation into a directory of its own. Used by one thread at a time."""

    def __init__(
        self, directory: Path, *, fingerprint: str, options: BuildOptions, progress: Progress
    ) -> None:
        self._directory = directory
        self._fingerprint = fingerprint
        self._options = options
        self._progress = progress
        self._products: list[NDArray[np.int64]] = []
        self._file: BinaryIO | None = None
        self._sum: NDArray[np.float64] | None = None
        self._left_out = 0
        self._stop = threading.Event()
        self.rows = 0
        self.dimension = 0

    def stop(self) -> None:
        """Make the build end soon with ``BuildStopped``; from any thread."""
        self._stop.set()

    def add(self, products: NDArray[np.int64], vectors: NDArray[np.floating]) -> None:
        """Append rows: int64[n] product ids and float[n, d] unit vectors, finite.

        Raises ``OSError`` on a full disk, ``IndexInvalid`` for another dimension than before.
        """
        chunk = np.asarray(vectors, dtype=np.float32)
        if chunk.ndim != 2 or len(chunk) != len(products):
            raise IndexInvalid(f"A chunk has {len(products)} products and shape {chunk.shape}.")
        if not len(chunk):
            return
        if self._file is None:
            self.dimension = chunk.shape[1]
            self._sum = np.zeros(self.dimension)
            self._file = (self._directory / VECTORS).open("wb")
            self._header(self._file)
        if chunk.shape[1] != self.dimension:
            raise IndexInvalid(f"Vectors of {chunk.shape[1]} and {self.dimension} numbers.")
        lengths = np.linalg.norm(chunk, axis=1, keepdims=True)
        good = np.abs(lengths[:, 0] - 1) < _UNIT  # False for what is not finite
        chunk = chunk[good] / lengths[good]
        self._file.write(np.ascontiguousarray(chunk, dtype="<f4").data)
        self._products.append(np.asarray(products, dtype=np.int64)[good])
        self._sum = self._sum + chunk.sum(axis=0, dtype=np.float64)
        self._left_out += int(np.count_nonzero(~good))
        self.rows += len(chunk)
        self._tick(Stage.READ, self.rows, None)

    def finish(
        self,
        *,
        name: str,
        now: datetime,
        fewest_products: int,
        before: GenerationInfo | None = None,
    ) -> GenerationInfo:
        """Write the rest, make everything durable, and check it.

        Or give back the one ``before``, where it was built of the same rows in the same way. Raises
        ``IndexInvalid`` when a check fails, ``OSError`` or ``StorageFailed`` for the disk.
        """
        products = np.concatenate([np.zeros(0, np.int64), *self._products])
        distinct = len(np.unique(products))
        self._check_counts(distinct, fewest_products)
        search_k, recall, files = None, 1.0, []
        if self._file is not None and self.rows:
            self._header(self._file)
            self._file.close()
            np.save(self._directory / PRODUCTS, products)
            files = [VECTORS, PRODUCTS]
            if before and self._is_like(before):
                return before
            vectors = np.load(self._directory / VECTORS, mmap_mode="r")
            self._check_vectors(vectors)
            if self.rows > self._options.scan_rows and (tuned := self._grow(vectors)):
                files += [AXES, GRAPH]
                search_k, recall = tuned
        self._sync(files)
        info = GenerationInfo(
            name=name,
            fingerprint=self._fingerprint,
            rows=self.rows,
            products=distinct,
            dimension=self.dimension,
            created_at=now,
            left_out=self._left_out,
            search_k=search_k,
            recall=recall,
            files={file: seal_of(self._directory / file) for file in files},
            recipe=self._options.recipe,
        )
        write_info(self._directory, info)
        self._sync([META, "."])
        return info

    def close(self) -> None:
        """Close what is open; what a full disk did not take is given up."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()

    def _is_like(self, before: GenerationInfo) -> bool:
        recipe = (self._fingerprint, self._options.recipe)
        return (before.fingerprint, before.recipe) == recipe and all(
            before.files.get(file) == seal_of(self._directory / file)
            for file in (VECTORS, PRODUCTS)
        )

    def _check_counts(self, products: int, fewest_products: int) -> None:
        if self._left_out > self._options.bad_share * (self.rows + self._left_out):
            raise IndexInvalid(
                f"{self._left_out} of {self.rows + self._left_out} vectors are no unit vectors."
            )
        if products < fewest_products:
            raise IndexInvalid(
                f"Only {products} products; fewer than {fewest_products} would be a loss "
                "that needs permission."
            )

    def _check_vectors(self, vectors: NDArray[np.float32]) -> None:
        if vectors.shape != (self.rows, self.dimension):
            raise IndexInvalid(f"{self.rows} rows were written, {len(vectors)} are there.")
        for start in range(0, self.rows, CHUNK_ROWS):
            lengths = np.linalg.norm(vectors[start : start + CHUNK_ROWS], axis=1)
            if not (np.abs(lengths - 1) < _UNIT).all():
                raise IndexInvalid("What was written is not what was read: no unit vectors.")
            self._tick(Stage.CHECK, min(start + CHUNK_ROWS, self.rows), self.rows)

    def _grow(self, vectors: NDArray[np.float32]) -> tuple[int, float] | None:
        """Build the trees and tune them; None, and no trees, where a scan finds no less as fast."""
        path, options = self._directory / GRAPH, self._options
        axes = longest_axes(vectors, seed=options.seed)
        np.save(self._directory / AXES, axes)
        write_graph(
            path,
            self._directory / VECTORS,
            self._directory / AXES,
            trees=options.trees,
            seed=options.seed,
            jobs=options.jobs,
            step=lambda rows: self._tick(Stage.TREES, rows, self.rows),
        )
        graph = Graph(path, axes=axes)
        if len(graph) != self.rows:
            raise IndexInvalid(f"{self.rows} rows went into the trees, {len(graph)} are there.")
        queries = self._queries(vectors)
        tuned = self._tuned(graph, vectors, queries)
        if tuned is None:
            path.unlink()
            (self._directory / AXES).unlink()
        return tuned

    def _tuned(
        self, graph: Graph, vectors: NDArray[np.float32], queries: NDArray[np.float32]
    ) -> tuple[int, float] | None:
        """Annoy's ``search_k`` and the recall that it gives; None where no walk is worth it."""
        options = self._options
        walked = float(np.mean([graph.reaches(query) for query in queries]))
        if walked < options.least_walked:
            _log.warning("no trees: of %.2f of what is asked they hold little", 1 - walked)
            return None
        exact = self._nearest(vectors, queries)
        search_k = max(_LEAST_SEARCH_K, int(_SEARCH_K * self.rows**_SEARCH_K_GROWS))
        most = _MOST * search_k
        recall = _recall(graph, vectors, queries, exact, search_k)
        while recall < options.recall and search_k <= self.rows:
            self._tick(Stage.CHECK, min(search_k, self.rows), self.rows)
            following = int(search_k * _NEXT_SEARCH_K)
            found = _recall(graph, vectors, queries, exact, following)
            costly = following > most or found < recall + _GAIN
            if recall >= options.least_recall and costly:
                break
            search_k, recall = following, found
        if recall < options.least_recall:
            _log.warning("no trees: they find %.3f of what is there", recall)
            return None
        return search_k, recall

    def _queries(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        assert self._sum is not None  # noqa: S101  # there are rows
        options, mean = self._options, self._sum / self.rows
        return hard_queries(vectors, mean, count=options.sample, seed=options.seed)

    def _nearest(
        self, vectors: NDArray[np.float32], queries: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """The cosine of each query's fifth nearest row."""
        top = np.full((len(queries), _RECALL_AT), -np.inf, np.float32)
        for start in range(0, self.rows, CHUNK_ROWS):
            scores = queries @ vectors[start : start + CHUNK_ROWS].T
            both = np.concatenate([top, scores], axis=1)
            top = np.partition(both, -_RECALL_AT, axis=1)[:, -_RECALL_AT:]
        fifth: NDArray[np.float32] = top.min(axis=1)
        return fifth

    def _header(self, file: BinaryIO) -> None:
        # numpy leaves room in the header for the row count to grow in place.
        file.seek(0)
        shape = (self.rows, self.dimension)
        np.lib.format.write_array_header_1_0(
            file, {"descr": "<f4", "fortran_order": False, "shape": shape}
        )

    def _sync(self, names: list[str]) -> None:
        for name in names:
            sync(self._directory / name)

    def _tick(self, stage: Stage, done: int, total: int | None) -> None:
        if self._stop.is_set():
            raise BuildStopped
        self._progress(stage, done, total)


def sync(path: Path) -> None:
    """Make a file or a directory durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _recall(
    graph: Graph,
    vectors: NDArray[np.float32],
    queries: NDArray[np.float32],
    fifth: NDArray[np.float32],
    search_k: int,
) -> float:
    found = 0
    for query, edge in zip(queries, fifth, strict=True):
        if not graph.reaches(query):  # it will be a scan
            found += _RECALL_AT
            continue
        rows = graph.nearest(query, RANKED, search_k=search_k)
        near = int(np.count_nonzero(vectors[np.sort(rows)] @ query >= edge - 1e-5))
        found += min(near, _RECALL_AT)
    return found / (_RECALL_AT * len(queries))
