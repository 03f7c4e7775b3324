"""Device alerts: code, meaning, time, and the payload of those that have a form in the schema.

Alerts whose extras the schema has no place for (hub and sub-GHz alerts, PPMID firmware, log
backups) are told by code and time; their extras stay in the GBCS message.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from assay.gbcs import catalogue
from assay.gbcs.date_time import DateTime
from assay.gbcs.dlms.access import Notification
from assay.gbcs.dlms.data import Data
from assay.gbcs.gbz.components import GbzAlert
from assay.mmc.content import Content
from assay.mmc.errors import RemoteMmcError
from assay.mmc.nodes import Hex, Node
from assay.mmc.rows.auxiliary import input_mark, state_nodes
from assay.mmc.rows.credentials import activation_nodes, outcome_node
from assay.mmc.rows.electricity_logs import billing_entries
from assay.mmc.rows.gas import Snapshot
from assay.mmc.templates import parts
from assay.mmc.values import hexadecimal, iso, since_2000

_LONGEST_DESCRIPTION = 250
Payload = Callable[[Content], Node | None]

WARNINGS = (
    "Other",
    "Error Non Volatile Memory",
    "Error Program Execution",
    "Error Program Storage",
    "Error RAM",
    "Error Unexpected Hardware Reset",
    "Error Watchdog",
    "Error Metrology Firmware Verification Failure",
    "Error Measurement Fault",
    "Unspecified Smart Meter Operational Integrity Error",
)
"""By issue code 0 to 9; the order of the schema's list (inferred)."""


def alert_nodes(content: Content) -> tuple[Node, ...]:
    """What stands inside DeviceAlertContent."""
    code, when = _head(content)
    row = catalogue.alert_codes().get(code)
    meaning = row.meaning if row is not None and row.meaning else f"Alert code 0x{code:04X}"
    head = (
        Node("GBCSHexAlertCode", hexadecimal(code, 2)),
        Node("AlertDescription", meaning[:_LONGEST_DESCRIPTION]),
        Node("Timestamp", when),
    )
    build = None if content.is_sealed else PAYLOADS.get(content.code)
    made = None if build is None else build(content)
    return head if made is None else (*head, Node("Payload", (made,)))


def _head(content: Content) -> tuple[int, datetime]:
    typed = content.typed
    if isinstance(typed, GbzAlert):
        return typed.code, since_2000(typed.time)
    when: datetime | None
    if isinstance(typed, Notification):
        code, stamp = (part.value for part in parts(typed.body)[:2])
        when = DateTime.from_octets(stamp).as_utc()
    else:
        code = _asn1_code(typed.value["alert_code"])
        when = next(iso(typed.value[name]) for name in _TIMES if name in typed.value)
    if when is None:
        raise RemoteMmcError(f"alert {content.code:04X}", "a time", "none")
    return code, when


_TIMES = ("execution_time", "time", "backup_time")


def _asn1_code(form: Any) -> int:
    return int(form, 16) if isinstance(form, str) else form


def _extras(content: Content) -> tuple[Data, ...]:
    return tuple(parts(content.typed.body)[2:])


def _image_hash(content: Content) -> Node | None:
    typed = content.typed
    if isinstance(typed, GbzAlert):
        digest = typed.image_hash
    else:
        extras = _extras(content)
        digest = extras[0].value if extras else None
    inside = () if digest is None else (Node("ManufacturerImageHash", Hex(digest)),)
    return Node("FirmwareVerificationDeviceAlert", inside)


def _electricity_billing(content: Content) -> Node | None:
    if not content.plain:
        return None
    log = parts(content.plain[0])[0]
    entries = billing_entries(log)
    return _billing(entries[0]._replace(is_many=False)) if entries else None


def _gas_billing(content: Content) -> Node | None:
    fields = content.components[0].payload if content.components else None
    if fields is None or "summation" not in fields:
        return None
    return _billing(Node("GSMEBillingDataLogEntry", Snapshot(fields).billing()))


def _billing(entry: Node) -> Node:
    return Node("BillingDataLogDeviceAlert", (entry,))


def _outcome(alert: Node) -> Node:
    return Node("FutureDatedCommandOutcomeDeviceAlert", (alert,))


def _future_dlms(content: Content) -> Node | None:
    """19 octets: message code, counter, class, OBIS code, attribute or method."""
    octets = _extras(content)[0].value
    if len(octets) != 19:
        raise RemoteMmcError("executed instruction", "19 octets", len(octets))
    instruction = (
        Node("ClassId", Hex(octets[10:12])),
        Node("InstanceId", Hex(octets[12:18])),
        Node("AttributeId", Hex(octets[18:])),
    )
    inside = (
        Node("FutureDatedCommandMessageCode", Hex(octets[:2])),
        Node("FutureDatedCommandOriginatorCounter", int.from_bytes(octets[2:10], "big")),
        Node("DLMSCOSEMFDInstructionIdentification", instruction),
    )
    return _outcome(Node("COSEMFutureDatedAlert", inside))


def _future_gbz(content: Content) -> Node | None:
    executed = content.typed.executed
    if executed is None:
        return None
    instruction = (
        Node("ExtendedHeaderClusterID", hexadecimal(executed.cluster, 2)),
        Node("FrameControl", hexadecimal(executed.frame_control, 1)),
        Node("CommandIdentifier", hexadecimal(executed.command, 1)),
    )
    inside = (
        Node("FutureDatedCommandMessageCode", hexadecimal(executed.message_code, 2)),
        Node("FutureDatedCommandOriginatorCounter", executed.counter),
        Node("GBZFDInstructionIdentification", instruction),
    )
    return _outcome(Node("GBZFutureDatedAlert", inside))


def _future_credentials(content: Content) -> Node | None:
    name = "UpdateSecurityCredentialsExecutionOutcome"
    inside = (outcome_node(name, content.typed.value["outcome"]),)
    return _outcome(Node("UpdateSecurityCredentialsDeviceAlert", inside))


def _future_firmware(content: Content) -> Node | None:
    value = content.typed.value
    when = iso(value["execution_time"])
    inside = (
        *(() if when is None else (Node("ExecutionDateTime", when),)),
        Node("OriginatorCounterFromCommand", value["originator_counter"]),
        *activation_nodes(value["outcome"]),
    )
    return _outcome(Node("FirmwareActivationDeviceAlert", inside))


def _time(data: Data) -> datetime:
    when = DateTime.from_octets(data.value).as_utc()
    if when is None:
        raise RemoteMmcError("time in an alert", "a date and a time", data.value.hex())
    return when


def _outage(content: Content) -> Node | None:
    start, end = _extras(content)[:2]
    inside = (Node("interruptionValue", _time(start)), Node("restorationValue", _time(end)))
    return Node("SupplyOutageRestoreAlert", inside)


def _integrity(content: Content) -> Node | None:
    typed = content.typed
    if isinstance(typed, GbzAlert):
        issue = typed.issue_code
    else:
        extras = _extras(content)
        issue = int.from_bytes(extras[0].value, "big") if extras else None
    if issue is None or issue >= len(WARNINGS):
        return None
    return Node("SmartMeterIntegrityIssueWarningDeviceAlert", (Node("Warning", WARNINGS[issue]),))


def _not_supported(content: Content) -> Node | None:
    octets = _extras(content)[0].value
    inside = (
        Node("MessageCodeofCommandReceived", Hex(octets[:2])),
        Node("OriginatorCounterfromCommandReceived", int.from_bytes(octets[2:10], "big")),
    )
    return Node("CommandNotSupportedbyDevice", inside)


def _operation(content: Content) -> Node | None:
    return Node("OperationalUpdateDeviceAlert", state_nodes(_extras(content)[0].value))


def _level(controller: int, level: int) -> tuple[Node, ...]:
    """The upper half of the octet is the direction, the lower the number of the controller."""
    return (
        Node("AuxiliaryControllerN", controller & 0x0F),
        Node("ResultingLevel", level),
        *input_mark(controller >> 4),
    )


def _limit_processed(content: Content) -> Node | None:
    controller, start, end, level = _extras(content)
    inside = (
        Node("APCLimitPeriodStart", _time(start)),
        Node("APCLimitPeriodEnd", _time(end)),
        *_level(controller.value, level.value),
    )
    return Node("LimitAPCLevelCommandProcessedDeviceAlert", inside)


def _limit_ended(content: Content) -> Node | None:
    controller, level = _extras(content)
    return Node("LimitAPCLevelEndedDeviceAlert", _level(controller.value, level.value))


PAYLOADS: Mapping[int, Payload] = {
    0x0061: _electricity_billing,
    0x0067: _outage,
    0x008B: _gas_billing,
    0x00CA: _future_firmware,
    0x00CB: _future_credentials,
    0x00CC: _future_dlms,
    0x00CD: _future_gbz,
    0x00CE: _image_hash,
    0x00CF: _image_hash,
    0x00F0: _integrity,
    0x00F2: _integrity,
    0x0120: _not_supported,
    0x0121: _limit_processed,
    0x0122: _limit_ended,
    0x0123: _operation,
    0x0124: _future_credentials,
}
"""Message code -> its payload in the schema; others have none."""
