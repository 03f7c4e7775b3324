"""What becomes of an event: who is told, under which message code, signed or not, in which logs.

One row per code of the product's alert table. What the table leaves open is filled in by the range
of the code, and such a row is graded inferred: the range 80 is the network operator's and goes
into the power event log (E-090), the range 81 the supplier's and into the event log, the range
8F is critical and in no log. Rows that something better is known of stand in `_KNOWN`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from assay.gbcs.catalogue import AlertCode, alert_codes
from assay.gbcs.messages import GENERIC_CRITICAL_ALERT, GENERIC_NON_CRITICAL_ALERT
from assay.gbcs.trust_anchors import ROLE_NAMES, Role

SUPPLY_OUTAGE_RESTORED = 0x0067
DEVICE_LOG_BACKUP = 0x0018
PROXY_LOG_BACKUP = 0x00B2


class LogName(StrEnum):
    """The logs of a device that hold alert codes, as the alert table names them."""

    EVENT = "event"
    SECURITY = "security"
    POWER_EVENT = "powerEvent"


@dataclass(frozen=True, slots=True)
class AlertRow:
    """`recipients`: the first role held on the device gets it. Critical means signed.

    `copies`: roles that get it besides, each in a message of its own (GBCS digest 9.4, inferred).
    `is_sent` is False for what is only logged. `grade` is that of the row as a whole, so that of
    its weakest field.
    """

    message_code: int
    recipients: tuple[Role, ...]
    critical: bool
    grade: str
    copies: tuple[Role, ...] = ()
    logs: tuple[LogName, ...] = ()
    is_sent: bool = True


_NETWORK = Role.NETWORK_OPERATOR
_SUPPLIER = Role.SUPPLIER
_BROKER = Role.ACCESS_CONTROL_BROKER
_WAN_PROVIDER = Role.WAN_PROVIDER

_BY_RANGE: Mapping[int, tuple[tuple[Role, ...], tuple[LogName, ...]]] = {
    0x80: ((_NETWORK,), (LogName.POWER_EVENT,)),
    0x81: ((_SUPPLIER, _BROKER), (LogName.EVENT,)),
    0x8F: ((_SUPPLIER, _BROKER), ()),
}
_PREFERENCE = (_SUPPLIER, _NETWORK, _BROKER, _WAN_PROVIDER)
"""Of several that the table offers; a hub holds no supplier."""
_BOTH = "Supplier and Network Operator"
_NAMES: Mapping[str, Role] = {**ROLE_NAMES, "WAN Provider": _WAN_PROVIDER}


def _derived(row: AlertCode) -> AlertRow:
    recipients, usual_logs = _BY_RANGE[row.code >> 8]
    copies: tuple[Role, ...] = ()
    grade = "inferred" if None in (row.recipient, row.critical, row.logs, row.wan) else row.grade
    if row.recipient is not None:
        recipients, copies = _parties(row.recipient)
    critical = row.code >> 8 == 0x8F if row.critical is None else row.critical
    generic = GENERIC_CRITICAL_ALERT if critical else GENERIC_NON_CRITICAL_ALERT
    # A code with several message codes is told the right one by whoever raises it.
    own = row.message_codes[0] if len(row.message_codes) == 1 else generic
    logs = usual_logs if row.logs is None else tuple(LogName(name) for name in row.logs)
    return AlertRow(
        message_code=own,
        recipients=recipients,
        critical=critical,
        grade=grade,
        copies=copies,
        logs=logs,
        # Of what is known to be logged and of nothing else it is inferred that it is not sent.
        is_sent=row.wan if row.wan is not None else not row.logs,
    )


def _parties(text: str) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
    """Recipients and copies: "A or B" is one of them, "A and B" is both."""
    named = tuple(role for name, role in _NAMES.items() if name in text)
    ordered = tuple(sorted(named, key=_PREFERENCE.index))
    if text.endswith(_BOTH):
        return (_SUPPLIER,), (_NETWORK,)
    return ordered, ()


def _critical(
    grade: str, *recipients: Role, logs: tuple[LogName, ...] = (LogName.EVENT,)
) -> AlertRow:
    return AlertRow(GENERIC_CRITICAL_ALERT, recipients, True, grade, logs=logs)


def _plain(grade: str, *recipients: Role, logs: tuple[LogName, ...] = (LogName.EVENT,)) -> AlertRow:
    return AlertRow(GENERIC_NON_CRITICAL_ALERT, recipients, False, grade, logs=logs)


_POWER = (LogName.POWER_EVENT,)
_SECURITY = (LogName.SECURITY,)
_OUTAGE_RESTORED = AlertRow(
    SUPPLY_OUTAGE_RESTORED, (_NETWORK,), True, "inferred", (), (LogName.POWER_EVENT,)
)
_LOGGED_ONLY = AlertRow(
    GENERIC_NON_CRITICAL_ALERT,
    (_SUPPLIER, _BROKER),
    False,
    "inferred",
    logs=(LogName.EVENT,),
    is_sent=False,
)

_OF_HUB = AlertRow(GENERIC_NON_CRITICAL_ALERT, (_BROKER,), False, "inferred")

_KNOWN: Mapping[int, AlertRow] = {
    # device log of the gas proxy changed
    0x8071: AlertRow(PROXY_LOG_BACKUP, (_BROKER,), False, "verified"),
    # entries about commands: what a device was told to do is news for nobody
    0x8145: _LOGGED_ONLY,
    0x8154: _LOGGED_ONLY,
    0x8155: _LOGGED_ONLY,
    0x8161: _LOGGED_ONLY,
    0x8162: _LOGGED_ONLY,
    # credit low, emergency credit there, credit added: no national log setting names them
    0x810D: _plain("inferred", _SUPPLIER, logs=()),
    0x810E: _plain("verified", _SUPPLIER, logs=()),
    0x8119: _plain("inferred", _SUPPLIER, logs=()),
    # hub connected and disconnected, meter cover closed: the national event log has them
    0x81A2: _plain("inferred", _SUPPLIER),
    0x81A3: _plain("inferred", _SUPPLIER),
    0x81B9: _plain("maker", _SUPPLIER),
    # phases in the wrong order: the makers' tables have its like in the power event log
    0x81B7: _plain("inferred", _SUPPLIER, logs=_POWER),
    # auxiliary controller failed to change or to hold its state
    0x811A: _plain("inferred", _SUPPLIER),
    # clock not adjusted: outside the window of a command, more than ten seconds off
    0x81C6: _plain("inferred", _SUPPLIER, logs=(LogName.EVENT, LogName.SECURITY)),
    0x8F0C: _critical("inferred", _SUPPLIER, logs=_SECURITY),
    # import above the load limit: the national event log has it
    0x8F01: _critical("inferred", _SUPPLIER),
    # device log of the hub changed
    0x8F12: AlertRow(DEVICE_LOG_BACKUP, (_BROKER,), False, "verified", (), _SECURITY),
    # sub-GHz network of the hub: what the national alerts show goes to the broker; the rest is
    # taken to go there too
    0x8F20: AlertRow(0x0110, (_BROKER,), False, "verified"),
    **dict.fromkeys((*range(0x8F21, 0x8F26), 0x8F27, 0x8F29, 0x8F2B), _OF_HUB),
    0x8F26: AlertRow(0x0111, (_BROKER,), False, "verified"),
    0x8F28: AlertRow(0x0112, (_BROKER,), False, "verified"),
    0x8F2A: AlertRow(0x0113, (_BROKER,), False, "verified"),
    0x8F2C: AlertRow(0x0114, (_BROKER,), False, "verified"),
    0x8F2D: AlertRow(0x0115, (_BROKER,), False, "verified"),
    # firmware: a failed verification is told like a successful one
    0x8F1C: _critical("inferred", _SUPPLIER, _BROKER, logs=_SECURITY),
    # refused commands (RTDS shows the supplier for 8F30; the tables name three possible parties
    # for 8F3D and 8F3E); a hub holds no supplier
    0x8F30: _critical("verified", _SUPPLIER, _BROKER, logs=()),
    0x8F3D: _critical("inferred", _SUPPLIER, _BROKER, logs=()),
    0x8F3E: _critical("inferred", _SUPPLIER, _BROKER, logs=_SECURITY),
    # supply: restored after an outage, of the meter and of each phase
    **dict.fromkeys(range(0x8F35, 0x8F3D), _OUTAGE_RESTORED),
    0x8F36: replace(_OUTAGE_RESTORED, grade="verified"),
    # interrupted: told when it is over, by the alert above
    **dict.fromkeys(
        range(0x8F57, 0x8F5B),
        AlertRow(GENERIC_CRITICAL_ALERT, (_NETWORK,), True, "inferred", (), _POWER, is_sent=False),
    ),
    # a dated command was carried out, was not; which message code says so depends on the command
    0x8F66: _critical("verified", _SUPPLIER, _WAN_PROVIDER),
    0x8F67: _critical("verified", _SUPPLIER, _WAN_PROVIDER),
    # life cycle
    0x8F69: _critical("maker", _SUPPLIER, logs=()),
    # covers that only the name list has: like the other covers
    0x8F73: AlertRow(GENERIC_CRITICAL_ALERT, (_SUPPLIER,), True, "inferred", (), _SECURITY),
    0x8F77: AlertRow(
        GENERIC_CRITICAL_ALERT, (_SUPPLIER,), True, "inferred", (_NETWORK,), _SECURITY
    ),
}

ALERTS: Mapping[int, AlertRow] = {
    code: _derived(row) for code, row in alert_codes().items()
} | dict(_KNOWN)
"""Every code that the product's table has, and 811A, which that table lacks."""
