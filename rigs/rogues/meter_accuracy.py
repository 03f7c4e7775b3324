"""Meters whose measuring element is out, and whose light or register tell something else."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.metering.flows import Passing
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)

_LEAST_WATTS = Decimal(10)
_CREEP_WATTS = Decimal(5)


def _sense(meter: Meter, alter: Callable[[Decimal], Decimal]) -> None:
    """The measuring element makes something else of what is imported."""

    def sensed(passing: Passing) -> Passing:
        return passing._replace(active_import=alter(passing.active_import))

    meter.flows.sense = sensed


@rogue(
    "meter-registers-three-per-cent-too-much",
    "Counts three per cent too much",
    requirement="METROLOGY-ACTIVE",
    severity=Severity.CRITICAL,
    deviation="Active import is registered, and the light flashes, for 1.03 times the energy.",
)
def three_per_cent_more(meter: Meter) -> None:
    _sense(meter, lambda watts: watts * Decimal("1.03"))


@rogue(
    "meter-registers-three-per-cent-too-little",
    "Counts three per cent too little",
    requirement="METROLOGY-ACTIVE",
    severity=Severity.CRITICAL,
    deviation="Active import is registered, and the light flashes, for 0.97 times the energy.",
)
def three_per_cent_less(meter: Meter) -> None:
    _sense(meter, lambda watts: watts * Decimal("0.97"))


@rogue(
    "meter-register-beside-its-light",
    "Its register and its light disagree",
    requirement="METROLOGY-CONSTANT",
    severity=Severity.MAJOR,
    deviation="The import register advances by one per cent more than the light flashes for.",
)
def register_beside_light(meter: Meter) -> None:
    register = meter.flows.active_import
    sound = register.measure
    register.measure = lambda: sound() * Decimal("1.01")


@rogue(
    "meter-creeps",
    "Counts without a load",
    requirement="METROLOGY-CREEP",
    severity=Severity.MAJOR,
    deviation="Under voltage it registers 5 W that nobody takes.",
)
def creeps(meter: Meter) -> None:
    _sense(meter, lambda watts: watts + _CREEP_WATTS)


@rogue(
    "meter-starts-late",
    "Does not start at its starting current",
    requirement="METROLOGY-START",
    severity=Severity.MAJOR,
    deviation="Nothing is registered below 10 W.",
)
def starts_late(meter: Meter) -> None:
    _sense(meter, lambda watts: watts if watts >= _LEAST_WATTS else Decimal(0))
