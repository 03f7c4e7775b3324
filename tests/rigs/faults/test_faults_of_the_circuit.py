"""A bench that cannot vouch for what it saw blames nobody, praises nobody, and goes off.

The whole table has a command of its own (`python -m benchmarks.bench_faults`); this is a sample.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assay.verdicts import Verdict
from tests.rigs.faults.conduct import IN_CIRCUIT, Case, Conductor, cases, conductor
from tests.stopwatch import least_measured

SAMPLE = 12
OF_EACH = 2
OTHERS = (
    *("pulses", "battery", "supply12", "board", "inputs", "network_board", "chamber", "cabinet"),
    *("counter", "stamper", "standard", "console", "time", "gas", "path", "path2", "path3"),
)
SEED = 6
SAFE_WITHIN_S = 1.0


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Conductor]:
    with conductor(tmp_path_factory.mktemp("faults")) as made:
        yield made


@pytest.fixture(scope="module")
def moments(benches: Conductor) -> dict[str, int]:
    return benches.moments(*IN_CIRCUIT)


def test_a_sound_bench_passes_and_uses_every_instrument(moments: dict[str, int]) -> None:
    assert set(moments) == set(IN_CIRCUIT)
    assert all(count > 3 for count in moments.values())


@pytest.mark.parametrize("number", range(SAMPLE))
def test_a_fault_of_the_bench_is_no_verdict_on_the_meter(
    benches: Conductor, moments: dict[str, int], number: int
) -> None:
    finding = benches.conduct(cases(moments, SAMPLE, SEED)[number])
    assert finding.problem is None, f"{finding.case.words}: {finding.problem}"


@pytest.mark.parametrize("instrument", ["supply", "load"])
def test_everything_is_off_within_a_second(
    benches: Conductor, moments: dict[str, int], instrument: str
) -> None:
    moment = moments[instrument] * 2 // 3  # in the middle of it, with supply and load on

    def seconds_to_safe() -> float:
        case = Case(instrument=instrument, trouble="hung for good", moment=moment)
        finding = benches.conduct(case)
        assert finding.is_off
        assert finding.verdict is Verdict.INCONCLUSIVE
        return finding.seconds_to_safe

    assert least_measured(seconds_to_safe, SAFE_WITHIN_S) < SAFE_WITHIN_S


@pytest.mark.parametrize("name", OTHERS)
def test_an_instrument_beside_the_circuit_is_found_out_as_well(
    benches: Conductor, name: str
) -> None:
    moments = benches.moments(name)
    for case in cases(moments, OF_EACH, SEED):
        finding = benches.conduct(case)
        assert finding.problem is None, f"{finding.case.words}: {finding.problem}"


def test_every_driver_with_a_virtual_peer_is_in_the_table(benches: Conductor) -> None:
    assert set(benches.names) == {*IN_CIRCUIT, *OTHERS}


def test_the_same_seed_gives_the_same_faults(moments: dict[str, int]) -> None:
    assert cases(moments, 50, SEED) == cases(moments, 50, SEED)
    assert len(set(cases(moments, 50, SEED))) > 40
