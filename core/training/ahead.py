"""Batches read ahead."""

import threading
from collections.abc import Iterator
from queue import Queue
from typing import TypeVar

Batch = TypeVar("Batch")


def ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """The same, one being read from disk while another is computed on."""
    ready: Queue[Batch | BaseException | None] = Queue(1)

    def read() -> None:
        try:
            for batch in batches:
                ready.put(batch)
            ready.put(None)
        except BaseException as error:  # noqa: BLE001 - raised below, where it is awaited
            ready.put(error)

    threading.Thread(target=read, daemon=True).start()
    while (batch := ready.get()) is not None:
        if isinstance(batch, BaseException):
            raise batch
        yield batch
