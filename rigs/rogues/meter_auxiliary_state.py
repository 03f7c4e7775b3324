"""Meters that misstate an auxiliary load, or do not notice one that does not follow."""

from __future__ import annotations

import json
from collections.abc import Callable

from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import Data, Tag
from rigs.devices.dlms_objects import Call
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.auxiliary.actions import FULL
from rigs.devices.esme.auxiliary.loads import Relay
from rigs.devices.esme.auxiliary.switchgear import FAILED_TO_FOLLOW
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


@rogue(
    "meter-auxiliary-state-inverted",
    "Reads a closed switch as open",
    requirement="SMETS-A-001",
    severity=Severity.MAJOR,
    deviation="The state of each switch is read the other way round.",
)
def auxiliary_state_inverted(meter: Meter) -> None:
    for number in (1, 2, 3, 4):
        meter.objects.put(Op.GET, 1, f"0-0:94.44.0.{30 + number}", 2, _inverted(meter, number))


def _inverted(meter: Meter, number: int) -> Callable[[Call], Data]:
    def state(_call: Call) -> Data:
        load = meter.auxiliary.load(number)
        is_on = load is not None and load.levels.output > 0
        text = json.dumps({"outputState": 0 if is_on else FULL, "inputState": 0})
        return Data(Tag.UTF8_STRING, text.encode())

    return state


@rogue(
    "meter-auxiliary-failure-untold",
    "Keeps a failure of an auxiliary switch to itself",
    requirement="SMETS-A-004",
    severity=Severity.MAJOR,
    deviation="No alert 811A.",
)
def auxiliary_failure_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(FAILED_TO_FOLLOW)


@rogue(
    "meter-auxiliary-never-looks-again",
    "Looks at an auxiliary switch when it is told and not later",
    requirement="SMETS-A-004",
    severity=Severity.MAJOR,
    deviation="A switch that leaves its state is not noticed.",
)
def auxiliary_never_looks_again(meter: Meter) -> None:
    _relay(meter).on_lost = lambda: None


@rogue(
    "meter-auxiliary-believes-its-orders",
    "Takes an auxiliary switch for where it was told to be",
    requirement="SMETS-A-004",
    severity=Severity.MAJOR,
    deviation="The state of a switch is read as what it was told last.",
)
def auxiliary_believes_its_orders(meter: Meter) -> None:
    relay, ordered = _relay(meter), [False]
    sound = relay.actuate

    def actuate(closed: bool) -> None:
        ordered[0] = closed
        sound(closed)

    relay.actuate, relay.sense = actuate, lambda: ordered[0]


@rogue(
    "meter-auxiliary-cries-failure",
    "Reports a failure whenever an auxiliary switch opens",
    requirement="SMETS-A-004",
    severity=Severity.MINOR,
    deviation="Alert 811A follows each end of a command.",
)
def auxiliary_cries_failure(meter: Meter) -> None:
    relay = _relay(meter)
    sound = relay.actuate

    def actuate(closed: bool) -> None:
        sound(closed)
        if not closed:
            meter.report(FAILED_TO_FOLLOW)

    relay.actuate = actuate


def _relay(meter: Meter) -> Relay:
    load = meter.auxiliary.load(1)
    if not isinstance(load, Relay):
        raise TypeError(f"expected a relay at controller 1, found {load}")
    return load
