"""The rows of the electricity and hub slice that the first scenarios use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from assay.dcc.transform.frame import Frame
from assay.dcc.transform.payloads import Asn1, Dlms, Payload
from assay.dcc.transform.row import (
    Circumstances,
    Condition,
    Origin,
    Row,
    has,
    is_polyphase_meter,
    says,
)
from assay.dcc.transform.values import (
    TRUE,
    Source,
    average_voltage,
    constant,
    device_to_add,
    identifier,
    log_period,
    number,
    protected_read,
    seconds,
    text,
    validity_window,
)
from assay.gbcs.dlms.data import enum, integer, long_unsigned


def _load_controller_asked(circumstances: Circumstances) -> bool:
    roles = circumstances.body.get("RemotePartyRole")
    return isinstance(roles, tuple) and "LoadController" in roles


def _network_operator_reads_auxiliary_log(circumstances: Circumstances) -> bool:
    """Inferred: of the two use cases only ECS35g is open to network operators."""
    return circumstances.is_network_operator and says("LogToRead", "ALCSEvent")(circumstances)


READ = Dlms()
READ_LOG = Dlms(selection=log_period)
SET_CLOCK = Dlms(
    values={
        "Time: clockBase": constant(enum(5)),
        "Time: setValidTimeRange": validity_window,
        "Time: setTime": constant(integer(0)),
    }
)
_RESET = constant(integer(0))
_AVERAGING_PERIOD = average_voltage("AverageRMSVoltageMeasurementPeriod")
_MONITORS = ("RMSExtremeOverVoltage", "RMSExtremeUnderVoltage", "RMSVoltageSag", "RMSVoltageSwell")
_MONITOR_SETTINGS: dict[str, Source] = {
    f"{monitor}{setting}": number(f"RMSVoltageSettings/{monitor}{setting}")
    for monitor in _MONITORS
    for setting in ("Threshold", "MeasurementPeriod")
}
VOLTAGE_SETTINGS = Dlms(
    values=_MONITOR_SETTINGS
    | {
        "AverageRMSVoltageProfileDataLog": _AVERAGING_PERIOD,
        "AverageRMSVoltageMeasurementPeriod": _AVERAGING_PERIOD,
        "AverageRMSOverVoltageThreshold": average_voltage("AverageRMSOverVoltageThreshold"),
        "AverageRMSUnderVoltageThreshold": average_voltage("AverageRMSUnderVoltageThreshold"),
        "AverageRMSOverVoltageCounter": _RESET,
        "AverageRMSUnderVoltageCounter": _RESET,
    }
)


def _supply(script: int) -> Dlms:
    return Dlms(values={"SupplyState": constant(long_unsigned(script))})


_REMOTE_PARTY_ROLES: Mapping[str, str] = MappingProxyType(
    {
        "ACB": "accessControlBroker",
        "NetworkOperator": "networkOperator",
        "Recovery": "recovery",
        "Root": "root",
        "Supplier": "supplier",
        "TransCoS": "transitionalCoS",
        "LoadController": "loadController",
    }
)


def _credentials_asked(frame: Frame) -> dict[str, Any]:
    roles = frame.body["RemotePartyRole"]
    if not isinstance(roles, tuple):
        raise TypeError(f"RemotePartyRole: expected a tuple, seen {type(roles).__name__}")
    return {
        "authorising_cell": {"role": "accessControlBroker", "key_usage": "keyAgreement"},
        "roles": [_REMOTE_PARTY_ROLES[str(role)] for role in roles],
    }


READ_CREDENTIALS = Asn1(value=_credentials_asked)


def _log_rows() -> tuple[Row, ...]:
    codes = (
        ("ESME", "Event", 0x0048),
        ("ESME", "Security", 0x0049),
        ("ESME", "PowerEvent", 0x00B9),
        ("ESME", "ALCSEvent", 0x00BA),
        ("CHF", "Event", 0x0093),
        ("CHF", "Security", 0x0094),
    )
    return tuple(
        Row(
            srv="6.13",
            device_type=device_type,
            message_code=code,
            payload=READ_LOG,
            when=says("LogToRead", log),
            origin=Origin.PARTY if device_type == "ESME" else Origin.BROKER_FOR_PARTY,
        )
        for device_type, log, code in codes
    )


def _credential_rows(device_type: str) -> tuple[Row, ...]:
    shared: dict[str, Any] = {
        "srv": "6.24.1",
        "device_type": device_type,
        "payload": READ_CREDENTIALS,
        "origin": Origin.BROKER,
    }
    return (
        Row(message_code=0x011B, when=_load_controller_asked, **shared),
        Row(message_code=0x0008, **shared),
    )


def _voltage_row(message_code: int, when: Condition | None = None) -> Row:
    return Row(
        srv="6.5",
        device_type="ESME",
        message_code=message_code,
        payload=VOLTAGE_SETTINGS,
        when=when,
    )


def _esme(
    srv: str, message_code: int, payload: Payload = READ, when: Condition | None = None
) -> Row:
    return Row(srv=srv, device_type="ESME", message_code=message_code, payload=payload, when=when)


_POLYPHASE_SETTINGS = "PolyPhaseVoltageSettings"
_NO_RESET = "RMSVoltageCountersNotReset"

ROWS: tuple[Row, ...] = (
    _esme("3.1", 0x0021, Dlms(values={"SupplierMessage": text("SupplierMessage")})),
    _esme(
        "4.1.1",
        0x0027,
        Dlms(values={"ImportRegisterCollection": protected_read(1, "0-0:94.44.34.10", 2)}),
    ),
    _esme("4.10", 0x00BC, READ_LOG, is_polyphase_meter),
    _esme("4.10", 0x0039, READ_LOG),
    _esme("6.2.1", 0x00C6, READ, is_polyphase_meter),
    _esme("6.2.1", 0x003C),
    _voltage_row(0x00D2, has(_POLYPHASE_SETTINGS, _NO_RESET)),
    _voltage_row(0x00D1, has(_NO_RESET)),
    _voltage_row(0x00AE, has(_POLYPHASE_SETTINGS)),
    _voltage_row(0x0045),
    _esme("6.11", 0x0062, SET_CLOCK),
    _esme("6.13", 0x00FD, READ_LOG, _network_operator_reads_auxiliary_log),
    *_log_rows(),
    *_credential_rows("ESME"),
    *_credential_rows("CHF"),
    _esme("7.1", 0x004F, _supply(0x33)),
    _esme("7.2", 0x0050, _supply(0x34)),
    _esme("7.3", 0x0051, _supply(0x36)),
    _esme("7.4", 0x0052),
    _esme("8.1.1", 0x0062, SET_CLOCK),
    Row(
        srv="8.11",
        device_type="CHF",
        message_code=0x0001,
        payload=Dlms(
            values={
                "DeviceLog(CHF): addEntry": device_to_add,
                "DeviceLog(CHF): joiningTimePeriod": seconds(
                    "AddDeviceToCHFWhitelist/JoinTimePeriod"
                ),
                "DeviceLog(CHF): allowsDevicesOnToTheHAN": TRUE,
            }
        ),
        when=says("RequestType", "Add"),
        origin=Origin.BROKER_FOR_PARTY,
    ),
    Row(
        srv="8.11",
        device_type="CHF",
        message_code=0x0002,
        payload=Dlms(values={"DeviceLog(CHF): removeEntry": identifier("DeviceID")}),
        when=says("RequestType", "Remove"),
        origin=Origin.BROKER_FOR_PARTY,
    ),
    _esme("11.2", 0x0059),
)
