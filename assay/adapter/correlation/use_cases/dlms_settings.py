"""Settings and supply of an ESME: ECS28a, 30, 38, 42 to 44, 48, 70, 81."""

from __future__ import annotations

from assay.adapter.correlation.asked import Asked
from assay.adapter.correlation.dlms_values import (
    FALSE,
    TRUE,
    Rows,
    act,
    activation,
    always,
    coded,
    constant,
    items,
    number,
    one_of,
    passive,
    put,
    row,
)
from assay.adapter.correlation.expected import Listed, Node, OneOf, Parts, Want, parts
from assay.adapter.correlation.times import date_time, dlms_time, later
from assay.gbcs.date_time import NEVER, DateTime
from assay.gbcs.dlms.access import Op
from assay.gbcs.dlms.data import NULL, Data, Tag

_DATA, _CLOCK, _SCRIPT_TABLE, _SINGLE_ACTION = 1, 8, 9, 22
_SUPPLY_STATE, _POWER_THRESHOLD = "0-0:94.44.0.3", "0-0:94.44.128.7"
_PERIOD, _RESTORATION = "0-0:94.44.128.6", "0-0:94.44.128.8"

ECS28A = items(
    passive(
        "load limit supply state",
        _SUPPLY_STATE,
        coded(Tag.BOOLEAN, "LoadLimitSupplyState", {"Disable": TRUE, "Unchanged": FALSE}),
    ),
    passive(
        "load limit power threshold",
        _POWER_THRESHOLD,
        number(Tag.DOUBLE_LONG_UNSIGNED, "LoadLimitPowerThreshold"),
    ),
    passive("load limit period", _PERIOD, number(Tag.DOUBLE_LONG_UNSIGNED, "LoadLimitPeriod")),
    passive(
        "load limit restoration period",
        _RESTORATION,
        number(Tag.DOUBLE_LONG_UNSIGNED, "LoadLimitRestorationPeriod"),
    ),
    activation("load limit supply state", _SUPPLY_STATE),
    activation("load limit power threshold", _POWER_THRESHOLD),
    activation("load limit period", _PERIOD),
    activation("load limit restoration period", _RESTORATION),
)

_MONTHS_BETWEEN = {"Quarterly": 3, "SixMonthly": 6, "Yearly": 12}
_ANY = 0xFF
_BILLING = "ElectricityBillingCalendar"


def _billing_times(asked: Asked) -> Node:
    """Execution times. Daily, weekly, six-monthly and yearly are inferred from monthly and
    quarterly, which are verified: the fields that a period does not fix are wildcards."""
    calendar = asked.at(_BILLING)
    at = dlms_time(calendar, "BillingTime")
    period = one_of(calendar, "Daily", "Weekly", "Monthly", *_MONTHS_BETWEEN)
    where = f"{calendar.path}{period}"
    if period == "Daily":
        return Listed((_moment(at, _ANY, _ANY, _ANY, where, period),), where)
    if period == "Weekly":
        weekday = calendar.value(period, int)
        return Listed((_moment(at, _ANY, _ANY, weekday, where, weekday),), where)
    if period == "Monthly":
        day = calendar.value(period, int)
        return Listed((_moment(at, _ANY, day, _ANY, where, day),), where)
    day = calendar.value(f"{period}/DayOfMonth", int)
    first = calendar.value(f"{period}/BillingPeriodStartMonth", int)
    months = [(first - 1 + step) % 12 + 1 for step in range(0, 12, _MONTHS_BETWEEN[period])]
    said = f"{period} on day {day} from month {first}"
    orders = [months] if months == sorted(months) else [months, sorted(months)]
    # a set of moments: from the first month on, or through the year (inferred)
    return OneOf(
        tuple(
            Listed(tuple(_moment(at, month, day, _ANY, where, said) for month in order), where)
            for order in orders
        )
    )


def _moment(at: Node, month: int, day: int, weekday: int, where: str, asked: object) -> Parts:
    date = Want(Data(Tag.OCTET_STRING, bytes((_ANY, _ANY, month, day, weekday))), where, asked)
    return parts(time=at, date=date)


ECS30 = items(put("billing calendar", _SINGLE_ACTION, "0-0:15.0.0.255", 4, _billing_times))


def _daily_reset(asked: Asked) -> Listed:
    """At midnight every day, or (inferred) at no time."""
    path = "DailyTariffBlockCounterMatrixReset"
    if not asked.value(path, bool):
        return Listed((), path)
    midnight = Want(Data(Tag.OCTET_STRING, bytes(4)), path, True)
    every_day = Want(Data(Tag.OCTET_STRING, b"\xff" * 5), path, True)
    return Listed((parts(time=midnight, date=every_day),), path)


ECS48 = items(put("daily block reset", _SINGLE_ACTION, "0-0:15.1.0.255", 4, _daily_reset))
ECS38 = items(
    put(
        "randomised offset limit",
        _DATA,
        "0-0:94.44.0.1",
        2,
        number(Tag.LONG_UNSIGNED, "RandomisedOffsetLimit"),
    )
)
ECS81 = items(
    put(
        "supply tamper state",
        _DATA,
        "0-0:94.44.0.4",
        2,
        coded(Tag.BOOLEAN, "SupplyTamperState", {"Locked": TRUE, "Unchanged": FALSE}),
    )
)


def _supply(name: str, script: int) -> Rows:
    return act(
        f"supply: {name}",
        _SCRIPT_TABLE,
        "0-0:10.0.106.255",
        1,
        always(Tag.LONG_UNSIGNED, script),
    )


ECS42 = items(_supply("enable", 0x33))
ECS43 = items(_supply("disable", 0x34))
ECS44 = items(_supply("arm", 0x36))

_UTC_FROM_HAN = 5
_CLOCK_OBIS = "0-0:1.0.0.255"


def _window(asked: Asked) -> Parts:
    """Both leaves count twice: the end of the window is their sum."""
    start, where = date_time(asked, "CurrentDateTime")
    tolerance, tolerance_path = asked.leaf("TolerancePeriod", int)
    end = later(start, tolerance, where)
    return parts(
        preset_time=constant(Tag.OCTET_STRING, NEVER),
        window_start=Want(Data(Tag.OCTET_STRING, DateTime.at(start).octets), where, start),
        window_end=Want(
            Data(Tag.OCTET_STRING, DateTime.at(end).octets),
            f"{where} and {tolerance_path}",
            f"{start} and {tolerance} s",
        ),
    )


def _nothing(_: Asked) -> Want:
    return Want(NULL)


ECS70 = items(
    put("clock base", _CLOCK, _CLOCK_OBIS, 9, always(Tag.ENUM, _UTC_FROM_HAN)),
    act("validity window", _CLOCK, _CLOCK_OBIS, 5, _window),
    act("set time", _CLOCK, _CLOCK_OBIS, 4, always(Tag.INTEGER, 0)),
    row("time", Op.GET, _CLOCK, _CLOCK_OBIS, 2, _nothing),
    row("time status", Op.GET, _CLOCK, _CLOCK_OBIS, 4, _nothing),
)
