"""What is owed within seven days of commissioning: credentials and device certificates.

The duty itself is in the book of 2015; which requests discharge it for which device is
inferred. The alert of that list for a duty not done (N32) is not in schema V5.4, so it is
shown in the inventory, the log and reports, and never sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

PERIOD = timedelta(days=7)


class Obligation(StrEnum):
    SUPPLIER_CREDENTIALS = "supplier's own credentials on the device"
    OPERATOR_CREDENTIALS = "network operator's own credentials on the device"
    DEVICE_CERTIFICATES = "device's own certificates renewed or read back"


OBLIGATIONS: Mapping[str, frozenset[Obligation]] = {
    "ESME": frozenset(Obligation),
    "GSME": frozenset(Obligation),
    "GPF": frozenset((Obligation.SUPPLIER_CREDENTIALS, Obligation.OPERATOR_CREDENTIALS)),
}
"""By device type; the others owe nothing (inferred)."""

_BY_ROLE = {
    "Supplier": Obligation.SUPPLIER_CREDENTIALS,
    "NetworkOperator": Obligation.OPERATOR_CREDENTIALS,
}
_BY_REQUEST: Mapping[str, Obligation] = {
    "6.15.2": Obligation.DEVICE_CERTIFICATES,
    "6.23": Obligation.SUPPLIER_CREDENTIALS,
    "6.24.2": Obligation.DEVICE_CERTIFICATES,
}
_BY_REQUEST_AND_ROLE = ("6.15.1", "6.21")


def discharged_by(srv: str, remote_party_role: str | None) -> Obligation | None:
    """What a successful response to the variant discharges; the role is of its body."""
    if srv in _BY_REQUEST_AND_ROLE and remote_party_role is not None:
        return _BY_ROLE.get(remote_party_role)
    return _BY_REQUEST.get(srv)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What a device that was commissioned still owes, and until when.

    `is_noted`: that the time has passed is on record.
    """

    due: datetime
    owed: frozenset[Obligation]
    is_noted: bool = False

    @classmethod
    def of(cls, device_type: str, commissioned_on: datetime) -> Duty | None:
        owed = OBLIGATIONS.get(device_type)
        return None if owed is None else cls(due=commissioned_on + PERIOD, owed=owed)

    def without(self, obligation: Obligation) -> Duty | None:
        """None where nothing is left."""
        owed = self.owed - {obligation}
        return replace(self, owed=owed) if owed else None

    def is_overdue(self, at: datetime) -> bool:
        return self.due <= at
