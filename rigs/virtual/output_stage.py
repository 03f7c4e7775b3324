"""The power stage that every virtual AC source has: ratings, protections, phase, and the log.

It settles anew at every setting, point of a waveform and change of load. Distortion, rise
time and resolution are not modelled: a virtual source proves protocol and sequencing, never
electrical timing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal

from assay.clock import Clock
from rigs.premises import LoadNode, SupplyNode
from rigs.virtual.transient import MICROSECOND, Levels

ZERO = Decimal(0)
SQUARE_ROOT_OF_TWO = Decimal(2).sqrt()
WHOLE_TURN = Decimal(360)

# Bits of the QUEStionable condition; recalled, no guide was read.
OVER_VOLTAGE = 1 << 0
OVER_CURRENT = 1 << 1
CURRENT_LIMITED = 1 << 12
CONDITIONS = (OVER_VOLTAGE, OVER_CURRENT, CURRENT_LIMITED)

DEAD = Levels(ZERO, ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What one model delivers: RMS volts and amperes, volt-amperes, hertz."""

    max_volts: Decimal = Decimal(300)
    min_hertz: Decimal = Decimal(45)
    max_hertz: Decimal = Decimal(1000)
    max_amps: Decimal
    max_volt_amperes: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputChange:
    """What the output terminals carry from this time on."""

    at: datetime
    volts: Decimal
    hertz: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """Limits above which the output trips, until that is cleared; None where there is none."""

    amps_limit: Decimal
    trips_on_amps: bool = False
    peak_volts: Decimal | None = None


class OutputStage:
    """Puts on the terminals what is wanted, unless a protection or the load forbids it."""

    def __init__(self, clock: Clock, supply: SupplyNode, load: LoadNode, rating: Rating) -> None:
        self._clock = clock
        self._supply = supply
        self._load = load
        self._rating = rating
        self._tripped = 0
        self._degrees = ZERO
        self._turning_since = clock.now()
        self._hertz = ZERO
        self.log: list[OutputChange] = []

    def settle(self, wanted: Levels | None, protection: Protection, generator: Decimal) -> int:
        """None is an output that is off; `generator` is the frequency that it runs at inside.

        Returns the bits of the QUEStionable condition.
        """
        self._turn(generator)
        volts = ZERO if wanted is None else wanted.volts
        self._protect(volts, protection)
        is_limited = not self._tripped and self._is_overloaded(volts, protection)
        if wanted is None or self._tripped:
            self._put_out(DEAD)
        elif is_limited:
            # In current limit a constant-power load has no stable point: the voltage
            # collapses until the load lets go.
            self._put_out(Levels(ZERO, wanted.hertz))
        else:
            self._put_out(wanted)
        return self._tripped | (CURRENT_LIMITED if is_limited else 0)

    def clear_protection(self) -> None:
        self._tripped = 0

    def time_to(self, degrees: Decimal) -> timedelta:
        """Until this phase angle (0 to below 360) comes by; the generator always turns."""
        if not self._hertz:
            return timedelta(0)
        missing = (degrees - self._phase() + WHOLE_TURN) % WHOLE_TURN
        microseconds = missing / WHOLE_TURN / self._hertz * 1_000_000
        return int(microseconds.to_integral_value(ROUND_CEILING)) * MICROSECOND

    def _turn(self, hertz: Decimal) -> None:
        if hertz != self._hertz:
            self._degrees, self._turning_since = self._phase(), self._clock.now()
            self._hertz = hertz

    def _phase(self) -> Decimal:
        passed = Decimal((self._clock.now() - self._turning_since) // MICROSECOND) / 1_000_000
        return (self._degrees + passed * self._hertz * WHOLE_TURN) % WHOLE_TURN

    def _protect(self, volts: Decimal, protection: Protection) -> None:
        """Protections latch until they are cleared."""
        peak = protection.peak_volts
        if peak is not None and volts * SQUARE_ROOT_OF_TWO > peak:
            self._tripped |= OVER_VOLTAGE
        if protection.trips_on_amps and self._is_overloaded(volts, protection):
            self._tripped |= OVER_CURRENT

    def _is_overloaded(self, volts: Decimal, protection: Protection) -> bool:
        watts = min(protection.amps_limit * volts, self._rating.max_volt_amperes)
        return bool(volts) and self._load.demand_watts > watts

    def _put_out(self, levels: Levels) -> None:
        if (levels.volts, levels.hertz) == (self._supply.volts, self._supply.hertz):
            return
        change = OutputChange(at=self._clock.now(), volts=levels.volts, hertz=levels.hertz)
        self.log.append(change)
        self._supply.feed(levels.volts, levels.hertz)
