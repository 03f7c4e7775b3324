"""A virtual RCDAT, RUDAT or RC4DAT: commands and answers as text.

Words and answer codes are those of public drivers; the words for one channel of several, the
names before the values of `:MN?` and `:SN?`, that programmes repeat, and what an unknown
command gets are recalled (rigs.md 5).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from rigs.virtual.attenuator.hardware import AttenuatorHardware, LevelPoint, PowerUp
from rigs.virtual.attenuator.speaker import LineSpeaker

DONE, FAILED, CLIPPED = "1", "0", "2"
_UNITS: Mapping[str, timedelta] = {
    "U": timedelta(microseconds=1),
    "M": timedelta(milliseconds=1),
    "S": timedelta(seconds=1),
}
_MAX_POINTS = 100
_UPWARDS, _DOWNWARDS, _BOTH_WAYS = "0", "1", "2"


class _RefusedError(Exception):
    """The command cannot be carried out."""


@dataclass(slots=True)
class _HopPoint:
    decibels: Decimal = Decimal(0)
    dwell: int = 1
    unit: timedelta = _UNITS["S"]


@dataclass(slots=True)
class _Sweep:
    start: Decimal = Decimal(0)
    stop: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    dwell: int = 1
    unit: timedelta = _UNITS["S"]
    direction: str = _UPWARDS


@dataclass(slots=True)
class _Hops:
    points: list[_HopPoint] = field(default_factory=lambda: [_HopPoint()])
    selected: int = 0

    @property
    def point(self) -> _HopPoint:
        return self.points[self.selected]


class VirtualMiniCircuits(LineSpeaker):
    """`model` is what it says of itself; its range is that of the hardware."""

    def __init__(
        self,
        hardware: AttenuatorHardware,
        *,
        model: str,
        serial: str = "11309170001",
        firmware: str = "B3",
    ) -> None:
        super().__init__()
        self.hardware = hardware
        self._sweep = _Sweep()
        self._hops = _Hops()
        self._queries: Mapping[str, Callable[[], str]] = {
            ":MN?": lambda: f"MN={model}",
            ":SN?": lambda: f"SN={serial}",
            ":FIRMWARE?": lambda: f"FIRMWARE={firmware}",
            ":ATT?": self._levels,
            ":STARTUPATT:INDICATOR?": lambda: self.hardware.power_up.value,
            ":STARTUPATT:VALUE?": lambda: f"{self.hardware.power_up_level:.2f}",
        }
        self._settings: Mapping[str, Callable[[str], str]] = {
            ":SETATT": self._set_all,
            ":STARTUPATT:INDICATOR": self._set_power_up,
            ":STARTUPATT:VALUE": self._set_power_up_level,
            ":SWEEP:START": self._decibels_of_sweep("start"),
            ":SWEEP:STOP": self._decibels_of_sweep("stop"),
            ":SWEEP:STEPSIZE": self._decibels_of_sweep("step"),
            ":SWEEP:DWELL": self._set_sweep_dwell,
            ":SWEEP:DWELL_UNIT": self._set_sweep_unit,
            ":SWEEP:DIRECTION": self._set_sweep_direction,
            ":SWEEP:MODE": self._run_sweep,
            ":HOP:POINTS": self._set_hop_points,
            ":HOP:POINT": self._select_hop_point,
            ":HOP:ATT": self._set_hop_level,
            ":HOP:DWELL": self._set_hop_dwell,
            ":HOP:DWELL_UNIT": self._set_hop_unit,
            ":HOP:MODE": self._run_hops,
        }

    def refusal(self, command: str) -> str:
        del command
        return FAILED

    def answer(self, command: str) -> str:
        try:
            return self._execute(command.upper())
        except (_RefusedError, InvalidOperation):
            return FAILED

    def _execute(self, command: str) -> str:
        if command in self._queries:
            return self._queries[command]()
        of_channel = re.fullmatch(r":CHAN:(\d+):(ATT\?|SETATT:(.+))", command)
        if of_channel is not None:
            return self._of_channel(int(of_channel[1]), of_channel[3])
        setting = re.fullmatch(r"(:.+?)[:=]([^:=]+)", command)
        if setting is None or setting[1] not in self._settings:
            raise _RefusedError(command)
        return self._settings[setting[1]](setting[2])

    def _levels(self) -> str:
        channels = range(1, self.hardware.limits.channels + 1)
        return " ".join(f"{self.hardware.level(each):.2f}" for each in channels)

    def _of_channel(self, channel: int, value: str | None) -> str:
        if not 1 <= channel <= self.hardware.limits.channels or self._channels() == 1:
            raise _RefusedError(channel)
        if value is None:
            return f"{self.hardware.level(channel):.2f}"
        return DONE if self.hardware.set(_decibels(value), channel) else CLIPPED

    def _channels(self) -> int:
        return self.hardware.limits.channels

    def _set_all(self, value: str) -> str:
        decibels = _decibels(value)
        done = [self.hardware.set(decibels, each + 1) for each in range(self._channels())]
        return DONE if all(done) else CLIPPED

    def _set_power_up(self, value: str) -> str:
        self.hardware.power_up = PowerUp(_one_of(value, [each.value for each in PowerUp]))
        return DONE

    def _set_power_up_level(self, value: str) -> str:
        self.hardware.power_up_level = self._within(value)
        return DONE

    def _decibels_of_sweep(self, attribute: str) -> Callable[[str], str]:
        def setting(value: str) -> str:
            setattr(self._sweep, attribute, self._within(value))
            return DONE

        return setting

    def _set_sweep_dwell(self, value: str) -> str:
        self._sweep.dwell = _count(value)
        return DONE

    def _set_sweep_unit(self, value: str) -> str:
        self._sweep.unit = _UNITS[_one_of(value, _UNITS)]
        return DONE

    def _set_sweep_direction(self, value: str) -> str:
        self._sweep.direction = _one_of(value, (_UPWARDS, _DOWNWARDS, _BOTH_WAYS))
        return DONE

    def _run_sweep(self, value: str) -> str:
        if _one_of(value, ("ON", "OFF")) == "OFF":
            self.hardware.halt()
            return DONE
        sweep = self._sweep
        if sweep.start > sweep.stop or sweep.step < self.hardware.limits.step:
            raise _RefusedError("a sweep from its lower end upwards")
        count = int((sweep.stop - sweep.start) // sweep.step)
        upwards = [sweep.start + index * sweep.step for index in range(count + 1)]
        levels = {
            _UPWARDS: upwards,
            _DOWNWARDS: upwards[::-1],
            _BOTH_WAYS: upwards + upwards[-2:0:-1],
        }[sweep.direction]
        return self._play([LevelPoint(decibels=x, dwell=sweep.dwell * sweep.unit) for x in levels])

    def _set_hop_points(self, value: str) -> str:
        count = _count(value)
        if count > _MAX_POINTS:
            raise _RefusedError(value)
        self._hops = _Hops(points=[_HopPoint() for _ in range(count)])
        return DONE

    def _select_hop_point(self, value: str) -> str:
        index = int(value) if value.isdigit() else -1
        if not 0 <= index < len(self._hops.points):
            raise _RefusedError(value)
        self._hops.selected = index
        return DONE

    def _set_hop_level(self, value: str) -> str:
        self._hops.point.decibels = self._within(value)
        return DONE

    def _set_hop_dwell(self, value: str) -> str:
        self._hops.point.dwell = _count(value)
        return DONE

    def _set_hop_unit(self, value: str) -> str:
        self._hops.point.unit = _UNITS[_one_of(value, _UNITS)]
        return DONE

    def _run_hops(self, value: str) -> str:
        if _one_of(value, ("ON", "OFF")) == "OFF":
            self.hardware.halt()
            return DONE
        return self._play(
            [
                LevelPoint(decibels=each.decibels, dwell=each.dwell * each.unit)
                for each in self._hops.points
            ]
        )

    def _play(self, points: list[LevelPoint]) -> str:
        if self._channels() > 1:
            raise _RefusedError("the words for programmes of several channels are not known")
        self.hardware.play(points, repeats=True)
        return DONE

    def _within(self, value: str) -> Decimal:
        decibels = _decibels(value)
        if not self.hardware.limits.minimum <= decibels <= self.hardware.limits.maximum:
            raise _RefusedError(value)
        return decibels


def _decibels(text: str) -> Decimal:
    value = Decimal(text)
    if not value.is_finite():
        raise _RefusedError(text)
    return value


def _count(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise _RefusedError(text)
    return int(text)


def _one_of(text: str, known: Collection[str]) -> str:
    if text not in known:
        raise _RefusedError(text)
    return text
