"""Certificate-based key establishment, suite 2, on the host: ECMQV, key derivation, proofs.

Radio sticks have no arithmetic for it, so it is done here in plain integers. The formulas are SEC
1's (6.2, ECMQV with cofactor) and ANSI X9.63's; hash and message code are those of ZigBee; the
order of what a proof covers is recalled from the Smart Energy profile, annex C.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assay.gbcs.identifiers import Eui64
from rigs.zigbee import sect283k1
from rigs.zigbee.sect283k1 import BASE, FIELD_SIZE, ORDER, Point, RemotePointError
from rigs.zigbee.security import KEY_SIZE, aes_mmo, keyed_hash

_HALF = (ORDER.bit_length() + 1) // 2
_INITIATOR, _RESPONDER = 0x02, 0x03


@dataclass(frozen=True, slots=True)
class Ephemeral:
    """A key pair for one key establishment."""

    private_key: int = field(repr=False)
    public_key: Point

    @classmethod
    def new(cls) -> Ephemeral:
        scalar = sect283k1.random_scalar()
        point = sect283k1.multiply(scalar, BASE)
        assert point is not None
        return cls(scalar, point)


@dataclass(frozen=True, slots=True)
class AgreedKeys:
    """`mac_key` proves possession of both, `link_key` is what the establishment was for."""

    mac_key: bytes = field(repr=False)
    link_key: bytes = field(repr=False)


def agree(own_key: int, own: Ephemeral, peer_key: Point, peer: Point) -> AgreedKeys:
    """Both ends come to the same keys from their private and the other's public halves.

    Raises:
        RemotePointError: the peer's points lead to infinity.
    """
    signature = (own.private_key + _half_of(own.public_key) * own_key) % ORDER
    combined = sect283k1.add(
        _in_subgroup(peer), sect283k1.multiply(_half_of(peer), _in_subgroup(peer_key))
    )
    shared = sect283k1.multiply(signature, combined)
    if shared is None:
        raise RemotePointError("the shared point is the point at infinity")
    derived = derive(shared.x.to_bytes(FIELD_SIZE, "big"), 2 * KEY_SIZE)
    return AgreedKeys(derived[:KEY_SIZE], derived[KEY_SIZE:])


def derive(secret: bytes, size: int) -> bytes:
    """The key derivation of ANSI X9.63 with AES-MMO, without shared information."""
    blocks = -(-size // KEY_SIZE)
    return b"".join(aes_mmo(secret + count.to_bytes(4, "big")) for count in range(1, blocks + 1))[
        :size
    ]


def initiators_proof(
    mac_key: bytes, initiator: Eui64, responder: Eui64, own: Point, peer: Point
) -> bytes:
    """16 octets; `own` and `peer` are ephemeral points, as the initiator sees them."""
    return _proof(mac_key, _INITIATOR, initiator, responder, own, peer)


def responders_proof(
    mac_key: bytes, responder: Eui64, initiator: Eui64, own: Point, peer: Point
) -> bytes:
    """16 octets; `own` and `peer` are ephemeral points, as the responder sees them."""
    return _proof(mac_key, _RESPONDER, responder, initiator, own, peer)


def _proof(
    mac_key: bytes, role: int, prover: Eui64, other: Eui64, own: Point, peer: Point
) -> bytes:
    return keyed_hash(mac_key, bytes((role,)) + prover + other + own.to_octets() + peer.to_octets())


def _half_of(point: Point) -> int:
    """The associate value of ECMQV: the lower half of x, with a bit above it."""
    return (point.x & (1 << _HALF) - 1) | 1 << _HALF


def _in_subgroup(point: Point) -> Point | None:
    """Four times the point: whatever the peer sent, this lies in the main subgroup."""
    return sect283k1.double(sect283k1.double(point))
