"""Meters that time auxiliary loads, boosts and load limits wrongly in one corner."""

from __future__ import annotations

from datetime import datetime, timedelta

from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import double_long_unsigned
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.auxiliary import Levels
from rigs.devices.esme.auxiliary.actions import Action
from rigs.devices.esme.auxiliary.controller import Controller
from rigs.devices.esme.load_limit import NO_LIMIT
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
_THURSDAY = 3
_HOUR = timedelta(hours=1)


@rogue(
    "meter-controller-state-at-once",
    "Does not wait for the start of a controller's state",
    requirement="SMETS-A-003",
    severity=Severity.MAJOR,
    deviation="A commanded state holds from when it is received, whatever its start.",
)
def controller_state_at_once(meter: Meter) -> None:
    sound = meter.auxiliary.set_level

    def set_level(action: Action, script: int, start: datetime, end: datetime) -> None:
        sound(action, script, min(start, meter.now()), end)

    meter.auxiliary.set_level = set_level  # type: ignore[method-assign]


@rogue(
    "meter-controller-state-without-end",
    "Forgets that a controller's state has an end",
    requirement="SMETS-A-003",
    severity=Severity.CRITICAL,
    deviation="A commanded state holds a day longer.",
)
def controller_state_without_end(meter: Meter) -> None:
    sound = meter.auxiliary.set_level

    def set_level(action: Action, script: int, start: datetime, end: datetime) -> None:
        sound(action, script, start, end + timedelta(days=1))

    meter.auxiliary.set_level = set_level  # type: ignore[method-assign]


@rogue(
    "meter-auxiliary-command-slow",
    "Takes its time over a command",
    requirement="SMETS-A-003",
    severity=Severity.MINOR,
    deviation="A command to a switch is carried out five seconds after it was acknowledged.",
)
def auxiliary_command_slow(meter: Meter) -> None:
    def switch(action: Action, script: int, until: datetime) -> None:
        meter.auxiliary.set_level(action, script, meter.now() + timedelta(seconds=5), until)

    meter.auxiliary.switch = switch  # type: ignore[method-assign]


@rogue(
    "meter-auxiliary-late-on-thursdays",
    "Loses its auxiliary calendar on one day of the week",
    requirement="SMETS-A-003",
    severity=Severity.MAJOR,
    deviation="On Thursdays each switch of the auxiliary calendar is made six hours late.",
)
def auxiliary_late_on_thursdays(meter: Meter) -> None:
    sound = meter.auxiliary.moved
    meter.auxiliary.moved = lambda at: sound(at) + 6 * _HOUR * (at.weekday() == _THURSDAY)


@rogue(
    "meter-auxiliary-stays-after-outage",
    "Misses the switches of an outage",
    requirement="SMETS-A-007",
    severity=Severity.MAJOR,
    deviation="After an outage the controllers stay where they were when it began.",
)
def auxiliary_stays_after_outage(meter: Meter) -> None:
    kept: dict[int, Levels] = {}
    sound = meter.auxiliary.level

    def keep(_since: datetime) -> None:
        now = meter.now()
        kept.update({n: sound(one, now) for n, one in meter.auxiliary.controllers.items()})

    def level(controller: Controller, at: datetime) -> Levels:
        return kept.get(controller.number) or sound(controller, at)

    meter.power.on_lost.insert(0, keep)
    meter.auxiliary.level = level


@rogue(
    "meter-boost-never-offered",
    "Has a boost button that does nothing",
    requirement="SMETS-A-005",
    severity=Severity.MAJOR,
    deviation="A press of the boost button starts no boost.",
)
def boost_never_offered(meter: Meter) -> None:
    meter.auxiliary.boost.is_offered = lambda: False


@rogue(
    "meter-boost-of-an-hour-runs-on",
    "Boosts longer than an hour after four presses",
    requirement="SMETS-A-005",
    severity=Severity.MINOR,
    deviation="The longest boost lasts for sixty-one minutes.",
)
def boost_of_an_hour_runs_on(meter: Meter) -> None:
    boost = meter.auxiliary.boost
    sound = boost.on_extend

    def extend() -> None:
        if boost.started is not None and boost.ends == boost.started + _HOUR:
            boost.ends += timedelta(minutes=1)
        sound()

    boost.on_extend = extend


@rogue(
    "meter-boosts-after-outage",
    "Boosts because the supply is back",
    requirement="SMETS-A-007",
    severity=Severity.MAJOR,
    deviation="The end of an outage counts as a press of the boost button.",
)
def boosts_after_outage(meter: Meter) -> None:
    meter.on_power_up.append(meter.auxiliary.boost.press)


@rogue(
    "meter-load-limit-dated-late",
    "Takes a dated load limit too late",
    requirement="SMETS-E-117",
    severity=Severity.MAJOR,
    deviation="What is dated is carried out ten minutes after its date.",
)
def load_limit_dated_late(meter: Meter) -> None:
    meter.dated.is_due_at = lambda at: at + timedelta(minutes=10)


@rogue(
    "meter-load-limit-button-dead",
    "Does not let the consumer close what a load limit has opened",
    requirement="SMETS-E-113",
    severity=Severity.MAJOR,
    deviation="Once a load was limited, the button closes an armed supply no more.",
)
def load_limit_button_dead(meter: Meter) -> None:
    sound = meter.supply.press
    meter.supply.press = lambda: None if meter.load_limit.counter else sound()


@rogue(
    "meter-load-limit-read-as-delivered",
    "Reads the load limit of the factory",
    requirement="SMETS-E-115",
    severity=Severity.MAJOR,
    deviation="The threshold of the load limit is read as its maximum, whatever was set.",
)
def load_limit_read_as_delivered(meter: Meter) -> None:
    meter.objects.put(Op.GET, 71, "0-0:17.0.0.255", 4, lambda _: double_long_unsigned(NO_LIMIT))
