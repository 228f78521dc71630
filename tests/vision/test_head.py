"""The learned head: what it computes, what it is named by, and what a bad file says."""

from pathlib import Path

import numpy as np
import pytest

from core.errors import Unavailable
from core.vision.head import SHIPPED, Head

RNG = np.random.default_rng(0)


def test_the_shipped_head_gives_256_floats_of_length_one_and_is_small() -> None:
    embeddings = Head.read().apply(RNG.random((3, 2048), dtype=np.float32))
    assert embeddings.shape == (3, 256)
    assert embeddings.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(embeddings, axis=1), 1, rtol=1e-5)
    assert SHIPPED.stat().st_size < 32_000_000


def test_the_length_of_the_features_does_not_count() -> None:
    head, features = Head.read(), RNG.random((2, 2048), dtype=np.float32)
    np.testing.assert_allclose(head.apply(features), head.apply(40 * features), atol=1e-5)


def test_features_of_nothing_give_nothing_and_no_nan() -> None:
    assert not Head.read().apply(np.zeros((1, 2048), np.float32)).any()


def test_a_written_head_is_read_back_under_its_own_digest(tmp_path: Path) -> None:
    head = Head(RNG.random((2048, 8), dtype=np.float32).astype(np.float16).astype(np.float32))
    head.write(tmp_path / "head.npz")
    again = Head.read(tmp_path / "head.npz")
    np.testing.assert_array_equal(again.projection, head.projection)
    assert again.digest == head.digest != Head.read().digest


@pytest.mark.parametrize("content", [b"", b"no head", None])
def test_a_file_that_is_no_head_is_said_to_be_none(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "head.npz"
    if content is None:
        np.savez(file, projection=np.full((2048, 4), np.nan))
    else:
        file.write_bytes(content)
    with pytest.raises(Unavailable, match=r"head\.npz"):
        Head.read(file)
    with pytest.raises(Unavailable, match=r"missing\.npz"):
        Head.read(tmp_path / "missing.npz")
