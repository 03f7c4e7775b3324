"""What a meter leaves the factory with."""

from __future__ import annotations

from dataclasses import dataclass, field

from assay.gbcs.identifiers import Eui64
from rigs.devices.esme.voltage_settings import VoltageSettings
from rigs.devices.power import PowerInput


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterConfiguration:
    """`firmware_version` has four octets (GBCS ECS52)."""

    device_id: Eui64
    firmware_version: bytes = bytes.fromhex("00000001")
    power_input: PowerInput = field(default_factory=PowerInput)
    voltage: VoltageSettings = field(default_factory=VoltageSettings)

    def __post_init__(self) -> None:
        if len(self.firmware_version) != 4:
            raise ValueError(
                f"a firmware version has 4 octets, got {self.firmware_version.hex() or 'none'}"
            )
