"""What a meter leaves the factory with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from assay.gbcs.identifiers import Eui64
from rigs.devices.esme.voltage_settings import VoltageSettings
from rigs.devices.firmware import FirmwareSettings
from rigs.devices.payment.open_questions import DEFAULTS, OpenQuestions
from rigs.devices.power import PowerInput
from rigs.premises_circuits import PHASES, Circuits


class MeterVariant(StrEnum):
    """The constant that nobody can write (E-034)."""

    SINGLE_ELEMENT = "A"
    TWIN_ELEMENT = "B"
    POLYPHASE = "C"

    @property
    def is_twin(self) -> bool:
        return self is MeterVariant.TWIN_ELEMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterConfiguration:
    """`firmware_version` has four octets (GBCS ECS52), `manufacturer` is three letters (the
    national vectors have them alone and with a blank), `model` has eight octets.

    The randomised offset number is drawn at manufacture, from the device's identifier where
    none is given. That the offset moves tariff switching is disputed (E-058, recalled).
    What the sources leave open about payment is answered in `payment_questions`.
    """

    device_id: Eui64
    variant: MeterVariant = MeterVariant.SINGLE_ELEMENT
    manufacturer: str = "ASY"
    model: bytes = b"Virtual1"
    firmware_version: bytes = bytes.fromhex("00000001")
    firmware_downtime: timedelta = timedelta(0)
    power_input: PowerInput = field(default_factory=PowerInput)
    voltage: VoltageSettings = field(default_factory=VoltageSettings)
    randomised_offset_number: int | None = None
    is_offset_applied_to_tariff: bool = False
    payment_questions: OpenQuestions = DEFAULTS

    @property
    def firmware(self) -> FirmwareSettings:
        """The time without metering while a new image starts is `firmware_downtime`."""
        return FirmwareSettings(version=self.firmware_version, downtime=self.firmware_downtime)

    def __post_init__(self) -> None:
        if len(self.firmware_version) != 4:
            raise ValueError(
                f"a firmware version has 4 octets, got {self.firmware_version.hex() or 'none'}"
            )
        if len(self.model) != 8 or len(self.manufacturer) != 3:
            raise ValueError(
                f"expected a model of 8 octets and a manufacturer of 3 letters, "
                f"got {self.model!r} and {self.manufacturer!r}"
            )


def check_circuits(variant: MeterVariant, circuits: Circuits) -> None:
    """
    Raises:
        ValueError: circuits that a meter of this variant cannot meter.
    """
    phases = PHASES if variant is MeterVariant.POLYPHASE else 1
    if len(circuits.phases) != phases or (circuits.secondary is not None) != variant.is_twin:
        second = "with" if variant.is_twin else "without"
        raise ValueError(
            f"variant {variant.value}: expected {phases} phase(s) {second} a second element, got "
            f"{len(circuits.phases)} phase(s), second element: {circuits.secondary is not None}"
        )
