"""The service request variants: who may send what to which Device, and in which form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from assay.duis.catalogue_rows import ROWS, Row


class UserRole(StrEnum):
    """Who a DCC User is to a premises; the words of the service request matrix."""

    IMPORT_SUPPLIER = "IS"
    EXPORT_SUPPLIER = "ES"
    GAS_SUPPLIER = "GS"
    REGISTERED_SUPPLIER_AGENT = "RSA"
    ELECTRICITY_DISTRIBUTOR = "ED"
    GAS_TRANSPORTER = "GT"
    OTHER_USER = "OU"
    LOAD_CONTROLLER = "LC"
    """No column of the matrix; the schema's remote party role that originates 7.16."""


class Mode(StrEnum):
    """Modes of operation, as the service request matrix marks them."""

    ON_DEMAND = "on demand"
    FUTURE_DATED_DSP = "future dated (DSP)"
    FUTURE_DATED_DEVICE = "future dated (Device)"
    DSP_SCHEDULED = "scheduled (DSP)"
    DCC_ONLY = "DCC only"


class Grade(StrEnum):
    """How far a fact of the catalogue can be trusted."""

    PUBLISHED = "published"  # schema or published matrix
    OBSERVED = "observed"  # seen in public test data
    INFERRED = "inferred"  # concluded by rule, not checked against any text


@dataclass(frozen=True, slots=True)
class TargetDeviceType:
    name: str  # ESME, GSME, GPF, CHF, HCALCS, PPMID, SAPC
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestVariant:
    """One row of the catalogue. The content of `element` is in `schema.requests`.

    `command_variants` follow the rule of the schema's comment (non-device 8; non-critical
    1, 2, 3; critical 4 then 5, 6, 7); exceptions per variant are not published.
    """

    srv: str
    service_reference: str
    name: str
    critical: bool
    roles: frozenset[UserRole]
    modes: frozenset[Mode]
    command_variants: tuple[int, ...]
    command_variants_grade: Grade
    target_device_types: tuple[TargetDeviceType, ...]
    element: str
    use_cases: tuple[str, ...]  # codes of GBCS use cases
    response_element: str | None  # of the MMC output
    sensitive_response: bool | None  # observed in test data; None: no GBCS response
    notes: tuple[str, ...]

    @property
    def non_device(self) -> bool:
        """Answered by the DCC itself; the target is then the access control broker."""
        return Mode.DCC_ONLY in self.modes


def _command_variants(row: Row) -> tuple[int, ...]:
    if row.command_variants is not None:
        return row.command_variants
    if "dcc_only" in row.modes.split():
        return (8,)
    return (4, 5, 6, 7) if row.critical else (1, 2, 3)


def _target(word: str) -> TargetDeviceType:
    if word.startswith("+"):
        return TargetDeviceType(word[1:], Grade.INFERRED)
    return TargetDeviceType(word, Grade.OBSERVED)


def _response_element(row: Row) -> str | None:
    if "dcc_only" in row.modes.split():
        return None
    if row.response_element is None:
        return f"{row.element}Rsp"
    return row.response_element or None


def _variant(row: Row) -> ServiceRequestVariant:
    modes = frozenset(Mode[word.upper()] for word in row.modes.split())
    return ServiceRequestVariant(
        srv=row.srv,
        service_reference=".".join(row.srv.split(".")[:2]),
        name=row.name,
        critical=row.critical,
        roles=frozenset(UserRole(word) for word in row.roles.split()),
        modes=modes,
        command_variants=_command_variants(row),
        command_variants_grade=Grade.INFERRED,
        target_device_types=tuple(_target(word) for word in row.devices.split()),
        element=row.element,
        use_cases=tuple(row.use_cases.split()),
        response_element=_response_element(row),
        sensitive_response=None if Mode.DCC_ONLY in modes else row.sensitive_response,
        notes=row.notes,
    )


CATALOGUE: Mapping[str, ServiceRequestVariant] = MappingProxyType(
    {row.srv: _variant(row) for row in ROWS}
)
VARIANT_OF_ELEMENT: Mapping[str, ServiceRequestVariant] = MappingProxyType(
    {row.element: row for row in CATALOGUE.values()}
)
"""By request element: every element belongs to one variant."""
