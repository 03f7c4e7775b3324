"""Firmware images that come over the WAN, and what the hub does with them (C-009).

It looks at the header, no more: an image that is none, or for nobody of its network, is discarded,
and one for other hardware is not passed on. The rest is copied to the device, which judges it. How
long that takes is counted by the octet for a device that is awake, and by the wake for one that
sleeps; the figures are inferred. What cannot be delivered for a day has failed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, runtime_checkable

from assay.clock import Clock
from assay.gbcs import firmware_image
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.firmware_image import OtaFile
from assay.gbcs.identifiers import Eui64
from rigs.devices.alarm import Alarm
from rigs.devices.firmware import Firmware
from rigs.devices.network_access import NetworkAccess

OCTETS_PER_SECOND = 1_000
OCTETS_PER_WAKE = 40_000
WAKE_PERIOD = timedelta(minutes=30)
RETRY = timedelta(minutes=10)
PATIENCE = timedelta(hours=24)
_NO_VERSION = bytes(4)


class TransferResult(StrEnum):
    """As CCS08 names it."""

    SUCCESS = "success"
    DISCARDED = "imageDiscarded"
    WRONG_HARDWARE = "hardwareVersionMismatch"
    FAILED = "fileTransferFailure"


@runtime_checkable
class ImageTarget(Protocol):
    """A device that takes images."""

    @property
    def firmware(self) -> Firmware: ...

    @property
    def network(self) -> NetworkAccess: ...


@dataclass(slots=True)
class _Transfer:
    file: OtaFile
    octets: bytes
    give_up_at: datetime
    alarm: Alarm


Tell = Callable[[Eui64, bytes, TransferResult], None]
"""Device, firmware version (4 octets, zeros where there is none) and result."""


class ImageRelay:
    """`find` a device by its name, `is_listed` whether it is on the network, `is_sleeping` whether
    it has to be waited for, `is_up` whether the hub itself works.

    Hooks: `duration` of a transfer of so many octets, `retry`, `patience`.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        find: Callable[[Eui64], object | None],
        is_listed: Callable[[Eui64], bool],
        is_sleeping: Callable[[Eui64], bool],
        is_up: Callable[[], bool],
        tell: Tell,
    ) -> None:
        self._clock = clock
        self._find = find
        self._is_listed = is_listed
        self._is_sleeping = is_sleeping
        self._is_up = is_up
        self.tell = tell
        self._under_way: dict[Eui64, _Transfer] = {}
        self.duration: Callable[[int, bool], timedelta] = _duration
        self.retry = RETRY
        self.patience = PATIENCE

    @property
    def is_gas_image_under_way(self) -> bool:
        return any(self._is_sleeping(device_id) for device_id in self._under_way)

    def forget(self) -> None:
        """What is under way is lost, and nobody is told: what a sound hub never does."""
        for transfer in self._under_way.values():
            transfer.alarm.cancel()
        self._under_way.clear()

    def take(self, device_ids: Sequence[Eui64], octets: bytes) -> None:
        """One OTA file; each of these devices gets it, or a result says why not."""
        try:
            file = firmware_image.parse(octets)
        except RemoteGbcsError:
            for device_id in device_ids:
                self.tell(device_id, _NO_VERSION, TransferResult.DISCARDED)
            return
        for device_id in device_ids:
            self._start(device_id, file, octets)

    def _start(self, device_id: Eui64, file: OtaFile, octets: bytes) -> None:
        target, version = self._target(device_id), file.header.firmware_version
        if target is None:
            self.tell(device_id, version, TransferResult.DISCARDED)
            return
        hardware = target.firmware.settings.hardware_version
        if not file.header.minimum_hardware <= hardware <= file.header.maximum_hardware:
            self.tell(device_id, version, TransferResult.WRONG_HARDWARE)
            return
        self._drop(device_id)
        now = self._clock.now()
        transfer = _Transfer(
            file, octets, now + self.patience, Alarm(self._clock, lambda: self._finish(device_id))
        )
        self._under_way[device_id] = transfer
        transfer.alarm.set(now + self.duration(len(octets), self._is_sleeping(device_id)))

    def _target(self, device_id: Eui64) -> ImageTarget | None:
        device = self._find(device_id) if self._is_listed(device_id) else None
        return device if isinstance(device, ImageTarget) else None

    def _drop(self, device_id: Eui64) -> None:
        """A newer image takes the place of the one under way."""
        earlier = self._under_way.pop(device_id, None)
        if earlier is not None:
            earlier.alarm.cancel()
            self.tell(device_id, earlier.file.header.firmware_version, TransferResult.DISCARDED)

    def _finish(self, device_id: Eui64) -> None:
        transfer, target = self._under_way[device_id], self._target(device_id)
        version, now = transfer.file.header.firmware_version, self._clock.now()
        if target is not None and self._can_reach(device_id, target):
            del self._under_way[device_id]
            self.tell(device_id, version, TransferResult.SUCCESS)
            target.firmware.receive_image(transfer.octets)
        elif now >= transfer.give_up_at:
            del self._under_way[device_id]
            self.tell(device_id, version, TransferResult.FAILED)
        else:
            transfer.alarm.set(min(now + self.retry, transfer.give_up_at))

    def _can_reach(self, device_id: Eui64, target: ImageTarget) -> bool:
        """A device that sleeps has fetched it by now."""
        if not self._is_up():
            return False
        return self._is_sleeping(device_id) or (
            target.network.is_joined and target.network.can_send()
        )


def _duration(octets: int, is_sleeping: bool) -> timedelta:
    if is_sleeping:
        return -(-octets // OCTETS_PER_WAKE) * WAKE_PERIOD
    return timedelta(seconds=-(-octets // OCTETS_PER_SECOND))
