"""Implicit certificates of suite 2 (ECQV, SEC 4): 74 octets that a public key is made from.

Such a certificate has no signature. Whoever has it and the authority's public key computes a
public key; only the device that it was issued to has the private key that belongs to it. Layout
and hash (AES-MMO) are recalled from the Smart Energy profile: type, serial number, curve, hash,
issuer, valid from, valid for, subject, key usage, and the point of reconstruction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from assay.gbcs.identifiers import Eui64
from rigs.zigbee import sect283k1
from rigs.zigbee.octets import Octets
from rigs.zigbee.sect283k1 import BASE, ORDER, POINT_SIZE, Point
from rigs.zigbee.security import aes_mmo

SIZE = 74
_TYPE, _CURVE, _HASH = 0x00, 0x0D, 0x08
SIGNS_AND_AGREES = 0x88
NEVER_ENDS = 0xFFFFFFFF


class RemoteCertificateError(Exception):
    """The peer's octets are no implicit certificate of suite 2, or none that holds now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImplicitCertificate:
    """`valid_for_s` counts seconds from `valid_from`; NEVER_ENDS for one without an end."""

    serial: int
    issuer: Eui64
    valid_from: datetime
    valid_for_s: int = NEVER_ENDS
    subject: Eui64
    key_usage: int = SIGNS_AND_AGREES
    reconstruction: Point

    def to_octets(self) -> bytes:
        octets = b"".join(
            (
                bytes((_TYPE,)),
                self.serial.to_bytes(8, "big"),
                bytes((_CURVE, _HASH)),
                self.issuer,
                int(self.valid_from.timestamp()).to_bytes(5, "big"),
                self.valid_for_s.to_bytes(4, "big"),
                self.subject,
                bytes((self.key_usage,)),
                self.reconstruction.to_octets(),
            )
        )
        assert len(octets) == SIZE
        return octets

    @classmethod
    def from_octets(cls, octets: bytes) -> ImplicitCertificate:
        """Raises RemoteCertificateError, and RemotePointError for a point that is none."""
        if len(octets) != SIZE:
            raise RemoteCertificateError(f"expected {SIZE} octets, got {len(octets)}")
        reader = Octets(octets)
        kind = reader.u8("type")
        serial = int.from_bytes(reader.take(8, "serial number"), "big")
        curve, digest = reader.u8("curve"), reader.u8("hash")
        if (kind, curve, digest) != (_TYPE, _CURVE, _HASH):
            raise RemoteCertificateError(
                f"expected type 00, curve 0D, hash 08, got {kind:02X}, {curve:02X}, {digest:02X}"
            )
        return cls(
            serial=serial,
            issuer=Eui64(reader.take(8, "issuer")),
            valid_from=_time(int.from_bytes(reader.take(5, "valid from"), "big")),
            valid_for_s=int.from_bytes(reader.take(4, "valid for"), "big"),
            subject=Eui64(reader.take(8, "subject")),
            key_usage=reader.u8("key usage"),
            reconstruction=Point.from_octets(reader.take(POINT_SIZE, "reconstruction")),
        )

    def is_valid_at(self, time: datetime) -> bool:
        if time < self.valid_from:
            return False
        ends = self.valid_for_s != NEVER_ENDS
        return not ends or time <= self.valid_from + timedelta(seconds=self.valid_for_s)

    def public_key(self, authority: Point) -> Point:
        """hash * reconstruction + the authority's key; RemoteCertificateError at infinity."""
        scaled = sect283k1.multiply(_digest(self.to_octets()), self.reconstruction)
        public = sect283k1.add(scaled, authority)
        if public is None:
            raise RemoteCertificateError("the public key is the point at infinity")
        return public


@dataclass(frozen=True, slots=True, kw_only=True)
class CbkeIdentity:
    """What a device brings to a key establishment."""

    certificate: ImplicitCertificate
    private_key: int = field(repr=False)
    authority: Point


class TestAuthority:
    """Issues implicit certificates for benches. Nobody else trusts it."""

    __test__ = False  # no test class

    def __init__(self, name: Eui64, private_key: int | None = None) -> None:
        """`name` goes into each certificate as its issuer."""
        self._private_key = private_key or sect283k1.random_scalar()
        self.name = name
        self.public_key = _times_base(self._private_key)
        self._serial = 0

    def issue(
        self,
        subject: Eui64,
        *,
        valid_from: datetime,
        valid_for_s: int = NEVER_ENDS,
    ) -> CbkeIdentity:
        """A certificate with the private key that belongs to it (SEC 4, 2.4 and 2.5)."""
        self._serial += 1
        request, blind = sect283k1.random_scalar(), sect283k1.random_scalar()
        point = sect283k1.add(_times_base(request), _times_base(blind))
        assert point is not None
        certificate = ImplicitCertificate(
            serial=self._serial,
            issuer=self.name,
            valid_from=valid_from,
            valid_for_s=valid_for_s,
            subject=subject,
            reconstruction=point,
        )
        digest = _digest(certificate.to_octets())
        contribution = (digest * blind + self._private_key) % ORDER
        private_key = (contribution + digest * request) % ORDER
        identity = CbkeIdentity(
            certificate=certificate, private_key=private_key, authority=self.public_key
        )
        assert _times_base(private_key) == certificate.public_key(self.public_key)
        return identity


def _digest(octets: bytes) -> int:
    return int.from_bytes(aes_mmo(octets), "big")


def _times_base(scalar: int) -> Point:
    point = sect283k1.multiply(scalar, BASE)
    assert point is not None
    return point


def _time(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError):
        raise RemoteCertificateError(f"valid from: no time, {seconds}") from None
