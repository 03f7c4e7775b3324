"""SCPI error numbers, their texts (SCPI-99 volume 2, chapter 21) and the error queue."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

ERRORS: Mapping[int, str] = {
    0: "No error",
    -101: "Invalid character",
    -102: "Syntax error",
    -104: "Data type error",
    -108: "Parameter not allowed",
    -109: "Missing parameter",
    -112: "Program mnemonic too long",
    -113: "Undefined header",
    -114: "Header suffix out of range",
    -121: "Invalid character in number",
    -123: "Exponent too large",
    -124: "Too many digits",
    -131: "Invalid suffix",
    -138: "Suffix not allowed",
    -151: "Invalid string data",
    -211: "Trigger ignored",
    -213: "Init ignored",
    -221: "Settings conflict",
    -222: "Data out of range",
    -223: "Too much data",
    -224: "Illegal parameter value",
    -226: "Lists not same length",
    -240: "Hardware error",
    -310: "System error",
    -350: "Queue overflow",
    -363: "Input buffer overrun",
    -410: "Query INTERRUPTED",
    -420: "Query UNTERMINATED",
    -440: "Query UNTERMINATED after indefinite response",
}

# Bit of the standard event status register that an error of this hundred sets
# (IEEE 488.2, 11.5.1): command, execution, device-dependent, query error.
EVENT_BIT: Mapping[int, int] = {1: 1 << 5, 2: 1 << 4, 3: 1 << 3, 4: 1 << 2}


class RemoteProgramError(Exception):
    """The controller sent something that this instrument does not take."""

    def __init__(self, number: int) -> None:
        super().__init__(f'{number},"{ERRORS[number]}"')
        self.number = number


class ErrorQueue:
    """First in, first out; what comes when it is full turns the newest entry into -350."""

    def __init__(self, capacity: int = 20) -> None:
        if capacity < 2:  # SCPI-99 volume 1, 21.8
            raise ValueError(f"an error queue holds at least 2 entries, got {capacity}")
        self._capacity = capacity
        self._numbers: deque[int] = deque()

    def __len__(self) -> int:
        return len(self._numbers)

    def put(self, number: int) -> int:
        """Enter an error; return the number that was entered."""
        if number not in ERRORS or number == 0:
            raise ValueError(f"no such error: {number}")
        if len(self._numbers) < self._capacity:
            self._numbers.append(number)
            return number
        self._numbers[-1] = -350
        return -350

    def take(self) -> str:
        """The oldest entry as `SYSTem:ERRor?` answers it; `+0,"No error"` when empty."""
        number = self._numbers.popleft() if self._numbers else 0
        return f'{number:+d},"{ERRORS[number]}"'

    def clear(self) -> None:
        self._numbers.clear()
