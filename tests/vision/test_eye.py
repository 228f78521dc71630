"""The eye: kept whole in a file, and what is read off features with it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.errors import Unavailable
from core.vision.eye import (
    FEATURES,
    SHIPPED,
    STAGES,
    Agreement,
    Eye,
    Reading,
    Space,
    folded,
    trunk_steps,
)
from core.vision.tensors import SHAPES

RNG = np.random.default_rng(5)


def tensors() -> dict[str, np.ndarray]:
    """Made up, with plausible variances."""
    made = {name: RNG.normal(0, 0.1, shape).astype(np.float32) for name, shape in SHAPES.items()}
    return {
        name: np.abs(values) + 0.5 if name.endswith(("gamma", "moving_variance")) else values
        for name, values in made.items()
    }


def eye(**changes: object) -> Eye:
    parts = {
        "trunk": {},
        "look": {"attention": np.zeros(2049, np.float32)},
        "readings": {
            "kind": Reading(
                kernel=np.eye(FEATURES, 4, dtype=np.float32),
                bias=np.zeros(2, np.float32),
                names=("dress", "shirt"),
                directions=np.eye(2, 4, dtype=np.float32),
                scale=10,
                weight=0.8,
            ),
            "pattern": Reading(
                np.eye(FEATURES, 2, dtype=np.float32), np.zeros(2, np.float32), ("solid", "checked")
            ),
        },
        "spaces": {"cut": Space(np.eye(FEATURES, 6, k=-4, dtype=np.float32), weight=0.6)},
    }
    return Eye(**{**parts, **changes})  # type: ignore[arg-type]


def features(*values: float) -> np.ndarray:
    row = np.zeros((1, FEATURES), np.float32)
    row[0, : len(values)] = values
    return row


def test_an_embedding_holds_what_is_searched_at_its_weight() -> None:
    embeddings, read = eye().see(features(3, 0, 0, 0, 0, 5))
    kind = 0.8 * np.sqrt(read["kind"][0])
    np.testing.assert_allclose(embeddings[0], [*kind, 0, 0.6, 0, 0, 0, 0], atol=1e-6)
    assert np.linalg.norm(embeddings[0]) == pytest.approx(1)
    assert eye().dimension == 8
    assert eye().slices == {"kind": slice(0, 2), "cut": slice(2, 8)}


def test_features_of_nothing_give_no_nan() -> None:
    embeddings, read = eye().see(features())
    assert np.isfinite(embeddings).all()
    np.testing.assert_allclose(read["kind"], 0.5)


def test_probabilities_add_up_and_point_at_what_is_near() -> None:
    seen = eye()
    named = seen.named(seen.see(features(3, 0, 0, 0, 0, 5))[1], 0)
    assert named["kind"]["dress"] == pytest.approx(1 / (1 + np.exp(-10)))
    assert named["pattern"]["solid"] == pytest.approx(1 / (1 + np.exp(-3)))
    for likely in named.values():
        assert sum(likely.values()) == pytest.approx(1, abs=1e-5)


def test_a_share_of_agreement_lies_between_those_that_were_measured() -> None:
    agreement = Agreement(np.array([0.5, 0.7], np.float32), np.array([0.6, 0.9], np.float32))
    shares = [agreement.at(cosine) for cosine in (-1, 0.5, 0.6, 0.7, 1)]
    assert shares == pytest.approx([0.6, 0.6, 0.75, 0.9, 0.9])


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "eye.npz"
    agreement = Agreement(np.array([0.5, 0.7], np.float32), np.array([0.6, 0.9], np.float32))
    eye().but(agreement=agreement).write(file)
    again = Eye.read_file(file)
    assert again.agreement
    assert again.agreement.at(0.6) == pytest.approx(0.75)
    assert again.graph_digest == eye().graph_digest
    assert again.embedding_digest == eye().embedding_digest
    assert again.readings["kind"].names == ("dress", "shirt")
    assert again.readings["pattern"].names == ("solid", "checked")


def test_the_digests_name_what_they_depend_on() -> None:
    reading = Reading(np.ones((FEATURES, 1), np.float32), np.zeros(1, np.float32), ("x",))
    other = eye().but(readings={**eye().readings, "new": reading})
    assert other.graph_digest != eye().graph_digest
    assert other.embedding_digest == eye().embedding_digest
    searching = eye().but(readings={**eye().readings, "new": replace(reading, weight=0.1)})
    assert searching.embedding_digest != eye().embedding_digest
    looking = eye(look={"attention": np.ones(2049, np.float32)})
    assert looking.graph_digest != eye().graph_digest
    assert looking.embedding_digest != eye().embedding_digest
    reading = eye().readings["kind"]
    surer = eye().but(readings={"kind": replace(reading, bias=reading.bias + 1)})
    assert surer.graph_digest == eye().but(readings={"kind": reading}).graph_digest


@pytest.mark.parametrize("stages", [STAGES, ("conv4", "conv5")])
def test_what_was_learned_is_put_in_the_place_of_what_was_there(stages: tuple[str, ...]) -> None:
    """Folded again, it is what it was, within the steps' size; all else is as it was."""
    before = tensors()
    unlearned = folded(before, *stages)
    after = {
        name: values + RNG.normal(0, 0.01, values.shape).astype(np.float32)
        for name, values in unlearned.items()
    }
    learned = eye(trunk=trunk_steps(unlearned, after)).tuned(before)
    for name, values in folded(learned, *stages).items():
        largest = np.abs(after[name] - unlearned[name]).max()
        np.testing.assert_allclose(values, after[name], atol=largest / 200)
    for name, values in before.items():
        if not name.startswith(stages):
            assert learned[name] is values


def test_style_is_what_its_matrix_leaves_of_an_embedding(tmp_path: Path) -> None:
    embeddings = eye().see(features(3, 0, 0, 0, 0, 5))[0]
    np.testing.assert_array_equal(eye().style_of(embeddings), embeddings)  # none was learned
    matrix = np.eye(8, dtype=np.float32)[:, 2:]
    with_style = eye().but(style=(matrix, np.ones(6, np.float32)))
    with_style.write(tmp_path / "eye.npz")
    style = Eye.read_file(tmp_path / "eye.npz").style_of(embeddings)
    np.testing.assert_allclose(style, embeddings[:, 2:] + 1, atol=1e-6)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_eye_is_said_to_be_none(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "eye.npz"
    file.write_bytes(content)
    with pytest.raises(Unavailable, match=r"eye\.npz"):
        Eye.read_file(file)
    with pytest.raises(Unavailable, match=r"missing\.npz"):
        Eye.read_file(tmp_path / "missing.npz")


def test_what_is_shipped_is_small_and_names_what_people_ask_for() -> None:
    assert SHIPPED.stat().st_size <= 32_000_000
    shipped = Eye.read_file()
    assert {"kind", "colour", "gender", "cut"} <= shipped.slices.keys()
    assert {"pattern", "usage", "garment", "fashion"} <= shipped.readings.keys()
    assert "Dresses" in shipped.readings["kind"].names
