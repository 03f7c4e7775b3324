"""What a reading of an instrument may rest on: certificates, ranges, days, uncertainties.

ISO/IEC 17025 wants each measurement traced to its instrument, range, certificate and
uncertainty, and none taken with a calibration that is overdue.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from assay.declarations.model import Declaration, expected
from assay.declarations.references import Number, Text


def _is_no_less_than_nothing(value: Decimal) -> Decimal:
    if value < 0:
        raise expected("0 or more")
    return value


Uncertainty = Annotated[Number, AfterValidator(_is_no_less_than_nothing)]


class Range(Declaration):
    """One calibrated range of one quantity; what it does not say holds for the whole instrument.

    Expanded uncertainty (k = 2) is `uncertainty` in the range's unit and `percent` of the
    reading beside it.
    """

    quantity: Text
    unit: Text
    from_: Annotated[Number, Field(alias="from")]
    to: Number
    percent: Uncertainty = Decimal(0)
    uncertainty: Annotated[Uncertainty, Field(validate_default=True)] = Decimal(0)
    due: date | None = None
    certificate: Text | None = None
    laboratory: Text | None = None

    @field_validator("to")
    @classmethod
    def _has_an_extent(cls, value: Decimal, info: ValidationInfo) -> Decimal:
        start = info.data.get("from_")
        if start is not None and value <= start:
            raise expected(f"more than its start, {start}")
        return value

    @field_validator("uncertainty")
    @classmethod
    def _nothing_is_exact(cls, value: Decimal, info: ValidationInfo) -> Decimal:
        if not value and not info.data.get("percent"):
            raise expected("an uncertainty above 0, in the range's unit or in percent")
        return value

    def covers(self, quantity: str, unit: str, value: Decimal) -> bool:
        return (quantity, unit) == (self.quantity, self.unit) and self.from_ <= value <= self.to

    def expanded_uncertainty(self, value: Decimal) -> Decimal:
        """Of a reading in this range, in its unit (k = 2)."""
        return self.uncertainty + abs(value) * self.percent / 100

    @property
    def words(self) -> str:
        return f"{self.quantity} {self.from_} to {self.to} {self.unit}"


class Calibration(Declaration):
    """The last day on which readings may be used, and the certificate that says so.

    A record without ranges speaks for the whole instrument, but states no uncertainty.
    """

    due: date
    certificate: Text
    laboratory: Text | None = None
    ranges: tuple[Range, ...] = ()

    def due_of(self, part: Range) -> date:
        return part.due or self.due

    def certificate_of(self, part: Range) -> str:
        """With the laboratory that issued it, where the record says which."""
        laboratory = part.laboratory or self.laboratory
        certificate = part.certificate or self.certificate
        return certificate if laboratory is None else f"{certificate} ({laboratory})"

    def is_overdue_on(self, day: date) -> bool:
        """Whether no reading may be used: of several ranges, each has its own day."""
        if not self.ranges:
            return self.due < day
        return all(self.due_of(part) < day for part in self.ranges)
