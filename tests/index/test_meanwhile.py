"""Queries go on while generations are swapped, whoever swaps them."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from core.index.build import BuildOptions
from core.index.index import Index
from tests.index.rows import DIMENSION, chunks, unit_vectors

SWAPS = 4


@pytest.mark.parametrize("scan_rows", [0, 50_000], ids=["trees", "scan"])
async def test_four_threads_lose_no_query_to_swaps(tmp_path: Path, scan_rows: int) -> None:
    """Each answer comes whole from one generation, in the building process and in another."""
    options = BuildOptions(scan_rows=scan_rows, trees=5)
    base = unit_vectors(400)
    builder = Index(tmp_path, fingerprint="f", options=options)
    reader = Index(tmp_path, fingerprint="f", options=options)
    await builder.rebuild(_generation(base, 0))
    stop = threading.Event()
    answers: list[int] = []
    failures: list[object] = []

    def ask(index: Index, seed: int) -> None:
        query = unit_vectors(1, seed=seed)[0]
        while not stop.is_set():
            try:
                found = index.search(query, 5)
                generations = {product // 1000 for product, _ in found}
                if len(found) != 5 or len(generations) != 1:
                    failures.append(found)
                answers.extend(generations)
            except Exception as error:  # noqa: BLE001  # any at all is a lost query
                failures.append(error)

    threads = [
        threading.Thread(target=ask, args=(index, seed))
        for seed, index in enumerate((builder, builder, reader, reader))
    ]
    for thread in threads:
        thread.start()
    try:
        for swap in range(1, SWAPS):
            await builder.rebuild(_generation(base, swap))
        await builder.rollback()
        await asyncio.sleep(0.05)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert failures == []
    assert len(answers) > 100
    assert len(set(answers)) > 2


async def test_a_build_does_not_hold_up_the_event_loop(tmp_path: Path) -> None:
    index = Index(tmp_path, fingerprint="f", options=BuildOptions(scan_rows=0, trees=10))
    vectors = unit_vectors(6_000, dimension=512)
    longest = 0.0

    async def beat() -> None:
        nonlocal longest
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.002)
            longest = max(longest, time.perf_counter() - before)

    heart = asyncio.create_task(beat())
    await index.rebuild(chunks(vectors, chunk=1_000))
    heart.cancel()
    assert longest < 0.5


async def _generation(
    base: np.ndarray, number: int
) -> AsyncIterator[tuple[np.ndarray, np.ndarray]]:
    """The same vectors under ids that tell which generation they are of."""
    vectors = base + 0.01 * number * unit_vectors(1, seed=99)[0]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert vectors.shape == (len(base), DIMENSION)
    yield np.arange(len(base)) % 1000 + 1000 * number, vectors.astype(np.float32)
