"""Drives an optical port by IEC 62056-21, mode C: sign-on, change of speed, read-out.

Recalled, to be confirmed with the standard: 300 baud 7E1 at first, the characters of the speeds,
the messages and the block check.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import xor

from rigs.capabilities import Identity
from rigs.drivers.console.serial_console import SerialConsole
from rigs.drivers.octet_driver import up_to
from rigs.drivers.octet_line import LINE_ERRORS, SerialSettings

SIGN_ON = b"/?!\r\n"
LINE_END = b"\r\n"
ACK, STX, ETX = b"\x06", b"\x02", b"\x03"
FIRST_BAUD = 300
BITS_OF_AN_OCTET = 10  # start, seven, parity, stop
BAUD_OF: Mapping[str, int] = {
    "0": 300,
    "1": 600,
    "2": 1200,
    "3": 2400,
    "4": 4800,
    "5": 9600,
    "6": 19200,
}
READ_OUT = "0"
"""Mode character: read-out of data."""

_IDENTIFICATION = re.compile(r"/([A-Za-z]{3})([0-6])(.{1,16})\r\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    """What a meter answers to the sign-on; `speed` is the character of the fastest it offers."""

    maker: str
    speed: str
    model: str


def block_check(octets: bytes) -> int:
    """Exclusive or of everything after STX up to and with ETX."""
    return reduce(xor, octets, 0)


class OpticalPort(SerialConsole):
    """`identify` signs on; the meter is left waiting for an option and forgets it soon."""

    settings = SerialSettings(baud=FIRST_BAUD, data_bits=7, parity="even")

    def sign_on(self) -> Identification:
        """Always at 300 baud."""
        with self._clock.exchange():
            self._connected()
            return self._sign_on()

    def read_out(self) -> Mapping[str, str]:
        """The meter's data by their OBIS codes, read at the fastest speed that it offers."""
        with self._clock.exchange():
            self._connected()
            offered = self._sign_on().speed
            option = ACK + f"0{offered}{READ_OUT}".encode("ascii") + LINE_END
            self._say(option)
            # Adapters on USB say that all has left while it still leaves.
            time.sleep(len(option) * BITS_OF_AN_OCTET / FIRST_BAUD)
            self._set_baud(BAUD_OF[offered])
            return self._data_lines(self._take(_block, "a read-out", self._timeout_s))

    def _data_lines(self, block: bytes) -> Mapping[str, str]:
        head, tail = block[:-1], block[-1]
        start = head.find(STX)
        check = block_check(head[start + 1 :])
        if start < 0 or check != tail:
            raise self._unreadable(f"a read-out with block check {check:02X}", block)
        lines = head[start + 1 : -1].decode("ascii", "replace").split("\r\n")
        pairs = (line.partition("(") for line in lines if "(" in line)
        return {code: value.removesuffix(")") for code, _, value in pairs}

    def _introduce(self) -> Identity:
        found = self._sign_on()
        return Identity(
            maker=found.maker, model=found.model, serial=self._declared.serial, firmware=""
        )

    def _sign_on(self) -> Identification:
        self._set_baud(FIRST_BAUD)
        self._say(SIGN_ON)
        line = self._take(up_to(LINE_END), "an identification", self._timeout_s)
        parts = _IDENTIFICATION.fullmatch(line.decode("ascii", "replace"))
        if parts is None:
            raise self._unreadable("/, maker, speed, identification", line)
        return Identification(maker=parts[1], speed=parts[2], model=parts[3])

    def _set_baud(self, baud: int) -> None:
        assert self._line is not None
        try:
            self._line.set_baud(baud)
        except LINE_ERRORS as error:
            raise self._lost(f"a line at {baud} baud", error) from error


def _block(octets: bytes) -> int | None:
    """Up to the block check, which follows ETX."""
    at = octets.find(ETX)
    return at + 2 if 0 <= at < len(octets) - 1 else None
