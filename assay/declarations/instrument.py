"""One instrument of a bench file: what and where it is, how far it may go, who vouches for it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictInt, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from assay.declarations.calibration import Calibration
from assay.declarations.model import SECRET, Declaration, expected
from assay.declarations.references import Number, Quantity, Text

VIRTUAL = "virtual"
NOT_MEASURING = "none"

InstrumentKind = Literal[
    "ac_source",
    "dc_source",
    "load_bank",
    "reference_meter",
    "rf_attenuator",
    "radio",
    "sniffer",
    "relays",
    "pulse_counter",
    "tamper_actuator",
    "button_presser",
    "camera",
    "optical_reader",
    "meter_console",
    "climate_chamber",
    "gas_source",
    "battery_eliminator",
    "time_source",
    "operator",
]

# A reading of these stands for nothing that a certificate could vouch for.
_NOT_MEASURING: frozenset[str] = frozenset(
    {
        "radio",
        "sniffer",
        "relays",
        "tamper_actuator",
        "button_presser",
        "camera",
        "optical_reader",
        "meter_console",
        "battery_eliminator",
        "operator",
    }
)


def takes_measurements(kind: str) -> bool:
    """Whether an instrument of this kind needs a calibration record."""
    return kind not in _NOT_MEASURING


class Transport(Declaration):
    """How the line to the instrument is set; what is left out is the driver's own choice."""

    timeout_s: Quantity | None = None
    baud: Annotated[StrictInt, Field(gt=0)] | None = None
    data_bits: Literal[7, 8] | None = None
    parity: Literal["none", "even", "odd"] | None = None
    stop_bits: Literal[1, 2] | None = None
    termination: Literal["LF", "CR", "CRLF"] | None = None
    unit: Annotated[StrictInt, Field(ge=0, le=255)] | None = None  # Modbus unit, GEN or chamber no.
    echo: bool | None = None  # an optical head that hears itself


class Ceilings(Declaration):
    """What a stimulus may not exceed; refused before anything is sent."""

    max_volts: Quantity | None = None
    max_hertz: Quantity | None = None
    max_amps: Quantity | None = None
    max_watts: Quantity | None = None
    max_celsius: Number | None = None
    min_celsius: Number | None = None
    max_decibels: Quantity | None = None

    def tighter(self, other: Ceilings) -> Ceilings:
        """Each ceiling the lower, each floor the higher of both."""
        both: dict[str, Decimal] = {}
        for name in Ceilings.model_fields:
            said = [v for v in (getattr(self, name), getattr(other, name)) if v is not None]
            if said:
                both[name] = max(said) if name.startswith("min") else min(said)
        return Ceilings(**both)


def _virtual_or_table(value: Any) -> Any:
    if value == VIRTUAL:
        return None
    if value != NOT_MEASURING and not isinstance(value, dict):
        raise expected(f'"{VIRTUAL}", "{NOT_MEASURING}" or a table with due and certificate')
    return value


class Instrument(Declaration):
    """One instrument; `address` is the driver's resource name, or "virtual".

    `calibration` is a record, "virtual" for an instrument that is, or "none" for one that takes
    no measurement; both of these are None here. `options` are the driver's own.
    """

    kind: InstrumentKind
    driver: Text
    model: Text
    address: Text
    serial: Text
    calibration: Annotated[Calibration | Literal["none"] | None, BeforeValidator(_virtual_or_table)]
    transport: Transport = Transport()
    limits: Ceilings = Ceilings()
    options: dict[str, str | bool | int | float] = Field(default_factory=dict)

    @property
    def is_virtual(self) -> bool:
        return self.address == VIRTUAL

    @property
    def record(self) -> Calibration | None:
        """The calibration record, where there is one."""
        return self.calibration if isinstance(self.calibration, Calibration) else None

    @field_validator("address")
    @classmethod
    def _no_secret_in_an_address(cls, value: str) -> str:
        if "@" in value:
            raise PydanticCustomError(SECRET, "an address without user name and password")
        return value

    @field_validator("calibration")
    @classmethod
    def _real_instruments_are_calibrated(
        cls, value: Calibration | Literal["none"] | None, info: ValidationInfo
    ) -> Calibration | Literal["none"] | None:
        if value is None and info.data.get("address") not in (VIRTUAL, None):
            raise expected("a table with due and certificate, for an instrument with an address")
        kind = info.data.get("kind")
        if value == NOT_MEASURING and kind is not None and takes_measurements(kind):
            raise expected(f"a table with due and certificate: a {kind} takes measurements")
        return value
