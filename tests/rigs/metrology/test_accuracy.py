"""The procedure on a virtual bench: a planted error is found within its stated uncertainty."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import pyvisa

from assay.clock import LoopThread, SimulatedClock
from assay.declarations import read_bench
from assay.declarations.plan import DecisionRule
from assay.verdicts import BenchFault, Verdict
from fixtures.instruments import open_instruments
from rigs.capabilities import EnergyStandard
from rigs.driver_entry import Surroundings
from rigs.metrology.accuracy import EnergyAccuracy, pulses_for
from rigs.metrology.points import (
    ENDS,
    AccuracyClass,
    LoadPoint,
    Rating,
    accuracy_points,
    currents,
)
from rigs.premises import Contactor, LoadNode, SupplyNode
from rigs.premises_pulses import PulseOutput

START = datetime(2026, 1, 5, tzinfo=UTC)
CLASS_C = Rating(accuracy_class=AccuracyClass.C, maximum=Decimal(80))


class Bench:
    """The built-in bench, and a meter that is nothing but an error."""

    def __init__(self) -> None:
        self.loop_thread = LoopThread()
        self.clock = SimulatedClock(START, run=self.loop_thread.run)
        self.supply = SupplyNode(self.clock)
        self.load = LoadNode(self.clock, self.supply, Contactor(self.clock))
        self.pulses = PulseOutput(self.clock, CLASS_C.pulses_per_kilowatt_hour)
        self.gain = Decimal(1)
        self.load.listen(lambda _at, watts: self.pulses.register(watts * self.gain))
        self.file = read_bench(None).value

    @contextmanager
    def procedure(self, rule: DecisionRule) -> Iterator[EnergyAccuracy]:
        around = Surroundings(
            clock=self.clock,
            loop_thread=self.loop_thread,
            supply=self.supply,
            load=self.load,
            pulses=self.pulses,
        )
        resources = pyvisa.ResourceManager("@py")
        try:
            with open_instruments(self.file, around, resources) as instruments:
                yield EnergyAccuracy(
                    clock=self.clock,
                    supply=instruments.supply,
                    load=instruments.load,  # type: ignore[arg-type]
                    reference=instruments.of(EnergyStandard),  # type: ignore[type-abstract]
                    constant=CLASS_C.pulses_per_kilowatt_hour,
                    rule=rule,
                )
        finally:
            resources.close()


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    try:
        yield made
    finally:
        made.loop_thread.close()


def point_at(group: str) -> LoadPoint:
    return next(accuracy_points(CLASS_C, group))


@pytest.mark.parametrize("group", [*currents(CLASS_C), ENDS])
def test_a_planted_error_is_found_within_its_uncertainty(bench: Bench, group: str) -> None:
    bench.gain = Decimal("1.007")
    with bench.procedure(DecisionRule.GUARD_BAND) as procedure:
        for point in accuracy_points(CLASS_C, group):
            result = procedure.measure(point)
            assert abs(result.error - Decimal("0.7")) <= result.expanded, point.name
            assert result.expanded <= point.limit / 3, point.name


@pytest.mark.parametrize(
    ("percent", "verdict"),
    [
        ("0.60", Verdict.PASS),
        ("-0.60", Verdict.PASS),
        ("0.70", Verdict.INCONCLUSIVE),
        ("0.80", Verdict.FAIL),
        ("-0.80", Verdict.FAIL),
    ],
)
def test_the_verdict_on_each_side_of_the_guard_band(
    bench: Bench, percent: str, verdict: Verdict
) -> None:
    """The limit of class C at 5 A is 0.7 %."""
    bench.gain = 1 + Decimal(percent) / 100
    with bench.procedure(DecisionRule.GUARD_BAND) as procedure:
        result = procedure.measure(point_at("10 Itr"))
    assert result.decision.verdict is verdict, result.row()
    assert result.decision.guard == result.expanded


def test_low_power_factors_are_less_certain(bench: Bench) -> None:
    with bench.procedure(DecisionRule.GUARD_BAND) as procedure:
        unity, inductive, capacitive = map(procedure.measure, accuracy_points(CLASS_C, "10 Itr"))
    assert unity.expanded < capacitive.expanded < inductive.expanded
    assert "phase angle" in {row["source"] for row in unity.budget.rows()}


def test_a_meter_without_light_is_the_benchs_fault(bench: Bench) -> None:
    bench.gain = Decimal(0)
    with bench.procedure(DecisionRule.GUARD_BAND) as procedure, pytest.raises(BenchFault):
        procedure.measure(point_at("Itr"))


def test_every_measurement_takes_ten_seconds_or_five_pulses() -> None:
    for group in (*currents(CLASS_C), ENDS):
        for point in accuracy_points(CLASS_C, group):
            pulses = pulses_for(point, CLASS_C.pulses_per_kilowatt_hour)
            takes = timedelta(seconds=float(pulses * 3_600_000 / (1000 * point.watts)))
            assert takes >= timedelta(seconds=10) or pulses == 5


@pytest.mark.parametrize(
    ("accuracy_class", "amps", "limit"),
    [
        (AccuracyClass.B, "0.25", "2"),
        (AccuracyClass.C, "0.49", "1"),
        (AccuracyClass.C, "0.5", "0.7"),
        (AccuracyClass.A, "80", "3.5"),
    ],
)
def test_the_limit_of_a_current(accuracy_class: AccuracyClass, amps: str, limit: str) -> None:
    rating = Rating(accuracy_class=accuracy_class)
    assert rating.limit(Decimal(amps)) == Decimal(limit)
    with pytest.raises(ValueError, match=r"expected 0\.25 to 100 A"):
        rating.limit(Decimal(101))
