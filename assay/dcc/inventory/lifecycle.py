"""Which event takes a device from which status to which: the table, and looking it up.

Statuses are the schema's. The transitions are inferred from the concepts of the SEC's
enrolment procedures and were not checked against their text, unless a basis is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assay.dcc.inventory.device import DeviceStatus, DeviceType

_METERS = (DeviceType.ESME, DeviceType.GSME)
_JOINING = (*_METERS, DeviceType.HCALCS, DeviceType.PPMID)
_HUB = (DeviceType.CHF, DeviceType.GPF)
_ALL_WITH_STATUS = (*_JOINING, *_HUB)


class LifecycleEvent(StrEnum):
    PRE_NOTIFIED = "12.2 Device Pre-notification"
    WAN_CONTACT = "first contact of the hub over the SM WAN"
    ADDED = "success response to 8.11 Add"
    JOINED = "CS14 alert of the hub with a link key for the device"
    COMMISSION_ANSWERED = "success response to 8.1.1 Commission Device"
    HUB_ANSWERED = "first authentic response of the hub"


class Basis(StrEnum):
    INFERRED = "inferred"
    SCHEMA_AND_INFERRED = "schema, and inferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """`before` None: the device was not in the inventory."""

    before: DeviceStatus | None
    after: DeviceStatus
    event: LifecycleEvent
    applies_to: tuple[DeviceType, ...]
    basis: Basis = Basis.INFERRED


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        before=None,
        after=DeviceStatus.PENDING,
        event=LifecycleEvent.PRE_NOTIFIED,
        applies_to=_ALL_WITH_STATUS,
        basis=Basis.SCHEMA_AND_INFERRED,
    ),
    Transition(
        before=DeviceStatus.PENDING,
        after=DeviceStatus.INSTALLED_NOT_COMMISSIONED,
        event=LifecycleEvent.WAN_CONTACT,
        applies_to=_HUB,
    ),
    Transition(
        before=DeviceStatus.INSTALLED_NOT_COMMISSIONED,
        after=DeviceStatus.COMMISSIONED,
        event=LifecycleEvent.HUB_ANSWERED,
        applies_to=_HUB,
    ),
    Transition(
        before=DeviceStatus.PENDING,
        after=DeviceStatus.WHITELISTED,
        event=LifecycleEvent.ADDED,
        applies_to=_JOINING,
    ),
    Transition(
        before=DeviceStatus.WHITELISTED,
        after=DeviceStatus.INSTALLED_NOT_COMMISSIONED,
        event=LifecycleEvent.JOINED,
        applies_to=_JOINING,
    ),
    Transition(
        before=DeviceStatus.INSTALLED_NOT_COMMISSIONED,
        after=DeviceStatus.COMMISSIONED,
        event=LifecycleEvent.COMMISSION_ANSWERED,
        applies_to=_METERS,
    ),
)


def status_after(
    event: LifecycleEvent, device_type: DeviceType, before: DeviceStatus | None
) -> DeviceStatus | None:
    """The status that the event leads to; None where it changes nothing."""
    for row in TRANSITIONS:
        if row.event is event and row.before is before and device_type in row.applies_to:
            return row.after
    return None
