"""Meters that end days, weeks and months at wrong times, or show a wrong history or time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.devices.esme.display import DisplayItem
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)


@rogue(
    "meter-starts-anew-when-clock-is-set",
    "Forgets what is due when its clock is set",
    requirement="SMETS-E-007",
    severity=Severity.MAJOR,
    deviation="Jumped-over duties are never done, and those of a repeated hour twice.",
)
def starts_anew_when_clock_is_set(meter: Meter) -> None:
    sound = meter.clock.on_set[0]
    meter.clock.on_set[0] = lambda was_reliable: (
        meter.agenda.clock_set(was_reliable=False) if was_reliable else sound(was_reliable)
    )


@rogue(
    "meter-week-begins-on-sunday",
    "Takes Sunday for the first day of a week",
    requirement="SMETS-E-031",
    severity=Severity.MINOR,
    deviation="The historical values of weeks end on Saturday night.",
)
def week_begins_on_sunday(meter: Meter) -> None:
    meter.metering.history.weeks.is_end = lambda midnight: midnight.weekday() == 6


@rogue(
    "meter-month-without-end",
    "Never ends a month",
    requirement="SMETS-E-031",
    severity=Severity.MAJOR,
    deviation="Consumption and cost of the month go on for ever, and no month is kept.",
)
def month_without_end(meter: Meter) -> None:
    meter.metering.history.months.is_end = lambda _: False


@rogue(
    "meter-keeps-a-year",
    "Keeps twelve months",
    requirement="SMETS-E-031",
    severity=Severity.MINOR,
    deviation="The thirteenth month back is not there.",
)
def keeps_a_year(meter: Meter) -> None:
    meter.metering.history.months.size = 12


@rogue(
    "meter-keeps-all-days",
    "Keeps days that the household has done with",
    requirement="SMETS-E-031",
    severity=Severity.MINOR,
    deviation="A month of days is kept.",
)
def keeps_all_days(meter: Meter) -> None:
    meter.metering.history.days.size = 31


@rogue(
    "meter-keeps-a-month-of-weeks",
    "Keeps four weeks",
    requirement="SMETS-E-031",
    severity=Severity.MINOR,
    deviation="The fifth week back is not there.",
)
def keeps_a_month_of_weeks(meter: Meter) -> None:
    meter.metering.history.weeks.size = 4


@rogue(
    "meter-history-costs-twice",
    "Counts each cost twice in its history",
    requirement="SMETS-E-031",
    severity=Severity.MAJOR,
    deviation="Historical costs are twice what was charged.",
)
def history_costs_twice(meter: Meter) -> None:
    meter.tariffs.on_cost.append(meter.metering.history.take_cost)


@rogue(
    "meter-history-lost-in-outage",
    "Forgets its historical values in an outage",
    requirement="SMETS-E-031",
    severity=Severity.MINOR,
    deviation="When the supply comes back no day is there.",
)
def history_lost_in_outage(meter: Meter) -> None:
    meter.on_power_up.append(meter.metering.history.days.clear)


@rogue(
    "meter-shows-utc",
    "Shows UTC for local time",
    requirement="SMETS-E-010",
    severity=Severity.MINOR,
    deviation="The display does not follow summer time.",
)
def shows_utc(meter: Meter) -> None:
    _shown(meter, lambda now: now)


@rogue(
    "meter-shows-summer-all-year",
    "Shows summer time all year",
    requirement="SMETS-E-010",
    severity=Severity.MINOR,
    deviation="In winter the display is an hour ahead.",
)
def shows_summer_all_year(meter: Meter) -> None:
    _shown(meter, lambda now: now + timedelta(hours=1))


def _shown(meter: Meter, local: Callable[[datetime], datetime]) -> None:
    item = DisplayItem.LOCAL_TIME
    meter.display.sources[item] = lambda: local(meter.now()).strftime("%d/%m/%Y %H:%M")
