"""The counter of a DCC party at the prompt rises from call to call and is never used twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assay.cli.stored_counter import next_counter
from assay.gbcs.identifiers import Eui64
from assay.verdicts import PlanError

BROKER, OTHER = Eui64(b"broker-1"), Eui64(b"broker-2")


def test_each_call_takes_the_next_counter_of_its_party(tmp_path: Path) -> None:
    taken = [next_counter(BROKER, tmp_path) for _ in range(3)]
    assert (taken, next_counter(OTHER, tmp_path)) == ([1, 2, 3], 1)


def test_calls_at_the_same_time_never_share_a_counter(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: next_counter(BROKER, tmp_path), range(40)))
    assert sorted(taken) == list(range(1, 41))


def test_a_damaged_store_is_said_and_not_overwritten(tmp_path: Path) -> None:
    store = tmp_path / "dcc-counters.json"
    store.write_text("{broken")
    with pytest.raises(PlanError, match="--dcc-counter"):
        next_counter(BROKER, tmp_path)
    assert store.read_text() == "{broken"
