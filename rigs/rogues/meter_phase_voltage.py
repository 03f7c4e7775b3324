"""Meters that watch the voltages of three phases as one, or the wrong ones."""

from __future__ import annotations

from fractions import Fraction

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.voltage import AverageThreshold
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


@rogue(
    "meter-phases-as-one",
    "Does not say which phase",
    requirement="SMETS-P-001",
    severity=Severity.MAJOR,
    deviation="Each phase has the codes of a meter of one phase.",
)
def phases_as_one(meter: Meter) -> None:
    for monitor in meter.phases.monitors:
        monitor.average_over.codes = {True: 0x8002, False: 0x8085}
        monitor.average_under.codes = {True: 0x8006, False: 0x8089}


@rogue(
    "meter-phases-numbered-from-zero",
    "Names each phase by the number before",
    requirement="SMETS-P-001",
    severity=Severity.MAJOR,
    deviation="The codes of extreme voltages, sags and swells name the phase one too low.",
)
def phases_numbered_from_zero(meter: Meter) -> None:
    for monitor in meter.phases.monitors:
        for level in (monitor.extreme_over, monitor.extreme_under, monitor.sag, monitor.swell):
            level.codes = {begins: code - 1 for begins, code in level.codes.items()}


@rogue(
    "meter-phases-of-one-threshold",
    "Judges all phases by the thresholds of the first",
    requirement="SMETS-E-092",
    severity=Severity.MAJOR,
    deviation="The average thresholds of phases 2 and 3 are those of phase 1.",
)
def phases_of_one_threshold(meter: Meter) -> None:
    first, *others = meter.phases.monitors
    for monitor in others:
        _follow(first.average_over, monitor.average_over)
        _follow(first.average_under, monitor.average_under)


def _follow(first: AverageThreshold, other: AverageThreshold) -> None:
    sound = other.judge

    def judge(average: Fraction) -> int | None:
        other.volts = first.volts
        return sound(average)

    other.judge = judge  # type: ignore[method-assign]


@rogue(
    "meter-phases-of-one-counter",
    "Counts the episodes of all phases together",
    requirement="SMETS-E-092",
    severity=Severity.MINOR,
    deviation="An over-voltage of any phase is counted on the first.",
)
def phases_of_one_counter(meter: Meter) -> None:
    first, *others = meter.phases.monitors
    for monitor in others:
        monitor.on_event.append(lambda _code, _volts: _count(first.average_over))


def _count(threshold: AverageThreshold) -> None:
    threshold.counter += 1


@rogue(
    "meter-phase-return-not-reported",
    "Does not report that a phase is back",
    requirement="SMETS-P-001",
    severity=Severity.MINOR,
    deviation="Alerts 8086 to 8088 are never sent.",
)
def phase_return_not_reported(meter: Meter) -> None:
    meter.alerts.silenced |= {0x8086, 0x8087, 0x8088}


@rogue(
    "meter-dies-with-a-phase",
    "Is silent while a phase is missing",
    requirement="SMETS-P-001",
    severity=Severity.CRITICAL,
    deviation="While any of several phases is lost, commands are not answered.",
)
def dies_with_a_phase(meter: Meter) -> None:
    sound = meter.receive

    def receive(octets: bytes) -> None:
        if not any(supply.lost_since for supply in meter.phases.supplies):
            sound(octets)

    meter.receive = receive  # type: ignore[method-assign]
