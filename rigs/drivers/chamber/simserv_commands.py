"""SIMSERV, the language of Voetsch and Weiss chambers, without a transport: numbers and separators.

Framing and states are from a public source (rigs.md 6): command, chamber and arguments separated by
octet B6, CR at the end; an answer begins with its state. The command numbers are recalled; confirm
them with the manual of the chamber.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

SEPARATOR = b"\xb6"
REQUEST_END = b"\r"
ANSWER_END = b"\r\n"
TCP_PORT = 2049

OK, UNKNOWN_COMMAND, BAD_PARAMETERS = 1, -5, -6
STATES: Mapping[int, str] = {
    OK: "done",
    UNKNOWN_COMMAND: "unknown command",
    BAD_PARAMETERS: "wrong parameters",
}

TEMPERATURE, HUMIDITY = 1, 2
"""Numbers of the control variables (recalled)."""

START_OUTPUT = 1
DOOR_INPUT = 1


class Command(IntEnum):
    """All recalled."""

    SET_POINT = 11001
    READ_SET_POINT = 11002
    ACTUAL = 11004
    GRADIENT_UP = 11068
    GRADIENT_DOWN = 11072
    SET_OUTPUT = 14001
    READ_INPUT = 14010
    MESSAGE_COUNT = 17002
    MESSAGE_TEXT = 17007
    INFORMATION = 99997


class Information(IntEnum):
    """Argument of INFORMATION (recalled)."""

    MODEL = 1
    SERIAL = 3
    FIRMWARE = 5


@dataclass(frozen=True, slots=True)
class Request:
    command: int
    chamber: int
    arguments: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        fields = (str(int(self.command)), str(self.chamber), *self.arguments)
        return SEPARATOR.join(field.encode("ascii") for field in fields) + REQUEST_END

    @classmethod
    def from_bytes(cls, line: bytes) -> Request | None:
        """Without its end; None where it is none."""
        try:
            command, chamber, *arguments = (
                field.decode("ascii") for field in line.split(SEPARATOR)
            )
            return cls(int(command), int(chamber), tuple(arguments))
        except ValueError:
            return None
