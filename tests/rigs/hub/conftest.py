"""Premises for the tests of the hub."""

from __future__ import annotations

import pytest

from tests.rigs.devices.premises_kit import Premises


@pytest.fixture
def premises() -> Premises:
    """Hub and meter powered, the meter joined; nothing on record at the DCC."""
    return Premises.joined()
