"""Checks on right: service, variant, role, device, responsibility, status (duis.md 7, 7 to 13)."""

from __future__ import annotations

from datetime import datetime

from assay.dcc.access import (
    COMMAND_VARIANTS,
    DAY_OF_CHANGE_READS,
    does_status_allow,
    eligible_roles,
    former_roles,
    is_local_delivery_allowed,
    responsible_roles,
)
from assay.dcc.dsp.check import Basis, Check, Refusal
from assay.dcc.dsp.dates import due_at
from assay.dcc.dsp.examination import Examination
from assay.dcc.inventory import Device, MeteringPoints
from assay.dcc.inventory.queries import numbers_around
from assay.duis.catalogue import UserRole
from assay.duis.values import Content, field, find
from assay.gbcs.identifiers import Eui64


def _web_service(examination: Examination) -> Refusal | None:
    row = COMMAND_VARIANTS.get(examination.request.command_variant)
    if row is None or row.service is examination.service:
        return None
    return Refusal("E13", f"web service: expected {row.service}, seen {examination.service}")


def _command_variant(examination: Examination) -> Refusal | None:
    seen = examination.request.command_variant
    row = COMMAND_VARIANTS.get(seen)
    fitting = [
        number
        for number in examination.variant.command_variants
        if COMMAND_VARIANTS[number].signed is examination.is_signed
    ]
    if row is not None and seen in fitting:
        return None
    kind = "Signed Pre-Command" if examination.is_signed else "Service Request"
    return Refusal("E12", f"command variant of this {kind}: expected {fitting}, seen {seen}")


def _role(examination: Examination) -> Refusal | None:
    user, srv = examination.user, examination.received.srv
    opened = examination.books.settings.opened.get(srv, frozenset())
    examination.roles = eligible_roles(user, srv) | (user.roles & opened)
    if examination.roles:
        return None
    wanted = ", ".join(sorted(examination.variant.roles)) or "none"
    seen = ", ".join(sorted(examination.user.roles))
    return Refusal("E2", f"role for {examination.received.srv}: expected {wanted}, seen {seen}")


def _dcc_target(examination: Examination) -> Refusal | None:
    """A request to the DCC itself is addressed to the access control broker."""
    target, broker = examination.received.request_id.target, examination.books.broker.eui
    if not examination.is_non_device or target == broker:
        return None
    return Refusal("E48", f"target of a non-device request: expected {broker}, seen {target}")


def _device(examination: Examination) -> Refusal | None:
    if examination.is_non_device:
        return None
    device_id = examination.received.request_id.target
    examination.known_device = examination.books.inventory.find(device_id)
    if examination.known_device is not None:
        return None
    return Refusal("E19", f"device {device_id} is not in the inventory")


def _device_type(examination: Examination) -> Refusal | None:
    if examination.is_non_device:
        return None
    fitting = {row.name for row in examination.variant.target_device_types}
    seen = examination.device.device_type
    if seen.value in fitting:
        return None
    return Refusal("E11", f"device type: expected {' or '.join(sorted(fitting))}, seen {seen}")


def _responsibility(examination: Examination) -> Refusal | None:
    if examination.is_non_device:
        return None
    books, user = examination.books, examination.user
    numbers = metering_points(examination)
    if not numbers and examination.device.notified_by == user.eui:
        return None  # nobody is registered yet: it belongs to who made it known (inferred)
    responsible = responsible_roles(
        user,
        examination.roles,
        numbers,
        books.registration,
        due_at(examination.request, examination.at),
    )
    if not responsible and examination.received.srv in DAY_OF_CHANGE_READS:
        responsible = _former(examination, numbers)
    if not responsible:
        where = ", ".join(numbers) or "no metering point"
        return Refusal("E4", f"{user.eui} is not registered for {where}")
    examination.roles = responsible
    return None


def _former(examination: Examination, numbers: tuple[str, ...]) -> frozenset[UserRole]:
    """In which roles the user was responsible for all the days that it asks about."""
    start = find(examination.body, "ReadLogPeriod/StartDateTime", datetime)
    end = find(examination.body, "ReadLogPeriod/EndDateTime", datetime)
    if start is None or end is None:
        return frozenset()
    registration = examination.books.registration
    return former_roles(examination.user, examination.roles, numbers, registration, (start, end))


_REPLACED = {"8.12.1": "OldCHFID", "8.12.2": "OldGPFID"}
"""A new hub has no meter behind it yet: it belongs to the premises of the old one (inferred)."""


def metering_points(examination: Examination) -> tuple[str, ...]:
    """Those of the device; of anything but a meter also those behind its hub.

    For 8.11 also those of the device that joins: what the inventory holds for it, before what
    the request claims, so that nobody talks a meter out of another's registration (inferred).
    """
    inventory = examination.books.inventory
    numbers = numbers_around(inventory, examination.device)
    if examination.received.srv in _REPLACED:
        old = inventory.find(field(examination.body, _REPLACED[examination.received.srv], Eui64))
        return (*numbers, *(numbers_around(inventory, old) if old is not None else ()))
    if examination.received.srv != "8.11":
        return numbers
    joining = inventory.find(field(examination.body, "DeviceID", Eui64))
    if joining is not None and joining.points.numbers:
        return joining.points.numbers
    return (*claimed_points(examination.body).numbers, *numbers)


def claimed_points(body: Content) -> MeteringPoints:
    """The metering points that 8.11 names for the device that joins."""

    def number(name: str) -> str | None:
        return find(body, f"AddDeviceToCHFWhitelist/{name}", str)

    return MeteringPoints(
        imports=number("ImportMPxN"),
        secondary_import=number("SecondaryImportMPAN"),
        exports=number("ExportMPAN"),
    )


def _status(examination: Examination) -> Refusal | None:
    if examination.is_non_device or does_status_allow(examination.received.srv, examination.device):
        return None
    return Refusal("E5", f"status of {examination.device.device_id}: {_words(examination.device)}")


def _words(device: Device) -> str:
    return device.status.value if device.status is not None else "none"


def _local_delivery(examination: Examination) -> Refusal | None:
    row = COMMAND_VARIANTS[examination.request.command_variant]
    if not row.to_user:
        return None
    srv, status = examination.received.srv, examination.device.status
    if is_local_delivery_allowed(srv, status):
        return None
    return Refusal("E17", f"local delivery of {srv} to a device in status {status}")


ACCESS_CHECKS: tuple[Check, ...] = (
    Check(name="web service", codes=("E13",), basis=Basis.PUBLISHED, examine=_web_service),
    Check(name="command variant", codes=("E12",), basis=Basis.PUBLISHED, examine=_command_variant),
    Check(name="role", codes=("E2",), basis=Basis.PUBLISHED, examine=_role),
    Check(name="DCC as target", codes=("E48",), basis=Basis.INFERRED, examine=_dcc_target),
    Check(name="device", codes=("E19",), basis=Basis.PUBLISHED, examine=_device),
    Check(name="device type", codes=("E11",), basis=Basis.PUBLISHED, examine=_device_type),
    Check(name="local delivery", codes=("E17",), basis=Basis.PUBLISHED, examine=_local_delivery),
    Check(name="responsibility", codes=("E4",), basis=Basis.PUBLISHED, examine=_responsibility),
    Check(name="device status", codes=("E5",), basis=Basis.PUBLISHED, examine=_status),
)
