"""The smart metering inventory: devices by identifier, moved along their lifecycle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from assay.dcc.inventory.device import Device, DeviceStatus, DeviceType, MeteringPoints
from assay.dcc.inventory.lifecycle import LifecycleEvent, status_after
from assay.gbcs.identifiers import Eui64


class DeviceKnownError(ValueError):
    """The identifier is in the inventory already."""


@dataclass(slots=True)
class Inventory:
    """`listeners` hear of every device that was entered or has changed, with its record."""

    listeners: list[Callable[[Device], None]] = field(default_factory=list)
    _devices: dict[Eui64, Device] = field(default_factory=dict, init=False)

    def find(self, device_id: Eui64) -> Device | None:
        return self._devices.get(device_id)

    def __getitem__(self, device_id: Eui64) -> Device:
        return self._devices[device_id]

    def __contains__(self, device_id: object) -> bool:
        return device_id in self._devices

    def __len__(self) -> int:
        return len(self._devices)

    @property
    def devices(self) -> tuple[Device, ...]:
        return tuple(self._devices.values())

    def enter(self, device: Device) -> None:
        """Put a record in as it is, replacing an older one of the same identifier."""
        if device.device_type is DeviceType.CHF and device.hub is None:
            device = replace(device, hub=device.device_id)
        self._devices[device.device_id] = device
        for listener in self.listeners:
            listener(device)

    def pre_notify(self, device: Device, at: datetime) -> None:
        """12.2: a CHF brings its gas proxy function along. DeviceKnownError if either is known."""
        for device_id in (device.device_id, device.gas_proxy):
            if device_id is not None and device_id in self._devices:
                raise DeviceKnownError(f"device {device_id} is in the inventory already")
        status = status_after(LifecycleEvent.PRE_NOTIFIED, device.device_type, None)
        self.enter(device if status is None else device.with_status(status, at))
        if device.device_type is DeviceType.CHF and device.gas_proxy is not None:
            proxy = replace(
                device,
                device_id=device.gas_proxy,
                device_type=DeviceType.GPF,
                hub=device.device_id,
                gas_proxy=None,
            )
            self.enter(proxy.with_status(DeviceStatus.PENDING, at))

    def happened(self, event: LifecycleEvent, device_id: Eui64, at: datetime) -> bool:
        """Move a device along; False where the event changes nothing for it."""
        device = self._devices.get(device_id)
        if device is None:
            return False
        status = status_after(event, device.device_type, device.status)
        if status is None:
            return False
        self.enter(device.with_status(status, at))
        return True

    def associate(self, device_id: Eui64, hub: Eui64, points: MeteringPoints | None) -> None:
        """Joined behind a hub; `points` None leaves the metering points as they were."""
        device = self._devices[device_id]
        self.enter(replace(device, hub=hub, points=device.points if points is None else points))

    def dissociate(self, device_id: Eui64) -> None:
        self.enter(replace(self._devices[device_id], hub=None))

    def behind(self, hub: Eui64) -> tuple[Device, ...]:
        """The hub itself and all that is joined to it."""
        return tuple(device for device in self._devices.values() if device.hub == hub)
