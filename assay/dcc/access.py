"""Who may ask for what: pure questions on tables, asked by the checks of the DSP (duis.md 7).

Roles per variant are the service request matrix's. Responsibility, statuses and local
delivery rest on inferred rules, each marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from assay.dcc.inventory import Device, DeviceStatus, DeviceType
from assay.dcc.registration import Registration, User
from assay.duis.catalogue import CATALOGUE, UserRole
from assay.gbcs.identifiers import Eui64


class WebService(StrEnum):
    """The three services by their path below /api/v1 (duis.md 4)."""

    TRANSFORM = "serviceT"
    SEND_COMMAND = "serviceS"
    NON_DEVICE = "serviceD"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandVariant:
    """A row of the schema's comment on CommandVariant (duis.md 5.1)."""

    service: WebService
    signed: bool
    """The input is a Signed Pre-Command."""
    to_user: bool
    """A Command goes back to the user for local delivery."""
    to_wan: bool
    """A Command goes to the device over the SM WAN."""


COMMAND_VARIANTS: Mapping[int, CommandVariant] = {
    1: CommandVariant(service=WebService.SEND_COMMAND, signed=False, to_user=False, to_wan=True),
    2: CommandVariant(service=WebService.NON_DEVICE, signed=False, to_user=True, to_wan=False),
    3: CommandVariant(service=WebService.SEND_COMMAND, signed=False, to_user=True, to_wan=True),
    4: CommandVariant(service=WebService.TRANSFORM, signed=False, to_user=False, to_wan=False),
    5: CommandVariant(service=WebService.SEND_COMMAND, signed=True, to_user=False, to_wan=True),
    6: CommandVariant(service=WebService.NON_DEVICE, signed=True, to_user=True, to_wan=False),
    7: CommandVariant(service=WebService.SEND_COMMAND, signed=True, to_user=True, to_wan=True),
    8: CommandVariant(service=WebService.NON_DEVICE, signed=False, to_user=False, to_wan=False),
}
"""Variant 9 is internal to the DCC: a user may not send it."""

NO_LOCAL_DELIVERY = frozenset(("6.21", "6.23", "8.12.1", "8.12.2", "8.5", "9.1"))
"""Inferred: the book of 2015 counts such variants and does not list them."""

_INSTALLED = (DeviceStatus.INSTALLED_NOT_COMMISSIONED, DeviceStatus.COMMISSIONED)
_READABLE = frozenset(
    (*_INSTALLED, DeviceStatus.SUSPENDED, DeviceStatus.RECOVERY, DeviceStatus.RECOVERED)
)
_CREDENTIALS = frozenset((*_INSTALLED, DeviceStatus.RECOVERED))
_DEFAULT_STATUSES = frozenset((DeviceStatus.COMMISSIONED,))
_STATUSES: Mapping[str, frozenset[DeviceStatus]] = {
    # Credentials are put right while a device recovers, and before it is commissioned.
    **dict.fromkeys(("6.15.1", "6.21", "6.23"), _CREDENTIALS),
    "6.24.1": _READABLE,
    "8.1.1": frozenset((DeviceStatus.INSTALLED_NOT_COMMISSIONED,)),
    # A hub that nobody has heard of yet may be reached all the same.
    "8.11": frozenset((DeviceStatus.PENDING, *_INSTALLED)),
    # Two devices are made known to each other before either is commissioned, or after.
    **dict.fromkeys(("8.7.1", "8.7.2", "8.8.1", "8.8.2", "8.9"), frozenset(_INSTALLED)),
    **dict.fromkeys(("8.12.1", "8.12.2"), frozenset(_INSTALLED)),
    "11.2": _READABLE,
    # New firmware is what ends a suspension.
    "11.3": frozenset((DeviceStatus.COMMISSIONED, DeviceStatus.SUSPENDED)),
}
"""Statuses of the target that a variant allows (inferred)."""
_HUB_STATUSES = frozenset((DeviceStatus.PENDING, *_READABLE))
"""Of a hub, for reads: it has no commissioning request of its own (inferred)."""

ADDABLE_STATUSES = frozenset(
    (DeviceStatus.PENDING, DeviceStatus.WHITELISTED, *_INSTALLED, DeviceStatus.SUSPENDED)
)
"""Of the device that 8.11 adds to a hub (inferred)."""

KNOWN_ROLES: Mapping[DeviceType, frozenset[UserRole]] = {
    DeviceType.ESME: frozenset(
        (
            UserRole.IMPORT_SUPPLIER,
            UserRole.ELECTRICITY_DISTRIBUTOR,
            UserRole.LOAD_CONTROLLER,
        )
    ),
    DeviceType.GSME: frozenset((UserRole.GAS_SUPPLIER, UserRole.GAS_TRANSPORTER)),
    DeviceType.GPF: frozenset((UserRole.GAS_SUPPLIER, UserRole.GAS_TRANSPORTER)),
    DeviceType.HCALCS: frozenset((UserRole.IMPORT_SUPPLIER,)),
}
"""Whose credentials a device holds; for all others the broker relays (inferred)."""

DAY_OF_CHANGE_READS = frozenset(("4.6.1",))
"""What the losing supplier may still read of its own days; the day of change belongs to both
(second-hand notes on DUIS V5.3, section 3.8)."""

_UNREGISTERED = frozenset((UserRole.OTHER_USER, UserRole.LOAD_CONTROLLER))
"""No registration ties these roles to a device: consent is an other user's own affair, and a
load controller's credentials are on the device or the device refuses it (inferred)."""
_BESIDE_MATRIX: Mapping[str, frozenset[UserRole]] = {
    "7.16": frozenset((UserRole.LOAD_CONTROLLER,)),
}
"""The matrix opens 7.16 to nobody; public requests come from a load controller (inferred)."""


def eligible_roles(user: User, srv: str) -> frozenset[UserRole]:
    """The user's roles that the matrix opens the variant to, or the rule beside it."""
    return user.roles & (CATALOGUE[srv].roles | _BESIDE_MATRIX.get(srv, frozenset()))


def is_local_delivery_allowed(srv: str, status: DeviceStatus | None) -> bool:
    """Of a variant, to a device in this status (inferred)."""
    return srv not in NO_LOCAL_DELIVERY and status not in (
        DeviceStatus.DECOMMISSIONED,
        DeviceStatus.WITHDRAWN,
    )


def does_status_allow(srv: str, device: Device) -> bool:
    allowed = _STATUSES.get(srv, _DEFAULT_STATUSES)
    if device.device_type is DeviceType.CHF and not CATALOGUE[srv].critical:
        allowed |= _HUB_STATUSES
    return device.status is None or device.status in allowed


def responsible_roles(
    user: User,
    eligible: Iterable[UserRole],
    numbers: Iterable[str],
    registration: Registration,
    at: datetime,
) -> frozenset[UserRole]:
    """Of the eligible roles those in which the user is registered for one of the numbers."""
    registered: set[UserRole] = set(_UNREGISTERED)
    for mpxn in numbers:
        registered |= registration.roles_at(mpxn, user.eui, at)
    return frozenset(eligible) & registered


def former_roles(
    user: User,
    eligible: Iterable[UserRole],
    numbers: Iterable[str],
    registration: Registration,
    period: tuple[datetime, datetime],
) -> frozenset[UserRole]:
    """Of the eligible roles those in which the user was registered over the whole period, the
    day on which that ended included."""
    start, end = period
    wanted = frozenset(eligible)
    found = set()
    for mpxn in numbers:
        for role in wanted:
            for first, last in _registered_periods(registration, mpxn, role, user.eui):
                if first <= start and (last is None or end <= _end_of_day(last)):
                    found.add(role)
    return frozenset(found)


def _registered_periods(
    registration: Registration, mpxn: str, role: UserRole, party: Eui64
) -> Iterator[tuple[datetime, datetime | None]]:
    """From when to when the party was the one that counts: a later one takes its place."""
    points = sorted(
        (point for point in registration.points_at(mpxn) if point.role is role),
        key=lambda point: point.start,
    )
    for index, point in enumerate(points):
        ends = [end for end in (point.end, *(p.start for p in points[index + 1 :])) if end]
        if point.party == party:
            yield point.start, min(ends, default=None)


def _end_of_day(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def responsible_parties(
    numbers: Iterable[str],
    roles: Iterable[UserRole],
    registration: Registration,
    at: datetime,
) -> tuple[Eui64, ...]:
    """Who is registered for the numbers in these roles, each once."""
    found: dict[Eui64, None] = {}
    wanted = tuple(roles)
    for mpxn in numbers:
        for role in wanted:
            party = registration.responsible(mpxn, role, at)
            if party is not None:
                found[party] = None
    return tuple(found)


def is_known_party(device_type: DeviceType, roles: Iterable[UserRole]) -> bool:
    return not KNOWN_ROLES.get(device_type, frozenset()).isdisjoint(roles)
