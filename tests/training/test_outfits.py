"""What goes together: read from a folder, learned, and judged on things never seen."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.catalogue import Said
from core.compatibility import Compatibility
from core.errors import ConfigurationError, Unavailable
from core.training.labels import Part, read_flats
from core.training.outfit_figures import (
    by_codes,
    by_colours,
    filled,
    how_often,
    questions,
    sets,
    told_apart,
)
from core.training.outfit_learning import LearnOptions, learn_outfits
from core.training.outfits import Item, Outfits, folder_of_outfits, read_outfits

FAMILIES = ("shoes", "bags", "dresses")
QUICK = LearnOptions(members=2, steps=100, batch=64, others=8, hidden=16, code=4, rate=1e-2)


def drawn(count: int, seed: int = 1) -> tuple[Outfits, np.ndarray, list[str]]:
    """Things of two styles and three families; only those of one style are worn together.

    A vector has the style in its sign, to be multiplied with the family's: cosines say nothing.
    """
    rng = np.random.default_rng(seed)
    families = [FAMILIES[number % 3] for number in range(count)]
    styles = rng.integers(0, 2, count)
    vectors = rng.normal(0, 0.3, (count, 8)).astype(np.float32)
    for number in range(count):
        family = number % 3
        vectors[number, family] += 2 * styles[number] - 1
        vectors[number, 3 + family] += 1
    looks = []
    for _ in range(4 * count):
        style = rng.integers(0, 2)
        among = [np.flatnonzero((styles == style) & (np.arange(count) % 3 == n)) for n in range(3)]
        looks.append(tuple(int(rng.choice(some)) for some in among))
    items = [
        Item(path=Path(f"{n}.jpg"), source=f"flat {n}", family=families[n], said=Said())
        for n in range(count)
    ]
    return Outfits(items=items, looks=looks), vectors, families


def learned(
    looks: list[tuple[int, ...]], vectors: np.ndarray, families: list[str]
) -> Compatibility:
    return learn_outfits(
        looks,
        [vectors],
        families=families,
        pieces=["bag" if family == "bags" else family for family in families],
        fingerprint="f",
        options=QUICK,
    )


def test_what_goes_together_is_learned_and_told_of_things_never_seen(tmp_path: Path) -> None:
    outfits, vectors, families = drawn(150)
    held = np.array([item.part is Part.JUDGING for item in outfits.items])
    model = learned(list(outfits.among({Part.LEARNING})), vectors, families)
    asked = questions(outfits, families, held, others=held)
    both = sets(outfits, families, held, least=2)
    whole = sets(outfits, families, held, least=1, whole=True)
    twinset = by_codes(model.see(vectors))
    # Half of what is drawn is of the right style by chance: 0.47, 0.75 and 0.88 are the most.
    assert filled(asked, twinset).share > 0.4
    assert told_apart(both, twinset, held).share > 0.65
    assert told_apart(whole, twinset, held).share > 0.7
    for control in (
        how_often(outfits, ~held),
        by_colours(outfits, np.zeros(len(vectors), int), ~held),
    ):
        assert filled(asked, control).share == 0.25
        assert told_apart(both, control, held).share == 0.5
        assert told_apart(whole, control, held).share == 0.5
    model.write(tmp_path / "outfits.npz")
    kept = Compatibility.read_file(tmp_path / "outfits.npz")
    assert (kept.fingerprint, kept.looks) == ("f", model.looks)
    assert kept.together["bag"]["shoes"] == pytest.approx(model.together["bag"]["shoes"])
    np.testing.assert_allclose(
        kept.see(vectors).vectors, model.see(vectors).vectors, atol=0.02, rtol=0.01
    )


def test_what_is_drawn_is_of_the_families_of_what_was_worn() -> None:
    outfits, _, families = drawn(60)
    held = np.array([item.part is Part.JUDGING for item in outfits.items])
    for whole in (False, True):
        both = sets(outfits, families, held, least=1, whole=whole)
        kinds = {tuple(sorted(families[thing] for thing in some)) for some in both.real}
        assert {tuple(sorted(families[thing] for thing in some)) for some in both.drawn} <= kinds
        assert all(len(set(some)) == len(some) for some in both.drawn)
        assert whole or all(held[list(some)].all() for some in both.drawn)


def test_the_same_seed_learns_the_same() -> None:
    outfits, vectors, families = drawn(40)
    first, again = (learned(list(outfits.looks), vectors, families).see(vectors) for _ in range(2))
    np.testing.assert_array_equal(first.vectors, again.vectors)
    np.testing.assert_array_equal(first.appeal, again.appeal)


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(5)))
def test_the_order_of_what_is_worn_does_not_matter(order: list[int]) -> None:
    _, vectors, _ = drawn(12)
    codes = Compatibility(
        fingerprint="f",
        hidden=np.eye(8, dtype=np.float32),
        bias=np.zeros(8, np.float32),
        code=np.eye(8, 3, dtype=np.float32),
        appeal=np.ones(8, np.float32),
        looks={},
        together={},
    ).see(vectors)
    scores = by_codes(codes)
    np.testing.assert_allclose(scores(order, [7, 8]), scores(range(5), [7, 8]), rtol=1e-5)


def test_too_few_looks_get_a_sentence() -> None:
    _, vectors, families = drawn(12)
    with pytest.raises(ConfigurationError, match="There are 1 looks"):
        learned([(0, 1, 2)], vectors, families)


def test_a_file_that_is_none_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(b"nothing")
    for name in ("a.npz", "nowhere.npz"):
        with pytest.raises(Unavailable, match=f"{name}, cannot be read"):
            Compatibility.read_file(tmp_path / name)


def test_chance_decides_between_equals_and_the_interval_goes_by_things() -> None:
    outfits, _, families = drawn(60)
    held = np.ones(60, dtype=bool)
    asked = questions(outfits, families, held, others=held)
    assert all(len(set(question.choice)) == 4 for question in asked)
    assert all(question.choice[0] not in question.left for question in asked)
    assert filled(asked, lambda _, choice: np.zeros(len(choice))).share == 0.25
    right = filled(asked, lambda _, choice: np.arange(len(choice))[::-1])
    assert (right.share, right.margin, right.count) == (1, 0, len(asked))
    assert filled(asked, how_often(outfits, held), alike=True).count == 60


def test_a_shops_table_says_what_each_thing_is(tmp_path: Path) -> None:
    folder = tmp_path / "outfits"
    folder.mkdir()
    assert folder_of_outfits(tmp_path) is None
    (folder / "labels.csv").write_text(
        "image,id,family,type,colour,sex\n"
        "a.jpg,1,Dresses,Dress,navy,Female\nb.jpg,2,Footwear,Sandals,beige,Female\n"
    )
    (folder / "outfits.csv").write_text("outfit,id\nx,1\nx,2\nx,2\ny,1\nz,1\nz,9\n")
    assert folder_of_outfits(tmp_path) == folder_of_outfits(folder) == folder
    found = read_outfits(folder)
    assert found.looks == [(0, 1)]
    dress, sandals = found.items
    assert (dress.said, dress.family) == (("dress", "navy", "women"), "Dresses")
    assert sandals.said.kind == "sandals"
    assert {flat.source: flat.part for flat in read_flats(tmp_path)} == {
        item.source: item.part for item in found.items
    }


def test_a_table_of_images_alone_is_enough(tmp_path: Path) -> None:
    (tmp_path / "outfits.csv").write_text("outfit,image\n1,a.jpg\n1,b.jpg\n2,b.jpg\n2,c.jpg\n")
    found = read_outfits(tmp_path)
    assert [item.path.name for item in found.items] == ["a.jpg", "b.jpg", "c.jpg"]
    assert found.looks == [(0, 1), (1, 2)]
    assert {(item.family, item.said) for item in found.items} == {("", Said())}


def test_a_table_of_no_outfits_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "outfits.csv").write_text("look,image\n1,a.jpg\n")
    with pytest.raises(ConfigurationError, match="no column 'outfit'"):
        read_outfits(tmp_path)
    (tmp_path / "outfits.csv").write_text("outfit,image\n1,a.jpg\n2,b.jpg\n2\n")
    with pytest.raises(ConfigurationError, match="puts no two things together"):
        read_outfits(tmp_path)
