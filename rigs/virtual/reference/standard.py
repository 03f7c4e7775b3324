"""What a reference standard measures, whatever its language: integrals of the circuit's power.

Power is constant between two events of the circuit, so sums are exact. An error test keeps the
power of each stretch, because pulses are known only afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Context, Decimal

from assay.clock import Clock
from rigs.premises import ZERO, LoadNode
from rigs.premises_circuits import Circuits, Power
from rigs.premises_pulses import PulseEye, PulseOutput

_MICROSECOND = timedelta(microseconds=1)
_MICROSECONDS_PER_HOUR = 3_600_000_000
_PRECISE = Context(prec=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseValues:
    volts: Decimal
    amps: Decimal
    power_factor: Decimal


@dataclass(slots=True, kw_only=True)
class _ErrorTest:
    pulses: int
    constant: int
    eye: PulseEye
    stretches: list[tuple[datetime, Decimal]]
    """From when on which power passed, in W."""


class Standard:
    """`gain` is a planted error: 1.007 reads 0.7 % too much. It belongs to the state thread."""

    def __init__(
        self,
        clock: Clock,
        load: LoadNode,
        *,
        circuits: Circuits | None = None,
        pulses: PulseOutput | None = None,
        gain: Decimal = Decimal(1),
    ) -> None:
        self._clock = clock
        self._load = load
        self._circuits = circuits
        self._pulses = pulses
        self.gain = gain
        self._since = clock.now()
        self._power = self._now_passing()
        self._watt_microseconds = self._var_microseconds = ZERO
        self._is_counting = True
        self._test: _ErrorTest | None = None
        for node in (load,) if circuits is None else tuple(circuits.nodes):
            node.listen(lambda at, _watts: self._power_changed(at))

    def zero(self) -> None:
        self._settle(self._clock.now())
        self._watt_microseconds = self._var_microseconds = ZERO

    def count(self, on: bool) -> None:
        self._settle(self._clock.now())
        self._is_counting = on

    def watt_hours(self) -> Decimal:
        self._settle(self._clock.now())
        return self._watt_microseconds / _MICROSECONDS_PER_HOUR

    def var_hours(self) -> Decimal:
        self._settle(self._clock.now())
        return self._var_microseconds / _MICROSECONDS_PER_HOUR

    def phases(self) -> Sequence[PhaseValues]:
        if self._circuits is None:
            return (_values(self._load.volts, Power(self._load.watts, self._load.reactive)),)
        volts = (phase.volts for phase in self._circuits.phases)
        return tuple(map(_values, volts, self._circuits.primary()))

    @property
    def has_eye(self) -> bool:
        """Whether there is a light of a meter to look at."""
        return self._pulses is not None

    def begin_error_test(self, pulses: int, constant: int) -> None:
        self.end_error_test()
        if self._pulses is None:
            raise ValueError("there is no light of a meter to look at")
        self._settle(self._clock.now())
        self._test = _ErrorTest(
            pulses=pulses,
            constant=constant,
            eye=self._pulses.eye(),
            stretches=[(self._clock.now(), self._power.watts)],
        )

    def end_error_test(self) -> None:
        test, self._test = self._test, None
        if test is not None:
            test.eye.close()

    def pulses_seen(self) -> int:
        """Since the first edge; -1 before it."""
        return -1 if self._test is None else len(self._test.eye.pulses()) - 1

    def error_percent(self) -> Decimal | None:
        """None while the pulses have not come, or no energy passed."""
        test = self._test
        if test is None or self.pulses_seen() < test.pulses:
            return None
        edges = test.eye.pulses()
        measured = abs(self._energy(test.stretches, edges[0], edges[test.pulses]))
        if not measured:
            return None
        registered = Decimal(test.pulses) * 1000 / test.constant
        return _PRECISE.divide(100 * (registered - measured), measured)

    def _energy(
        self, stretches: Sequence[tuple[datetime, Decimal]], since: datetime, until: datetime
    ) -> Decimal:
        """Wh between two moments."""
        ends = [*(start for start, _ in stretches[1:]), until]
        total = ZERO
        for (start, watts), end in zip(stretches, ends, strict=True):
            span = min(end, until) - max(start, since)
            if span > timedelta(0):
                total += watts * (span // _MICROSECOND)
        return self.gain * total / _MICROSECONDS_PER_HOUR

    def _power_changed(self, at: datetime) -> None:
        self._settle(at)
        self._power = self._now_passing()
        if self._test is not None:
            self._test.stretches.append((at, self._power.watts))

    def _now_passing(self) -> Power:
        if self._circuits is None:
            return Power(self._load.watts, self._load.reactive)
        powers = [*self._circuits.primary(), self._circuits.second()]
        return Power(
            sum((each.watts for each in powers), ZERO),
            sum((each.reactive for each in powers), ZERO),
        )

    def _settle(self, at: datetime) -> None:
        if self._is_counting:
            microseconds = self.gain * ((at - self._since) // _MICROSECOND)
            self._watt_microseconds += self._power.watts * microseconds
            self._var_microseconds += self._power.reactive * microseconds
        self._since = at


def _values(volts: Decimal, power: Power) -> PhaseValues:
    apparent = _PRECISE.sqrt(power.watts * power.watts + power.reactive * power.reactive)
    if not volts or not apparent:
        return PhaseValues(volts=volts, amps=ZERO, power_factor=Decimal(1))
    factor = _PRECISE.divide(power.watts, apparent)
    return PhaseValues(
        volts=volts,
        amps=_PRECISE.divide(apparent, volts),
        power_factor=-factor if power.reactive < 0 else factor,
    )
