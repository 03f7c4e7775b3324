"""Drives a JFW test system: the capability `Attenuator` in lines over Ethernet or RS-232.

The command words are recalled, none was read in the firmware manual (rigs.md 5, 8): confirm
them before relying on this driver. They stand in one table for that reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assay.clock import Clock
from rigs.capabilities import AttenuatorRange, Identity
from rigs.drivers.attenuator.driver import AttenuatorDriver
from rigs.drivers.attenuator.links import CommandLink
from rigs.drivers.errors import RemoteInstrumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class JfwWords:
    """`level` and `identity` are patterns of the answers."""

    set_level: str
    read_level: str
    identify: str
    level: str
    identity: str
    provenance: str


WORDS = JfwWords(
    set_level="SA{channel} {decibels}",
    read_level="RA{channel}",
    identify="IDN",
    level=r"Atten #(?P<channel>\d+) = (?P<decibels>\d+(?:\.\d+)?) ?dB",
    identity=r"(?P<model>\S+) +(?P<serial>\S+) +(?P<firmware>\S+)",
    provenance="recalled",
)


class JfwAttenuator(AttenuatorDriver):
    """A test system is built to order, so the bench file states its range. It plays no ramp."""

    def __init__(
        self,
        link: CommandLink,
        clock: Clock,
        limits: AttenuatorRange,
        *,
        serial: str | None = None,
    ) -> None:
        super().__init__(link.where, clock, serial=serial)
        self._link = link
        self._limits = limits

    def identify(self) -> Identity:
        found = self._ask(WORDS.identify, WORDS.identity)
        return Identity(maker="JFW", **found)

    def range(self) -> AttenuatorRange:
        return self._limits

    def close(self) -> None:
        self._link.close()

    def _halt(self) -> None:
        """It plays none."""

    def _write(self, decibels: Decimal, channel: int) -> None:
        """The answer to a set states the level; the base class reads it back all the same."""
        command = WORDS.set_level.format(channel=channel, decibels=f"{decibels:f}")
        self._level(command, channel)

    def _read(self, channel: int) -> Decimal:
        return self._level(WORDS.read_level.format(channel=channel), channel)

    def _level(self, command: str, channel: int) -> Decimal:
        found = self._ask(command, WORDS.level)
        if int(found["channel"]) != channel:
            raise RemoteInstrumentError(
                f"{self._address}: {command!r} answered for channel {found['channel']}"
            )
        return self._number(found["decibels"], command)

    def _ask(self, command: str, pattern: str) -> Mapping[str, str]:
        answer = self._link.ask(command)
        match = re.fullmatch(pattern, answer)
        if match is None:
            raise self._unreadable(f"an answer as {pattern!r}", command, answer)
        return match.groupdict()
