"""What every driver of an attenuator does: check, set, read back, and be safe at the end.

A level is checked against the range before anything is sent, and is worth nothing until it
has been read back: families differ in what they do with a value that they cannot take, and no
two power up at the same one (rigs.md 5).
"""

from __future__ import annotations

from abc import abstractmethod
from datetime import timedelta
from decimal import Decimal

from assay.clock import Clock
from assay.verdicts import BenchFault, NotApplicable
from rigs.capabilities import AttenuatorRange, Identity
from rigs.drivers.attenuator.levels import check_channel, quantised, ramp_levels
from rigs.drivers.connection import InstrumentDriver
from rigs.drivers.errors import RemoteInstrumentError

_BACK_AGAIN_S = 0.1
"""A serial port that was pulled takes a moment to be there again."""


class AttenuatorDriver(InstrumentDriver):
    """The capability `Attenuator`."""

    def __init__(self, where: str, clock: Clock, *, serial: str | None = None) -> None:
        super().__init__(where, clock, serial=serial)
        self._is_playing = False

    @abstractmethod
    def range(self) -> AttenuatorRange: ...

    @abstractmethod
    def _write(self, decibels: Decimal, channel: int) -> None: ...

    @abstractmethod
    def _read(self, channel: int) -> Decimal: ...

    def _play(self, levels: list[Decimal], step: Decimal, dwell: timedelta, channel: int) -> None:
        """A family that plays no ramp by itself leaves this as it is.

        A ramp from the host would jitter with this machine's load, so there is none.
        """
        del levels, step, dwell, channel
        raise NotApplicable(f"{self._address}: this attenuator plays no ramp by itself")

    @abstractmethod
    def _halt(self) -> None:
        """End a ramp in the instrument, whoever started it."""

    def open(self) -> Identity:
        identity = self.identify()
        expected = self._serial if self._identity is None else self._identity.serial
        if expected is not None and identity.serial != expected:
            self.close()
            raise BenchFault(
                f"{self._address}: expected serial number {expected}, found {identity}"
            )
        self._identity = identity
        return identity

    def set_attenuation(self, decibels: Decimal, channel: int = 1) -> Decimal:
        """RemoteInstrumentError where it reads back another level than was set."""
        limits = self._limits_for(channel)
        level = quantised(decibels, limits, self._address)
        if self._is_playing:
            self.stop()
        self._write(level, channel)
        actual = self._read(channel)
        if abs(actual - level) >= limits.step:
            raise RemoteInstrumentError(
                f"{self._address}: set to {level} dB on channel {channel}, reads back {actual} dB"
            )
        return actual

    def attenuation(self, channel: int = 1) -> Decimal:
        self._limits_for(channel)
        return self._read(channel)

    def ramp(
        self, start: Decimal, stop: Decimal, step: Decimal, dwell: timedelta, channel: int = 1
    ) -> None:
        """NotApplicable where the instrument plays none by itself; `set_attenuation` ends it.

        Whether it is played once or again and again is the family's: see its driver.
        """
        limits = self._limits_for(channel)
        if dwell <= timedelta(0):
            raise ValueError(f"{self._address}: a dwell above zero, got {dwell}")
        levels = list(ramp_levels(start, stop, step, limits, self._address))
        if len(levels) == 1:
            self.set_attenuation(levels[0], channel)
            return
        self._is_playing = True  # before: a command that is lost half way may have started it
        self._play(levels, abs(levels[1] - levels[0]), dwell, channel)

    def stop(self) -> None:
        """The level stays where it was at that moment."""
        self._halt()
        self._is_playing = False

    def safe(self) -> None:
        self.make_safe(self._isolate, pause_s=_BACK_AGAIN_S)

    def _isolate(self) -> None:
        self.opened()
        limits = self.range()
        self.stop()
        for channel in range(1, limits.channels + 1):
            self.set_attenuation(limits.maximum, channel)

    def _limits_for(self, channel: int) -> AttenuatorRange:
        self.opened()
        limits = self.range()
        check_channel(channel, limits, self._address)
        return limits

    def _number(self, answer: str, asked: str) -> Decimal:
        """Decibels as an answer states them."""
        try:
            value = Decimal(answer.strip())
        except ArithmeticError:
            raise self._unreadable("a number of decibels", asked, answer) from None
        if not value.is_finite():
            raise self._unreadable("a number of decibels", asked, answer)
        return value

    def _unreadable(self, expected: str, asked: str, answer: object) -> RemoteInstrumentError:
        """Close the link as well: nobody knows where the next answer begins."""
        self.close()
        return RemoteInstrumentError(
            f"{self._address}: expected {expected} in answer to {asked!r}, got {answer!r}"
        )
