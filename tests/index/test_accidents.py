"""A builder that is killed, or whose disk is full."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest

from core.index.index import Index
from tests.index.builder import OPTIONS
from tests.index.rows import chunks, unit_vectors

ROOT = Path(__file__).parents[2]


def names(directory: Path) -> set[str]:
    return {path.name for path in directory.iterdir()}


async def start_builder(
    directory: Path, *, rows: int, stage: str = "-", limit_bytes: int = 0
) -> Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.index.builder"),
        *(str(directory), str(rows), stage, str(limit_bytes)),
        stdout=PIPE,
        stderr=PIPE,
        cwd=ROOT,
    )


@pytest.mark.parametrize("stage", ["read", "trees", "check"])
async def test_after_a_kill_everything_goes_on(tmp_path: Path, stage: str) -> None:
    """Queries have the old generation, the lock is free, and the next build clears up."""
    old = unit_vectors(50, seed=1)
    index = Index(tmp_path, fingerprint="f", options=OPTIONS)
    before = await index.rebuild(chunks(old))
    process = await start_builder(tmp_path, rows=3_000, stage=stage)
    assert process.stdout
    while not (await process.stdout.readline()).startswith(stage.encode()):
        pass
    process.kill()
    await process.wait()
    fresh = Index(tmp_path, fingerprint="f", options=OPTIONS)
    assert await fresh.ready() == before
    assert fresh.search(old[4], 1)[0][0] == 5
    after = await fresh.rebuild(chunks(unit_vectors(60)))
    assert names(tmp_path) == {"current", "lock", before.name, after.name}


@pytest.mark.parametrize(
    ("limit_bytes", "says"), [(100_000, b"File too large"), (210_000, b"graph.annoy")]
)
async def test_a_full_disk_is_a_clean_error(tmp_path: Path, limit_bytes: int, says: bytes) -> None:
    """Full while the vectors are written, or while the trees are: the old generation stays."""
    index = Index(tmp_path, fingerprint="f", options=OPTIONS)
    before = await index.rebuild(chunks(unit_vectors(50)))
    process = await start_builder(tmp_path, rows=3_000, limit_bytes=limit_bytes)
    output, errors = await process.communicate()
    assert b"StorageFailed" in output, errors.decode()
    assert says in output
    assert b"Traceback" not in errors
    assert await index.ready() == before
    assert names(tmp_path) == {"current", "lock", before.name}
