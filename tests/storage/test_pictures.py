import hashlib
import os
import resource
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.errors import StorageFailed
from core.storage.pictures import PictureStore


def files(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file()]


def test_a_picture_comes_back_by_the_hash_of_its_bytes(tmp_path: Path) -> None:
    store = PictureStore(tmp_path / "pictures")
    content_hash = store.put(b"picture")
    assert content_hash == hashlib.sha256(b"picture").hexdigest()
    assert store.get(content_hash) == b"picture"
    assert store.put(b"picture") == content_hash
    assert len(files(tmp_path)) == 1


@pytest.mark.parametrize("name", ["0" * 64, "", "../../etc/passwd", "0" * 63 + "/"])
def test_what_is_not_there_is_none(tmp_path: Path, name: str) -> None:
    assert PictureStore(tmp_path).get(name) is None


@pytest.mark.parametrize("damage", [b"", b"pictur", b"another", b"picture and more"])
def test_a_damaged_picture_is_none_and_can_be_put_again(tmp_path: Path, damage: bytes) -> None:
    store = PictureStore(tmp_path)
    content_hash = store.put(b"picture")
    files(tmp_path)[0].write_bytes(damage)
    assert store.get(content_hash) is None
    store.put(b"picture")
    assert store.get(content_hash) == b"picture"


def test_many_writers_of_the_same_pictures_agree(tmp_path: Path) -> None:
    store = PictureStore(tmp_path)
    pictures = [bytes([number]) * 50_000 for number in range(20)]
    with ThreadPoolExecutor(16) as pool:
        hashes = list(pool.map(store.put, pictures * 10))
    assert [store.get(content_hash) for content_hash in hashes] == pictures * 10
    assert len(files(tmp_path)) == 20


def test_a_writer_that_is_killed_leaves_whole_pictures_only(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from core.storage.pictures import PictureStore\n"
        "store = PictureStore(Path(sys.argv[1]))\n"
        "while True: print(store.put(os.urandom(2_000_000)), flush=True)"
    )
    with subprocess.Popen(  # noqa: S603  our own arguments
        [sys.executable, "-c", script, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(5)]
        process.kill()
    store = PictureStore(tmp_path)
    assert all(len(store.get(content_hash) or b"") == 2_000_000 for content_hash in told)
    for path in files(tmp_path):
        assert path.name.startswith(".") or store.get(path.name) is not None


def test_a_disk_that_takes_no_more_is_a_storage_failure_without_leftovers(tmp_path: Path) -> None:
    """A limit on the size of files stands in for a disk that is full."""
    store = PictureStore(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(StorageFailed):
            store.put(os.urandom(100_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert files(tmp_path) == []


def test_a_place_that_is_no_directory_is_a_storage_failure(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = PictureStore(tmp_path / "file")
    with pytest.raises(StorageFailed):
        store.put(b"picture")
    assert store.get("0" * 64) is None
