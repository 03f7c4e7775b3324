"""A DCC that is killed between its commit and its deed does the deed when it comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from assay.dcc.pki.bench_keys import BenchKeys
from assay.dcc.store import MemoryStore
from tests.dcc.bench import DspBench
from tests.dcc.parties import START, hub, meter

A_DAY = timedelta(days=1)


class KilledStore(MemoryStore):
    """While `is_dead`, what was to be done after a commit is not done any more."""

    is_dead = False

    def after_commit(self, action: Callable[[], None]) -> None:
        super().after_commit(lambda: None if self.is_dead else action())


@pytest.fixture
def store() -> KilledStore:
    return KilledStore()


@pytest.fixture
def bench(keys: BenchKeys, store: KilledStore) -> DspBench:
    bench = DspBench(keys=keys, store=store)
    bench.inventory.enter(hub())
    bench.inventory.enter(meter())
    return bench


def revive(bench: DspBench, store: KilledStore) -> None:
    store.is_dead = False
    bench.restart()
    bench.clock.advance(timedelta(minutes=1))


def test_a_command_that_was_not_sent_yet_is_sent(bench: DspBench, store: KilledStore) -> None:
    store.is_dead = True
    request, answer = bench.complete("7.4")
    assert (answer.response_code, bench.premises.commands) == ("I99", [])
    revive(bench, store)
    assert [one.request_id for one in bench.device_responses()] == [request.request_id]


def test_a_dated_request_that_was_taken_out_and_not_sent_is_sent(
    bench: DspBench, store: KilledStore
) -> None:
    request, _ = bench.complete("4.1.1", body={"ExecutionDateTime": START + A_DAY})
    bench.clock.advance(A_DAY - timedelta(seconds=1))
    store.is_dead = True
    bench.clock.advance(timedelta(seconds=1))
    assert bench.premises.commands == []
    revive(bench, store)
    assert [one.request_id for one in bench.device_responses()] == [request.request_id]


def test_what_was_not_committed_was_not_accepted(bench: DspBench, store: KilledStore) -> None:
    """The RequestID is as good as new."""
    request = bench.request("7.4")
    with pytest.raises(KeyboardInterrupt), store.transaction():
        bench.send(request)
        raise KeyboardInterrupt
    bench.clock.advance(timedelta(minutes=5))
    assert bench.premises.commands == []
    assert len(bench.dsp.modes.commands) == 0
    assert bench.send(request).response_code == "I99"
