"""What the tests of Assay itself share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the checkout; tests that need it skip where it is absent."""
    place = Path(os.environ.get("ASSAY_SHARED", Path(__file__).parents[2] / "shared"))
    if not (place / "rtds").is_dir():
        pytest.skip(f"reference material not found at {place}; set ASSAY_SHARED")
    return place
