"""`bench.toml`, the laboratory's file: what stands on the bench and how far it may go."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    Field,
    StrictInt,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from assay.declarations.calibration import Calibration
from assay.declarations.instrument import VIRTUAL, Ceilings, Instrument, InstrumentKind
from assay.declarations.model import SECRET, Declaration, expected
from assay.declarations.references import Quantity, Text

EvidenceLevel = Literal["SIM", "EMU", "HIL", "DCC"]


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise expected("a time with its zone, such as 2026-01-05T00:00:00Z")
    return value.astimezone(UTC)


class Limits(Ceilings):
    """Ceilings of this bench, for every instrument of it; volts and hertz are not left open."""

    max_volts: Quantity
    max_hertz: Quantity


class Interlock(Declaration):
    """A contact that is closed while the bench may be live: a door, a cover, an emergency stop.

    It is an input of a relay or I/O board; while it is open, all outputs are off and none is
    switched on.
    """

    instrument: Text
    channel: Annotated[StrictInt, Field(ge=1)]
    poll_s: Quantity = Decimal("0.2")


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


__all__ = [
    "VIRTUAL",
    "Bench",
    "Calibration",
    "Ceilings",
    "Instrument",
    "InstrumentKind",
    "Interlock",
    "Limits",
]

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
    interlock: Interlock | None = None

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

    @field_validator("interlock")
    @classmethod
    def _interlock_is_read_by_a_board(
        cls, value: Interlock | None, info: ValidationInfo
    ) -> Interlock | None:
        instruments: dict[str, Instrument] | None = info.data.get("instruments")
        if value is None or instruments is None:
            return value
        boards = sorted(name for name, each in instruments.items() if each.kind == "relays")
        if value.instrument not in boards:
            raise expected(f"an instrument of kind relays, one of {boards}, to read the contact")
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
            if each.record is not None and each.record.is_overdue_on(day)
        )

    def ceilings_of(self, name: str) -> Ceilings:
        """What no stimulus of this instrument may exceed: the bench's ceilings and its own."""
        return self.limits.tighter(self.instruments[name].limits)

    def ceiling(self) -> tuple[Decimal, Decimal]:
        """Volts and hertz that no stimulus may exceed."""
        return self.limits.max_volts, self.limits.max_hertz
