"""Pytest plugin of a job: each scenario gets a bench with the next fault of a list.

ASSAY_TEST_FAULTS holds the list as JSON: instrument, trouble, and a text that the message has
which suffers it. Hits are noted in the file that ASSAY_TEST_TOLD names.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from fixtures.composition import Session
from rigs.virtual.faults import Fault
from tests.rigs.faults.effects import TROUBLES
from tests.rigs.faults.faulty import FaultyRegistry

FAULTS, TOLD = "ASSAY_TEST_FAULTS", "ASSAY_TEST_TOLD"
FIRST = "supply"
"""The instrument that a bench opens first."""


class InTurn(FaultyRegistry):
    """One bench after another, one fault after another; none when the list has come to its end."""

    def __init__(self, faults: list[tuple[str, Fault]]) -> None:
        super().__init__({})
        self._left = list(faults)
        self._present: tuple[str, Fault] | None = None

    def faults_for(self, name: str) -> Iterable[Fault]:
        if name == FIRST:
            self._present = self._left.pop(0) if self._left else None
        if self._present is None or self._present[0] != name:
            return ()
        return (self._present[1],)


@pytest.fixture(scope="session")
def bench_session(bench_session: Session) -> Session:
    told = Path(os.environ[TOLD])

    def fault_of(trouble: str, containing: str) -> Fault:
        def tell(message: str) -> None:
            with told.open("a") as file:
                file.write(f"{trouble}: {message}\n")

        known = TROUBLES[trouble]
        return Fault(effect=known.effect, containing=containing, times=known.times, on_hit=tell)

    wanted = json.loads(os.environ[FAULTS])
    faults = [(name, fault_of(trouble, containing)) for name, trouble, containing in wanted]
    return replace(bench_session, registry=InTurn(faults))
