"""The smart metering inventory: devices by identifier, moved along their lifecycle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from assay.dcc.inventory.device import Device, DeviceStatus, DeviceType, MeteringPoints
from assay.dcc.inventory.duties import Duty
from assay.dcc.inventory.form import DEVICES, NUMBERS, By, device_key
from assay.dcc.inventory.lifecycle import Aftermath, LifecycleEvent, after
from assay.dcc.store import Book, MemoryStore
from assay.gbcs.identifiers import Eui64


class DeviceKnownError(ValueError):
    """The identifier is in the inventory already."""


_OWES_NOTHING = (DeviceStatus.PENDING, DeviceStatus.DECOMMISSIONED, DeviceStatus.WITHDRAWN)


def _in_memory() -> Book[Device]:
    return MemoryStore().book(DEVICES)


@dataclass(slots=True)
class Inventory:
    """`listeners` hear of every device that was entered or has changed, with its record;
    `removal_listeners` of every one that has gone, with its last record."""

    listeners: list[Callable[[Device], None]] = field(default_factory=list)
    removal_listeners: list[Callable[[Device], None]] = field(default_factory=list)
    book: Book[Device] = field(default_factory=_in_memory)

    def find(self, device_id: Eui64) -> Device | None:
        return self.book.get(device_key(device_id))

    def __getitem__(self, device_id: Eui64) -> Device:
        device = self.find(device_id)
        if device is None:
            raise KeyError(device_id)
        return device

    def __contains__(self, device_id: object) -> bool:
        return isinstance(device_id, bytes) and device_key(device_id) in self.book

    def __len__(self) -> int:
        return len(self.book)

    @property
    def devices(self) -> tuple[Device, ...]:
        """All of them, oldest first: for reports, not for requests."""
        return tuple(self.book.find())

    def by(self, name: By, key: str) -> tuple[Device, ...]:
        """The devices under a name, as quickly in a large inventory as in a small one."""
        return tuple(self.book.find(**{name.value: key}))

    def count(self, name: By, key: str) -> int:
        return self.book.count(**{name.value: key})

    def at_number(self, mpxn: str) -> tuple[Device, ...]:
        """The devices with this MPAN or MPRN, import, secondary or export."""
        found = {device.device_id: device for name in NUMBERS for device in self.by(name, mpxn)}
        return tuple(found.values())

    def behind(self, hub: Eui64) -> tuple[Device, ...]:
        """The hub itself and all that is joined to it."""
        return self.by(By.HUB, device_key(hub))

    def enter(self, device: Device) -> None:
        """Put a record in as it is, replacing an older one of the same identifier."""
        if device.device_type is DeviceType.CHF and device.hub is None:
            device = replace(device, hub=device.device_id)
        self.book.put(device)
        for listener in self.listeners:
            listener(device)

    def remove(self, device_id: Eui64) -> Device:
        """Take a record out; its last state. KeyError for an unknown device."""
        device = self[device_id]
        self.book.remove(device_key(device_id))
        for listener in self.removal_listeners:
            listener(device)
        return device

    def pre_notify(self, device: Device, at: datetime) -> None:
        """12.2: a CHF brings its gas proxy function along. DeviceKnownError if either is known."""
        for device_id in (device.device_id, device.gas_proxy):
            if device_id is not None and device_id in self:
                raise DeviceKnownError(f"device {device_id} is in the inventory already")
        status = after(LifecycleEvent.PRE_NOTIFIED, device.device_type, None)
        is_known = isinstance(status, DeviceStatus)
        self.enter(device.with_status(DeviceStatus.PENDING, at) if is_known else device)
        if device.device_type is DeviceType.CHF and device.gas_proxy is not None:
            proxy = replace(
                device,
                device_id=device.gas_proxy,
                device_type=DeviceType.GPF,
                hub=device.device_id,
                gas_proxy=None,
            )
            self.enter(proxy.with_status(DeviceStatus.PENDING, at))

    def may_happen(self, event: LifecycleEvent, device_id: Eui64) -> bool:
        """Whether the event would change the device's status."""
        device = self.find(device_id)
        return device is not None and after(event, device.device_type, device.status) is not None

    def happened(self, event: LifecycleEvent, device_id: Eui64, at: datetime) -> bool:
        """Move a device along; False where the event changes nothing for it."""
        device = self.find(device_id)
        if device is None:
            return False
        step = after(event, device.device_type, device.status)
        if step is Aftermath.GONE:
            self.remove(device_id)
            return True
        status = device.previous_status if step is Aftermath.PREVIOUS else step
        if not isinstance(status, DeviceStatus):
            return False
        moved = device.with_status(status, at)
        if status is DeviceStatus.COMMISSIONED and step is not Aftermath.PREVIOUS:
            moved = replace(moved, duty=Duty.of(device.device_type, at))
        elif status in _OWES_NOTHING:
            moved = replace(moved, duty=None)
        self.enter(moved)
        return True

    def associate(self, device_id: Eui64, hub: Eui64, points: MeteringPoints | None) -> None:
        """Joined behind a hub; `points` None leaves the metering points as they were."""
        device = self[device_id]
        self.enter(replace(device, hub=hub, points=device.points if points is None else points))

    def dissociate(self, device_id: Eui64) -> None:
        self.enter(replace(self[device_id], hub=None))

    def joined(self, device_id: Eui64, other: Eui64) -> None:
        """8.7.x: the device's own log names the other now."""
        device = self[device_id]
        self.enter(replace(device, joined_with=device.joined_with | {other}))

    def unjoined(self, device_id: Eui64, other: Eui64) -> None:
        device = self[device_id]
        self.enter(replace(device, joined_with=device.joined_with - {other}))
