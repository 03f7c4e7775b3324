"""One segment of a general block transfer: a piece of a large message, or an acknowledgement.

`DD 09` CRA counter `08` originator `08` recipient `00` `02` code `00` length, security
header, `E0` block control, block number, acknowledged block number, sized data. Two public
parsers agree on this layout, and tshark reads and joins what it gives; no national vector
shows it. A segment has no MAC: the message that the joined pieces make has one (digest 10).
"""

from __future__ import annotations

from dataclasses import dataclass

from assay.gbcs.envelope import Cra, Message, parse
from assay.gbcs.errors import EncodeError, RemoteGbcsError, RemoteLengthError
from assay.gbcs.identifiers import Eui64
from assay.gbcs.octets import length_octets, read_length, sized, take

MAX_DATA_SIZE = 1149
MAX_SEGMENTS = 63
MAX_TRANSFER_SIZE = MAX_DATA_SIZE * MAX_SEGMENTS
SECURITY = 0x00
"""Inferred: no source used here states the octet, so any value is taken and kept."""
_INVOCATION_COUNTER = bytes(4)
_BLOCK_TAG = 0xE0
_LAST = 0x80
_STREAMING = 0x40
_WINDOW = 0x3F
_ROUTING_SIZE = 34
_BLOCK_HEAD_SIZE = 5 + 1 + 1 + 2 + 2
_SMALLEST_BODY = _BLOCK_HEAD_SIZE + 1
_LARGEST_BODY = _BLOCK_HEAD_SIZE + 3 + MAX_DATA_SIZE


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """Whose transfer it is (the Message Routing Header): the parties of the whole message.

    `originator` and `recipient` are those of the segment: an acknowledgement swaps them.
    """

    cra: Cra
    counter: int
    originator: Eui64
    recipient: Eui64
    message_code: int

    @classmethod
    def of(cls, message: Message) -> Routing:
        return cls(
            cra=message.cra,
            counter=message.counter,
            originator=message.originator,
            recipient=message.recipient,
            message_code=message.message_code,
        )

    def back(self) -> Routing:
        """The way of the acknowledgements."""
        return Routing(
            cra=self.cra,
            counter=self.counter,
            originator=self.recipient,
            recipient=self.originator,
            message_code=self.message_code,
        )

    def to_octets(self) -> bytes:
        if not 0 <= self.counter < 1 << 64:
            raise EncodeError("counter", "0 to 2^64-1", self.counter)
        return b"".join(
            (
                b"\xdd\x09",
                bytes((self.cra,)),
                self.counter.to_bytes(8, "big"),
                b"\x08",
                self.originator,
                b"\x08",
                self.recipient,
                b"\x00\x02",
                self.message_code.to_bytes(2, "big"),
                b"\x00",
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """`number` counts from 1. Data of zero octets = an acknowledgement.

    `acknowledged`: every block up to it has arrived. `window`: how many blocks the sender
    of this segment can take, or asks for. `is_streaming`: more follow without an answer.
    """

    routing: Routing
    number: int
    acknowledged: int = 0
    is_last: bool = False
    is_streaming: bool = False
    window: int = MAX_SEGMENTS
    data: bytes = b""
    security: int = SECURITY

    @property
    def is_acknowledgement(self) -> bool:
        return not self.data

    def to_octets(self) -> bytes:
        """Raises EncodeError for a number, window or data that have no room."""
        if len(self.data) > MAX_DATA_SIZE:
            raise EncodeError("block data", f"at most {MAX_DATA_SIZE} octets", len(self.data))
        if not 0 <= self.window <= _WINDOW:
            raise EncodeError("window", f"0 to {_WINDOW}", self.window)
        for field, value in (("block number", self.number), ("acknowledged", self.acknowledged)):
            if not 0 <= value <= 0xFFFF:
                raise EncodeError(field, "0 to 65535", value)
        control = _LAST * self.is_last | _STREAMING * self.is_streaming | self.window
        body = b"".join(
            (
                bytes((self.security,)),
                _INVOCATION_COUNTER,
                bytes((_BLOCK_TAG, control)),
                self.number.to_bytes(2, "big"),
                self.acknowledged.to_bytes(2, "big"),
                sized(self.data),
            )
        )
        return self.routing.to_octets() + length_octets(len(body)) + body


def is_segment(octets: bytes) -> bool:
    """Told from a whole message by its first two octets."""
    return octets[:2] == b"\xdd\x09"


def parse_segment(octets: bytes) -> Segment:
    """One whole segment.

    Raises:
        RemoteGbcsError: naming the octet, the field, what was expected and what was seen.
    """
    routing = _parse_routing(octets)
    size, offset = read_length(octets, _ROUTING_SIZE, "segment")
    if offset + size != len(octets):
        raise RemoteLengthError(offset, "segment", f"{size} octets", len(octets) - offset)
    if not _SMALLEST_BODY <= size <= _LARGEST_BODY:
        expected = f"{_SMALLEST_BODY} to {_LARGEST_BODY} octets"
        raise RemoteLengthError(offset, "segment", expected, size)
    if octets[offset + 1 : offset + 5] != _INVOCATION_COUNTER:
        seen = octets[offset + 1 : offset + 5].hex()
        raise RemoteGbcsError(offset + 1, "invocation counter", "00000000", seen)
    if octets[offset + 5] != _BLOCK_TAG:
        raise RemoteGbcsError(offset + 5, "block tag", "E0", f"{octets[offset + 5]:02X}")
    control = octets[offset + 6]
    data_size, at = read_length(octets, offset + _BLOCK_HEAD_SIZE, "block data")
    if at + data_size != len(octets) or data_size > MAX_DATA_SIZE:
        expected = f"{data_size} octets, {MAX_DATA_SIZE} at most, then the end"
        raise RemoteLengthError(at, "block data", expected, len(octets) - at)
    return Segment(
        routing=routing,
        number=int.from_bytes(octets[offset + 7 : offset + 9], "big"),
        acknowledged=int.from_bytes(octets[offset + 9 : offset + 11], "big"),
        is_last=bool(control & _LAST),
        is_streaming=bool(control & _STREAMING),
        window=control & _WINDOW,
        data=octets[at:],
        security=octets[offset],
    )


def _parse_routing(octets: bytes) -> Routing:
    head = take(octets, 0, _ROUTING_SIZE, "routing header")
    for offset, field, fixed in (
        (0, "tag", b"\xdd\x09"),
        (11, "length of originator", b"\x08"),
        (20, "length of recipient", b"\x08"),
        (29, "date-time and length of other-information", b"\x00\x02"),
        (33, "key-info", b"\x00"),
    ):
        seen = head[offset : offset + len(fixed)]
        if seen != fixed:
            raise RemoteGbcsError(offset, field, fixed.hex().upper(), seen.hex().upper())
    if head[2] not in (1, 2, 3):
        raise RemoteGbcsError(2, "CRA", "01, 02 or 03", f"{head[2]:02X}")
    return Routing(
        cra=Cra(head[2]),
        counter=int.from_bytes(head[3:11], "big"),
        originator=Eui64(head[12:20]),
        recipient=Eui64(head[21:29]),
        message_code=int.from_bytes(head[31:33], "big"),
    )


def split(octets: bytes, *, data_size: int = MAX_DATA_SIZE) -> tuple[Segment, ...]:
    """The segments of one whole message, all but the last streaming.

    Raises:
        EncodeError: a message that 63 segments cannot carry.
        RemoteGbcsError: octets that are no GBCS message.
    """
    if not 1 <= data_size <= MAX_DATA_SIZE:
        raise EncodeError("size of block data", f"1 to {MAX_DATA_SIZE} octets", data_size)
    count = -(-len(octets) // data_size)
    if count > MAX_SEGMENTS:
        expected = f"at most {MAX_SEGMENTS} segments of {data_size} octets"
        raise EncodeError("message", expected, f"{len(octets)} octets")
    routing = Routing.of(parse(octets))
    return tuple(
        Segment(
            routing=routing,
            number=number,
            is_last=number == count,
            is_streaming=number != count,
            data=octets[(number - 1) * data_size : number * data_size],
        )
        for number in range(1, count + 1)
    )
