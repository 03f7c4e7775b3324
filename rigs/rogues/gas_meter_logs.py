"""Gas meters whose logs and snapshots are short, dated wrongly or missing."""

from __future__ import annotations

from datetime import datetime, timedelta

from rigs.devices.gsme import GasMeter as Meter
from rigs.devices.gsme.snapshots import (
    CHANGE_OF_MODE,
    CHANGE_OF_TARIFF,
    END_OF_BILLING_PERIOD,
    GENERAL,
)
from rigs.rogues.row import Severity, Subject, planter

rogue = planter(Subject.GAS_METER)
_CRITICAL, _MAJOR, _MINOR = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR


def _without_snapshots(meter: Meter, cause: int) -> None:
    sound = meter.take_snapshot

    unwanted = cause

    def take(cause: int, at: datetime) -> None:
        if cause != unwanted:
            sound(cause, at)

    meter.take_snapshot = take  # type: ignore[method-assign]


@rogue(
    "gas-meter-half-hours-late",
    "Dates a half hour by its end",
    requirement="SMETS-G-006",
    severity=_CRITICAL,
    deviation="Each entry of the profile is half an hour late.",
)
def half_hours_late(meter: Meter) -> None:
    sound = meter.profile.record
    meter.profile.record = (  # type: ignore[method-assign]
        lambda end, total: sound(end + timedelta(minutes=30), total)
    )


@rogue(
    "gas-meter-short-daily-log",
    "Keeps ten days",
    requirement="SMETS-G-006",
    severity=_MAJOR,
    deviation="The daily read log has ten entries.",
)
def short_daily_log(meter: Meter) -> None:
    meter.snapshots.registers.resize(GENERAL, 10)


@rogue(
    "gas-meter-days-of-summer-time",
    "Ends a day at 23:00 UTC",
    requirement="SMETS-G-023",
    severity=_CRITICAL,
    deviation="The daily snapshot is taken an hour before midnight, and dated midnight.",
)
def days_of_summer_time(meter: Meter) -> None:
    sound = meter.take_snapshot
    hourly: list[int] = []

    def remember(end: datetime, total: int) -> None:
        record(end, total)
        hourly.append(total)

    def take(cause: int, at: datetime) -> None:
        litres = meter.litres
        if cause == GENERAL and len(hourly) > 2:
            meter.litres = lambda: hourly[-3]  # type: ignore[method-assign]
        sound(cause, at)
        meter.litres = litres  # type: ignore[method-assign]

    record = meter.profile.record
    meter.profile.record = remember  # type: ignore[method-assign]
    meter.take_snapshot = take  # type: ignore[method-assign]


@rogue(
    "gas-meter-blocks-with-times-of-use",
    "States blocks that its tariff does not have",
    requirement="SMETS-G-023",
    severity=_MINOR,
    deviation="Snapshots under a tariff by times of use carry block counters.",
)
def blocks_with_times_of_use(meter: Meter) -> None:
    meter.omits_blocks = lambda: False


@rogue(
    "gas-meter-no-balances-of-days",
    "Keeps no balances of days",
    requirement="SMETS-G-023",
    severity=_MAJOR,
    deviation="The prepayment daily read log stays empty.",
)
def no_balances_of_days(meter: Meter) -> None:
    meter.keeps_balances = lambda cause: cause != GENERAL


@rogue(
    "gas-meter-balances-in-credit-mode",
    "Keeps balances of days in credit mode",
    requirement="SMETS-G-023",
    severity=_MINOR,
    deviation="The prepayment daily read log grows in both modes.",
)
def balances_in_credit_mode(meter: Meter) -> None:
    meter.keeps_balances = lambda _cause: True


@rogue(
    "gas-meter-no-tariff-snapshot",
    "Takes no snapshot when the tariff changes",
    requirement="SMETS-G-024",
    severity=_MAJOR,
    deviation="A change of tariff leaves no entry in the billing data log.",
)
def no_tariff_snapshot(meter: Meter) -> None:
    _without_snapshots(meter, CHANGE_OF_TARIFF)


@rogue(
    "gas-meter-no-mode-snapshot",
    "Takes no snapshot when the mode changes",
    requirement="SMETS-G-024",
    severity=_MAJOR,
    deviation="A change of payment mode leaves no entry in the billing data log.",
)
def no_mode_snapshot(meter: Meter) -> None:
    _without_snapshots(meter, CHANGE_OF_MODE)


@rogue(
    "gas-meter-wrong-cause",
    "Calls the end of a billing period a change of tariff",
    requirement="SMETS-G-024",
    severity=_MAJOR,
    deviation="The billing snapshot carries the cause of another event.",
)
def wrong_cause(meter: Meter) -> None:
    sound = meter.take_snapshot

    def take(cause: int, at: datetime) -> None:
        sound(CHANGE_OF_TARIFF if cause == END_OF_BILLING_PERIOD else cause, at)

    meter.take_snapshot = take  # type: ignore[method-assign]
