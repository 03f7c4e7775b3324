"""Who takes part in these tests, and their requests for certificates."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import ec

from assay.gbcs.certificates import (
    CertificateUsage,
    build_device_request,
    build_organisation_request,
)
from assay.gbcs.identifiers import Eui64

SUPPLIER, OPERATOR, MANUFACTURER = "Supplier 1", "Operator 1", "Manufacturer 1"
SUPPLIER_EUI = Eui64.from_text("90-B3-D5-1F-30-01-00-00")
OPERATOR_EUI = Eui64.from_text("90-B3-D5-1F-30-02-00-00")
METER = Eui64.from_text("00-DB-12-34-56-78-90-A0")
OTHER_METER = Eui64.from_text("00-DB-12-34-56-78-90-A1")
FOREIGN_METER = Eui64.from_text("00-AA-00-00-00-00-00-01")
METER_BLOCK = METER[:3]

DS, KA = CertificateUsage.DIGITAL_SIGNATURE, CertificateUsage.KEY_AGREEMENT
KEY = ec.derive_private_key(61, ec.SECP256R1())


def supplier_csr(
    *, eui: Eui64 = SUPPLIER_EUI, role: int = 0x02, usage: CertificateUsage = DS
) -> bytes:
    return build_organisation_request(KEY, eui=eui, role=role, usage=usage)


def meter_csr(device_id: Eui64 = METER, usage: CertificateUsage = DS) -> bytes:
    return build_device_request(KEY, device_id=device_id, usage=usage)


def badly_signed(csr: bytes) -> bytes:
    """The last octet is part of the signature."""
    return csr[:-1] + bytes([csr[-1] ^ 1])
