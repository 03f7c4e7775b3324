"""What every SMKI certificate has in common: roles, usages, key identifiers, object identifiers.

The test environment's policies are the defaults; the policy identifies the environment
(GBCS 12), so whoever builds certificates may hand in another one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ObjectIdentifier

from assay.gbcs.certificates.names import normalised_name


class RemotePartyRole(IntEnum):
    """Roles as they stand in organizationalUnitName, two hex digits there."""

    ROOT = 0x00
    RECOVERY = 0x01
    SUPPLIER = 0x02
    NETWORK_OPERATOR = 0x03
    ACCESS_CONTROL_BROKER = 0x04
    TRANSITIONAL_COS = 0x05
    WAN_PROVIDER = 0x06
    ISSUING_AUTHORITY = 0x07
    LOAD_CONTROLLER = 0x08
    OTHER = 0x7F
    XML_SIGNING = 0x87
    DSP_XML_SIGNING = 0x89


class CertificateUsage(StrEnum):
    """What a key may do: exactly one usage per leaf, so that no key serves two purposes."""

    DIGITAL_SIGNATURE = "digitalSignature"
    KEY_AGREEMENT = "keyAgreement"
    CERTIFICATE_SIGNING = "keyCertSign"


class CertificateKind(StrEnum):
    ROOT = "root"
    ISSUING = "issuing"
    ORGANISATION = "organisation"
    DEVICE = "device"


TEST_ORGANISATION_POLICY = ObjectIdentifier("1.2.826.0.1.8641679.1.2.1.4")
TEST_DEVICE_POLICY = ObjectIdentifier("1.2.826.0.1.1800000.1.2.1.4")
TEST_HARDWARE_TYPE = ObjectIdentifier("1.2.826.0.1.8641679.1.2.2.1")

HARDWARE_MODULE_NAME = ObjectIdentifier("1.3.6.1.5.5.7.8.4")
UNIQUE_IDENTIFIER = ObjectIdentifier("2.5.4.45")

SERIAL_OCTETS = 16


@dataclass(frozen=True, slots=True, order=True)
class CertificateReference:
    """Issuer as RFC 2253 text ("CN=Z1,OU=07") and serial number: names one certificate."""

    issuer: str
    serial: int

    @classmethod
    def from_text(cls, issuer: str, serial: str | int) -> CertificateReference:
        """As XML signatures write it; blanks around the separators carry no meaning."""
        return cls(normalised_name(issuer), int(serial))

    def __str__(self) -> str:
        return f"{self.issuer} serial {self.serial:032x}"


def uncompressed_point(public_key: ec.EllipticCurvePublicKey) -> bytes:
    return public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def subject_key_identifier(public_key: ec.EllipticCurvePublicKey) -> bytes:
    """Eight octets: 0100, then the low 60 bits of SHA-1 of the point (RFC 5280 4.2.1.2 (2))."""
    low = hashlib.sha1(uncompressed_point(public_key), usedforsecurity=False).digest()[-8:]
    return bytes([0x40 | low[0] & 0x0F]) + low[1:]


def serial_number(random_octets: bytes) -> int:
    """A positive serial of exactly 16 octets out of 16 random ones; 126 of their bits are kept."""
    if len(random_octets) != SERIAL_OCTETS:
        raise ValueError(f"a serial number takes {SERIAL_OCTETS} octets, got {len(random_octets)}")
    return int.from_bytes(random_octets, "big") & (1 << 126) - 1 | 1 << 126


def is_serial_number(number: int) -> bool:
    """Whether its DER INTEGER is 16 octets long and positive."""
    return 8 * SERIAL_OCTETS - 8 <= number.bit_length() < 8 * SERIAL_OCTETS
