"""What else a laboratory has: chamber, counters, relays, consoles, time, and a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol, runtime_checkable

from rigs.capabilities.measurement import Identity, Reading


@runtime_checkable
class Relays(Protocol):
    """Contacts by number, from 1: covers, buttons, the supply of something small."""

    def identify(self) -> Identity: ...

    def count(self) -> int: ...

    def switch(self, number: int, closed: bool) -> None: ...

    def is_closed(self, number: int) -> bool:
        """Read back where the board can; else what was switched last."""

    def safe(self) -> None:
        """All open; never raises."""


@runtime_checkable
class PulseCounter(Protocol):
    """An eye on a meter's test output: edges with their time."""

    def identify(self) -> Identity: ...

    def arm(self) -> None:
        """Forget what was counted, and count from now on."""

    def count(self) -> int:
        """Pulses since it was armed."""

    def timestamps(self) -> Sequence[datetime]:
        """Of each pulse since it was armed, in order, in the counter's clock."""

    def safe(self) -> None:
        """It has no output; never raises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Climate:
    """Degrees Celsius and per cent relative humidity; `alarms` are what the chamber latched."""

    temperature: Decimal
    humidity: Decimal | None
    is_door_open: bool
    alarms: tuple[str, ...]
    at: datetime


@runtime_checkable
class Chamber(Protocol):
    """A climate chamber. Set points beyond the bench file's limits are LimitExceeded."""

    def identify(self) -> Identity: ...

    def set_climate(
        self,
        temperature: Decimal,
        humidity: Decimal | None = None,
        kelvin_per_minute: Decimal | None = None,
    ) -> None: ...

    def read(self) -> Climate:
        """BenchFault while an alarm is latched."""

    def wait_stable(self, tolerance: Decimal, hold: timedelta, timeout: timedelta) -> Climate:
        """Within the tolerance of the set point for so long; BenchFault when it does not settle."""

    def safe(self) -> None:
        """Conditioning off; never raises."""


@runtime_checkable
class GasFlow(Protocol):
    """What passes through a gas meter, in cubic metres per hour."""

    def identify(self) -> Identity: ...

    def set_flow(self, cubic_metres_per_hour: Decimal) -> None: ...

    def measure_volume(self) -> Reading:
        """Cubic metres since the last `reset_volume`."""

    def reset_volume(self) -> None: ...

    def safe(self) -> None:
        """No flow; never raises."""


@runtime_checkable
class MeterConsole(Protocol):
    """A serial line of the device under test: optical port or debug console."""

    def identify(self) -> Identity: ...

    def send(self, octets: bytes) -> None: ...

    def read_until(self, end: bytes, timeout: timedelta) -> bytes:
        """With the end; BenchLost when it does not come in time."""

    def safe(self) -> None:
        """Closed; never raises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOffset:
    """Of the bench's clock against the source: positive where the bench is ahead."""

    offset: timedelta
    uncertainty: timedelta
    source: str
    at: datetime


@runtime_checkable
class TimeSource(Protocol):
    """UTC from outside: NTP or a receiver of a satellite system."""

    def identify(self) -> Identity: ...

    def measure_offset(self) -> TimeOffset: ...


@runtime_checkable
class Operator(Protocol):
    """A person at the bench, for what no instrument does. Every answer is on the timeline."""

    def confirm(self, instruction: str) -> None:
        """Done by hand; BenchFault where the person says that it could not be done."""

    def ask(self, question: str, choices: Sequence[str]) -> str: ...

    def read_value(self, question: str, unit: str) -> Decimal: ...
