"""`bench.toml`, the laboratory's file: what stands on the bench and how far it may go."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StrictInt,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from assay.declarations.model import SECRET, Declaration, expected
from assay.declarations.references import Quantity, Text

VIRTUAL = "virtual"

EvidenceLevel = Literal["SIM", "EMU", "HIL", "DCC"]

InstrumentKind = Literal[
    "ac_source",
    "load_bank",
    "reference_meter",
    "rf_attenuator",
    "radio",
    "sniffer",
    "tamper_actuator",
    "button_presser",
    "camera",
    "optical_reader",
    "climate_chamber",
    "gas_source",
    "battery_eliminator",
]


def _virtual_or_table(value: Any) -> Any:
    if value == VIRTUAL:
        return None
    if not isinstance(value, dict):
        raise expected('"virtual" or a table with due and certificate')
    return value


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise expected("a time with its zone, such as 2026-01-05T00:00:00Z")
    return value.astimezone(UTC)


class Calibration(Declaration):
    """The last day on which readings may be used, and the certificate that says so."""

    due: date
    certificate: Text


class Instrument(Declaration):
    """One instrument; `address` is the driver's resource name, or "virtual"."""

    kind: InstrumentKind
    driver: Text
    model: Text
    address: Text
    serial: Text
    calibration: Annotated[Calibration | None, BeforeValidator(_virtual_or_table)]

    @property
    def is_virtual(self) -> bool:
        return self.address == VIRTUAL

    @field_validator("calibration")
    @classmethod
    def _real_instruments_are_calibrated(
        cls, value: Calibration | None, info: ValidationInfo
    ) -> Calibration | None:
        if value is None and info.data.get("address") not in (VIRTUAL, None):
            raise expected("a table with due and certificate, for an instrument with an address")
        return value


class Limits(Declaration):
    """Ceilings of this bench; a stimulus above them is refused before anything is sent."""

    max_volts: Quantity
    max_hertz: Quantity


class ClockSetting(Declaration):
    """Simulated time that starts at `start` (UTC), or wall time."""

    kind: Literal["simulated", "wall"]
    start: Annotated[datetime, AfterValidator(_in_utc)] | None = Field(
        default=None, validate_default=True
    )

    @field_validator("start")
    @classmethod
    def _start_belongs_to_simulated_time(
        cls, value: datetime | None, info: ValidationInfo
    ) -> datetime | None:
        kind = info.data.get("kind")
        if kind == "simulated" and value is None:
            raise expected("a time at which the simulated clock starts")
        if kind == "wall" and value is not None:
            raise expected("no start with a wall clock")
        return value


class Hub(Declaration):
    """The communications hub of the premises."""

    variant: Literal["single_band", "dual_band"]
    address: Text = VIRTUAL


class DccSetting(Declaration):
    """The embedded reference DCC, or the endpoint of a DCC test environment."""

    kind: Literal["embedded", "external"]
    endpoint: Text | None = Field(default=None, validate_default=True)

    @field_validator("endpoint")
    @classmethod
    def _endpoint_belongs_to_an_external_dcc(
        cls, value: str | None, info: ValidationInfo
    ) -> str | None:
        kind = info.data.get("kind")
        if value is not None and "@" in value:  # a password in an address would be a secret
            raise PydanticCustomError(SECRET, "an address without user name and password")
        if kind == "external" and (value is None or not value.startswith("https://")):
            raise expected("an https:// address of the external DCC")
        if kind == "embedded" and value is not None:
            raise expected("no endpoint with the embedded DCC")
        return value


# What a bench may not be made of if its evidence is to be worth the level it claims.
_ON_HARDWARE: frozenset[str] = frozenset({"HIL", "DCC"})


class Bench(Declaration):
    """The whole bench. Instruments are named by what they are to the bench, as `supply`."""

    name: Text
    evidence_level: EvidenceLevel
    seed: Annotated[StrictInt, Field(ge=0)] = 1
    limits: Limits
    clock: ClockSetting
    hub: Hub
    dcc: DccSetting
    instruments: dict[str, Instrument]

    @field_validator("clock")
    @classmethod
    def _hardware_needs_wall_time(cls, value: ClockSetting, info: ValidationInfo) -> ClockSetting:
        level = info.data.get("evidence_level")
        if level in _ON_HARDWARE and value.kind != "wall":
            raise expected(f'kind = "wall" on evidence level {level}')
        return value

    @field_validator("dcc")
    @classmethod
    def _dcc_level_needs_a_dcc(cls, value: DccSetting, info: ValidationInfo) -> DccSetting:
        if info.data.get("evidence_level") == "DCC" and value.kind != "external":
            raise expected('kind = "external" on evidence level DCC')
        return value

    @field_validator("instruments")
    @classmethod
    def _hardware_levels_use_hardware(
        cls, value: dict[str, Instrument], info: ValidationInfo
    ) -> dict[str, Instrument]:
        level = info.data.get("evidence_level")
        pretended = sorted(name for name, each in value.items() if each.is_virtual)
        if level in _ON_HARDWARE and pretended:
            raise expected(
                f"no virtual instrument on evidence level {level}; virtual are {pretended}"
            )
        return value

    @property
    def is_virtual(self) -> bool:
        """Whether nothing of it stands anywhere, so that there may be several of it at once."""
        is_inside = self.hub.address == VIRTUAL and self.dcc.kind == "embedded"
        return is_inside and all(each.is_virtual for each in self.instruments.values())

    def overdue_on(self, day: date) -> list[str]:
        """Names of the instruments whose readings must not be used on this day."""
        return sorted(
            name
            for name, each in self.instruments.items()
            if each.calibration is not None and each.calibration.due < day
        )

    def ceiling(self) -> tuple[Decimal, Decimal]:
        """Volts and hertz that no stimulus may exceed."""
        return self.limits.max_volts, self.limits.max_hertz
