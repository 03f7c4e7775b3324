"""Services 6.4 to 6.12 at an electricity meter: load limits, voltage, billing calendar, clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assay.dcc.transform.billing_calendar import SHORT_PERIODS, billing_calendar, period_of
from assay.dcc.transform.calendar_values import activated, content
from assay.dcc.transform.frame import Frame
from assay.dcc.transform.payloads import Dlms, Payload
from assay.dcc.transform.row import Circumstances, Condition, Row, all_of, has
from assay.dcc.transform.values import (
    Source,
    average_voltage,
    constant,
    number,
    validity_window,
)
from assay.duis.values import field
from assay.gbcs.dlms.data import Data, array, boolean, double_long_unsigned, enum, integer

_RESET = constant(integer(0))

# Load limiting


def _disables(frame: Frame) -> Data:
    return boolean(field(frame.body, "LoadLimitSupplyState", str) == "Disable")


LOAD_LIMIT = Dlms(
    values={
        "LoadLimitSupplyState: valueNext": _disables,
        "LoadLimitPowerThreshold: thresholdNext": number("LoadLimitPowerThreshold"),
        "LoadLimitPeriod(Timer): valueNext": number("LoadLimitPeriod"),
        "LoadLimitRestorationPeriod(Timer): valueNext": number("LoadLimitRestorationPeriod"),
        **activated(
            "LoadLimitSupplyState",
            "LoadLimitPowerThreshold",
            "LoadLimitPeriod(Timer)",
            "LoadLimitRestorationPeriod(Timer)",
        ),
    }
)
RESET_LOAD_LIMIT_COUNTER = Dlms(values={"LoadLimitCounter": _RESET})


def _power_thresholds(frame: Frame) -> Data:
    names = ("LowMediumPowerThreshold", "MediumHighPowerThreshold")
    return array(*(double_long_unsigned(field(frame.body, name, int)) for name in names))


POWER_THRESHOLDS = Dlms(values={"LowMediumPowerThreshold": _power_thresholds})

# Voltage

_AVERAGING_PERIOD = average_voltage("AverageRMSVoltageMeasurementPeriod")
_MONITORS = ("RMSExtremeOverVoltage", "RMSExtremeUnderVoltage", "RMSVoltageSag", "RMSVoltageSwell")
_MONITOR_SETTINGS: Mapping[str, Source] = {
    f"{monitor}{setting}": number(f"RMSVoltageSettings/{monitor}{setting}")
    for monitor in _MONITORS
    for setting in ("Threshold", "MeasurementPeriod")
}
VOLTAGE_SETTINGS = Dlms(
    values={
        **_MONITOR_SETTINGS,
        "AverageRMSVoltageProfileDataLog": _AVERAGING_PERIOD,
        "AverageRMSVoltageMeasurementPeriod": _AVERAGING_PERIOD,
        "AverageRMSOverVoltageThreshold": average_voltage("AverageRMSOverVoltageThreshold"),
        "AverageRMSUnderVoltageThreshold": average_voltage("AverageRMSUnderVoltageThreshold"),
        "AverageRMSOverVoltageCounter": _RESET,
        "AverageRMSUnderVoltageCounter": _RESET,
    }
)
_POLYPHASE_SETTINGS = "PolyPhaseVoltageSettings"
_NO_RESET = "RMSVoltageCountersNotReset"

# Billing calendar and clock

_NAMELESS = ""
"""ECS30 is older than the tables that name items."""
BILLING_CALENDAR = Dlms(values={_NAMELESS: billing_calendar, "BillingCalendar": billing_calendar})
SET_CLOCK = Dlms(
    values={
        "Time: clockBase": constant(enum(5)),
        "Time: setValidTimeRange": validity_window,
        "Time: setTime": constant(integer(0)),
    }
)


def _fits_older_use_case(circumstances: Circumstances) -> bool:
    """Daily to monthly is ECS30, unless the meter is known to be of a later GBCS version.

    ECS30a is "all periodicities" by its title and the only one in the tables of version 4; the
    national requests without a version use both, told apart by the period. Inferred from these.
    """
    target = circumstances.target
    is_later = target.gbcs_version is not None and not target.is_of_first_gbcs
    period = period_of(content(circumstances.body["ElectricityBillingCalendar"]))
    return period in SHORT_PERIODS and not is_later


def _esme(srv: str, message_code: int, payload: Payload, when: Condition | None = None) -> Row:
    return Row(srv=srv, device_type="ESME", message_code=message_code, payload=payload, when=when)


_CLOCK = _esme("6.11", 0x0062, SET_CLOCK)
_BILLING = has("ElectricityBillingCalendar")

ROWS: tuple[Row, ...] = (
    _esme("6.4.1", 0x0043, LOAD_LIMIT),
    _esme("6.4.2", 0x0044, RESET_LOAD_LIMIT_COUNTER),
    _esme("6.5", 0x00D2, VOLTAGE_SETTINGS, has(_POLYPHASE_SETTINGS, _NO_RESET)),
    _esme("6.5", 0x00D1, VOLTAGE_SETTINGS, has(_NO_RESET)),
    _esme("6.5", 0x00AE, VOLTAGE_SETTINGS, has(_POLYPHASE_SETTINGS)),
    _esme("6.5", 0x0045, VOLTAGE_SETTINGS),
    _esme("6.8", 0x0046, BILLING_CALENDAR, all_of(_BILLING, _fits_older_use_case)),
    _esme("6.8", 0x00D7, BILLING_CALENDAR, _BILLING),
    _CLOCK,
    # Inferred: its calendar needs a clock, and there is no other use case that sets one.
    replace(_CLOCK, device_type="SAPC", is_inferred=True),
    replace(_CLOCK, srv="8.1.1"),
    _esme("6.12", 0x0047, POWER_THRESHOLDS),
)
