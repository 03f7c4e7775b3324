"""pcap and pcapng as they come through a pipe or from a file: octets in, records out.

Read piece by piece, because a FIFO or a socket delivers what it likes; written as pcapng, which
has a place for frames that the sniffer lost (drop count) and for the offset of its clock.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rigs.zigbee.errors import RemoteLengthError, RemoteRadioError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MAX_BLOCK = 1 << 20
"""No 802.15.4 record is near it; bounds memory for hostile input."""

_SECTION, _INTERFACE, _SIMPLE, _ENHANCED = 0x0A0D0D0A, 1, 3, 6
_BYTE_ORDER = 0x1A2B3C4D
_END, _COMMENT, _INTERFACE_NAME, _RESOLUTION, _DROP_COUNT = 0, 1, 2, 9, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record; `lost_before` frames are known to be missing between it and the last."""

    at: datetime
    link_type: int
    octets: bytes
    lost_before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Interface:
    link_type: int
    ticks_per_second: int


class RecordReader:
    """Feed it octets as they come; take the records that are complete. Tells the format itself."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._order = "<"
        self._classic: _Interface | None = None
        self._interfaces: list[_Interface] = []
        self._is_ng = False
        self.comments: list[str] = []

    @property
    def is_recognised(self) -> bool:
        """Whether the head of either format has been seen."""
        return self._is_ng or self._classic is not None

    @property
    def is_between_records(self) -> bool:
        """False where the stream ended in the middle of one."""
        return not self._buffer

    def feed(self, octets: bytes) -> Iterator[Record]:
        """Raises RemoteRadioError for octets that are neither pcap nor pcapng."""
        self._buffer += octets
        if not self.is_recognised and not self._recognise():
            return
        while True:
            record = self._next_block() if self._is_ng else self._next_classic()
            if record is None:
                return
            if isinstance(record, Record):
                yield record

    def _recognise(self) -> bool:
        if len(self._buffer) < 4:
            return False
        magic = bytes(self._buffer[:4])
        if magic == b"\x0a\x0d\x0d\x0a":
            self._is_ng = True
            return True
        found = _CLASSIC_MAGICS.get(magic)
        if found is None:
            raise RemoteRadioError("capture", "pcap or pcapng", magic.hex(" "))
        if len(self._buffer) < 24:
            return False
        self._order, ticks = found
        (link_type,) = struct.unpack_from(self._order + "I", self._buffer, 20)
        self._classic = _Interface(link_type=link_type & 0xFFFF, ticks_per_second=ticks)
        del self._buffer[:24]
        return True

    def _next_classic(self) -> Record | None:
        assert self._classic is not None
        if len(self._buffer) < 16:
            return None
        seconds, ticks, size, _ = struct.unpack_from(self._order + "4I", self._buffer)
        if size > _MAX_BLOCK:
            raise RemoteLengthError("record", f"{_MAX_BLOCK} octets at most", size)
        if len(self._buffer) < 16 + size:
            return None
        octets = bytes(self._buffer[16 : 16 + size])
        del self._buffer[: 16 + size]
        microseconds = ticks * 1_000_000 // self._classic.ticks_per_second
        at = _EPOCH + timedelta(seconds=seconds, microseconds=microseconds)
        return Record(at=at, link_type=self._classic.link_type, octets=octets)

    def _next_block(self) -> Record | bool | None:
        """A record, True for a block that is none, None where more octets are needed."""
        if len(self._buffer) < 12:
            return None
        (kind,) = struct.unpack_from(self._order + "I", self._buffer)
        if kind == _SECTION:
            self._start_section()
        (size,) = struct.unpack_from(self._order + "I", self._buffer, 4)
        if size > _MAX_BLOCK or size < 12 or size % 4:
            raise RemoteLengthError("block", f"a multiple of 4 up to {_MAX_BLOCK}", size)
        if len(self._buffer) < size:
            return None
        body = bytes(self._buffer[8 : size - 4])
        del self._buffer[:size]
        try:
            return self._read_block(kind, body)
        except (struct.error, IndexError, OverflowError) as error:
            raise RemoteRadioError("block", f"fields of kind {kind}", error) from None

    def _start_section(self) -> None:
        for order in "<>":
            if struct.unpack_from(order + "I", self._buffer, 8)[0] == _BYTE_ORDER:
                self._order = order
                self._interfaces = []
                return
        raise RemoteRadioError("byte order", f"{_BYTE_ORDER:X}", bytes(self._buffer[8:12]).hex())

    def _read_block(self, kind: int, body: bytes) -> Record | bool:
        if kind == _INTERFACE:
            (link_type,) = struct.unpack_from(self._order + "H", body)
            options = self._options(body, 8)
            ticks = _ticks_per_second(options.get(_RESOLUTION, b"\x06")[0])
            self._interfaces.append(_Interface(link_type=link_type, ticks_per_second=ticks))
        if kind == _SECTION:
            comment = self._options(body, 16).get(_COMMENT)
            if comment is not None:
                self.comments.append(comment.decode("utf-8", "replace"))
        if kind == _ENHANCED:
            return self._enhanced(body)
        if kind == _SIMPLE:
            raise RemoteRadioError("block", "packets with times", "a simple packet block")
        return True

    def _enhanced(self, body: bytes) -> Record:
        number, high, low, size, _ = struct.unpack_from(self._order + "5I", body)
        if number >= len(self._interfaces):
            raise RemoteRadioError("interface", f"below {len(self._interfaces)}", number)
        interface = self._interfaces[number]
        octets = body[20 : 20 + size]
        if len(octets) != size:
            raise RemoteLengthError("record", f"{size} octets", len(octets))
        options = self._options(body, 20 + size + -size % 4)
        drops = options.get(_DROP_COUNT)
        microseconds = (high << 32 | low) * 1_000_000 // interface.ticks_per_second
        return Record(
            at=_EPOCH + timedelta(microseconds=microseconds),
            link_type=interface.link_type,
            octets=octets,
            lost_before=struct.unpack(self._order + "Q", drops)[0] if drops else 0,
        )

    def _options(self, body: bytes, offset: int) -> dict[int, bytes]:
        found: dict[int, bytes] = {}
        while offset + 4 <= len(body):
            code, size = struct.unpack_from(self._order + "HH", body, offset)
            if code == _END:
                break
            found.setdefault(code, body[offset + 4 : offset + 4 + size])
            offset += 4 + size + -size % 4
        return found


_CLASSIC_MAGICS = {
    b"\xd4\xc3\xb2\xa1": ("<", 1_000_000),
    b"\xa1\xb2\xc3\xd4": (">", 1_000_000),
    b"\x4d\x3c\xb2\xa1": ("<", 1_000_000_000),
    b"\xa1\xb2\x3c\x4d": (">", 1_000_000_000),
}


def _ticks_per_second(resolution: int) -> int:
    exponent = resolution & 0x7F
    if exponent > 63:
        raise RemoteRadioError("resolution", "an exponent up to 63", exponent)
    return int(2**exponent) if resolution & 0x80 else int(10**exponent)


def section(comment: str = "", *, link_type: int, name: str = "radio") -> bytes:
    """The head of a pcapng with one interface, microsecond times."""
    options = _option(_COMMENT, comment.encode()) if comment else b""
    head = struct.pack("<IHHq", _BYTE_ORDER, 1, 0, -1) + _finished(options)
    fields = _option(_INTERFACE_NAME, name.encode()) + _option(_RESOLUTION, b"\x06")
    return _block(_SECTION, head) + _block(
        _INTERFACE, struct.pack("<HHI", link_type, 0, 0) + _finished(fields)
    )


def packet(record: Record) -> bytes:
    """One record of the section's interface."""
    time = (record.at - _EPOCH) // _MICROSECOND
    size = len(record.octets)
    body = struct.pack("<5I", 0, time >> 32, time & 0xFFFFFFFF, size, size)
    body += record.octets + bytes(-size % 4)
    if record.lost_before:
        body += _finished(_option(_DROP_COUNT, struct.pack("<Q", record.lost_before)))
    return _block(_ENHANCED, body)


def classic_head(link_type: int) -> bytes:
    """The head of a classic pcap, which every tool can read as it comes."""
    return struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 0xFFFF, link_type)


def classic_packet(at: datetime, octets: bytes) -> bytes:
    seconds, microseconds = divmod((at - _EPOCH) // _MICROSECOND, 1_000_000)
    return struct.pack("<4I", seconds, microseconds, len(octets), len(octets)) + octets


def _block(kind: int, body: bytes) -> bytes:
    size = len(body) + 12
    return struct.pack("<II", kind, size) + body + struct.pack("<I", size)


def _option(code: int, octets: bytes) -> bytes:
    return struct.pack("<HH", code, len(octets)) + octets + bytes(-len(octets) % 4)


def _finished(options: bytes) -> bytes:
    return options + struct.pack("<HH", _END, 0) if options else b""
