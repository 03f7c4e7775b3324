"""Settings of electricity meters beside load control: 6.18, 6.20, 6.22, 6.25, 6.26 and 6.27."""

from __future__ import annotations

from datetime import time

from assay.dcc.transform.alert_behaviour import alert_settings
from assay.dcc.transform.calendar_values import ascii_octets
from assay.dcc.transform.chosen_items import ChosenItems
from assay.dcc.transform.frame import Frame
from assay.dcc.transform.payloads import Dlms
from assay.dcc.transform.row import Origin, Row, has, is_polyphase_meter
from assay.dcc.transform.rows.electricity import esme
from assay.dcc.transform.schedule_table import EVERY_DAY, schedule_entry
from assay.dcc.transform.values import constant
from assay.duis.values import field, find
from assay.gbcs.dlms.access import Item, Obis, Op
from assay.gbcs.dlms.data import (
    Data,
    array,
    boolean,
    integer,
    octet_string,
    structure,
)
from assay.gbcs.errors import EncodeError

_EXTENDED_REGISTER = 4
_RESET = 1
_MAXIMUM_DEMANDS = {
    "MaxDemandActivePowerImportValue": "1-0:1.6.0.255",
    "MaxDemandConfigTimeActivePowerImportValue": "1-0:1.6.1.255",
    "MaxDemandActivePowerExportValue": "1-0:2.6.0.255",
}
"""In the order of ECS57, which resets those that the request names."""


def _demand_resets(frame: Frame) -> tuple[Item, ...]:
    named = [obis for element, obis in _MAXIMUM_DEMANDS.items() if element in frame.body]
    if not named:
        raise EncodeError("ResetMaximumDemandRegisters", "at least one register", "none")
    return tuple(
        Item(Op.ACTION, _EXTENDED_REGISTER, Obis.from_text(obis), _RESET, integer(0))
        for obis in named
    )


_FROM_ANY_YEAR = bytes.fromhex("000001FFFF")
_TO_ANY_DATE = bytes.fromhex("FFFFFFFFFF")


def _demand_period(frame: Frame) -> Data:
    """Two entries, every day: the first (0) starts the period, the second (1) ends it."""
    switches = ("StartTime", "EndTime")
    return array(*(_demand_switch(frame, index, name) for index, name in enumerate(switches)))


def _demand_switch(frame: Frame, index: int, name: str) -> Data:
    return schedule_entry(
        index=index,
        script_table="0-0:10.128.100.255",
        script=index + 1,
        at=field(frame.body, f"MaximumDemandTimePeriodSchedule/{name}", time),
        days_of_week=EVERY_DAY,
        special_days="",
        begin=_FROM_ANY_YEAR,
        end=_TO_ANY_DATE,
    )


def _import_numbers(frame: Frame) -> Data:
    """One octet-string of 13 or 26: of a twin element meter the secondary number comes last."""
    numbers = (
        find(frame.body, f"ImportMPANs/{name}", str) or ""
        for name in ("ImportMPAN", "SecondaryImportMPAN")
    )
    return octet_string(ascii_octets("ImportMPANs", "".join(numbers)))


def _export_number(frame: Frame) -> Data:
    return octet_string(ascii_octets("ExportMPAN", field(frame.body, "ExportMPAN", str)))


def _tamper_state(frame: Frame) -> Data:
    """True locks (national message); that Unchanged is false is inferred."""
    return boolean(field(frame.body, "SupplyTamperState", str) == "Locked")


_DAILY_AT_MIDNIGHT = structure(octet_string(bytes(4)), octet_string(_TO_ANY_DATE))


def _daily_reset(frame: Frame) -> Data:
    """Midnight of any date. The tables call the item exceptional and no national message
    switches it off: that a schedule without a time does so is inferred."""
    if field(frame.body, "DailyTariffBlockCounterMatrixReset", bool):
        return array(_DAILY_AT_MIDNIGHT)
    return array()


_NO_PARAMETER = constant(integer(0))
_VOLTAGE_COUNTERS = Dlms(
    values={
        "AverageRMSUnderVoltageCounter": _NO_PARAMETER,
        "AverageRMSOverVoltageCounter": _NO_PARAMETER,
    }
)
_ALERT_SETTINGS = (
    ("ElectricitySupplierAlerts", 0x00AC, "Alerts Configuration Settings - Supplier"),
    ("ElectricitySupplierHANAlertSettings", 0x00EA, "Alerts Configuration Settings - Supplier"),
    ("ElectricitySupplierAlarmSettings", 0x00EB, "Events Configuration Settings - Supplier"),
    ("ElectricitySupplierLoggingSettings", 0x00EC, "Events Configuration Settings - Supplier"),
    ("ElectricityNetworkOperatorAlerts", 0x00B0, "Alerts Configuration Settings - DNO"),
    (
        "ElectricityNetworkOperatorLoggingSettings",
        0x00ED,
        "Events Configuration Settings - Network Operator",
    ),
)


ROWS: tuple[Row, ...] = (
    esme("6.18.1", 0x004A, Dlms(values={"MaximumDemandConfigurableTimePeriod": _demand_period})),
    esme("6.18.2", 0x005A, ChosenItems(items=_demand_resets)),
    esme(
        "6.20.1",
        0x004C,
        Dlms(values={"MeterPointAdministrationNumber(combinedMPANS)": _import_numbers}),
        has("ImportMPANs"),
    ),
    esme(
        "6.20.2",
        0x004D,
        Dlms(values={"MeterPointAdministrationNumber(ExportMPAN)": _export_number}),
        origin=Origin.BROKER_FOR_PARTY,
    ),
    *(
        esme("6.22", code, Dlms(values={item: alert_settings(element)}), has(element))
        for element, code, item in _ALERT_SETTINGS
    ),
    esme("6.25", 0x0068, Dlms(values={"SupplyTamperState": _tamper_state})),
    esme("6.26", 0x00DB, Dlms(values={"TariffBlockCounterMatrix: dailyResetting": _daily_reset})),
    esme("6.27", 0x00D4, _VOLTAGE_COUNTERS, is_polyphase_meter),
    esme("6.27", 0x00D3, _VOLTAGE_COUNTERS),
)
