"""A meter's test output: a light that flashes once for each so many thousandths of a kilowatt-hour.

The meter tells it the power that it registers from now on; power is constant between two events of
the premises, so the moment of every pulse is computed and nothing ticks. Pulses are kept only while
somebody watches (a photo head, a reference standard): a meter flashes for years.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal

from assay.clock import Clock

_MICROSECONDS_PER_HOUR = Decimal(3_600_000_000)
_MICROSECOND = timedelta(microseconds=1)


class PulseEye:
    """One that watches a test output beside others: what it has seen, in order."""

    def __init__(self, output: PulseOutput) -> None:
        self._output = output
        self.seen: list[datetime] = []

    def pulses(self) -> list[datetime]:
        self._output.settle()
        return self.seen

    def next_pulse(self) -> datetime | None:
        return self._output.next_pulse()

    def forget(self) -> None:
        self._output.settle()
        self.seen.clear()

    def close(self) -> None:
        self._output.blind(self)


class PulseOutput:
    """`constant` is in pulses for a kilowatt-hour. It belongs to the bench's state thread."""

    def __init__(self, clock: Clock, constant: int) -> None:
        if constant < 1:
            raise ValueError(f"expected at least one pulse for a kilowatt-hour, got {constant}")
        self._clock = clock
        self.constant = constant
        self._energy = Decimal(0)
        """Of the pulse that is under way, in watt-microseconds."""
        self._watts = Decimal(0)
        self._since = clock.now()
        self._eyes: list[PulseEye] = []

    @property
    def energy_of_a_pulse(self) -> Decimal:
        """In watt-microseconds."""
        return 1000 * _MICROSECONDS_PER_HOUR / self.constant

    def register(self, watts: Decimal) -> None:
        """The power that the meter counts from now on, whichever way it flows."""
        self.settle()
        self._watts = abs(watts)

    def eye(self) -> PulseEye:
        """One more that watches, from now on and until it is closed."""
        self.settle()
        eye = PulseEye(self)
        self._eyes.append(eye)
        return eye

    def blind(self, eye: PulseEye) -> None:
        """It keeps what came until now, and sees no more."""
        self.settle()
        if eye in self._eyes:
            self._eyes.remove(eye)

    def next_pulse(self) -> datetime | None:
        """When the next one comes if the power stays; None without power."""
        self.settle()
        return self._at(self.energy_of_a_pulse) if self._watts else None

    def settle(self) -> None:
        """Let every pulse up to now be seen."""
        now = self._clock.now()
        if self._watts and now > self._since:
            reached = self._energy + self._watts * ((now - self._since) // _MICROSECOND)
            each = self.energy_of_a_pulse
            whole = int(reached // each)
            if self._eyes:
                came = [self._at(number * each) for number in range(1, whole + 1)]
                for eye in self._eyes:
                    eye.seen += came
            self._energy = reached - whole * each
        self._since = now

    def _at(self, level: Decimal) -> datetime:
        """The first microsecond at which the energy has reached this level."""
        microseconds = ((level - self._energy) / self._watts).to_integral_value(ROUND_CEILING)
        return self._since + int(microseconds) * _MICROSECOND
