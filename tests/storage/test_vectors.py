import numpy as np
import pytest

from core.catalogue import Gender, ProductRecord, Said
from core.storage.database import Database
from core.storage.vectors import VectorStore
from tests.storage.records import record, store_with, with_pictures


def vectors_of(*hashes: str, dim: int = 2048) -> dict[str, np.ndarray]:
    random = np.random.default_rng(7)
    found = random.normal(size=(len(hashes), dim)).astype(np.float32)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return dict(zip(hashes, found, strict=True))


def dresses(count: int) -> list[ProductRecord]:
    return [
        record(f"p{number}", kind="dress", colour="red", gender=Gender.WOMEN)
        for number in range(count)
    ]


async def test_vectors_come_back_to_float16(database: Database) -> None:
    store = VectorStore(database)
    saved = vectors_of("a", "b")
    await store.save("f", saved)
    loaded = await store.load("f", ["a", "b", "c"])
    assert set(loaded) == {"a", "b"}
    for content_hash, vector in loaded.items():
        assert vector.dtype == np.float32
        np.testing.assert_allclose(vector, saved[content_hash], rtol=1e-3, atol=1e-7)


async def test_spaces_are_kept_apart(database: Database) -> None:
    store = VectorStore(database)
    await store.save("f", vectors_of("a"))
    assert await store.missing({"a", "b"}, "f") == {"b"}
    assert await store.missing({"a", "b"}, "other") == {"a", "b"}
    assert await store.load("other", ["a"]) == {}


async def test_saving_again_is_harmless(database: Database) -> None:
    store = VectorStore(database)
    saved = vectors_of("a")
    await store.save("f", saved)
    await store.save("f", {"a": -saved["a"], **vectors_of("b")})
    assert (await store.load("f", ["a"]))["a"] @ saved["a"] > 0
    assert await store.missing(["a", "b"], "f") == set()
    await store.save("f", {})


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e6])
async def test_a_vector_that_float16_cannot_hold_is_refused(database: Database, bad: float) -> None:
    with pytest.raises(ValueError, match="float16"):
        await VectorStore(database).save("f", {"a": np.array([0, bad], np.float32)})


async def test_thousands_are_looked_up_at_once(database: Database) -> None:
    store = VectorStore(database)
    hashes = [f"{number:064x}" for number in range(2500)]
    await store.save("f", vectors_of(*hashes, dim=8))
    assert len(await store.load("f", hashes)) == 2500
    assert await store.missing([*hashes, "x"], "f") == {"x"}


async def test_rows_feed_each_product_shown_once_with_its_own_vector(database: Database) -> None:
    await store_with(database, record("hidden"), shop="hidden")
    catalogue = await store_with(database, *dresses(10))
    ids = await with_pictures(catalogue)
    found = await catalogue.products(ids.values())
    vectors = vectors_of(*(product.picture or "" for product in found.values()), dim=16)
    store = VectorStore(database)
    without = found[ids["p3"]].picture
    await store.save("f", {key: vector for key, vector in vectors.items() if key != without})
    await store.save("other", vectors)
    await catalogue.set_enabled("hidden", enabled=False)
    await catalogue.mark_gone("shop", ["p5"])

    chunks = [chunk async for chunk in store.rows("f", chunk=3)]
    assert [len(ids) for ids, _, _ in chunks] == [3, 3, 2]
    expected = sorted(ids[f"p{number}"] for number in (0, 1, 2, 4, 6, 7, 8, 9))
    got = np.concatenate([ids for ids, _, _ in chunks])
    assert [one for _, _, said in chunks for one in said] == [Said("dress", "red", "women")] * 8
    assert got.dtype == np.int64
    assert got.tolist() == expected
    for product_id, vector in zip(
        got, np.concatenate([rows for _, rows, _ in chunks]), strict=True
    ):
        own = vectors[found[product_id].picture or ""]
        assert vector.dtype == np.float32
        assert float(vector @ own) > 0.999


async def test_rows_of_an_unknown_space_are_none(database: Database) -> None:
    assert [chunk async for chunk in VectorStore(database).rows("f")] == []
