"""Meters that report a voltage as too high or too low which is neither."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import double_long_unsigned
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.phase_sequence import WRONG_SEQUENCE
from rigs.devices.esme.voltage import AverageThreshold
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
_HASTE = timedelta(seconds=-2)


@rogue(
    "meter-swell-one-volt-low",
    "Sees a swell that is none",
    requirement="SMETS-E-085",
    severity=Severity.MINOR,
    deviation="The threshold of a swell acts one volt below its value.",
)
def swell_one_volt_low(meter: Meter) -> None:
    meter.voltage.swell.error_volts = Decimal(-1)


@rogue(
    "meter-swell-too-hasty",
    "Reports a swell before its time",
    requirement="SMETS-E-085",
    severity=Severity.MINOR,
    deviation="The period of a swell is two seconds too short.",
)
def swell_too_hasty(meter: Meter) -> None:
    meter.voltage.swell.error_time = _HASTE


@rogue(
    "meter-sag-one-volt-high",
    "Sees a sag that is none",
    requirement="SMETS-E-086",
    severity=Severity.MINOR,
    deviation="The threshold of a sag acts one volt above its value.",
)
def sag_one_volt_high(meter: Meter) -> None:
    meter.voltage.sag.error_volts = Decimal(1)


@rogue(
    "meter-sag-too-hasty",
    "Reports a sag before its time",
    requirement="SMETS-E-086",
    severity=Severity.MINOR,
    deviation="The period of a sag is two seconds too short.",
)
def sag_too_hasty(meter: Meter) -> None:
    meter.voltage.sag.error_time = _HASTE


@rogue(
    "meter-voltage-threshold-read-as-delivered",
    "Reads back the threshold of the factory",
    requirement="SMETS-E-081",
    severity=Severity.MINOR,
    deviation="The average over-voltage threshold is read as it was delivered, whatever was set.",
)
def voltage_threshold_read_as_delivered(meter: Meter) -> None:
    delivered = double_long_unsigned(meter.voltage.average_over.volts)
    meter.objects.put(Op.GET, 1, "1-0:32.35.0.4", 2, lambda _: delivered)


@rogue(
    "meter-counter-reset-moves-threshold",
    "Forgets a threshold when its counter is reset",
    requirement="SMETS-E-089",
    severity=Severity.MAJOR,
    deviation="A reset of the over-voltage counter sets the threshold to 300 V.",
)
def counter_reset_moves_threshold(meter: Meter) -> None:
    def reset(_counter: int) -> int:
        meter.voltage.average_over.volts = 300
        return 0

    meter.voltage.average_over.counter_after_reset = reset


@rogue(
    "meter-phases-of-strictest-threshold",
    "Judges every phase by the strictest thresholds",
    requirement="SMETS-E-092",
    severity=Severity.MAJOR,
    deviation="The average thresholds of a phase are the lowest and the highest of the three.",
)
def phases_of_strictest_threshold(meter: Meter) -> None:
    monitors = meter.phases.monitors
    overs = [monitor.average_over for monitor in monitors]
    unders = [monitor.average_under for monitor in monitors]
    for one in overs:
        _judge_by(one, lambda: min(other.volts for other in overs))
    for one in unders:
        _judge_by(one, lambda: max(other.volts for other in unders))


def _judge_by(threshold: AverageThreshold, volts: Callable[[], int]) -> None:
    sound = threshold.judge

    def judge(average: Fraction) -> int | None:
        threshold.error_volts = Decimal(volts() - threshold.volts)
        return sound(average)

    threshold.judge = judge  # type: ignore[method-assign]


@rogue(
    "meter-phases-two-volts-low",
    "Sees an average over-voltage of a phase that is none",
    requirement="SMETS-E-092",
    severity=Severity.MAJOR,
    deviation="The average over-voltage threshold of each phase acts two volts below its value.",
)
def phases_two_volts_low(meter: Meter) -> None:
    for monitor in meter.phases.monitors:
        monitor.average_over.error_volts = Decimal(-2)


@rogue(
    "meter-phase-reported-for-next",
    "Reports one phase for two",
    requirement="SMETS-E-092",
    severity=Severity.MAJOR,
    deviation="What is reported of phase 1 or 2 is reported of the next phase as well.",
)
def phase_reported_for_next(meter: Meter) -> None:
    for monitor in meter.phases.monitors[:-1]:
        monitor.on_event.append(lambda code, volts: meter.report(code + 1, other=volts))


@rogue(
    "meter-phase-sequence-wrong-after-outage",
    "Takes the end of an outage for a change of the phases",
    requirement="SMETS-P-003",
    severity=Severity.MINOR,
    deviation="Alert 81B7 follows each outage.",
)
def phase_sequence_wrong_after_outage(meter: Meter) -> None:
    meter.on_power_up.append(lambda: meter.report(WRONG_SEQUENCE))
