"""Where the labelled photos and pages lie, for the tests that need them."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2].parent / "shared"

needs_shared = pytest.mark.skipif(
    not (SHARED / "photos").is_dir(), reason="the labelled photos are not beside the project"
)
