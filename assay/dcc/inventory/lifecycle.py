"""Which event takes a device from which status to which: the table, and looking it up.

Statuses are the schema's. The transitions are inferred from the concepts of the SEC's
enrolment and decommissioning procedures and were not checked against their text, unless a
basis is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from assay.dcc.inventory.device import DeviceStatus, DeviceType

_METERS = (DeviceType.ESME, DeviceType.GSME)
_BEHIND_A_METER = (DeviceType.HCALCS, DeviceType.PPMID)
_JOINING = (*_METERS, *_BEHIND_A_METER)
_HUB = (DeviceType.CHF, DeviceType.GPF)
_ALL_WITH_STATUS = (*_JOINING, *_HUB)
_HAS_CREDENTIALS = (*_METERS, DeviceType.GPF)
_EVERY_STATUS = tuple(DeviceStatus)


class LifecycleEvent(StrEnum):
    PRE_NOTIFIED = "12.2 Device Pre-notification"
    WAN_CONTACT = "first contact of the hub over the SM WAN"
    HUB_INSTALLED = "8.14.1 Communications Hub Status Update - Install Success"
    ADDED = "success response to 8.11 Add"
    JOINED = "CS14 alert of the hub with a link key for the device"
    COMMISSION_ANSWERED = "success response to 8.1.1 Commission Device"
    JOIN_ANSWERED = "success response to 8.7.x with a commissioned meter or gas proxy function"
    HUB_ANSWERED = "first authentic response of the hub"
    PRODUCT_LAPSED = "entry of the model on the Central Products List gone, or certificate expired"
    PRODUCT_RESTORED = "entry of the model, or of new firmware, on the Central Products List"
    RECOVERY_STARTED = "SMKI recovery started"
    BROKER_CREDENTIALS_PLACED = "affected credentials replaced by those of the broker"
    OWN_CREDENTIALS_PLACED = "credentials of the broker replaced by the party's own"
    DECOMMISSIONED = "8.3 Decommission Device"
    OPTED_OUT = "success response to 8.5 Service Opt Out"
    OPTED_IN = "8.6 Service Opt In"
    SET_PENDING = "8.4 Update Inventory: Pending"
    SET_INSTALLED = "8.4 Update Inventory: InstalledNotCommissioned"
    SET_COMMISSIONED = "8.4 Update Inventory: Commissioned"
    SET_WITHDRAWN = "8.4 Update Inventory: Withdrawn"
    DELETED = "8.4 Update Inventory: DeleteDevice"
    PENDING_TOO_LONG = "removal of a device that was pre-notified for over a year"


class Basis(StrEnum):
    INFERRED = "inferred"
    SCHEMA_AND_INFERRED = "schema, and inferred"
    SCHEMA = "schema"
    MATRIX_AND_INFERRED = "service request matrix, and inferred"


class Aftermath(Enum):
    """Where a transition leads that names no status."""

    PREVIOUS = "the status before this one"
    GONE = "out of the inventory"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """`before` None: the device was not in the inventory."""

    before: tuple[DeviceStatus | None, ...]
    after: DeviceStatus | Aftermath
    event: LifecycleEvent
    applies_to: tuple[DeviceType, ...]
    basis: Basis = Basis.INFERRED


def _all_but(*statuses: DeviceStatus) -> tuple[DeviceStatus, ...]:
    return tuple(status for status in _EVERY_STATUS if status not in statuses)


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        before=(None,),
        after=DeviceStatus.PENDING,
        event=LifecycleEvent.PRE_NOTIFIED,
        applies_to=_ALL_WITH_STATUS,
        basis=Basis.SCHEMA_AND_INFERRED,
    ),
    Transition(
        before=(DeviceStatus.PENDING,),
        after=DeviceStatus.INSTALLED_NOT_COMMISSIONED,
        event=LifecycleEvent.WAN_CONTACT,
        applies_to=_HUB,
    ),
    Transition(
        before=(DeviceStatus.PENDING,),
        after=DeviceStatus.INSTALLED_NOT_COMMISSIONED,
        event=LifecycleEvent.HUB_INSTALLED,
        applies_to=_HUB,
    ),
    Transition(
        before=(DeviceStatus.INSTALLED_NOT_COMMISSIONED,),
        after=DeviceStatus.COMMISSIONED,
        event=LifecycleEvent.HUB_ANSWERED,
        applies_to=_HUB,
    ),
    Transition(
        before=(DeviceStatus.PENDING,),
        after=DeviceStatus.WHITELISTED,
        event=LifecycleEvent.ADDED,
        applies_to=_JOINING,
    ),
    Transition(
        before=(DeviceStatus.WHITELISTED,),
        after=DeviceStatus.INSTALLED_NOT_COMMISSIONED,
        event=LifecycleEvent.JOINED,
        applies_to=_JOINING,
    ),
    Transition(
        before=(DeviceStatus.INSTALLED_NOT_COMMISSIONED,),
        after=DeviceStatus.COMMISSIONED,
        event=LifecycleEvent.COMMISSION_ANSWERED,
        applies_to=_METERS,
    ),
    Transition(
        before=(DeviceStatus.INSTALLED_NOT_COMMISSIONED,),
        after=DeviceStatus.COMMISSIONED,
        event=LifecycleEvent.JOIN_ANSWERED,
        applies_to=_BEHIND_A_METER,
    ),
    Transition(
        before=(DeviceStatus.COMMISSIONED,),
        after=DeviceStatus.SUSPENDED,
        event=LifecycleEvent.PRODUCT_LAPSED,
        applies_to=_ALL_WITH_STATUS,
    ),
    Transition(
        before=(DeviceStatus.SUSPENDED,),
        after=Aftermath.PREVIOUS,
        event=LifecycleEvent.PRODUCT_RESTORED,
        applies_to=_ALL_WITH_STATUS,
    ),
    Transition(
        before=(DeviceStatus.COMMISSIONED,),
        after=DeviceStatus.RECOVERY,
        event=LifecycleEvent.RECOVERY_STARTED,
        applies_to=_ALL_WITH_STATUS,
        basis=Basis.SCHEMA_AND_INFERRED,
    ),
    Transition(
        before=(DeviceStatus.RECOVERY,),
        after=DeviceStatus.RECOVERED,
        event=LifecycleEvent.BROKER_CREDENTIALS_PLACED,
        applies_to=_ALL_WITH_STATUS,
        basis=Basis.SCHEMA_AND_INFERRED,
    ),
    Transition(
        before=(DeviceStatus.RECOVERED,),
        after=DeviceStatus.COMMISSIONED,
        event=LifecycleEvent.OWN_CREDENTIALS_PLACED,
        applies_to=_HAS_CREDENTIALS,
        basis=Basis.SCHEMA_AND_INFERRED,
    ),
    Transition(
        before=_all_but(DeviceStatus.DECOMMISSIONED),
        after=DeviceStatus.DECOMMISSIONED,
        event=LifecycleEvent.DECOMMISSIONED,
        applies_to=_ALL_WITH_STATUS,
        basis=Basis.MATRIX_AND_INFERRED,
    ),
    Transition(
        before=(DeviceStatus.COMMISSIONED,),
        after=DeviceStatus.WITHDRAWN,
        event=LifecycleEvent.OPTED_OUT,
        applies_to=_METERS,
        basis=Basis.SCHEMA_AND_INFERRED,
    ),
    Transition(
        before=(DeviceStatus.WITHDRAWN,),
        after=DeviceStatus.INSTALLED_NOT_COMMISSIONED,
        event=LifecycleEvent.OPTED_IN,
        applies_to=_METERS,
    ),
    Transition(
        before=(DeviceStatus.COMMISSIONED,),
        after=DeviceStatus.WITHDRAWN,
        event=LifecycleEvent.SET_WITHDRAWN,
        applies_to=_HUB,
        basis=Basis.SCHEMA_AND_INFERRED,
    ),
    Transition(
        before=_all_but(DeviceStatus.PENDING),
        after=DeviceStatus.PENDING,
        event=LifecycleEvent.SET_PENDING,
        applies_to=_JOINING,
        basis=Basis.SCHEMA,
    ),
    Transition(
        before=(DeviceStatus.PENDING, DeviceStatus.WHITELISTED),
        after=DeviceStatus.INSTALLED_NOT_COMMISSIONED,
        event=LifecycleEvent.SET_INSTALLED,
        applies_to=_JOINING,
        basis=Basis.SCHEMA_AND_INFERRED,
    ),
    Transition(
        before=(DeviceStatus.PENDING, DeviceStatus.WITHDRAWN),
        after=DeviceStatus.INSTALLED_NOT_COMMISSIONED,
        event=LifecycleEvent.SET_INSTALLED,
        applies_to=_HUB,
        basis=Basis.SCHEMA_AND_INFERRED,
    ),
    Transition(
        before=(DeviceStatus.INSTALLED_NOT_COMMISSIONED, DeviceStatus.WITHDRAWN),
        after=DeviceStatus.COMMISSIONED,
        event=LifecycleEvent.SET_COMMISSIONED,
        applies_to=_HUB,
        basis=Basis.SCHEMA_AND_INFERRED,
    ),
    Transition(
        before=(DeviceStatus.PENDING,),
        after=Aftermath.GONE,
        event=LifecycleEvent.DELETED,
        applies_to=_ALL_WITH_STATUS,
        basis=Basis.SCHEMA_AND_INFERRED,
    ),
    Transition(
        before=(DeviceStatus.PENDING,),
        after=Aftermath.GONE,
        event=LifecycleEvent.PENDING_TOO_LONG,
        applies_to=_ALL_WITH_STATUS,
        basis=Basis.SCHEMA_AND_INFERRED,
    ),
)

_Key = tuple[LifecycleEvent, DeviceType, DeviceStatus | None]
_BY_EVENT: Mapping[_Key, DeviceStatus | Aftermath] = {
    (row.event, device_type, before): row.after
    for row in TRANSITIONS
    for device_type in row.applies_to
    for before in row.before
}


def after(
    event: LifecycleEvent, device_type: DeviceType, before: DeviceStatus | None
) -> DeviceStatus | Aftermath | None:
    """Where the event leads; None where it changes nothing."""
    return _BY_EVENT.get((event, device_type, before))
