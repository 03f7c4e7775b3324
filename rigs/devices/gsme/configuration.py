"""What a gas meter leaves the factory with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from assay.gbcs.identifiers import Eui64
from rigs.devices.firmware import VERIFIED_GBZ, FirmwareSettings
from rigs.devices.gsme.battery import BatteryModel

OCTETS_PER_BLOCK = 64
BLOCKS_PER_WAKE = 200
"""How much of an image it fetches before it sleeps again: this bench's choice (G-018)."""
"""Of an image on its way to the meter; this bench's choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GasMeterConfiguration:
    """`firmware_version` has four octets (GCS38). A wake every half hour: GBCS digest 10.2."""

    device_id: Eui64
    firmware_version: bytes = bytes.fromhex("00000001")
    manufacturer: str = "Assay"
    model: str = "Virtual gas meter"
    hardware_version: int = 1
    battery: BatteryModel = field(default_factory=BatteryModel)
    wake_interval: timedelta = timedelta(minutes=30)

    @property
    def firmware(self) -> FirmwareSettings:
        return FirmwareSettings(version=self.firmware_version, alert_message_code=VERIFIED_GBZ)

    def __post_init__(self) -> None:
        if len(self.firmware_version) != 4:
            raise ValueError(
                f"a firmware version has 4 octets, got {self.firmware_version.hex() or 'none'}"
            )
        if self.wake_interval <= timedelta(0):
            raise ValueError(f"a meter wakes after a while, got {self.wake_interval}")
