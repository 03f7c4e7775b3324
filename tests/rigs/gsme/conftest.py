"""What every test of a gas meter stands on."""

from __future__ import annotations

import pytest

from tests.rigs.gsme.gas_kit import GasPremises


@pytest.fixture
def premises() -> GasPremises:
    return GasPremises.joined()
