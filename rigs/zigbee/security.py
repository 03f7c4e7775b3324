"""ZigBee's cryptography: CCM* at level 5, the auxiliary header, AES-MMO and the keys from keys.

The security level travels as zero and is five all the same (rigs digest 4.3): nonce and
additional data carry five.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESCCM

from assay.gbcs.identifiers import Eui64
from rigs.zigbee.errors import NotAuthentic, RemoteRadioError
from rigs.zigbee.octets import Octets, eui_octets, little

KEY_SIZE = 16
MIC_SIZE = 4
LEVEL = 5
"""Encryption and an integrity code of four octets."""

_LEVEL_BITS, _EXTENDED_NONCE = 0x07, 0x20


class KeyKind(IntEnum):
    """Which key protects a frame (key identifier of the auxiliary header)."""

    LINK = 0
    NETWORK = 1
    KEY_TRANSPORT = 2
    KEY_LOAD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class AuxiliaryHeader:
    """What goes before protected octets.

    `source` is there where the extended nonce is; without it the reader takes the network
    layer's source. `key_sequence` belongs to the network key only. `level` is what travels.
    """

    key_kind: KeyKind
    counter: int
    source: Eui64 | None = None
    key_sequence: int | None = None
    level: int = 0

    @property
    def control(self) -> int:
        extended = _EXTENDED_NONCE if self.source is not None else 0
        return self.level | self.key_kind << 3 | extended

    def to_octets(self) -> bytes:
        return self._octets(self.control)

    def authenticated_octets(self) -> bytes:
        """As the integrity code sees it: with the level that was used."""
        return self._octets(self.control & ~_LEVEL_BITS | LEVEL)

    def _octets(self, control: int) -> bytes:
        if (self.key_kind is KeyKind.NETWORK) != (self.key_sequence is not None):
            raise ValueError("a key sequence number goes with the network key, and with no other")
        octets = bytes((control,)) + little(self.counter, 4, "frame counter")
        if self.source is not None:
            octets += eui_octets(self.source)
        if self.key_sequence is not None:
            octets += little(self.key_sequence, 1, "key sequence")
        return octets


def read_auxiliary(reader: Octets) -> AuxiliaryHeader:
    """Raises RemoteRadioError for bits that mean nothing."""
    control = reader.u8("security control")
    if control & 0xC0:
        raise RemoteRadioError("security control", "two upper bits zero", f"{control:02X}")
    kind = _KINDS[control >> 3 & 3]
    counter = reader.u32("frame counter")
    source = reader.eui64("security source") if control & _EXTENDED_NONCE else None
    sequence = reader.u8("key sequence") if kind is KeyKind.NETWORK else None
    return AuxiliaryHeader(
        key_kind=kind,
        counter=counter,
        source=source,
        key_sequence=sequence,
        level=control & _LEVEL_BITS,
    )


_KINDS = tuple(KeyKind)


@lru_cache(maxsize=256)
def _ccm(key: bytes) -> AESCCM:
    return AESCCM(key, tag_length=MIC_SIZE)


def nonce(source: Eui64, counter: int, control: int) -> bytes:
    return eui_octets(source) + counter.to_bytes(4, "little") + bytes((control & 0xF8 | LEVEL,))


def encrypt(
    key: bytes, source: Eui64, auxiliary: AuxiliaryHeader, header: bytes, payload: bytes
) -> bytes:
    """Cipher text and integrity code. `header` is what stands before the auxiliary header."""
    additional = header + auxiliary.authenticated_octets()
    return _ccm(key).encrypt(
        nonce(source, auxiliary.counter, auxiliary.control), payload, additional
    )


def decrypt(
    key: bytes, source: Eui64, auxiliary: AuxiliaryHeader, header: bytes, sealed: bytes
) -> bytes:
    """The payload, or NotAuthentic."""
    additional = header + auxiliary.authenticated_octets()
    try:
        return _ccm(key).decrypt(
            nonce(source, auxiliary.counter, auxiliary.control), sealed, additional
        )
    except InvalidTag:
        raise NotAuthentic(
            f"integrity code of the frame from {source}, counter {auxiliary.counter}",
            f"one under the {auxiliary.key_kind.name.lower().replace('_', '-')} key",
            "another",
        ) from None


def decrypt_any(
    keys: Iterable[bytes],
    source: Eui64,
    auxiliary: AuxiliaryHeader,
    header: bytes,
    sealed: bytes,
) -> bytes:
    """With the first key that opens it; NotAuthentic where none does."""
    for key in keys:
        try:
            return decrypt(key, source, auxiliary, header, sealed)
        except NotAuthentic:
            continue
    raise NotAuthentic(
        f"frame from {source}, counter {auxiliary.counter}",
        f"one under a known {auxiliary.key_kind.name.lower().replace('_', '-')} key",
        "none that opens it",
    )


@dataclass(frozen=True, slots=True)
class Sealed:
    """A protected part as it lies in the octets of its layer: header, auxiliary header, cipher
    text and integrity code. Opening it in place saves building the headers again."""

    octets: bytes
    start: int
    end: int
    auxiliary: AuxiliaryHeader

    def open(self, key: bytes, source: Eui64) -> bytes | None:
        """The payload, None where the key is another."""
        octets, start, end = self.octets, self.start, self.end
        control = bytes((octets[start] & ~_LEVEL_BITS | LEVEL,))
        counter = octets[start + 1 : start + 5]
        additional = octets[:start] + control + octets[start + 1 : end]
        try:
            return _ccm(key).decrypt(source[::-1] + counter + control, octets[end:], additional)
        except InvalidTag:
            return None


Opener = Callable[[Sealed], bytes | None]
"""Tries the keys that it has; None where none opens the part."""


def aes_mmo(octets: bytes) -> bytes:
    """The hash of ZigBee: Matyas-Meyer-Oseas over AES-128, 16 octets."""
    bits = 8 * len(octets)
    tail = bits.to_bytes(2, "big") if bits < 1 << 16 else bits.to_bytes(4, "big") + b"\0\0"
    padded = octets + b"\x80"
    padded += bytes(-(len(padded) + len(tail)) % KEY_SIZE) + tail
    state = bytes(KEY_SIZE)
    for offset in range(0, len(padded), KEY_SIZE):
        block = padded[offset : offset + KEY_SIZE]
        encryptor = Cipher(algorithms.AES(state), modes.ECB()).encryptor()
        state = _xor(encryptor.update(block), block)
    return state


def keyed_hash(key: bytes, octets: bytes) -> bytes:
    """HMAC over AES-MMO, as specialised keys and key establishment use it."""
    if len(key) > KEY_SIZE:
        key = aes_mmo(key)
    key = key.ljust(KEY_SIZE, b"\0")
    inner = aes_mmo(_xor(key, b"\x36" * KEY_SIZE) + octets)
    return aes_mmo(_xor(key, b"\x5c" * KEY_SIZE) + inner)


@lru_cache(maxsize=256)
def key_transport_key(link_key: bytes) -> bytes:
    """Protects a transported network key."""
    return keyed_hash(link_key, b"\x00")


@lru_cache(maxsize=256)
def key_load_key(link_key: bytes) -> bytes:
    """Protects a transported link key."""
    return keyed_hash(link_key, b"\x02")


def specialised_key(link_key: bytes, kind: KeyKind) -> bytes:
    """The key that a link key gives for the named use; a network key has no link key."""
    if kind is KeyKind.KEY_TRANSPORT:
        return key_transport_key(link_key)
    if kind is KeyKind.KEY_LOAD:
        return key_load_key(link_key)
    if kind is KeyKind.LINK:
        return link_key
    raise ValueError("the network key is not made from a link key")


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
