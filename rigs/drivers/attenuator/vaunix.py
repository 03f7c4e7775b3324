"""Drives a Vaunix Lab Brick LDA: the capability `Attenuator` through the maker's C library.

Levels are in 0.05 dB; the top bit of a status says that a call failed (rigs.md 5). Ramps are
played once inside the instrument, and hold their end.
"""

from __future__ import annotations

import ctypes
from datetime import timedelta
from decimal import Decimal
from typing import Any

from assay.clock import Clock
from assay.verdicts import BenchFault, BenchLost
from rigs.capabilities import AttenuatorRange, Identity
from rigs.drivers.attenuator.driver import AttenuatorDriver
from rigs.drivers.attenuator.vaunix_library import (
    MAX_DEVICES,
    MAX_NAME,
    UNITS_PER_DECIBEL,
    LdaLibrary,
    is_error,
)
from rigs.drivers.connection import refuse_loop_thread
from rigs.drivers.errors import RemoteInstrumentError

_MILLISECOND = timedelta(milliseconds=1)


class VaunixAttenuator(AttenuatorDriver):
    """The one with this serial number among those that the library finds, or the only one."""

    def __init__(self, library: LdaLibrary, clock: Clock, *, serial: str | None = None) -> None:
        super().__init__(f"LDA {serial or 'of any serial number'}", clock, serial=serial)
        self._library = library
        self._device: int | None = None

    def identify(self) -> Identity:
        device = self._opened_device()
        name = ctypes.create_string_buffer(MAX_NAME)
        self._call("GetModelNameA", device, name)
        return Identity(
            maker="Vaunix",
            model=name.value.decode("ascii", "replace"),
            serial=str(self._call("GetSerialNumber", device)),
            firmware=f"library {self._call('GetDLLVersion'):#06x}",
        )

    def range(self) -> AttenuatorRange:
        return AttenuatorRange(
            minimum=_decibels(self._of_device("GetMinAttenuationHR")),
            maximum=_decibels(self._of_device("GetMaxAttenuationHR")),
            step=_decibels(self._of_device("GetMinAttenStepHR")),
            channels=max(1, self._of_device("GetNumChannels")),
        )

    def close(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            self._library("CloseDevice", device)

    def _play(self, levels: list[Decimal], step: Decimal, dwell: timedelta, channel: int) -> None:
        if dwell % _MILLISECOND:
            raise ValueError(f"{self._address}: a dwell in whole milliseconds, got {dwell}")
        self._select(channel)
        for function, value in (
            ("SetRampStartHR", _units(levels[0])),
            ("SetRampEndHR", _units(levels[-1])),
            ("SetAttenuationStepHR", _units(step)),
            ("SetDwellTime", dwell // _MILLISECOND),
            ("SetIdleTime", 0),
            ("SetRampDirection", levels[-1] > levels[0]),
            ("SetRampMode", False),
            ("SetRampBidirectional", False),
            ("StartRamp", True),
        ):
            self._of_device(function, value)

    def _halt(self) -> None:
        self._of_device("StartRamp", False)

    def _write(self, decibels: Decimal, channel: int) -> None:
        self._select(channel)
        self._of_device("SetAttenuationHR", _units(decibels))

    def _read(self, channel: int) -> Decimal:
        self._select(channel)
        return _decibels(self._of_device("GetAttenuationHR"))

    def _select(self, channel: int) -> None:
        if self._of_device("GetNumChannels") > 1:
            self._of_device("SetChannel", channel)

    def _opened_device(self) -> int:
        if self._device is None:
            device = self._find()
            self._call("InitDevice", device)
            self._device = device
        return self._device

    def _find(self) -> int:
        found = (ctypes.c_uint * MAX_DEVICES)()
        self._call("SetTestMode", False)
        self._call("GetNumDevices")
        count = self._call("GetDevInfo", found)
        serials = {str(self._call("GetSerialNumber", each)): each for each in found[:count]}
        if self._serial is not None and self._serial in serials:
            return serials[self._serial]
        if self._serial is None and len(serials) == 1:
            return next(iter(serials.values()))
        seen = ", ".join(serials) or "none"
        if self._serial is None and serials:
            raise BenchFault(f"{self._address}: which one is meant? found {seen}")
        raise BenchLost(f"{self._address}: not connected; found {seen}")

    def _of_device(self, function: str, *arguments: Any) -> int:
        return self._call(function, self._opened_device(), *arguments)

    def _call(self, function: str, *arguments: Any) -> int:
        refuse_loop_thread()
        with self._clock.exchange():
            status = self._library(function, *arguments)
        if is_error(status):
            # The handle may be of a device that has been unplugged: find it anew next time.
            self._device = None
            raise RemoteInstrumentError(
                f"{self._address}: {function} failed with status {status & 0xFFFFFFFF:#010x}"
            )
        return status


def _units(decibels: Decimal) -> int:
    return int(decibels * UNITS_PER_DECIBEL)


def _decibels(units: int) -> Decimal:
    return Decimal(units) / UNITS_PER_DECIBEL
