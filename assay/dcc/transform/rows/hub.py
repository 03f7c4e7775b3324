"""The Communications Hub and device logs: 6.13, 6.2.4, 6.28 to 6.32, 8.9, 8.11 and 8.12.

A hub holds no credentials of users, so the broker originates and names the user.

Inferred: version 4 of the use-case tables has CCS06 and ECS26n in place of CCS05 with CCS04
and of ECS26i; from which version on is in no text found.
"""

from __future__ import annotations

from assay.dcc.transform.hub_values import (
    device_to_add,
    restored_hub_log,
    restored_proxy_log,
    sub_ghz_configuration,
)
from assay.dcc.transform.payloads import Asn1, Dlms, Payload
from assay.dcc.transform.row import (
    Circumstances,
    Condition,
    Origin,
    Row,
    all_of,
    has,
    is_of_first_gbcs,
    says,
)
from assay.dcc.transform.values import TRUE, constant, identifier, log_period, seconds
from assay.gbcs.dlms.data import NULL, unsigned

_READ = Dlms()
_READ_LOG = Dlms(selection=log_period)
_ADD = Dlms(
    values={
        "DeviceLog(CHF): addEntry": device_to_add,
        "DeviceLog(CHF): joiningTimePeriod": seconds("AddDeviceToCHFWhitelist/JoinTimePeriod"),
        "DeviceLog(CHF): allowsDevicesOnToTheHAN": TRUE,
    }
)
_REMOVE = Dlms(values={"DeviceLog(CHF): removeEntry": identifier("DeviceID")})
_READ_BOTH_LOGS = Dlms(
    values={
        "DeviceLog(CHF): readCHFDeviceLog": constant(NULL),
        "HistoricDeviceLog(CHF): readHistoricCHFDeviceLog": constant(NULL),
    }
)
_RESTORE = Dlms(values={"DeviceLog(CHF): restoreCHFDeviceLog": restored_hub_log})
_CONFIGURE = Dlms(values={"SubGHzConfigurationSettings: page28Mask": sub_ghz_configuration})
_SCAN = Dlms(values={"CHFSubGHzChannelScan: request": constant(unsigned(0))})
_READ_JOIN_DETAILS = Asn1(value=lambda _: None)


def _no_security_details(circumstances: Circumstances) -> bool:
    return "ReadSecurityDetails" not in circumstances.body


def _hub(
    srv: str, message_code: int, payload: Payload = _READ, when: Condition | None = None
) -> Row:
    return Row(
        srv=srv,
        device_type="CHF",
        message_code=message_code,
        payload=payload,
        when=when,
        origin=Origin.BROKER_FOR_PARTY,
    )


def _join_details(device_type: str, *, is_inferred: bool = True) -> Row:
    """CS07: the log of a device that is no hub; it holds no keys that could be asked for."""
    return Row(
        srv="8.9",
        device_type=device_type,
        message_code=0x0013,
        payload=_READ_JOIN_DETAILS,
        when=_no_security_details,
        origin=Origin.BROKER_FOR_PARTY if device_type == "PPMID" else Origin.PARTY,
        is_inferred=is_inferred,
    )


ROWS: tuple[Row, ...] = (
    _hub("6.13", 0x0093, _READ_LOG, says("LogToRead", "Event")),
    _hub("6.13", 0x0094, _READ_LOG, says("LogToRead", "Security")),
    _hub("6.2.4", 0x0092, _READ, is_of_first_gbcs),
    _hub("6.2.4", 0x00FA),
    _hub("6.28", 0x010D, _CONFIGURE),
    _hub("6.29", 0x010E, _SCAN),
    _hub("6.30", 0x010C),
    _hub("6.31", 0x010A),
    _hub("6.32", 0x010B, _READ_LOG),
    _hub("8.9", 0x00FE, _READ_BOTH_LOGS, has("ReadSecurityDetails")),
    _hub("8.9", 0x0004, _READ, is_of_first_gbcs),
    _hub("8.9", 0x010F),
    _join_details("GSME", is_inferred=False),
    _join_details("ESME"),
    _join_details("GPF"),
    _join_details("HCALCS"),
    _join_details("PPMID"),
    _hub("8.11", 0x0001, _ADD, all_of(says("RequestType", "Add"), has("AddDeviceToCHFWhitelist"))),
    _hub("8.11", 0x0002, _REMOVE, says("RequestType", "Remove")),
    _hub("8.12.1", 0x0003, _RESTORE),
    Row(
        srv="8.12.2",
        device_type="GPF",
        message_code=0x008C,
        payload=Asn1(value=restored_proxy_log),
        origin=Origin.BROKER_FOR_PARTY,
    ),
)
