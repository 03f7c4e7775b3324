"""What an instrument says of itself, and one measurement with what it can be traced to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Maker, model, serial number and firmware as the instrument states them (*IDN?)."""

    maker: str
    model: str
    serial: str
    firmware: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Traceability:
    """What a measurement rests on: the range it was taken in, and its certificate.

    `uncertainty` is expanded (k = 2), in the unit of the reading.
    """

    range: str
    uncertainty: Decimal
    certificate: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One measurement with where and when it was taken; no traceability on a virtual bench."""

    quantity: str
    value: Decimal
    unit: str
    at: datetime
    instrument: Identity
    traceability: Traceability | None = None
