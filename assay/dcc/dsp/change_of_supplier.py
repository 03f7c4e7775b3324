"""Change of supplier: whom the change of supplier party signs for, and what the losing one loses.

The party trusts nobody's word: a 6.23 must name a number of the device, and its sender must be
the registered supplier for it when the credentials are to change. N26 tells who was refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from assay.dcc.dsp.alert_codes import CancellationCause
from assay.dcc.dsp.dates import due_at
from assay.dcc.dsp.estate import Estate
from assay.dcc.inventory import Device, DeviceType
from assay.dcc.registration import Registration, RegistrationChange
from assay.duis.catalogue import UserRole
from assay.duis.requests import Request, SignedPreCommand
from assay.duis.values import field
from assay.gbcs.identifiers import Eui64

VARIANT = "6.23"
_SUPPLIERS = (UserRole.IMPORT_SUPPLIER, UserRole.GAS_SUPPLIER)


def is_refused(estate: Estate, request: Request) -> bool:
    """Whether the change of supplier party signs nothing for this request; N26 is raised then.

    Of any other variant it is not asked.
    """
    device = estate.inventory.find(request.request_id.target)
    if request.srv != VARIANT or device is None:
        return False
    at = due_at(request, estate.now())
    problem = objection(request, device, estate.registration, at)
    if problem is None:
        return False
    estate.alerts.not_registered(request.request_id)
    estate.note(f"change of supplier refused: {problem}", device.device_id)
    return True


def objection(
    request: Request, device: Device, registration: Registration, at: datetime
) -> str | None:
    """Why the party does not sign; None where it does."""
    if isinstance(request.body, SignedPreCommand):
        return None
    mpxn = field(request.body, "ImportMPxN", str)
    party = request.request_id.originator
    if device.is_meter and mpxn not in device.points.numbers:
        return f"{mpxn} is none of the metering points of {device.device_id}"
    if any(registration.responsible(mpxn, role, at) == party for role in _SUPPLIERS):
        return None
    return f"{party} is not the registered supplier for {mpxn}"


def registration_changed(estate: Estate, change: RegistrationChange) -> None:
    """The losing supplier's schedules and dated requests go on the day of the change, whatever
    becomes of the credentials on the devices."""
    if not change.is_change_of_supplier or change.losing is None:
        return
    for device_id in _devices_at(estate, change.mpxn):
        estate.cancellation.cancel(
            CancellationCause.CHANGE_OF_SUPPLIER, device_id, change.losing.__eq__
        )


def _devices_at(estate: Estate, mpxn: str) -> Iterator[Eui64]:
    """The meters; a gas meter's readings are at its gas proxy function."""
    for meter in estate.inventory.at_number(mpxn):
        yield meter.device_id
        if meter.device_type is not DeviceType.GSME or meter.hub is None:
            continue
        for device in estate.inventory.behind(meter.hub):
            if device.device_type is DeviceType.GPF:
                yield device.device_id
