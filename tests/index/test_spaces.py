"""Two embedding spaces: the one before answers until it is settled that nobody asks in it."""

from pathlib import Path

import pytest

from core.errors import CatalogueEmpty, IndexInvalid
from core.index.index import Index, space_of
from tests.index.rows import chunks, unit_vectors

OLD = unit_vectors(40)
NEW = unit_vectors(40)[:, ::-1].copy()


async def changing(directory: Path) -> Index:
    """An index of the space "new" where one of "old" answers."""
    await Index(directory, fingerprint="old").rebuild(chunks(OLD))
    return Index(directory, fingerprint="new", still="old")


async def test_the_space_of_an_index_is_known_without_opening_it(tmp_path: Path) -> None:
    assert space_of(tmp_path) is None
    await changing(tmp_path)
    assert space_of(tmp_path) == "old"
    (tmp_path / "generation-000001" / "meta.json").write_text("{")
    assert space_of(tmp_path) is None


async def test_each_question_is_searched_in_its_own_space(tmp_path: Path) -> None:
    index = await changing(tmp_path)
    assert index.search(OLD[3], 1)[0][0] == index.search(OLD[3], 1, fingerprint="old")[0][0]
    with pytest.raises(CatalogueEmpty):
        index.search(NEW[3], 1, fingerprint="new")
    before = index.search(OLD[3], 5, fingerprint="old")
    await index.rebuild(chunks(NEW))
    assert index.search(OLD[3], 5, fingerprint="old") == before
    assert index.search(NEW[3], 5) == index.search(NEW[3], 5, fingerprint="new")
    assert index.search(NEW[3], 1)[0][1] == pytest.approx(1)


async def test_the_old_space_answers_until_the_build_after_it_was_settled(tmp_path: Path) -> None:
    index = await changing(tmp_path)
    assert index.search(OLD[3], 1)
    for _ in range(2):
        await index.rebuild(chunks(NEW))
        assert index.search(OLD[3], 1, fingerprint="old")
    index.settle()
    assert index.search(OLD[3], 1, fingerprint="old")
    await index.rebuild(chunks(NEW))
    with pytest.raises(CatalogueEmpty):
        index.search(OLD[3], 1, fingerprint="old")


async def test_another_process_may_put_up_the_new_one(tmp_path: Path) -> None:
    index = await changing(tmp_path)
    before = index.search(OLD[3], 5, fingerprint="old")
    info = await Index(tmp_path, fingerprint="new").rebuild(chunks(NEW))
    assert await index.ready() == info
    assert index.search(OLD[3], 5, fingerprint="old") == before
    assert index.search(NEW[3], 1)[0][1] == pytest.approx(1)


async def test_the_first_generation_of_a_new_space_may_not_be_far_smaller(tmp_path: Path) -> None:
    index = await changing(tmp_path)
    with pytest.raises(IndexInvalid, match="Only 10 products"):
        await index.rebuild(chunks(NEW[:10]))
    info = await index.ready()
    assert info is not None
    assert (info.fingerprint, info.products) == ("old", 40)


async def test_nobody_rolls_back_to_the_old_space(tmp_path: Path) -> None:
    index = await changing(tmp_path)
    info = await index.rebuild(chunks(NEW))
    index.settle()
    with pytest.raises(IndexInvalid):
        await index.rollback()
    assert await index.ready() == info
