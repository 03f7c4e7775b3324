"""Meters that keep days, their readings or balances wrongly."""

from __future__ import annotations

from datetime import timedelta

from rigs.devices.esme import ElectricityMeter as Meter
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.METER)
_DAY = timedelta(days=1)
_HALF_HOURS_OF_A_DAY = 48


@rogue(
    "meter-daily-consumption-of-a-year",
    "Keeps the consumption of a year only",
    requirement="SMETS-E-024",
    severity=Severity.MAJOR,
    deviation="The daily consumption log holds 365 entries.",
)
def daily_consumption_of_a_year(meter: Meter) -> None:
    meter.metering.daily.consumption.resize(365)


@rogue(
    "meter-daily-consumption-a-day-late",
    "Enters a day's consumption under the next day",
    requirement="SMETS-E-024",
    severity=Severity.MAJOR,
    deviation="The stamp of daily consumption is a day too late.",
)
def daily_consumption_a_day_late(meter: Meter) -> None:
    meter.metering.daily.consumption.stamp = lambda at: at + _DAY


@rogue(
    "meter-daily-log-of-four-weeks",
    "Keeps daily readings for four weeks",
    requirement="SMETS-E-025",
    severity=Severity.MAJOR,
    deviation="The daily read logs of import and export hold 28 entries.",
)
def daily_log_of_four_weeks(meter: Meter) -> None:
    for log in (meter.metering.daily.registers, meter.metering.daily.export):
        log.resize(28)


@rogue(
    "meter-daily-log-without-rates",
    "Takes down no registers by time of use",
    requirement="SMETS-E-025",
    severity=Severity.MAJOR,
    deviation="In daily and billing entries the registers of the tariff are zero.",
)
def daily_log_without_rates(meter: Meter) -> None:
    meter.metering.snapshot_sources.time_of_use = lambda: (0,) * _HALF_HOURS_OF_A_DAY


@rogue(
    "meter-no-prepayment-log",
    "Takes down no balances",
    requirement="SMETS-E-025",
    severity=Severity.MAJOR,
    deviation="The prepayment daily read log stays empty.",
)
def no_prepayment_log(meter: Meter) -> None:
    meter.metering.daily.prepayment.is_recorded = lambda: False


@rogue(
    "meter-daily-log-stops-when-full",
    "Stops taking down readings when its log is full",
    requirement="SMETS-E-026",
    severity=Severity.MAJOR,
    deviation="The daily read log keeps its oldest 31 entries and takes no more.",
)
def daily_log_stops_when_full(meter: Meter) -> None:
    log = meter.metering.daily.registers
    log.is_recorded = lambda: len(log) < log.capacity
