"""Firmware images for over-the-air upgrade: OTA header, upgrade image, signature, hash.

OTA file = 60-octet header || upgrade image;
upgrade image = manufacturer image || force-replace octet || `40` || signature (r || s).
The header is little endian, the party responsible for the device signs the manufacturer
image alone, and the hash of that image is what an activation names. Read in a published
builder that cites GBCS 11.2; no national vector holds a file.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from assay.gbcs.envelope import SIGNATURE_SIZE
from assay.gbcs.errors import EncodeError, RemoteGbcsError, RemoteLengthError
from assay.gbcs.keys import PrivateKey, PublicKey

HEADER_SIZE = 60
MAGIC = 0x0BEEF11E
HEADER_VERSION = 0x0100
HARDWARE_VERSIONS_PRESENT = 0x0004
STACK_VERSION = 0x0002
TEXT_SIZE = 32
_LAYOUT = struct.Struct("<IHHHHHIH32sIHH")
_TRAILER_SIZE = 2 + SIGNATURE_SIZE
_SIGNATURE_TAG = 0x40
_ECDSA = ec.ECDSA(hashes.SHA256())


@dataclass(frozen=True, slots=True, kw_only=True)
class OtaHeader:
    """What the header says of an image; sizes and fixed fields are worked out.

    `text`: up to 32 octets, zero-padded in the file. Hardware versions are inclusive bounds.
    """

    manufacturer_code: int
    image_type: int
    file_version: int
    text: bytes
    minimum_hardware: int
    maximum_hardware: int

    @property
    def firmware_version(self) -> bytes:
        """Four octets, as a device reports its version (CS08). Big endian is inferred."""
        return self.file_version.to_bytes(4, "big")

    def to_octets(self, upgrade_image_size: int) -> bytes:
        """Raises EncodeError for a field that has no room."""
        if len(self.text.rstrip(b"\x00")) > TEXT_SIZE:
            raise EncodeError("header string", f"at most {TEXT_SIZE} octets", len(self.text))
        if not self.minimum_hardware <= self.maximum_hardware:
            bounds = f"{self.minimum_hardware} to {self.maximum_hardware}"
            raise EncodeError("hardware versions", "minimum not above maximum", bounds)
        for name, value, size in self._numbers(HEADER_SIZE + upgrade_image_size):
            if not 0 <= value < 1 << 8 * size:
                raise EncodeError(name, f"{size} octet(s)", value)
        return _LAYOUT.pack(
            MAGIC,
            HEADER_VERSION,
            HEADER_SIZE,
            HARDWARE_VERSIONS_PRESENT,
            self.manufacturer_code,
            self.image_type,
            self.file_version,
            STACK_VERSION,
            self.text.rstrip(b"\x00"),
            HEADER_SIZE + upgrade_image_size,
            self.minimum_hardware,
            self.maximum_hardware,
        )

    def _numbers(self, total: int) -> tuple[tuple[str, int, int], ...]:
        return (
            ("manufacturer code", self.manufacturer_code, 2),
            ("image type", self.image_type, 2),
            ("file version", self.file_version, 4),
            ("total image size", total, 4),
            ("minimum hardware version", self.minimum_hardware, 2),
            ("maximum hardware version", self.maximum_hardware, 2),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradeImage:
    """What a device stores. Only a hub acts on `force_replace`. `signature`: r || s."""

    manufacturer_image: bytes
    force_replace: bool = False
    signature: bytes

    def to_octets(self) -> bytes:
        if len(self.signature) != SIGNATURE_SIZE:
            raise EncodeError("signature", f"{SIGNATURE_SIZE} octets", len(self.signature))
        trailer = bytes((self.force_replace, _SIGNATURE_TAG)) + self.signature
        return self.manufacturer_image + trailer


@dataclass(frozen=True, slots=True, kw_only=True)
class OtaFile:
    header: OtaHeader
    image: UpgradeImage

    def to_octets(self) -> bytes:
        image = self.image.to_octets()
        return self.header.to_octets(len(image)) + image


def image_hash(manufacturer_image: bytes) -> bytes:
    """The 32 octets that an activation (CS06) names and a device alerts (8F72)."""
    return hashlib.sha256(manufacturer_image).digest()


def sign(
    manufacturer_image: bytes, key: PrivateKey, *, force_replace: bool = False
) -> UpgradeImage:
    """Signed by the party responsible for the device (its digital-signature key)."""
    r, s = decode_dss_signature(key.sign(manufacturer_image, _ECDSA))
    return UpgradeImage(
        manufacturer_image=manufacturer_image,
        force_replace=force_replace,
        signature=r.to_bytes(32, "big") + s.to_bytes(32, "big"),
    )


def is_signature_valid(image: UpgradeImage, key: PublicKey) -> bool:
    r, s = image.signature[:32], image.signature[32:]
    der = encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
    try:
        key.verify(der, image.manufacturer_image, _ECDSA)
    except InvalidSignature:
        return False
    return True


def parse(octets: bytes) -> OtaFile:
    """A whole OTA file.

    Raises:
        RemoteGbcsError: naming the octet, the field, what was expected and what was seen.
    """
    return OtaFile(header=_parse_header(octets), image=parse_upgrade_image(octets, HEADER_SIZE))


def _parse_header(octets: bytes) -> OtaHeader:
    if len(octets) < HEADER_SIZE:
        raise RemoteLengthError(0, "OTA header", f"{HEADER_SIZE} octets", len(octets))
    fields = _LAYOUT.unpack_from(octets)
    for offset, name, size, expected, seen in (
        (0, "file identifier", 4, MAGIC, fields[0]),
        (4, "header version", 2, HEADER_VERSION, fields[1]),
        (6, "header length", 2, HEADER_SIZE, fields[2]),
        (8, "field control", 2, HARDWARE_VERSIONS_PRESENT, fields[3]),
        (18, "stack version", 2, STACK_VERSION, fields[7]),
    ):
        if seen != expected:
            digits = 2 * size
            raise RemoteGbcsError(offset, name, f"{expected:0{digits}X}", f"{seen:0{digits}X}")
    total, minimum, maximum = fields[9:]
    if total != len(octets):
        raise RemoteLengthError(52, "total image size", f"{len(octets)} as received", total)
    if minimum > maximum:
        raise RemoteGbcsError(
            56, "hardware versions", "minimum not above maximum", f"{minimum} to {maximum}"
        )
    return OtaHeader(
        manufacturer_code=fields[4],
        image_type=fields[5],
        file_version=fields[6],
        text=fields[8].rstrip(b"\x00"),
        minimum_hardware=minimum,
        maximum_hardware=maximum,
    )


def parse_upgrade_image(octets: bytes, offset: int = 0) -> UpgradeImage:
    """The upgrade image that starts at `offset` and ends with the octets.

    Raises:
        RemoteGbcsError: as `parse`.
    """
    size = len(octets) - offset
    if size <= _TRAILER_SIZE:
        expected = f"more than {_TRAILER_SIZE} octets"
        raise RemoteLengthError(offset, "upgrade image", expected, max(0, size))
    at = len(octets) - _TRAILER_SIZE
    if octets[at] > 1:
        raise RemoteGbcsError(at, "force replace", "00 or 01", f"{octets[at]:02X}")
    if octets[at + 1] != _SIGNATURE_TAG:
        raise RemoteGbcsError(at + 1, "length of signature", "40", f"{octets[at + 1]:02X}")
    return UpgradeImage(
        manufacturer_image=octets[offset:at],
        force_replace=bool(octets[at]),
        signature=octets[at + 2 :],
    )
