"""The index answers like a plain loop over everything."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import CatalogueEmpty
from core.index.build import BuildOptions
from core.index.index import Index
from tests.index.rows import DIMENSION, chunks, nearest, unit_vectors

TREES = BuildOptions(scan_rows=0, trees=10)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
async def test_scans_find_what_a_plain_loop_finds(data: st.DataObject) -> None:
    """Any catalogue, several pictures a product, any filter: the same products and cosines."""
    count = data.draw(st.integers(1, 60))
    vectors = unit_vectors(count, seed=data.draw(st.integers(0, 9)))
    ids = st.integers(1, 2**40)
    products = np.array(data.draw(st.lists(ids, min_size=count, max_size=count)))
    if data.draw(st.booleans()):  # few products, many pictures
        products = products % 7
    allowed = data.draw(
        st.none() | st.sets(st.sampled_from([*products.tolist(), 2**41]), max_size=30)
    )
    k = data.draw(st.integers(0, 70))
    query = unit_vectors(1, seed=data.draw(st.integers(10, 19)))[0] * 3
    with TemporaryDirectory() as directory:
        index = Index(Path(directory), fingerprint="f")
        await index.rebuild(chunks(vectors, products=products, chunk=7))
        found = index.search(query, k, allowed=allowed)
    expected = nearest(vectors, products, query, k, allowed)
    assert [score for _, score in found] == pytest.approx(
        [score for _, score in expected], abs=1e-5
    )
    assert len({product for product, _ in found}) == len(found)
    true = dict(nearest(vectors, products, query, count))
    for product, score in found:
        assert score == pytest.approx(true[product], abs=1e-5)
        assert allowed is None or product in allowed


@pytest.mark.parametrize("share", [0.01, 0.2, 0.9])
async def test_a_filter_is_exact_over_many_chunks(tmp_path: Path, share: float) -> None:
    vectors = unit_vectors(9_000)
    products = np.arange(9_000) * 3
    index = Index(tmp_path, fingerprint="f")
    await index.rebuild(chunks(vectors, products=products, chunk=1000))
    allowed = products[np.random.default_rng(1).random(9_000) < share]
    for query in unit_vectors(5, seed=2):
        expected = nearest(vectors, products, query, 10, set(allowed.tolist()))
        found = index.search(query, 10, allowed=allowed)
        assert [product for product, _ in found] == [product for product, _ in expected]


@pytest.fixture(scope="module")
def trees_over() -> np.ndarray:
    return unit_vectors(2_000, dimension=64)


async def test_the_trees_find_nearly_all_and_the_same_again(
    tmp_path: Path, trees_over: np.ndarray
) -> None:
    """Recall is validated at build time, and one job gives the same trees twice."""
    answers = []
    for name in ("a", "b"):
        index = Index(tmp_path / name, fingerprint="f", options=TREES)
        info = await index.rebuild(chunks(trees_over))
        assert info.search_k is not None
        assert info.recall >= TREES.least_recall
        answers.append([index.search(query, 5) for query in unit_vectors(50, dimension=64, seed=3)])
    assert answers[0] == answers[1]
    hits = 0
    products = np.arange(1, len(trees_over) + 1)
    for query, found in zip(unit_vectors(50, dimension=64, seed=3), answers[0], strict=True):
        expected = {product for product, _ in nearest(trees_over, products, query, 5)}
        hits += len(expected & {product for product, _ in found})
    assert hits >= 0.95 * 250


async def test_what_is_rare_is_found_beside_what_there_is_much_of(tmp_path: Path) -> None:
    """Five vectors lie along each of eight axes that no other vector reaches along."""
    rng = np.random.default_rng(5)
    vectors = rng.normal(size=(4_000, 108)).astype(np.float32) * 0.02
    vectors[:3_960, :100] += rng.normal(size=(3_960, 100)) * np.arange(1, 101) ** -0.4
    vectors[3_960:, 100:] += np.repeat(np.eye(8), 5, axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = Index(tmp_path, fingerprint="f", options=TREES)
    info = await index.rebuild(chunks(vectors))
    assert info.search_k is not None
    products = np.arange(1, 4_001)
    for place in range(3_960, 4_000):
        expected = [product for product, _ in nearest(vectors, products, vectors[place], 5)]
        assert [product for product, _ in index.search(vectors[place], 5)] == expected


async def test_there_are_no_trees_where_they_would_not_find_enough(tmp_path: Path) -> None:
    """Vectors that reach as far along every axis: a few axes say little of who is near."""
    vectors = unit_vectors(6_000, dimension=1024)
    index = Index(tmp_path, fingerprint="f", options=TREES)
    info = await index.rebuild(chunks(vectors, chunk=1000))
    assert (info.search_k, info.recall) == (None, 1.0)
    products = np.arange(1, 6_001)
    for query in unit_vectors(5, dimension=1024, seed=3):
        expected = nearest(vectors, products, query, 5)
        assert [product for product, _ in index.search(query, 5)] == [p for p, _ in expected]


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 99), dimension=st.integers(2, 300), reach=st.floats(0.5, 2.0))
async def test_trees_are_as_good_as_they_say(seed: int, dimension: int, reach: float) -> None:
    """Any catalogue, flat or crowded: what the build promises holds for other queries."""
    decay = np.arange(1, dimension + 1) ** -reach
    rows = np.random.default_rng(seed).normal(size=(1_050, dimension)) * decay
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    vectors, queries = rows[:1_000], rows[1_000:]
    with TemporaryDirectory() as directory:
        index = Index(Path(directory), fingerprint="f", options=TREES)
        info = await index.rebuild(chunks(vectors))
        hits = 0
        for query in queries:
            edge = np.sort(vectors @ query)[-5]
            hits += sum(score >= edge - 1e-5 for _, score in index.search(query, 5))
    assert hits >= (info.recall - 0.05) * 5 * len(queries)


async def test_the_trees_give_k_products_though_one_has_most_pictures(tmp_path: Path) -> None:
    vectors = unit_vectors(2_000, dimension=64)
    vectors[:1500] = vectors[0]
    products = np.arange(1, 2_001)
    products[:1500] = 1
    index = Index(tmp_path, fingerprint="f", options=TREES)
    await index.rebuild(chunks(vectors, products=products))
    found = index.search(vectors[0], 5)
    expected = nearest(vectors, products, vectors[0], 5)
    assert [product for product, _ in found] == [product for product, _ in expected]


async def test_an_empty_index_says_so(tmp_path: Path) -> None:
    index = Index(tmp_path, fingerprint="f")
    query = unit_vectors(1)[0]
    with pytest.raises(CatalogueEmpty):
        index.search(query, 5)
    info = await index.rebuild(chunks(np.zeros((0, DIMENSION), np.float32)))
    assert info.rows == 0
    with pytest.raises(CatalogueEmpty):
        index.search(query, 5)


@pytest.mark.parametrize("query", [np.zeros(DIMENSION), np.full(DIMENSION, np.nan), np.ones(3)])
async def test_a_query_that_is_no_direction_is_refused(tmp_path: Path, query: np.ndarray) -> None:
    index = Index(tmp_path, fingerprint="f")
    await index.rebuild(chunks(unit_vectors(10)))
    with pytest.raises(ValueError, match="query"):
        index.search(query.astype(np.float32), 5)


async def test_an_exact_query_walks_no_trees(tmp_path: Path) -> None:
    vectors, products = unit_vectors(3_000), np.arange(3_000)
    index = Index(tmp_path, fingerprint="f", options=BuildOptions(scan_rows=0, trees=1))
    await index.rebuild(chunks(vectors, products=products))
    assert index.current is not None
    for query in unit_vectors(20, seed=2):
        expected = nearest(vectors, products, query, 5)
        found = index.current.search(query, 5, exact=True)
        assert [product for product, _ in found] == [product for product, _ in expected]


async def test_its_queries_are_unit_vectors_nearer_to_the_mean_than_its_rows(
    tmp_path: Path,
) -> None:
    vectors = unit_vectors(200) + np.float32(0.3)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = Index(tmp_path, fingerprint="f")
    await index.rebuild(chunks(vectors))
    assert index.current is not None
    queries = index.current.queries(50, seed=1)
    assert queries.shape == (50, DIMENSION)
    assert np.linalg.norm(queries, axis=1) == pytest.approx(1, abs=1e-5)
    mean = vectors.mean(axis=0)
    assert (queries @ mean).mean() > (vectors @ mean).mean()
    assert len(index.current.queries(500, seed=1)) == 200
