"""Meters that limit the level of an auxiliary load wrongly, or tell nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.auxiliary import Levels
from rigs.devices.esme.auxiliary.actions import Direction
from rigs.devices.esme.auxiliary.control import LIMIT_ENDED, LIMIT_PROCESSED
from rigs.devices.esme.auxiliary.controller import Controller
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


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
