"""Firmware for many devices (11.1, 11.4): which of them it may go to, and why not the others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assay.dcc.dsp.answer import Answer, Handler, acknowledged
from assay.dcc.dsp.check import Refusal
from assay.dcc.dsp.examination import Examination
from assay.dcc.dsp.responsibility import is_responsible
from assay.dcc.inventory import Device, DeviceStatus, DeviceType
from assay.dcc.products import Product, ProductStatus
from assay.duis.responses import DccOnlyResponse
from assay.duis.values import Content, field
from assay.gbcs import firmware_image
from assay.gbcs.errors import RemoteGbcsError
from assay.gbcs.identifiers import Eui64


class Rejection(StrEnum):
    """Why a device gets no image; the values are the lists of the warning, in their order."""

    INVALID = "InvalidDeviceIDList"
    NOT_COMMISSIONED = "NotCommissionedDeviceIDList"
    NOT_APPLICABLE = "NotApplicableFirmwareDeviceIDList"
    IN_PROGRESS = "OtherRequestInProgressList"
    GBCS_VERSION = "InvalidGBCSVersionList"


_CODES: Mapping[Rejection, str] = {
    Rejection.INVALID: "E19",
    Rejection.NOT_COMMISSIONED: "E5",
    Rejection.NOT_APPLICABLE: "E11",
    Rejection.IN_PROGRESS: "E100",
    Rejection.GBCS_VERSION: "E48",
}
"""Of a request for which every device is rejected, by the first of them: the meanings of the
codes of 11.1 and 11.4 are not published, so generic ones of the same kind stand in (inferred)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Variant:
    element: str
    code: str
    device_types: frozenset[DeviceType]


_VARIANTS: Mapping[str, _Variant] = {
    "11.1": _Variant(
        element="DSPUpdateFirmwareWarning",
        code="W110101",
        device_types=frozenset((DeviceType.ESME, DeviceType.GSME, DeviceType.HCALCS)),
    ),
    "11.4": _Variant(
        element="DSPUpdatePPMIDFirmwareWarning",
        code="W110401",
        device_types=frozenset((DeviceType.PPMID,)),
    ),
}
"""Device types are inferred from the names of the two services."""
_UPDATABLE = (DeviceStatus.COMMISSIONED, DeviceStatus.SUSPENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sorted:
    accepted: tuple[Eui64, ...]
    rejected: Mapping[Rejection, tuple[Eui64, ...]]


def all_rejected(examination: Examination) -> Refusal | None:
    """Refused where no device is left."""
    devices = _sort(examination)
    examination.prepared = devices
    if devices.accepted:
        return None
    reason = next(one for one in Rejection if devices.rejected.get(one))
    count = sum(len(ids) for ids in devices.rejected.values())
    return Refusal(_CODES[reason], f"none of {count} devices may get it: first {reason}")


def _distribute(examination: Examination) -> Answer:
    found = examination.prepared
    devices = found if isinstance(found, _Sorted) else _sort(examination)
    body = examination.body
    examination.books.estate.distribution.start(
        examination.received.request_id,
        field(body, "FirmwareVersion", str),
        field(body, "FirmwareImage", bytes),
        devices.accepted,
    )
    if not devices.rejected:
        return acknowledged(examination)
    variant = _VARIANTS[examination.received.srv]
    content: Content = {
        reason.value: devices.rejected[reason] for reason in Rejection if reason in devices.rejected
    }
    srv = examination.received.srv
    return variant.code, DccOnlyResponse(srv=srv, element=variant.element, content=content)


def _sort(examination: Examination) -> _Sorted:
    accepted: list[Eui64] = []
    rejected: dict[Rejection, list[Eui64]] = {}
    hashes = _hashes(field(examination.body, "FirmwareImage", bytes))
    named: Iterable[Eui64] = field(examination.body, "DeviceIDList", tuple)
    for device_id in dict.fromkeys(named):
        reason = _rejection(examination, device_id, hashes)
        if reason is None:
            accepted.append(device_id)
        else:
            rejected.setdefault(reason, []).append(device_id)
    return _Sorted(
        accepted=tuple(accepted),
        rejected={reason: tuple(ids) for reason, ids in rejected.items()},
    )


def _rejection(
    examination: Examination, device_id: Eui64, hashes: frozenset[bytes]
) -> Rejection | None:
    estate, variant = examination.books.estate, _VARIANTS[examination.received.srv]
    device = estate.inventory.find(device_id)
    if device is None or not is_responsible(examination, device):
        return Rejection.INVALID
    if device.status not in _UPDATABLE:
        return Rejection.NOT_COMMISSIONED
    if device.device_type not in variant.device_types:
        return Rejection.NOT_APPLICABLE
    problem = _problem_of_product(examination, device, hashes)
    if problem is not None:
        return problem
    return Rejection.IN_PROGRESS if estate.distribution.is_under_way(device_id) else None


def _problem_of_product(
    examination: Examination, device: Device, hashes: frozenset[bytes]
) -> Rejection | None:
    """By the Central Products List, where one is held."""
    products = examination.books.estate.products
    if products is None:
        return None
    product = products.find(device, field(examination.body, "FirmwareVersion", str))
    if product is None or not _is_image_of(product, hashes):
        return Rejection.NOT_APPLICABLE
    versions = examination.books.settings.gbcs_versions
    if product.gbcs_version is not None and product.gbcs_version not in versions:
        return Rejection.GBCS_VERSION
    return None


def _is_image_of(product: Product, hashes: frozenset[bytes]) -> bool:
    is_active = product.status is ProductStatus.ACTIVE
    return is_active and (product.image_hash is None or product.image_hash in hashes)


def _hashes(image: bytes) -> frozenset[bytes]:
    """Of the manufacturer image inside; of the octets as they came where no OTA file is read."""
    found = {hashlib.sha256(image).digest()}
    try:
        inner = firmware_image.parse(image).image.manufacturer_image
    except RemoteGbcsError:
        return frozenset(found)
    return frozenset(found | {hashlib.sha256(inner).digest()})


FIRMWARE_HANDLERS: Mapping[str, Handler] = dict.fromkeys(_VARIANTS, _distribute)
