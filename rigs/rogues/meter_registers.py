"""Meters that count energy in the wrong register, or state a wrong power."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.metering.flows import by_phase
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


@rogue(
    "meter-no-reactive-import",
    "Counts no reactive import",
    requirement="SMETS-E-020",
    severity=Severity.CRITICAL,
    deviation="The register of reactive import stands still.",
)
def no_reactive_import(meter: Meter) -> None:
    meter.flows.reactive_import.measure = lambda: Decimal(0)


@rogue(
    "meter-export-registers-exchanged",
    "Counts active export as reactive export",
    requirement="SMETS-E-020",
    severity=Severity.CRITICAL,
    deviation="The export registers, active and reactive, have each other's energy.",
)
def export_registers_exchanged(meter: Meter) -> None:
    flows = meter.flows
    flows.active_export.measure = lambda: flows.passing.reactive_export
    flows.reactive_export.measure = lambda: flows.passing.active_export


@rogue(
    "meter-export-runs-import",
    "Charges what is exported",
    requirement="SMETS-E-020",
    severity=Severity.CRITICAL,
    deviation="Power in either direction runs the import register.",
)
def export_runs_import(meter: Meter) -> None:
    def either_way(powers: Iterable[Decimal]) -> tuple[Decimal, Decimal]:
        taken, given = by_phase(powers)
        return taken + given, given

    meter.flows.split = either_way


@rogue(
    "meter-power-in-tens-of-watts",
    "States its power in tens of watts",
    requirement="SMETS-E-021",
    severity=Severity.MAJOR,
    deviation="Active power import is read as a tenth of what it is.",
)
def power_in_tens_of_watts(meter: Meter) -> None:
    sound = meter.flows.active_power
    meter.flows.active_power = lambda: sound() / 10


@rogue(
    "meter-power-stuck",
    "States the power that it saw first",
    requirement="SMETS-E-021",
    severity=Severity.MAJOR,
    deviation="Active power import is always some power that passed long ago, 300 W.",
)
def power_stuck(meter: Meter) -> None:
    meter.flows.active_power = lambda: Decimal(300)
