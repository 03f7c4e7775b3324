"""One device as the inventory knows it: identity, status with its history, association."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from assay.dcc.inventory.duties import Duty
from assay.gbcs.identifiers import Eui64


class DeviceType(StrEnum):
    ESME = "ESME"
    GSME = "GSME"
    GPF = "GPF"
    CHF = "CHF"
    HCALCS = "HCALCS"
    PPMID = "PPMID"
    IHD = "IHD"
    CAD = "CAD"

    @property
    def has_status(self) -> bool:
        """Type 2 devices have neither status nor firmware version (SEC, inventory)."""
        return self not in (DeviceType.IHD, DeviceType.CAD)


class DeviceStatus(StrEnum):
    """SMI statuses of the schema."""

    PENDING = "Pending"
    WHITELISTED = "Whitelisted"
    INSTALLED_NOT_COMMISSIONED = "InstalledNotCommissioned"
    COMMISSIONED = "Commissioned"
    DECOMMISSIONED = "Decommissioned"
    WITHDRAWN = "Withdrawn"
    SUSPENDED = "Suspended"
    RECOVERY = "Recovery"
    RECOVERED = "Recovered"


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """A status, and when it began to apply."""

    status: DeviceStatus
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MeteringPoints:
    """Numbers of a meter's metering points; `imports` is MPAN or MPRN (ImportMPxN)."""

    imports: str | None = None
    secondary_import: str | None = None
    exports: str | None = None

    @property
    def numbers(self) -> tuple[str, ...]:
        known = (self.imports, self.secondary_import, self.exports)
        return tuple(number for number in known if number is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """Where a device is, as 8.2 may ask for it."""

    uprn: int | None = None
    post_code: str | None = None
    address_identifier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HubLog:
    """The newest backup of a hub's or a gas proxy function's device log that the DCC holds.

    `entries`: device and hash of its link key for a hub; device and type for a gas proxy
    function. `network` is the Extended PAN id of the hub's HAN.
    """

    taken_at: datetime
    network: bytes = b""
    keys: tuple[tuple[Eui64, bytes], ...] = ()
    types: tuple[tuple[Eui64, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """`hub` is the CHF that it is joined to (its own id for a CHF); `history` runs to now.

    `notified_by` is the user whose 12.2 made it known. `joined_with` are the devices that its
    own device log names (8.7.x). `duty` is what is still owed after commissioning.
    """

    device_id: Eui64
    device_type: DeviceType
    manufacturer: str
    model: str
    smets_chts_version: str | None = None
    firmware_version: str | None = None
    esme_variant: str | None = None
    gbcs_version: str | None = None
    history: tuple[StatusEntry, ...] = ()
    points: MeteringPoints = MeteringPoints()
    place: Property = Property()
    hub: Eui64 | None = None
    gas_proxy: Eui64 | None = None
    notified_by: Eui64 | None = None
    csp_region: str | None = None
    han_variant: str | None = None
    connectivity: str | None = None
    joined_with: frozenset[Eui64] = frozenset()
    log: HubLog | None = None
    duty: Duty | None = None

    @property
    def status(self) -> DeviceStatus | None:
        return self.history[-1].status if self.history else None

    @property
    def status_since(self) -> datetime | None:
        return self.history[-1].since if self.history else None

    @property
    def previous_status(self) -> DeviceStatus | None:
        return self.history[-2].status if len(self.history) > 1 else None

    @property
    def commissioned_on(self) -> datetime | None:
        """When it was last commissioned."""
        times = [e.since for e in self.history if e.status is DeviceStatus.COMMISSIONED]
        return times[-1] if times else None

    @property
    def is_meter(self) -> bool:
        return self.device_type in (DeviceType.ESME, DeviceType.GSME)

    def with_status(self, status: DeviceStatus, since: datetime) -> Device:
        return replace(self, history=(*self.history, StatusEntry(status, since)))
