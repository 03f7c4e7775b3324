"""The bench of the modes: after each test all that passed must have followed its flow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assay.dcc.flow_check import Verdict, check_run
from assay.dcc.pki.bench_keys import BenchKeys
from assay.dcc.store import Store
from tests.dcc.bench import DspBench
from tests.dcc.parties import hub, meter


@pytest.fixture
def bench(keys: BenchKeys, store: Store) -> Iterator[DspBench]:
    """A commissioned meter behind a commissioned hub."""
    bench = DspBench(keys=keys, store=store, has_deliveries_on_record=True)
    bench.inventory.enter(hub())
    bench.inventory.enter(meter())
    yield bench
    courses = check_run(bench.audit.entries)
    departed = [course for course in courses if course.verdict is Verdict.DEPARTED]
    assert departed == []
