"""A small SMKI with three subscribers, as every test here starts from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assay.clock import LoopThread
from assay.dcc.pki.authority import Smki
from assay.dcc.pki.iki import Iki
from assay.dcc.pki.subscribers import Subscriber
from tests.dcc.pki.parties import (
    MANUFACTURER,
    METER_BLOCK,
    OPERATOR,
    OPERATOR_EUI,
    SUPPLIER,
    SUPPLIER_EUI,
)


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def smki(now: datetime) -> Smki:
    smki = Smki(now=now)
    register_parties(smki)
    return smki


def register_parties(smki: Smki) -> None:
    smki.register(
        Subscriber(
            name=SUPPLIER,
            euis=frozenset({SUPPLIER_EUI}),
            roles=frozenset({0x02, 0x87}),
            device_blocks=(METER_BLOCK,),
            may_use_ad_hoc=True,
        )
    )
    smki.register(
        Subscriber(name=OPERATOR, euis=frozenset({OPERATOR_EUI}), roles=frozenset({0x03, 0x87}))
    )
    smki.register(
        Subscriber(
            name=MANUFACTURER,
            euis=frozenset(),
            roles=frozenset(),
            device_blocks=(METER_BLOCK,),
        )
    )


@pytest.fixture(scope="session")
def iki(tmp_path_factory: pytest.TempPathFactory) -> Iki:
    """One for all tests: RSA keys are slow to make."""
    folder: Path = tmp_path_factory.mktemp("iki")
    return Iki(folder)


@pytest.fixture
def loop() -> Iterator[LoopThread]:
    thread = LoopThread("pki-test-loop")
    yield thread
    thread.close()
