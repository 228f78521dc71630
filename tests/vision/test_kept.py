"""Kept files come back whole or not at all."""

import os
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from core.vision.kept import forget_unused, keep, kept


@given(st.binary(max_size=5000))
def test_what_was_kept_comes_back(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "some" / "file"
        keep(file, data)
        found = kept(file)
        assert found is not None
        assert found.data.tobytes() == data
        found.forget_pages()
        assert found.data.tobytes() == data


@given(st.binary(min_size=1, max_size=500), st.data())
def test_what_was_damaged_does_not(data: bytes, draw: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        keep(file, data)
        whole = file.read_bytes()
        place = draw.draw(st.integers(0, len(whole) - 1))
        flipped = whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :]
        for damaged in (flipped, whole[:place], whole + b"x"):
            file.write_bytes(damaged)
            assert kept(file) is None


def test_writing_to_what_was_kept_does_not_reach_the_file(tmp_path: Path) -> None:
    keep(tmp_path / "file", b"abc")
    found = kept(tmp_path / "file")
    assert found is not None
    found.data[0] = 0
    again = kept(tmp_path / "file")
    assert again is not None
    assert again.data.tobytes() == b"abc"


def test_a_disk_that_does_not_take_it_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file where a folder should be")
    keep(tmp_path / "folder" / "file", b"abc")
    assert kept(tmp_path / "file") is None


def test_what_is_not_asked_for_any_more_goes_and_all_else_stays(tmp_path: Path) -> None:
    names = ("old.graph", "asked.graph", "new.graph", "old.weights")
    long_ago = time.time() - timedelta(days=31).total_seconds()
    for name in names:
        keep(tmp_path / name, b"abc")
        if name != "new.graph":
            os.utime(tmp_path / name, (long_ago, long_ago))
    assert kept(tmp_path / "asked.graph")
    forget_unused(tmp_path, "*.graph", unused_for=timedelta(days=30))
    assert {file.name for file in tmp_path.iterdir()} == set(names) - {"old.graph"}
    forget_unused(tmp_path / "nowhere", "*.graph", unused_for=timedelta())
