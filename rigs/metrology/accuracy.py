"""The error of a meter's energy at one point: pulses against a reference standard, three times.

The reference gates itself on the meter's pulses, so that no message and no clock of this machine is
part of the result (metrology digest 3). The budget is that of the digest's template; its typical
values are inferred, a certificate's figure takes their place where the bench file has one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_CEILING, Decimal
from statistics import mean
from typing import Protocol, runtime_checkable

from assay.clock import Clock
from assay.declarations.plan import DecisionRule
from assay.verdicts import BenchFault
from rigs.capabilities import Reading, Supply
from rigs.metrology.decision import Decision, decide, within
from rigs.metrology.points import LoadPoint
from rigs.metrology.uncertainty import Budget, Component, Distribution, repeatability

REPEATS = 3
SHORTEST = timedelta(seconds=10)
FEWEST_PULSES = 5
SETTLING = timedelta(seconds=5)
HOLDS = Decimal("0.01")
"""By how much voltage and current may be off the point, as a part of it."""

PERCENT = Decimal(100)
DEGREE_PERCENT = Decimal("1.745")
"""Change of the active power per degree of phase angle and unit of its tangent, in per cent."""


@runtime_checkable
class AdjustableLoad(Protocol):
    """A load bank that can be reactive."""

    def set_power(self, watts: Decimal, power_factor: Decimal) -> None: ...

    def measure_amps(self) -> Reading: ...


class ErrorReference(Protocol):
    """A reference standard that compares its own energy with pulses of a meter."""

    def error_percent(self, pulses: int, constant: int) -> Reading:
        """Over so many pulses, from edge to edge; BenchFault when they do not come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypicalDoubts:
    """What a bench of this kind can be expected to add, in per cent (inferred, digest 5)."""

    reference: Decimal = Decimal("0.020")
    reference_drift: Decimal = Decimal("0.010")
    phase_degrees: Decimal = Decimal("0.01")
    terminal_drop: Decimal = Decimal("0.010")
    temperature: Decimal = Decimal("0.02")
    reference_counts: Decimal = Decimal(1_000_000)
    """Energy counts of the reference over the shortest measurement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointResult:
    """`error` is the mean in per cent, `errors` are the repeats."""

    point: LoadPoint
    pulses: int
    errors: tuple[Decimal, ...]
    budget: Budget
    decision: Decision
    reference: Reading

    @property
    def error(self) -> Decimal:
        return mean(self.errors)

    @property
    def expanded(self) -> Decimal:
        return self.budget.expanded

    def row(self) -> dict[str, str]:
        """One line of the table in the report."""
        return {
            "point": self.point.name,
            "pulses": str(self.pulses),
            "error %": f"{self.error:+.4f}",
            "U %": f"{self.expanded:.4f}",
            "limit %": f"{self.point.limit:f}",
            "rule": self.decision.state,
            "risk": f"{self.decision.risk:f}",
            "verdict": self.decision.verdict.words,
        }


def pulses_for(point: LoadPoint, constant: int, shortest: timedelta = SHORTEST) -> int:
    """So many that the measurement takes at least this long."""
    energy = point.watts * Decimal(str(shortest.total_seconds())) / 3_600_000
    return max(int((energy * constant).to_integral_value(ROUND_CEILING)), FEWEST_PULSES)


def budget_for(
    point: LoadPoint,
    errors: Sequence[Decimal],
    stability: Decimal,
    reference: Reading,
    doubts: TypicalDoubts,
) -> Budget:
    """`stability`: by how much the source moved between the repeats, in per cent."""
    certified = reference.traceability.uncertainty if reference.traceability else doubts.reference
    rectangular, angle = Distribution.RECTANGULAR, DEGREE_PERCENT * doubts.phase_degrees
    return Budget(
        components=(
            Component(
                source="reference calibration", value=certified, distribution=Distribution.EXPANDED
            ),
            Component(
                source="reference drift since calibration",
                value=doubts.reference_drift,
                distribution=rectangular,
            ),
            Component(source="source stability", value=stability, distribution=rectangular),
            Component(
                source="phase angle",
                value=angle,
                distribution=rectangular,
                sensitivity=point.tangent,
            ),
            Component(
                source="voltage drop at terminals",
                value=doubts.terminal_drop,
                distribution=rectangular,
            ),
            Component(
                source="counts of the reference",
                value=PERCENT / doubts.reference_counts,
                distribution=Distribution.RESOLUTION,
            ),
            Component(
                source="temperature of the meter",
                value=doubts.temperature,
                distribution=rectangular,
            ),
            repeatability(errors),
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyAccuracy:
    """`constant` is the meter's, in pulses for a kilowatt-hour."""

    clock: Clock
    supply: Supply
    load: AdjustableLoad
    reference: ErrorReference
    constant: int
    rule: DecisionRule = DecisionRule.GUARD_BAND
    doubts: TypicalDoubts = TypicalDoubts()
    repeats: int = REPEATS

    def measure(self, point: LoadPoint) -> PointResult:
        """BenchFault where the bench does not hold the point or the pulses do not come."""
        self.supply.set_steady(point.volts, point.hertz)
        self.supply.output(True)
        self.load.set_power(point.watts, point.power_factor)
        self.clock.advance(SETTLING)
        pulses = pulses_for(point, self.constant)
        volts = [self._held(point)]
        readings: list[Reading] = []
        for _ in range(self.repeats):
            readings.append(self.reference.error_percent(pulses, self.constant))
            volts.append(self._held(point))
        errors = tuple(each.value for each in readings)
        stability = PERCENT * (max(volts) - min(volts)) / point.volts
        budget = budget_for(point, errors, stability, readings[-1], self.doubts)
        return PointResult(
            point=point,
            pulses=pulses,
            errors=errors,
            budget=budget,
            decision=decide(mean(errors), budget.expanded, within(point.limit), self.rule),
            reference=readings[-1],
        )

    def _held(self, point: LoadPoint) -> Decimal:
        """The voltage at the point; BenchFault where it or the current is off."""
        volts, amps = self.supply.measure_volts().value, self.load.measure_amps().value
        for seen, wanted, unit in ((volts, point.volts, "V"), (amps, point.amps, "A")):
            if abs(seen - wanted) > wanted * HOLDS:
                raise BenchFault(f"{point.name}: expected {wanted:f} {unit}, measured {seen:f}")
        return volts
