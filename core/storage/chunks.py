"""Cutting long lists, for the number of parameters that one statement may have."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

SIZE = 1000
"""Well under SQLite's 32,766 and PostgreSQL's 32,767 parameters, and a short transaction."""


def chunks(items: Iterable[T], size: int = SIZE) -> Iterator[list[T]]:
    """The items in lists of at most ``size``."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
