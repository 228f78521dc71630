"""Single products are compared with a photo by the same measure as the index."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.nearness import Nearness
from core.storage.answers import Trace
from tests.scenarios.photos import garment
from tests.scenarios.world import open_world


async def test_the_index_and_the_comparison_agree(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.stock()
        sight = await world.embedder.see(garment("red", "dress", shift=2))
        indexed = dict(world.index.search(sight.embedding, 24))
        nearness = Nearness(
            catalogue=world.catalogue, vectors=world.vectors, embedder=world.embedder
        )
        space = world.embedder.fingerprint
        ranked = await nearness.rank(sight.embedding, space, list(indexed))
        assert {one.product.id: one.score for one in ranked} == pytest.approx(indexed, abs=1e-4)
        scores = [one.score for one in ranked]
        assert scores == sorted(scores, reverse=True)
        assert await nearness.rank(sight.embedding, "another space", list(indexed)) == []
        assert await nearness.rank(sight.embedding, space, [999]) == []


@given(
    arrays(np.float32, 295, elements=st.floats(-1, 1, width=32)).filter(
        lambda numbers: np.linalg.norm(numbers) > 0.1
    )
)
def test_a_trace_is_a_byte_a_number_and_nearly_what_it_was_made_of(
    numbers: np.ndarray,
) -> None:
    unit = (numbers / np.linalg.norm(numbers)).astype(np.float32)
    trace = Trace.of(unit, "space")
    assert len(trace.numbers) == 295
    assert trace.embedding @ unit == pytest.approx(1, abs=0.003)
    assert np.linalg.norm(trace.embedding) == pytest.approx(1, abs=1e-4)
