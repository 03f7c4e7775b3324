"""Meters that switch auxiliary loads at the wrong time, the wrong ones, or without a record."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import Data, Tag
from rigs.devices.dlms_objects import Call
from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.auxiliary import Levels, Outcome, ProportionalOutput
from rigs.devices.esme.auxiliary.actions import FULL, Action, Direction
from rigs.devices.esme.auxiliary.control import LIMIT_ENDED, LIMIT_PROCESSED
from rigs.devices.esme.auxiliary.controller import Controller
from rigs.devices.esme.auxiliary.loads import Relay
from rigs.devices.esme.auxiliary.log import ControlEvent
from rigs.devices.esme.auxiliary.switchgear import FAILED_TO_FOLLOW
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


@rogue(
    "meter-command-above-boost",
    "Does not boost what was switched off",
    requirement="SMETS-A-013",
    severity=Severity.MINOR,
    deviation="A command stands above a boost that began after it.",
)
def command_above_boost(meter: Meter) -> None:
    def level(controller: Controller, at: datetime) -> Levels:
        setting = controller.settings.get(Direction.OUTPUT)
        return Levels(setting.level) if setting else controller.levels(at)

    meter.auxiliary.level = level


@rogue(
    "meter-boost-above-command",
    "Boosts on against a command",
    requirement="SMETS-A-013",
    severity=Severity.MAJOR,
    deviation="A boost stands above a command that came after it.",
)
def boost_above_command(meter: Meter) -> None:
    meter.auxiliary.level = lambda controller, at: (
        Levels(FULL) if controller.boost_since is not None else controller.levels(at)
    )


@rogue(
    "meter-boost-step-too-long",
    "Boosts longer than a press is worth",
    requirement="SMETS-A-005",
    severity=Severity.MINOR,
    deviation="A press of the boost button is worth twenty minutes.",
)
def boost_step_too_long(meter: Meter) -> None:
    meter.auxiliary.boost.step = timedelta(minutes=20)


@rogue(
    "meter-boost-too-long",
    "Boosts longer than an hour",
    requirement="SMETS-A-005",
    severity=Severity.MINOR,
    deviation="A boost may last for seventy-five minutes.",
)
def boost_too_long(meter: Meter) -> None:
    meter.auxiliary.boost.longest = timedelta(minutes=75)


@rogue(
    "meter-boost-not-extended",
    "Takes a second press for the end of a boost",
    requirement="SMETS-A-005",
    severity=Severity.MINOR,
    deviation="A boost lasts for a quarter of an hour at most.",
)
def boost_not_extended(meter: Meter) -> None:
    meter.auxiliary.boost.longest = timedelta(minutes=15)


@rogue(
    "meter-boost-always-offered",
    "Boosts what is on already",
    requirement="SMETS-A-005",
    severity=Severity.MINOR,
    deviation="A boost is offered while the calendar has all switches closed.",
)
def boost_always_offered(meter: Meter) -> None:
    meter.auxiliary.boost.is_offered = lambda: True


@rogue(
    "meter-boost-lost-in-outage",
    "Forgets a boost in an outage",
    requirement="SMETS-A-007",
    severity=Severity.MINOR,
    deviation="A boost ends with an outage.",
)
def boost_lost_in_outage(meter: Meter) -> None:
    meter.on_power_up.append(lambda: meter.auxiliary.boost.end(meter.now()))


@rogue(
    "meter-boost-not-shown",
    "Does not show that it boosts",
    requirement="SMETS-A-005",
    severity=Severity.MINOR,
    deviation="The sign of a boost never appears.",
)
def boost_not_shown(meter: Meter) -> None:
    signs = meter.display.indicators
    signs.update(dict.fromkeys((s for s in signs if s == "boost"), lambda: False))


@rogue(
    "meter-boosts-everything",
    "Boosts switches that were not associated",
    requirement="SMETS-A-006",
    severity=Severity.MAJOR,
    deviation="Once a controller has been named, it takes part in a boost for good.",
)
def boosts_everything(meter: Meter) -> None:
    sound = meter.auxiliary.set_boosted

    def set_boosted(number: int, is_boosted: bool) -> None:  # noqa: ARG001
        sound(number, True)

    meter.auxiliary.set_boosted = set_boosted  # type: ignore[method-assign]


@rogue(
    "meter-boost-association-of-first-alone",
    "Associates the first switch and no other",
    requirement="SMETS-A-006",
    severity=Severity.MAJOR,
    deviation="Only controller 1 can be associated with the boost button.",
)
def boost_association_of_first_alone(meter: Meter) -> None:
    sound = meter.auxiliary.set_boosted

    def set_boosted(number: int, is_boosted: bool) -> None:
        sound(number, is_boosted and number == 1)

    meter.auxiliary.set_boosted = set_boosted  # type: ignore[method-assign]


@rogue(
    "meter-boost-logged-without-length",
    "Logs the start of a boost as its end",
    requirement="SMETS-A-011",
    severity=Severity.MINOR,
    deviation="An entry of the boost log has its start in both places.",
)
def boost_logged_without_length(meter: Meter) -> None:
    sound = meter.auxiliary.boost_log.write

    def write(start: datetime, end: datetime) -> None:  # noqa: ARG001
        sound(start, start)

    meter.auxiliary.boost_log.write = write  # type: ignore[method-assign]


@rogue(
    "meter-boost-log-short",
    "Holds fewer boosts than it must",
    requirement="SMETS-A-011",
    severity=Severity.MINOR,
    deviation="The boost log holds twenty-four entries.",
)
def boost_log_short(meter: Meter) -> None:
    meter.auxiliary.boost_log.size = 24


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


@rogue(
    "meter-limit-ignored",
    "Acknowledges a limit and goes on",
    requirement="SMETS-A-012",
    severity=Severity.CRITICAL,
    deviation="The level of a proportional controller is not limited.",
)
def limit_ignored(meter: Meter) -> None:
    def level(controller: Controller, at: datetime) -> Levels:
        limits, controller.limits = controller.limits, {}
        try:
            return controller.levels(at)
        finally:
            controller.limits = limits

    meter.auxiliary.level = level


@rogue(
    "meter-limit-raises",
    "Takes a limit for a command",
    requirement="SMETS-A-012",
    severity=Severity.CRITICAL,
    deviation="While a limit holds the level is that of the limit, also where less was wanted.",
)
def limit_raises(meter: Meter) -> None:
    def level(controller: Controller, at: datetime) -> Levels:
        limit = controller.limits.get(Direction.OUTPUT)
        holds = limit is not None and limit.holds(at)
        return Levels(limit.level) if limit is not None and holds else controller.levels(at)

    meter.auxiliary.level = level


@rogue(
    "meter-limit-of-any-length",
    "Takes limits for a week",
    requirement="SMETS-A-012",
    severity=Severity.MAJOR,
    deviation="A limit may end up to seven days after its start.",
)
def limit_of_any_length(meter: Meter) -> None:
    meter.auxiliary.longest_limit = timedelta(days=7)


@rogue(
    "meter-limit-of-half-a-day",
    "Refuses limits for a whole day",
    requirement="SMETS-A-012",
    severity=Severity.MINOR,
    deviation="A limit may end up to twelve hours after its start.",
)
def limit_of_half_a_day(meter: Meter) -> None:
    meter.auxiliary.longest_limit = timedelta(hours=12)


@rogue(
    "meter-limit-untold",
    "Says nothing of a limit that it took",
    requirement="SMETS-A-012",
    severity=Severity.MINOR,
    deviation="No alert 8F86.",
)
def limit_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(LIMIT_PROCESSED)


@rogue(
    "meter-limit-end-untold",
    "Says nothing of the end of a limit",
    requirement="SMETS-A-012",
    severity=Severity.MINOR,
    deviation="No alert 8F87.",
)
def limit_end_untold(meter: Meter) -> None:
    meter.alerts.silenced.add(LIMIT_ENDED)
