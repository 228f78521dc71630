"""Generations come, go and survive accidents."""

import asyncio
import errno
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from core.errors import IndexBeingBuilt, IndexInvalid, StorageFailed
from core.index.build import BuildOptions, Stage
from core.index.index import Index, Rows
from tests.index.rows import chunks, unit_vectors

TREES = BuildOptions(scan_rows=0, trees=5)


def names(directory: Path) -> set[str]:
    return {path.name for path in directory.iterdir() if path.name.startswith("generation")}


async def test_a_new_process_finds_the_generation_of_an_earlier_one(tmp_path: Path) -> None:
    vectors = unit_vectors(50)
    built = await Index(tmp_path, fingerprint="f").rebuild(chunks(vectors))
    index = Index(tmp_path, fingerprint="f")
    assert await index.ready() == built
    assert index.search(vectors[7], 1)[0][0] == 8


async def test_another_embedding_space_is_not_searched(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await Index(tmp_path, fingerprint="f").rebuild(chunks(unit_vectors(50)))
    assert Index(tmp_path, fingerprint="g").current is None
    assert "embedding space f, not g" in caplog.text


@pytest.fixture(scope="module")
def with_trees(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of an index of 300 vectors, to be copied."""
    directory = tmp_path_factory.mktemp("index")
    index = Index(directory, fingerprint="f", options=TREES)
    asyncio.run(index.rebuild(chunks(unit_vectors(300))))
    return directory


@pytest.mark.parametrize("name", ["vectors.npy", "products.npy", "graph.annoy", "meta.json"])
@pytest.mark.parametrize("damage", ["missing", "short", "flipped"])
async def test_a_damaged_file_is_noticed_at_the_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, with_trees: Path, name: str, damage: str
) -> None:
    """Then there is no index, the log says why, and a rebuild heals it."""
    copytree(with_trees, tmp_path, dirs_exist_ok=True)
    vectors = unit_vectors(300)
    [generation] = names(tmp_path)
    path = tmp_path / generation / name
    data = bytearray(path.read_bytes())
    if damage == "missing":
        path.unlink()
    elif damage == "short":
        path.write_bytes(data[: len(data) // 2])
    else:
        data[len(data) // 2] ^= 0xFF
        path.write_bytes(data)
    index = Index(tmp_path, fingerprint="f")
    assert await index.ready() is None
    assert name in caplog.text
    await index.rebuild(chunks(vectors))
    assert index.search(vectors[3], 1)[0][0] == 4


@pytest.mark.parametrize("pointer", ["", "../../etc", "generation-000009", "\0"])
async def test_a_pointer_to_nowhere_is_no_index(tmp_path: Path, pointer: str) -> None:
    await Index(tmp_path, fingerprint="f").rebuild(chunks(unit_vectors(10)))
    (tmp_path / "current").write_text(pointer)
    index = Index(tmp_path, fingerprint="f")
    assert index.current is None
    await index.rebuild(chunks(unit_vectors(10)))
    assert index.current is not None


async def test_an_index_of_the_same_rows_is_not_built_again(
    tmp_path: Path, with_trees: Path
) -> None:
    copytree(with_trees, tmp_path, dirs_exist_ok=True)
    vectors = unit_vectors(300)
    index = Index(tmp_path, fingerprint="f", options=TREES)
    before = await index.ready()
    assert before
    assert await index.rebuild(chunks(vectors, chunk=70)) == before
    assert names(tmp_path) == {before.name}
    vectors[7] = vectors[8]
    after = await index.rebuild(chunks(vectors))
    assert after.name != before.name
    assert index.search(vectors[8], 2)[1][1] == pytest.approx(1, abs=1e-5)
    others = Index(tmp_path, fingerprint="f", options=BuildOptions(scan_rows=0, trees=6))
    assert (await others.rebuild(chunks(vectors))).name != after.name


async def test_another_process_sees_the_new_generation(tmp_path: Path) -> None:
    old, new = unit_vectors(50), unit_vectors(50, seed=1)
    builder, reader = Index(tmp_path, fingerprint="f"), Index(tmp_path, fingerprint="f")
    await builder.rebuild(chunks(old))
    assert reader.search(old[0], 1)[0] == (1, pytest.approx(1, abs=1e-5))
    await builder.rebuild(chunks(new))
    assert reader.search(new[0], 1)[0] == (1, pytest.approx(1, abs=1e-5))


async def test_a_generation_that_came_damaged_does_not_replace_the_one_in_use(
    tmp_path: Path,
) -> None:
    vectors = unit_vectors(50)
    builder, reader = Index(tmp_path, fingerprint="f"), Index(tmp_path, fingerprint="f")
    first = await builder.rebuild(chunks(vectors))
    assert await reader.ready() == first
    second = await builder.rebuild(chunks(vectors))
    (tmp_path / second.name / "vectors.npy").write_bytes(b"")
    assert await reader.ready() == first


async def test_two_generations_are_kept(tmp_path: Path) -> None:
    index = Index(tmp_path, fingerprint="f")
    built = [await index.rebuild(chunks(unit_vectors(30))) for _ in range(4)]
    assert names(tmp_path) == {info.name for info in built[-2:]}


async def test_rolling_back_returns_to_the_generation_before(tmp_path: Path) -> None:
    index, other = Index(tmp_path, fingerprint="f"), Index(tmp_path, fingerprint="f")
    with pytest.raises(IndexInvalid):
        await index.rollback()
    good = await index.rebuild(chunks(unit_vectors(50)))
    await index.rebuild(chunks(unit_vectors(60)))
    assert await index.rollback() == good
    assert await index.ready() == await other.ready() == good
    with pytest.raises(IndexInvalid):
        await index.rollback()
    newest = await index.rebuild(chunks(unit_vectors(70)))
    assert await index.ready() == newest
    assert await index.rollback() == good


@pytest.mark.parametrize("left", [0, 1, 60])
async def test_a_catalogue_that_shrank_too_far_is_not_put_up(tmp_path: Path, left: int) -> None:
    index = Index(tmp_path, fingerprint="f")
    full = await index.rebuild(chunks(unit_vectors(100)))
    with pytest.raises(IndexInvalid, match=f"Only {left} products"):
        await index.rebuild(chunks(unit_vectors(left)))
    assert await index.ready() == full
    assert names(tmp_path) == {full.name}
    assert (await index.rebuild(chunks(unit_vectors(left)), allow_shrink=True)).products == left


async def test_a_small_loss_is_no_mishap(tmp_path: Path) -> None:
    index = Index(tmp_path, fingerprint="f")
    await index.rebuild(chunks(unit_vectors(100)))
    assert (await index.rebuild(chunks(unit_vectors(75)))).products == 75
    assert (await index.rebuild(chunks(unit_vectors(60)))).products == 60


async def test_bad_vectors_are_left_out_while_they_are_few(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    vectors = unit_vectors(500)
    vectors[3], vectors[4], vectors[5] = np.nan, 0, vectors[5] * 39
    index = Index(tmp_path, fingerprint="f")
    info = await index.rebuild(chunks(vectors))
    assert (info.rows, info.left_out) == (497, 3)
    assert "3 rows were left out" in caplog.text
    vectors[:100] *= 2
    with pytest.raises(IndexInvalid, match="no unit vectors"):
        await index.rebuild(chunks(vectors), allow_shrink=True)
    assert await index.ready() == info


async def test_vectors_of_two_sizes_are_refused(tmp_path: Path) -> None:
    async def mixed() -> AsyncIterator[tuple[np.ndarray, np.ndarray]]:
        yield np.arange(5), unit_vectors(5)
        yield np.arange(5), unit_vectors(5, dimension=8)

    index = Index(tmp_path, fingerprint="f")
    with pytest.raises(IndexInvalid):
        await index.rebuild(mixed())
    assert names(tmp_path) == set()


async def test_only_one_builds_at_a_time(tmp_path: Path) -> None:
    here, there = Index(tmp_path, fingerprint="f"), Index(tmp_path, fingerprint="f")
    has_begun, may_end = asyncio.Event(), asyncio.Event()

    async def slow() -> Rows:
        has_begun.set()
        yield np.arange(5), unit_vectors(5)
        await may_end.wait()

    first = asyncio.create_task(here.rebuild(slow()))
    await has_begun.wait()
    for index in (here, there):
        with pytest.raises(IndexBeingBuilt):
            await index.rebuild(chunks(unit_vectors(5)))
        with pytest.raises(IndexBeingBuilt):
            await index.rollback()
    may_end.set()
    await first
    await there.rebuild(chunks(unit_vectors(5)))


async def test_rows_that_fail_leave_everything_as_it_was(tmp_path: Path) -> None:
    async def failing() -> Rows:
        yield np.arange(5), unit_vectors(5)
        raise ZeroDivisionError

    index = Index(tmp_path, fingerprint="f")
    info = await index.rebuild(chunks(unit_vectors(20)))
    with pytest.raises(ZeroDivisionError):
        await index.rebuild(failing())
    assert await index.ready() == info
    assert names(tmp_path) == {info.name}


@pytest.mark.parametrize("stage", list(Stage))
async def test_a_cancelled_build_leaves_nothing_behind(tmp_path: Path, stage: Stage) -> None:
    index = Index(tmp_path, fingerprint="f", options=TREES)
    reached = asyncio.Event()

    def heard(now: Stage, _done: int, _total: int | None) -> None:
        if now is stage:
            reached.set()

    build = asyncio.create_task(index.rebuild(chunks(unit_vectors(20_000)), progress=heard))
    await reached.wait()
    build.cancel()
    with pytest.raises(asyncio.CancelledError):
        await build
    assert names(tmp_path) == set()
    await index.rebuild(chunks(unit_vectors(20)))


async def test_progress_is_told_for_every_stage(tmp_path: Path) -> None:
    heard: list[tuple[Stage, int, int | None]] = []
    index = Index(tmp_path, fingerprint="f", options=TREES)
    await index.rebuild(chunks(unit_vectors(1_000)), progress=lambda *told: heard.append(told))
    await asyncio.sleep(0)
    assert {stage for stage, *_ in heard} == set(Stage)
    assert (Stage.READ, 1_000, None) in heard
    assert (Stage.TREES, 1_000, 1_000) in heard
    assert (Stage.CHECK, 1_000, 1_000) in heard


async def test_a_directory_that_cannot_be_written_is_a_clean_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageFailed) as caught:
        await Index(tmp_path / "file", fingerprint="f").rebuild(chunks(unit_vectors(5)))
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.__cause__.errno in {errno.ENOTDIR, errno.EEXIST}
