"""A process that builds an index, to be killed or starved by tests.

``python -m tests.index.builder DIR ROWS STAGE LIMIT``: says the name of each stage that it
reaches, and sleeps for good in STAGE. With a LIMIT no file may grow beyond that many bytes.
"""

import asyncio
import resource
import sys
import time
from pathlib import Path

from core.errors import StorageFailed
from core.index.build import BuildOptions, Stage
from core.index.index import Index
from tests.index.rows import chunks, unit_vectors

OPTIONS = BuildOptions(scan_rows=500, trees=10)


def main() -> None:
    directory, rows, stage, limit = sys.argv[1:]
    if int(limit):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    index = Index(Path(directory), fingerprint="f", options=OPTIONS)

    def heard(now: Stage, done: int, total: int | None) -> None:
        sys.stdout.write(f"{now} {done} {total}\n")
        sys.stdout.flush()
        if now == stage:
            time.sleep(60)

    try:
        asyncio.run(index.rebuild(chunks(unit_vectors(int(rows))), progress=heard))
    except StorageFailed as error:
        sys.stdout.write(f"StorageFailed: {error}\n")


if __name__ == "__main__":
    main()
