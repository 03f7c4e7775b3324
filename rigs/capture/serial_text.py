"""Frames as lines of text: what nRF52840 and Zephyr sniffers say over a serial line.

Both give the radio's own time in microseconds; Nordic's wraps after 32 bits, and its last two
octets are not a check sequence that can be relied on, so they are dropped (rigs digest 4.5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from rigs.zigbee.errors import RemoteRadioError
from rigs.zigbee.fcs import FCS_SIZE


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A frame without check sequence; `stamp_us` counts modulo 2 to the `stamp_bits`."""

    octets: bytes
    strength_dbm: int
    link_quality: int
    stamp_us: int
    stamp_bits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The word that begins a line, and what is in it."""

    word: str
    octets_after: int
    stamp_bits: int


NORDIC = Dialect(word="received", octets_after=FCS_SIZE, stamp_bits=32)
ZEPHYR = Dialect(word="psdu", octets_after=0, stamp_bits=64)
DIALECTS = (NORDIC, ZEPHYR)

_LINE = re.compile(
    r"(?P<word>\w+):\s*(?P<octets>(?:[0-9A-Fa-f]{2})+)\s+power:\s*(?P<power>-?\d+)\s+"
    r"lqi:\s*(?P<quality>\d+)\s+time:\s*(?P<stamp>-?\d+)"
)


def parse(text: str) -> Line | None:
    """One line, perhaps after a prompt; None for one that announces no frame (echo, boot message).

    Raises:
        RemoteRadioError: a line that announces a frame and garbles it.
    """
    dialect = next((one for one in DIALECTS if f"{one.word}:" in text), None)
    if dialect is None:
        return None
    told = text[text.index(f"{dialect.word}:") :].strip()
    found = _LINE.fullmatch(told)
    if found is None:
        raise RemoteRadioError("sniffer's line", "octets, power, lqi and time", repr(told))
    octets = bytes.fromhex(found["octets"])
    return Line(
        octets=octets[: len(octets) - dialect.octets_after],
        strength_dbm=int(found["power"]),
        link_quality=int(found["quality"]),
        stamp_us=int(found["stamp"]) % (1 << dialect.stamp_bits),
        stamp_bits=dialect.stamp_bits,
    )


def text(dialect: Dialect, line: Line) -> str:
    """The line that a sniffer of this dialect would say, without its end."""
    octets = line.octets + bytes(dialect.octets_after)
    return (
        f"{dialect.word}: {octets.hex()} power: {line.strength_dbm} lqi: {line.link_quality} "
        f"time: {line.stamp_us % (1 << dialect.stamp_bits)}"
    )


class RadioClock:
    """Turns stamps that count from the radio's start, and wrap, into times.

    The first stamp is taken to be the moment at which its line arrived; how far that is off is
    the offset that the driver records with the capture.
    """

    def __init__(self) -> None:
        self._last: tuple[int, datetime] | None = None

    def time_of(self, line: Line, arrived: datetime) -> datetime:
        if self._last is None:
            self._last = (line.stamp_us, arrived)
            return arrived
        stamp, at = self._last
        span = 1 << line.stamp_bits
        forward = (line.stamp_us - stamp) % span
        if forward > span // 2:  # a stamp out of order lies a little back, not a whole turn on
            forward -= span
        at += timedelta(microseconds=forward)
        self._last = (line.stamp_us, at)
        return at
