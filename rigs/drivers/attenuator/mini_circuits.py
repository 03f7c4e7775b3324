"""Drives a Mini-Circuits RCDAT, RUDAT or RC4DAT: the capability `Attenuator` over HTTP or Telnet.

Sweeps and hops are played inside the instrument, again and again until they are stopped
(recalled). The words for single-channel models are those of public drivers; the words for one
channel of several (`CHAN`) are recalled (rigs.md 5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

from assay.clock import Clock
from assay.verdicts import BenchFault, LimitExceeded, NotApplicable
from rigs.capabilities import AttenuatorRange, Identity
from rigs.drivers.attenuator.driver import AttenuatorDriver
from rigs.drivers.attenuator.http_link import HttpLink
from rigs.drivers.attenuator.levels import quantised
from rigs.drivers.attenuator.links import CommandLink
from rigs.drivers.attenuator.models import MAX_HOP_POINTS, MODELS, AttenuatorModel
from rigs.drivers.errors import RemoteInstrumentError

_DONE = "1"
_FAILURES: Mapping[str, str] = {"0": "refused it", "2": "clipped it to its maximum"}
_DWELL_UNITS: Sequence[tuple[str, timedelta]] = (
    ("S", timedelta(seconds=1)),
    ("M", timedelta(milliseconds=1)),
    ("U", timedelta(microseconds=1)),
)
_UPWARDS, _DOWNWARDS = 0, 1


class MiniCircuitsAttenuator(AttenuatorDriver):
    """Give it an `HttpLink`, or a `LineLink` for Telnet."""

    def __init__(self, link: CommandLink, clock: Clock, *, serial: str | None = None) -> None:
        super().__init__(link.where, clock, serial=serial)
        self._link = link

    @classmethod
    def over_http(
        cls,
        address: str,
        clock: Clock,
        *,
        serial: str | None = None,
        password: str | None = None,
        timeout_s: float = 2.0,
    ) -> MiniCircuitsAttenuator:
        """The form of the password, `PWD=...;`, is recalled."""
        secret = f"PWD={password};" if password else ""
        link = HttpLink(address, clock, secret=secret, timeout_s=timeout_s)
        return cls(link, clock, serial=serial)

    def identify(self) -> Identity:
        return Identity(
            maker="Mini-Circuits",
            model=self._named("MN"),
            serial=self._named("SN"),
            firmware=self._named("FIRMWARE"),
        )

    def range(self) -> AttenuatorRange:
        return self._model().range

    def hop(self, points: Sequence[tuple[Decimal, timedelta]]) -> None:
        """Levels with the time to stay at each, for a fading that is no ramp."""
        limits = self._playable().range
        if not 1 <= len(points) <= MAX_HOP_POINTS:
            raise LimitExceeded(
                f"{self._address}: {len(points)} points, it hops over 1 to {MAX_HOP_POINTS}"
            )
        levels = [quantised(level, limits, self._address) for level, _ in points]
        dwells = [self._dwell(dwell) for _, dwell in points]
        self._is_playing = True
        self._set(f":HOP:POINTS:{len(points)}")
        for index, (level, (count, unit)) in enumerate(zip(levels, dwells, strict=True)):
            self._set(f":HOP:POINT:{index}")
            self._set(f":HOP:ATT:{level:f}")
            self._set(f":HOP:DWELL_UNIT:{unit}")
            self._set(f":HOP:DWELL:{count}")
        self._set(":HOP:MODE:ON")

    def close(self) -> None:
        self._link.close()

    def _play(self, levels: list[Decimal], step: Decimal, dwell: timedelta, channel: int) -> None:
        del channel  # models that play have one
        self._playable()
        count, unit = self._dwell(dwell)
        # A sweep is told its lower end first, and which way to run.
        direction = _UPWARDS if levels[0] < levels[-1] else _DOWNWARDS
        for setting in (
            f"START:{min(levels):f}",
            f"STOP:{max(levels):f}",
            f"STEPSIZE:{step:f}",
            f"DWELL_UNIT:{unit}",
            f"DWELL:{count}",
            f"DIRECTION:{direction}",
            "MODE:ON",
        ):
            self._set(f":SWEEP:{setting}")

    def _halt(self) -> None:
        if self._model().plays:
            self._set(":SWEEP:MODE:OFF")
            self._set(":HOP:MODE:OFF")

    def _write(self, decibels: Decimal, channel: int) -> None:
        if self.range().channels == 1:
            self._set(f":SETATT={decibels:f}")
        else:
            self._set(f":CHAN:{channel}:SETATT:{decibels:f}")

    def _read(self, channel: int) -> Decimal:
        query = ":ATT?" if self.range().channels == 1 else f":CHAN:{channel}:ATT?"
        return self._number(self._link.ask(query), query)

    def _set(self, command: str) -> None:
        answer = self._link.ask(command)
        if answer == _DONE:
            return
        if answer in _FAILURES:
            raise RemoteInstrumentError(f"{self._address}: {command!r}: it {_FAILURES[answer]}")
        raise self._unreadable("0, 1 or 2", command, answer)

    def _named(self, name: str) -> str:
        """Some firmware puts the name before the value (recalled)."""
        query = f":{name}?"
        value = self._link.ask(query).removeprefix(f"{name}=").strip()
        if not value:
            raise self._unreadable("a value", query, value)
        return value

    def _model(self) -> AttenuatorModel:
        identity = self.opened()
        model = MODELS.get(identity.model)
        if model is None:
            raise BenchFault(
                f"{self._address}: expected one of {', '.join(MODELS)}, found {identity}"
            )
        return model

    def _playable(self) -> AttenuatorModel:
        model = self._model()
        if not model.plays:
            raise NotApplicable(f"{self._address}: the words for ramps of this model are not known")
        return model

    def _dwell(self, dwell: timedelta) -> tuple[int, str]:
        """In the largest unit that states it exactly."""
        if dwell <= timedelta(0):
            raise ValueError(f"{self._address}: a dwell above zero, got {dwell}")
        return next((dwell // unit, name) for name, unit in _DWELL_UNITS if not dwell % unit)
