"""Meters that boost the wrong loads, for the wrong time, or without a record."""

from __future__ import annotations

from datetime import datetime, timedelta

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.auxiliary import Levels
from rigs.devices.esme.auxiliary.actions import FULL, Direction
from rigs.devices.esme.auxiliary.controller import Controller
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


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
