"""Meters that draw, keep or apply their randomised offset wrongly."""

from __future__ import annotations

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


@rogue(
    "meter-offset-truncated",
    "Cuts off the parts of a second of its offset",
    requirement="SMETS-E-057",
    severity=Severity.MINOR,
    deviation="The offset is rounded down.",
)
def offset_truncated(meter: Meter) -> None:
    offset = meter.randomised_offset
    offset.seconds = lambda: offset.number * offset.limit_s // 10_000


@rogue(
    "meter-offset-constant",
    "Has an offset without regard to its limit",
    requirement="SMETS-E-057",
    severity=Severity.MAJOR,
    deviation="The randomised offset is a number of seconds fixed at manufacture.",
)
def offset_constant(meter: Meter) -> None:
    meter.randomised_offset.seconds = lambda: 777


@rogue(
    "meter-offset-drawn-anew",
    "Draws its randomised number whenever it starts",
    requirement="SMETS-E-057",
    severity=Severity.MAJOR,
    deviation="After a loss of supply the randomised offset number is another.",
)
def offset_drawn_anew(meter: Meter) -> None:
    def draw() -> None:
        meter.randomised_offset.number = meter.randomised_offset.number % 10_000 + 1

    meter.on_power_up.append(draw)


@rogue(
    "meter-offset-not-applied",
    "Switches auxiliary loads without its offset",
    requirement="SMETS-E-058",
    severity=Severity.MAJOR,
    deviation="The randomised offset is stated and never applied.",
)
def offset_not_applied(meter: Meter) -> None:
    meter.auxiliary.moved = lambda at: at


@rogue(
    "meter-offset-applied-twice",
    "Applies its randomised offset twice",
    requirement="SMETS-E-058",
    severity=Severity.MAJOR,
    deviation="Auxiliary loads lag behind their calendar by twice the offset.",
)
def offset_applied_twice(meter: Meter) -> None:
    meter.auxiliary.moved = lambda at: at + 2 * meter.randomised_offset.value
