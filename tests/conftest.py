"""What holds for every test."""

import gc

import pytest

_LONGEST = {"e2e", "training", "vision", "web"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, or one worker has it to itself at the end."""
    items.sort(key=lambda item: item.path.parent.name not in _LONGEST)


def pytest_collection_finish() -> None:
    """Leave what every import and test made out of all collections of garbage to come.

    It is most of what a worker holds, and to go through it took a twentieth of its time.
    """
    gc.collect()
    gc.freeze()
