"""Pytest plugin of a job: one fault in one virtual instrument, as ASSAY_TEST_FAULT says it.

The variable holds JSON with instrument, trouble, moment and the file that is told of each hit.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from fixtures.composition import Session
from rigs.virtual.faults import Fault
from tests.rigs.faults.effects import TROUBLES
from tests.rigs.faults.faulty import FaultyRegistry

VARIABLE = "ASSAY_TEST_FAULT"


@pytest.fixture(scope="session")
def bench_session(bench_session: Session) -> Session:
    wanted = json.loads(os.environ[VARIABLE])
    trouble = TROUBLES[wanted["trouble"]]
    told = Path(wanted["told"])

    def tell(message: str) -> None:
        with told.open("a") as file:
            file.write(f"{message}\n")

    fault = Fault(
        effect=trouble.effect,
        containing=wanted["containing"],
        spares=wanted["spares"],
        times=trouble.times,
        on_hit=tell,
    )
    return replace(bench_session, registry=FaultyRegistry({wanted["instrument"]: [fault]}))
