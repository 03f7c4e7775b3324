"""Frames of ASH: control octet, payload, CRC, escapes and whitening (rigs digest 3.2)."""

from __future__ import annotations

from binascii import crc_hqx
from collections.abc import Iterator

FLAG, ESCAPE, XON, XOFF, SUBSTITUTE, CANCEL = 0x7E, 0x7D, 0x11, 0x13, 0x18, 0x1A
RESERVED = frozenset((FLAG, ESCAPE, XON, XOFF, SUBSTITUTE, CANCEL))
_FLIP = 0x20

DATA, ACK, NAK, RST, RSTACK, ERROR = 0x00, 0x80, 0xA0, 0xC0, 0xC1, 0xC2

MAX_FRAME_SIZE = 300
"""More than any frame has; a line of noise without end is cut there."""


class RemoteAshError(Exception):
    """Octets between two flags that are no frame."""


def frame_kind(control: int) -> int:
    """One of DATA, ACK, NAK, RST, RSTACK and ERROR; any other control octet as it is."""
    if not control & 0x80:
        return DATA
    return control & 0xE0 if control & 0x40 == 0 else control


def data_control(number: int, next_expected: int, *, again: bool) -> int:
    return number << 4 | again << 3 | next_expected


def _whitening(size: int) -> bytes:
    octets, state = bytearray(), 0x42
    for _ in range(size):
        octets.append(state)
        state = state >> 1 ^ (0xB8 if state & 1 else 0)
    return bytes(octets)


_WHITENING = _whitening(MAX_FRAME_SIZE)


def whiten(payload: bytes) -> bytes:
    """Payload of a data frame as it travels, and back."""
    return bytes(one ^ other for one, other in zip(payload, _WHITENING, strict=False))


def frame_octets(control: int, payload: bytes = b"") -> bytes:
    """A whole frame with CRC, escapes and flag; the payload is whitened already."""
    body = bytes((control,)) + payload
    body += crc_hqx(body, 0xFFFF).to_bytes(2, "big")
    octets = bytearray()
    for octet in body:
        octets += bytes((ESCAPE, octet ^ _FLIP)) if octet in RESERVED else bytes((octet,))
    octets.append(FLAG)
    return bytes(octets)


class AshReader:
    """Feed it octets as they come; takes frames (control and payload), or what is wrong."""

    def __init__(self) -> None:
        self._start_over()

    def _start_over(self) -> None:
        self._frame = bytearray()
        self._is_escaped = False
        self._is_spoilt = False

    def feed(self, octets: bytes) -> Iterator[bytes | RemoteAshError]:
        for octet in octets:
            if octet == FLAG:
                found = self._end()
                if found is not None:
                    yield found
            elif octet == CANCEL:
                self._start_over()
            elif octet == SUBSTITUTE:
                self._is_spoilt = True
            elif octet == ESCAPE:
                self._is_escaped = True
            elif octet not in (XON, XOFF):
                self._frame.append(octet ^ _FLIP if self._is_escaped else octet)
                self._is_escaped = False
            if len(self._frame) > MAX_FRAME_SIZE:
                self._frame.clear()
                self._is_spoilt = True

    def _end(self) -> bytes | RemoteAshError | None:
        frame, is_spoilt = bytes(self._frame), self._is_spoilt
        self._start_over()
        if not frame and not is_spoilt:
            return None  # two flags in a row
        if is_spoilt or len(frame) < 3:
            return RemoteAshError(f"frame: expected 3 octets or more, seen {frame.hex()}")
        expected = crc_hqx(frame[:-2], 0xFFFF).to_bytes(2, "big")
        if frame[-2:] != expected:
            return RemoteAshError(f"CRC: expected {expected.hex()}, seen {frame[-2:].hex()}")
        return frame[:-2]
