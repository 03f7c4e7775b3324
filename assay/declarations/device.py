"""`device.toml`, the manufacturer's file: what the subject under test is and claims to do."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictInt, StringConstraints, ValidationInfo, field_validator

from assay.declarations.model import Declaration, expected
from assay.declarations.references import DeviceId, Quantity, SecretReference, Text

# Types and variants are the enumerations DeviceType and ESMEVariant of the DUIS schema 5.4.
DeviceType = Literal["ESME", "GSME", "GPF", "CHF", "HCALCS", "PPMID", "IHD", "CAD"]

# fmt: off
ESME_VARIANTS: tuple[str, ...] = (
    "A", "B", "C", "AD", "BD", "CD", "ADE", "BDE", "CDE", "ADF", "BDF", "CDF", "ADEF", "BDEF",
    "CDEF", "ADG", "ADEG", "AF", "BF", "CF", "AEF", "BEF", "CEF", "AG", "AEG",
)
# fmt: on

# Lengths are those of the schema and of the Central Products List.
ListedName = Annotated[str, StringConstraints(min_length=1, max_length=30)]
ListedVersion = Annotated[str, StringConstraints(min_length=1, max_length=20)]
FunctionName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class Firmware(Declaration):
    """Version as listed, and SHA-256 of the manufacturer image in hex."""

    version: Annotated[str, StringConstraints(min_length=1, max_length=8)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9A-Fa-f]{64}$")]


class Versions(Declaration):
    """What the device is built to."""

    smets: ListedVersion
    gbcs: ListedVersion


class Metering(Declaration):
    """What an electricity meter is rated for: volts, hertz and amperes, MID class, test output."""

    accuracy_class: Literal["A", "B", "C"]
    reference_volts: Quantity
    reference_hertz: Quantity
    minimum_amps: Quantity
    transitional_amps: Quantity
    maximum_amps: Quantity
    pulses_per_kilowatt_hour: Annotated[StrictInt, Field(ge=1)]


class Device(Declaration):
    """The whole declaration. A function that it does not claim is NOT APPLICABLE, not a FAIL."""

    type: DeviceType
    variant: str | None = Field(default=None, validate_default=True)
    manufacturer: ListedName
    model: ListedName
    hardware_version: Text | None = None
    device_id: DeviceId
    firmware: Firmware
    versions: Versions
    metering: Metering | None = None
    optional_functions: tuple[FunctionName, ...] = ()
    install_code: SecretReference

    @field_validator("variant")
    @classmethod
    def _variant_belongs_to_an_electricity_meter(
        cls, value: str | None, info: ValidationInfo
    ) -> str | None:
        kind = info.data.get("type")
        if kind == "ESME" and value not in ESME_VARIANTS:
            raise expected(f"one of {', '.join(ESME_VARIANTS)} for an ESME")
        if kind not in ("ESME", None) and value is not None:
            raise expected(f"no variant for a {kind}")
        return value

    def claims(self, function: str) -> bool:
        return function in self.optional_functions
