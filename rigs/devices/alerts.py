"""Which alert goes to whom, under which message code, and how it is protected: one row per code.

Where the national tables leave a field open it is inferred, and the row says so: the
recipient of a refusal alert (RTDS shows the supplier for 8F30; the tables name three
possible parties for 8F3D and 8F3E), and the kind of the voltage and clock alerts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assay.gbcs.messages import GENERIC_CRITICAL_ALERT, GENERIC_NON_CRITICAL_ALERT
from assay.gbcs.trust_anchors import Role

SUPPLY_OUTAGE_RESTORED = 0x0067
DEVICE_LOG_BACKUP = 0x0018


@dataclass(frozen=True, slots=True)
class AlertRow:
    """`recipients`: the first role held on the device gets it. Critical means signed.

    `grade` is that of the row as a whole, so that of its weakest field.
    """

    message_code: int
    recipients: tuple[Role, ...]
    critical: bool
    grade: str


def _critical(grade: str, *recipients: Role) -> AlertRow:
    return AlertRow(GENERIC_CRITICAL_ALERT, recipients, True, grade)


def _plain(grade: str, *recipients: Role) -> AlertRow:
    return AlertRow(GENERIC_NON_CRITICAL_ALERT, recipients, False, grade)


_NETWORK = Role.NETWORK_OPERATOR
_SUPPLIER = Role.SUPPLIER
_BROKER = Role.ACCESS_CONTROL_BROKER

ALERTS: Mapping[int, AlertRow] = {
    # average voltage: above, back from above, below, back from below
    0x8002: _plain("inferred", _NETWORK),
    0x8085: _plain("maker", _NETWORK),
    0x8006: _plain("inferred", _NETWORK),
    0x8089: _plain("maker", _NETWORK),
    # extreme voltage, swell, sag: begin and end
    0x8020: _plain("inferred", _NETWORK),
    0x808D: _plain("maker", _NETWORK),
    0x8028: _plain("inferred", _NETWORK),
    0x8095: _plain("maker", _NETWORK),
    0x8024: _plain("inferred", _NETWORK),
    0x8091: _plain("maker", _NETWORK),
    0x802C: _plain("inferred", _NETWORK),
    0x8099: _plain("maker", _NETWORK),
    # clock not adjusted: outside the window of a command, more than ten seconds off
    0x81C6: _plain("inferred", _SUPPLIER),
    0x8F0C: _critical("inferred", _SUPPLIER),
    # device log of the hub changed
    0x8F12: AlertRow(DEVICE_LOG_BACKUP, (_BROKER,), False, "verified"),
    # refused commands; a hub holds no supplier
    0x8F30: _critical("verified", _SUPPLIER, _BROKER),
    0x8F3D: _critical("inferred", _SUPPLIER, _BROKER),
    0x8F3E: _critical("inferred", _SUPPLIER, _BROKER),
    # supply: switch did not connect, did not disconnect; armed; restored after an outage
    0x81BD: _plain("inferred", _SUPPLIER),
    0x81C0: _plain("inferred", _SUPPLIER),
    0x8F32: _critical("inferred", _SUPPLIER),
    0x8F35: AlertRow(SUPPLY_OUTAGE_RESTORED, (_NETWORK,), True, "inferred"),
    0x8F36: AlertRow(SUPPLY_OUTAGE_RESTORED, (_NETWORK,), True, "verified"),
    # a dated command was carried out, was not; which message code says so depends on the command
    0x8F66: _critical("verified", _SUPPLIER),
    0x8F67: _critical("verified", _SUPPLIER),
    # life cycle
    0x8F69: _critical("maker", _SUPPLIER),
}
