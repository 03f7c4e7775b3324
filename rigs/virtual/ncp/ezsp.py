"""Headers of EZSP: what a host's frame asks for, and the frames that answer it.

A frame is a sequence number, two octets of control, a number of two octets and fields. Before a
host has agreed on a version it speaks the first one's header, of three octets.
"""

from __future__ import annotations

from dataclasses import dataclass

from rigs.virtual.ncp.command_table import COMMANDS
from rigs.zigbee.errors import RemoteLengthError

_FORMAT_1 = 0x01
_ANSWER, _CALLBACK = 0x80, 0x90


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One frame of the host. `is_legacy`: in the header of the first versions."""

    sequence: int
    number: int
    fields: bytes
    is_legacy: bool = False


def parse(octets: bytes) -> Request:
    """RemoteLengthError for a frame without a whole header."""
    if len(octets) >= 5 and octets[2] == _FORMAT_1:
        return Request(
            sequence=octets[0],
            number=int.from_bytes(octets[3:5], "little"),
            fields=octets[5:],
        )
    if len(octets) < 3:
        raise RemoteLengthError("EZSP header", "3 octets or more", len(octets))
    return Request(sequence=octets[0], number=octets[2], fields=octets[3:], is_legacy=True)


def answer(request: Request, name: str, *values: object) -> bytes:
    """The stick's answer, in the header that the host used."""
    row = COMMANDS[name]
    fields = row.write_answer(values)
    if request.is_legacy:
        return bytes((request.sequence, _ANSWER, row.identifier)) + fields
    return _header(request.sequence, _ANSWER, row.identifier) + fields


def callback(last_answered: int, name: str, *values: object) -> bytes:
    """What comes by itself. A host takes one with a sequence that it awaits for an answer, so it
    has that of the command that was answered last (rigs digest 3.2)."""
    row = COMMANDS[name]
    return _header(last_answered, _CALLBACK, row.identifier) + row.write_answer(values)


def _header(sequence: int, control: int, number: int) -> bytes:
    return bytes((sequence, control, _FORMAT_1)) + number.to_bytes(2, "little")
