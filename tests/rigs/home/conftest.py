"""A home for the tests of the small devices."""

from __future__ import annotations

import pytest

from tests.rigs.home.home_kit import Home


@pytest.fixture
def home() -> Home:
    """Hub and meter on the network; the meter answers the devices of the home."""
    return Home()
