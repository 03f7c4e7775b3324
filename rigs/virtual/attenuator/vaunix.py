"""The maker's C library for Lab Bricks, with virtual attenuators behind it.

It offers C function pointers of the names that the driver loads, so a call crosses C both ways.
Declared faults hit a function by its name. What the functions do beyond setting levels and
playing ramps is recalled (rigs.md 5).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from assay.clock import LoopThread
from rigs.virtual.attenuator.hardware import AttenuatorHardware, LevelPoint
from rigs.virtual.faults import (
    DroppedConnection,
    Effect,
    Fault,
    FaultSchedule,
    GarbledAnswer,
    LateAnswer,
    NoAnswer,
    QueuedError,
)

BAD_PARAMETER = -0x7FFF0000  # 0x80010000 as a signed int
BAD_HID_IO = -0x7FFE0000  # 0x80020000
DEVICE_NOT_READY = -0x7FFD0000  # 0x80030000
_UNITS_PER_DECIBEL = 20
_VERSION = 0x0216
_INT, _BOOL, _POINTER = ctypes.c_int, ctypes.c_bool, ctypes.c_void_p
_STATUS: Mapping[type[Effect], int] = {
    LateAnswer: BAD_HID_IO,
    NoAnswer: BAD_HID_IO,
    GarbledAnswer: BAD_HID_IO,
    QueuedError: BAD_PARAMETER,
    DroppedConnection: DEVICE_NOT_READY,
}


@dataclass(slots=True)
class _Ramp:
    start: int = 0
    end: int = 0
    step: int = 20
    dwell_ms: int = 1000
    is_upwards: bool = True
    repeats: bool = False
    both_ways: bool = False


class VirtualLabBrick:
    """One attenuator on the USB, with the registers of its ramp."""

    def __init__(
        self, hardware: AttenuatorHardware, *, model: str = "LDA-908V", serial: int = 27001
    ) -> None:
        self.hardware = hardware
        self.model = model
        self.serial = serial
        self.is_open = False
        self.channel = 1
        self.ramp = _Ramp()

    def start_ramp(self, go: bool) -> int:
        if not go:
            self.hardware.halt(self.channel)
            return 0
        ramp = self.ramp
        signed = ramp.step if ramp.is_upwards else -ramp.step
        if ramp.step < 1 or ramp.dwell_ms < 1 or (ramp.end - ramp.start) * signed < 0:
            return BAD_PARAMETER
        units = list(range(ramp.start, ramp.end + (1 if signed > 0 else -1), signed))
        if ramp.both_ways:
            units += units[-2:0:-1]
        dwell = timedelta(milliseconds=ramp.dwell_ms)
        points = [LevelPoint(decibels=_decibels(each), dwell=dwell) for each in units]
        self.hardware.play(points, self.channel, repeats=ramp.repeats)
        return 0

    def set_level(self, units: int) -> int:
        limits = self.hardware.limits
        if not limits.minimum <= _decibels(units) <= limits.maximum:
            return BAD_PARAMETER
        self.hardware.set(_decibels(units), self.channel)
        return 0

    def set_channel(self, channel: int) -> int:
        if not 1 <= channel <= self.hardware.limits.channels:
            return BAD_PARAMETER
        self.channel = channel
        return 0


class VirtualLdaLibrary:
    """`functions` is what a loaded library has. Call them from any thread but the loop's."""

    def __init__(
        self,
        bricks: Iterable[VirtualLabBrick],
        loop_thread: LoopThread,
        faults: Iterable[Fault] = (),
    ) -> None:
        self._bricks = dict(enumerate(bricks, start=1))
        self._loop_thread = loop_thread
        self._faults = FaultSchedule(faults)
        self.functions: Mapping[str, Callable[..., int]] = {
            "SetTestMode": self._exported("SetTestMode", [_BOOL], lambda _on: 0),
            "GetNumDevices": self._exported("GetNumDevices", [], lambda: len(self._bricks)),
            "GetDLLVersion": self._exported("GetDLLVersion", [], lambda: _VERSION),
            "GetDevInfo": self._exported("GetDevInfo", [_POINTER], self._write_ids),
            **{name: self._of_brick(name, row) for name, row in _ROWS.items()},
        }

    def inject(self, fault: Fault) -> None:
        """USB guards its own octets, so every effect is a call that fails with some status."""
        self._loop_thread.run(lambda: self._faults.add(fault))

    def clear_faults(self) -> None:
        self._loop_thread.run(self._faults.clear)

    def unplug(self, serial: int) -> None:
        """It is gone from the bus; its level stays, as the supply comes from elsewhere."""
        left = {device: each for device, each in self._bricks.items() if each.serial != serial}
        self._loop_thread.run(lambda: setattr(self, "_bricks", left))

    def _exported(
        self, name: str, types: Sequence[type[Any]], action: Callable[..., int]
    ) -> Callable[..., int]:
        def on_loop(*values: Any) -> int:
            effect = self._faults.effect_on(name)
            return action(*values) if effect is None else _STATUS[type(effect)]

        prototype = ctypes.CFUNCTYPE(ctypes.c_int, *types)
        return prototype(lambda *values: self._loop_thread.run(lambda: on_loop(*values)))

    def _of_brick(self, name: str, row: _Row) -> Callable[..., int]:
        def on_brick(device: int, *values: Any) -> int:
            brick = self._bricks.get(device)
            if brick is None or (row.needs_open and not brick.is_open):
                return DEVICE_NOT_READY
            return row.action(brick, *values)

        return self._exported(name, [ctypes.c_uint, *row.types], on_brick)

    def _write_ids(self, where: int) -> int:
        for index, device in enumerate(self._bricks):
            ctypes.c_uint.from_address(where + index * ctypes.sizeof(ctypes.c_uint)).value = device
        return len(self._bricks)


def _decibels(units: int) -> Decimal:
    return Decimal(units) / _UNITS_PER_DECIBEL


def _units(decibels: Decimal) -> int:
    return int(decibels * _UNITS_PER_DECIBEL)


def _register(name: str) -> Callable[[VirtualLabBrick, int], int]:
    def write(brick: VirtualLabBrick, value: int) -> int:
        setattr(brick.ramp, name, value)
        return 0

    return write


def _write_model(brick: VirtualLabBrick, where: int) -> int:
    octets = brick.model.encode("ascii") + b"\0"
    ctypes.memmove(where, octets, len(octets))
    return len(octets) - 1


def _open(brick: VirtualLabBrick, *, is_open: bool) -> int:
    brick.is_open = is_open
    return 0


@dataclass(frozen=True, slots=True)
class _Row:
    types: Sequence[type[Any]]
    action: Callable[..., int]
    needs_open: bool = True


_ROWS: Mapping[str, _Row] = {
    "GetSerialNumber": _Row((), lambda brick: brick.serial, needs_open=False),
    "GetModelNameA": _Row((_POINTER,), _write_model, needs_open=False),
    "InitDevice": _Row((), partial(_open, is_open=True), needs_open=False),
    "CloseDevice": _Row((), partial(_open, is_open=False)),
    "GetNumChannels": _Row((), lambda brick: brick.hardware.limits.channels),
    "SetChannel": _Row((_INT,), VirtualLabBrick.set_channel),
    "GetMinAttenuationHR": _Row((), lambda brick: _units(brick.hardware.limits.minimum)),
    "GetMaxAttenuationHR": _Row((), lambda brick: _units(brick.hardware.limits.maximum)),
    "GetMinAttenStepHR": _Row((), lambda brick: _units(brick.hardware.limits.step)),
    "SetAttenuationHR": _Row((_INT,), VirtualLabBrick.set_level),
    "GetAttenuationHR": _Row((), lambda brick: _units(brick.hardware.level(brick.channel))),
    "SetRampStartHR": _Row((_INT,), _register("start")),
    "SetRampEndHR": _Row((_INT,), _register("end")),
    "SetAttenuationStepHR": _Row((_INT,), _register("step")),
    "SetDwellTime": _Row((_INT,), _register("dwell_ms")),
    "SetIdleTime": _Row((_INT,), lambda _brick, _ms: 0),
    "SetRampDirection": _Row((_BOOL,), _register("is_upwards")),
    "SetRampMode": _Row((_BOOL,), _register("repeats")),
    "SetRampBidirectional": _Row((_BOOL,), _register("both_ways")),
    "StartRamp": _Row((_BOOL,), VirtualLabBrick.start_ramp),
}
