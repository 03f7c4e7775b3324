"""The GBCS envelope: MAC header, general-signing block with all its variants, signature, MAC.

Three shapes, told apart by the first octets (digest of GBCS, sections 1.1 to 1.5):
`DD 00` MAC header around a signing block, `DF 09` a signing block alone. Lengths are
in shortest form, fixed octets are checked, and nothing may follow the message.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

from assay.gbcs.date_time import DateTime
from assay.gbcs.errors import EncodeError, RemoteGbcsError, RemoteLengthError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.octets import MAX_MESSAGE_SIZE, length_octets, read_length, sized, take

_MAC_HEADER = bytes.fromhex("DD000000000000")
_SECURITY_HEADER = bytes.fromhex("1100000000")
MAC_SIZE = 12
SIGNATURE_SIZE = 64


class Cra(IntEnum):
    """Command, response or alert (first octet of the transaction id)."""

    COMMAND = 1
    RESPONSE = 2
    ALERT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherInformation:
    """Message code, and what an access-control-broker command adds (GBCS digest 1.3).

    `certificate` is the key-agreement certificate (DER) of a party that the device does
    not know; `supplementary_originator_counter` stands in responses encrypted for it.
    """

    message_code: int
    supplementary_party: Eui64 | None = None
    supplementary_counter: int | None = None
    supplementary_originator_counter: int | None = None
    certificate: bytes | None = None

    def to_octets(self) -> bytes:
        if not 0 <= self.message_code <= 0xFFFF:
            raise EncodeError("message code", "0 to FFFF", f"{self.message_code:X}")
        parts = [self.message_code.to_bytes(2, "big")]
        if self is code_alone(self.message_code):
            return parts[0]
        if self.supplementary_party is not None:
            parts.append(self.supplementary_party)
        if self.supplementary_counter is not None:
            parts.append(self.supplementary_counter.to_bytes(8, "big"))
        if self.supplementary_originator_counter is not None:
            parts.append(self.supplementary_originator_counter.to_bytes(8, "big"))
        if self.certificate is not None:
            parts.append(self.certificate)
        octets = b"".join(parts)
        if self.certificate is None and len(octets) not in _PLAIN_SIZES:
            raise EncodeError("other-information", "2, 10, 18 or 26 octets", len(octets))
        if self.certificate is not None and (
            self.supplementary_party is None
            or self.supplementary_counter is None
            or self.supplementary_originator_counter is not None
            or self.certificate[:1] != b"\x30"
        ):
            raise EncodeError(
                "other-information",
                "party, counter and a DER certificate",
                self.certificate[:2].hex(),
            )
        return octets

    @classmethod
    def from_octets(cls, octets: bytes, offset: int) -> OtherInformation:
        size = len(octets)
        if size == 2:
            return code_alone(octets[0] << 8 | octets[1])
        if size not in _PLAIN_SIZES and (size <= 26 or octets[18] != 0x30):
            raise RemoteLengthError(
                offset, "other-information", "2, 10, 18, 26 octets or a certificate", size
            )
        return cls(
            message_code=int.from_bytes(octets[:2], "big"),
            supplementary_party=Eui64(octets[2:10]),
            supplementary_counter=int.from_bytes(octets[10:18], "big") if size >= 18 else None,
            supplementary_originator_counter=(
                int.from_bytes(octets[18:26], "big") if size == 26 else None
            ),
            certificate=octets[18:] if size > 26 else None,
        )


_PLAIN_SIZES = (2, 10, 18, 26)


@lru_cache(maxsize=1024)
def code_alone(message_code: int) -> OtherInformation:
    """Nearly all messages carry nothing else, so one value stands for all of them."""
    return OtherInformation(message_code=message_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One GBCS message.

    `signature`: None = the field is absent (an unsigned pre-command), empty = protected
    by MAC only, 64 octets r || s = signed. `mac`: None = no MAC header, 12 octets = MACed.
    """

    cra: Cra
    counter: int
    originator: Eui64
    recipient: Eui64
    date_time: DateTime | None = None
    other: OtherInformation
    payload: bytes
    signature: bytes | None = b""
    mac: bytes | None = None

    @property
    def message_code(self) -> int:
        return self.other.message_code

    @property
    def is_pre_command(self) -> bool:
        return self.signature is None

    def transaction_id(self) -> bytes:
        return bytes((self.cra,)) + self.counter.to_bytes(8, "big")

    def to_be_signed(self) -> bytes:
        """The signing block without its tag and without the signature field (GBCS digest 3.1)."""
        if not 0 <= self.counter < 1 << 64:
            raise EncodeError("counter", "0 to 2^64-1", self.counter)
        date_time = b"\x00" if self.date_time is None else b"\x0c" + self.date_time.octets
        return b"".join(
            (
                b"\x09",
                self.transaction_id(),
                b"\x08",
                self.originator,
                b"\x08",
                self.recipient,
                date_time,
                sized(self.other.to_octets()),
                sized(self.payload),
            )
        )

    def signing_block(self) -> bytes:
        """The general-signing block: tag, signed part, signature field (GBCS digest 1.2)."""
        if self.signature is None:
            return b"\xdf" + self.to_be_signed()
        if len(self.signature) not in (0, SIGNATURE_SIZE):
            raise EncodeError("signature", "0 or 64 octets", len(self.signature))
        return b"".join((b"\xdf", self.to_be_signed(), sized(self.signature)))

    def to_octets(self) -> bytes:
        block = self.signing_block()
        if self.mac is None:
            return block
        if len(self.mac) != MAC_SIZE:
            raise EncodeError("MAC", "12 octets", len(self.mac))
        if self.signature is None:
            raise EncodeError("signature", "a signature field in a message with a MAC", "none")
        size = len(_SECURITY_HEADER) + len(block) + MAC_SIZE
        return _MAC_HEADER + length_octets(size) + _SECURITY_HEADER + block + self.mac

    def with_signature(self, signature: bytes) -> Message:
        return replace(self, signature=signature)

    def with_mac(self, mac: bytes) -> Message:
        return replace(self, mac=mac)


def parse(octets: bytes) -> Message:
    """One whole message, nothing before or after it.

    Raises:
        RemoteGbcsError: naming the octet, the field, what was expected and what was seen.
    """
    if len(octets) > MAX_MESSAGE_SIZE:
        raise RemoteLengthError(0, "message", f"at most {MAX_MESSAGE_SIZE} octets", len(octets))
    if octets[:1] == b"\xdd":
        return _parse_maced(octets)
    if octets[:1] == b"\xdf":
        return _parse_signing_block(octets, 0, len(octets), None)
    raise RemoteGbcsError(0, "tag", "DD or DF", octets[:1].hex().upper() or "nothing")


def _parse_maced(octets: bytes) -> Message:
    head = octets[: len(_MAC_HEADER)]
    if head != _MAC_HEADER:
        raise RemoteGbcsError(0, "MAC header", _MAC_HEADER.hex().upper(), head.hex().upper())
    size, offset = read_length(octets, len(_MAC_HEADER), "MAC header")
    if offset + size != len(octets):
        raise RemoteLengthError(
            offset, "message", f"{size} octets after the MAC header", len(octets) - offset
        )
    security = octets[offset : offset + 5]
    if security != _SECURITY_HEADER:
        raise RemoteGbcsError(
            offset, "security header", _SECURITY_HEADER.hex().upper(), security.hex().upper()
        )
    end = len(octets) - MAC_SIZE
    if end < offset + 5:
        raise RemoteLengthError(offset, "MAC", "12 octets", len(octets) - offset - 5)
    return _parse_signing_block(octets, offset + 5, end, octets[end:])


def _parse_signing_block(octets: bytes, start: int, end: int, mac: bytes | None) -> Message:
    block = octets if end == len(octets) else octets[:end]
    head = take(block, start, 29, "grouping header")
    if head[0] != 0xDF or head[1] != 0x09:
        raise RemoteGbcsError(start, "signing block", "DF09", head[:2].hex().upper())
    if head[2] not in (1, 2, 3):
        raise RemoteGbcsError(start + 2, "CRA", "01, 02 or 03", f"{head[2]:02X}")
    if head[11] != 0x08 or head[20] != 0x08:
        raise RemoteGbcsError(
            start + 11, "length of identifiers", "08 and 08", f"{head[11]:02X} and {head[20]:02X}"
        )
    offset = start + 29
    date_time, offset = _parse_date_time(block, offset)
    size, offset = read_length(block, offset, "other-information")
    other = OtherInformation.from_octets(take(block, offset, size, "other-information"), offset)
    offset += size
    size, offset = read_length(block, offset, "payload")
    payload = take(block, offset, size, "payload")
    offset += size
    signature = _parse_signature(block, offset, mac is not None)
    return Message(
        cra=_CRAS[head[2]],
        counter=int.from_bytes(head[3:11], "big"),
        originator=_eui64(head[12:20]),
        recipient=_eui64(head[21:29]),
        date_time=date_time,
        other=other,
        payload=payload,
        signature=signature,
        mac=mac,
    )


_CRAS = {int(cra): cra for cra in Cra}
_eui64 = lru_cache(maxsize=4096)(Eui64)
"""The same parties over and over."""


def _parse_date_time(block: bytes, offset: int) -> tuple[DateTime | None, int]:
    size = take(block, offset, 1, "date-time")[0]
    if size == 0:
        return None, offset + 1
    if size != 12:
        raise RemoteGbcsError(offset, "length of date-time", "00 or 0C", f"{size:02X}")
    return DateTime(take(block, offset + 1, 12, "date-time")), offset + 13


def _parse_signature(block: bytes, offset: int, has_mac: bool) -> bytes | None:
    rest = block[offset:]
    if not rest:
        if has_mac:
            raise RemoteLengthError(offset, "signature", "00 or 40 and 64 octets", "nothing")
        return None
    if rest[0] == 0x00 and len(rest) == 1:
        return b""
    if rest[0] == 0x40 and len(rest) == 1 + SIGNATURE_SIZE:
        return rest[1:]
    if rest[0] not in (0x00, 0x40):
        raise RemoteGbcsError(offset, "length of signature", "00 or 40", f"{rest[0]:02X}")
    raise RemoteLengthError(offset, "signature", f"{rest[0]} octets, then the end", len(rest) - 1)
