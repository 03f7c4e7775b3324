"""Meters that switch auxiliary loads at the wrong time, the wrong ones, or without a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import Data, Tag
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.auxiliary import Levels, Outcome, ProportionalOutput
from rigs.devices.esme.auxiliary.actions import FULL, Action, Direction
from rigs.devices.esme.auxiliary.controller import Controller
from rigs.devices.esme.auxiliary.log import ControlEvent
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


def _no_reset(number: int) -> None:
    """Acknowledged, and nothing done."""


def _proportional(meter: Meter) -> ProportionalOutput:
    output = meter.auxiliary.load(5)
    if not isinstance(output, ProportionalOutput):
        raise ValueError(f"expected a proportional output at number 5, found {output}")
    return output


@rogue(
    "meter-auxiliary-type-wrong",
    "Calls its proportional controller a switch",
    requirement="SMETS-A-001",
    severity=Severity.MINOR,
    deviation="The type of controller 5 is read as that of a switch.",
)
def auxiliary_type_wrong(meter: Meter) -> None:
    octets = Data(Tag.OCTET_STRING, bytes(8))
    meter.objects.put(Op.GET, 1, "0-0:94.44.0.25", 2, lambda _: octets)


@rogue(
    "meter-auxiliary-description-cut",
    "Cuts the description of a controller",
    requirement="SMETS-A-002",
    severity=Severity.MINOR,
    deviation="Of the description of controller 1 the first sixteen characters are kept.",
)
def auxiliary_description_cut(meter: Meter) -> None:
    first = meter.auxiliary.controllers[1]
    meter.objects.put(
        Op.GET,
        1,
        "0-0:94.44.0.11",
        2,
        lambda _: Data(Tag.VISIBLE_STRING, first.description[:16].encode()),
    )


@rogue(
    "meter-auxiliary-in-summer-time",
    "Takes the auxiliary calendar for British Summer Time",
    requirement="SMETS-A-003",
    severity=Severity.CRITICAL,
    deviation="Each switch of the auxiliary calendar is made an hour early.",
)
def auxiliary_in_summer_time(meter: Meter) -> None:
    meter.auxiliary.moved = lambda at: at - timedelta(hours=1)


@rogue(
    "meter-auxiliary-late",
    "Switches auxiliary loads late",
    requirement="SMETS-A-003",
    severity=Severity.MINOR,
    deviation="Each switch of the auxiliary calendar is made five minutes late.",
)
def auxiliary_late(meter: Meter) -> None:
    meter.auxiliary.moved = lambda at: at + timedelta(minutes=5)


@rogue(
    "meter-auxiliary-offset-too-long",
    "Moves a switch of the calendar beyond the limit",
    requirement="SMETS-A-003",
    severity=Severity.MAJOR,
    deviation="Each switch of the auxiliary calendar is made forty minutes late.",
)
def auxiliary_offset_too_long(meter: Meter) -> None:
    meter.auxiliary.moved = lambda at: at + timedelta(minutes=40)


@rogue(
    "meter-auxiliary-duration-in-seconds",
    "Takes the time of a command for seconds",
    requirement="SMETS-A-003",
    severity=Severity.CRITICAL,
    deviation="A command for so many minutes holds for as many seconds.",
)
def auxiliary_duration_in_seconds(meter: Meter) -> None:
    sound = meter.auxiliary.switch

    def switch(action: Action, script: int, until: datetime) -> None:
        sound(action, script, meter.now() + (until - meter.now()) / 60)

    meter.auxiliary.switch = switch  # type: ignore[method-assign]


@rogue(
    "meter-auxiliary-command-without-end",
    "Forgets that a command has an end",
    requirement="SMETS-A-003",
    severity=Severity.CRITICAL,
    deviation="A command for a time holds a day longer.",
)
def auxiliary_command_without_end(meter: Meter) -> None:
    sound = meter.auxiliary.switch

    def switch(action: Action, script: int, until: datetime) -> None:
        sound(action, script, until + timedelta(days=1))

    meter.auxiliary.switch = switch  # type: ignore[method-assign]


@rogue(
    "meter-auxiliary-calendar-ends-command",
    "Lets the calendar end a command",
    requirement="SMETS-A-003",
    severity=Severity.MAJOR,
    deviation="Where the calendar switches during a command, the command is over.",
)
def auxiliary_calendar_ends_command(meter: Meter) -> None:
    for controller in meter.auxiliary.controllers.values():
        _end_by_calendar(controller)


def _end_by_calendar(controller: Controller) -> None:
    def is_held(direction: Direction, moment: datetime) -> bool:  # noqa: ARG001
        controller.settings.pop(direction, None)
        return False

    controller.is_held = is_held  # type: ignore[method-assign]


@rogue(
    "meter-auxiliary-not-reset",
    "Does not go back to the calendar",
    requirement="SMETS-A-003",
    severity=Severity.MAJOR,
    deviation="Reset Auxiliary Load is acknowledged and has no effect.",
)
def auxiliary_not_reset(meter: Meter) -> None:
    meter.auxiliary.reset = _no_reset  # type: ignore[method-assign]


@rogue(
    "meter-auxiliary-off-ignored",
    "Closes a switch that it is to open",
    requirement="SMETS-A-003",
    severity=Severity.CRITICAL,
    deviation="Deactivate Auxiliary Load does what Activate does.",
)
def auxiliary_off_ignored(meter: Meter) -> None:
    sound = meter.auxiliary.switch

    def switch(action: Action, script: int, until: datetime) -> None:
        sound(replace(action, level=FULL), script, until)

    meter.auxiliary.switch = switch  # type: ignore[method-assign]


@rogue(
    "meter-proportional-all-or-nothing",
    "Drives a proportional load at full or not at all",
    requirement="SMETS-A-003",
    severity=Severity.MAJOR,
    deviation="Any level above zero is taken for the full one.",
)
def proportional_all_or_nothing(meter: Meter) -> None:
    output = _proportional(meter)
    sound = output.actuate
    output.actuate = lambda levels: sound(Levels(FULL if levels.output else 0, levels.input))


@rogue(
    "meter-proportional-inverted",
    "Drives a proportional load the other way round",
    requirement="SMETS-A-003",
    severity=Severity.MAJOR,
    deviation="A level of so many per cent leaves as many per cent unused.",
)
def proportional_inverted(meter: Meter) -> None:
    output = _proportional(meter)
    sound = output.actuate
    output.actuate = lambda levels: sound(
        Levels(FULL - levels.output if levels.output else 0, levels.input)
    )


@rogue(
    "meter-auxiliary-lost-in-outage",
    "Forgets a command in an outage",
    requirement="SMETS-A-007",
    severity=Severity.MAJOR,
    deviation="After an outage the controllers are where the calendar has them.",
)
def auxiliary_lost_in_outage(meter: Meter) -> None:
    for controller in meter.auxiliary.controllers.values():
        meter.on_power_up.append(controller.settings.clear)


@rogue(
    "meter-auxiliary-unlogged",
    "Keeps no record of its controllers",
    requirement="SMETS-A-010",
    severity=Severity.MINOR,
    deviation="The log of the auxiliary controllers gets no entry.",
)
def auxiliary_unlogged(meter: Meter) -> None:
    meter.auxiliary.log.is_recorded = lambda _event: False


@rogue(
    "meter-auxiliary-outcome-unknown",
    "Does not say how a switch went",
    requirement="SMETS-A-010",
    severity=Severity.MINOR,
    deviation="The outcome of each action in the controllers' log is not known.",
)
def auxiliary_outcome_unknown(meter: Meter) -> None:
    sound = meter.auxiliary.log.write

    def write(event: ControlEvent) -> None:
        sound(replace(event, outcome=Outcome.NOT_KNOWN))

    meter.auxiliary.log.write = write  # type: ignore[method-assign]


@rogue(
    "meter-auxiliary-first-command-counts",
    "Ignores a command while another holds",
    requirement="SMETS-A-013",
    severity=Severity.MAJOR,
    deviation="While a command holds, later ones are acknowledged and have no effect.",
)
def auxiliary_first_command_counts(meter: Meter) -> None:
    sound = meter.auxiliary.switch

    def switch(action: Action, script: int, until: datetime) -> None:
        if not meter.auxiliary.controllers[action.controller].settings:
            sound(action, script, until)

    meter.auxiliary.switch = switch  # type: ignore[method-assign]
