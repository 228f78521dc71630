"""A generation: one finished build of the index, immutable."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from core.errors import IndexInvalid
from core.index.exact import best, cosines
from core.index.graph import Graph
from core.index.queries import hard_queries

VECTORS, PRODUCTS, META = "vectors.npy", "products.npy", "meta.json"
AXES, GRAPH = "axes.npy", "graph.annoy"
RANKED = 500
"""Rows that a walk through the trees brings, to be ranked by their whole vectors."""

_FAR = 8  # asked for more than an eighth of its rows, a walk through the trees saves nothing


@dataclass(frozen=True, slots=True)
class Seal:
    """What a file must still be: its size and its SHA-256, in hex."""

    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationInfo:
    """What is known of a generation without opening its arrays; ``meta.json``.

    ``search_k`` is Annoy's, as tuned for this catalogue; None means that there are no trees and
    every query is an exact scan. ``recall`` is recall@5 against the exact scan on a sample.
    ``left_out`` counts the rows that were no unit vectors. ``recipe`` names how it was built: the
    same rows and recipe give as good a one.
    """

    name: str
    fingerprint: str
    rows: int
    products: int
    dimension: int
    created_at: datetime
    left_out: int
    search_k: int | None
    recall: float
    files: dict[str, Seal]
    recipe: str = ""


class Generation:
    """A generation opened for queries, from any number of threads.

    Its files are mapped for as long as it is referenced, also after they are deleted.
    """

    def __init__(
        self,
        info: GenerationInfo,
        *,
        vectors: NDArray[np.float32],
        products: NDArray[np.int64],
        graph: Graph | None,
    ) -> None:
        self.info = info
        self._vectors = vectors
        self._products = products
        self._graph = graph

    @property
    def rows(self) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Of every row the product's id, int64[n], and its unit vector, float32[n, d]; mapped."""
        return self._products, self._vectors

    def search(
        self,
        query: NDArray[np.float32],
        k: int,
        *,
        allowed: Iterable[int] | NDArray[np.int64] | None = None,
        exact: bool = False,
    ) -> list[tuple[int, float]]:
        """The ``k`` products nearest to float32[d], best first, each with its cosine.

        Fewer only when the generation (or ``allowed``, a set of product ids) holds fewer.
        Exact, unless it is the plain query of a catalogue with trees, for something that is not
        rare there; with ``exact`` that too.
        """
        unit = self._unit(query)
        if k < 1 or not self.info.rows:
            return []
        trees = None if exact or allowed is not None else self._graph
        if trees is not None and k * _FAR <= self.info.rows and trees.reaches(unit):
            found = self._walk(trees, unit, k)
            if len(found) >= min(k, self.info.products):
                return found
        rows = None if allowed is None else np.flatnonzero(np.isin(self._products, _ids(allowed)))
        return self._scan(unit, k, rows)

    def queries(self, count: int, *, seed: int) -> NDArray[np.float32]:
        """Queries float32[m, d], m at most ``count``, as hard as people's own photos."""
        if not self.info.rows:
            return np.zeros((0, self.info.dimension), np.float32)
        mean = self._vectors.mean(axis=0, dtype=np.float64)
        return hard_queries(self._vectors, mean, count=count, seed=seed)

    def _unit(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        vector = np.asarray(query, dtype=np.float32)
        if self.info.rows and vector.shape != (self.info.dimension,):
            raise ValueError(f"a query has shape ({self.info.dimension},), not {vector.shape}")
        if not np.isfinite(vector).all() or not vector.any():
            raise ValueError("a query is finite and not zero")
        return _normalised(vector)

    def _walk(self, graph: Graph, unit: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        # For products with several pictures; search_k was tuned for short lists.
        count = max(RANKED, 10 * k)
        rows = graph.nearest(unit, count, search_k=(self.info.search_k or 0) * count // RANKED)
        rows = np.sort(rows)
        scores = self._vectors[rows] @ unit
        order = np.argsort(-scores, kind="stable")
        return self._distinct(rows[order], scores[order], k)

    def _scan(
        self, unit: NDArray[np.float32], k: int, rows: NDArray[np.intp] | None
    ) -> list[tuple[int, float]]:
        scores = cosines(self._vectors, unit, rows=rows)
        count = 2 * k
        while True:
            places = best(scores, count)
            found = self._distinct(places if rows is None else rows[places], scores[places], k)
            if len(found) == k or len(places) < count:
                return found
            count *= 4

    def _distinct(
        self, rows: NDArray[np.intp], scores: NDArray[np.float32], k: int
    ) -> list[tuple[int, float]]:
        found: dict[int, float] = {}
        for product, score in zip(self._products[rows], scores, strict=True):
            found.setdefault(int(product), float(score))
            if len(found) == k:
                break
        return list(found.items())


def load_generation(directory: Path, *, fingerprint: str, still: str | None = None) -> Generation:
    """Open a generation after checking each file against its seal.

    Raises ``IndexInvalid`` when anything is missing or damaged, or when it is of another
    embedding space than ``fingerprint`` or ``still``.
    """
    info = read_info(directory)
    if info.fingerprint not in (fingerprint, still):
        raise IndexInvalid(
            f"{directory.name} is of the embedding space {info.fingerprint}, not {fingerprint}."
        )
    for name, seal in info.files.items():
        if seal_of(directory / name) != seal:
            raise IndexInvalid(f"{directory.name}/{name} is not what was written.")
    if not info.rows:
        empty = np.zeros((0, info.dimension), np.float32)
        return Generation(info, vectors=empty, products=np.zeros(0, np.int64), graph=None)
    try:
        vectors = np.load(directory / VECTORS, mmap_mode="r")
        products = np.load(directory / PRODUCTS)
        axes = np.load(directory / AXES) if info.search_k is not None else None
    except (OSError, ValueError) as error:
        raise IndexInvalid(f"{directory.name} cannot be opened: {error}") from error
    graph = None
    if axes is not None:
        graph = Graph(directory / GRAPH, axes=axes)
    sizes = {len(vectors), len(products), len(graph) if graph else len(vectors), info.rows}
    if len(sizes) != 1 or vectors.shape != (info.rows, info.dimension):
        raise IndexInvalid(f"The parts of {directory.name} do not have the same number of rows.")
    return Generation(info, vectors=vectors, products=products, graph=graph)


def seal_of(path: Path) -> Seal:
    """The seal that fits the file as it is; ``IndexInvalid`` when it cannot be read."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return Seal(size_bytes=file.tell(), sha256=digest)
    except OSError as error:
        raise IndexInvalid(f"{path.parent.name}/{path.name} cannot be read: {error}") from error


def write_info(directory: Path, info: GenerationInfo) -> None:
    """Write ``meta.json``."""
    fields = TypeAdapter(GenerationInfo).dump_python(info, mode="json")
    (directory / META).write_text(json.dumps(fields, indent=2) + "\n")


def read_info(directory: Path) -> GenerationInfo:
    """Read ``meta.json``; ``IndexInvalid`` when it cannot be read."""
    try:
        return TypeAdapter(GenerationInfo).validate_json((directory / META).read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexInvalid(f"{directory.name}/{META} cannot be read: {error}") from error


def _ids(product_ids: Iterable[int] | NDArray[np.int64]) -> NDArray[np.int64]:
    if isinstance(product_ids, np.ndarray):
        return product_ids
    return np.fromiter(product_ids, dtype=np.int64)


def _normalised(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    return (vector / np.linalg.norm(vector)).astype(np.float32)
